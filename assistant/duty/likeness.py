"""Which industry a description is like, where no word in it settles that: learnt from examples that we wrote for every code.

Three witnesses: a linear discriminant over the vectors of the examples (a class for each code), the nearest single example on and off the
list of § 13-1, and the words that the lexicon knows. A logistic model weighs them into the probability that the industry is on
the list. Fitted and written by eval/fit_industry.py; docs/adr/0014.
"""

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

VECTORS, MODEL = "industries.npz", "industries.json"
_BLOCK = 8192
_STEPS = 127  # a dimension is a whole number from -127 to 127 times the scale of its vector
# What the witnesses are divided by, so that each is of the order of one.
_PROFILE_UNIT, _NEAREST_UNIT = 10.0, 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What a description is like: `codes` likeliest first, some of them on the list and some off it, the probability that its industry is on the list, and the cosine of the nearest example."""

    codes: tuple[str, ...]
    listed: float
    nearest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The fitted model.

    `codes` (n_codes,), `is_listed` (n_codes,) bool, `weight` (n_codes, dim) and `bias` (n_codes,) the discriminant, `examples`
    (n_examples, dim) int8 with `scale` (n_examples,) and `of_listed` (n_examples,) bool. `witness` weighs profile, nearest and lexicon,
    `intercept` behind them. Outside `unsure`, a probability is acted on.
    """

    codes: tuple[str, ...]
    is_listed: np.ndarray
    weight: np.ndarray
    bias: np.ndarray
    examples: np.ndarray
    scale: np.ndarray
    of_listed: np.ndarray
    witness: tuple[float, float, float]
    intercept: float
    unsure: tuple[float, float]

    def judge(self, vector: np.ndarray, lexicon: float, depth: int = 4) -> Guess:
        """Return what a description is like.

        Args:
            vector: Its query vector, (dim,) float32, unit length.
            lexicon: 1 when its words name an industry on the list, -1 when off it, 0 when neither or both.
            depth: How many codes to name; one more where these are all on the list, or all off it.
        """
        scores = self.weight @ vector + self.bias
        similarities = self._similarities(vector)
        values = (*witnesses(scores, self.is_listed, similarities, self.of_listed), lexicon)
        total = self.intercept + sum(w * x for w, x in zip(self.witness, values, strict=True))
        order = np.argsort(-scores)
        likely = list(order[:depth])
        if len(set(self.is_listed[likely])) == 1:  # the likeliest of the other side is a choice too
            likely.append(next(n for n in order if self.is_listed[n] != self.is_listed[order[0]]))
        return Guess(
            codes=tuple(self.codes[n] for n in likely),
            listed=1.0 / (1.0 + math.exp(-total)),
            nearest=float(similarities.max()),
        )

    def _similarities(self, vector: np.ndarray) -> np.ndarray:
        """Return the cosine of each example to a vector, (n_examples,)."""
        # Block by block: as bytes they take a quarter of the memory.
        blocks = range(0, len(self.examples), _BLOCK)
        products = [self.examples[n : n + _BLOCK].astype(np.float32) @ vector for n in blocks]
        return np.asarray(np.concatenate(products) * self.scale)

    def lists(self, code: str) -> bool:
        """Return whether a code of the model is on the list."""
        return bool(self.is_listed[self.codes.index(code)])

    def is_sure(self, guess: Guess) -> bool:
        """Return whether a guess may be acted on without asking."""
        low, high = self.unsure
        return not low < guess.listed < high


def witnesses(
    scores: np.ndarray, is_listed: np.ndarray, similarities: np.ndarray, of_listed: np.ndarray
) -> tuple[float, float]:
    """Return what profile and nearest example say for the list, above 0 for being on it.

    Args:
        scores: Discriminant score of each code, (n_codes,).
        is_listed: Which of the codes are on the list, (n_codes,) bool.
        similarities: Cosine of each example, (n_examples,).
        of_listed: Which of the examples are of codes on the list, (n_examples,) bool.
    """
    profile = float(scores[is_listed].max() - scores[~is_listed].max())
    nearest = float(similarities[of_listed].max() - similarities[~of_listed].max())
    return profile / _PROFILE_UNIT, nearest / _NEAREST_UNIT


def save(folder: Path, arrays: dict[str, Any], vectors: np.ndarray, model: dict[str, object]) -> None:
    """Write the model.

    Args:
        folder: Where to.
        arrays: `codes`, `is_listed`, `weight`, `bias` and `of_listed` as in `Likeness`.
        vectors: The examples, (n_examples, dim) float32 unit rows.
        model: `witness`, `intercept`, `unsure`, and what there is to say of the fit.
    """
    scale = np.abs(vectors).max(axis=1) / _STEPS
    examples = np.round(vectors / scale[:, None]).astype(np.int8)
    np.savez_compressed(folder / VECTORS, examples=examples, scale=scale.astype(np.float32), **arrays)
    (folder / MODEL).write_text(json.dumps(model, indent=2) + "\n", encoding="utf-8")


@cache
def load_likeness(folder: Path = Path(__file__).parent) -> Likeness:
    """Return the model that ships.

    Args:
        folder: Where it lies.
    """
    told = json.loads((folder / MODEL).read_text(encoding="utf-8"))
    with np.load(folder / VECTORS, allow_pickle=False) as arrays:
        return Likeness(
            codes=tuple(arrays["codes"].tolist()),
            is_listed=arrays["is_listed"],
            weight=arrays["weight"].astype(np.float32),
            bias=arrays["bias"].astype(np.float32),
            examples=arrays["examples"],
            scale=arrays["scale"],
            of_listed=arrays["of_listed"],
            witness=tuple(told["witness"]),
            intercept=told["intercept"],
            unsure=tuple(told["unsure"]),
        )
