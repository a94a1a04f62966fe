"""The reader of questions: labels by default and given, what is no question, and the halves that ship."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Outcome, Turn
from eval import questions as module
from eval.errors import DatasetError
from eval.questions import KINDS, Question, dataset_path, read_question, read_questions

BATH, GATE, FEE = (f"lov/1999-01-02-9002/§1-{n}" for n in (1, 2, 3))
ROW: dict[str, Any] = {"id": "x-1", "question": "Må vi ha badevakt?", "expected_outcome": "answered"}
FULL: dict[str, Any] = ROW | {
    "topic": "vakt", "history": [{"role": "user", "content": "Hei"}], "kind": "follow_up", "relevant": {BATH: 3, GATE: 2, FEE: 3},
    "needed": [[BATH, GATE], [FEE]], "acceptable_outcomes": ["partial", "abstained"], "expected_verdict": "ja",
    "acceptable_verdicts": ["avhenger", None], "must_contain": ["vakt", ["200 meter", "to hundre meter"]], "must_not_contain": ["gratis"],
    "why": "Because", "source": "BAD § 1-1",
}  # fmt: skip


def write(path: Path, *rows: dict[str, Any] | str) -> str:
    """Write lines to a file and return its path."""
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_a_question_is_read_with_its_labels() -> None:
    assert read_question(FULL) == Question(
        question_id="x-1", topic="vakt", question="Må vi ha badevakt?", history=(Turn(role="user", content="Hei"),), kind="follow_up",
        relevant={BATH: 3, GATE: 2, FEE: 3}, needed=((BATH, GATE), (FEE,)), outcomes=("answered", "partial", "abstained"),
        verdicts=("ja", "avhenger", None), facts=(("vakt",), ("200 meter", "to hundre meter")), forbidden=("gratis",), why="Because",
        source="BAD § 1-1",
    )  # fmt: skip
    assert read_question(FULL).row == FULL


def test_three_labels_are_enough() -> None:
    question = read_question(ROW)
    assert (question.topic, question.kind, question.verdicts, question.outcomes) == (
        "x-1",
        "fact",
        (None,),
        ("answered",),
    )
    assert (question.relevant, question.needed, question.facts, question.forbidden, question.history) == (
        {},
        (),
        (),
        (),
        (),
    )


def test_the_best_are_alternatives_where_nothing_else_is_said() -> None:
    assert read_question(ROW | {"relevant": {FEE: 3, BATH: 3, GATE: 1}}).needed == ((BATH, FEE),)
    assert read_question(ROW | {"relevant": {BATH: 2}}).needed == ()


@pytest.mark.parametrize(
    ("outcomes", "is_answerable", "may_refuse"),
    [
        (["answered"], True, False),
        (["answered", "abstained"], True, True),
        (["abstained"], False, True),
        (["abstained", "partial"], False, True),
    ],
)
def test_what_may_be_refused_and_what_can_be_answered(
    outcomes: list[str], is_answerable: bool, may_refuse: bool
) -> None:
    question = read_question(ROW | {"expected_outcome": outcomes[0], "acceptable_outcomes": outcomes[1:]})
    assert (question.is_answerable, question.may_refuse) == (is_answerable, may_refuse)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (ROW | {"kind": "riddle"}, "ukjent kind «riddle»"),
        (ROW | {"expected_outcome": "maybe"}, "ukjent utfall"),
        (ROW | {"acceptable_outcomes": ["maybe"]}, "ukjent utfall"),
        (ROW | {"expected_verdict": "kanskje"}, "kanskje"),
        (ROW | {"relevant": {BATH: 4}}, "grader er 1, 2 eller 3"),
        (ROW | {"relevant": {BATH: 3}, "needed": [[GATE]]}, "needed må stå i relevant"),
        (ROW | {"history": [{"role": "king", "content": "Hei"}]}, "role"),
        ({"id": "x-1", "question": "Må vi?"}, "expected_outcome"),
        ('{"id": "x-1"', "linje 2"),
        ("[1, 2]", "linje 2"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_question_is_named(tmp_path: Path, row: dict[str, Any] | str, message: str) -> None:
    with pytest.raises(DatasetError, match=r"own\.jsonl, linje 2: .*eval/README\.md") as caught:
        read_questions(write(tmp_path / "own.jsonl", FULL, row))
    assert message in str(caught.value)


def test_a_file_is_read_in_order_and_blank_lines_are_none(tmp_path: Path) -> None:
    path = write(tmp_path / "own.jsonl", FULL, "", ROW | {"id": "x-2"}, "  ")
    assert [question.question_id for question in read_questions(path)] == ["x-1", "x-2"]


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="id-en x-1 står på flere linjer"):
        read_questions(write(tmp_path / "own.jsonl", ROW, ROW))


def test_a_file_that_is_not_there_is_refused_with_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="Oppgi dev, test eller en JSONL-fil"):
        read_questions(str(tmp_path / "none.jsonl"))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.jsonl").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(DatasetError, match="Kan ikke lese"):
        read_questions(str(tmp_path / "own.jsonl"))


def test_a_name_is_that_of_a_half_before_it_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DATASETS", tmp_path)
    write(tmp_path / "half.jsonl", ROW)
    assert dataset_path("half") == tmp_path / "half.jsonl"
    assert dataset_path("other") == Path("other")
    assert [q.question_id for q in read_questions("half")] == ["x-1"]


def test_the_development_half_has_every_kind_and_outcome() -> None:
    questions = read_questions("dev")
    assert {q.kind for q in questions} == set(KINDS)
    assert {q.outcomes[0] for q in questions} == {outcome.value for outcome in Outcome}
