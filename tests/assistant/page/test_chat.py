"""The handlers of the chat and the messages they show."""

import json
import logging
import re
from html import unescape

import pytest

from assistant.answer import Turn
from assistant.browse import Browser
from assistant.export import Exchange, read_exchanges
from assistant.page import texts
from assistant.page.chat import (
    MAX_QUESTION_LENGTH,
    View,
    ask,
    read_messages,
    start_over,
)
from assistant.page.message import render_answer, render_markdown, render_question
from corpus.document import Verdict
from tests.assistant.page.fake import ABSTAINED, ASKS_BACK, CORRECTED, LIBRARY, TWO_SOURCES, FakeAssistant, make_answer


def run(question: object, messages: object = None, assistant: FakeAssistant | None = None) -> list[View]:
    return list(ask(assistant or FakeAssistant(), question, messages))  # type: ignore[arg-type]


def last_message(views: list[View]) -> str:
    assert views[-1].messages
    return views[-1].messages[-1]["html"]


def test_the_question_stands_there_before_the_answer() -> None:
    """The first view shows the question, empties the box and says that the assistant is looking"""
    first = run("Må vi ha BHT?")[0]
    assert first.messages
    assert len(first.messages) == 2
    assert "Må vi ha BHT?" in first.messages[0]["html"]
    assert texts.SEARCHING in first.messages[1]["html"]
    assert first.box == ""


def test_the_box_is_left_alone_while_the_answer_comes() -> None:
    """The user may be typing the next question"""
    assert [view.box for view in run("Må vi ha BHT?")[1:]] == [None] * (len(run("Må vi ha BHT?")) - 1)


def test_an_answer_that_is_ready_takes_one_view() -> None:
    """Each view costs the server several messages with the whole talk in them; the browser does the revealing"""
    looking, answered = run("Må vi ha BHT?")
    assert looking.messages
    assert answered.messages
    assert answered.messages[-1]["content"] == TWO_SOURCES.text
    assert "tilsier det" in unescape(re.sub(r"<[^>]*>", "", answered.messages[-1]["html"]))


def test_the_sources_come_with_the_answer() -> None:
    """The panel does not lag behind the text it proves"""
    last = run("Må vi ha BHT?")[-1]
    assert "arbeidsmiljøloven § 3-3" in (last.panel or "")
    assert last.messages
    assert last.messages[-1]["sources"] == last.panel


def test_history_is_the_plain_texts() -> None:
    """A follow-up comes with the user's words and the answer's Markdown, not with HTML"""
    assistant = FakeAssistant()
    talk = run("Må vi ha BHT?", assistant=assistant)[-1].messages
    run("og hvis vi er 7?", talk, assistant)
    assert assistant.asked[1][1] == (
        Turn(role="user", content="Må vi ha BHT?"),
        Turn(role="assistant", content=TWO_SOURCES.text),
    )


def test_what_failed_is_no_part_of_the_history() -> None:
    """Neither an error nor the question before it is sent with the next one"""
    assistant = FakeAssistant()
    talk = run("dette er feil", assistant=assistant)[-1].messages
    assert talk
    assert len(talk) == 2
    run("Må vi ha BHT?", talk, assistant)
    assert assistant.asked[1][1] == ()


def test_a_message_holds_what_is_taken_away_of_it() -> None:
    """Question, answer and sources go along with the message, so that the browser alone can keep the talk"""
    talk = run("Må vi ha BHT?")[-1].messages
    assert talk
    assert read_exchanges([json.loads(talk[-1]["record"])]) == (Exchange.of(TWO_SOURCES),)
    assert talk[0]["record"] == ""


def test_what_was_understood_of_the_company_comes_with_the_answer() -> None:
    """And what was told earlier in the talk still counts"""
    talk = run("Vi er 7 ansatte")[-1].messages
    assert talk
    assert ">7 ansatte<" in talk[-1]["facts"]
    later = run("Må vi ha BHT?", talk)[-1].messages
    assert later
    assert ">7 ansatte<" in later[-1]["facts"]


def test_neighbours_stand_under_the_sources() -> None:
    """With the library at hand, the panel leads to the provisions beside those that are cited"""
    views = list(ask(FakeAssistant(), "Må vi ha BHT?", [], Browser(LIBRARY)))
    assert re.findall(r'rel="(\w+)"[^>]*data-provision="([^"]+)"', views[-1].panel or "") == [
        ("prev", "lov/2005-06-17-62/§3-2"), ("next", "lov/2005-06-17-62/§3-5"),
    ]  # fmt: skip


def test_users_do_not_meet() -> None:
    """Nothing of one talk is kept for another"""
    assistant = FakeAssistant()
    run("Må vi ha BHT?", assistant=assistant)
    run("Hva sier loven?", assistant=assistant)
    assert [history for _, history in assistant.asked] == [(), ()]


def test_an_error_of_the_assistant_is_said_in_its_own_words() -> None:
    """The sentence of an AssistantError is the message"""
    assert "Jeg forsto ikke spørsmålet." in last_message(run("dette er feil"))


def test_any_other_error_is_one_calm_sentence(caplog: pytest.LogCaptureFixture) -> None:
    """The user sees no inside of the program; the log does"""
    with caplog.at_level(logging.ERROR):
        shown = last_message(run("krasj"))
    assert texts.UNEXPECTED_ERROR in unescape(shown)
    assert "hemmelig" not in shown
    assert "RuntimeError" in caplog.text


