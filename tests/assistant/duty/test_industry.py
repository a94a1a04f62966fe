"""The industry that a text names: in everyday words, as a code, negated or not."""

import pytest

from assistant.duty.check import DutyOutcome, check_duty
from assistant.duty.industry import Vintage, find_industries, read_code, without_customers
from assistant.errors import UsageError
from corpus.industry import read_codes, read_successors

YES, NO, CONDITION, SEA, UNSURE = (
    DutyOutcome.LISTED, DutyOutcome.NOT_LISTED, DutyOutcome.LISTED_WITH_CONDITION, DutyOutcome.OUTSIDE_THE_ACT,
    DutyOutcome.CANNOT_TELL,
)  # fmt: skip
WORDS = {
    "frisørsalong": YES, "bilverksted": YES, "tannlege": YES, "barnehage": YES, "restaurant": YES, "kafé": YES, "hotell": YES,
    "rørlegger": YES, "elektriker": YES, "malerfirma": YES, "snekker": YES, "tømrerfirma": YES, "byggefirma": YES, "taktekker": YES,
    "renholdsfirma": YES, "vaskeri": YES, "sykehjem": YES, "fysioterapeut": YES, "taxi": YES, "transportfirma": YES, "bakeri": YES,
    "bryggeri": YES, "sagbruk": YES, "trykkeri": YES, "oppdrettsanlegg": YES, "skogbruk": YES, "slakteri": YES, "hjemmesykepleie": YES,
    "brannvesen": YES, "veterinær": YES, "pub": YES, "bilutleie": YES, "kraftverk": YES, "renovasjon": YES, "grunnskole": YES,
    "universitet": YES, "sykehus": YES, "legekontor": YES, "budfirma": YES, "mekanisk verksted": YES, "støperi": YES, "plastfabrikk": YES,
    "psykolog": YES,
    "dagligvarebutikk": NO, "klesbutikk": NO, "regnskapskontor": NO, "IT-konsulenter": NO, "advokatkontor": NO, "arkitektkontor": NO,
    "reklamebyrå": NO, "eiendomsmegler": NO, "bank": NO, "neglesalong": NO, "sauebonde": NO, "reisebyrå": NO, "treningssenter": NO,
    "begravelsesbyrå": NO, "apotek": NO, "bensinstasjon": NO, "catering": NO, "bemanningsbyrå": NO, "teater": NO, "gartneri": NO,
    "kantine": YES, "vekterselskap": YES, "politistasjon": YES, "fengsel": YES,  # the word itself meets the row's condition
    "skomaker": CONDITION,
    "rederi": SEA, "fiskebåt": SEA,
    "kommune": UNSURE, "anleggsgartner": UNSURE,
    "bilverkstad": YES, "hotel": YES, "hair salon": YES, "law firm": NO,
}  # fmt: skip


def outcome_of(text: str) -> DutyOutcome:
    return check_duty(find_industries(text)).outcome


def test_there_are_enough_words() -> None:
    assert len(WORDS) >= 40
    assert set(WORDS.values()) == set(DutyOutcome)


@pytest.mark.parametrize(("word", "outcome"), WORDS.items(), ids=WORDS)
def test_an_industry_in_everyday_words_is_found_and_judged(word: str, outcome: DutyOutcome) -> None:
    assert find_industries(f"Vi driver {word}")
    assert outcome_of(f"Vi driver {word}") is outcome


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Vi driver frisørsalong med to ansatte", ["frisørsalong"], id="one"),
        pytest.param("Vi driver butikk og bilverksted", ["butikk", "bilverksted"], id="two, in their order"),
        pytest.param("bilverkstedet vårt", ["bilverkstedet"], id="definite form"),
        pytest.param("FRISØR!", ["frisør"], id="capitals"),
        pytest.param("Vi driver catering, ingen kantine", ["catering"], id="negated behind"),
        pytest.param("Vi er ikke frisør, vi er bank", ["bank"], id="negated before"),
        pytest.param("Vi driver bilverksted uten bensinstasjon", ["bilverksted"], id="without"),
        pytest.param("Må vi ha BHT?", [], id="none"),
        pytest.param("barnehagen må ha bht", ["barnehagen"], id="a bar is not in a kindergarten"),
        pytest.param("banken vår", ["banken"], id="short word with its ending"),
        pytest.param("bankett", [], id="short word within another"),
    ],
)
def test_industries_are_found_where_they_are_named(text: str, names: list[str]) -> None:
    assert [industry.name for industry in find_industries(text)] == names


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("næringskode 96.210", ("96.210",), id="five digits"),
        pytest.param("Næringskoden vår er 62.100. Må vi?", ("62.100",), id="in a sentence"),
        pytest.param("NACE 56.11", ("56.11",), id="four digits"),
        pytest.param("bransjekode 43.2", ("43.2",), id="three digits"),
        pytest.param("kode 47", ("47",), id="two digits"),
        pytest.param("96.210", ("96.210",), id="without a word"),
        pytest.param("industry code 96.210", ("96.210",), id="english"),
    ],
)
def test_a_code_is_read(text: str, codes: tuple[str, ...]) -> None:
    (industry,) = find_industries(text)
    assert (industry.codes, industry.retired) == (codes, None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("vi er 47 ansatte", id="a headcount"),
        pytest.param("§ 13-1", id="a section"),
        pytest.param("gebyr på 96.210 kr", id="money"),
        pytest.param("37.5 timer", id="hours"),
        pytest.param("stiger 12.50 prosent", id="per cent"),
        pytest.param("1.250.000 kroner", id="thousands"),
        pytest.param("næringskode 99.999", id="no such code"),
        pytest.param("2.3.2026", id="a date"),
    ],
)
def test_other_numbers_are_no_codes(text: str) -> None:
    assert find_industries(text) == ()


