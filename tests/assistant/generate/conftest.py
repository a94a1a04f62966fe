"""An assistant on the real core that asks the tests' model server, without an index: what is answered comes from rules."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from assistant.dialogue import Assistant
from assistant.llm import load_language_model
from corpus.library import Library
from tests.assistant.llm.conftest import make_settings
from tests.assistant.llm.server import ModelServer, serving
from tests.conftest import NoSearch

Connect = Callable[..., Assistant]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving("ollama") as running:
        yield running


@pytest.fixture
def connect(library: Library, server: ModelServer) -> Connect:
    """Makes assistants that ask the server; limits are given as they differ from short ones."""

    def make(**limits: Any) -> Assistant:
        settings = make_settings(server.url, llm_max_tokens=900, **limits)
        return Assistant(library, NoSearch(), today=date(2026, 11, 22), model=load_language_model(settings))

    return make


@contextmanager
def timed(at_most_seconds: float) -> Iterator[None]:
    """Fail when what is within takes longer."""
    import time

    begin = time.perf_counter()
    yield
    assert time.perf_counter() - begin < at_most_seconds
