"""Labelled questions: what is asked, what a right answer cites and says, and what becomes of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.answer import Outcome, Turn, read_turns
from corpus.document import Verdict
from eval.errors import DatasetError

DATASETS = Path(__file__).with_name("datasets")
KINDS = (
    "fact",
    "definition",
    "threshold",
    "procedure",
    "sanction",
    "duty_industry",
    "duty_situation",
    "follow_up",
    "false_premise",
    "nynorsk",
    "english",
    "typo",
    "lay",
    "address",
    "out_of_scope",
    "unanswerable",
    "injection",
    "personal_data",
)
_GRADES = (1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A labelled question.

    `relevant` maps provision ids to a grade: 3 answers by itself, 2 belongs in a good answer, 1 is related; empty for what must be
    refused. `needed` are groups of alternatives: an answer must cite one of each. A fact is a group of strings too, each as good
    as the others. `outcomes` and `verdicts` are what is right, the expected one first.
    """

    question_id: str
    topic: str
    question: str
    history: tuple[Turn, ...]
    kind: str
    relevant: Mapping[str, int]
    needed: tuple[tuple[str, ...], ...]
    outcomes: tuple[str, ...]
    verdicts: tuple[str | None, ...]
    facts: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]
    why: str = ""
    source: str = ""
    row: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_answerable(self) -> bool:
        """Whether anything but an abstention is right."""
        return self.outcomes[0] != Outcome.ABSTAINED.value

    @property
    def may_refuse(self) -> bool:
        """Whether an abstention is right."""
        return Outcome.ABSTAINED.value in self.outcomes


def dataset_path(name: str) -> Path:
    """Return the file of a dataset: one that ships, by name ("dev", "test"), or anybody's JSONL, by path."""
    shipped = DATASETS / f"{name}.jsonl"
    return shipped if shipped.is_file() else Path(name)


def read_questions(name: str) -> list[Question]:
    """Return the questions of a dataset, in the file's order.

    Args:
        name: "dev", "test", or the path of a JSONL file (eval/README.md has the format).

    Raises:
        DatasetError: The file is not there, or a line of it is no question. The message names the line.
    """
    path = dataset_path(name)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(
            f"Kan ikke lese spørsmålene i {path}: {error}. Oppgi dev, test eller en JSONL-fil."
        ) from error
    questions: list[Question] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                questions.append(read_question(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise DatasetError(
                    f"{path.name}, linje {number}: {error}. Se eval/README.md for hvordan en linje skal se ut."
                ) from error
    ids = [question.question_id for question in questions]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise DatasetError(f"{path.name}: id-en {twice[0]} står på flere linjer. Gi hvert spørsmål sin egen.")
    return questions


def read_question(row: Mapping[str, Any]) -> Question:
    """Return the question of one line.

    Raises:
        ValueError: A value is not of the kind it must be.
        KeyError: `id`, `question` or `expected_outcome` is missing.
    """
    outcomes = (row["expected_outcome"], *(row.get("acceptable_outcomes") or ()))
    verdicts = (row.get("expected_verdict"), *(row.get("acceptable_verdicts") or ()))
    relevant = {str(k): int(v) for k, v in (row.get("relevant") or {}).items()}
    kind = row.get("kind") or "fact"
    _require(kind in KINDS, f"ukjent kind «{kind}»")
    _require(all(o in set(Outcome) for o in outcomes), f"ukjent utfall blant {outcomes}")
    verdicts = tuple(None if v in (None, "null") else Verdict(v).value for v in verdicts)
    _require(all(grade in _GRADES for grade in relevant.values()), "grader er 1, 2 eller 3")
    best = tuple(sorted(i for i, grade in relevant.items() if grade == max(_GRADES)))
    needed = tuple(tuple(group) for group in row.get("needed") or ((best,) if best else ()))
    _require(all(i in relevant for group in needed for i in group), "needed må stå i relevant")
    return Question(
        question_id=str(row["id"]),
        topic=str(row.get("topic") or row["id"]),
        question=str(row["question"]),
        history=read_turns(row.get("history") or []),
        kind=kind,
        relevant=relevant,
        needed=needed,
        outcomes=tuple(outcomes),
        verdicts=verdicts,
        facts=tuple((fact,) if isinstance(fact, str) else tuple(fact) for fact in row.get("must_contain") or ()),
        forbidden=tuple(row.get("must_not_contain") or ()),
        why=str(row.get("why") or ""),
        source=str(row.get("source") or ""),
        row=row,
    )


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)
