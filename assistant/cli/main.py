"""Entry point of `bht`. Every failure ends as one Norwegian line on stderr: 1 for a failure, 2 for wrong use."""

import argparse
import os
import sys
from collections.abc import Sequence

from assistant.cli import ask, corpus, index, purge, review, serve, sources
from assistant.cli.log import configure_logging
from assistant.cli.parser import make_parser
from assistant.errors import AssistantError, HistoryError, QuestionError, UsageError
from corpus.errors import CorpusError
from index.errors import IndexFailure

_COMMANDS = {
    "ask": ask.run,
    "serve": serve.run,
    "corpus list": corpus.run_list,
    "corpus show": corpus.run_show,
    "corpus sync": sources.run_sync,
    "corpus add": sources.run_add,
    "corpus remove": sources.run_remove,
    "corpus verify": review.run_verify,
    "corpus changes": review.run_changes,
    "index build": index.run_build,
    "index status": index.run_status,
    "purge": purge.run,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    configure_logging()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parsed = make_parser(_COMMANDS).parse_args(arguments)
    try:
        return _run(parsed)
    except KeyboardInterrupt:
        sys.stderr.write("Avbrutt.\n")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone: no traceback at exit
        return 1


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
