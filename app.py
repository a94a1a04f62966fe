"""Starts the web page: `python app.py`. Wiring only; `bht serve` does the same with a port and a host to choose."""

import logging
import os
import sys

from assistant.cli.progress import build_progress
from assistant.dialogue import Assistant
from assistant.errors import AssistantError
from assistant.page import Coverage, find_port, serve
from assistant.settings import load_settings


def main() -> int:
    """Serve the page until Ctrl + C; return the exit code."""
    logging.basicConfig(level=os.environ.get("BHT_LOG", "ERROR"), format="%(levelname)s %(name)s: %(message)s")
    try:
        settings = load_settings()
        find_port(settings.host, settings.port)  # before the minutes an index may take
        with build_progress() as progress:
            assistant = Assistant.open(settings, progress)
        serve(assistant, settings, Coverage.of(assistant.library.documents))
    except AssistantError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Avbrutt.\n")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
