"""The API on the real core without an index, reached without a network."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api import create_api
from assistant.dialogue import Assistant
from assistant.settings import Settings

HERE = "http://127.0.0.1:7860"
SETTINGS = Settings(home=Path(), cache=Path(), api_rate=0)
Connect = Callable[..., TestClient]


@pytest.fixture
def connect(bare: Assistant) -> Iterator[Connect]:
    """Makes clients of APIs; settings are given as they differ from none."""
    with ExitStack() as stack:

        def make(
            assistant: Any = None, base_url: str = HERE, client: tuple[str, int] = ("127.0.0.1", 50000), **settings: Any
        ) -> TestClient:
            app = create_api(assistant or bare, replace(SETTINGS, **settings))
            return stack.enter_context(TestClient(app, base_url=base_url, client=client))

        yield make


@pytest.fixture
def client(connect: Connect) -> TestClient:
    return connect()
