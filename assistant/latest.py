"""What stands for something that may be replaced while it is used."""

from collections.abc import Callable
from typing import Any


class Latest:
    """Has every attribute of what is in use now. Whoever holds on to one of them keeps what was in use then."""

    def __init__(self, find: Callable[[], Any]) -> None:
        self._find = find

    def __getattr__(self, name: str) -> Any:
        return getattr(self._find(), name)
