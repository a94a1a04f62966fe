"""Floors for the labelled development questions. Measured figures are printed with `pytest -s`; raise a floor when they rise."""

from collections.abc import Iterable

import pytest

from assistant.answer import Answer
from eval.questions import Question, read_questions

pytestmark = pytest.mark.index

FLOORS = {
    "outcome": 0.90,
    "verdict": 0.90,
    "recall": 0.75,
    "facts": 0.75,
    "refusal precision": 0.88,
    "refusal recall": 0.88,
}
MOST_FORBIDDEN = 0
QUESTIONS = {q.question_id: q for name in ("dev60", "dev-refusal") for q in read_questions(name)}


def expects(question: Question) -> bool:
    """Return whether the question is to be answered."""
    return question.expected_outcome != "abstained"


def share(rights: Iterable[bool]) -> float:
    values = list(rights)
    return sum(values) / len(values)


def said_by(answer: Answer) -> str:
    """Return all that the user sees of an answer, folded."""
    return " ".join([answer.text, *(citation.quote for citation in answer.citations)]).lower()


@pytest.fixture(scope="module")
def pairs(answers: dict[str, Answer]) -> list[tuple[Question, Answer]]:
    return [(question, answers[name]) for name, question in QUESTIONS.items() if name in answers]


@pytest.fixture(scope="module")
def measured(pairs: list[tuple[Question, Answer]]) -> dict[str, float]:
    """Each figure of FLOORS."""
    answerable = [(q, a) for q, a in pairs if expects(q)]
    graded = [(provision, a) for q, a in answerable for provision, grade in q.relevant.items() if grade == 3]
    facts = [(fact.lower(), a) for q, a in answerable for fact in q.must_contain]
    figures = {
        "outcome": share(a.outcome == q.expected_outcome for q, a in pairs),
        "verdict": share((a.verdict.value if a.verdict else None) == q.expected_verdict for q, a in pairs),
        "recall": share(provision in {c.provision_id for c in a.citations} for provision, a in graded),
        "facts": share(fact in said_by(a) for fact, a in facts),
        "refusal precision": share(not expects(q) for q, a in pairs if a.refused),
        "refusal recall": share(a.refused for q, a in pairs if not expects(q)),
    }
    print("\n" + ", ".join(f"{name} {value:.3f}" for name, value in figures.items()))  # noqa: T201
    return figures


@pytest.mark.parametrize("name", FLOORS)
def test_the_figure_does_not_fall(measured: dict[str, float], name: str) -> None:
    assert measured[name] >= FLOORS[name], f"{name} fell to {measured[name]:.3f}"


def test_no_forbidden_claim_is_made(pairs: list[tuple[Question, Answer]]) -> None:
    """Of what the assistant says; a quote may hold the words"""
    made = [(q.question_id, claim) for q, a in pairs for claim in q.must_not_contain if claim.lower() in a.text.lower()]
    assert len(made) <= MOST_FORBIDDEN, made


def test_no_verdict_is_the_opposite_of_the_right_one(pairs: list[tuple[Question, Answer]]) -> None:
    """A missing verdict costs a figure; a wrong ja or nei misleads"""
    opposite = {"ja": "nei", "nei": "ja"}
    wrong = [
        q.question_id
        for q, a in pairs
        if q.expected_verdict in opposite and a.verdict and a.verdict.value == opposite[q.expected_verdict]
    ]
    assert wrong == []


def test_no_question_gets_a_verdict_that_cannot_have_one(pairs: list[tuple[Question, Answer]]) -> None:
    assert [q.question_id for q, a in pairs if a.verdict and not expects(q)] == []
