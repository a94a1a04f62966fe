"""Puts the page together: the components, what they say before the first question, and how they are launched."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from assistant.page import chat, panel, texts
from assistant.page.chat import Assistant, View
from assistant.page.frame import FOLDER, ICON, FrameMiddleware
from assistant.page.theme import make_theme

USERS_AT_ONCE = 20
WAITING_AT_MOST = 200
_HIDDEN_ICON = '<svg aria-hidden="true" focusable="false"'
# Only values go into the template: a `{{…}}` or `${…}` in an answer stays text.
_TALK_TEMPLATE = "${value && value.length ? value.map((message) => message.html).join('') : welcome}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the answers rest on, told in the page's header. `text_date` is the date of the newest rule text."""

    acts: int
    provisions: int
    notes: int = 0
    text_date: date | None = None


def build_app(assistant: Assistant, coverage: Coverage) -> gr.Blocks:
    """Return the page; launch it with `launch_arguments`."""
    with gr.Blocks(title=texts.NAME, analytics_enabled=False, fill_width=True) as app:
        with gr.Row(elem_id="top"):
            _html(header_html(coverage), "banner")
            restart = gr.Button(texts.NEW_TALK, elem_id="restart", size="sm")
        with gr.Row(elem_id="work"):
            with gr.Column(elem_id="talk-column"):
                talk = gr.HTML(
                    value=[], html_template=_TALK_TEMPLATE, welcome=welcome_html(), phrases=texts.GRADIO_PHRASES,
                    limit=chat.MAX_QUESTION_LENGTH, counter=texts.COUNTER, apply_default_css=False, elem_id="talk",
                    js_on_load=(FOLDER / "page.js").read_text(encoding="utf-8"),
                )  # fmt: skip
                with gr.Column(elem_id="composer"):
                    box = gr.Textbox(
                        label=texts.QUESTION_LABEL, placeholder=texts.QUESTION_PLACEHOLDER, lines=1, max_lines=8,
                        elem_id="question",
                        html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send", lang="nb"),
                    )  # fmt: skip
                    send = gr.Button(texts.SEND, variant="primary", elem_id="send")
                    notice = _html("", "notice", '<div role="status" aria-live="polite">${value}</div>')
                    _html(f'<p>{texts.FINE_PRINT} <span class="counter" hidden></span></p>', "fine-print")
            with gr.Column(elem_id="panel-column"):
                sources = _html(panel.render_legend(), "panel")
        _html(about_html(), "about")
        _wire(assistant, talk, sources, box, notice, send, restart)
    app.queue(default_concurrency_limit=USERS_AT_ONCE, max_size=WAITING_AT_MOST, api_open=False)
    return app


def _wire(
    assistant: Assistant, talk: gr.HTML, sources: gr.HTML, box: gr.Textbox, notice: gr.HTML, send: gr.Button, restart: gr.Button
) -> None:
    """Connect the handlers. One event for every way of asking: while it runs, a second question waits in the box."""
    outputs = [talk, sources, box, notice]

    def answer(typed: str, messages: list[dict[str, Any]], event: gr.EventData) -> Iterator[list[Any]]:
        chosen = (event._data or {}).get("question") if isinstance(event._data, dict) else None
        for view in chat.ask(assistant, chosen or typed, messages):
            yield _updates(view)

    asking = gr.on(
        [box.submit, send.click, talk.select], answer, [box, talk], outputs,
        show_progress="hidden", concurrency_limit=USERS_AT_ONCE, trigger_mode="once", api_visibility="private",
    )  # fmt: skip
    restart.click(
        lambda: _updates(chat.start_over()), None, outputs, cancels=[asking], queue=False, show_progress="hidden",
        api_visibility="private",
    )  # fmt: skip


def _updates(view: View) -> list[Any]:
    """Return the view as Gradio takes it: what is None stays as it is."""
    return [gr.skip() if part is None else part for part in (view.messages, view.panel, view.box, view.notice)]


def launch_arguments() -> dict[str, Any]:
    """Return what `gr.Blocks.launch` must be given for this page: nothing shared, nothing of Gradio's own shown."""
    return {
        "theme": make_theme(),
        "share": False,
        "show_error": False,
        "footer_links": [],
        "run_history": False,
        "ssr_mode": False,
        "pwa": False,
        "mcp_server": False,
        "enable_monitoring": False,
        "inbrowser": False,
        "quiet": True,
        "max_file_size": "1kb",
        "app_kwargs": {"middleware": [Middleware(FrameMiddleware)]},
    }


def header_html(coverage: Coverage) -> str:
    """Return the header: what this is, what it is not, and what it rests on."""
    rests_on = texts.coverage(coverage.acts, coverage.provisions, coverage.notes, coverage.text_date)
    return (
        f'<div class="brand">{ICON.replace("<svg", _HIDDEN_ICON)}<h1>{texts.NAME}</h1></div>'
        f'<p class="tagline">{texts.TAGLINE}</p>'
        f'<p class="reservation"><strong>{texts.NOT_ADVICE}</strong> {escape(rests_on)} '
        f'<a href="#about" data-open="about-details">{texts.ABOUT_LINK}</a></p>'
    )


def welcome_html() -> str:
    """Return what stands in the talk before the first question: questions to begin with, by who asks."""
    groups = "".join(
        f'<li><h3>{role}</h3><ul>{"".join(map(_starter, questions))}</ul></li>' for role, questions in texts.STARTERS
    )
    return (
        f'<section class="welcome" aria-labelledby="welcome-title"><h2 id="welcome-title">{texts.WELCOME}</h2>'
        f"<p>{texts.WELCOME_HINT}</p><ul>{groups}</ul></section>"
    )


def about_html() -> str:
    """Return the section on what this is and is not, the sources, and privacy."""
    parts = "".join(
        f"<section><h3>{title}</h3>{''.join(f'<p>{text}</p>' for text in paragraphs)}</section>"
        for title, paragraphs in texts.ABOUT_PARTS
    )
    return f'<details id="about-details"><summary>{texts.ABOUT}</summary><div class="about-parts">{parts}</div></details>'


def _starter(question: str) -> str:
    return f'<li><button type="button" data-ask="{escape(question, quote=True)}">{escape(question)}</button></li>'


def _html(value: str, name: str, template: str = "${value}") -> gr.HTML:
    return gr.HTML(value, html_template=template, elem_id=name, apply_default_css=False, js_on_load=None)
