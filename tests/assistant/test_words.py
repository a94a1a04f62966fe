"""What the words of a text weigh: the counting part of the small linear models."""

import math

import pytest

from assistant.words import WordWeights, terms_of

WEIGHTS = WordWeights.of({"badevakt": [2.0, 1.0, -1.0], "har badevakt": [1.0, 0.5, 0.0]}, 2)


def test_terms_are_words_and_pairs_without_marks() -> None:
    assert terms_of("Må vi det?") == ["må", "vi", "det", "må vi", "vi det"]
    assert terms_of("?!") == []


def test_a_text_of_one_known_word_weighs_what_the_word_does() -> None:
    assert WEIGHTS.weigh("badevakt") == pytest.approx((1.0, -1.0))


def test_terms_count_by_rarity_for_a_text_of_length_one() -> None:
    # "har badevakt": the word 2.0 and the pair 1.0, length sqrt(5)
    assert WEIGHTS.weigh("Vi har badevakt") == pytest.approx((2.5 / math.sqrt(5), -2.0 / math.sqrt(5)))


def test_a_word_said_twice_counts_more_but_not_twice() -> None:
    once, twice = WEIGHTS.weigh("badevakt har badevakt")[0], WEIGHTS.weigh("badevakt, ja, badevakt har badevakt")[0]
    assert once != twice
    assert twice < 2 * once


def test_unknown_words_weigh_nothing() -> None:
    assert WEIGHTS.weigh("sommerferie på Kreta") == (0.0, 0.0)
    assert WEIGHTS.weigh("") == (0.0, 0.0)
