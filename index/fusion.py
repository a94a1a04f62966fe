"""Fusion of the legs by score: each min-max normalised over its candidates, then a weighted sum.

Source: reciprocal rank fusion lost to this on NorQuAD (nDCG@10 .840 against .888) and to BM25 alone at rank 1.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key")


def normalise(scores: Mapping[Key, float]) -> dict[Key, float]:
    """Return the scores mapped to [0, 1]: the worst candidate 0, the best 1; all 1 when they are equal."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {key: (score - low) / (high - low) for key, score in scores.items()}


def fuse(legs: Sequence[Mapping[Key, float]], weights: Sequence[float]) -> dict[Key, float]:
    """Return the weighted sum of the normalised legs for every candidate of any leg; absent from a leg counts 0.

    Args:
        legs: Scores of each leg, higher is better.
        weights: One per leg; they are scaled to sum 1 over the legs that have candidates.
    """
    present = [(normalise(leg), weight) for leg, weight in zip(legs, weights, strict=True) if leg and weight > 0]
    total = sum(weight for _, weight in present)
    fused: dict[Key, float] = {}
    for leg, weight in present:
        for key, score in leg.items():
            fused[key] = fused.get(key, 0.0) + score * weight / total
    return fused
