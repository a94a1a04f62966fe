"""Duties by headcount: the limit itself, and the verdict on both sides of it."""

import pytest

from assistant import texts
from assistant.answer import Outcome
from assistant.dialogue import Assistant
from corpus.document import Verdict
from tests.assistant.talk import ask, cited

YES, NO, DEPENDS = Verdict.YES, Verdict.NO, Verdict.DEPENDS
ACT = "lov/2005-06-17-62"
OLM = "forskrift/2011-12-06-1355"
BODIES = {
    "verneombud": ("må vi ha verneombud", f"{ACT}/§6-1"),
    "amu": ("må vi ha AMU", f"{ACT}/§7-1"),
    "varslingsrutiner": ("må vi ha varslingsrutiner", f"{ACT}/§2A-6"),
    "drøfting": ("har vi plikt til informasjon og drøfting", f"{ACT}/§8-1"),
}
BORDERS = [
    ("verneombud", 1, DEPENDS), ("verneombud", 4, DEPENDS), ("verneombud", 5, YES), ("verneombud", 30, YES),
    ("amu", 1, NO), ("amu", 9, NO), ("amu", 10, DEPENDS), ("amu", 29, DEPENDS), ("amu", 30, YES), ("amu", 1500, YES),
    ("varslingsrutiner", 4, DEPENDS), ("varslingsrutiner", 5, YES),
    ("drøfting", 49, NO), ("drøfting", 50, YES),
]  # fmt: skip


@pytest.mark.parametrize(
    "question",
    ["hvor mange ansatte før vi må ha AMU?", "Fra hvor mange ansatte er arbeidsmiljøutvalg påbudt?", "How many employees before a working environment committee is mandatory?"],
)  # fmt: skip
def test_the_limits_for_the_committee_are_thirty_and_ten(bare: Assistant, question: str) -> None:
    answer = ask(bare, question)
    assert answer.outcome is Outcome.ANSWERED
    quote = next(c.quote for c in answer.citations if c.provision_id == f"{ACT}/§7-1")
    assert "30" in quote
    assert "10" in quote
    assert "30" in answer.text
    assert "10" in answer.text


@pytest.mark.parametrize(
    "question",
    ["verneombud, hvor mange ansatte?", "Hvor mange ansatte må vi være før vi må ha verneombud?", "Kor mange tilsette må vi vere for å ha plikt til verneombod?"],
)  # fmt: skip
def test_the_limit_for_the_safety_representative_is_five_with_a_written_agreement_below(
    bare: Assistant, question: str
) -> None:
    answer = ask(bare, question)
    assert answer.outcome is Outcome.ANSWERED
    quote = next(c.quote for c in answer.citations if c.provision_id == f"{ACT}/§6-1")
    assert "5" in quote
    assert "skriftlig" in quote
    assert "5" in answer.text
    assert "skriftlig" in answer.text


@pytest.mark.parametrize(("body", "employees", "verdict"), BORDERS, ids=[f"{b}-{n}" for b, n, _ in BORDERS])
@pytest.mark.parametrize("form", ["Vi er {n} ansatte, {asks}?", "Vi er {n}. {Asks}?", "{Asks} når vi er {n} ansatte?"])
def test_the_verdict_changes_at_the_limit(
    bare: Assistant, body: str, employees: int, verdict: Verdict, form: str
) -> None:
    asks, provision = BODIES[body]
    answer = ask(bare, form.format(n=employees, asks=asks, Asks=asks.capitalize()))
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, verdict)
    assert provision in {c.provision_id for c in answer.citations}
    assert str(employees) in answer.text


@pytest.mark.parametrize("body", BODIES)
def test_without_a_headcount_it_is_asked_for(bare: Assistant, body: str) -> None:
    answer = ask(bare, f"{BODIES[body][0].capitalize()}?")
    assert (answer.outcome, answer.verdict) == (Outcome.ASKS_BACK, DEPENDS)
    assert answer.follow_up_question == texts.ASK_EMPLOYEES
    assert texts.ASK_EMPLOYEES in answer.text
    assert BODIES[body][1] in {c.provision_id for c in answer.citations}


@pytest.mark.parametrize("reply", ["vi er 12", "12", "tolv", "12 ansatte", "ca 12", "Vi er tolv stykker."])
def test_the_reply_to_how_many_is_read(bare: Assistant, reply: str) -> None:
    question = "Må vi ha verneombud?"
    answer = ask(bare, reply, question, ask(bare, question).text)
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, YES)
    assert "12" in answer.text


def test_a_single_digit_is_a_reply(bare: Assistant) -> None:
    question = "Må vi ha verneombud?"
    assert ask(bare, "7", question, ask(bare, question).text).verdict is YES


