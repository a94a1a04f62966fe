"""Counts and latencies for Prometheus: by route and outcome, never what was asked or by whom."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2, 5, 10)
_METHODS = frozenset({"GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"})


class Metrics:
    """The figures of one running API, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "bht_requests", "Requests by route, method and status.", ("route", "method", "status"), registry=self._registry
        )  # fmt: skip
        self._seconds = Histogram(
            "bht_request_seconds", "Time from request to response.", ("route",), buckets=_SECONDS, registry=self._registry
        )  # fmt: skip
        self._outcomes = Counter(
            "bht_outcomes", "What became of questions and duty checks.", ("route", "outcome"), registry=self._registry
        )  # fmt: skip

    def count(self, *, route: str, method: str, status: int, seconds: float, outcome: str | None) -> None:
        """Count one request.

        Args:
            route: Its template, never the address itself.
            method: Its method.
            status: The status it was answered with.
            seconds: How long it took.
            outcome: What became of the question, None when there was none.
        """
        known = method if method in _METHODS else "other"
        self._requests.labels(route, known, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        if outcome:
            self._outcomes.labels(route, outcome).inc()

    def render(self) -> bytes:
        """Return the figures as Prometheus reads them."""
        return generate_latest(self._registry)
