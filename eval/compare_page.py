"""A comparison as an HTML page, in the look of the report."""

from collections.abc import Sequence
from typing import Any

from eval.compare import Changed, Comparison, Row, write_change
from eval.page import facts_of, render
from eval.wording import KIND_NAMES, name_measure, write_number


def write_page(found: Sequence[Comparison], *, shows_test: bool = False) -> str:
    """Return the page of comparisons, one for each dataset.

    Args:
        found: The comparisons.
        shows_test: Whether the questions of the test half are shown too.
    """
    return render(
        "compare.html",
        title="Sammenlikning av to kjøringer",
        comparisons=[_describe(comparison, shows_test) for comparison in found],
    )


def _describe(found: Comparison, shows_test: bool) -> dict[str, Any]:
    return {
        "name": found.a.name,
        "runs": [
            {"label": f"{letter}: {run.run.folder.name}", "facts": facts_of(run)}
            for letter, run in (("A", found.a), ("B", found.b))
        ],
        "notes": found.notes,
        "rows": [_describe_row(row) for row in found.rows],
        "is_hidden": found.a.is_test_half and not shows_test,
        "groups": [
            {"heading": heading, "count": len(group), "changed": [_describe_change(c) for c in group]}
            for heading, group in (("Verre i B", found.worse), ("Bedre i B", found.better))
        ],
    }


def _describe_row(row: Row) -> dict[str, Any]:
    low, high = (write_number(value, row.measure, sign=True) for value in (row.found.low, row.found.high))
    return {
        "name": name_measure(row.measure),
        "a": write_number(row.mean_a, row.measure),
        "b": write_number(row.mean_b, row.measure),
        "mean": write_number(row.found.mean, row.measure, sign=True),
        "interval": f"{low} til {high}",
        "p": write_number(row.found.p),
        "better": row.better,
        "worse": row.worse,
        "judgement": row.judgement,
    }


def _describe_change(change: Changed) -> dict[str, Any]:
    return {
        "id": change.question_id,
        "kind": KIND_NAMES.get(change.kind, change.kind),
        "question": change.question,
        "worse": [write_change(c) for c in change.worse],
        "better": [write_change(c) for c in change.better],
        "before": change.before,
        "after": change.after,
    }
