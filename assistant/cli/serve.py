"""`bht serve`: the web page."""

import argparse
from dataclasses import replace

from assistant import texts
from assistant.cli.parser import write_line
from assistant.cli.progress import build_progress
from assistant.settings import load_settings


def run(arguments: argparse.Namespace) -> int:
    """Serve the page until it is stopped."""
    from assistant.dialogue import Assistant  # imports Chroma and Gradio: only for a page
    from assistant.page import Coverage, find_port, serve

    settings = load_settings()
    settings = replace(settings, host=arguments.host or settings.host)
    settings = replace(settings, port=settings.port if arguments.port is None else arguments.port)
    find_port(settings.host, settings.port)  # before the minute that an index may take
    with build_progress() as progress:
        assistant = Assistant.open(settings, progress)
    if not assistant.library.has_official:
        write_line(texts.HOW_TO_SYNC)
    serve(assistant, settings, Coverage.of(assistant.library))
    return 0