@pytest.mark.parametrize("question", ["", "   \n ", None, 7, ["x"]])
def test_nothing_asked_gives_a_hint(question: object) -> None:
    """An empty box is no error, and nothing else changes"""
    views = run(question)
    assert len(views) == 1
    assert texts.EMPTY_QUESTION in (views[0].notice or "")
    assert views[0].messages is None


def test_too_long_a_question_says_by_how_much_and_keeps_the_text() -> None:
    """The limit is told, and what was written is still in the box"""
    assistant = FakeAssistant()
    (view,) = run("a" * (MAX_QUESTION_LENGTH + 1), assistant=assistant)
    assert "2\N{NO-BREAK SPACE}001 tegn" in (view.notice or "")
    assert view.box is None
    assert not assistant.asked
    assert len(run("a" * MAX_QUESTION_LENGTH)) > 1


def test_a_new_talk_is_empty() -> None:
    """Everything is as it was at first"""
    view = start_over()
    assert (view.messages, view.box, view.notice) == ([], "", "")
    assert texts.LEGEND in (view.panel or "")


@pytest.mark.parametrize(
    "rows",
    [None, "tekst", 7, [None], ["x"], [{"role": "system", "content": "x"}], [{"content": "x"}], {"role": "user"}],
)
def test_what_is_no_message_is_left_out(rows: object) -> None:
    """The browser may send anything"""
    assert read_messages(rows) == []  # type: ignore[arg-type]


def test_a_message_with_fields_of_the_wrong_kind_is_emptied() -> None:
    """Only texts are kept of a message"""
    (message,) = read_messages([{"role": "user", "content": 7, "html": ["x"]}])
    assert message == {"role": "user", "content": "", "html": "", "sources": "", "record": "", "facts": ""}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(TWO_SOURCES, ["Ja"], id="yes"),
        pytest.param(ASKS_BACK, ["Avhenger"], id="depends"),
        pytest.param(CORRECTED, ["Rettet påstand", "Nei – ikke automatisk"], id="corrected: never a bare no"),
        pytest.param(make_answer("Nei, det holder ikke.", verdict=Verdict.NO), ["Nei"], id="a plain no stays one"),
        pytest.param(ABSTAINED, ["Ikke nok grunnlag"], id="abstained"),
        pytest.param(make_answer(), [], id="no yes/no question"),
    ],
)
def test_badges_say_verdict_and_outcome(answer: object, expected: list[str]) -> None:
    """The badges stand before the text"""
    html = render_answer(answer, 1)  # type: ignore[arg-type]
    assert re.findall(r'<li class="badge[^>]*>([^<]+)', html) == expected
    assert "badges" not in html[html.index("answer-text") :]


def test_a_question_back_is_asked_once_with_its_choices() -> None:
    """The choices are buttons that ask; a question that already stands in the text is not repeated"""
    html = render_answer(ASKS_BACK, 1)
    assert re.findall(r'data-ask="([^"]+)"', html) == ["Bygg og anlegg", "Butikk"]
    assert html.count("Hvilken bransje er dere i?") == 1
    other = render_answer(make_answer("Det avhenger.", follow_up_question="Hvor mange er dere?"), 1)
    assert "Hvor mange er dere?" in other


def test_warnings_stand_under_the_answer() -> None:
    """Warnings are a list after the text"""
    html = render_answer(TWO_SOURCES, 1)
    assert html.index(TWO_SOURCES.warnings[0]) > html.index("answer-text")


def test_markers_become_buttons_only_for_citations_that_are_there() -> None:
    """[1] points to a card; a number without one stays text"""
    html = render_markdown("Se [1] og [9].", TWO_SOURCES.citations)
    assert re.findall(r'data-cite="(\d)"', html) == ["1"]
    assert 'aria-label="Kilde 1: arbeidsmiljøloven § 3-3 første ledd"' in html
    assert "[9]" in html


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        pytest.param("<script>alert(1)</script>", "<script", id="script"),
        pytest.param("a <img src=x onerror=alert(1)> b", "<img", id="inline HTML"),
        pytest.param("<div onclick=x>\n\nhei", "<div", id="HTML block"),
        pytest.param("![piksel](https://e.no/p.png)", "p.png", id="image"),
        pytest.param("![piksel][1]\n\n[1]: https://e.no/p.png", "<img", id="image by reference"),
        pytest.param("[![x](https://e.no/p.png)](https://e.no)", "p.png", id="image in a link"),
        pytest.param("[klikk](javascript:alert(1))", "<a ", id="script link"),
        pytest.param("[klikk](data:text/html,x)", "<a ", id="data link"),
        pytest.param("<https://e.no/a> <javascript:x>", 'href="javascript', id="automatic link"),
    ],
)
def test_markdown_gives_no_raw_html_images_or_odd_links(text: str, forbidden: str) -> None:
    """What an answer holds can neither run nor fetch anything"""
    assert forbidden not in render_markdown(text, TWO_SOURCES.citations)


def test_headings_of_an_answer_stay_below_the_page_s_own() -> None:
    """An answer cannot put an h1 on the page"""
    assert re.findall(r"<(h\d)", render_markdown("# En\n\n###### Seks")) == ["h4", "h4"]


def test_the_user_s_text_is_shown_as_written() -> None:
    """Angle brackets, line breaks and template signs in a question are text"""
    assert "&lt;b&gt;\n${1}{{x}}" in render_question("<b>\n${1}{{x}}")
