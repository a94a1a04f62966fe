"""How well the score of answerability tells what can be answered from what cannot: risk against coverage."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """What answering everything at or above a threshold gives.

    `coverage` is the share answered; `risk` the share of those that went wrong; `refusal_precision` and `refusal_recall` look
    at the rest: how many of them should be refused, and how many of what should be refused is among them; NaN where nothing is
    refused, or nothing should be.
    """

    threshold: float
    coverage: float
    risk: float
    refusal_precision: float
    refusal_recall: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A question that came to a search: its score, whether it should be refused, and whether an answer to it would be wrong."""

    score: float
    to_refuse: bool
    is_wrong: bool


def risk_coverage(scored: Sequence[Scored]) -> list[Point]:
    """Return a point for each distinct score, from the strictest threshold to the one that answers everything."""
    points = []
    refusable = sum(s.to_refuse for s in scored)
    for threshold in sorted({s.score for s in scored}, reverse=True):
        answered = [s for s in scored if s.score >= threshold]
        refused = [s for s in scored if s.score < threshold]
        right = sum(s.to_refuse for s in refused)
        points.append(
            Point(
                threshold,
                len(answered) / len(scored),
                sum(s.is_wrong for s in answered) / len(answered),
                right / len(refused) if refused else float("nan"),
                right / refusable if refusable else float("nan"),
            )
        )
    return points


def area_under_risk(points: Sequence[Point]) -> float:
    """Return the mean risk over coverage (AURC), lower is better: the chance of a wrong answer at a coverage drawn at random.

    NaN without points.

    Source: Geifman and El-Yaniv, Bias-reduced uncertainty estimation for deep neural classifiers (2019).
    """
    if not points:
        return float("nan")
    area, before = 0.0, 0.0
    for point in points:
        area += point.risk * (point.coverage - before)
        before = point.coverage
    return area
