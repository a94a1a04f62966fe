"""Tests of `bht draft`: this ensures that ..."""

import argparse
from pathlib import Path

import pytest

from assistant.cli import check, draft
from assistant.errors import UsageError
from tests.assistant.cli.run import Shell
from tests.assistant.documents.written import ANSWERS


def make(answers: Path, out: Path, *, force: bool = False, kind: str = "plan") -> int:
    return draft.run(argparse.Namespace(kind=kind, answers=str(answers), out=str(out), force=force))


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "svar.toml"
    path.write_text(ANSWERS, encoding="utf-8")
    return path


@pytest.mark.parametrize(("kind", "found"), [("plan", "13 av 13"), ("report", "13 av 13"), ("contract", "13 av 13")])
def test_a_draft_is_written_and_checked(
    shell: Shell, answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, found: str
) -> None:
    """... the two commands fit together: plan 8 + 4 + 1, report 8 + 4 + 1, contract 8 + 3 + 2."""
    out = tmp_path / "utkast.docx"
    assert make(answers, out, kind=kind) == 0
    assert "merket gult" not in capsys.readouterr().out
    assert check.run(argparse.Namespace(file=str(out), kind=kind, json=False)) == 0
    assert f"**{found} punkter fra regelverket er funnet" in capsys.readouterr().out


def test_what_is_still_blank_is_listed(shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """... the user is told which fields to fill in, by the name that they have in the answers."""
    path = tmp_path / "svar.json"
    path.write_text('{"virksomhet": "Eksempel AS"}', encoding="utf-8")
    assert make(path, tmp_path / "plan.docx") == 0
    out = capsys.readouterr().out
    assert "  leverandor: navnet på bedriftshelsetjenesten\n" in out
    assert "  virksomhet:" not in out


def test_nothing_is_overwritten_unasked(shell: Shell, answers: Path, tmp_path: Path) -> None:
    """... --force is needed to replace a file."""
    out = tmp_path / "plan.docx"
    make(answers, out)
    with pytest.raises(UsageError, match="--force"):
        make(answers, out)
    assert make(answers, out, force=True) == 0


def test_answers_that_are_not_there_are_told(shell: Shell, tmp_path: Path) -> None:
    """... the path is in the sentence."""
    with pytest.raises(UsageError, match=r"Kan ikke lese svarene i .*borte\.toml"):
        make(tmp_path / "borte.toml", tmp_path / "plan.docx")
