"""How much of a query the provisions found hold, by words: a feature of answerability."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from index.lexical import LexicalIndex
from index.rows import Rows
from index.text import stems_of

_REMEMBERED = 4096


class WordCoverage:
    """Which provisions hold a word, and how rare it is."""

    def __init__(self, rows: Rows, lexical: LexicalIndex) -> None:
        self._rows, self._lexical = rows, lexical
        self._holders = lru_cache(maxsize=_REMEMBERED)(self._find_holders)

    def coverage(self, query: str, found: Sequence[int]) -> tuple[dict[int, float], float]:
        """Return how much of the query each provision holds, and the share of its stems that none holds.

        The first is the share of the query's stems that stand in the provision, weighted by rarity; 0 without stems.

        Args:
            query: The question.
            found: Positions of provisions in `Rows.keys`.
        """
        words = sorted(set(stems_of(query)))
        held = dict.fromkeys(found, 0.0)
        total, missing = 0.0, 0
        for word in words:
            holders = self._holders(word)
            total += self.rarity(word)
            missing += not len(holders)
            for provision in np.intersect1d(found, holders).tolist():
                held[int(provision)] += self.rarity(word)
        share = {provision: weight / total if total else 0.0 for provision, weight in held.items()}
        return share, missing / len(words) if words else 1.0

    def rarity(self, word: str) -> float:
        """Return the rarity of a stem: the logarithm of how many provisions there are for one that holds it."""
        return math.log(1 + len(self._rows.keys) / (1 + len(self._holders(word))))

    def _find_holders(self, word: str) -> np.ndarray:
        """Return the positions of the provisions that hold a stem, (n_found,) int32, ascending."""
        return np.unique(self._rows.provision[self._lexical.rows_with(word)])
