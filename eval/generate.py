"""Asks the questions and writes down what came back: the answer, what was found, how sure. Nothing is judged here."""

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assistant.decide import answerability
from assistant.dialogue import Assistant
from assistant.errors import QuestionError
from eval.questions import Question
from index.embedding import Embedder
from index.hit import Hit
from index.retrieve import HybridRetriever

logger = logging.getLogger(__name__)
DEPTH = 50
FUSED = "fused"
# Each leg alone: the layer and weights that are set to 0 or 1.
_NOTHING = {"chunk_weight": 0.0, "whole_stem_weight": 0.0, "whole_gram_weight": 0.0, "profile_weight": 0.0}
_ALONE: Mapping[str, Mapping[str, float]] = {
    "stem": _NOTHING | {"chunk_weight": 1.0, "dense_weight": 0.0},
    "dense": _NOTHING | {"chunk_weight": 1.0, "stem_weight": 0.0},
    "whole_stem": _NOTHING | {"whole_stem_weight": 1.0},
    "whole_gram": _NOTHING | {"whole_gram_weight": 1.0},
    "profile": _NOTHING | {"profile_weight": 1.0},
}
LEGS = (FUSED, *_ALONE)
Ranking = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """What the assistant did with a question.

    `answer` is the contract's JSON, None when the question was not taken as one and `error` is the sentence shown. `rankings` are provision
    ids with scores, best first, at most DEPTH, by leg. `answerability` is the probability that decided, None when the question
    was settled before any search. `is_repeatable`: asked again, in another order, the answer was the same but for its latency.
    """

    question_id: str
    answer: Mapping[str, Any] | None
    error: str
    rankings: Mapping[str, Ranking]
    answerability: float | None
    is_repeatable: bool
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """Return the record as a line of generated.jsonl."""
        return {
            "id": self.question_id,
            "answer": self.answer,
            "error": self.error,
            "rankings": {leg: [[i, round(score, 6)] for i, score in ranking] for leg, ranking in self.rankings.items()},
            "answerability": self.answerability,
            "is_repeatable": self.is_repeatable,
            "seconds": round(self.seconds, 4),
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "Generated":
        """Return the record of a line of generated.jsonl."""
        return cls(
            question_id=row["id"],
            answer=row["answer"],
            error=row["error"],
            rankings={leg: tuple((i, score) for i, score in ranking) for leg, ranking in row["rankings"].items()},
            answerability=row["answerability"],
            is_repeatable=row["is_repeatable"],
            seconds=row["seconds"],
        )


def generate(
    assistant: Assistant, questions: Sequence[Question], progress: Callable[[int, int], None] | None = None
) -> list[Generated]:
    """Return what the assistant does with each question, in their order.

    Args:
        assistant: Who is asked.
        questions: What is asked.
        progress: Told how many of how many are done.
    """
    legs = _legs(assistant)
    looking = assistant.searching(legs[FUSED]) if legs else assistant
    done: list[Generated] = []
    for number, question in enumerate(questions, 1):
        begin = time.perf_counter()
        answer, error = _ask(assistant, question)
        seconds = time.perf_counter() - begin
        done.append(
            Generated(
                question_id=question.question_id,
                answer=answer,
                error=error,
                **_look(looking, legs, question),
                is_repeatable=True,
                seconds=seconds,
            )
        )
        if progress:
            progress(number, len(questions))
    return [replace(g, is_repeatable=same) for g, same in zip(done, _repeat(assistant, questions, done), strict=True)]


def _repeat(assistant: Assistant, questions: Sequence[Question], done: Sequence[Generated]) -> list[bool]:
    """Return for each question whether the same answer comes again, asked from the last to the first."""
    again = {q.question_id: _ask(assistant, q) for q in reversed(questions)}
    return [
        (_timeless(g.answer), g.error) == (_timeless(again[g.question_id][0]), again[g.question_id][1]) for g in done
    ]


def _timeless(answer: Mapping[str, Any] | None) -> dict[str, Any]:
    return {k: v for k, v in (answer or {}).items() if k != "latency_s"}


def _ask(assistant: Assistant, question: Question) -> tuple[dict[str, Any] | None, str]:
    try:
        answer = assistant.ask(question.question, question.history)
    except QuestionError as error:
        return None, str(error)
    return answer.identified(question.question_id).to_json(), ""


def _legs(assistant: Assistant) -> dict[str, HybridRetriever]:
    """Return the search as it is, and each of its legs alone; none where the assistant searches in a way of its own."""
    search = assistant.retriever
    if not isinstance(search, HybridRetriever):
        return {}
    remembering = search.tuned(embedder=Remembering(search.embedder) if search.embedder else None)
    alone = {name: remembering.tuned(replace(search.settings, **weights)) for name, weights in _ALONE.items()}  # type: ignore[arg-type]
    return {FUSED: remembering, **alone}


def _look(assistant: Assistant, legs: Mapping[str, HybridRetriever], question: Question) -> dict[str, Any]:
    """Return what each leg finds, and the probability that decides whether it is answered."""
    try:
        understood = assistant.understand(question.question, question.history)
    except QuestionError:
        return {"rankings": dict.fromkeys(legs, ()), "answerability": None}
    hits = assistant.evidence(understood)
    return {
        "rankings": {
            name: rank_provisions(leg.retrieve(understood.text, understood.expanded, DEPTH))
            for name, leg in legs.items()
        },
        "answerability": None if hits is None else round(answerability(understood, hits), 6),
    }


def rank_provisions(hits: Iterable[Hit]) -> Ranking:
    """Return the provisions of the hits with their scores, best first, each once: its texts are not told apart."""
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(hit.provision.provision_id, hit.score)
    return tuple(best.items())


class Remembering:
    """An embedder that embeds each query once: the legs and variants ask for the same ones."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, np.ndarray] = {}
        self.space, self.dimensions = embedder.space, embedder.dimensions

    def embed_query(self, text: str) -> np.ndarray:
        """Return the vector of a query, (dimensions,) float32."""
        if text not in self._known:
            self._known[text] = self._embedder.embed_query(text)
        return self._known[text]

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return the vectors of passages, (n_texts, dimensions) float32."""
        return self._embedder.embed_passages(texts)
