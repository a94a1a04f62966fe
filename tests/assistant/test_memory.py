"""What answering keeps."""

import sys
from functools import _lru_cache_wrapper

import pytest

from assistant.dialogue import Assistant

pytestmark = pytest.mark.index


def sizes() -> dict[str, int]:
    """Return how much every cache without a bound holds."""
    ours = [m for name, m in sys.modules.items() if name.partition(".")[0] in {"assistant", "corpus", "index"}]
    caches = {c for m in ours for c in vars(m).values() if isinstance(c, _lru_cache_wrapper)}
    return {
        f"{c.__module__}.{c.__qualname__}": c.cache_info().currsize for c in caches if c.cache_info().maxsize is None
    }


def test_no_cache_without_a_bound_holds_what_users_write(assistant: Assistant) -> None:
    """It would grow as long as the server runs; words that nobody has written before leave all of them as they were"""
    words = ["kvikk" + letter * length + "salamander" for length in range(1, 14) for letter in "xyz"]
    for number, word in enumerate(words):
        if number == 9:  # what is read from our own data when it is needed first has been read
            before = sizes()
        assistant.ask(f"Må vi ha vernetjeneste for {word} og {word}en?")
    grown = {name: count for name, count in sizes().items() if count > before.get(name, 0)}
    assert before
    assert grown == {}
