"""How far sources say what a sentence says: shared words and nearness in meaning, weighed by a fitted model.

Fitted by `python -m eval.fit_verifier`, which writes `support.json`: sentences that a source carries against the same
sentences beside a neighbouring source.
"""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from index.embedding import Embedder

SUPPORT_FILE = Path(__file__).with_name("support.json")
_KEPT_VECTORS = 512
Measure = Callable[[str, str], float]


class Likeness:
    """How near two texts are in meaning, as the cosine of their vectors. Vectors of the last texts are kept."""

    def __init__(self, embedder: Embedder) -> None:
        self._vector = lru_cache(maxsize=_KEPT_VECTORS)(embedder.embed_query)

    def __call__(self, one: str, other: str) -> float:
        """Return the cosine."""
        return float(self._vector(one) @ self._vector(other))


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportModel:
    """Weights of the share of words and of nearness in meaning, and the least chance that is taken as carried."""

    words: float
    meaning: float
    intercept: float
    threshold: float

    def chance(self, words: float, meaning: float) -> float:
        """Return the chance that a source carries a sentence, 0 to 1."""
        return 1 / (1 + math.exp(-(self.intercept + self.words * words + self.meaning * meaning)))


@cache
def read_support(has_vectors: bool) -> SupportModel:
    """Return the model for words with vectors, or for words alone."""
    data = json.loads(SUPPORT_FILE.read_text(encoding="utf-8"))
    return SupportModel(**data["both" if has_vectors else "words"]["model"])
