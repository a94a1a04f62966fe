"""What our sick leave costs, asked in the talk: which figures are read, which is asked for, and what is left to others."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.answer import Answer, Outcome, Turn
from assistant.compose import Composer
from assistant.dialogue import Assistant
from assistant.respond.absence import EMPLOYER_PERIOD, QUESTIONS, answer_absence
from assistant.tools.absence import Field
from tests.assistant.records import make_library, make_provision
from tests.assistant.talk import make_history

Ask = Callable[..., Answer | None]
FULL = "vi er 50 ansatte, 1750 kr dagen og 6,5 % fravær, hva sparer vi på å komme ned på 4 %?"


@pytest.fixture
def ask(bare: Assistant) -> Ask:
    """Asks the responder alone; None when it leaves the question to others."""
    composer = Composer(bare.library, date(2026, 11, 22))

    def ask_one(question: str, *messages: str) -> Answer | None:
        understood = bare.understand(question, make_history(*messages))
        draft = answer_absence(understood, bare.library)
        return composer.compose(draft, understood) if draft else None

    return ask_one


# 11 500 workdays × 1 750 kr: 6.5 % are 1 308 125, 6 % 1 207 500, 4.5 % 905 625 and 4 % 805 000 kr.
@pytest.mark.parametrize(
    ("question", "told"),
    [
        (FULL, "1 308 125 kr − 805 000 kr = 503 125 kr"),
        ("Vi er 50 tilsette, 1 750 kroner per dag, seks prosent sjukefråvær. Kva sparer vi på å kome ned til fire prosent?", "= 402 500 kr"),
        ("vi er 50 ansatte, kr 1.750,- pr dag og 6.5 % sykefravær. Hva koster sykefraværet oss? Mål 4 %", "= 503 125 kr"),
        ("Vi har femti ansatte og seks og en halv prosent fravær. En fraværsdag koster 1750. Hva sparer vi på å komme ned på 4?", "= 503 125 kr"),
        ("Vi er 50 ansatte med seks komma fem prosent fravær og 1750 kr dagen. Hva sparer vi ned til fire prosent?", "= 503 125 kr"),
        ("Hva sparer vi på å få fraværet fra 6,5 til 4 % når vi er 50 ansatte og en dag koster 1750 kr?", "= 503 125 kr"),
        ("50 ansatte, 6,5 % fravær og 1750 kr per dag. Hva sparer vi på å redusere det med 2 prosentpoeng?", "− 905 625 kr = 402 500 kr"),
        ("Hva koster sykefraværet for 50 ansatte, 1500-2500 kr per dag, 6,5 prosent ned til 4 prosent?", "Spart, høyest: 50 ansatte × 230 arbeidsdager × 2,5 % × 2 500 kr = 718 750 kr"),
        ("hva sparer vi på å gå fra 6,5 til 4 prosent med 50 ansatte og 1750 kr per dag", "= 503 125 kr"),
        ("50 ansatte, 1750 kr, 6,5 % fravær, hva koster det?", "= 1 308 125 kr"),
        ("50 ansatte, 220 arbeidsdager, 1750 kr dagen, 6,5 % fravær. Hva sparer vi ned til 4 %?", "= 481 250 kr"),
        ("50 ansatte, 1750 kr dagen, 6,5 % fravær, 40 % av det i arbeidsgiverperioden. Hva koster det?", "523 250 kr"),
        ("50 ansatte, 1750 kr dagen, 6,5 % fravær, hva sparer vi ned til 8 %?", "koster dere om lag 300 000 kr mer"),
        ("50 ansatte, 1750 kr dagen, 4 % fravær, hva sparer vi ned til 4 %?", "ingenting å spare"),
        ("50 ansatte, 1500-2500 kr dagen, 4 % fravær, hva sparer vi ned til 4 %?", "ingenting å spare"),
        ("50 ansatte, 1750 kr dagen, 3-5 % fravær, hva sparer vi ned til 4 %?", "−200 000 til 200 000 kr"),
    ],
)  # fmt: skip
def test_the_sum_is_told_with_the_rule_on_the_employer_period(ask: Ask, question: str, told: str) -> None:
    answer = ask(question)
    assert answer
    assert answer.outcome is Outcome.ANSWERED
    assert told in answer.text
    (citation,) = answer.citations
    assert citation.provision_id == EMPLOYER_PERIOD
    assert "16 kalenderdager" in citation.quote
    assert "[1]" in answer.text


def test_the_uncertainty_is_called_an_example(ask: Ask) -> None:
    answer = ask(FULL)
    assert answer
    assert "450 000 kr til 550 000 kr" in answer.text  # 503 125 ∓ 10 %, two digits
    assert "regneeksempel, ikke statistikk" in answer.text


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("1750 kr dagen og 6,5 % fravær, hva sparer vi på å komme ned på 4 %?", Field.EMPLOYEES),
        ("vi er 50 ansatte med 6,5 % fravær, hva sparer vi på å komme ned på 4 %?", Field.DAILY_COST),
        ("vi er 50 ansatte, 1750 kr dagen, hva sparer vi på å få fraværet ned på 4 %?", Field.RATE),
        ("vi er 50 ansatte, 1750 kr dagen og 6,5 % fravær, hva sparer vi?", Field.TARGET),
        ("vi er 50 ansatte, 1750 kr dagen og 6,5 % fravær, hva sparer vi på å redusere det med 20 %?", Field.TARGET),
        ("50 ansatte, 650 000 kr i året og 6,5 % fravær, hva koster fraværet?", Field.DAILY_COST),
        ("Hva koster sykefraværet oss?", Field.EMPLOYEES),
        ("Kor mykje sparer me på lågare sjukefråvær?", Field.EMPLOYEES),
        ("50 ansatte, 1750 kr dagen, 650 % fravær, hva sparer vi ned til 4 %?", Field.RATE),
        ("5 000 000 ansatte, 1750 kr dagen, 6,5 % fravær, hva sparer vi ned til 4 %?", Field.EMPLOYEES),
        ("0 ansatte, 1750 kr dagen, 6,5 % fravær, hva sparer vi ned til 4 %?", Field.EMPLOYEES),
    ],
)
def test_exactly_the_figure_that_is_missing_or_wrong_is_asked_for(ask: Ask, question: str, field: Field) -> None:
    answer = ask(question)
    assert answer
    assert answer.outcome is Outcome.ASKS_BACK
    assert answer.follow_up_question == QUESTIONS[field]
    assert sum(asked in answer.text for asked in QUESTIONS.values()) == 1


@pytest.mark.parametrize(
    "replies",
    [("50", "1750", "6,5", "4"), ("vi er 50 ansatte", "ca 1750 kr", "6,5 %", "4 prosent"), ("femti", "1 750", "seks komma fem prosent", "fire prosent")],
)  # fmt: skip
def test_the_figures_can_be_given_one_at_a_time(ask: Ask, replies: tuple[str, ...]) -> None:
    said = ["Hva sparer vi på å få ned sykefraværet?"]
    for reply in replies:
        answer = ask(said[-1], *said[:-1])
        assert answer
        assert answer.outcome is Outcome.ASKS_BACK
        said += [answer.text, reply]
    answer = ask(said[-1], *said[:-1])
    assert answer
    assert answer.outcome is Outcome.ANSWERED
    assert "= 503 125 kr" in answer.text


@pytest.mark.parametrize(
    ("reply", "told"),
    [("hva om vi er 60 ansatte?", "= 603 750 kr"), ("hva med 3 %?", "= 704 375 kr"), ("2000 kr dagen", "= 575 000 kr")],
)
def test_a_figure_can_be_changed_afterwards(ask: Ask, reply: str, told: str) -> None:
    # 503 125 × 60/50; 11 500 × 3.5 % × 1 750; 11 500 × 2.5 % × 2 000
    first = ask(FULL)
    assert first
    answer = ask(reply, FULL, first.text)
    assert answer
    assert told in answer.text


def test_a_wrong_figure_can_be_corrected(ask: Ask) -> None:
    wrong = FULL.replace("6,5", "650")
    first = ask(wrong)
    assert first
    answer = ask("6,5 %", wrong, first.text)
    assert answer
    assert "= 503 125 kr" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "hva koster bedriftshelsetjeneste", "hvem betaler sykepenger", "Hva koster BHT for 50 ansatte med 6,5 % sykefravær?", "hva koster sykefraværet samfunnet?",
        "Hvem dekker kostnadene ved sykefravær?", "Kan vi spare penger på å forebygge sykefravær?", "Hva er gjennomsnittlig sykefravær i Norge?",
        "Hva koster det å la være å følge opp sykefravær?", "Vi er 20 ansatte, 8 % sykefravær. Hva må vi gjøre?", "Hva koster det å ha 50 ansatte?",
        "Vi er 50 ansatte med 6,5 % fravær, hva koster bht oss per år, 1750 kr?", "Hva er kostnaden for ekspertbistand ved langvarig sykefravær?",
        "Hva sier ftrl § 8-19 om hva sykefraværet koster oss?", "Hva taper vi på at ansatte får betalt ved fravær?", "Må vi ha BHT? Vi er 50 ansatte.",
    ],
)  # fmt: skip
def test_any_other_question_is_left_to_others(ask: Ask, question: str) -> None:
    assert ask(question) is None


def test_the_talk_may_turn_to_something_else(ask: Ask) -> None:
    first = ask(FULL)
    assert first
    assert ask("Må vi ha verneombud?", FULL, first.text) is None


def test_without_the_rule_there_is_no_answer(bare: Assistant) -> None:
    library = make_library(make_provision("lov/1999-01-02-9002/§1", [("ledd/1", "Badet har en badevakt.")]))
    understood = bare.understand(FULL, (Turn(role="user", content="Hei"),))
    assert answer_absence(understood, library) is None


def test_the_target_may_come_as_a_reply_after_the_cost(bare: Assistant) -> None:
    """40 employees * 230 days * 2,000 kr: 7 % is 1,288,000 and 5 % 920,000, so 368,000 saved"""
    talk = ["Hva koster sykefraværet oss?"]
    for reply in ("40", "2000", "7"):
        talk += [bare.ask(talk[-1], make_history(*talk[:-1])).text, reply]
    cost = bare.ask(talk[-1], make_history(*talk[:-1]))
    assert "1 288 000 kr" in cost.text.replace("\u00a0", " ")
    saved = bare.ask("5", make_history(*talk, cost.text))
    assert "368 000 kr" in saved.text.replace("\u00a0", " ")


def test_the_target_may_be_asked_for_after_the_sum(ask: Ask) -> None:
    first = ask("50 ansatte, 1750 kr, 6,5 % fravær, hva koster det?")
    assert first
    answer = ask("og ned til 4?", "50 ansatte, 1750 kr, 6,5 % fravær, hva koster det?", first.text)
    assert answer
    assert "503 125 kr" in answer.text
