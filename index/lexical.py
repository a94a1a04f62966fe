"""The two lexical legs: BM25 over Norwegian stems and over character 4-grams."""

from collections.abc import Callable, Iterable
from pathlib import Path

import bm25s
import numpy as np

from index.text import grams_of, stems_of

# Source: NorQuAD, k1 .9 and b .4 were best for passages of about 100 words.
_K1, _B = 0.9, 0.4
# Postings of more rows than this stay on disk and are read as they are needed.
_MAPPED_ROWS = 100_000


class LexicalIndex:
    """BM25 over the chunks' searched text. Read-only after it is built."""

    def __init__(self, stems: bm25s.BM25, grams: bm25s.BM25) -> None:
        self._stems, self._grams = stems, grams

    @classmethod
    def build(cls, texts: Callable[[], Iterable[str]]) -> "LexicalIndex":
        """Return the index of the texts, one row a text.

        Args:
            texts: Gives the texts; called once for each leg, so that they need not be in memory.
        """
        legs = []
        for tokenise in (stems_of, grams_of):
            leg = bm25s.BM25(k1=_K1, b=_B)
            leg.index(_number_tokens(texts(), tokenise), show_progress=False)
            legs.append(leg)
        return cls(*legs)

    def save(self, folder: Path) -> None:
        """Write the index into the folder."""
        self._stems.save(folder / "stems", show_progress=False)
        self._grams.save(folder / "grams", show_progress=False)

    @classmethod
    def load(cls, folder: Path, rows: int = 0) -> "LexicalIndex":
        """Return the index that `save` wrote.

        Args:
            folder: Where it lies.
            rows: How many rows it has.
        """
        mmap = rows > _MAPPED_ROWS
        return cls(bm25s.BM25.load(folder / "stems", mmap=mmap), bm25s.BM25.load(folder / "grams", mmap=mmap))

    def stem_scores(self, text: str) -> np.ndarray:
        """Return the BM25 score of every row, (n_rows,) float32; zeros when no word is known."""
        return self._scores(self._stems, stems_of(text))

    def gram_scores(self, text: str) -> np.ndarray:
        """Return the BM25 score of every row on 4-grams, (n_rows,) float32."""
        return self._scores(self._grams, grams_of(text))

    def rows_with(self, stem: str) -> np.ndarray:
        """Return the rows that hold a stem, (n_found,) int32, none when it is unknown."""
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
