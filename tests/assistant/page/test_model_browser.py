"""A language model on the page in a real browser: asked only when the user says so, seen as it writes, and stopped at once."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.dialogue import Assistant
from assistant.llm import load_language_model
from assistant.page import start, texts
from assistant.settings import Settings
from corpus.library import Library
from tests.assistant.generate.players import honest, true_rows
from tests.assistant.llm.script import Hang, Piece
from tests.assistant.llm.server import MODEL, ModelServer, serving
from tests.assistant.page.fake import make_settings, tidy_gradio
from tests.assistant.page.test_tabs_browser import is_sound
from tests.conftest import NoSearch

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Gradio leaves event loops open
]
YES = "Vi driver frisørsalong. Må vi ha BHT?"


def first_then_hang(body):  # type: ignore[no-untyped-def]
    """Say one true sentence, and then nothing more."""
    text, numbers = true_rows(body)[0]
    row = f'{{"tekst": "{text}", "kilder": {numbers}}}'
    return [Piece(text=f'{{"setninger": [{row}, {{"tekst": "'), Hang()]


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def address(library: Library, model: ModelServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with the real assistant on the real core, without a search, and a model."""
    settings: Settings = replace(
        make_settings(), home=tmp_path_factory.mktemp("home"), llm_url=model.url, llm_model=MODEL
    )
    with tidy_gradio():
        app = start(Assistant(library, NoSearch(), model=load_language_model(settings)), settings)
        yield app.local_url
        app.close(verbose=False)


def ask(page, question: str) -> None:  # type: ignore[no-untyped-def]
    box = page.get_by_label(texts.QUESTION_LABEL)
    box.fill(question)
    box.press("Enter")


@pytest.mark.parametrize("page", [1400, 320], indirect=True, ids=["wide", "narrow"])
def test_the_model_writes_only_when_it_is_chosen(page, model: ModelServer) -> None:  # type: ignore[no-untyped-def]
    """Off at first; where the text goes is said; the choice stays in the browser and is sent to nobody else"""
    model.play(honest)
    before = len(model.requests)
    switch = page.get_by_label(texts.MODEL_WRITES)
    assert not switch.is_checked()
    assert texts.MODEL_LOCAL in page.locator("#engine").inner_text()
    ask(page, YES)
    page.locator(".answer:not(.pending, .streaming) .cite").first.wait_for()
    assert len(model.requests) == before

    page.get_by_role("button", name=texts.NEW_TALK).click()
    page.locator(".welcome").wait_for()
    switch.check()
    assert page.locator(":focus").get_attribute("type") == "checkbox"
    ask(page, YES)
    page.locator(".answer:not(.pending, .streaming) .cite").first.wait_for()
    assert len(model.requests) == before + 1
    assert page.get_by_role("button", name=texts.STOP).is_hidden()
    assert page.get_by_role("button", name=texts.SEND, exact=True).is_visible()
    is_sound(page)
    page.reload()
    page.locator("#engine input:checked").wait_for()


def test_what_is_proven_is_shown_while_the_model_goes_on(page, model: ModelServer) -> None:  # type: ignore[no-untyped-def]
    """And a click stops the model at once: the request ends, and the sources' own words stand there"""
    model.play(first_then_hang)
    left = model.left
    page.get_by_label(texts.MODEL_WRITES).check()
    ask(page, YES)
    page.locator(".answer.streaming .cite").first.wait_for()
    assert page.locator("#panel .source").count() > 0
    page.get_by_role("button", name=texts.STOP).click()
    assert model.wait_left(left + 1)
    page.locator(".answer:not(.pending, .streaming) .cite").first.wait_for()
    assert texts.STOPPED in page.locator(".answer").inner_text()
    assert page.locator(".turn").count() == 2
    assert page.errors == []
    model.play(honest)
    ask(page, YES)
    page.locator(".answer:not(.pending, .streaming)").nth(1).wait_for()


def test_a_new_talk_ends_the_request(page, model: ModelServer) -> None:  # type: ignore[no-untyped-def]
    """Also before the model has said anything"""
    model.play([Hang()])
    left = model.left
    page.get_by_label(texts.MODEL_WRITES).check()
    ask(page, YES)
    page.locator(".answer.by-model.pending").wait_for()
    page.get_by_role("button", name=texts.NEW_TALK).click()
    assert model.wait_left(left + 1)
    page.locator(".welcome").wait_for()
    assert page.locator(".turn").count() == 0
