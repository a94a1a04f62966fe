"""Floors for the labelled development questions. The measured figures are shown by `pytest -s`; raise a floor when they rise."""

from dataclasses import asdict

import pytest

from assistant.answer import Answer, Turn
from assistant.errors import QuestionError
from eval.measure import Figures, measure
from eval.questions import Question, read_questions

pytestmark = pytest.mark.index

# A little below what was measured on 2026-11-22.
FLOORS = {
    "dev60": {
        "outcome": 0.90,
        "verdict": 0.91,
        "recall": 0.80,
        "facts": 0.80,
        "refusal_precision": 0.80,
        "refusal_recall": 0.84,
    },
    "dev-refusal": {"outcome": 0.95, "verdict": 1.0, "refusal_recall": 0.95},
}
MOST_FORBIDDEN = 0
NAMES = list(FLOORS)


class Remembering:
    """The answers already given, as an assistant: no question is asked twice for its figures."""

    def __init__(self, questions: list[Question], answers: dict[str, Answer]) -> None:
        self._answers = {(q.question, q.history): answers.get(q.question_id) for q in questions}

    def ask(self, question: str, history: tuple[Turn, ...]) -> Answer:
        """Return the answer that was given."""
        answer = self._answers[question, history]
        if answer is None:
            raise QuestionError("Jeg finner ingen ord i spørsmålet.")
        return answer


@pytest.fixture(scope="module")
def measured(answers: dict[str, Answer]) -> dict[str, Figures]:
    """The figures of each dataset."""
    figures = {}
    for name in NAMES:
        questions = read_questions(name)
        figures[name] = measure(Remembering(questions, answers), questions)  # type: ignore[arg-type]
        print(f"\n{name}: {figures[name]}")  # noqa: T201
    return figures


@pytest.mark.parametrize(
    ("dataset", "figure"), [(name, figure) for name, floors in FLOORS.items() for figure in floors]
)
def test_the_figure_does_not_fall(measured: dict[str, Figures], dataset: str, figure: str) -> None:
    assert asdict(measured[dataset])[figure] >= FLOORS[dataset][figure]


@pytest.mark.parametrize("dataset", NAMES)
def test_no_forbidden_claim_is_made(measured: dict[str, Figures], dataset: str) -> None:
    assert measured[dataset].forbidden <= MOST_FORBIDDEN


@pytest.fixture(scope="module")
def pairs(answers: dict[str, Answer]) -> list[tuple[Question, Answer]]:
    """The questions with their answers."""
    return [(q, answers[q.question_id]) for name in NAMES for q in read_questions(name) if q.question_id in answers]


def test_no_verdict_is_the_opposite_of_the_right_one(pairs: list[tuple[Question, Answer]]) -> None:
    """A missing verdict costs a figure; a wrong ja or nei misleads"""
    opposite = {"ja": "nei", "nei": "ja"}
    given = [(q.question_id, q.expected_verdict, a.verdict.value) for q, a in pairs if q.expected_verdict and a.verdict]
    assert len(given) > 10
    assert [row for row in given if opposite.get(row[1]) == row[2]] == []


def test_no_verdict_is_given_where_nothing_can_be_answered(pairs: list[tuple[Question, Answer]]) -> None:
    assert [q.question_id for q, a in pairs if a.verdict and q.expected_outcome == "abstained"] == []