def test_every_code_is_read_as_itself() -> None:
    assert [
        code for code in read_codes() if [i.codes for i in find_industries(f"næringskode {code}")] != [(code,)]
    ] == []


def test_every_retired_code_is_read_as_its_successors_and_says_so() -> None:
    retired = {old: new for old, new in read_successors().items() if old not in read_codes()}
    wrong = [
        old for old, new in retired.items()
        if [(i.codes, i.retired) for i in find_industries(f"næringskode {old}")] != [(new, old)]
    ]  # fmt: skip
    assert wrong == []


def test_a_text_can_be_long() -> None:
    assert [i.name for i in find_industries("hei " * 400 + "frisør")] == ["frisør"]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("96.210", ("96.210",)), ("96,210", ("96.210",)), ("96210", ("96.210",)), (" 96.21 ", ("96.21",)), ("SN2025 96.210", ("96.210",)),
        ("NACE 56.11", ("56.11",)), ("47", ("47",)), ("45.200", ("95.310",)), ("96.02", ("96.210", "96.220")),
    ],
)  # fmt: skip
def test_a_code_is_read_as_people_write_it(written: str, codes: tuple[str, ...]) -> None:
    assert read_code(written).codes == codes


def test_a_code_that_only_the_old_standard_had_is_read_by_it() -> None:
    assert (read_code("45.200").vintage, read_code("45.200").retired) == (Vintage.SN2007, "45.200")


def test_a_code_of_both_standards_is_read_by_the_new_one_unless_the_old_is_asked_for() -> None:
    new, old = read_code("74.200"), read_code("74.200", Vintage.SN2007)
    assert (new.codes, new.vintage, new.retired) == (("74.200",), Vintage.SN2025, None)
    assert (old.codes, old.vintage) == (("18.120", "74.200"), Vintage.SN2007)


def test_a_code_that_the_change_of_standard_left_alone_can_be_read_by_both() -> None:
    assert read_code("10.710", Vintage.SN2007).codes == read_code("10.710", Vintage.SN2025).codes == ("10.710",)


def test_an_unknown_activity_has_a_code_of_its_own() -> None:
    assert (read_code("00.000").codes, check_duty((read_code("00.000"),)).outcome) == ((), UNSURE)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("99.999", "verken SN2025 eller SN2007"), ("541511", "ikke en norsk næringskode"), ("4A", "ikke en norsk næringskode"),
        ("", "ikke en norsk næringskode"), ("frisør", "egne ord"), ("-96.21", "ikke en norsk næringskode"), ("1e5", "ikke en norsk"),
    ],
)  # fmt: skip
def test_what_is_no_code_is_refused_with_what_to_do_instead(written: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_code(written)


def test_a_code_is_refused_when_the_standard_asked_for_does_not_have_it() -> None:
    with pytest.raises(UsageError, match="SN2025"):
        read_code("45.200", Vintage.SN2025)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Vi fører regnskap for restauranter og frisører i Bodø", "vi fører regnskap i bodø"),
        ("selger stoler til frisørsalonger", "selger stoler"),
        ("frisør for damer", "frisør for damer"),
        ("for frisører", "for frisører"),
        ("bakeri og kafé", "bakeri og kafé"),
    ],
)
def test_customers_are_set_aside_where_something_is_left(text: str, left: str) -> None:
    assert without_customers(text) == left
