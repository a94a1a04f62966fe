"""Fusion of the legs."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import fuse, normalise

SCORES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-1e6, 1e6), max_size=8)
WEIGHTS = st.floats(0.01, 10)
LEGS = st.lists(st.tuples(SCORES, WEIGHTS), max_size=4)


def close(one: dict[str, float], other: dict[str, float]) -> bool:
    return one.keys() == other.keys() and all(math.isclose(one[k], other[k], abs_tol=1e-9) for k in one)


@pytest.mark.parametrize(
    ("scores", "normalised"),
    [
        pytest.param({"a": 2.0, "b": 4.0, "c": 3.0}, {"a": 0.0, "b": 1.0, "c": 0.5}, id="worst 0, best 1"),
        pytest.param({"a": -1.0, "b": 1.0}, {"a": 0.0, "b": 1.0}, id="negative"),
        pytest.param({"a": 0.7, "b": 0.7}, {"a": 1.0, "b": 1.0}, id="equal"),
        pytest.param({"a": 5.0}, {"a": 1.0}, id="one"),
        pytest.param({}, {}, id="none"),
    ],
)
def test_scores_are_mapped_to_the_unit_interval(scores: dict[str, float], normalised: dict[str, float]) -> None:
    assert normalise(scores) == normalised


def test_fusion_is_the_weighted_sum_of_the_normalised_legs() -> None:
    stems, dense = {"a": 10.0, "b": 5.0, "c": 0.0}, {"b": 0.9, "d": 0.8}
    fused = fuse((stems, dense), (0.25, 0.75))
    assert fused == pytest.approx({"a": 0.25, "b": 0.125 + 0.75, "c": 0.0, "d": 0.0})


def test_a_leg_without_weight_adds_no_candidate() -> None:
    assert fuse(({"a": 1.0}, {"b": 1.0}), (1.0, 0.0)) == {"a": 1.0}


def test_no_leg_gives_no_candidate() -> None:
    assert fuse(({}, {}), (0.5, 0.5)) == {}
    assert fuse((), ()) == {}


def test_every_leg_needs_a_weight() -> None:
    with pytest.raises(ValueError, match="zip"):
        fuse(({"a": 1.0},), (0.5, 0.5))


@given(LEGS, st.randoms(use_true_random=False))
def test_the_order_of_the_legs_does_not_matter(legs: list[tuple[dict[str, float], float]], random) -> None:
    shuffled = random.sample(legs, len(legs))
    one, other = (fuse([leg for leg, _ in some], [weight for _, weight in some]) for some in (legs, shuffled))
    assert close(one, other)


@given(LEGS)
def test_fused_scores_lie_between_zero_and_one(legs: list[tuple[dict[str, float], float]]) -> None:
    fused = fuse([leg for leg, _ in legs], [weight for _, weight in legs])
    assert all(0 <= score <= 1 + 1e-9 for score in fused.values())
    assert fused.keys() == {key for leg, _ in legs for key in leg}


@given(LEGS, WEIGHTS, st.integers(0, 4))
def test_an_absent_leg_is_ignored(legs: list[tuple[dict[str, float], float]], weight: float, place: int) -> None:
    some = [*legs[:place], ({}, weight), *legs[place:]]
    without = fuse([leg for leg, _ in legs], [weight for _, weight in legs])
    assert fuse([leg for leg, _ in some], [weight for _, weight in some]) == without


@given(LEGS, WEIGHTS)
def test_weights_count_in_proportion(legs: list[tuple[dict[str, float], float]], factor: float) -> None:
    scores, weights = [leg for leg, _ in legs], [weight for _, weight in legs]
    assert close(fuse(scores, weights), fuse(scores, [weight * factor for weight in weights]))


@given(SCORES, st.floats(0.1, 100), st.floats(-1e3, 1e3))
def test_the_scale_of_a_leg_does_not_matter(scores: dict[str, float], factor: float, shift: float) -> None:
    scaled = {key: score * factor + shift for key, score in scores.items()}
    if len(set(scaled.values())) == len(set(scores.values())):
        assert normalise(scaled) == pytest.approx(normalise(scores), abs=1e-3)
