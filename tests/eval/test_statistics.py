"""Intervals and tests, by hand."""

import math

import pytest

from eval.statistics import Estimate, difference, estimate

NAN = float("nan")


def alone(values: dict[str, float]) -> dict[str, str]:
    """Return topics of one question each."""
    return {i: i for i in values}


def spread(count: int, shares: float) -> dict[str, float]:
    """Return ones and zeros, this share of them ones."""
    return {f"q{n:03}": float(n < count * shares) for n in range(count)}


def test_the_mean_is_over_questions_not_topics() -> None:
    """Three questions of one topic right, one of another wrong: three of four"""
    values = {"a1": 1.0, "a2": 1.0, "a3": 1.0, "b1": 0.0}
    found = estimate(values, {"a1": "a", "a2": "a", "a3": "a", "b1": "b"})
    assert (found.mean, found.count) == (0.75, 4)


def test_what_does_not_apply_is_left_out() -> None:
    found = estimate({"a": 1.0, "b": NAN, "c": 0.0}, {})
    assert (found.mean, found.count) == (0.5, 2)


@pytest.mark.parametrize("values", [{}, {"a": NAN}], ids=["nothing", "nothing that applies"])
def test_nothing_measured_is_no_number(values: dict[str, float]) -> None:
    found = estimate(values, alone(values))
    assert found.count == 0
    assert all(math.isnan(x) for x in (found.mean, found.low, found.high))
    assert str(found) == "-"


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.93, 1.0])
def test_the_interval_holds_the_mean(share: float) -> None:
    found = estimate(spread(60, share), {})
    assert found.low <= found.mean <= found.high
    assert found.mean == pytest.approx(share, abs=0.01)
    assert (found.low == found.high) is (share in (0.0, 1.0))


def test_the_interval_is_about_that_of_the_normal_distribution() -> None:
    """Half of 100: .5 give or take 1.96 * sqrt(.25 / 100) = .098"""
    found = estimate(spread(100, 0.5), {})
    assert (found.low, found.high) == pytest.approx((0.402, 0.598), abs=0.02)


def test_questions_that_go_together_by_topic_widen_the_interval() -> None:
    """Ten topics of ten, each all right or all wrong, tell as much as ten questions"""
    values = {f"t{t}-{n}": float(t % 2) for t in range(10) for n in range(10)}
    together = estimate(values, {i: i.split("-")[0] for i in values})
    apart = estimate(values, alone(values))
    assert together.mean == apart.mean == 0.5
    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_one_topic_alone_has_no_interval() -> None:
    assert estimate({"a": 1.0, "b": 0.0}, {"a": "t", "b": "t"}) == Estimate(0.5, 0.5, 0.5, 2)


def test_the_same_values_give_the_same_interval_in_any_order() -> None:
    values = spread(40, 0.3)
    assert estimate(values, {}) == estimate(dict(reversed(values.items())), {})


def test_a_clear_difference_is_hardly_chance() -> None:
    a, b = spread(40, 0.5), spread(40, 0.8)
    found = difference(a, b, alone(a))
    assert found.mean == pytest.approx(0.3)
    assert (found.better, found.worse, found.count) == (12, 0, 40)
    assert found.p < 0.05
    assert found.low > 0


def test_no_difference_is_all_chance() -> None:
    a = spread(40, 0.5)
    found = difference(a, dict(a), alone(a))
    assert (found.mean, found.better, found.worse, found.p) == (0.0, 0, 0, 1.0)


def test_as_much_better_as_worse_is_chance() -> None:
    a = spread(40, 0.5)
    b = {i: 1 - value for i, value in a.items()}
    found = difference(a, b, alone(a))
    assert (found.mean, found.better, found.worse) == (0.0, 20, 20)
    assert found.p > 0.8


@pytest.mark.parametrize(("right", "p"), [(3, 0.25), (5, 0.0625), (8, 0.0078)])
def test_the_p_value_is_that_of_the_signs(right: int, p: float) -> None:
    """N topics all better: 2 of the 2**n ways to give signs are as far out"""
    a = {f"q{n}": 0.0 for n in range(right)}
    b = dict.fromkeys(a, 1.0)
    assert difference(a, b, alone(a)).p == pytest.approx(p, abs=0.03)


def test_a_difference_within_one_topic_proves_nothing() -> None:
    a, b = spread(40, 0.0), spread(40, 1.0)
    assert difference(a, b, dict.fromkeys(a, "the same")).p == 1.0


def test_b_is_compared_with_a_where_both_have_a_value() -> None:
    found = difference({"x": 1.0, "y": 0.0, "z": NAN}, {"x": 0.0, "y": NAN, "z": 1.0, "w": 1.0}, {})
    assert (found.count, found.mean, found.better, found.worse) == (1, -1.0, 0, 1)


def test_nothing_in_common_is_no_number() -> None:
    found = difference({"x": 1.0}, {"y": 1.0}, {})
    assert found.count == 0
    assert math.isnan(found.mean)
    assert math.isnan(found.p)
