"""The labelled questions: read whole, consistent, and about provisions that exist."""

import json
from pathlib import Path

import pytest

from assistant.answer import Outcome, Turn
from corpus.document import Verdict
from corpus.library import Library
from eval import questions as module
from eval.questions import DATASETS, Question, read_questions

NAMES = sorted(path.stem for path in DATASETS.glob("*.jsonl"))
QUESTIONS = [question for name in NAMES for question in read_questions(name)]
ROW = {
    "id": "x-1", "question": "Må vi ha badevakt?", "history": [{"role": "user", "content": "Hei"}], "kind": "fact",
    "relevant": {"lov/1999-01-02-9002/§1-1": 3}, "expected_outcome": "answered", "expected_verdict": "ja", "must_contain": ["skal"],
    "must_not_contain": [],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "DATASETS", tmp_path)
    return tmp_path


def test_a_question_is_read_with_its_labels(folder: Path) -> None:
    (folder / "own.jsonl").write_text(f"{json.dumps(ROW)}\n\n", encoding="utf-8")
    assert read_questions("own") == [
        Question(
            question_id="x-1", question="Må vi ha badevakt?", history=(Turn(role="user", content="Hei"),), kind="fact",
            relevant={"lov/1999-01-02-9002/§1-1": 3}, expected_outcome="answered", expected_verdict="ja", must_contain=("skal",),
            must_not_contain=(),
        )
    ]  # fmt: skip


def test_a_question_without_history_or_verdict_is_read(folder: Path) -> None:
    row = {key: value for key, value in ROW.items() if key != "history"} | {"expected_verdict": None}
    (folder / "own.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (question,) = read_questions("own")
    assert (question.history, question.expected_verdict) == ((), None)


def test_there_are_enough_questions_of_every_kind() -> None:
    assert {"dev60", "dev-refusal"} <= set(NAMES)
    assert len(QUESTIONS) >= 150
    assert len({question.kind for question in QUESTIONS}) >= 15


def test_ids_and_questions_are_unique() -> None:
    assert len({q.question_id for q in QUESTIONS}) == len(QUESTIONS)
    assert len({(q.question, q.history) for q in QUESTIONS}) == len(QUESTIONS)


def test_labels_are_values_of_the_contract() -> None:
    assert {q.expected_outcome for q in QUESTIONS} <= {outcome.value for outcome in Outcome}
    assert {q.expected_verdict for q in QUESTIONS} <= {None, *(verdict.value for verdict in Verdict)}


def test_relevant_provisions_are_in_the_core_and_in_force(library: Library) -> None:
    assert [
        (q.question_id, p) for q in QUESTIONS for p in q.relevant if p not in library.known or library.find(p).repealed
    ] == []
    assert {grade for q in QUESTIONS for grade in q.relevant.values()} <= {1, 2, 3}


def test_what_must_be_refused_has_nothing_to_cite_and_the_rest_has() -> None:
    """One question is to be corrected from general knowledge of what the list is about"""
    wrong = [q.question_id for q in QUESTIONS if bool(q.relevant) is (q.expected_outcome == "abstained")]
    assert wrong == []
    ungraded = [q.question_id for q in QUESTIONS if q.relevant and 3 not in q.relevant.values()]
    assert ungraded == ["dev-068"]


def test_a_demand_is_no_prohibition() -> None:
    assert [q.question_id for q in QUESTIONS if set(q.must_contain) & set(q.must_not_contain)] == []
