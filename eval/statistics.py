"""Intervals and tests. Questions of one topic are alike, so topics are drawn, not questions (a cluster bootstrap)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats

_RESAMPLES = 2000
_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions with a 95 % interval, all NaN when nothing was measured; `count` is how many questions were."""

    mean: float
    low: float
    high: float
    count: int

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]" if self.count else "-"


@dataclass(frozen=True, slots=True)
class Difference:
    """B minus A over the questions both have: the mean with its interval, and how likely so large a one is by chance."""

    mean: float
    low: float
    high: float
    p: float
    count: int
    better: int
    worse: int


def estimate(values: Mapping[str, float], topics: Mapping[str, str]) -> Estimate:
    """Return the mean of the values and its interval.

    Args:
        values: By question id; NaN is left out.
        topics: The topic of each question id.
    """
    sums, counts = _by_topic(values, topics)
    if not len(sums):
        return Estimate(float("nan"), float("nan"), float("nan"), 0)
    mean = float(sums.sum() / counts.sum())
    low, high = _interval(sums, counts)
    return Estimate(mean, low, high, int(counts.sum()))


def difference(a: Mapping[str, float], b: Mapping[str, float], topics: Mapping[str, str]) -> Difference:
    """Return how B differs from A on the questions that both have a value for.

    The p-value is two-sided, by swapping A and B within topics.
    """
    paired = {i: b[i] - a[i] for i in a.keys() & b.keys() if not np.isnan(b[i] - a[i])}
    better, worse = sum(d > 0 for d in paired.values()), sum(d < 0 for d in paired.values())
    sums, counts = _by_topic(paired, topics)
    if not len(sums):
        return Difference(float("nan"), float("nan"), float("nan"), float("nan"), 0, 0, 0)
    mean = float(sums.sum() / counts.sum())
    low, high = _interval(sums, counts)
    return Difference(mean, low, high, _chance(sums), int(counts.sum()), better, worse)


def _chance(sums: np.ndarray) -> float:
    """Return the p-value of a sum of signed differences by topic, (n_topics,), under random signs."""
    if len(sums) < 2 or not sums.any():
        return 1.0
    tested = stats.permutation_test(
        (sums, np.zeros_like(sums)),
        lambda x, y, axis: (x - y).sum(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=_RESAMPLES,
        rng=np.random.default_rng(0),
    )
    return float(tested.pvalue)


def _interval(sums: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    """Return the interval of the mean, from sums and counts by topic, both (n_topics,)."""
    if len(sums) < 2:
        return float(sums.sum() / counts.sum()), float(sums.sum() / counts.sum())
    drawn = stats.bootstrap(
        (sums, counts),
        lambda s, n, axis: s.sum(axis=axis) / n.sum(axis=axis),
        paired=True,
        vectorized=True,
        n_resamples=_RESAMPLES,
        confidence_level=_CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(0),
    )
    return float(drawn.confidence_interval.low), float(drawn.confidence_interval.high)


def _by_topic(values: Mapping[str, float], topics: Mapping[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the sum and the number of values of each topic, both (n_topics,)."""
    gathered: dict[str, list[float]] = defaultdict(list)
    for question_id in sorted(values):
        if not np.isnan(values[question_id]):
            gathered[topics.get(question_id, question_id)].append(values[question_id])
    return np.array([sum(v) for v in gathered.values()]), np.array([float(len(v)) for v in gathered.values()])
