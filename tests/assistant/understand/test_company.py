"""What a text says about the asker's company, and what it only claims about limits."""

import pytest

from assistant.understand.company import (
    is_owner_only,
    is_sole_proprietor,
    names_part_time,
    read_claimed_limits,
    read_employees,
    read_short_weeks,
    without_short_weeks,
)


@pytest.mark.parametrize(
    ("text", "employees"),
    [
        pytest.param("vi er 7 i et byggefirma", 7, id="a bare number after we are"),
        pytest.param("frisørsalong med tre ansatte", 3, id="a number in words"),
        pytest.param("Vi har 12 ansatte.", 12, id="we have"),
        pytest.param("vi er bare fire stykker", 4, id="only"),
        pytest.param("Vi har kun 4 ansatte, må vi ha verneombud?", 4, id="no more than"),
        pytest.param("Vi er bare 12, og BHT kreves vel først ved 20 ansatte?", 12, id="a fact beside a claim"),
        pytest.param("Verneombud er påbudt fra 10 ansatte, så vi som er sju kan droppe det", 7, id="a claim before the fact"),
        pytest.param("Må vi ha verneombud når vi er 4?", 4, id="at the end"),
        pytest.param("Vi er 7. Må vi ha verneombud?", 7, id="a sentence of its own"),
        pytest.param("Nå er vi 31. Må vi ha AMU?", 31, id="the verb first"),
        pytest.param("Vi er åtte på jobb.", 8, id="at work"),
        pytest.param("har en liten kafé med seks på lønningslista", 6, id="on the payroll"),
        pytest.param("vi har 3 avdelinger og 45 ansatte", 45, id="another number first"),
        pytest.param("firmaet har ca. 25 ansatte", 25, id="about"),
        pytest.param("to mann i et rørleggerfirma", 2, id="men"),
        pytest.param("vi er fem damer på kontoret", 5, id="women"),
        pytest.param("vi er 1500 ansatte i konsernet", 1500, id="four digits"),
        pytest.param("vi er 1 000 ansatte", 1000, id="a space between thousands"),
        pytest.param("vi er 18 ansatte og ingen har bedt om AMU", 18, id="nobody asked is not nobody employed"),
        pytest.param("me er åtte tilsette", 8, id="nynorsk"),
        pytest.param("Vi er en frisørsalong med 3 ansatte.", 3, id="an article is no number"),
        pytest.param("Me er ei lita bedrift og ein liten butikk", None, id="an article is no number, nynorsk"),
        pytest.param("Vi er en ansatt", 1, id="one employee"),
        pytest.param("eg har fem tilsette i barnehagen", 5, id="nynorsk, the owner"),
        pytest.param("vi har tretti tilsette no", 30, id="nynorsk, a ten"),
        pytest.param("we have 15 employees", 15, id="english"),
        pytest.param("we are a company with twenty employees", 20, id="english in words"),
        pytest.param("ingen ansatte, må vi ha BHT?", 0, id="none"),
        pytest.param("Vi driver frisørsalong uten ansatte", 0, id="without"),
        pytest.param("enkeltpersonforetak uten faste ansatte", 0, id="without permanent staff"),
        pytest.param("vi har null ansatte", 0, id="zero"),
        pytest.param("me er utan tilsette", 0, id="nynorsk, without"),
        pytest.param("a company with no employees", 0, id="english, none"),
        pytest.param("BHT er påbudt fra 50 ansatte", None, id="a limit: from"),
        pytest.param("Gjelder det bare over 50 ansatte?", None, id="a limit: over"),
        pytest.param("alle med mer enn 50 ansatte må ha det", None, id="a limit: more than"),
        pytest.param("vi er under 50 ansatte", None, id="a limit: under"),
        pytest.param("Er det krav for 50+ ansatte?", None, id="a limit: plus"),
        pytest.param("Må man ha AMU når man er mellom 10 og 30 ansatte?", None, id="a limit: between"),
        pytest.param("BHT er påbode frå 30 tilsette", None, id="a limit in nynorsk"),
        pytest.param("only required with more than 50 employees", None, id="a limit in english"),
        pytest.param("Hvor mange ansatte må vi ha?", None, id="asked for"),
        pytest.param("vi er 40 år gamle firma", None, id="years"),
        pytest.param("vi er et firma på 40 år", None, id="years of a company"),
        pytest.param("vi er 7 timer på jobb", None, id="hours at work"),
        pytest.param("vi jobber 8 timer om dagen", None, id="hours a day"),
        pytest.param("det er 80 dB hos oss", None, id="decibels"),
        pytest.param("det er 5 meter opp til taket", None, id="metres"),
        pytest.param("hva sier § 3-3 om ansatte", None, id="a section"),
        pytest.param("To ansatte har blitt sykmeldt", None, id="some of them, not all"),
        pytest.param("En av mine ansatte har vært sykmeldt i tre uker", None, id="one of them"),
        pytest.param("Vi har en deltidsansatt som vil ha verneombud", None, id="one of them, part time"),
        pytest.param("me har ein deltidstilsett", None, id="one of them, nynorsk"),
        pytest.param("Vi har en ansatt som er sykmeldt", None, id="one of them, who is ill"),
        pytest.param("vi har en lærling og en vikar", None, id="some of them"),
        pytest.param("vi har bare en deltidsansatt", 1, id="no more than one"),
        pytest.param("vi har én deltidsansatt", 1, id="the numeral"),
        pytest.param("vi har 4 faste og en deltidsansatt", 5, id="one more than those"),
        pytest.param("Vi er 32 ansatte, men 5 jobber under 20 timer i uka", 32, id="all, beside those with short weeks"),
        pytest.param("vi er 34, og 10 av dem jobber 10 timer i uka", 34, id="all, before some of them"),
        pytest.param("Må vi ha BHT?", None, id="nothing said"),
    ],
)  # fmt: skip
def test_a_headcount_is_told_from_a_limit_and_from_other_numbers(text: str, employees: int | None) -> None:
    assert read_employees(text) == employees


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        pytest.param("Stemmer det at BHT er påbudt fra 50 ansatte?", ("50",), id="from"),
        pytest.param("gjelder det over 50 ansatte", ("50",), id="over"),
        pytest.param("alle med mer enn femti ansatte", ("50",), id="more than, in words"),
        pytest.param("siden vi er under 20 ansatte slipper vi", ("20",), id="under"),
        pytest.param("krav for 50+ ansatte", ("50",), id="plus"),
        pytest.param("kreves først ved 20 ansatte", ("20",), id="first at"),
        pytest.param("færre enn 5 ansatte", ("5",), id="fewer than"),
        pytest.param("er det pålagt frå 30 tilsette", ("30",), id="nynorsk"),
        pytest.param("mandatory for companies with more than 50 employees", ("50",), id="english"),
        pytest.param("fra 10 til 30 ansatte", ("10", "30"), id="a range"),
        pytest.param("fra 10 ansatte, og BHT fra 50 ansatte", ("10", "50"), id="two"),
        pytest.param("vi er 7 ansatte", (), id="a fact"),
        pytest.param("vi er kun 4 ansatte", (), id="a fact with only"),
        pytest.param("støy over 80 dB", (), id="not of people"),
        pytest.param("fra 1. januar", (), id="a date"),
        pytest.param("etter § 13-1 andre ledd", (), id="a section"),
    ],
)
def test_a_number_put_forward_as_a_limit_is_read(text: str, limits: tuple[str, ...]) -> None:
    assert read_claimed_limits(text) == limits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("jeg er eneste ansatt i eget AS", True, id="only employee"),
        pytest.param("Eg er einaste tilsett", True, id="nynorsk"),
        pytest.param("I am the only employee of my company", True, id="english"),
        pytest.param("jeg er ansatt i eget AS", True, id="employed in own company"),
        pytest.param("vi er tre ansatte i AS-et", False, id="several"),
        pytest.param("er hun den eneste som kan stanse arbeidet?", False, id="only one of another kind"),
    ],
)
def test_an_owner_as_only_employee_is_recognised(text: str, expected: bool) -> None:
    assert is_owner_only(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("jeg har enkeltpersonforetak", True), ("sjølv: eg driv enkeltpersonføretak", True), ("a sole proprietor", True), ("vi er et AS", False)],
)  # fmt: skip
def test_a_sole_proprietor_is_recognised(text: str, expected: bool) -> None:
    assert is_sole_proprietor(text) is expected


