"""Must we have BHT: verdict, the row that decides, what is asked back and what a reply leads to."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant import texts
from assistant.answer import Answer, Outcome
from assistant.dialogue import Assistant
from corpus.document import Verdict
from corpus.library import Library
from tests.assistant.talk import ask, cited
from tests.conftest import NoSearch, make_edition, make_official

QUESTION = "Må vi ha BHT?"
ACT = "lov/2005-06-17-62"
TABLE = "forskrift/2011-12-06-1355/§13-1"
RISK, LIST = f"{ACT}/§3-3 ledd/1", f"{TABLE} ledd/2"


def row(code: str) -> str:
    """Return how the row of a code is cited."""
    return f"{LIST}/rad/{code}"


@pytest.fixture(scope="module")
def asked_back(bare: Assistant) -> Answer:
    """The answer to the question without any fact about the company."""
    return ask(bare, QUESTION)


def test_without_an_industry_the_answer_depends_and_asks_for_it(asked_back: Answer) -> None:
    assert (asked_back.outcome, asked_back.verdict) == (Outcome.ASKS_BACK, Verdict.DEPENDS)
    assert asked_back.follow_up_question == texts.ASK_INDUSTRY
    assert texts.ASK_INDUSTRY in asked_back.text
    assert asked_back.choices == texts.INDUSTRY_CHOICES


def test_both_ways_to_the_duty_are_cited_when_asking_back(asked_back: Answer) -> None:
    """The risk of AML § 3-3 and the list of OLM § 13-1"""
    assert cited(asked_back) == [RISK, LIST]


@pytest.mark.parametrize(
    "question",
    [
        "må vi ha bht", "Trenger vi bedriftshelsetjeneste?", "Er BHT lovpålagt for oss?", "Er vi pliktige til å ha BHT?",
        "Er det krav om bht hos oss?", "Må me ha bedriftshelseteneste?", "Do we have to have an occupational health service?",
        "Vi er 12 ansatte. Må vi ha BHT?", "Må vi ha BHT når vi er 50 ansatte?",
    ],
)  # fmt: skip
def test_the_question_is_understood_in_other_words(bare: Assistant, question: str) -> None:
    answer = ask(bare, question)
    assert (answer.outcome, answer.follow_up_question) == (Outcome.ASKS_BACK, texts.ASK_INDUSTRY)


def test_a_hairdresser_in_reply_must_have_it(bare: Assistant, asked_back: Answer) -> None:
    answer = ask(bare, "frisørsalong med tre ansatte", QUESTION, asked_back.text)
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, Verdict.YES)
    assert row("96.21") in cited(answer)
    assert "96.21" in answer.text


def test_it_consultants_in_reply_need_not_by_the_list_but_risk_decides(bare: Assistant, asked_back: Answer) -> None:
    answer = ask(bare, "vi er bare et IT-konsulentselskap", QUESTION, asked_back.text)
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, Verdict.NO)
    assert {RISK, LIST} <= set(cited(answer))
    assert "risiko" in answer.text
    assert not answer.text.strip("*").startswith("Nei")


@pytest.mark.parametrize("choice", texts.INDUSTRY_CHOICES)
def test_every_choice_offered_leads_on(bare: Assistant, asked_back: Answer, choice: str) -> None:
    answer = ask(bare, choice, QUESTION, asked_back.text)
    assert answer.outcome is Outcome.ANSWERED or answer.follow_up_question not in {None, texts.ASK_INDUSTRY}


@pytest.mark.parametrize("reply", ["vi vet ikke", "litt av hvert", "vi er 4"])
def test_a_reply_without_an_industry_is_asked_again(bare: Assistant, asked_back: Answer, reply: str) -> None:
    answer = ask(bare, reply, QUESTION, asked_back.text)
    assert (answer.outcome, answer.verdict) == (Outcome.ASKS_BACK, Verdict.DEPENDS)


@pytest.mark.parametrize("reply", ["96.210", "næringskode 96.210", "Koden vår er 96.210"])
def test_a_code_in_reply_is_read(bare: Assistant, asked_back: Answer, reply: str) -> None:
    answer = ask(bare, reply, QUESTION, asked_back.text)
    assert (answer.verdict, row("96.21") in cited(answer)) == (Verdict.YES, True)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("Jeg driver en frisørsalong med to ansatte. Må vi ha bedriftshelsetjeneste?", "96.21"),
        ("har en liten kafé med seks på lønningslista, er jeg nødt til å kjøpe bedriftshelsetjeneste", "56.11"),
        ("We run a small hotel in Norway. Do we have to be affiliated with an occupational health service?", "55.1"),
        ("vi er 7 i et byggefirma, må vi ha bht?", "41"),
        ("Må eit bilverkstad ha bedriftshelseteneste?", "95.31"),
        ("Slipper frisører BHT?", "96.21"),
        ("frisørsalong med tre ansatte", "96.21"),
        ("Næringskoden vår er 96.210. Må vi ha BHT?", "96.21"),
    ],
)
def test_a_listed_industry_must_have_it_whatever_its_size(bare: Assistant, question: str, code: str) -> None:
    answer = ask(bare, question)
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, Verdict.YES)
    assert row(code) in cited(answer)
    assert next(c for c in answer.citations if c.portion.path.endswith(f"rad/{code}")).quote.startswith(code)
    assert code in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "må et regnskapskontor ha bht", "Næringskoden vår er 62.100. Er vi pliktige til å ha BHT?",
        "Må ein sauebonde med to tilsette ha bedriftshelseteneste?", "Vi er 60 ansatte i en bank, må vi ha BHT?",
        "Vi driver bare med selskapsmat og catering, ingen kantine. Gjelder BHT-plikten oss?",
        "Vi er ikke frisør, vi er bank. Må vi ha BHT?",
    ],
)  # fmt: skip
def test_an_unlisted_industry_gets_no_bare_no(bare: Assistant, question: str) -> None:
    answer = ask(bare, question)
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, Verdict.NO)
    assert {RISK, LIST} <= set(cited(answer))
    assert not answer.text.strip("*").startswith("Nei")
    assert "risiko" in answer.text
    assert answer.follow_up_question is None


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("vi driver litt transport og litt lager, er vi pliktige til å ha BHT da?", ["49"]),
        ("Vi driver butikk og frisør, må vi ha BHT?", ["96.21"]),
        ("Næringskode 96.02, må vi ha BHT?", ["96.21"]),
        ("Næringskode 85, må vi ha BHT?", ["85.1", "85.2"]),
        ("Næringskode 46, må vi ha BHT?", ["46.87"]),
    ],
    ids=["two activities", "listed and not", "retired and split", "parent, many rows", "parent, one row"],
)
def test_what_cannot_be_told_is_asked_with_the_choices(bare: Assistant, question: str, codes: list[str]) -> None:
    answer = ask(bare, question)
    assert (answer.outcome, answer.verdict) == (Outcome.ASKS_BACK, Verdict.DEPENDS)
    assert answer.follow_up_question
    assert [code for code in codes if row(code) not in cited(answer) or code not in answer.text] == []


def test_several_listed_activities_are_listed(bare: Assistant) -> None:
    answer = ask(bare, "Vi driver frisør og bilverksted. Må vi ha BHT?")
    assert answer.verdict is Verdict.YES
    assert {row("96.21"), row("95.31")} <= set(cited(answer))


@pytest.mark.parametrize(
    "question", ["Vi har ingen ansatte. Må vi ha BHT?", "Vi driver frisørsalong uten ansatte. Må vi ha BHT?"]
)
def test_nobody_employed_is_outside_the_act(bare: Assistant, question: str) -> None:
    answer = ask(bare, question)
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, Verdict.NO)
    assert [c.provision_id for c in answer.citations] == [f"{ACT}/§1-2"]


@pytest.mark.parametrize("question", ["Vi driver rederi, må vi ha BHT?", "Må en fiskebåt ha BHT?"])
def test_shipping_and_fishing_are_outside_the_act(bare: Assistant, question: str) -> None:
    answer = ask(bare, question)
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, Verdict.NO)
    assert f"{ACT}/§1-2 ledd/2/bokstav/a" in cited(answer)


@pytest.mark.parametrize(
    "question",
    [
        "Jeg er eneste ansatt i eget AS, må jeg ha BHT?",
        "Jeg er eneste ansatt i min egen frisørsalong. Må jeg ha BHT?",
        "Må eg ha BHT når eg er einaste tilsett i eige AS?",
    ],
)
def test_an_owner_as_only_employee_is_not_settled(bare: Assistant, question: str) -> None:
    answer = ask(bare, question)
    assert answer.verdict is Verdict.DEPENDS
    assert {f"{ACT}/§1-2", f"{ACT}/§1-8"} <= {c.provision_id for c in answer.citations}


def test_a_limited_row_is_asked_about(bare: Assistant) -> None:
    answer = ask(bare, "Næringskode 56.220, må vi ha BHT?")
    assert (answer.outcome, answer.verdict) == (Outcome.ASKS_BACK, Verdict.DEPENDS)
    assert row("56.22") in cited(answer)
    assert answer.follow_up_question
    assert answer.follow_up_question in answer.text


@pytest.mark.parametrize(
    ("reply", "verdict"), [("ja", Verdict.YES), ("nei", Verdict.NO), ("Ja, det gjør det.", Verdict.YES)]
)
def test_the_reply_to_a_limit_settles_it(bare: Assistant, reply: str, verdict: Verdict) -> None:
    question = "Næringskode 56.220, må vi ha BHT?"
    answer = ask(bare, reply, question, ask(bare, question).text)
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, verdict)


def test_a_retired_code_is_said_to_be_retired(bare: Assistant) -> None:
    answer = ask(bare, "Næringskode 45.200, må vi ha BHT?")
    assert any("45.200" in warning and "95.310" in warning for warning in answer.warnings)
    assert ask(bare, "Næringskode 96.210, må vi ha BHT?").warnings == ()


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Hva koster BHT for frisører?", id="the price"),
        pytest.param("Hva skal BHT gjøre hos en frisør?", id="the work"),
        pytest.param("Må BHT være med i AMU?", id="a duty of the BHT"),
        pytest.param("Må BHT kartlegge støy i barnehagen?", id="a duty of the BHT in an industry"),
        pytest.param("Må vi ha en plan for BHT?", id="the plan"),
        pytest.param("Hva er en frisør?", id="an industry, not BHT"),
        pytest.param("Hvem er den beste frisøren?", id="somebody in an industry"),
        pytest.param("Kan vi bytte bedriftshelsetjeneste?", id="to change it"),
        pytest.param("aml § 3-3 frisør", id="an address"),
    ],
)
def test_another_question_is_not_taken_for_the_duty(bare: Assistant, question: str) -> None:
    answer = ask(bare, question)
    assert answer.verdict is None
    assert answer.follow_up_question is None


def test_an_amended_table_without_the_row_is_answered_on_our_words(
    library: Library, with_store: Callable[..., Library]
) -> None:
    """And that the rule has been amended is said"""
    restated = library.find(TABLE)
    act = next(d for d in library.core if TABLE.startswith(f"{d.document_id}/"))
    amended = make_official(restated, [("ledd/1", "Plikten står nå i vedlegget.")], in_force=date(2026, 7, 1))
    assistant = Assistant(with_store(library.core, make_edition(act, amended)), NoSearch(), today=date(2026, 8, 1))
    answer = ask(assistant, "må frisørsalonger ha BHT?")
    assert TABLE in {c.provision_id for c in answer.citations}
    assert texts.RESTATEMENT_OUTDATED.format(label=restated.label, date=date(2026, 7, 1)) in answer.warnings
