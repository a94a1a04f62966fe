"""Risk against coverage: hand-computed cases."""

import math

import pytest

from eval.abstention import Point, Scored, area_under_risk, risk_coverage

# Two right answers with the best scores, one wrong, one that should be refused and would be wrong.
FOUR = [Scored(0.9, False, False), Scored(0.7, False, False), Scored(0.5, False, True), Scored(0.2, True, True)]


def test_each_score_is_a_threshold_from_the_strictest() -> None:
    assert risk_coverage(FOUR) == [
        Point(0.9, 0.25, 0.0, 1 / 3, 1.0),
        Point(0.7, 0.5, 0.0, 0.5, 1.0),
        Point(0.5, 0.75, pytest.approx(1 / 3), 1.0, 1.0),
        Point(0.2, 1.0, 0.5, pytest.approx(float("nan"), nan_ok=True), 0.0),
    ]


def test_equal_scores_are_answered_together() -> None:
    points = risk_coverage([Scored(0.5, False, False), Scored(0.5, False, True), Scored(0.1, True, True)])
    assert [(p.coverage, p.risk) for p in points] == [(pytest.approx(2 / 3), 0.5), (1.0, pytest.approx(2 / 3))]


def test_nothing_to_refuse_leaves_recall_undefined() -> None:
    (point,) = risk_coverage([Scored(0.5, False, False)])
    assert math.isnan(point.refusal_recall)
    assert math.isnan(point.refusal_precision)


def test_the_area_is_the_mean_risk_over_coverage() -> None:
    """A quarter each at 0, 0, 1/3 and 1/2"""
    assert area_under_risk(risk_coverage(FOUR)) == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)


def test_a_score_that_tells_right_from_wrong_has_the_smaller_area() -> None:
    turned = [Scored(1 - s.score, s.to_refuse, s.is_wrong) for s in FOUR]
    assert area_under_risk(risk_coverage(FOUR)) < area_under_risk(risk_coverage(turned))


def test_nothing_scored_has_no_points_and_no_area() -> None:
    assert risk_coverage([]) == []
    assert math.isnan(area_under_risk([]))
