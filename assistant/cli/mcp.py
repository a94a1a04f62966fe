"""`bht mcp`: the tools for language models, on standard input and output."""

import argparse
from typing import TYPE_CHECKING

from assistant.cli.progress import build_progress
from assistant.mcp.stdio import serve_stdio
from assistant.settings import load_settings
from assistant.version import read_version

if TYPE_CHECKING:
    from assistant.dialogue import Assistant


def run(arguments: argparse.Namespace) -> int:
    """Serve until standard input ends."""
    settings = load_settings()

    def open_assistant() -> "Assistant":
        from assistant.dialogue import Assistant  # imports Chroma: the tools are listed before that

        with build_progress() as progress:
            return Assistant.open(settings, progress)

    serve_stdio(open_assistant, read_version())
    return 0
