"""What is found in the register, by number and by name."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.duty.check import DutyOutcome, check_duty
from assistant.duty.industry import Industry
from assistant.register.describe import describe_headcount, describe_unit
from assistant.register.errors import (
    SearchNameError,
)
from assistant.register.records import UnitStatus
from assistant.register.register import Register
from tests.assistant.register import fake as data
from tests.assistant.register.conftest import TODAY
from tests.assistant.register.fake import FakeRegister, Fault, encode

Make = Callable[..., Register]

# --- What is found -------------------------------------------------------------------------------------------------------------


def test_a_company_is_found_with_its_codes_and_headcount(make: Make) -> None:
    found = make().look_up("NO 100 000 016 MVA")
    company = found.company
    assert (company.orgnr, company.name, company.form) == (data.HAIRDRESSER, "SAKSEN FRISØR AS", "AS")
    assert company.codes == ("96.210", "47.110", "46.320")
    assert company.industries[0].name == "Frisering"
    assert (company.employees, company.employees_withheld, company.no_employees_registered) == (3, False, False)
    assert (company.status, company.fetched, company.parent) == (UnitStatus.ACTIVE, TODAY, None)
    assert [(unit.orgnr, unit.codes, unit.employees) for unit in company.sub_units] == [
        (data.HAIRDRESSER_UNIT, ("96.210",), 3)
    ]
    assert found.warnings == ()


def test_a_withheld_headcount_is_no_number_and_never_zero(make: Make) -> None:
    company = make().look_up(data.IT_COMPANY).company
    assert (company.employees, company.employees_withheld, company.no_employees_registered) == (None, True, False)
    assert "færre enn fem" in describe_headcount(company)


@pytest.mark.parametrize("orgnr", [data.SOLE, data.HOLDING])
def test_no_registered_employees_is_no_zero_either(make: Make, orgnr: str) -> None:
    company = make().look_up(orgnr).company
    assert (company.employees, company.employees_withheld, company.no_employees_registered) == (None, False, True)
    assert "ingen registrerte ansatte" in describe_headcount(company)


@pytest.mark.parametrize(
    ("sent", "employees", "withheld", "none_registered"),
    [
        ({"harRegistrertAntallAnsatte": True, "antallAnsatte": None}, None, True, False),
        ({"harRegistrertAntallAnsatte": True, "antallAnsatte": 0}, 0, False, False),
        ({"harRegistrertAntallAnsatte": False, "antallAnsatte": 0}, None, False, True),
        ({"antallAnsatte": 0}, None, False, True),
        ({"antallAnsatte": 7}, 7, False, False),
        ({}, None, False, False),
    ],
    ids=["withheld", "counted zero", "none", "zero alone", "number alone", "nothing"],
)
def test_each_way_to_send_a_headcount(
    make: Make,
    fake: FakeRegister,
    sent: dict[str, object],
    employees: int | None,
    withheld: bool,
    none_registered: bool,
) -> None:
    fake.faults[f"/api/enheter/{data.FAULTY}"] = Fault(body=encode(data.unit(data.FAULTY, "X AS", "AS", **sent)))
    company = make().look_up(data.FAULTY).company
    assert (company.employees, company.employees_withheld, company.no_employees_registered) == (
        employees, withheld, none_registered,
    )  # fmt: skip


def test_a_municipality_has_parts_of_both_levels_with_their_own_codes(make: Make) -> None:
    company = make().look_up(data.MUNICIPALITY).company
    assert [(unit.name, unit.form, unit.codes, unit.employees) for unit in company.sub_units] == [
        ("OPPDIKTET KOMMUNE SKOLEETATEN", "ORGL", ("85.201",), 340),
        ("LIA SKOLE", "BEDR", ("85.201",), 41),
        ("OPPDIKTET AVLØP", "BEDR", ("37.000",), None),
    ]
    assert company.sub_units_total == 3
    assert company.sub_units[2].employees_withheld


@pytest.mark.parametrize(
    ("orgnr", "parent"), [(data.SCHOOL, data.MUNICIPALITY), (data.SCHOOLS, data.MUNICIPALITY), (data.SOLE, None)]
)
def test_a_part_is_found_with_what_it_belongs_to(make: Make, orgnr: str, parent: str | None) -> None:
    company = make().look_up(orgnr).company
    assert company.orgnr == orgnr
    assert (company.parent.orgnr if company.parent else None) == parent


def test_parts_that_are_left_out_are_told_of(make: Make, fake: FakeRegister) -> None:
    many = {"_embedded": {"underenheter": [data.SUB_UNITS[data.HAIRDRESSER_UNIT]]}}
    page = {"size": 100, "number": 0, "totalElements": 240, "totalPages": 3}
    fake.faults["/api/underenheter"] = Fault(body=encode({**many, "page": page}))
    found = make().look_up(data.HAIRDRESSER)
    assert found.company.sub_units_total == 240
    assert "240 underliggende enheter; bare 1" in found.warnings[0]


@pytest.mark.parametrize(
    ("orgnr", "status", "says"),
    [
        (data.BANKRUPT, UnitStatus.BANKRUPT, "konkurs"),
        (data.WINDING_UP, UnitStatus.WINDING_UP, "under avvikling"),
        (data.FORCED, UnitStatus.WINDING_UP, "under avvikling"),
        (data.STRUCK_OFF, UnitStatus.DELETED, "slettet i Enhetsregisteret 2025-03-04"),
    ],
)
def test_a_company_that_is_ending_is_told_of(make: Make, orgnr: str, status: UnitStatus, says: str) -> None:
    found = make().look_up(orgnr)
    assert found.company.status is status
    assert len(found.warnings) == 1
    assert says in found.warnings[0]


def test_a_sub_unit_closed_from_today_is_deleted_and_one_closed_later_is_not(make: Make, fake: FakeRegister) -> None:
    for days, status in ((0, UnitStatus.DELETED), (1, UnitStatus.ACTIVE)):
        closed = (TODAY + timedelta(days)).isoformat()
        row = data.unit(data.FAULTY, "AVD", "BEDR", "47.110", nedleggelsesdato=closed)
        fake.faults[f"/api/underenheter/{data.FAULTY}"] = Fault(body=encode(row))
        assert make(day=TODAY, allow_network=True).look_up(data.FAULTY).company.status is status
        make()._cache.remove(data.FAULTY)


def test_a_holding_company_without_a_known_code_is_told_of(make: Make) -> None:
    found = make().look_up(data.HOLDING)
    assert found.company.codes == ()
    assert found.company.industries[0].code == "00.000"
    assert "Oppgi bransjen selv" in found.warnings[0]


def test_the_codes_fit_the_duty_check(make: Make) -> None:
    """Hairdressing (96.21) is listed in § 13-1, programming is not"""
    outcomes = [
        check_duty((Industry(name="x", codes=make().look_up(orgnr).company.codes[:1]),)).outcome
        for orgnr in (data.HAIRDRESSER, data.IT_COMPANY)
    ]
    assert outcomes == [DutyOutcome.LISTED, DutyOutcome.NOT_LISTED]


# --- Search --------------------------------------------------------------------------------------------------------------------


def test_a_search_gives_a_short_list(make: Make, fake: FakeRegister) -> None:
    found = make().search("  oppdiktet\tkommune ", limit=1)
    assert (len(found.units), found.total) == (1, 2)
    assert describe_unit(found.units[0]) == (
        "OPPDIKTET KOMMUNE (KOMM), 100 000 059, 84.110 Generell offentlig administrasjon"
    )
    assert fake.requests == ["/api/enheter?size=1&navn=oppdiktet+kommune"]


def test_a_search_without_matches_is_an_empty_list(make: Make) -> None:
    assert make().search("finnes ikke").units == ()


@pytest.mark.parametrize("name", ["", " x ", "x" * 181, "\n\n"])
def test_a_name_that_cannot_be_searched_for_is_refused(make: Make, fake: FakeRegister, name: str) -> None:
    with pytest.raises(SearchNameError, match="Skriv navnet"):
        make().search(name)
    assert fake.requests == []


def test_a_search_that_the_register_refuses_says_so(make: Make, fake: FakeRegister) -> None:
    fake.break_all(Fault(status=400))
    with pytest.raises(SearchNameError, match="Skriv flere ord"):
        make().search("as")


def test_a_search_leaves_nothing_behind(make: Make, tmp_path: Path) -> None:
    make().search("frisør")
    assert not (tmp_path / "register").exists()
