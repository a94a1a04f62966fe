"""Puts the page together and serves it."""

import sys
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import gradio as gr
from fastapi import FastAPI
from starlette.middleware import Middleware

from assistant.administration import Administration
from assistant.api import Doors, LogIn, asks_log_in
from assistant.browse import Browser
from assistant.duty.company import read_company
from assistant.errors import SettingsError
from assistant.feedback import FeedbackStore
from assistant.latest import Latest
from assistant.page import texts
from assistant.page.administer import AdministerSources
from assistant.page.chat import Assistant
from assistant.page.engine import restore_choice
from assistant.page.files import OwnFiles
from assistant.page.frame import FOLDER, FrameMiddleware
from assistant.page.sections import Coverage, about_html, header_html
from assistant.page.tabs import bar, lookup, sources
from assistant.page.tabs.absence import build_absence
from assistant.page.tabs.administer import build_administration
from assistant.page.tabs.claims import build_claims
from assistant.page.tabs.documents import build_documents
from assistant.page.tabs.duties import build_duties
from assistant.page.tabs.duty import LookUp, build_duty
from assistant.page.talk import USERS_AT_ONCE, build_talk, html_of, wire_talk
from assistant.page.theme import make_theme
from assistant.page.upload import DocumentUpload
from assistant.port import find_port, port_taken
from assistant.register.register import Register
from assistant.settings import Settings
from corpus.library import Library

WAITING_AT_MOST = 200
# Gradio keeps what each of so many pages shows, some 150 kB and its talk; one that is pushed out only loses the answer that its rating asks about.
SESSIONS_AT_MOST = 100
# How often the queue looks for an event. Gradio's thousand times a second takes a twentieth of a processor when nobody asks.
_QUEUE_PAUSE_SECONDS = 0.01
# Gradio asks its own server for this before it says that it has started.
_STARTED = "/gradio_api/startup-events"


def build_app(
    assistant: Assistant,
    coverage: Coverage | None = None,
    feedback: FeedbackStore | None = None,
    look_up: LookUp | None = None,
    *,
    may_change: bool = False,
) -> gr.Blocks:
    """Return the page; launch it with `launch_arguments`.

    Args:
        assistant: Who answers.
        coverage: What the header says the answers rest on.
        feedback: Where ratings of answers are kept; they are not asked for when None.
        look_up: Asks the register of companies; not offered when None.
        may_change: Whether the sources are changed on the page.
    """
    browser = follow_library(assistant)
    with gr.Blocks(title=texts.NAME, analytics_enabled=False, fill_width=True) as app:
        with gr.Row(elem_id="top"):
            banner = html_of(header_html(coverage), "banner")
            restart = gr.Button(texts.NEW_TALK, elem_id="restart", size="sm")
        bar.build_bar()
        with bar.open_panel(bar.ASK):
            talk = build_talk(assistant, browser)
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
            if may_change:
                build_administration()
            listed = html_of(_list_sources(assistant, browser), "sources")
        with bar.open_panel(bar.ABOUT):
            html_of(about_html(), "about")
        app.load(
            None, None, talk.shown, js=(FOLDER / "restore.js").read_text(encoding="utf-8"), api_visibility="private"
        )
        if may_change:  # what was built with the page may be of older sources
            app.load(
                lambda: [header_html(Coverage.of(assistant.library)), _list_sources(assistant, browser)], None,
                [banner, listed], show_progress="hidden", api_visibility="private",
            )  # fmt: skip
        if assistant.model:
            app.load(None, None, talk.engine, js=restore_choice(assistant.model), api_visibility="private")
        wire_talk(talk, assistant, browser, feedback, restart)
    app.queue(default_concurrency_limit=USERS_AT_ONCE, max_size=WAITING_AT_MOST, api_open=False)
    app._queue.sleep_when_free = _QUEUE_PAUSE_SECONDS  # Gradio has no setting for it
    return app


def follow_library(assistant: Assistant) -> Browser:
    """Return a browser of the library that the assistant has, also when it gets another one."""
    browser_of = lru_cache(maxsize=1)(Browser)
    return cast(Browser, Latest(lambda: browser_of(assistant.library)))


def _list_sources(assistant: Assistant, browser: Browser) -> str:
    return sources.render_sources(browser, assistant.notices, date.today())


def launch_arguments(
    own_folder: Path | None = None,
    library: Callable[[], Library] | None = None,
    api: FastAPI | None = None,
    log_in: Settings | None = None,
    administration: Administration | None = None,
) -> dict[str, Any]:
    """Return what `gr.Blocks.launch` must be given for this page: nothing shared, nothing of Gradio's own shown.

    Args:
        own_folder: Where copies of the user's own documents lie, which citations open; None opens none.
        library: Returns the rules that a posted document is checked against; None takes no documents.
        api: What answers other programs on the same port; None answers none.
        log_in: Who may log in; None lets all in.
        administration: What changes the sources; None lets nobody.
    """
    middleware = [Middleware(FrameMiddleware)]
    if own_folder is not None:
        middleware.append(Middleware(OwnFiles, folder=own_folder))
    if library is not None:
        middleware.append(Middleware(DocumentUpload, library=library))
    if administration is not None:
        middleware.append(Middleware(AdministerSources, administration=administration))
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
        "state_session_capacity": SESSIONS_AT_MOST,
        "app_kwargs": app,
    }


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def serve(
    assistant: Assistant,
    settings: Settings,
    coverage: Coverage | None = None,
    announce: Callable[[str], None] = _say,
    api: FastAPI | None = None,
    administration: Administration | None = None,
) -> None:
    """Serve the page on the settings' host and port until Ctrl + C.

    Args:
        assistant: Who answers.
        settings: Where to serve; port 0 takes any free one.
        coverage: What the header says the answers rest on; not said when None.
        announce: Gets the line that says where the page is; writes to stdout.
        api: What answers other programs on the same port.
        administration: What changes the sources; None lets nobody.

    Raises:
        SettingsError: The port is taken, or the host is none of this machine's.
    """
    app = start(assistant, settings, coverage, api, administration)
    announce(texts.READY.format(url=app.local_url))
    try:
        app.server.thread.join()
    except KeyboardInterrupt:
        pass
    finally:
        app.close(verbose=False)


def start(
    assistant: Assistant,
    settings: Settings,
    coverage: Coverage | None = None,
    api: FastAPI | None = None,
    administration: Administration | None = None,
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
        may_change=administration is not None,
    )
    try:
        app.launch(
            server_name=settings.host,
            server_port=port,
            prevent_thread_lock=True,
            **launch_arguments(
                settings.own_folder,
                lambda: assistant.library,
                api,
                settings if asks_log_in(settings) else None,
                administration,
            ),
        )
    except OSError as error:  # taken since it was looked at
        raise SettingsError(port_taken(port)) from error
    return app
