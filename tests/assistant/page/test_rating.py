"""The rating under an answer: what is shown after each click, and what is stored."""

import re
from pathlib import Path

import pytest

from assistant.answer import Turn
from assistant.feedback import FeedbackStore, Rated, Rating, Reason
from assistant.page import texts
from assistant.page.chat import View, ask, start_over
from assistant.page.rating import NOTHING, rate, render_ask, render_reasons, render_told
from tests.assistant.page.fake import ABSTAINED, TWO_SOURCES, FakeAssistant

RATED = Rated(question="Må vi ha BHT?", history=(), answer=TWO_SOURCES.to_json())


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "feedback.sqlite")


def run(question: str, messages: object = None) -> list[View]:
    return list(ask(FakeAssistant(), question, messages))  # type: ignore[arg-type]


def test_an_answer_can_be_rated_once_it_is_whole() -> None:
    """Not while it comes, when the one before must not be rated by mistake"""
    views = run("Må vi ha BHT?")
    assert [view.rating for view in views] == [NOTHING, *[None] * (len(views) - 2), render_ask()]
    assert views[-1].rated == RATED


def test_what_led_to_the_answer_goes_with_it() -> None:
    talk = run("Må vi ha BHT?")[-1].messages
    rated = run("dette er ukjent", talk)[-1].rated
    assert rated
    assert rated.question == "dette er ukjent"
    assert rated.history == (
        Turn(role="user", content="Må vi ha BHT?"),
        Turn(role="assistant", content=TWO_SOURCES.text),
    )
    assert rated.answer["outcome"] == ABSTAINED.outcome.value


def test_an_error_and_an_empty_talk_cannot_be_rated() -> None:
    assert [view.rating for view in run("dette er feil")] == [NOTHING, None]
    assert start_over().rating == NOTHING


def test_yes_is_stored_at_once(store: FeedbackStore) -> None:
    assert rate(store, {"rating": "up"}, RATED) == render_told(texts.RATE_THANKS)
    assert [(f.rating, f.reason, f.rated.question) for f in store.list()] == [(Rating.UP, None, "Må vi ha BHT?")]


def test_no_asks_why_before_anything_is_stored(store: FeedbackStore) -> None:
    assert rate(store, {"rating": "down"}, RATED) == render_reasons()
    assert store.list() == ()
    assert rate(store, {"rating": "down", "reason": "utdatert"}, RATED) == render_told(texts.RATE_THANKS_NO)
    assert [(f.rating, f.reason) for f in store.list()] == [(Rating.DOWN, Reason.OUTDATED)]


@pytest.mark.parametrize("reason", ["", "finnes ikke", None, 7, ["feil"]])
def test_without_a_choice_it_says_what_to_do(store: FeedbackStore, reason: object) -> None:
    shown = rate(store, {"rating": "down", "reason": reason}, RATED)
    assert texts.RATE_CHOOSE in shown
    assert store.list() == ()


def test_one_can_change_one_s_mind(store: FeedbackStore) -> None:
    assert rate(store, {"rating": "cancel"}, RATED) == render_ask()
    assert store.list() == ()


@pytest.mark.parametrize("sent", [None, "up", 7, {}, {"rating": "maybe"}, {"rating": ["up"]}])
def test_what_is_no_rating_is_no_rating(store: FeedbackStore, sent: object) -> None:
    """The browser may send anything"""
    assert rate(store, sent, RATED) == NOTHING
    assert store.list() == ()


def test_an_answer_that_is_gone_is_said_to_be(store: FeedbackStore) -> None:
    """Gradio forgets what it kept for a tab that was away for long"""
    assert rate(store, {"rating": "up"}, None) == render_told(texts.RATE_GONE)


def test_what_could_not_be_stored_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "Kan ikke lese eller skrive tilbakemeldinger" in rate(
        FeedbackStore(tmp_path / "file" / "feedback.sqlite"), {"rating": "up"}, RATED
    )


def test_reasons_are_native_choices_with_names() -> None:
    """The keyboard and screen readers know them: one group with a legend, a label round each"""
    html = render_reasons()
    assert re.findall(r'<label><input type="radio" name="rate-reason" value="([a-z_]+)"> [A-ZÆØÅ]', html) == [
        r.value for r in Reason
    ]
    assert html.count("<fieldset>") == html.count("<legend") == 1


@pytest.mark.parametrize("html", [render_ask(), render_reasons()])
def test_it_is_told_what_is_stored_before_it_is(html: str) -> None:
    assert texts.RATE_STORED in html
