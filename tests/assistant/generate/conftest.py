"""An assistant on the real core that asks the tests' model server, without an index: what is answered comes from rules."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from assistant.dialogue import Assistant
from assistant.llm import load_language_model
from tests.assistant.llm.conftest import make_settings
from tests.assistant.llm.server import ModelServer, serving

Connect = Callable[..., Assistant]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving("ollama") as running:
        yield running


@pytest.fixture
def connect(bare: Assistant, server: ModelServer) -> Connect:
    """Makes assistants that ask the server; limits are given as they differ from short ones."""

    def make(**limits: Any) -> Assistant:
        settings = make_settings(server.url, llm_max_tokens=900, **limits)
        model = load_language_model(settings)
        assert model is not None
        return bare.writing_with(model)

    return make


@contextmanager
def timed(at_most_seconds: float) -> Iterator[None]:
    """Fail when what is within takes longer."""
    begin = time.perf_counter()
    yield
    assert time.perf_counter() - begin < at_most_seconds
