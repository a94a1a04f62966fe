"""A tool on the page: a form, and below or beside it what comes of it. Handlers are plain functions from fields to HTML."""

import logging
from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from assistant.nynorsk import Language, say_html
from assistant.page.frame import FOLDER
from assistant.page.tabs import texts
from assistant.page.tabs.form import LONGEST_VALUE, Fields, Form, FormError
from assistant.page.tabs.result import render_empty, render_problems
from assistant.page.watch import FAILED, NOBODY, UNUSABLE, Noted, Watch, scope_of
from corpus.errors import CorpusError

logger = logging.getLogger(__name__)

Handler = Callable[[Fields], str]


def build_tool(
    form: Form,
    title: str,
    intro: str,
    html: str,
    gives: Sequence[str],
    handler: Handler | None,
    *,
    longest: int = LONGEST_VALUE,
    at_once: int | None = None,
    language: Language,
    watch: Watch = NOBODY,
) -> None:
    """Put a tool into the panel that is open.

    Args:
        form: The form's identity.
        title: What the tool answers.
        intro: What it does, in a sentence.
        html: The form.
        gives: What comes of it, said where the result will stand.
        handler: Returns the result; None when the form is posted elsewhere (its data-post).
        longest: The most characters of a field.
        at_once: How many may use it at the same time, the others waiting; None for any number.
        language: What the page is written in.
        watch: Counts and logs each use.
    """
    with gr.Row(elem_classes="tool"):
        with gr.Column(elem_classes="tool-ask"):
            asking = gr.HTML(
                say_html(f'<h2>{title}</h2><p class="tool-intro">{intro}</p>{html}', language), apply_default_css=False,
                js_on_load=_script("form.js"),
            )  # fmt: skip
        with gr.Column(elem_classes="tool-answer"):
            result = gr.HTML(
                say_html(render_empty(gives), language), form=form.form_id, apply_default_css=False,
                js_on_load=_script("result.js"),
            )  # fmt: skip
    if handler is None:
        return

    def run(event: gr.EventData, request: gr.Request) -> str:
        with watch.event(form.form_id, scope_of(request)) as noted:
            shown = answer(handler, event._data, longest, noted)
        return say_html(shown, language)

    asking.submit(
        run, None, result, show_progress="hidden", concurrency_limit=at_once, concurrency_id=form.form_id,
        trigger_mode="always_last", api_visibility="private",
    )  # fmt: skip


def answer(handler: Handler, sent: Any, longest: int = LONGEST_VALUE, noted: Noted | None = None) -> str:
    """Return what to show for what the browser sent: the result, or what is wrong, by field.

    Args:
        handler: Returns the result.
        sent: Anything.
        longest: The most characters of a field.
        noted: Gets what became of it.
    """
    return guard(lambda: handler(Fields.read(sent, longest)), noted)


def guard(produce: Callable[[], str], noted: Noted | None = None) -> str:
    """Return the result of a tool, or what is wrong in a sentence, by field where it is one field's.

    Args:
        produce: Returns the result.
        noted: Gets what became of it; nothing is produced where it says that the client has had its share.
    """
    noted = noted or Noted()
    if noted.refusal:
        return render_problems({"": noted.refusal})
    try:
        return produce()
    except FormError as error:
        noted.status = UNUSABLE
        return render_problems(error.problems)
    except (AssistantError, CorpusError) as error:
        noted.status = UNUSABLE
        return render_problems({"": str(error)})
    except Exception as error:  # the page is an entry point: whatever happens, the user gets a sentence
        logger.exception("Tool gave no result: %s", type(error).__name__)
        noted.status = FAILED
        return render_problems({"": texts.UNEXPECTED})


def _script(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
