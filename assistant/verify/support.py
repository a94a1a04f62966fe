"""How far sources say what a sentence says: shared words and nearness in meaning, weighed by a fitted model.

Fitted by `python -m eval.fit_verifier`, which writes `support.json`: sentences that a source carries against the same
sentences beside a neighbouring source.
"""

import json
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from index.embedding import Embedder

SUPPORT_FILE = Path(__file__).with_name("support.json")
_KEPT_VECTORS = 512


@dataclass(frozen=True)
class Likeness:
    """How near two texts are in meaning, as the cosine of their vectors. Vectors of the last texts are kept."""

    embedder: Embedder
    _vectors: OrderedDict[str, np.ndarray] = field(default_factory=OrderedDict, compare=False)

    def __call__(self, one: str, other: str) -> float:
        """Return the cosine."""
        return float(self._vector(one) @ self._vector(other))

    def _vector(self, text: str) -> np.ndarray:
        vector = self._vectors.pop(text, None)
        if vector is None:
            vector = self.embedder.embed_query(text)
        self._vectors[text] = vector
        while len(self._vectors) > _KEPT_VECTORS:
            self._vectors.popitem(last=False)
        return vector


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


Measure = Callable[[str, str], float]
