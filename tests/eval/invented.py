"""Invented questions with what came back for them, and runs of them on disk."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from eval import report
from eval.evaluate import CaseResult, evaluate
from eval.generate import LEGS, Generated
from eval.output import Run, write_generated, write_results
from eval.questions import Question, read_question
from eval.results import Judged, hash_dataset, identify

BATHS, FAIR = "lov/1999-01-02-9002/§1-1", "forskrift/1999-01-02-9003/§2-1"
TEXT = "Badevakt skal være til stede når badet er åpent. Vakten skal være minst 18 år."
RETRIEVAL = {"stem_weight": 0.25, "support": 0.2}


def make_question(question_id: str = "q1", **labels: Any) -> Question:
    """Return a question on the invented act; what is not said is about a fact that is answered."""
    row = {
        "id": question_id, "question": f"Trenger vi badevakt ({question_id})?", "topic": labels.pop("topic", question_id), "kind": "fact",
        "relevant": {BATHS: 3}, "expected_outcome": "answered", "must_contain": ["18 år"], "must_not_contain": ["16 år"],
    }  # fmt: skip
    return read_question(row | labels)


def make_refused(question_id: str, **labels: Any) -> Question:
    """Return a question that must be refused."""
    refused = {"kind": "out_of_scope", "relevant": {}, "must_contain": [], "expected_outcome": "abstained"}
    return make_question(question_id, **refused | labels)


def make_generated(question_id: str = "q1", **changes: Any) -> Generated:
    """Return a right answer to a question of `make_question`; `answer` changes parts of it."""
    quote = TEXT.split(". ")[1]
    answer = {
        "outcome": "answered", "refused": False, "verdict": None, "answer": f"**{quote}** [1]\n\nSpør gjerne om mer.",
        "citations": [{
            "n": 1, "provision_id": BATHS, "portion": "", "kind": "gjengivelse", "label": "badeloven § 1-1", "quote": quote,
            "start": TEXT.index(quote), "end": len(TEXT),
        }],
    }  # fmt: skip
    ranking = ((BATHS, 1.0), (FAIR, 0.5))
    values = {
        "question_id": question_id, "answer": answer | changes.pop("answer", {}), "error": "",
        "rankings": dict.fromkeys(LEGS, ranking), "answerability": 0.9, "is_repeatable": True, "seconds": 0.02,
    }  # fmt: skip
    return Generated(**values | changes)


def make_refusal(question_id: str, **changes: Any) -> Generated:
    """Return an abstention."""
    refused = {"outcome": "abstained", "refused": True, "citations": [], "answer": "Det har jeg ikke kilder til."}
    return make_generated(question_id, **{"answer": refused, "answerability": 0.2} | changes)


def text_of(provision_id: str, kind: str) -> tuple[str, str] | None:
    """Return label and text of the one provision there is."""
    return ("badeloven § 1-1", TEXT) if (provision_id, kind) == (BATHS, "gjengivelse") else None


def judge(questions: Sequence[Question], generated: Sequence[Generated]) -> list[CaseResult]:
    """Return the measures by the invented act."""
    return evaluate(questions, generated, text_of)


def with_values(values: Mapping[str, Mapping[str, float]]) -> list[CaseResult]:
    """Return cases with these measures, by question id; each is a topic of its own."""
    return [
        CaseResult(question=make_question(i), generated=make_generated(i), values=dict(found), legs={})
        for i, found in values.items()
    ]


def as_run(cases: Sequence[CaseResult], folder: str = "a", dataset: str = "dev", **settings: Any) -> Judged:
    """Return cases as a judged run in memory."""
    described = {"dataset": dataset, "corpus_hash": "c0ffee", "retrieval": RETRIEVAL, **settings}
    run = Run(folder=Path(folder), settings=described, generated=tuple(c.generated for c in cases))
    return Judged(run=run, cases=tuple(cases))


def write_dataset(path: Path, questions: Sequence[Question]) -> Path:
    """Write questions as JSONL."""
    path.write_text("".join(json.dumps(dict(q.row)) + "\n" for q in questions), encoding="utf-8")
    return path


def write_run(folder: Path, dataset: Path, questions: Sequence[Question], generated: Sequence[Generated]) -> Path:
    """Write a judged run of a dataset."""
    settings = {
        "dataset": identify(str(dataset)), "dataset_hash": hash_dataset(str(dataset)), "corpus_hash": "c0ffee",
        "time": "2026-01-02T03:04:05+00:00", "versions": {"numpy": "2"}, "machine": "en maskin", "python": "3.11", "retrieval": RETRIEVAL,
    }  # fmt: skip
    write_generated(folder, settings, generated)
    write_results(folder, judge(questions, generated))
    return folder


def undraw(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the plots of reports blank: drawing takes most of the time, and most tests do not look at them."""
    for name in ("plot_estimates", "plot_risk", "plot_histogram"):
        monkeypatch.setattr(report, name, lambda *_, **__: "<svg></svg>")