@pytest.mark.parametrize("question", ["Vi har ingen ansatte. Må vi ha verneombud?", "Må vi ha AMU uten ansatte?"])
def test_who_has_said_that_nobody_is_employed_is_not_asked_how_many(bare: Assistant, question: str) -> None:
    assert ask(bare, question).follow_up_question != texts.ASK_EMPLOYEES


def test_a_headcount_given_earlier_is_remembered(bare: Assistant) -> None:
    answer = ask(bare, "Må vi ha verneombud?", "Vi er 12 ansatte i en frisørsalong. Må vi ha BHT?", "Ja.")
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, YES)


@pytest.mark.parametrize(
    ("question", "before", "verdict"),
    [
        ("hva med AMU?", "Vi er 12 ansatte, må vi ha verneombud?", DEPENDS),
        ("og hvis vi er 31?", "Vi er 12 ansatte, må vi ha AMU?", YES),
        ("Nå er vi 31, må vi ha AMU?", "Vi er 12 ansatte, må vi ha AMU?", YES),
        ("og AMU?", "Vi er 12 ansatte i en frisørsalong. Må vi ha BHT?", DEPENDS),
    ],
)
def test_a_follow_up_keeps_or_changes_the_headcount(
    bare: Assistant, question: str, before: str, verdict: Verdict
) -> None:
    answer = ask(bare, question, before, ask(bare, before).text)
    assert answer.verdict is verdict
    assert f"{ACT}/§7-1" in {c.provision_id for c in answer.citations}


@pytest.mark.parametrize(
    "question",
    [
        "Hvor mange timer kurs skal verneombudet ha?", "Må verneombudet delta på vernerunden?", "Hvor ofte skal AMU møtes?",
        "Må vi ha hovedverneombud når vi er 12 ansatte?", "Har jeg krav på løn for tida eg brukar som verneombod?", "Hva sier aml § 6-1 om verneombud?",
    ],
)  # fmt: skip
def test_another_question_about_the_same_body_gets_no_verdict_by_headcount(bare: Assistant, question: str) -> None:
    answer = ask(bare, question)
    assert answer.verdict is None
    assert answer.follow_up_question is None


def test_some_employees_are_not_all(bare: Assistant) -> None:
    answer = ask(bare, "To ansatte er sykmeldte. Må vi ha AMU?")
    assert answer.verdict is not NO


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Vi er 15 ansatte og fagforeningen krever at vi lager AMU. Må vi opprette det?", YES),
        ("De tilsette vil ha arbeidsmiljøutval. Vi er 22 tilsette, må vi ha AMU?", YES),
        ("Vi er 18 ansatte og ingen har bedt om AMU, må vi opprette det likevel?", NO),
        ("Vi er 18 ansatte, må vi ha AMU?", DEPENDS),
        ("Vi er 40 ansatte og ingen har bedt om AMU. Må vi ha det?", YES),
        ("Vi er 8 ansatte og klubben krever AMU. Må vi ha AMU?", NO),
    ],
)
def test_a_demand_decides_between_ten_and_thirty(bare: Assistant, question: str, verdict: Verdict) -> None:
    assert ask(bare, question).verdict is verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("I hele fjor var vi i snitt 32 på heltid. Må vi opprette arbeidsmiljøutvalg?", YES),
        ("Vi er fire faste og to som jobber ti prosent hver. Må vi ha verneombud?", YES),
    ],
)
def test_people_are_counted_however_they_are_named(bare: Assistant, question: str, verdict: Verdict) -> None:
    assert ask(bare, question).verdict is verdict


@pytest.mark.parametrize(
    ("question", "verdict", "said"),
    [
        ("Vi er 32 ansatte, men 5 jobber under 20 timer i uka. Må vi ha AMU?", DEPENDS, "Dere er 27 som teller med"),
        ("vi er 34 og 2 av oss jobber 15 timer i uka, må vi ha amu", YES, "Dere er 32 som teller med"),
        ("Må vi ha AMU når vi er 35 ansatte, men mange jobber deltid?", DEPENDS, "hvor mange av dere 35"),
        ("Må vi ha AMU når vi er 22 ansatte, og mange jobber deltid?", DEPENDS, "Dere er 22"),
        ("Vi er 6 ansatte, og 4 av oss jobber 10 timer i uka. Må vi ha verneombud?", YES, "Dere er 6"),
    ],
)
def test_only_those_who_work_enough_hours_count_for_amu(
    bare: Assistant, question: str, verdict: Verdict, said: str
) -> None:
    answer = ask(bare, question)
    assert answer.verdict is verdict
    assert said in answer.text
    if "som teller" in said:
        assert f"{OLM}/§3-7 ledd/2" in cited(answer)


def test_who_is_counted_is_left_to_the_rule_of_counting(bare: Assistant) -> None:
    answer = ask(bare, "Skal vi regne med lærlinger og vikarer når vi teller til AMU?")
    assert answer.follow_up_question != texts.ASK_EMPLOYEES
