"""The records of a talk: a turn, a citation, an answer, and the contract they are written out in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from corpus.address import Portion
from corpus.document import Kind, Level, Provision, Verdict


class Outcome(StrEnum):
    """What became of a question. The values stand in the product's output."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    ASKS_BACK = "asks_back"
    CORRECTED = "corrected"
    ABSTAINED = "abstained"


class Engine(StrEnum):
    """Who writes an answer: the product from its sources' own words, or a language model of the user's."""

    EXTRACTIVE = "extractive"
    LLM = "llm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message of a talk. `role` is "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An exact quote and where it stands. `start` and `end` are half-open offsets in the text of the provision and kind.

    `n` is the number of the marker in the answer, from 1.
    """

    n: int
    label: str
    provision_id: str
    portion: Portion
    level: Level
    kind: Kind
    quote: str
    start: int
    end: int
    url: str
    in_force: date | None
    text_date: date | None

    def to_json(self) -> dict[str, Any]:
        """Return the citation as the contract writes it."""
        return {
            "n": self.n,
            "label": self.label,
            "provision_id": self.provision_id,
            "portion": self.portion.path,
            "level": int(self.level),
            "kind": self.kind.value,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "url": self.url,
            "in_force": self.in_force.isoformat() if self.in_force else None,
            "text_date": self.text_date.isoformat() if self.text_date else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """A provision near the question, named when the assistant abstains."""

    provision_id: str
    label: str
    heading: str
    url: str

    @classmethod
    def of(cls, provision: Provision) -> "Nearest":
        """Return the reference to a provision."""
        return cls(
            provision_id=provision.provision_id, label=provision.label, heading=provision.heading, url=provision.url
        )

    def to_json(self) -> dict[str, str]:
        """Return the reference as the contract writes it."""
        return {"provision_id": self.provision_id, "label": self.label, "heading": self.heading, "url": self.url}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question. `text` is Markdown with [1] markers, each the `n` of a citation.

    `engine` is who wrote the text: the model only when a sentence of its own stands in it.
    """

    question: str
    standalone_question: str
    outcome: Outcome
    text: str
    verdict: Verdict | None = None
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    warnings: tuple[str, ...] = ()
    follow_up_question: str | None = None
    choices: tuple[str, ...] = ()
    question_id: str | None = None
    engine: Engine = Engine.EXTRACTIVE
    latency_seconds: float = field(default=0.0, compare=False)

    @property
    def refused(self) -> bool:
        """Whether the assistant abstained."""
        return self.outcome is Outcome.ABSTAINED

    def identified(self, question_id: str | None) -> "Answer":
        """Return the answer with the id of a batch line."""
        return replace(self, question_id=question_id)

    def to_json(self) -> dict[str, Any]:
        """Return the answer as the contract writes it (README, the answer)."""
        return {
            "id": self.question_id,
            "question": self.question,
            "standalone_question": self.standalone_question,
            "outcome": self.outcome.value,
            "refused": self.refused,
            "verdict": self.verdict.value if self.verdict else None,
            "answer": self.text,
            "citations": [citation.to_json() for citation in self.citations],
            "nearest": [nearest.to_json() for nearest in self.nearest],
            "warnings": list(self.warnings),
            "follow_up_question": self.follow_up_question,
            "engine": self.engine.value,
            "latency_s": round(self.latency_seconds, 4),
        }


def read_turns(rows: Any) -> tuple[Turn, ...]:
    """Return the turns of a history given as JSON.

    Raises:
        ValueError: It is not a list of objects with role and content.
    """
    if not isinstance(rows, list):
        raise ValueError("history must be a list")
    turns = []
    for row in rows:
        if (
            not isinstance(row, Mapping)
            or row.get("role") not in ("user", "assistant")
            or not isinstance(row.get("content"), str)
        ):
            raise ValueError("each turn needs role (user or assistant) and content")
        turns.append(Turn(role=row["role"], content=row["content"]))
    return tuple(turns)


def last_answer(answers: Iterable[Answer]) -> Answer:
    """Return the whole answer of a stream, which is its last.

    Raises:
        ValueError: The stream was empty.
    """
    *_, last = answers
    return last
