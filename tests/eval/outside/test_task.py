"""Which queries share few words with the text that answers them."""

import pytest

from eval.outside.task import Query, measure_shared


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("badevakten svømmer", "Badevakten skal svømme.", 1.0),  # forms of one word are one word
        ("badevakt badevakt gjerde", "Badevakten sover.", 0.5),  # a word counts once
        ("Er gjerdet låst?", "Porten er åpen.", 1 / 3),  # so does a word without a subject
        ("karusell", "Badevakten sover.", 0.0),
        ("?!", "Badevakten sover.", 0.0),  # no word at all
    ],
    ids=["forms", "repeated", "small words", "none", "no words"],
)
def test_shared_is_the_share_of_the_querys_words(query: str, text: str, expected: float) -> None:
    assert measure_shared(query, text) == pytest.approx(expected)


@pytest.mark.parametrize(("shared", "expected"), [(0.0, True), (1 / 3, True), (0.34, False)])
def test_a_third_is_few(shared: float, expected: bool) -> None:
    assert Query(query_id="q", text="x", expected="p", shared=shared).shares_few_words is expected
