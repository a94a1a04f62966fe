"""The choice of who writes the answer: shown only where a language model is set up, and off until the user turns it on."""

import json
from html import escape
from typing import Any

import gradio as gr

from assistant.answer import Engine
from assistant.llm import LanguageModel
from assistant.nynorsk import Language, say_html
from assistant.page import texts
from assistant.page.frame import FOLDER

_KEPT = "bht-sprakmodell"  # what it is called in the browser's store


def build_switch(model: LanguageModel | None, language: Language) -> gr.HTML | gr.State:
    """Return what holds the choice: a switch near the question box, or nothing to be seen without a model.

    Args:
        model: The model that is set up.
        language: What the page is written in.
    """
    if model is None:
        return gr.State("")
    on, off = (say_html(render_switch(model, is_on=is_on), language) for is_on in (True, False))
    return gr.HTML(
        "", html_template="${value ? on : off}", on=on, off=off, host=model.host, kept=_KEPT, chosen=Engine.LLM.value, elem_id="engine", apply_default_css=False,
        js_on_load=(FOLDER / "engine.js").read_text(encoding="utf-8"),
    )  # fmt: skip


def render_switch(model: LanguageModel, *, is_on: bool) -> str:
    """Return the switch with a line on where the text goes."""
    goes = texts.MODEL_LOCAL if model.is_local else texts.MODEL_ELSEWHERE.format(host=model.host)
    checked = " checked" if is_on else ""
    return (
        f'<label class="tick"><input type="checkbox" aria-describedby="engine-goes"{checked}> {texts.MODEL_WRITES}</label>'
        f'<p id="engine-goes">{escape(goes)}</p>'
    )


def restore_choice(model: LanguageModel) -> str:
    """Return the script that gives the switch back as this browser has kept it, for the same model's host.

    Args:
        model: The model that is set up.
    """
    return (
        f"() => {{ try {{ return [localStorage.getItem({json.dumps(_KEPT)}) === {json.dumps(model.host)}"
        f' ? {json.dumps(Engine.LLM.value)} : ""]; }} catch {{ return [""]; }} }}'
    )


def read_engine(sent: Any, model: LanguageModel | None) -> Engine:
    """Return who writes the answer.

    Args:
        sent: What the browser says was chosen, which may be anything.
        model: The model that is set up; without one none is asked.
    """
    return Engine.LLM if model is not None and sent == Engine.LLM.value else Engine.EXTRACTIVE
