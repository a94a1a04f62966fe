"""Passages and questions to a task, on invented articles in NorQuAD's format."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.errors import DatasetError
from eval.outside import norquad
from eval.outside.norquad import norquad_folder, read_task

PASSAGES = [
    {"id": "p1", "title": "Badevakta", "text": "Badevakta sitter i en høy stol."},
    {"id": "p2", "title": "Karusellen", "text": "Karusellen har tolv hester."},
    {"id": "p3", "title": "Badevakta", "text": "Om vinteren er bassenget tomt."},
]
QUESTIONS = [
    {"id": "q1", "question": "Hvor mange dyr?", "gold": "p2"},
    {"id": "q2", "question": "når er bassenget tomt", "gold": "p3"},
]
Fill = Callable[..., Path]


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    def fill(passages: object = PASSAGES, questions: object = QUESTIONS) -> Path:
        for name, rows in (("passages", passages), ("questions", questions)):
            lines = (json.dumps(row, ensure_ascii=False) for row in rows)  # type: ignore[attr-defined]
            (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
        return tmp_path

    return fill


def test_an_article_is_a_document(fill: Fill) -> None:
    documents = read_task(fill()).documents
    assert [document.title for document in documents] == ["Badevakta", "Karusellen"]
    assert [p.provision_id for p in documents[0]] == ["norquad/p1", "norquad/p3"]


def test_a_passage_is_whole_under_its_articles_title(fill: Fill) -> None:
    first = read_task(fill()).documents[0].provisions[0]
    assert (first.heading, first.text) == ("Badevakta", PASSAGES[0]["text"])
    assert [(s.start, s.end) for s in first.segments] == [(0, len(first.text))]


def test_a_question_knows_its_passage_and_what_it_shares_with_it(fill: Fill) -> None:
    task = read_task(fill())
    assert [(q.query_id, q.expected) for q in task.queries] == [("q1", "norquad/p2"), ("q2", "norquad/p3")]
    assert [q.shared for q in task.queries] == [0.0, 0.75]
    assert task.topics == {"q1": "norquad-1", "q2": "norquad-0"}


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="BHT_REFERENCE"):
        read_task(tmp_path / "borte")


def test_a_question_on_no_passage_is_an_error(fill: Fill) -> None:
    with pytest.raises(DatasetError, match="p9"):
        read_task(fill(questions=[{"id": "q1", "question": "Hva?", "gold": "p9"}]))


def test_a_damaged_line_is_an_error(fill: Fill) -> None:
    folder = fill()
    (folder / "questions.jsonl").write_text('{"id": "q1"', encoding="utf-8")
    with pytest.raises(DatasetError):
        read_task(folder)


def test_the_folder_is_beside_the_reference(tmp_path: Path) -> None:
    assert norquad_folder({"BHT_REFERENCE": str(tmp_path / "reference")}) == tmp_path / "norquad"
    assert norquad_folder({}).parts[-2:] == ("shared", "norquad")


def test_the_command_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BHT_REFERENCE", str(tmp_path / "reference"))
    assert norquad.main() == 1
    assert "NorQuAD" in capsys.readouterr().err
