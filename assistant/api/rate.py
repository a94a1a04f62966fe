"""How often a client may ask: a sliding window of a minute, in memory."""

import math
import time
from collections import deque
from collections.abc import Callable

WINDOW_SECONDS = 60.0
_MOST_CLIENTS = 10_000


class SlidingWindow:
    """Counts requests by client. For one event loop: it takes no lock."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._clock = clock
        self._seen: dict[str, deque[float]] = {}

    def admit(self, client: str) -> int:
        """Return 0 and count the request, or the whole seconds to wait when the client has had its share. A limit of 0 admits all."""
        if not self.limit:
            return 0
        now = self._clock()
        times = self._seen.pop(client, deque[float]())
        while times and times[0] <= now - WINDOW_SECONDS:
            times.popleft()
        self._forget(now)
        self._seen[client] = times  # last: the first of them is the one that was admitted the longest ago
        if len(times) >= self.limit:
            return max(1, math.ceil(times[0] + WINDOW_SECONDS - now))
        times.append(now)
        return 0

    def _forget(self, now: float) -> None:
        """Forget who has been quiet for the whole window, and the quietest when there are too many."""
        while self._seen:
            first = next(iter(self._seen))
            if self._seen[first][-1] > now - WINDOW_SECONDS and len(self._seen) < _MOST_CLIENTS:
                return
            del self._seen[first]
