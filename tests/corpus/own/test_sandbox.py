"""Tests of reading in a child process: this ensures that ..."""

import sys
import time

import pytest

from corpus.errors import BrokenDocument, DocumentError, EmptyDocument, OversizedDocument, SlowDocument
from corpus.own.read import MAX_BYTES, read_raw
from corpus.own.sandbox import Limits, read_safely

TEXT = "Verneombudet skal tas med på råd.\n\nDet gjelder også ved ombygging – alltid.".encode()


def child(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_the_answer_is_the_same_as_without_a_child() -> None:
    """... the document survives the way through JSON."""
    assert read_safely(TEXT, "notat.txt") == read_raw(TEXT, "notat.txt")


def test_errors_come_through() -> None:
    """... the child's error keeps its kind and its words."""
    with pytest.raises(EmptyDocument, match=r"«tom\.txt» er tom"):
        read_safely(b"  \n ", "tom.txt")


def test_a_reader_that_hangs_is_ended() -> None:
    """... the time limit holds, and the file is named."""
    start = time.monotonic()
    with pytest.raises(SlowDocument, match=r"«treg\.pdf» tok mer enn 0\.3 sekunder"):
        read_safely(b"x", "treg.pdf", limits=Limits(seconds=0.3), command=child("import time; time.sleep(60)"))
    assert time.monotonic() - start < 10


def test_a_reader_that_eats_memory_is_ended() -> None:
    """... the limit is set in the child before it reads, and the error says what happened."""
    code = (
        "import sys; from corpus.own import read, sandbox; read.read_raw = lambda *a: bytearray(600 * 2**20); "
        "sys.exit(sandbox.main())"
    )
    with pytest.raises(OversizedDocument, match=r"«stor\.pdf» krever for mye minne"):
        read_safely(b"x", "stor.pdf", limits=Limits(memory_bytes=400 * 2**20), command=child(code))


def test_the_processor_limit_counts_as_time() -> None:
    """... a child that the system ends for its use of the processor is reported as slow."""
    code = "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)"
    with pytest.raises(SlowDocument):
        read_safely(b"x", "treg.pdf", command=child(code))


@pytest.mark.parametrize(
    "code",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "raise SystemExit(3)",
        "print('not JSON')",
        "print('{}')",
        "print('![\"ValueError\", \"x\"]')",
        "print('![\"DocumentError\"]')",
        "import pickle, sys; sys.stdout.buffer.write(pickle.dumps(1))",
    ],
    ids=["crash", "exit code", "no JSON", "no document", "foreign error", "half an error", "pickle"],
)  # fmt: skip
def test_a_reader_that_fails_is_reported(code: str) -> None:
    """... whatever a child does, the file is named and nothing else escapes."""
    with pytest.raises(BrokenDocument, match=r"«rar\.pdf» kan ikke leses"):
        read_safely(b"x", "rar.pdf", command=child(code))


def test_a_child_that_does_not_start_is_reported() -> None:
    """... an error of the system is told in our words."""
    with pytest.raises(DocumentError, match=r"«x\.pdf» kunne ikke leses"):
        read_safely(b"x", "x.pdf", command=("/finnes/ikke",))


def test_the_size_is_checked_before_anything_is_started() -> None:
    """... a file beyond the limit costs nothing."""
    with pytest.raises(OversizedDocument, match="50 MB"):
        read_safely(bytes(MAX_BYTES + 1), "x.pdf", command=("/finnes/ikke",))


def test_the_time_grows_with_the_file() -> None:
    """... large files get the time they need."""
    assert Limits(seconds=100, seconds_per_megabyte=10).seconds_for(3 * 2**20) == 130
