"""A company's number in a talk: looked up when the user allows it, said plainly when not, and kept for what follows."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import texts
from assistant.answer import Answer, Outcome
from assistant.dialogue import Assistant
from assistant.register.register import Register
from corpus.document import Verdict
from corpus.library import Library
from tests.assistant.register.fake import (
    BANKRUPT,
    GONE,
    HAIRDRESSER,
    HOLDING,
    IT_COMPANY,
    STRUCK_OFF,
    UNKNOWN,
    FakeRegister,
    Fault,
    serve_register,
)
from tests.assistant.talk import ask, cited
from tests.conftest import NoSearch

Open = Callable[..., Assistant]
ROW = "forskrift/2011-12-06-1355/§13-1 ledd/2/rad/96.21"


@pytest.fixture(scope="module")
def server() -> Iterator[FakeRegister]:
    with serve_register() as running:
        yield running


@pytest.fixture
def fake(server: FakeRegister) -> FakeRegister:
    server.faults.clear()
    server.requests.clear()
    return server


@pytest.fixture
def make(
    fake: FakeRegister, library: Library, bare: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Open:
    """Makes assistants that may or may not ask the fake register; all keep what they find in the same folder."""
    monkeypatch.setattr("assistant.dialogue._make_speller", lambda *_: bare._reader.speller)  # counts the same words

    def build(*, allow_network: bool = True) -> Assistant:
        register = Register(tmp_path, allow_network=allow_network, base_url=fake.url, timeout_seconds=5.0)
        today = max(document.checked for document in library.core)
        return Assistant(library, NoSearch(), today=today, register=register)

    return build


def asks_for_industry(answer: Answer) -> bool:
    is_asked = (answer.outcome, answer.follow_up_question) == (Outcome.ASKS_BACK, texts.ASK_INDUSTRY)
    return is_asked and answer.choices == texts.INDUSTRY_CHOICES


@pytest.mark.parametrize(
    "question",
    [f"Må vi ha BHT? Org.nr {HAIRDRESSER}", "sjekk 100 000 016", HAIRDRESSER, f"hei, vi er {HAIRDRESSER}", f"kan du sjekke om {HAIRDRESSER} må ha bht"],
)  # fmt: skip
def test_a_number_leads_to_the_verdict_of_its_code(make: Open, question: str) -> None:
    answer = ask(make(), question)
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, Verdict.YES)
    assert ROW in cited(answer)
    assert any("SAKSEN FRISØR AS er fra Enhetsregisteret, hentet" in warning for warning in answer.warnings)


def test_the_number_may_be_the_reply_to_what_they_do(make: Open) -> None:
    assistant = make()
    back = ask(assistant, "Må vi ha BHT?")
    answer = ask(assistant, IT_COMPANY, "Må vi ha BHT?", back.text)
    assert answer.verdict is Verdict.NO
    assert "62.100" in answer.text


def test_what_follows_is_about_the_company_without_another_look_up(make: Open, fake: FakeRegister) -> None:
    assistant = make()
    first = ask(assistant, f"sjekk {HAIRDRESSER}")
    fake.requests.clear()
    duty = ask(assistant, "hvorfor?", f"sjekk {HAIRDRESSER}", first.text)
    warned = ask(assistant, "Må vi ha verneombud?", f"sjekk {HAIRDRESSER}", first.text)
    assert ROW in cited(duty)
    assert "dere er 3" in warned.text
    assert fake.requests == []


def test_what_the_user_says_goes_before_the_register(make: Open) -> None:
    answer = ask(make(), f"Må vi ha verneombud? Vi er 12 ansatte, org.nr {HAIRDRESSER}")
    assert "Dere er 12" in answer.text
    told = ask(make(), "vi driver restaurant", HOLDING, "svar")
    assert "Drift av restauranter" in told.text


def test_another_number_replaces_the_first(make: Open) -> None:
    answer = ask(make(), "og 100 000 032?", f"Må vi ha BHT? Org.nr {HAIRDRESSER}", "Ja.")
    assert "62.100" in answer.text


def test_without_leave_nothing_is_sent_and_the_industry_is_asked_for(make: Open, fake: FakeRegister) -> None:
    answer = ask(make(allow_network=False), f"Må vi ha BHT? Org.nr {HAIRDRESSER}")
    assert fake.requests == []
    assert answer.text.startswith("**Jeg slår ikke opp")
    assert f"bht duty --orgnr {HAIRDRESSER} --online" in answer.text
    assert asks_for_industry(answer)
    then = ask(make(allow_network=False), "frisør", f"Må vi ha BHT? Org.nr {HAIRDRESSER}", answer.text)
    assert then.verdict is Verdict.YES
    assert not then.warnings


def test_what_was_looked_up_before_is_used_without_leave(make: Open) -> None:
    ask(make(), f"sjekk {HAIRDRESSER}")
    assert ask(make(allow_network=False), f"sjekk {HAIRDRESSER}").verdict is Verdict.YES


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("987654321", "987 654 321 er ikke et gyldig organisasjonsnummer"),
        ("12345", "har 9 sifre, men dette har 5"),
        (UNKNOWN, "har ingen virksomhet med organisasjonsnummer 100 000 199"),
        (GONE, "100 000 172 er slettet"),
        (STRUCK_OFF, "VAR EN GANG AS (100 000 164) er slettet"),
    ],
)
def test_a_number_that_leads_to_nothing_is_told_first(make: Open, number: str, said: str) -> None:
    answer = ask(make(), f"Må vi ha BHT? Org.nr {number}")
    assert said in answer.text.split("\n")[0]
    assert asks_for_industry(answer)


@pytest.mark.parametrize(("status", "said"), [(503, "feil hos seg"), (429, "for mange spørsmål")])
def test_a_register_that_fails_is_told_and_the_industry_asked_for(
    make: Open, fake: FakeRegister, status: int, said: str
) -> None:
    fake.break_all(Fault(status=status))
    answer = ask(make(), f"Må vi ha BHT? Org.nr {HAIRDRESSER}")
    assert said in answer.text.split("\n")[0]
    assert asks_for_industry(answer)


def test_an_industry_that_was_told_decides_where_the_number_does_not(make: Open) -> None:
    answer = ask(make(), "Vi er en frisørsalong med org.nr 987654321. Må vi ha BHT?")
    assert answer.verdict is Verdict.YES
    assert any("ikke et gyldig" in warning for warning in answer.warnings)


@pytest.mark.parametrize(
    "question",
    ["Kan du slå opp firmaet vårt? 100 000 016", f"er {HAIRDRESSER} på lista?", f"Do we need OHS? Company number {HAIRDRESSER}"],
)  # fmt: skip
def test_the_words_around_a_number_are_read_as_no_industry(make: Open, question: str) -> None:
    answer = ask(make(allow_network=False), question)
    assert answer.text.startswith("**Jeg slår ikke opp")
    assert asks_for_industry(answer)
    then = ask(make(allow_network=False), "vi driver frisørsalong", question, answer.text)
    assert "slå opp" not in then.text
    assert then.verdict is Verdict.YES


def test_the_state_of_the_company_is_told(make: Open) -> None:
    assert any("konkurs" in warning for warning in ask(make(), f"sjekk {BANKRUPT}").warnings)


@pytest.mark.parametrize("question", [f"hvem eier {HAIRDRESSER}?", f"Er {HAIRDRESSER} en godkjent BHT?"])
def test_another_question_about_the_company_gets_no_verdict(make: Open, question: str) -> None:
    assert ask(make(), question).verdict is None
