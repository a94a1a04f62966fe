"""Runs the command line, in this process and in one of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.main import main

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Run:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was written to standard output, as JSON."""
        return json.loads(self.out)


class Shell:
    """Runs commands in this process with a home and a cache of the test's own."""

    def __init__(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path, cache: Path
    ) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch
        self.use(home, cache)

    def use(self, home: Path, cache: Path) -> None:
        """Change home and cache."""
        self.home, self.cache = home, cache
        self._monkeypatch.setenv("BHT_HOME", str(home))
        self._monkeypatch.setenv("BHT_CACHE", str(cache))

    def __call__(self, *arguments: str) -> Run:
        """Run one command."""
        self._capsys.readouterr()
        try:
            code = main(arguments)
        except SystemExit as stop:  # argparse ends so
            code = stop.code if isinstance(stop.code, int) else 0
        captured = self._capsys.readouterr()
        return Run(code, captured.out, captured.err)


def run_python(*arguments: str, timeout: float = 280, cwd: Path | None = None, **environ: str) -> Run:
    """Run Python in a process of its own on this checkout."""
    paths = [environ.pop("PYTHONPATH", ""), str(ROOT)]
    environment = (
        os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONIOENCODING": "utf-8"} | environ
    )
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, encoding="utf-8", timeout=timeout, env=environment, cwd=cwd or ROOT, check=False
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr)


def run_bht(*arguments: str, **environ: str) -> Run:
    """Run `bht` in a process of its own."""
    return run_python("-m", "assistant.cli.main", *arguments, **environ)


def assert_one_line(run: Run, code: int) -> str:
    """Return the line on stderr of a run that failed; it is one Norwegian sentence, and nothing else was written."""
    assert run.code == code, run
    assert run.out == ""
    assert run.err.endswith("\n")
    assert len(run.err.splitlines()) == 1, run.err
    assert "Traceback" not in run.err
    assert "Error" not in run.err
    return run.err.strip()
