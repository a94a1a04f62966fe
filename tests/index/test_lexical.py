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
    """An index in which each text is a chunk and a provision."""
    return LexicalIndex.build(lambda: TEXTS, lambda: TEXTS)


def of_chunks(*texts: str) -> LexicalIndex:
    """Return an index of the chunks, each a provision of its own."""
    return LexicalIndex.build(lambda: texts, lambda: texts)


LEGS = ("stem_scores", "whole_stem_scores", "whole_gram_scores")


@pytest.mark.parametrize(
    ("query", "row"),
    [
        pytest.param("badevakter", 0, id="another form of the word"),
        pytest.param("virksomheten", 2, id="bokmål finds nynorsk"),
        pytest.param("13-2", 3, id="section number"),
    ],
)
@pytest.mark.parametrize("leg", ["stem_scores", "whole_stem_scores"])
def test_stems_find_the_row(leg: str, query: str, row: int, index: LexicalIndex) -> None:
    scores = getattr(index, leg)(query)
    assert int(scores.argmax()) == row
    assert scores[row] > 0


@pytest.mark.parametrize(
    ("query", "row"),
    [
        pytest.param("helsetjeneste", 1, id="part of a compound"),
        pytest.param("badevkat i bassnget", 0, id="misspelt"),
        pytest.param("hørselvern", 3, id="letter left out"),
    ],
)
def test_grams_find_the_row(query: str, row: int, index: LexicalIndex) -> None:
    assert int(index.whole_gram_scores(query).argmax()) == row
    assert index.whole_gram_scores(query)[row] > 0


def test_scores_are_bm25_with_our_constants() -> None:
    """Three rows of 2, 4 and 3 words; "støy" stands in two of them, twice in the second."""
    index = of_chunks("støy kantine", "støy støy hallen stallen", "hørselsvern kjeller loft")
    k1, b, average = 0.9, 0.4, 3
    idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))

    def score(count: int, length: int) -> float:
        return idf * count / (count + k1 * (1 - b + b * length / average))

    for leg in ("stem_scores", "whole_stem_scores"):
        assert getattr(index, leg)("støy").tolist() == pytest.approx([score(1, 2), score(2, 4), 0], rel=1e-5)


def test_the_evidence_of_many_chunks_adds_up_in_the_provision() -> None:
    """Each chunk of the first provision says one of the words; one chunk of the second says one of them twice"""
    chunks = ["dusj", "støy", "fløyte", "støy støy", "hall", "loft"]
    provisions = ["dusj støy fløyte", "støy støy hall", "loft"]
    index = LexicalIndex.build(lambda: chunks, lambda: provisions)
    query = "dusj støy fløyte"
    assert [index.stem_scores(query).shape, index.whole_stem_scores(query).shape] == [(6,), (3,)]
    assert index.whole_gram_scores(query).shape == (3,)
    assert [int(getattr(index, leg)(query).argmax()) for leg in LEGS[1:]] == [0, 0]


@pytest.mark.parametrize("query", ["xyzzy", "", "og i på", "?"])
def test_a_query_without_known_words_scores_zero_everywhere(query: str, index: LexicalIndex) -> None:
    for scores in (getattr(index, leg)(query) for leg in LEGS):
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
    index = of_chunks("støy støy", "hall", "støy i hallen", "hørselsvern mot støy")
    assert sorted(index.rows_with("støy").tolist()) == [0, 2, 3]


def test_the_texts_are_asked_for_anew_for_each_leg() -> None:
    """So that a reader of a file can give them"""
    asked = []

    def read(what: str) -> Iterator[str]:
        asked.append(what)
        yield from TEXTS

    index = LexicalIndex.build(lambda: read("chunks"), lambda: read("provisions"))
    assert sorted(asked) == ["chunks", "provisions", "provisions"]
    assert index.stem_scores("badevakt").any()
    assert index.whole_stem_scores("badevakt").any()
    assert index.whole_gram_scores("helsetjeneste").any()


@pytest.mark.parametrize("query", QUERIES)
def test_an_index_left_on_disk_scores_as_one_in_memory(query: str, index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    mapped = LexicalIndex.load(tmp_path, rows=10_000_000)
    for leg in LEGS:
        np.testing.assert_array_equal(getattr(mapped, leg)(query), getattr(index, leg)(query))
    for stem in stems_of(query):
        assert mapped.rows_with(stem).tolist() == index.rows_with(stem).tolist()


def test_the_rarer_word_decides() -> None:
    index = of_chunks("støy i hallen", "støy i kjelleren", "støy i stallen", "hørselsvern i kantina")
    assert int(index.stem_scores("støy og hørselsvern").argmax()) == 3


@pytest.mark.parametrize("query", QUERIES)
def test_a_loaded_index_scores_as_the_built_one(query: str, index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    for leg in LEGS:
        np.testing.assert_array_equal(getattr(loaded, leg)(query), getattr(index, leg)(query))


def test_three_legs_are_three_indexes(tmp_path: Path) -> None:
    LexicalIndex.build(lambda: ["dusj", "loft"], lambda: ["bedriftshelsetjeneste", "loft", "hall"]).save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    assert {leg: [getattr(loaded, leg)(word).any() for word in ("dusj", "hall", "helsetjeneste")] for leg in LEGS} == {
        "stem_scores": [True, False, False],
        "whole_stem_scores": [False, True, False],
        "whole_gram_scores": [False, True, True],
    }


def test_a_missing_index_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="stems"):
        LexicalIndex.load(tmp_path)
