"""MCP on standard input and output: what a program on the same machine starts with `bht mcp`."""

import threading
from functools import cached_property
from typing import TYPE_CHECKING

import anyio
from mcp.server.stdio import stdio_server

from assistant.mcp.server import make_server
from assistant.mcp.tools import Open

if TYPE_CHECKING:
    from assistant.dialogue import Assistant


class _Opening:
    """Opens the assistant once, in the background: the program that started us need not wait to see the tools."""

    def __init__(self, open_assistant: Open) -> None:
        self._open, self._lock = open_assistant, threading.Lock()

    @cached_property
    def _assistant(self) -> "Assistant":
        return self._open()

    def get(self) -> "Assistant":
        """Return the assistant, opened now if it was not; a failure is raised again for each who asks."""
        with self._lock:
            return self._assistant


def serve_stdio(open_assistant: Open, version: str = "") -> None:
    """Serve until standard input ends. While serving, whatever else is written to standard output goes to stderr.

    Args:
        open_assistant: Opens the assistant; may take its time.
        version: The version of the program.
    """
    opening = _Opening(open_assistant)
    server = make_server(opening.get, version)

    async def run() -> None:
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    anyio.run(run)
