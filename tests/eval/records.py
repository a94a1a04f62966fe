"""Invented questions, answers and texts for the measures."""

from collections.abc import Mapping, Sequence
from typing import Any

from eval.generate import Generated
from eval.questions import Question, read_question

BATH, GATE, FEE = (f"lov/1999-01-02-9002/§1-{n}" for n in (1, 2, 3))
OTHER = "forskrift/2001-02-03-9003/§4"
NOTE = "veiledning/badevakt"
TEXTS = {
    BATH: ("badeanleggloven § 1-1", "Badeverten skal ha badevakt når bassenget er åpent. Vakten skal kunne svømme 200 meter."),
    GATE: ("badeanleggloven § 1-2", "Badeverten skal holde gjerdet låst når bassenget er tomt."),
    FEE: ("badeanleggloven § 1-3", "Badeverten kan ikke kreve betaling av barn under 5 år."),
    OTHER: ("tivoliforskriften § 4", "Karusellen skal stanses når noen roper."),
}  # fmt: skip


def text_of(provision_id: str, kind: str) -> tuple[str, str] | None:
    """Return label and text of an invented provision; there are restatements only."""
    return TEXTS.get(provision_id) if kind == "gjengivelse" else None


def make_question(**changes: Any) -> Question:
    """Return a question that one provision answers, from a line of a dataset."""
    row = {
        "id": "x-1", "topic": "bad", "question": "Må vi ha badevakt?", "kind": "fact", "relevant": {BATH: 3, GATE: 1},
        "expected_outcome": "answered",
    }  # fmt: skip
    return read_question(row | changes)


def make_refusal(**changes: Any) -> Question:
    """Return a question that is to be refused."""
    return make_question(kind="out_of_scope", relevant={}, **({"expected_outcome": "abstained"} | changes))


def cite(n: int, provision_id: str = BATH, quote: str = "", portion: str = "ledd/1") -> dict[str, Any]:
    """Return a citation of a provision's quote, by default all of its text."""
    label, text = TEXTS[provision_id]
    quote = quote or text
    start = text.index(quote)
    return {
        "n": n, "label": f"{label} første ledd" if portion else label, "provision_id": provision_id, "portion": portion, "level": 1,
        "kind": "gjengivelse", "quote": quote, "start": start, "end": start + len(quote), "url": "", "in_force": None, "text_date": None,
    }  # fmt: skip


def make_answer(text: str = "", *citations: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """Return an answer of the contract, by default the text of each provision cited with its marker."""
    text = text or "\n\n".join(f"{c['quote']} [{c['n']}]" for c in citations)
    return {
        "outcome": "answered",
        "refused": False,
        "verdict": None,
        "answer": text,
        "citations": [*citations],
        "warnings": [],
    } | changes


def make_refused(**changes: Any) -> dict[str, Any]:
    """Return an abstention."""
    return make_answer("Det kan jeg ikke svare på. Spør Arbeidstilsynet.", outcome="abstained", refused=True, **changes)


def make_generated(answer: Mapping[str, Any] | None, question_id: str = "x-1", **changes: Any) -> Generated:
    """Return a record of an answer."""
    values: dict[str, Any] = {
        "question_id": question_id, "answer": answer, "error": "" if answer else "Skriv et spørsmål.", "rankings": {},
        "answerability": 0.5, "is_repeatable": True, "seconds": 0.25,
    }  # fmt: skip
    return Generated(**(values | changes))


def ranking(*provision_ids: str, scores: Sequence[float] = ()) -> tuple[tuple[str, float], ...]:
    """Return a ranking, best first."""
    return tuple(zip(provision_ids, scores or range(len(provision_ids), 0, -1), strict=True))
