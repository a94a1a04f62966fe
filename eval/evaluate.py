"""Judges what was generated against the labels. Pure: the same files give the same figures, as often as one likes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval import answers, retrieval
from eval.abstention import Scored
from eval.answers import TextOf
from eval.errors import ResultsError
from eval.generate import FUSED, Generated
from eval.questions import Question
from eval.statistics import Estimate, estimate

ALL = "all"
Values = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """The measures of one question. `legs` are those of each leg's ranking, by leg and name; empty when nothing is to be found."""

    question: Question
    generated: Generated
    values: Values
    legs: Mapping[str, Values]


def evaluate(questions: Sequence[Question], generated: Sequence[Generated], text_of: TextOf) -> list[CaseResult]:
    """Return the measures of each question, in the order of the questions.

    Args:
        questions: The labelled questions.
        generated: What came back for each of them.
        text_of: Label and text of a provision by id and kind, in the corpus that the answers were made from.

    Raises:
        ResultsError: A question has no result.
    """
    by_id = {g.question_id: g for g in generated}
    if missing := [q.question_id for q in questions if q.question_id not in by_id]:
        raise ResultsError(
            f"Resultatene mangler {len(missing)} av spørsmålene, først {missing[0]}. Kjør «bht eval run» på nytt."
        )
    legs = {
        leg: retrieval.measure_rankings(questions, {i: g.rankings[leg] for i, g in by_id.items()})
        for leg in next(iter(by_id.values())).rankings
    }
    return [
        CaseResult(
            question=q,
            generated=by_id[q.question_id],
            values=answers.measure_answer(q, by_id[q.question_id], text_of)
            | (legs[FUSED].get(q.question_id, {}) if FUSED in legs else {}),
            legs={leg: measured[q.question_id] for leg, measured in legs.items() if q.question_id in measured},
        )
        for q in questions
    ]


def topics_of(cases: Sequence[CaseResult]) -> dict[str, str]:
    """Return the topic of each question id."""
    return {case.question.question_id: case.question.topic for case in cases}


def column(cases: Sequence[CaseResult], measure: str) -> dict[str, float]:
    """Return one measure by question id, NaN where it does not apply."""
    return {case.question.question_id: case.values.get(measure, float("nan")) for case in cases}


def aggregate(cases: Sequence[CaseResult]) -> dict[tuple[str, str], Estimate]:
    """Return the estimates by group and measure: all, each kind, and each leg ("leg:stem")."""
    topics, found = topics_of(cases), {}
    measures = list(dict.fromkeys(name for case in cases for name in case.values))
    kinds = list(dict.fromkeys(case.question.kind for case in cases))
    for group, members in [(ALL, cases), *((kind, [c for c in cases if c.question.kind == kind]) for kind in kinds)]:
        for measure in measures:
            found[group, measure] = estimate(column(members, measure), topics)
    for leg in dict.fromkeys(leg for case in cases for leg in case.legs):
        for measure in retrieval.NAMES:
            values = {c.question.question_id: c.legs[leg][measure] for c in cases if leg in c.legs}
            found[f"leg:{leg}", measure] = estimate(values, topics)
    return found


def scored(cases: Sequence[CaseResult]) -> list[Scored]:
    """Return what the curve of risk is drawn from: the questions that came to a search.

    An answer would be wrong when the question is to be refused, or when the answer given cites nothing that is needed. What was refused though it
    could be answered counts by whether the search put what is needed first among its five best.
    """
    return [
        Scored(case.generated.answerability, not case.question.is_answerable, _would_be_wrong(case))
        for case in cases
        if case.generated.answerability is not None
    ]


def _would_be_wrong(case: CaseResult) -> bool:
    if not case.question.is_answerable:
        return True
    refused = case.generated.answer is None or case.generated.answer["refused"]
    measure = "Success@5" if refused else "citation_recall"
    return case.values.get(measure, 1.0) == 0.0
