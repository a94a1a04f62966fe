"""A model server, and models that ask it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.llm import LanguageModel, load_language_model
from assistant.secret import Secret
from assistant.settings import Settings
from tests.assistant.llm.server import MODEL, ModelServer, serving

KEY = "sk-hemmelig-4711"


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    with serving() as running:
        yield running


def make_settings(url: str, **changes: Any) -> Settings:
    """Return settings with a model on a server, and short limits."""
    limits = {"llm_first_seconds": 5.0, "llm_total_seconds": 10.0, "llm_max_tokens": 200}
    chosen = {"llm_url": url, "llm_model": MODEL, "llm_key": Secret(KEY), **limits, **changes}
    return Settings(home=Path("home"), cache=Path("cache"), **chosen)


@pytest.fixture
def make_model(model_server: ModelServer) -> Callable[..., LanguageModel]:
    """Makes models on the server; arguments are settings."""

    def make(**changes: Any) -> LanguageModel:
        model = load_language_model(make_settings(**{"url": model_server.url, **changes}))
        assert model is not None
        return model

    return make
