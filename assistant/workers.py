"""The few threads that answer, for every face of one process.

Only one thread of Python runs at a time, and each that wants to waits for up to five milliseconds for every other. Many at once
are no faster than a few, and they keep the one that sends the answers from running at all. So the others wait here, in the order
they came, and cost nothing while they do.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import TypeVar

# The search in the vectors lets another thread run meanwhile; a third would only wait.
WORKERS = 2
T = TypeVar("T")


async def work(function: Callable[..., T], *args: object, **named: object) -> T:
    """Return what the function gives, once it is its turn; a caller that goes away loses the turn.

    Args:
        function: What to do. It must not wait for anything but the processor: others wait for it.
        args: What it is called with.
        named: What it is called with by name.
    """
    return await asyncio.wrap_future(_threads().submit(partial(function, *args, **named)))


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(WORKERS, thread_name_prefix="worker")
