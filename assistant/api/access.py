"""The log of requests and of events on the page: what kind, what became of it and how long it took; never what was asked or by whom."""

import json
import logging
from datetime import UTC, datetime

access_log = logging.getLogger(__name__)


def write_access(*, status: int, seconds: float, outcome: str | None, **what: str) -> None:
    """Write a line of JSON.

    Args:
        status: The status of HTTP that it has, or would have.
        seconds: How long it took.
        outcome: What became of the question, None when there was none.
        what: What it was, by a fixed name such as a route's template.
    """
    row = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"), **what, "status": status,
        "ms": round(seconds * 1000, 1), "outcome": outcome,
    }  # fmt: skip
    access_log.info(json.dumps(row))
