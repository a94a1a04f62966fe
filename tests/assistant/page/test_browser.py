"""The page in a real browser: what only shows when Gradio's frontend, our styles and our script meet."""

import re
from pathlib import Path

import pytest

from assistant.feedback import FeedbackStore, Reason
from assistant.page import texts
from tests.assistant.page.fake import TWO_SOURCES

# Words of Gradio's own interface, and others that would give away an English corner.
ENGLISH = re.compile(
    r"\b(?:the|and|with|your|submit|loading|clear|copy|message|chatbot|textbox|settings|built|use via|api|error|close|type|"
    r"new chat|examples?|upload|undo|retry|share|stop|send a|source|sources|show)\b",
    re.IGNORECASE,
)
VISIBLE_WORDS = """() => {
  const words = [document.title, document.body.innerText];
  for (const node of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) words.push(node.getAttribute(name) ?? '');
  return words.join('\\n');
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Gradio leaves event loops open
]


def ask(page, question: str) -> None:  # type: ignore[no-untyped-def]
    turns = page.locator(".turn").count()
    page.get_by_label(texts.QUESTION_LABEL).fill(question)
    page.keyboard.press("Enter")
    wait_for_answer(page, turns)


def wait_for_answer(page, turns: int = 0) -> None:  # type: ignore[no-untyped-def]
    """Wait for the answer to the question asked after so many turns."""
    page.locator(".turn").nth(turns + 1).wait_for(timeout=30_000)
    page.locator(".turn.answer:last-child:not(.pending):not(.streaming)").wait_for(timeout=30_000)


@pytest.mark.parametrize("page", [1400, 320], indirect=True, ids=["wide", "narrow"])
def test_a_talk_from_first_question_to_new_talk(page) -> None:  # type: ignore[no-untyped-def]
    """One talk through everything a user can do, at both widths, without an outside request or an error"""
    page.get_by_role("button", name=texts.STARTERS[0][1][0]).click()
    wait_for_answer(page)
    assert page.locator(".badge").inner_text() == "Ja"
    assert page.locator(".welcome").count() == 0

    page.get_by_role("button", name="Kilde 2:").click()
    assert page.locator("#panel .source.is-shown mark.is-shown").first.inner_text() == TWO_SOURCES.citations[1].quote
    page.locator("#panel summary").first.click()
    assert page.locator("#panel .whole").first.is_visible()

    ask(page, "dette avhenger")
    page.get_by_role("button", name="Butikk").click()
    wait_for_answer(page, 4)
    assert page.locator(".question").last.inner_text().endswith("Butikk")
    assert page.locator(".choices").first.is_hidden()

    ask(page, "er dette ukjent <img src=x onerror=alert(1)> ${1+1}")
    assert texts.NEAREST in page.locator("#panel").inner_text()
    assert page.locator(".question").last.inner_text().endswith("<img src=x onerror=alert(1)> ${1+1}")
    page.locator(".turn.answer").first.get_by_role("button", name="Kilde 1:").click()
    assert TWO_SOURCES.citations[0].quote in page.locator("#panel").inner_text()

    ask(page, "nå blir det krasj")
    assert texts.UNEXPECTED_ERROR in page.locator(".turn.error").inner_text()

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name=texts.NEW_TALK).click()
    page.locator(".welcome").wait_for()
    assert page.locator(".turn").count() == 0
    assert page.outside == []
    assert page.errors == []


REVEALED = """() => document.getAnimations().filter((a) => a.animationName === 'reveal').length"""


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_an_answer_is_revealed_once_and_not_for_who_wants_no_motion(page, motion: str) -> None:  # type: ignore[no-untyped-def]
    """The browser does it, as the answer comes whole; it is said to screen readers all the same, and a reloaded talk just stands there"""
    page.emulate_media(reduced_motion=motion)
    page.evaluate("""() => {
      window.revealed = 0;
      addEventListener("animationstart", (event) => { window.revealed += event.animationName === "reveal"; });
    }""")
    ask(page, "Må vi ha BHT?")
    page.locator(".answer.fresh .warnings").wait_for()
    page.wait_for_timeout(700)
    assert (page.evaluate("window.revealed") > 2) is (motion == "no-preference")
    assert page.evaluate(REVEALED) == 0
    assert "2 kilder" in page.locator("#notice [role=status]").inner_text()
    page.reload()
    page.locator(".turn.answer").wait_for(timeout=30_000)
    assert page.locator(".fresh").count() == 0


@pytest.mark.parametrize("page", [1400, 320], indirect=True, ids=["wide", "narrow"])
def test_an_answer_is_rated_with_the_keyboard_alone(page, store: FeedbackStore) -> None:  # type: ignore[no-untyped-def]
    """Nei, a reason, and away; then Ja to the next answer. Focus goes on from what was clicked"""
    before = len(store.list())
    assert page.locator(".rate").count() == 0
    ask(page, "Må vi ha BHT?")
    rate = page.locator("#rating")
    rate.get_by_role("button", name=texts.RATE_NO, exact=True).press("Enter")
    rate.locator("legend:focus").wait_for()
    rate.get_by_role("button", name=texts.RATE_SEND).press("Enter")
    rate.get_by_text(texts.RATE_CHOOSE).wait_for()
    page.keyboard.press("Tab")
    for key in ("Space", "ArrowDown", "Tab", "Enter"):
        page.keyboard.press(key)
    rate.get_by_text(texts.RATE_THANKS_NO).wait_for()

    ask(page, "dette er ukjent")
    rate.get_by_role("button", name=texts.RATE_YES, exact=True).press("Enter")
    rate.get_by_text(texts.RATE_THANKS, exact=True).wait_for()
    told = [(f.rating.value, f.reason, f.rated.question) for f in store.list()[before:]]
    assert told == [("down", Reason.LACKING, "Må vi ha BHT?"), ("up", None, "dette er ukjent")]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name=texts.NEW_TALK).click()
    page.locator(".welcome").wait_for()
    assert page.locator(".rate").count() == 0
    assert page.errors == []


def test_no_english_is_left(page) -> None:  # type: ignore[no-untyped-def]
    """An English browser gets a Norwegian page: text, labels, placeholders and the language of the document"""
    ask(page, "Må vi ha BHT?")
    page.get_by_role("button", name=texts.RATE_NO, exact=True).click()
    page.get_by_text(texts.RATE_WHY).wait_for()
    assert page.locator("html").get_attribute("lang") == "nb"
    assert page.title() == texts.NAME
    assert ENGLISH.findall(page.evaluate(VISIBLE_WORDS)) == []


def test_empty_and_too_long_questions_are_told(page) -> None:  # type: ignore[no-untyped-def]
    """The hint stands by the box, and nothing that was written is lost"""
    page.get_by_role("button", name=texts.SEND, exact=True).click()
    page.get_by_text(texts.EMPTY_QUESTION).wait_for()
    page.get_by_label(texts.QUESTION_LABEL).fill("a" * 2_001)
    assert page.locator(".counter.over").inner_text() == "2\N{NO-BREAK SPACE}001 av 2\N{NO-BREAK SPACE}000 tegn"
    page.get_by_role("button", name=texts.SEND, exact=True).click()
    page.get_by_text("Kort det ned").wait_for()
    assert page.get_by_label(texts.QUESTION_LABEL).input_value() == "a" * 2_001


def test_the_script_and_the_styles_are_shipped() -> None:
    """The files the page is made of stand beside its modules"""
    folder = Path(__file__).parents[3] / "assistant" / "page"
    assert {path.suffix for path in folder.iterdir() if path.is_file()} >= {".css", ".js", ".py"}
