"""Labelled questions: what is asked, which provisions answer it, what becomes of it."""

import json
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Turn, read_turns

DATASETS = Path(__file__).with_name("datasets")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A labelled question. `relevant` maps provision ids to a grade of 1-3; empty for what must be refused."""

    question_id: str
    question: str
    history: tuple[Turn, ...]
    kind: str
    relevant: dict[str, int]
    expected_outcome: str
    expected_verdict: str | None
    must_contain: tuple[str, ...]
    must_not_contain: tuple[str, ...]


def read_questions(name: str) -> list[Question]:
    """Return the questions of a dataset, in the file's order."""
    lines = (DATASETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_read(json.loads(line)) for line in lines if line.strip()]


def _read(row: dict[str, object]) -> Question:
    return Question(
        question_id=str(row["id"]),
        question=str(row["question"]),
        history=read_turns(row.get("history") or []),
        kind=str(row["kind"]),
        relevant={str(k): int(str(v)) for k, v in dict(row["relevant"]).items()},  # type: ignore[call-overload]
        expected_outcome=str(row["expected_outcome"]),
        expected_verdict=str(row["expected_verdict"]) if row["expected_verdict"] else None,
        must_contain=tuple(row["must_contain"]),  # type: ignore[arg-type]
        must_not_contain=tuple(row["must_not_contain"]),  # type: ignore[arg-type]
    )
