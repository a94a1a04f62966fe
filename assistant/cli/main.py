"""Entry point of `bht`. Every failure ends as one Norwegian line on stderr: 1 for a failure, 2 for wrong use.

A package above this one adds a command of its own (`bht eval`) through the entry point group `bht.commands`: a function that is
given the subparsers of `bht` and adds its parser, with `run` set to what takes the parsed arguments and returns the
exit code. It is called whenever its help may be shown, so its module imports nothing heavy at the top. Its errors derive from
AssistantError.
"""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from assistant.cli.log import configure_logging
from assistant.cli.parser import AddCommand, make_parser
from assistant.errors import AssistantError, HistoryError, QuestionError, UsageError
from corpus.errors import CorpusError
from index.errors import IndexFailure

logger = logging.getLogger(__name__)
PLUGINS = "bht.commands"


def _on_demand(module: str, function: str = "run") -> Callable[[argparse.Namespace], int]:
    """Return a command whose module is loaded when it runs: each is light, all together take a third of a second."""

    def run(arguments: argparse.Namespace) -> int:
        command: Callable[[argparse.Namespace], int] = getattr(import_module(f"assistant.cli.{module}"), function)
        return command(arguments)

    return run


_COMMANDS = {
    "ask": _on_demand("ask"),
    "verify": _on_demand("verify"),
    "serve": _on_demand("serve"),
    "mcp": _on_demand("mcp"),
    "duty": _on_demand("duty"),
    "duties": _on_demand("duties"),
    "absence": _on_demand("absence"),
    "check": _on_demand("check"),
    "draft": _on_demand("draft"),
    "corpus list": _on_demand("corpus", "run_list"),
    "corpus show": _on_demand("corpus", "run_show"),
    "corpus sync": _on_demand("sources", "run_sync"),
    "corpus add": _on_demand("sources", "run_add"),
    "corpus remove": _on_demand("sources", "run_remove"),
    "corpus verify": _on_demand("review", "run_verify"),
    "corpus changes": _on_demand("review", "run_changes"),
    "index build": _on_demand("index", "run_build"),
    "index status": _on_demand("index", "run_status"),
    "user add": _on_demand("user", "run_add"),
    "user remove": _on_demand("user", "run_remove"),
    "user list": _on_demand("user", "run_list"),
    "backup": _on_demand("backup", "run_backup"),
    "restore": _on_demand("backup", "run_restore"),
    "purge": _on_demand("purge"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    configure_logging()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = sys.argv[1:] if arguments is None else list(arguments)
    own = {command.split()[0] for command in _COMMANDS}
    # Looking for others' commands takes a tenth of the time that a light command has.
    parsed = make_parser(_COMMANDS, () if own.intersection(words[:1]) else load_plugins()).parse_args(words)
    try:
        return _run(parsed)
    except KeyboardInterrupt:
        sys.stderr.write("Avbrutt.\n")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone: no traceback at exit
        return 1


def load_plugins() -> list[AddCommand]:
    """Return what adds the commands of other packages; one that does not load is left out, with a warning."""
    from importlib.metadata import entry_points  # not needed by the commands that start fast

    found: list[AddCommand] = []
    for entry in sorted(entry_points(group=PLUGINS)):
        try:
            found.append(entry.load())
        except (ImportError, AttributeError) as error:
            logger.warning("the command %s does not load: %s", entry.name, error)
    return found


def _run(parsed: argparse.Namespace) -> int:
    try:
        return int(parsed.run(parsed))
    except (QuestionError, HistoryError, UsageError) as error:
        return _fail(str(error), 2)
    except (AssistantError, CorpusError) as error:
        return _fail(str(error), 1)
    except IndexFailure as error:
        return _fail(f"Indeksen ble ikke laget, og den gamle er urørt: {error}. Sjekk plass og rettigheter.", 1)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        where = f" ({error.filename})" if error.filename else ""
        return _fail(f"Kunne ikke lese eller skrive{where}: {error.strerror or error}. Sjekk plass og rettigheter.", 1)


def _fail(sentence: str, code: int) -> int:
    sys.stderr.write(" ".join(sentence.split()) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
