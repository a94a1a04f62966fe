"""Who writes the answer: the switch, what it says, and what becomes of a talk that a model writes in."""

from dataclasses import replace

import pytest

from assistant import texts as labels
from assistant.answer import Engine
from assistant.llm import LanguageModel, load_language_model
from assistant.nynorsk import Language
from assistant.page import texts
from assistant.page.chat import View, Writing, ask, read_messages, stop_writing
from assistant.page.engine import read_engine, render_switch, restore_choice
from assistant.page.message import render_answer, render_partial
from tests.assistant.page.fake import TWO_SOURCES, FakeAssistant, make_settings

BY_MODEL = Writing(engine=Engine.LLM)


def make_model(url: str) -> LanguageModel:
    model = load_language_model(replace(make_settings(), llm_url=url, llm_model="m"))
    assert model
    return model


NEAR, FAR = "http://127.0.0.1:11434/v1", "https://modell.example/v1"


def test_the_switch_says_where_the_text_goes() -> None:
    """To a host by its name, or no farther than the machine; off unless it was turned on"""
    assert "modell.example" in render_switch(make_model(FAR), is_on=False)
    assert texts.MODEL_LOCAL in render_switch(make_model(NEAR), is_on=False)
    assert " checked" not in render_switch(make_model(NEAR), is_on=False)
    assert " checked" in render_switch(make_model(NEAR), is_on=True)


@pytest.mark.parametrize(
    ("sent", "has_model", "expected"),
    [
        ("llm", True, Engine.LLM),
        ("", True, Engine.EXTRACTIVE),
        ("llm", False, Engine.EXTRACTIVE),  # kept from before, and the model is gone
        ({"x": 1}, True, Engine.EXTRACTIVE),  # a browser may send anything
        (None, True, Engine.EXTRACTIVE),
    ],
)
def test_a_model_is_asked_only_when_it_is_there_and_chosen(sent: object, has_model: bool, expected: Engine) -> None:
    """Everything else is answered without"""
    assert read_engine(sent, make_model(NEAR) if has_model else None) is expected


def test_the_choice_is_kept_for_one_host() -> None:
    """What was allowed for one is not for another"""
    assert '"modell.example"' in restore_choice(make_model(FAR))


def run(writing: Writing) -> list[View]:
    return list(ask(FakeAssistant(), "Må vi ha BHT?", [], writing=writing))


def test_each_part_of_a_model_s_answer_is_shown_as_it_comes() -> None:
    """The first proven sentence with its source, then the whole, which alone goes into the history"""
    first, second, last = run(BY_MODEL)[1:]
    assert first.messages
    assert first.panel
    assert "streaming by-model" in first.messages[-1]["html"]
    assert first.messages[-1]["content"] == ""
    assert first.panel.count("<article") < (second.panel or "").count("<article")
    assert last.messages
    assert "by-model" not in last.messages[-1]["html"]
    assert last.messages[-1]["content"] == TWO_SOURCES.text


def test_what_is_under_way_says_who_writes() -> None:
    """So that it can be stopped, and the wait is understood"""
    assert texts.WRITING in (run(BY_MODEL)[0].messages or [])[-1]["html"]
    assert "by-model" not in (run(Writing())[0].messages or [])[-1]["html"]


@pytest.mark.parametrize("at", [0, 1], ids=["before the first sentence", "after it"])
def test_a_stopped_answer_is_given_without_the_model(at: int) -> None:
    """In the same place, saying so"""
    stopped = run(BY_MODEL)[at].messages
    last = list(stop_writing(FakeAssistant(), stopped))[-1].messages
    assert last
    assert len(last) == 2
    assert texts.STOPPED in last[-1]["html"]
    assert last[-1]["content"] == TWO_SOURCES.text


def test_nothing_is_answered_again_when_nothing_was_under_way() -> None:
    """A click that came too late, or anything a browser may send"""
    done = run(BY_MODEL)[-1].messages
    for talk in (done, [], None, read_messages(done)[:1], [{"role": "assistant"}] * 3):
        assert list(stop_writing(FakeAssistant(), talk)) == []


def test_an_answer_says_that_a_model_wrote_it() -> None:
    """While it comes and when it stands there; nothing on the sources' own words"""
    written = replace(TWO_SOURCES, engine=Engine.LLM)
    assert labels.WRITTEN_BY_MODEL in render_answer(written, 1)
    assert labels.WRITTEN_BY_MODEL in render_partial(written, 1)
    assert labels.WRITTEN_BY_MODEL not in render_answer(TWO_SOURCES, 1)
    assert "Skriven av språkmodell, kvar setning kontrollert" in render_answer(written, 1, Language.NYNORSK)
