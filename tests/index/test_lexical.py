"""The lexical legs."""

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.lexical import LexicalIndex
from index.text import stems_of

TEXTS = [
    "Badeverten skal ha badevakt når bassenget er åpent.",
    "Bedriftshelsetjenesten skal bistå arbeidsgiveren.",
    "Verksemda skal ha verneombod.",
    "Støy over 85 dB krever hørselsvern etter § 13-2.",
    "og i på",
]
QUERIES = [
    "badevakt",
    "bassengene",
    "virksomhet med verneombud",
    "helsetjeneste",
    "§ 13-2",
    "hva er 85 dB",
    "xyzzy",
    "",
    "og",
]


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex.build(lambda: TEXTS)


@pytest.mark.parametrize(
    ("query", "row"),
    [
        pytest.param("badevakter", 0, id="another form of the word"),
        pytest.param("virksomheten", 2, id="bokmål finds nynorsk"),
        pytest.param("13-2", 3, id="section number"),
    ],
)
def test_stems_find_the_row(query: str, row: int, index: LexicalIndex) -> None:
    assert int(index.stem_scores(query).argmax()) == row
    assert index.stem_scores(query)[row] > 0


@pytest.mark.parametrize(
    ("query", "row"),
    [
        pytest.param("helsetjeneste", 1, id="part of a compound"),
        pytest.param("badevkat i bassnget", 0, id="misspelt"),
        pytest.param("hørselvern", 3, id="letter left out"),
    ],
)
def test_grams_find_the_row(query: str, row: int, index: LexicalIndex) -> None:
    assert int(index.gram_scores(query).argmax()) == row
    assert index.gram_scores(query)[row] > 0


def test_scores_are_bm25_with_our_constants() -> None:
    """Three rows of 2, 4 and 3 words; "støy" stands in two of them, twice in the second."""
    index = LexicalIndex.build(lambda: ["støy kantine", "støy støy hallen stallen", "hørselsvern kjeller loft"])
    k1, b, average = 0.9, 0.4, 3
    idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))

    def score(count: int, length: int) -> float:
        return idf * count / (count + k1 * (1 - b + b * length / average))

    assert index.stem_scores("støy").tolist() == pytest.approx([score(1, 2), score(2, 4), 0], rel=1e-5)


@pytest.mark.parametrize("query", ["xyzzy", "", "og i på", "?"])
def test_a_query_without_known_words_scores_zero_everywhere(query: str, index: LexicalIndex) -> None:
    for scores in (index.stem_scores(query), index.gram_scores(query)):
        assert scores.shape == (len(TEXTS),)
        assert scores.dtype == np.float32
        assert not scores.any()


def test_rows_without_the_words_score_zero(index: LexicalIndex) -> None:
    scores = index.stem_scores("badevakt med hørselsvern")
    assert [row for row in range(len(TEXTS)) if scores[row] > 0] == [0, 3]


@pytest.mark.parametrize(
    ("word", "rows"),
    [
        pytest.param("badevakt", [0], id="one row"),
        pytest.param("badevakten", [0], id="another form"),
        pytest.param("virksomhet", [2], id="bokmål finds nynorsk"),
        pytest.param("xyzzy", [], id="unknown"),
    ],
)
@pytest.mark.parametrize("loaded", [False, True], ids=["built", "loaded"])
def test_the_rows_with_a_stem_are_those_whose_text_has_it(
    word: str, rows: list[int], loaded: bool, index: LexicalIndex, tmp_path: Path
) -> None:
    if loaded:
        index.save(tmp_path)
        index = LexicalIndex.load(tmp_path)
    (stem,) = stems_of(word)
    assert index.rows_with(stem).tolist() == rows


def test_every_row_with_a_stem_is_found_once() -> None:
    index = LexicalIndex.build(lambda: ["støy støy", "hall", "støy i hallen", "hørselsvern mot støy"])
    assert sorted(index.rows_with("støy").tolist()) == [0, 2, 3]


def test_the_texts_are_asked_for_anew_for_each_leg() -> None:
    """So that a reader of a file can give them"""
    asked = []

    def texts() -> Iterator[str]:
        asked.append(1)
        yield from TEXTS

    index = LexicalIndex.build(texts)
    assert len(asked) == 2
    assert index.stem_scores("badevakt").any()
    assert index.gram_scores("helsetjeneste").any()


@pytest.mark.parametrize("query", QUERIES)
def test_an_index_left_on_disk_scores_as_one_in_memory(query: str, index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    mapped = LexicalIndex.load(tmp_path, rows=10_000_000)
    np.testing.assert_array_equal(mapped.stem_scores(query), index.stem_scores(query))
    np.testing.assert_array_equal(mapped.gram_scores(query), index.gram_scores(query))
    for stem in stems_of(query):
        assert mapped.rows_with(stem).tolist() == index.rows_with(stem).tolist()


def test_the_rarer_word_decides() -> None:
    index = LexicalIndex.build(lambda: ["støy i hallen", "støy i kjelleren", "støy i stallen", "hørselsvern i kantina"])
    assert int(index.stem_scores("støy og hørselsvern").argmax()) == 3


@pytest.mark.parametrize("query", QUERIES)
def test_a_loaded_index_scores_as_the_built_one(query: str, index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    np.testing.assert_array_equal(loaded.stem_scores(query), index.stem_scores(query))
    np.testing.assert_array_equal(loaded.gram_scores(query), index.gram_scores(query))


def test_two_legs_are_two_indexes(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    assert loaded.gram_scores("helsetjeneste").any()
    assert not loaded.stem_scores("helsetjeneste").any()


def test_a_missing_index_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="stems"):
        LexicalIndex.load(tmp_path)
