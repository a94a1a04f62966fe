"""The threads that answer."""

import asyncio
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import pytest

from assistant.workers import WORKERS, work


def run(task: Coroutine[Any, Any, Any]) -> Any:
    """Return what a task gives in an event loop of its own; the loop of this thread, which the page's tests leave, stays."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, task).result()


class Busy:
    """Is busy for a moment when it is called; remembers who came, and how many were in it at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._now = self.most = 0
        self.came: list[int] = []

    def __call__(self, number: int) -> int:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
            self.came.append(number)
        time.sleep(0.01)
        with self._lock:
            self._now -= 1
        return number


def test_a_few_work_at_a_time_in_the_order_they_came() -> None:
    """And each gets what is its own"""
    busy = Busy()

    async def ask_all() -> list[int]:
        return list(await asyncio.gather(*(work(busy, number) for number in range(20))))

    assert run(ask_all()) == list(range(20))
    assert busy.most == WORKERS
    # Two that begin at the same moment may write themselves down in either order.
    assert all(abs(place - number) < WORKERS for place, number in enumerate(busy.came))


def test_who_goes_away_loses_the_turn() -> None:
    """What nobody waits for any more is not done"""
    busy = Busy()

    async def leave() -> None:
        waiting = [asyncio.create_task(work(busy, number)) for number in range(10)]
        await asyncio.sleep(0)
        for task in waiting[5:]:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    run(leave())
    assert sorted(busy.came) == [0, 1, 2, 3, 4]


def test_what_goes_wrong_is_told_to_who_asked() -> None:
    """With the error that was raised"""
    with pytest.raises(ValueError, match="nei"):
        run(work(int, "nei"))


def test_one_event_loop_after_another_is_served() -> None:
    """The threads belong to none"""
    assert [run(work(pow, 2, 3)) for _ in range(3)] == [8, 8, 8]
