"""scripts/fuzz: it runs, draws the same inputs for a seed, and keeps the smallest of what it finds."""

import os
import random
import runpy
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.fuzz.archives import make_archive
from tests.fuzz.files import page_maker, pdf_maker, text_maker, word_maker
from tests.fuzz.targets import TARGETS

SCRIPT = Path(__file__).parents[2] / "scripts" / "fuzz"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


def test_a_short_run_feeds_a_target_and_finds_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--minutes", "0.01", "--only", "archive"],
        env=os.environ | {"TMPDIR": str(tmp_path)}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert int(done.stdout.split("| archive | ")[1].split(" |")[0]) > 0
    assert done.stdout.splitlines()[-1].endswith("nothing found")
    assert list(tmp_path.iterdir()) == []


def test_the_script_knows_all_targets(script: dict[str, Any]) -> None:
    assert script["NAMES"] == tuple(TARGETS)


@pytest.mark.parametrize(
    "maker",
    [lambda: make_archive, pdf_maker, word_maker, page_maker, lambda: text_maker("tekst.txt")],
    ids=["archive", "pdf", "word", "html", "text"],
)
def test_a_seed_gives_the_same_inputs_again_and_another_seed_others(maker: Any) -> None:
    def drawn(seed: int) -> list[bytes]:
        make = maker()
        return [make(random.Random(f"{seed} {number}")) for number in range(5)]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_what_is_found_is_shrunk_and_the_smallest_is_tried_last(script: dict[str, Any]) -> None:
    tried = []

    def attempt(data: bytes) -> None:
        tried.append(data)
        if len(data) > 3:
            raise ValueError("too long")

    with pytest.raises(ValueError, match="too long"):
        script["draw_batch"](attempt, st.binary(), 1, time.monotonic() + 60)
    assert tried[-1] == b"\0\0\0\0"


def test_no_except_exception_catches_the_end_of_what_takes_too_long(script: dict[str, Any]) -> None:
    assert not issubclass(script["TooSlow"], Exception)
    with pytest.raises(script["TooSlow"]):
        script["stop"](0, None)
