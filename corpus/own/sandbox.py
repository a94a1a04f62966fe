"""Reads a file in a child process that is ended when it takes too long or too much memory.

The parsers are large, and the files come from anywhere. The child gets the file on its standard input and answers with one
line of JSON; nothing it says is trusted further than that.
"""

import io
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from corpus import errors
from corpus.errors import BrokenDocument, DocumentError, OversizedDocument, SlowDocument
from corpus.own.raw import RawDocument, from_json, to_json

logger = logging.getLogger(__name__)
_OUT_OF_MEMORY = 71
_TIMED_OUT = 72
_MAX_ANSWER_BYTES = 128 * 2**20
_SHOWN_ERROR_BYTES = 2000
_KINDS: dict[str, type[DocumentError]] = {
    kind.__name__: kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DocumentError)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the reading of one file may cost; the time grows with the size of the file."""

    seconds: float = 120.0
    seconds_per_megabyte: float = 10.0
    memory_bytes: int = 2 * 2**30

    def seconds_for(self, size: int) -> float:
        """Return the time that a file of this many bytes may take."""
        return self.seconds + self.seconds_per_megabyte * size / 2**20


def read_safely(
    data: bytes,
    name: str,
    content_type: str = "",
    *,
    limits: Limits | None = None,
    command: tuple[str, ...] = (sys.executable, "-m", "corpus.own.sandbox"),
) -> RawDocument:
    """Return what `read_raw` finds in a file, read in a child process with limits.

    Args:
        data: The file.
        name: What it is called.
        content_type: The type that a server gave it, "" when unknown.
        limits: What it may cost; the defaults suit a PDF of a thousand pages.
        command: What to start.

    Raises:
        DocumentError: The file cannot be read; the subclass says why, the message names the file and a remedy.
    """
    from corpus.own.read import MAX_BYTES, read_raw

    limits = limits or Limits()
    if len(data) > MAX_BYTES:
        return read_raw(data, name)  # says so without starting anything
    seconds = limits.seconds_for(len(data))
    order = {"name": name, "content_type": content_type, "seconds": seconds, "memory_bytes": limits.memory_bytes}
    try:
        with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as said:
            question.write(json.dumps(order).encode() + b"\n" + data)
            question.seek(0)
            code = _run(command, question, answer, said, seconds)
            if code:
                logger.info("The reader of %s ended with %s: %s", name, code, _read_end(said))
                raise _failure(code, name, seconds)
            return _read_answer(answer, name)
    except OSError as error:  # no room for the file, or no more processes
        raise DocumentError(
            f"«{name}» kunne ikke leses: {error.strerror or error}. Kontroller at det er ledig plass og minne, og prøv igjen."
        ) from error


def _run(command: Sequence[str], question: IO[bytes], answer: IO[bytes], said: IO[bytes], seconds: float) -> int:
    """Return the exit code of the child, `_TIMED_OUT` when it had to be ended."""
    process = subprocess.Popen(list(command), stdin=question, stdout=answer, stderr=said, env=_environment())
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return _TIMED_OUT
    finally:  # also when the user interrupts
        process.kill()
        process.wait()


def _environment() -> dict[str, str]:
    root = str(Path(__file__).parents[2])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}


def _slow(name: str, seconds: float) -> SlowDocument:
    return SlowDocument(
        f"«{name}» tok mer enn {seconds:.3g} sekunder å lese, og ble avbrutt. Åpne den og lagre den på nytt som PDF, eller del den opp."
    )


def _failure(code: int, name: str, seconds: float) -> DocumentError:
    """Return the error for an exit code that is not 0; negative codes are signals."""
    if code in {_TIMED_OUT, -getattr(signal, "SIGXCPU", 0)}:
        return _slow(name, seconds)
    if code in {_OUT_OF_MEMORY, -getattr(signal, "SIGKILL", 0)}:
        return OversizedDocument(
            f"«{name}» krever for mye minne å lese, og ble avbrutt. Del filen opp, og legg til delene."
        )
    return BrokenDocument(
        f"«{name}» kan ikke leses, for leseren stoppet på den. Åpne den og lagre den på nytt som PDF, og legg til den."
    )


def _read_answer(answer: IO[bytes], name: str) -> RawDocument:
    answer.seek(0)
    text = answer.read(_MAX_ANSWER_BYTES).decode("utf-8", errors="replace")
    try:
        if text.startswith("!"):
            kind, message = json.loads(text[1:])
            raise _KINDS[kind](str(message))
        return from_json(text)
    except (KeyError, TypeError, ValueError) as error:
        raise _failure(1, name, 0) from error


def _read_end(said: IO[bytes]) -> str:
    size = said.seek(0, os.SEEK_END)
    said.seek(max(0, size - _SHOWN_ERROR_BYTES))
    return said.read().decode(errors="replace").strip() or "no message"


def _limit(seconds: float, memory_bytes: int) -> None:
    """Limit this process; where the platform has no limits, only the parent's clock holds."""
    try:
        import resource
    except ImportError:  # Windows
        return
    processor = int(seconds) + 1
    for what, amount in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_FSIZE, _MAX_ANSWER_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            hard = resource.getrlimit(what)[1]
            resource.setrlimit(what, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))
        except (OSError, ValueError):  # macOS refuses RLIMIT_AS
            logger.debug("No limit on %s", what)


def main() -> int:
    """Read the file on standard input and write the document, or "!" and the error, to standard output."""
    order = json.loads(sys.stdin.buffer.readline())
    _limit(order["seconds"], order["memory_bytes"])
    output = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="replace")
    try:
        from corpus.own.read import read_raw

        text = to_json(read_raw(sys.stdin.buffer.read(), order["name"], order["content_type"]))
    except DocumentError as error:
        text = "!" + json.dumps([type(error).__name__, str(error)])
    except MemoryError:
        return _OUT_OF_MEMORY
    output.write(text)
    output.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
