"""A fake register, and registers that ask it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.register.register import Register
from tests.assistant.register.fake import FakeRegister, serve_register

TODAY = date(2026, 11, 1)


@pytest.fixture(scope="session")
def server() -> Iterator[FakeRegister]:
    with serve_register() as running:
        yield running


@pytest.fixture
def fake(server: FakeRegister) -> FakeRegister:
    server.faults.clear()
    server.requests.clear()
    return server


@pytest.fixture
def make(fake: FakeRegister, tmp_path: Path) -> Callable[..., Register]:
    """Makes registers that share a cache; `day` is today."""

    def build(day: date = TODAY, **changes: Any) -> Register:
        options = {"allow_network": True, "base_url": fake.url, "timeout_seconds": 5.0, "today": lambda: day, **changes}
        return Register(tmp_path / "register", **options)

    return build
