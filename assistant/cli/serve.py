"""`bht serve`: the web page with the API and MCP beside it, or these two alone."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant import texts
from assistant.cli.log import log_access
from assistant.cli.parser import write_line
from assistant.cli.progress import build_progress
from assistant.port import find_port
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.dialogue import Assistant


def run(arguments: argparse.Namespace) -> int:
    """Serve until it is stopped."""
    settings = load_settings()
    settings = replace(settings, host=arguments.host or settings.host)
    settings = replace(settings, port=settings.port if arguments.port is None else arguments.port)
    port = find_port(settings.host, settings.port)  # before the minute that an index may take
    if settings.api_log:
        log_access()
    (_serve_api if arguments.api_only else _serve_page)(replace(settings, port=port))
    return 0


def _open(settings: Settings) -> "Assistant":
    from assistant.dialogue import Assistant  # imports Chroma: only when there is something to serve

    with build_progress() as progress:
        assistant = Assistant.open(settings, progress)
    if not assistant.library.has_official:
        write_line(texts.HOW_TO_SYNC)
    return assistant


def _serve_page(settings: Settings) -> None:
    from assistant.administration import Administration, follow
    from assistant.api import create_api
    from assistant.api.rate import SlidingWindow
    from assistant.page import Coverage, may_administer, serve  # imports Gradio: only for a page

    may_change = may_administer(settings)  # before the minute that an index may take
    assistant, administration = _open(settings), None
    if may_change:
        administration = Administration(assistant, settings)
        assistant = follow(administration)
    window = SlidingWindow(0)  # one count of each client for all doors; each door has its own limit
    serve(
        assistant,
        settings,
        Coverage.of(assistant.library),
        api=create_api(assistant, settings, window),
        administration=administration,
        window=window,
    )


def _serve_api(settings: Settings) -> None:
    from assistant.api import create_api
    from assistant.api.build import serve_api

    serve_api(create_api(_open(settings), settings), settings)
