"""Judging: each question by its own result, groups for the tables, and what the curve of risk is drawn from."""

import math

import pytest

from eval.abstention import Scored
from eval.errors import ResultsError
from eval.evaluate import aggregate, column, evaluate, scored, topics_of
from eval.generate import Generated
from eval.retrieval import NAMES
from tests.eval.records import (
    BATH,
    OTHER,
    cite,
    make_answer,
    make_generated,
    make_question,
    make_refusal,
    make_refused,
    ranking,
    text_of,
)  # fmt: skip

QUESTIONS = [
    make_question(id="a", topic="vakt"),
    make_question(id="b", topic="vakt", kind="lay"),
    make_refusal(id="c", topic="vær"),
]


def generated(question_id: str, answer: dict | None, *found: str, **changes: object) -> Generated:  # type: ignore[type-arg]
    """Return a record with the same ranking by two legs."""
    return make_generated(
        answer, question_id, rankings={"fused": ranking(*found), "stem": ranking(*found[::-1])}, **changes
    )


RIGHT = [
    generated("c", make_refused(), OTHER, answerability=0.1),
    generated("b", make_answer("", cite(1, OTHER)), OTHER, BATH, answerability=0.6),
    generated("a", make_answer("", cite(1)), BATH, OTHER, answerability=0.9),
]


def test_each_question_is_judged_by_its_own_result_in_the_order_of_the_questions() -> None:
    cases = evaluate(QUESTIONS, RIGHT, text_of)
    assert [case.question.question_id for case in cases] == ["a", "b", "c"]
    assert [case.values["citation_recall"] for case in cases[:2]] == [1.0, 0.0]
    assert cases[0].values["RR@10"] == 1.0
    assert cases[0].legs["stem"]["RR@10"] == 0.5
    assert cases[2].legs == {}


def test_judging_twice_gives_the_same() -> None:
    assert repr(evaluate(QUESTIONS, RIGHT, text_of)) == repr(evaluate(QUESTIONS, RIGHT, text_of))


def test_a_question_without_a_result_is_an_error_that_names_it() -> None:
    with pytest.raises(ResultsError, match=r"mangler 1 av spørsmålene, først c\."):
        evaluate(QUESTIONS, RIGHT[1:], text_of)


def test_a_column_is_by_question_and_nan_where_a_measure_does_not_apply() -> None:
    recall = column(evaluate(QUESTIONS, RIGHT, text_of), "citation_recall")
    assert (recall["a"], recall["b"]) == (1.0, 0.0)
    assert math.isnan(recall["c"])
    assert math.isnan(column(evaluate(QUESTIONS, RIGHT, text_of), "R@5")["c"])


def test_groups_are_all_each_kind_and_each_leg() -> None:
    cases = evaluate(QUESTIONS, RIGHT, text_of)
    found = aggregate(cases)
    assert {group for group, _ in found} == {"all", "fact", "lay", "out_of_scope", "leg:fused", "leg:stem"}
    assert (found["all", "citation_recall"].mean, found["all", "citation_recall"].count) == (0.5, 2)
    assert found["lay", "citation_recall"].mean == 0.0
    assert found["out_of_scope", "citation_recall"].count == 0
    assert found["leg:stem", "RR@10"].mean == pytest.approx(0.75)
    assert {measure for group, measure in found if group == "leg:stem"} == set(NAMES)
    assert topics_of(cases) == {"a": "vakt", "b": "vakt", "c": "vær"}


def test_the_curve_is_drawn_from_what_came_to_a_search() -> None:
    """Wrong: what cites nothing that is needed, and any answer to what is to be refused"""
    assert scored(evaluate(QUESTIONS, RIGHT, text_of)) == [
        Scored(0.9, False, False), Scored(0.6, False, True), Scored(0.1, True, True),
    ]  # fmt: skip
    settled = [generated(g.question_id, dict(g.answer or {}), BATH, answerability=None) for g in RIGHT]
    assert scored(evaluate(QUESTIONS, settled, text_of)) == []


def test_what_was_refused_though_it_could_be_answered_counts_by_what_was_found() -> None:
    refused = [generated("a", make_refused(), BATH), generated("b", make_refused(), OTHER), RIGHT[0]]
    assert [s.is_wrong for s in scored(evaluate(QUESTIONS, refused, text_of))[:2]] == [False, True]