@pytest.mark.parametrize(
    ("text", "count", "rest"),
    [
        ("Vi er 32 ansatte, men 5 jobber under 20 timer i uka. Må vi ha AMU?", 5, "Vi er 32 ansatte . Må vi ha AMU?"),
        ("vi er 34, og 10 av dem jobber 10 timer i uka", 10, "vi er 34"),
        ("Me er 33, der fire arbeider 15 timar i veka", 4, "Me er 33"),
        ("vi er 35 hvorav 8 ansatte har 12 timer per uke", 8, "vi er 35"),
        ("vi er 35 ansatte som jobber 37 timer i uka", None, "vi er"),  # full weeks
        ("5 av dem jobber 20 timer i uka", None, ""),  # just enough to be counted
        ("Vi er 12 ansatte", None, "Vi er 12 ansatte"),
    ],
)
def test_those_who_work_too_little_for_amu_are_counted(text: str, count: int | None, rest: str) -> None:
    assert read_short_weeks(text) == count
    assert without_short_weeks(text) == rest


@pytest.mark.parametrize(
    ("text", "expected"),
    [("mange jobber deltid", True), ("flere har halv stilling", True), ("noen har 40 % stilling", True), ("alle jobber heltid", False)],
)  # fmt: skip
def test_part_time_is_recognised(text: str, expected: bool) -> None:
    assert names_part_time(text) is expected
