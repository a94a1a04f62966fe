"""The figures on labelled questions: hand-computed cases, and the cases where there is nothing to count."""

import math
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.answer import Answer, Citation, Outcome, Turn
from assistant.errors import QuestionError
from corpus.address import Portion
from corpus.document import Kind, Level, Verdict
from eval.measure import Figures, measure
from eval.questions import Question

LAW, OTHER = "lov/1999-01-02-9002/§1-1", "lov/1999-01-02-9002/§1-2"


def make_question(name: str, **fields: Any) -> Question:
    """Return a labelled question, by default one that the law answers."""
    values = {
        "history": (), "kind": "fact", "relevant": {LAW: 3}, "expected_outcome": "answered", "expected_verdict": None,
        "must_contain": (), "must_not_contain": (),
    }  # fmt: skip
    return Question(question_id=name, question=name, **(values | fields))


def make_answer(
    text: str = "Svar.", *provisions: str, outcome: Outcome = Outcome.ANSWERED, verdict: Verdict | None = None
) -> Answer:
    """Return an answer that cites the provisions."""
    citations = tuple(
        Citation(
            n=n, label="§", provision_id=provision, portion=Portion(), level=Level.LAW, kind=Kind.RESTATEMENT, quote="x", start=0,
            end=1, url="", in_force=date(2000, 1, 1), text_date=None,
        )
        for n, provision in enumerate(provisions, 1)
    )  # fmt: skip
    return Answer(question="", standalone_question="", outcome=outcome, text=text, verdict=verdict, citations=citations)


REFUSAL = make_answer("Vet ikke.", outcome=Outcome.ABSTAINED)
TO_REFUSE = {"relevant": {}, "expected_outcome": "abstained"}


class Answering:
    """An assistant with set answers by question; None is no question to it."""

    def __init__(self, **answers: Answer | None) -> None:
        self.answers = answers

    def ask(self, question: str, history: tuple[Turn, ...] = ()) -> Answer:
        """Return the answer."""
        answer = self.answers[question]
        if answer is None:
            raise QuestionError("Jeg finner ingen ord i spørsmålet.")
        return answer


def figures(questions: list[Question], **answers: Answer | None) -> Figures:
    """Return the figures of an assistant with set answers."""
    return measure(Answering(**answers), questions)  # type: ignore[arg-type]


def test_a_mixed_lot_is_counted_by_hand() -> None:
    """Three to answer (one right, one wrongly refused, one with the wrong verdict) and two to refuse (one answered)"""
    questions = [
        make_question("a", must_contain=("40 timer", "skriftlig"), expected_verdict="ja"),
        make_question("b", must_contain=("30",)),
        make_question("c", relevant={LAW: 3, OTHER: 2}, expected_verdict="nei", must_not_contain=("dere må", "alltid")),
        make_question("d", **TO_REFUSE),
        make_question("e", **TO_REFUSE, must_not_contain=("banan",)),
    ]
    measured = figures(
        questions,
        a=make_answer("Ja, 40 TIMER.", LAW, verdict=Verdict.YES),
        b=REFUSAL,
        c=make_answer("Dere må det.", OTHER, verdict=Verdict.YES),
        d=REFUSAL,
        e=make_answer("BANAN.", LAW),
    )
    assert measured == Figures(
        questions=5, outcome=pytest.approx(3 / 5), verdict=pytest.approx(4 / 5), recall=pytest.approx(1 / 3),
        facts=pytest.approx(1 / 3), forbidden=2, refusal_precision=pytest.approx(1 / 2), refusal_recall=pytest.approx(1 / 2),
    )  # fmt: skip


def test_one_provision_of_grade_three_is_enough() -> None:
    question = make_question("a", relevant={LAW: 3, OTHER: 3})
    assert figures([question], a=make_answer("Svar.", OTHER)).recall == 1.0
    assert figures([question], a=make_answer("Svar.")).recall == 0.0


def test_a_question_without_a_provision_of_grade_three_does_not_count_in_the_recall() -> None:
    questions = [make_question("a"), make_question("b", relevant={LAW: 2})]
    assert figures(questions, a=make_answer("Svar.", LAW), b=make_answer("Svar.", LAW)).recall == 1.0


def test_what_is_no_question_to_the_assistant_counts_as_refused() -> None:
    measured = figures([make_question("a", **TO_REFUSE), make_question("b")], a=None, b=None)
    assert (measured.outcome, measured.recall) == (0.5, 0.0)
    assert (measured.refusal_precision, measured.refusal_recall) == (0.5, 1.0)


def test_what_was_not_asked_for_is_not_a_number() -> None:
    measured = figures([make_question("a")], a=make_answer("Svar.", LAW))
    assert math.isnan(measured.facts)
    assert math.isnan(measured.refusal_precision)
    assert math.isnan(measured.refusal_recall)
    nothing = figures([])
    assert (nothing.questions, nothing.forbidden) == (0, 0)
    assert all(math.isnan(value) for value in (nothing.outcome, nothing.verdict, nothing.recall, nothing.facts))


def test_the_history_goes_with_the_question() -> None:
    seen: list[tuple[Turn, ...]] = []

    class Listening(Answering):
        def ask(self, question: str, history: tuple[Turn, ...] = ()) -> Answer:
            seen.append(history)
            return super().ask(question, history)

    history = (Turn(role="user", content="Hei"),)
    measure(Listening(a=make_answer()), [replace(make_question("a"), history=history)])  # type: ignore[arg-type]
    assert seen == [history]
