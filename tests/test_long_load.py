"""The load test's own judgement: what it lets pass and what it does not."""

import runpy
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

SCRIPT: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[1] / "scripts" / "long-load"))


def make_asked(page: Sequence[float], api: Sequence[float] = (0.1,) * 20, problem: str = "") -> list[Any]:
    """Return answers that took so many seconds, the first of the page with a problem."""
    asked = [SCRIPT["Asked"](door="page", seconds=s, problem=problem if not n else "") for n, s in enumerate(page)]
    return asked + [SCRIPT["Asked"](door="API", seconds=s, problem="") for s in api]


FLAT = (400, 500, 549)
QUICK, SLOW = (0.5,) * 20, (0.5,) * 18 + (2.5, 2.5)


@pytest.mark.parametrize(
    ("way", "page", "problem", "memory", "late", "fault"),
    [
        ("people", QUICK, "", FLAT, 0, ""),
        ("people", (*QUICK[1:], 9.0), "", FLAT, 0, ""),  # one in twenty may be slow
        ("people", SLOW, "", FLAT, 0, "one answer in twenty"),
        ("stress", SLOW, "", FLAT, 0, ""),  # how long it takes under stress is only told
        ("stress", QUICK, "H1: no answer", FLAT, 0, "H1: no answer"),
        ("people", QUICK, "", FLAT, 1, "1 users never"),
        ("stress", QUICK, "", (400, 500, 551), 0, "memory grew from 500 to 551"),
        ("stress", (), "", FLAT, 0, "nobody was answered by the page"),
    ],
)
def test_what_is_not_good_enough_is_found(
    way: str, page: Sequence[float], problem: str, memory: tuple[int, ...], late: int, fault: str
) -> None:
    """Slow answers to people, errors, users who wait for ever, memory that grows, a door that is shut"""
    faults = list(SCRIPT["find_faults"](way, make_asked(page, problem=problem), memory, late))
    assert len(faults) == bool(fault), faults
    assert fault in "".join(faults)


def test_people_read_for_more_than_five_seconds_and_stress_knows_no_pause() -> None:
    """The same in every run, and not all users at the same moment"""
    first, *others = islice(SCRIPT["reading"](3, *SCRIPT["WAYS"]["people"]), 50)
    assert 0 <= first <= 14
    assert all(6 <= pause <= 14 for pause in others)
    assert first != next(SCRIPT["reading"](4, *SCRIPT["WAYS"]["people"]))
    assert list(islice(SCRIPT["reading"](3, *SCRIPT["WAYS"]["stress"]), 5)) == [0.0] * 5
