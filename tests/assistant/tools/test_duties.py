"""Which duties a workplace has. The golden cases were worked out by hand from the law; the reasons stand beside them."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest

from assistant.duty.industry import find_industries
from assistant.errors import UsageError
from assistant.tools.duties import DutyItem, list_duties, list_remarks
from assistant.tools.duties_render import to_json, to_lines
from assistant.tools.duties_workplace import SickLeave, Workplace, read_facts, read_industries
from corpus.document import Kind, Verdict
from corpus.duties import read_duties
from corpus.library import Library, load_library
from tests.assistant.test_answer import CITATION_KEYS
from tests.corpus.lovdata.archives import fetch_reference, need_reference

YES, DEPENDS = Verdict.YES, Verdict.DEPENDS
# What every employer has, whatever it does and however small it is.
EVERYONE = {
    "systematisk-hms": "ja", "skriftlig-internkontroll": "ja", "risikovurdering": "ja", "psykososialt": "ja", "hms-opplaering-leder": "ja",
    "opplaering-ansatte": "ja", "skaderegister": "ja", "sykefravaer-statistikk": "ja", "alvorlig-ulykke": "avhenger", "likestilling-alle": "ja",
    "arbeidstid-oversikt": "ja",
}  # fmt: skip


def workplace(employees: int | None = None, industry: str = "", *facts: str, **more: object) -> Workplace:
    """Return a workplace in an industry named in words."""
    return Workplace(employees=employees, industries=find_industries(industry), facts=frozenset(facts), **more)  # type: ignore[arg-type]


def verdicts(items: tuple[DutyItem, ...]) -> dict[str, str]:
    """Return the verdicts by duty."""
    return {item.duty_id: item.verdict.value for item in items}


GOLDEN = [
    # 3 < 5: verneombud and routines turn on agreement and conditions; 3 < 10: no AMU; 3 < 20: no steps of LDL; 96.21 is on the list.
    pytest.param(
        workplace(3, "frisør"),
        {"verneombud": "avhenger", "opplaering-verneombud": "avhenger", "varslingsrutiner": "avhenger", "bht": "ja", "bht-plan": "ja"},
        id="hairdresser of 3",
    ),
    # 5 <= 12; 10 <= 12 < 30: AMU on demand; 12 > 10: several verneombud possible; 95.31 is on the list; car care when it is offered.
    pytest.param(
        workplace(12, "bilverksted"),
        {
            "verneombud": "ja", "hovedverneombud": "avhenger", "amu": "avhenger", "opplaering-verneombud": "ja", "opplaering-amu": "avhenger",
            "varslingsrutiner": "ja", "bht": "ja", "bht-plan": "ja", "godkjenning-bilpleie": "avhenger",
        },
        id="workshop of 12",
    ),
    # 35 >= 30: AMU; 20 <= 35 <= 50: steps on demand; 35 < 50: no chapter 8; 18.1 is on the list; noise: training, protection, hearing test.
    pytest.param(
        workplace(35, "trykkeri", "støy"),
        {
            "verneombud": "ja", "hovedverneombud": "avhenger", "amu": "ja", "opplaering-verneombud": "ja", "opplaering-amu": "ja",
            "varslingsrutiner": "ja", "likestilling-trinn": "avhenger", "bht": "ja", "bht-plan": "ja", "stoy-opplaering": "ja",
            "horselsvern": "avhenger", "horselskontroll": "avhenger",
        },
        id="print shop of 35 with noise",
    ),
    # 60 >= 50: chapter 8; 60 > 50: steps of LDL; an accountant (69.2) is not on the list, so the risk decides.
    pytest.param(
        workplace(60, "regnskapskontor"),
        {
            "verneombud": "ja", "hovedverneombud": "avhenger", "amu": "ja", "opplaering-verneombud": "ja", "opplaering-amu": "ja",
            "varslingsrutiner": "ja", "informasjon-og-drofting": "ja", "likestilling-trinn": "ja", "bht": "avhenger", "bht-plan": "avhenger",
        },
        id="office of 60",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("place", "expected"), GOLDEN)
def test_the_list_is_the_one_worked_out_by_hand(place: Workplace, expected: dict[str, str], library: Library) -> None:
    assert verdicts(list_duties(place, library)) == EVERYONE | expected


@pytest.mark.parametrize(
    ("duty", "employees", "verdict"),
    [
        ("verneombud", 1, "avhenger"), ("verneombud", 4, "avhenger"), ("verneombud", 5, "ja"),
        ("hovedverneombud", 10, None), ("hovedverneombud", 11, "avhenger"),
        ("amu", 9, None), ("amu", 10, "avhenger"), ("amu", 29, "avhenger"), ("amu", 30, "ja"),
        ("varslingsrutiner", 4, "avhenger"), ("varslingsrutiner", 5, "ja"),
        ("informasjon-og-drofting", 49, None), ("informasjon-og-drofting", 50, "ja"),
        # LDL § 26: "mer enn 50", so 50 itself is on demand.
        ("likestilling-trinn", 19, None), ("likestilling-trinn", 20, "avhenger"), ("likestilling-trinn", 50, "avhenger"), ("likestilling-trinn", 51, "ja"),
        ("verneombud", 999_999, "ja"), ("amu", None, "avhenger"), ("verneombud", None, "avhenger"),
    ],
)  # fmt: skip
def test_the_verdict_changes_at_the_limit(
    duty: str, employees: int | None, verdict: str | None, library: Library
) -> None:
    assert verdicts(list_duties(workplace(employees), library)).get(duty) == verdict


@pytest.mark.parametrize(
    ("employees", "counted", "verdict"), [(35, 29, "avhenger"), (35, 9, None), (28, 30, "ja"), (35, None, "ja")]
)
def test_only_those_of_twenty_hours_count_for_the_committee(
    employees: int, counted: int | None, verdict: str | None, library: Library
) -> None:
    items = list_duties(workplace(employees, amu_count=counted), library)
    assert verdicts(items).get("amu") == verdict
    assert verdicts(items)["verneombud"] == "ja"


def test_the_rule_on_who_counts_is_quoted_with_the_committee(library: Library) -> None:
    (amu,) = (item for item in list_duties(workplace(35), library) if item.duty_id == "amu")
    assert "20 timer" in amu.note
    assert any("20 timer" in e.quote and e.provision.provision_id.endswith("§3-7") for e in amu.evidence)


@pytest.mark.parametrize(
    ("fact", "duty", "verdict"),
    [
        ("asbest", "helse-asbest", "ja"), ("bly", "helse-bly", "ja"), ("vibrasjoner", "helse-vibrasjoner", "avhenger"),
        ("kjemikalier", "stoffkartotek", "ja"), ("kjemikalier", "helse-kjemikalier", "avhenger"), ("nattarbeid", "helse-natt", "avhenger"),
        ("biologiske faktorer", "helse-biologisk", "avhenger"), ("maskiner", "sakkyndig-kontroll", "avhenger"),
        ("vold og trusler", "vold-risiko", "ja"), ("unge", "unge-risiko", "ja"), ("gravide", "gravide-omplassering", "avhenger"),
        ("byggeplass", "hms-kort-bygg", "ja"), ("byggeplass", "rvo-bygg", "ja"), ("skift", "hovedverneombud", "avhenger"), ("offentlig", "likestilling-trinn", "ja"),
    ],
)  # fmt: skip
def test_a_fact_brings_its_duty_and_without_it_the_duty_is_left_out(
    fact: str, duty: str, verdict: str, library: Library
) -> None:
    assert verdicts(list_duties(workplace(8, "", fact), library))[duty] == verdict
    assert duty not in verdicts(list_duties(workplace(8), library))


@pytest.mark.parametrize(
    ("employees", "listed"), [(19, False), (20, True)]
)  # OLM § 12-12: fewer than 20 may do without
def test_the_list_of_young_workers_needs_both_the_young_and_the_number(
    employees: int, listed: bool, library: Library
) -> None:
    assert ("unge-liste" in verdicts(list_duties(workplace(employees, "", "unge"), library))) is listed
    assert "unge-liste" not in verdicts(list_duties(workplace(employees), library))


@pytest.mark.parametrize(
    ("industry", "duty", "verdict"),
    [
        ("byggefirma", "hms-kort-bygg", "avhenger"), ("byggefirma", "rvo-bygg", "avhenger"), ("hotell", "rvo-overnatting", "ja"),
        ("restaurant", "rvo-servering", "avhenger"), ("vaskebyrå", "godkjenning-renhold", "avhenger"), ("frisør", "rvo-bygg", None),
        ("butikk", "bht", "avhenger"), ("barnehage", "bht", "ja"), ("", "bht", "avhenger"),
    ],
)  # fmt: skip
def test_the_industry_brings_what_its_trade_has(
    industry: str, duty: str, verdict: str | None, library: Library
) -> None:
    assert verdicts(list_duties(workplace(7, industry), library)).get(duty) == verdict


@pytest.mark.parametrize(
    ("since", "plan", "meeting", "nav"),
    [
        # 2026-11-02 + 28 days (28 left in November: 2 + 28 = 30), + 49 days (30 November + 21), + 182 days (26 * 7)
        (date(2026, 11, 2), date(2026, 11, 30), date(2026, 12, 21), date(2027, 5, 3)),
        # over a leap day: 1 February + 28 = 29 February 2024; + 49 = 21 March; + 182 = 1 August
        (date(2024, 2, 1), date(2024, 2, 29), date(2024, 3, 21), date(2024, 8, 1)),
    ],
)
def test_the_days_are_the_same_weekday_weeks_later(
    since: date, plan: date, meeting: date, nav: date, library: Library
) -> None:
    place = Workplace(employees=8, sick_since=since, sick_leave=SickLeave.FULL)
    due = {item.duty_id: (item.verdict, item.due) for item in list_duties(place, library) if item.due}
    assert due == {"oppfolgingsplan": (YES, plan), "dialogmote-1": (YES, meeting), "dialogmote-2": (YES, nav)}


@pytest.mark.parametrize(("leave", "has_day"), [(SickLeave.GRADED, False), (None, True)])
def test_the_day_of_the_meeting_holds_only_for_who_is_away_altogether(
    leave: SickLeave | None, has_day: bool, library: Library
) -> None:
    items = list_duties(Workplace(employees=8, sick_since=date(2026, 11, 2), sick_leave=leave), library)
    (meeting,) = (item for item in items if item.duty_id == "dialogmote-1")
    assert meeting.verdict is DEPENDS
    assert (meeting.due is not None) is has_day
    assert "delvis" in meeting.condition


def test_where_nobody_is_employed_that_is_said_with_the_rule(library: Library) -> None:
    remarks = list_remarks(workplace(0), library)
    assert list_duties(workplace(0), library) == ()
    assert "ingen ansatte" in remarks[0].text
    assert remarks[0].evidence[0].provision.provision_id == "lov/2005-06-17-62/§1-2"


def test_rules_that_bind_without_employees_stay(library: Library) -> None:
    found = verdicts(list_duties(workplace(0, "byggefirma", "byggeplass"), library))
    assert found == {"hms-kort-bygg": "ja", "rvo-bygg": "ja", "sha-plan": "avhenger"}


def test_at_sea_the_act_does_not_hold(library: Library) -> None:
    place = Workplace(employees=12, industries=read_industries((), ("50",)))
    assert list_duties(place, library) == ()
    assert "Sjøfart" in list_remarks(place, library)[0].text


@pytest.mark.parametrize(
    "place",
    [
        Workplace(employees=-1), Workplace(employees=-(10**30)), Workplace(employees=1_000_001), Workplace(employees=10**40),
        Workplace(employees=5, amu_count=-2), Workplace(employees=5, sick_since=date(2026, 11, 23)), Workplace(sick_since=date.max),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_a_short_sentence(place: Workplace, library: Library) -> None:
    with pytest.raises(UsageError) as refused:
        list_duties(place, library, date(2026, 11, 22))
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("words", ["blablabla", "???", ""])
def test_an_industry_that_is_not_recognised_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="bransjen"):
        read_industries((words,), ())


@pytest.mark.parametrize("code", ["99.999", "", "abc", "1"])
def test_a_code_that_does_not_exist_is_refused(code: str) -> None:
    with pytest.raises(UsageError, match="kode"):
        read_industries((), (code,))


def test_a_code_for_what_is_not_known_yet_leaves_the_service_open(library: Library) -> None:
    place = Workplace(employees=4, industries=read_industries((), ("00.000",)))
    (bht,) = (item for item in list_duties(place, library) if item.duty_id == "bht")
    assert bht.verdict is DEPENDS
    assert "risikoen" in bht.condition


def test_an_unknown_fact_is_refused_with_those_there_are(library: Library) -> None:
    with pytest.raises(UsageError, match="støy"):
        read_facts(("spøkelser",), read_duties(library.known))


def test_a_retired_code_is_told_of(library: Library) -> None:
    place = Workplace(employees=4, industries=read_industries((), ("96.020",)))
    texts = [remark.text for remark in list_remarks(place, library)]
    assert any("96.020" in text for text in texts)


def test_every_quote_of_every_duty_is_an_exact_span(library: Library) -> None:
    table = read_duties(library.known)
    facts = frozenset(fact.fact_id for fact in table.facts)
    seen: set[str] = set()
    industries = ("byggefirma", "hotell", "restaurant", "renhold", "bilverksted", "butikk", "")
    for employees, industry in product((None, 3, 12, 60), industries):
        place = workplace(employees, industry, *facts, sick_since=date(2026, 1, 5))
        for item in list_duties(place, library):
            seen.add(item.duty_id)
            assert item.evidence
            for evidence in item.evidence:
                provision = library.find(evidence.provision.provision_id, evidence.provision.kind)
                assert provision.text[evidence.start : evidence.end] == evidence.quote
                start, end = provision.span_of(evidence.portion) or (0, 0)
                assert start <= evidence.start < evidence.end <= end
    assert seen == {duty.duty_id for duty in table.duties}


@pytest.mark.parametrize(("place", "expected"), GOLDEN)
def test_what_depends_says_on_what_and_what_holds_does_not(
    place: Workplace, expected: dict[str, str], library: Library
) -> None:
    for item in list_duties(place, library):
        assert bool(item.condition) is (item.verdict is DEPENDS)
        assert item.scope or item.condition


def test_the_json_numbers_its_citations(library: Library) -> None:
    place = workplace(35, "trykkeri", "støy")
    written = to_json(place, list_duties(place, library), list_remarks(place, library), library)
    assert list(written["citations"][0]) == CITATION_KEYS
    assert [c["n"] for c in written["citations"]] == list(range(1, len(written["citations"]) + 1))
    used = {n for row in written["duties"] for n in row["citations"]}
    assert used == {c["n"] for c in written["citations"]}
    assert (written["employees"], written["facts"], written["industries"]) == (35, ["støy"], ["trykkeri"])


def test_the_lines_fit_a_terminal_and_tell_of_a_day_that_has_passed(library: Library) -> None:
    place = Workplace(employees=8, sick_since=date(2026, 9, 1), sick_leave=SickLeave.FULL)
    lines = to_lines(place, list_duties(place, library), (), library, date(2026, 11, 22))
    assert max(map(len, lines)) <= 96
    text = " ".join(" ".join(lines).split())
    assert "2026-09-29 (passert)" in text  # 1 September + 28 days
    assert "2027-03-02 (passert)" not in text  # + 182 days lies ahead
    assert "2027-03-02" in text


# --- With the official texts -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The core with the official texts of 2025-11-08."""
    need_reference()
    fetched = load_library(fetch_reference(tmp_path_factory))
    yield fetched
    fetched.close()


def test_official_words_are_quoted_exactly_where_they_were_fetched(official: Library) -> None:
    facts = frozenset(fact.fact_id for fact in read_duties(official.known).facts)
    place = workplace(60, "byggefirma", *facts, sick_since=date(2026, 1, 5))
    items = list_duties(place, official)
    written = to_json(place, items, list_remarks(place, official), official)
    kinds = {citation["kind"] for citation in written["citations"]}
    assert kinds == {"lovtekst", "gjengivelse"}  # some parts were amended since, and are restated
    for citation in written["citations"]:
        provision = official.find(citation["provision_id"], Kind(citation["kind"]))
        assert provision.text[citation["start"] : citation["end"]] == citation["quote"]
    assert all(row["citations"] for row in written["duties"])
    assert to_lines(place, items, (), official)
