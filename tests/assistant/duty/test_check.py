"""The duty check against the table of OLM § 13-1, read here anew from the files."""

import csv

import pytest

from assistant.duty.check import DutyOutcome, DutyResult, Reason, check_duty, differs_by_vintage
from assistant.duty.industry import Industry, Vintage, read_code
from corpus.document import Verdict
from corpus.industry import FOLDER, IndustryRow
from corpus.risks import find_risks


def read_file(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


CONDITIONS = {row["code"]: row["condition"] for row in read_file("tabell_13_1.csv")}
CODES = [row["code"] for row in read_file("sn2025.csv")]
SUCCESSORS = {row["sn2007"]: row["sn2025"].split("|") for row in read_file("sn2007_til_sn2025.csv")}
RETIRED = [code for code in SUCCESSORS if code not in CODES]
# AML § 1-2 andre ledd bokstav a: fishing and shipping.
SEA = {"03.1", "50"}


def ancestors(code: str) -> set[str]:
    """Return the code and every code above it: 96.210 lies in 96.21, 96.2 and 96."""
    division, _, rest = code.partition(".")
    return {division, *(f"{division}.{rest[:n]}" for n in range(1, len(rest) + 1))}


def outcome_of_leaf(code: str) -> DutyOutcome:
    above = ancestors(code)
    conditions = [CONDITIONS[row] for row in above & CONDITIONS.keys()]
    if above & SEA:
        return DutyOutcome.OUTSIDE_THE_ACT
    if not conditions:
        return DutyOutcome.NOT_LISTED
    return DutyOutcome.LISTED_WITH_CONDITION if any(conditions) else DutyOutcome.LISTED


LEAVES = {code: outcome_of_leaf(code) for code in CODES if len(code) == 6}
BELOW = {code: {outcome for leaf, outcome in LEAVES.items() if leaf.startswith(code)} for code in CODES}


def expected_outcome(codes: list[str]) -> DutyOutcome:
    """Return what all five-digit codes at or below the codes agree on."""
    outcomes = {outcome for code in codes for outcome in BELOW[code]}
    return outcomes.pop() if len(outcomes) == 1 else DutyOutcome.CANNOT_TELL


def check(*codes: str, employees: int | None = None, owner_only: bool = False) -> DutyResult:
    """Return the check of one industry with the codes."""
    return check_duty((Industry(name=" ".join(codes), codes=codes),), employees, owner_only)


def test_the_files_are_whole() -> None:
    assert (len(CODES), len(LEAVES), len(RETIRED), len(CONDITIONS)) == (1763, 738, 455, 108)


def test_every_code_has_the_outcome_that_the_table_gives_it() -> None:
    wrong = [code for code in CODES if check(code).outcome is not expected_outcome([code])]
    assert wrong == []


def test_every_retired_code_has_the_outcome_of_its_successors() -> None:
    wrong = [code for code in RETIRED if check(*SUCCESSORS[code]).outcome is not expected_outcome(SUCCESSORS[code])]
    assert wrong == []


def test_all_outcomes_occur_among_the_codes() -> None:
    assert {expected_outcome([code]) for code in CODES} == set(DutyOutcome)


def test_the_rows_that_decide_are_named() -> None:
    """A listed code names exactly the rows it lies under or that lie under it, an unlisted one names none"""
    for leaf, outcome in LEAVES.items():
        listed = outcome in {DutyOutcome.LISTED, DutyOutcome.LISTED_WITH_CONDITION}
        assert [row.code for row in check(leaf).rows] == (
            sorted(ancestors(leaf) & CONDITIONS.keys()) if listed else []
        ), leaf


@pytest.mark.parametrize("code", [code for code, condition in CONDITIONS.items() if condition])
def test_a_row_with_a_limit_depends_and_says_the_limit(code: str) -> None:
    result = check(code)
    assert (result.outcome, result.verdict) == (DutyOutcome.LISTED_WITH_CONDITION, Verdict.DEPENDS)
    assert result.condition == CONDITIONS[code]


@pytest.mark.parametrize("code", [code for code, condition in CONDITIONS.items() if condition])
@pytest.mark.parametrize(("met", "outcome"), [(True, DutyOutcome.LISTED), (False, DutyOutcome.NOT_LISTED)])
def test_the_users_answer_to_the_limit_settles_it(code: str, met: bool, outcome: DutyOutcome) -> None:
    assert check_duty((Industry(name=code, codes=(code,)),), condition_met=met).outcome is outcome


def test_a_row_without_a_limit_has_no_condition() -> None:
    assert check("96.210").condition == ""


@pytest.mark.parametrize(
    ("result", "verdict"),
    [
        pytest.param(check("96.210"), Verdict.YES, id="listed"),
        pytest.param(check("56.220"), Verdict.DEPENDS, id="listed with condition"),
        pytest.param(check("62.100"), Verdict.NO, id="not listed"),
        pytest.param(check("50.200"), Verdict.NO, id="at sea"),
        pytest.param(check("96.210", employees=0), Verdict.NO, id="no employees"),
        pytest.param(check("96"), Verdict.DEPENDS, id="cannot tell"),
    ],
)
def test_each_outcome_has_its_verdict(result: DutyResult, verdict: Verdict) -> None:
    assert result.verdict is verdict


@pytest.mark.parametrize("code", ["96.210", "62.100", "56.220", "96"])
def test_headcount_decides_nothing_but_none(code: str) -> None:
    outcomes = {check(code, employees=n).outcome for n in (None, 1, 4, 5, 10, 30, 50, 10_000)}
    assert outcomes == {check(code).outcome}
    nobody = check(code, employees=0)
    assert (nobody.outcome, nobody.reason) == (DutyOutcome.OUTSIDE_THE_ACT, Reason.NO_EMPLOYEES)


@pytest.mark.parametrize("code", ["96.210", "62.100"])
def test_an_owner_as_only_employee_is_not_settled(code: str) -> None:
    result = check(code, owner_only=True)
    assert (result.outcome, result.reason) == (DutyOutcome.CANNOT_TELL, Reason.OWNER_ONLY)


def test_an_owner_as_only_employee_needs_no_industry() -> None:
    assert check_duty((), None, owner_only=True).outcome is DutyOutcome.CANNOT_TELL
    assert check_duty((), 0).outcome is DutyOutcome.OUTSIDE_THE_ACT


def test_a_word_with_codes_on_and_off_the_list_cannot_be_told() -> None:
    result = check("96.210", "96.220")
    assert (result.outcome, result.reason) == (DutyOutcome.CANNOT_TELL, Reason.SEVERAL_CODES)
    assert [row.code for row in result.rows] == ["96.21"]


def test_a_parent_whose_children_differ_gives_them_as_choices() -> None:
    """The rows below it are what the user can choose among"""
    split = [code for code in CODES if len(code) < 6 and expected_outcome([code]) is DutyOutcome.CANNOT_TELL]
    below = {code: {row for row in CONDITIONS if code in ancestors(row)} for code in split}
    assert len(split) > 30
    assert [code for code in split if not below[code] <= {row.code for row in check(code).rows}] == []


@pytest.mark.parametrize(
    ("codes", "outcome"),
    [
        pytest.param(("96.210", "95.310"), DutyOutcome.LISTED, id="both listed"),
        pytest.param(("62.100", "69.100"), DutyOutcome.NOT_LISTED, id="neither"),
        pytest.param(("96.210", "47.110"), DutyOutcome.CANNOT_TELL, id="one of two"),
        pytest.param(("50.200", "49.410"), DutyOutcome.CANNOT_TELL, id="sea and land"),
        pytest.param(("56.220", "96.210"), DutyOutcome.CANNOT_TELL, id="one with a condition"),
    ],
)
def test_several_activities_are_judged_together(codes: tuple[str, ...], outcome: DutyOutcome) -> None:
    """A listed main activity decides, a listed side activity does not: which is which must be asked"""
    industries = tuple(Industry(name=code, codes=(code,)) for code in codes)
    result = check_duty(industries)
    assert result.outcome is outcome
    assert check_duty(industries[::-1]).outcome is outcome
    assert {row.code for row in result.rows} == {row for code in codes for row in ancestors(code) & CONDITIONS.keys()}


def test_an_industry_is_called_what_the_user_called_it() -> None:
    industries = (
        Industry(name="frisør", codes=("96.210",)),
        Industry(name="butikk", codes=("47.110",)),
        Industry(name="frisør", codes=("96.210",)),
    )
    assert check_duty(industries).name == "frisør og butikk"


def test_rows_come_from_the_table() -> None:
    assert check("96.210").rows == (IndustryRow("96.21", "Frisering og barbering", ""),)


@pytest.mark.parametrize(
    ("code", "then"),
    [
        pytest.param("74.200", DutyOutcome.CANNOT_TELL, id="photographers, once with laboratories"),
        pytest.param("85.510", DutyOutcome.CANNOT_TELL, id="sports lessons, once with gyms"),
        pytest.param("96.210", None, id="new code"),
        pytest.param("10.710", None, id="unchanged code"),
        pytest.param("62.100", None, id="other meaning, same outcome"),
    ],
)
def test_a_code_whose_old_meaning_has_another_outcome_is_told(code: str, then: DutyOutcome | None) -> None:
    assert differs_by_vintage(read_code(code)) is then


def test_a_code_read_by_the_old_standard_has_no_second_meaning() -> None:
    assert differs_by_vintage(read_code("74.200", Vintage.SN2007)) is None


def test_a_risk_makes_it_depend_off_the_list_and_changes_nothing_on_it() -> None:
    noise = find_risks("det er mye støy hos oss")
    off, on = check_duty((read_code("62.100"),), risks=noise), check_duty((read_code("96.210"),), risks=noise)
    assert (off.outcome, off.verdict, off.risks) == (DutyOutcome.NOT_LISTED, Verdict.DEPENDS, noise)
    assert (on.outcome, on.verdict, on.risks) == (DutyOutcome.LISTED, Verdict.YES, ())


def test_choices_are_the_fewest_codes_that_agree_within() -> None:
    choices = check_duty((read_code("96.02"),)).choices
    assert [(c.code, c.outcome) for c in choices] == [
        ("96.210", DutyOutcome.LISTED), ("96.220", DutyOutcome.NOT_LISTED),
    ]  # fmt: skip
    assert [c.code for c in check_duty((read_code("96"),)).choices] == [
        "96.1", "96.21", "96.22", "96.23", "96.3", "96.4", "96.91", "96.99",
    ]  # fmt: skip
    assert check_duty((read_code("96.210"),)).choices == ()
