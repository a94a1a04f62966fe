"""The tab Spør: its parts, and what happens in them. The handlers themselves are plain functions (chat.py)."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

import gradio as gr
from anyio import CapacityLimiter, to_thread

from assistant.browse import Browser
from assistant.feedback import FeedbackStore
from assistant.llm import Stop
from assistant.nynorsk import Language, say, say_html
from assistant.page import chat, panel, rating, texts
from assistant.page.calls import callable_as
from assistant.page.chat import Assistant, View, Writing
from assistant.page.engine import build_switch, read_engine
from assistant.page.facts import forget_fact
from assistant.page.frame import FOLDER
from assistant.page.provision import open_provision
from assistant.page.sections import welcome_html
from assistant.page.take_away import render_keep, take_away
from assistant.page.watch import LEFT, Watch, scope_of
from assistant.workers import work

USERS_AT_ONCE = 20
# A question that was stopped may still hold its thread for a moment.
_THREADS = 2 * USERS_AT_ONCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """The parts of the tab."""

    shown: gr.HTML
    panel: gr.HTML
    box: gr.Textbox
    notice: gr.HTML
    rating: gr.HTML
    engine: gr.HTML | gr.State
    send: gr.Button
    stop: gr.Button


def build_talk(assistant: Assistant, browser: Browser, language: Language, watch: Watch) -> Talk:
    """Put the talk into the panel that is open.

    Args:
        assistant: Who answers.
        browser: What stands beside the provisions that are cited.
        language: What the page is written in.
        watch: Counts and logs the calls of the scripts.
    """
    with gr.Row(elem_id="work"):
        with gr.Column(elem_id="talk-column"):
            talk = gr.HTML(
                value=[], html_template=_talk_template(language), welcome=say_html(welcome_html(), language),
                phrases=texts.gradio_phrases(language), limit=chat.MAX_QUESTION_LENGTH, counter=say(texts.COUNTER, language),
                apply_default_css=False, elem_id="talk", js_on_load=(FOLDER / "page.js").read_text(encoding="utf-8"),
                phrases_of_panel={name: say(phrase, language) for name, phrase in texts.PANEL_PHRASES.items()},
                server_functions=[
                    callable_as("provision", partial(open_provision, browser), language, watch),
                    callable_as("forget", partial(forget_fact, assistant), language, watch),
                ],
            )  # fmt: skip
            asks = gr.HTML(
                "", elem_id="rating", apply_default_css=False,
                js_on_load=(FOLDER / "rating.js").read_text(encoding="utf-8"),
            )  # fmt: skip
            gr.HTML(
                say_html(render_keep(), language), elem_id="keep", apply_default_css=False,
                server_functions=[callable_as("take_away", partial(take_away, language=language), language, watch)],
                js_on_load=(FOLDER / "keep.js").read_text(encoding="utf-8"),
            )  # fmt: skip
            with gr.Column(elem_id="composer"):
                html_of("", "facts", '<div class="facts-here"></div>')
                box = gr.Textbox(
                    label=say(texts.QUESTION_LABEL, language), placeholder=say(texts.QUESTION_PLACEHOLDER, language), lines=1, max_lines=8,
                    elem_id="question",
                    html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send", lang=language.value),
                )  # fmt: skip
                send = gr.Button(say(texts.SEND, language), variant="primary", elem_id="send")
                stop = gr.Button(say(texts.STOP, language), elem_id="stop")
                notice = html_of("", "notice", '<div role="status" aria-live="polite">${value}</div>')
                engine = build_switch(assistant.model, language)
                fine_print = f'<p>{texts.FINE_PRINT} <span class="counter" hidden></span></p>'
                html_of(say_html(fine_print, language), "fine-print")
        with gr.Column(elem_id="panel-column"):
            beside = html_of(say_html(panel.render_legend(), language), "panel")
    return Talk(shown=talk, panel=beside, box=box, notice=notice, rating=asks, engine=engine, send=send, stop=stop)


def _talk_template(language: Language) -> str:
    """Return the template of the talk. Only values go into it: a `{{…}}` or `${…}` in an answer stays text."""
    return (
        "${value && value.length"
        f' ? \'<section role="log" aria-live="off" aria-labelledby="talk-title">'
        f'<h2 id="talk-title" class="visually-hidden">{say(texts.TALK, language)}</h2>\''
        " + value.map((message) => message.html).join('') + '</section>' : welcome}"
    )


def wire_talk(
    talk: Talk,
    assistant: Assistant,
    browser: Browser,
    feedback: FeedbackStore | None,
    restart: gr.Button,
    language: Language,
    watch: Watch,
) -> None:
    """Connect the handlers. One event for every way of asking: while it runs, a second question waits in the box.

    Args:
        talk: The parts.
        assistant: Who answers.
        browser: What stands beside the provisions that are cited.
        feedback: Where ratings of answers are kept; they are not asked for when None.
        restart: Begins a new talk.
        language: What the page is written in.
        watch: Counts and logs what is asked and rated.
    """
    outputs: list[Any] = [talk.shown, talk.panel, talk.box, talk.notice]
    if feedback:
        rated = gr.State()
        outputs += [talk.rating, rated]
        _wire_rating(feedback, talk.rating, rated, language, watch)
    count, threads = len(outputs), CapacityLimiter(_THREADS)

    async def answer(
        typed: str, messages: list[dict[str, Any]], chosen: Any, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        picked = event._data.get("question") if isinstance(event._data, dict) else None  # a starter or a choice
        stop = Stop()
        writing = Writing(engine=read_engine(chosen, assistant.model), stop=stop, language=language)
        with watch.event("ask", scope_of(request)) as noted:
            if noted.refusal:
                yield _updates(chat.refuse(noted.refusal, language), count)
                return
            noted.status = LEFT  # until it has been answered
            views = chat.ask(assistant, picked or typed, messages, browser, writing)
            try:
                async for view in waiting(views) if writing.by_model else _at_once(views):
                    noted.take(view.status, view.outcome)
                    yield _updates(view, count)
            finally:  # also when the event is cancelled, or nobody listens any more
                stop.set()

    async def waiting(views: Iterator[View]) -> AsyncIterator[View]:
        while view := await to_thread.run_sync(_next, views, limiter=threads, abandon_on_cancel=True):
            yield view

    async def answer_plainly(messages: list[dict[str, Any]], request: gr.Request) -> AsyncIterator[list[Any]]:
        with watch.event("ask-plainly", scope_of(request)) as noted:
            if noted.refusal:
                yield _updates(chat.refuse(noted.refusal, language), count)
                return
            async for view in _at_once(chat.stop_writing(assistant, messages, browser, language)):
                noted.take(view.status, view.outcome)
                yield _updates(view, count)

    asking = gr.on(
        [talk.box.submit, talk.send.click, talk.shown.select], answer, [talk.box, talk.shown, talk.engine], outputs,
        show_progress="hidden", concurrency_limit=USERS_AT_ONCE, concurrency_id="ask", trigger_mode="once",
        api_visibility="private", preprocess=False, postprocess=False,
    )  # fmt: skip
    plainly = talk.stop.click(
        answer_plainly, talk.shown, outputs, cancels=[asking], show_progress="hidden", concurrency_limit=USERS_AT_ONCE,
        concurrency_id="ask-plainly", trigger_mode="once", api_visibility="private",
    )  # fmt: skip
    restart.click(
        lambda: _updates(chat.start_over(language), count), None, outputs, cancels=[asking, plainly], queue=False,
        show_progress="hidden", api_visibility="private",
    )  # fmt: skip


def _next(views: Iterator[View]) -> View | None:
    return next(views, None)


async def _at_once(views: Iterator[View]) -> AsyncIterator[View]:
    """Yield the first view, which takes no time to make, and then the others when all are made: one turn at the workers."""
    for view in islice(views, 1):
        yield view
    for view in await work(list, views):
        yield view


def _wire_rating(feedback: FeedbackStore, asks: gr.HTML, rated: gr.State, language: Language, watch: Watch) -> None:
    def rate(of: Any, event: gr.EventData, request: gr.Request) -> str:
        with watch.event("rate", scope_of(request)) as noted:
            told = rating.render_told(noted.refusal) if noted.refusal else rating.rate(feedback, event._data, of)
        return say_html(told, language)

    asks.select(
        rate, rated, asks, show_progress="hidden", concurrency_limit=USERS_AT_ONCE, trigger_mode="once",
        api_visibility="private",
    )  # fmt: skip


def _updates(view: View, count: int) -> list[Any]:
    """Return the first parts of the view as Gradio takes them: what is None stays as it is."""
    parts = (view.messages, view.panel, view.box, view.notice, view.rating, view.rated)
    return [gr.skip() if part is None else part for part in parts[:count]]


def html_of(value: str, name: str, template: str = "${value}") -> gr.HTML:
    """Return HTML of ours as a part of the page.

    Args:
        value: The HTML, or what goes into the template.
        name: The id of the element.
        template: What it stands in.
    """
    return gr.HTML(value, html_template=template, elem_id=name, apply_default_css=False, js_on_load=None)
