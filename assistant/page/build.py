"""Puts the page together and serves it."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.middleware import Middleware

from assistant.api import Doors, LogIn, asks_log_in
from assistant.browse import Browser
from assistant.duty.company import read_company
from assistant.errors import SettingsError
from assistant.feedback import FeedbackStore
from assistant.page import chat, panel, rating, texts
from assistant.page.calls import callable_as
from assistant.page.chat import Assistant, View
from assistant.page.facts import forget_fact
from assistant.page.files import OwnFiles
from assistant.page.frame import FOLDER, FrameMiddleware
from assistant.page.provision import open_provision
from assistant.page.sections import Coverage, about_html, header_html, welcome_html
from assistant.page.tabs import bar, lookup, sources
from assistant.page.tabs.absence import build_absence
from assistant.page.tabs.claims import build_claims
from assistant.page.tabs.documents import build_documents
from assistant.page.tabs.duties import build_duties
from assistant.page.tabs.duty import LookUp, build_duty
from assistant.page.take_away import render_keep, take_away
from assistant.page.theme import make_theme
from assistant.page.upload import DocumentUpload
from assistant.port import find_port, port_taken
from assistant.register.register import Register
from assistant.settings import Settings
from corpus.library import Library

USERS_AT_ONCE = 20
WAITING_AT_MOST = 200
# Gradio asks its own server for this before it says that it has started.
_STARTED = "/gradio_api/startup-events"
# Only values go into the template: a `{{…}}` or `${…}` in an answer stays text.
_TALK_TEMPLATE = (
    "${value && value.length"
    f' ? \'<section role="log" aria-live="off" aria-labelledby="talk-title">'
    f'<h2 id="talk-title" class="visually-hidden">{texts.TALK}</h2>\''
    " + value.map((message) => message.html).join('') + '</section>' : welcome}"
)


def build_app(
    assistant: Assistant,
    coverage: Coverage | None = None,
    feedback: FeedbackStore | None = None,
    look_up: LookUp | None = None,
) -> gr.Blocks:
    """Return the page; launch it with `launch_arguments`.

    Args:
        assistant: Who answers.
        coverage: What the header says the answers rest on.
        feedback: Where ratings of answers are kept; they are not asked for when None.
        look_up: Asks the register of companies; not offered when None.
    """
    browser = Browser(assistant.library)
    with gr.Blocks(title=texts.NAME, analytics_enabled=False, fill_width=True) as app:
        with gr.Row(elem_id="top"):
            _html(header_html(coverage), "banner")
            restart = gr.Button(texts.NEW_TALK, elem_id="restart", size="sm")
        bar.build_bar()
        with bar.open_panel(bar.ASK):
            shown = _build_talk(assistant, browser)
        with bar.open_panel(bar.DUTY):
            build_duty(lambda: assistant.library, look_up)
        with bar.open_panel(bar.DUTIES):
            build_duties(lambda: assistant.library)
        with bar.open_panel(bar.DOCUMENTS):
            build_documents(lambda: assistant.library)
        with bar.open_panel(bar.CLAIMS):
            build_claims(assistant)
        with bar.open_panel(bar.ABSENCE):
            build_absence(lambda: assistant.library)
        with bar.open_panel(bar.LOOKUP):
            lookup.build_lookup(assistant, browser)
        with bar.open_panel(bar.SOURCES):
            _html(sources.render_sources(browser, assistant.notices, date.today()), "sources")
        with bar.open_panel(bar.ABOUT):
            _html(about_html(), "about")
        *outputs, asks, send = shown
        app.load(
            None, None, outputs[0], js=(FOLDER / "restore.js").read_text(encoding="utf-8"), api_visibility="private"
        )
        if feedback:
            rated = gr.State()
            outputs += [asks, rated]
            _wire_rating(feedback, asks, rated)
        _wire(assistant, browser, outputs, send, restart)
    app.queue(default_concurrency_limit=USERS_AT_ONCE, max_size=WAITING_AT_MOST, api_open=False)
    return app


def _build_talk(assistant: Assistant, browser: Browser) -> list[Any]:
    """Return the components of the talk: talk, panel, box, notice, rating, and the button that sends."""
    with gr.Row(elem_id="work"):
        with gr.Column(elem_id="talk-column"):
            talk = gr.HTML(
                value=[], html_template=_TALK_TEMPLATE, welcome=welcome_html(), phrases=texts.GRADIO_PHRASES,
                limit=chat.MAX_QUESTION_LENGTH, counter=texts.COUNTER, apply_default_css=False, elem_id="talk",
                js_on_load=(FOLDER / "page.js").read_text(encoding="utf-8"), phrases_of_panel=texts.PANEL_PHRASES,
                server_functions=[
                    callable_as("provision", partial(open_provision, browser)),
                    callable_as("forget", partial(forget_fact, assistant)),
                ],
            )  # fmt: skip
            asks = gr.HTML(
                "", elem_id="rating", apply_default_css=False,
                js_on_load=(FOLDER / "rating.js").read_text(encoding="utf-8"),
            )  # fmt: skip
            gr.HTML(
                render_keep(), elem_id="keep", apply_default_css=False, server_functions=[callable_as("take_away", take_away)],
                js_on_load=(FOLDER / "keep.js").read_text(encoding="utf-8"),
            )  # fmt: skip
            with gr.Column(elem_id="composer"):
                _html("", "facts", '<div class="facts-here"></div>')
                box = gr.Textbox(
                    label=texts.QUESTION_LABEL, placeholder=texts.QUESTION_PLACEHOLDER, lines=1, max_lines=8,
                    elem_id="question",
                    html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send", lang="nb"),
                )  # fmt: skip
                send = gr.Button(texts.SEND, variant="primary", elem_id="send")
                notice = _html("", "notice", '<div role="status" aria-live="polite">${value}</div>')
                _html(f'<p>{texts.FINE_PRINT} <span class="counter" hidden></span></p>', "fine-print")
        with gr.Column(elem_id="panel-column"):
            shown = _html(panel.render_legend(), "panel")
    return [talk, shown, box, notice, asks, send]


def _wire(assistant: Assistant, browser: Browser, outputs: list[Any], send: gr.Button, restart: gr.Button) -> None:
    """Connect the handlers. One event for every way of asking: while it runs, a second question waits in the box.

    `outputs` are talk, panel, box, notice, and where ratings are asked for, the rating and what it is about.
    """
    talk, _, box, *_ = outputs

    def answer(typed: str, messages: list[dict[str, Any]], event: gr.EventData) -> Iterator[list[Any]]:
        chosen = event._data.get("question") if isinstance(event._data, dict) else None  # a starter or a choice
        for view in chat.ask(assistant, chosen or typed, messages, browser):
            yield _updates(view, len(outputs))

    asking = gr.on(
        [box.submit, send.click, talk.select], answer, [box, talk], outputs,
        show_progress="hidden", concurrency_limit=USERS_AT_ONCE, trigger_mode="once", api_visibility="private",
    )  # fmt: skip
    restart.click(
        lambda: _updates(chat.start_over(), len(outputs)), None, outputs, cancels=[asking], queue=False, show_progress="hidden",
        api_visibility="private",
    )  # fmt: skip


def _wire_rating(feedback: FeedbackStore, asks: gr.HTML, rated: gr.State) -> None:
    def rate(of: Any, event: gr.EventData) -> str:
        return rating.rate(feedback, event._data, of)

    asks.select(
        rate, rated, asks, show_progress="hidden", concurrency_limit=USERS_AT_ONCE, trigger_mode="once",
        api_visibility="private",
    )  # fmt: skip


def _updates(view: View, count: int) -> list[Any]:
    """Return the first parts of the view as Gradio takes them: what is None stays as it is."""
    parts = (view.messages, view.panel, view.box, view.notice, view.rating, view.rated)
    return [gr.skip() if part is None else part for part in parts[:count]]


def launch_arguments(
    own_folder: Path | None = None,
    library: Callable[[], Library] | None = None,
    api: FastAPI | None = None,
    log_in: Settings | None = None,
) -> dict[str, Any]:
    """Return what `gr.Blocks.launch` must be given for this page: nothing shared, nothing of Gradio's own shown.

    Args:
        own_folder: Where copies of the user's own documents lie, which citations open; None opens none.
        library: Returns the rules that a posted document is checked against; None takes no documents.
        api: What answers other programs on the same port; None answers none.
        log_in: Who may log in; None lets all in.
    """
    middleware = [Middleware(FrameMiddleware)]
    if own_folder is not None:
        middleware.append(Middleware(OwnFiles, folder=own_folder))
    if library is not None:
        middleware.append(Middleware(DocumentUpload, library=library))
    app: dict[str, Any] = {"middleware": middleware}
    if api is not None:
        middleware.insert(0, Middleware(Doors, api=api))
        app["lifespan"] = lambda _: api.router.lifespan_context(api)
    if log_in is not None:
        middleware.insert(0, Middleware(LogIn, settings=log_in, open_paths=frozenset({_STARTED})))
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
        "app_kwargs": app,
    }


def _html(value: str, name: str, template: str = "${value}") -> gr.HTML:
    return gr.HTML(value, html_template=template, elem_id=name, apply_default_css=False, js_on_load=None)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def serve(
    assistant: Assistant,
    settings: Settings,
    coverage: Coverage | None = None,
    announce: Callable[[str], None] = _say,
    api: FastAPI | None = None,
) -> None:
    """Serve the page on the settings' host and port until Ctrl + C.

    Args:
        assistant: Who answers.
        settings: Where to serve; port 0 takes any free one.
        coverage: What the header says the answers rest on; not said when None.
        announce: Gets the line that says where the page is; writes to stdout.
        api: What answers other programs on the same port.

    Raises:
        SettingsError: The port is taken, or the host is none of this machine's.
    """
    app = start(assistant, settings, coverage, api)
    announce(texts.READY.format(url=app.local_url))
    try:
        app.server.thread.join()
    except KeyboardInterrupt:
        pass
    finally:
        app.close(verbose=False)


def start(
    assistant: Assistant, settings: Settings, coverage: Coverage | None = None, api: FastAPI | None = None
) -> gr.Blocks:
    """Start serving in the background, and return the running page.

    Raises:
        SettingsError: The port is taken, or the host is none of this machine's.
    """
    port = find_port(settings.host, settings.port)
    register = Register(settings.register_folder, allow_network=True)  # the user says so each time
    app = build_app(
        assistant,
        coverage,
        FeedbackStore(settings.feedback),
        lambda orgnr: read_company(register.look_up(orgnr)),
    )
    try:
        app.launch(
            server_name=settings.host,
            server_port=port,
            prevent_thread_lock=True,
            **launch_arguments(
                settings.own_folder, lambda: assistant.library, api, settings if asks_log_in(settings) else None
            ),
        )
    except OSError as error:  # taken since it was looked at
        raise SettingsError(port_taken(port)) from error
    return app
