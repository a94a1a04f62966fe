"""The lexical legs: BM25 over Norwegian stems and over character 4-grams."""

from collections.abc import Callable, Iterable
from pathlib import Path

import bm25s
import numpy as np

from index.text import grams_of, stems_of

# Source: NorQuAD, k1 .9 and b .4 were best for passages of about 100 words.
_K1, _B = 0.9, 0.4
# Postings of more rows than this stay on disk and are read as they are needed.
_MAPPED_ROWS = 100_000
_FOLDERS = ("stems", "whole_stems", "whole_grams")


class LexicalIndex:
    """BM25 over the searched text of the chunks, and over that of whole provisions. Read-only after it is built.

    A chunk is what is quoted, so its stems tell the parts of a provision apart. A whole provision, its lay questions among its words, is what is
    found: there the evidence of many chunks adds up, and 4-grams see into compounds.
    """

    def __init__(self, stems: bm25s.BM25, whole_stems: bm25s.BM25, whole_grams: bm25s.BM25) -> None:
        self._stems, self._whole_stems, self._whole_grams = stems, whole_stems, whole_grams

    @classmethod
    def build(cls, chunks: Callable[[], Iterable[str]], provisions: Callable[[], Iterable[str]]) -> "LexicalIndex":
        """Return the index of the texts.

        Args:
            chunks: Gives the text of each chunk; called anew for each leg, so that the texts need not be in memory.
            provisions: Gives all text of each provision, in the order of `Rows.keys`.
        """
        return cls(_index(chunks(), stems_of), _index(provisions(), stems_of), _index(provisions(), grams_of))

    def save(self, folder: Path) -> None:
        """Write the index into the folder."""
        for name, leg in zip(_FOLDERS, (self._stems, self._whole_stems, self._whole_grams), strict=True):
            leg.save(folder / name, show_progress=False)

    @classmethod
    def load(cls, folder: Path, rows: int = 0) -> "LexicalIndex":
        """Return the index that `save` wrote.

        Args:
            folder: Where it lies.
            rows: How many rows it has.
        """
        mmap = rows > _MAPPED_ROWS
        return cls(*(bm25s.BM25.load(folder / name, mmap=mmap) for name in _FOLDERS))

    def stem_scores(self, text: str) -> np.ndarray:
        """Return the BM25 score of every chunk, (n_rows,) float32; zeros when no word is known."""
        return self._scores(self._stems, stems_of(text))

    def whole_stem_scores(self, text: str) -> np.ndarray:
        """Return the BM25 score of every provision, (n_provisions,) float32; zeros when no word is known."""
        return self._scores(self._whole_stems, stems_of(text))

    def whole_gram_scores(self, text: str) -> np.ndarray:
        """Return the BM25 score of every provision on 4-grams, (n_provisions,) float32."""
        return self._scores(self._whole_grams, grams_of(text))

    def rows_with(self, stem: str) -> np.ndarray:
        """Return the chunks that hold a stem, (n_found,) int32, none when it is unknown."""
        token = self._stems.vocab_dict.get(stem)
        if token is None:
            return np.zeros(0, dtype=np.int32)
        begin, end = self._stems.scores["indptr"][token : token + 2]
        return np.asarray(self._stems.scores["indices"][begin:end])

    @staticmethod
    def _scores(leg: bm25s.BM25, tokens: list[str]) -> np.ndarray:
        known = [token for token in tokens if token in leg.vocab_dict]
        if not known:
            return np.zeros(int(leg.scores["num_docs"]), dtype=np.float32)
        return np.asarray(leg.get_scores(known), dtype=np.float32)


def _index(texts: Iterable[str], tokenise: Callable[[str], list[str]]) -> bm25s.BM25:
    leg = bm25s.BM25(k1=_K1, b=_B)
    leg.index(_number_tokens(texts, tokenise), show_progress=False)
    return leg


def _number_tokens(
    texts: Iterable[str], tokenise: Callable[[str], list[str]]
) -> tuple[list[np.ndarray], dict[str, int]]:
    """Return the texts as arrays of token numbers, 4 bytes a token, and the numbers by token."""
    vocabulary: dict[str, int] = {}
    rows = [
        np.array([vocabulary.setdefault(token, len(vocabulary)) for token in tokenise(text)], dtype=np.int32)
        for text in texts
    ]
    return rows, vocabulary
