"""Shells for the tests of the command line."""

from pathlib import Path

import pytest

from assistant.dialogue import Assistant
from assistant.settings import Settings
from tests.assistant.cli.run import Shell


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    """A shell in an empty folder, with an empty home and cache."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return Shell(capsys, monkeypatch, tmp_path / "home", tmp_path / "cache")


@pytest.fixture
def ready(shell: Shell, assistant: Assistant, bht_settings: Settings) -> Shell:
    """A shell whose home has the index of the whole core. For tests marked `index`."""
    shell.use(bht_settings.home, bht_settings.cache)
    return shell


@pytest.fixture
def opened(ready: Shell, assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The same shell, whose commands find the assistant open: for what a command makes of its words. For tests marked `index`."""

    def find_open(settings: Settings, _: object = None) -> Assistant:
        assert settings.home == ready.home
        return assistant

    monkeypatch.setattr(Assistant, "open", find_open)
    return ready
