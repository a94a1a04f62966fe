"""How often a client may ask: a sliding window of a minute, in memory."""

import math
import time
from collections import deque
from collections.abc import Callable
from threading import Lock

from starlette.types import Scope

WINDOW_SECONDS = 60.0
_MOST_CLIENTS = 10_000


def client_of(scope: Scope) -> str:
    """Return who a request counts for: who has logged in (login.py), or else the address it came from."""
    user = scope.get("state", {}).get("user")
    return f"user {user}" if user else str((scope.get("client") or ("",))[0])


class SlidingWindow:
    """Counts requests by client, at any door; how many are too many is the door's to say. `limit` holds where none is said."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._clock = clock
        self._lock = Lock()
        self._seen: dict[str, deque[float]] = {}

    def admit(self, client: str, limit: int | None = None) -> int:
        """Return 0 and count the request, or the whole seconds to wait when the client has had its share.

        Args:
            client: Who asks.
            limit: How many a minute; 0 admits all, uncounted.
        """
        most = self.limit if limit is None else limit
        if not most:
            return 0
        with self._lock:
            return self._count(client, most, self._clock())

    def _count(self, client: str, most: int, now: float) -> int:
        times = self._seen.pop(client, deque[float]())
        while times and times[0] <= now - WINDOW_SECONDS:
            times.popleft()
        self._forget(now)
        self._seen[client] = times  # last: the first of them is the one that was admitted the longest ago
        if len(times) >= most:
            return max(1, math.ceil(times[-most] + WINDOW_SECONDS - now))
        times.append(now)
        return 0

    def _forget(self, now: float) -> None:
        """Forget who has been quiet for the whole window, and the quietest when there are too many."""
        while self._seen:
            first = next(iter(self._seen))
            if self._seen[first][-1] > now - WINDOW_SECONDS and len(self._seen) < _MOST_CLIENTS:
                return
            del self._seen[first]
