"""Floors that a run must not fall below. They are only ever raised.

A file of floors has a table for each dataset, and in it a figure for each measure: the least that its mean may be, or the most
where less is better. `questions` is the least number of questions.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.answers import MEASURES
from eval.errors import GateError
from eval.evaluate import CaseResult, column, topics_of
from eval.retrieval import NAMES
from eval.statistics import Estimate, estimate
from eval.wording import name_measure, write_interval, write_number

FLOORS = Path(__file__).with_name("floors.toml")
QUESTIONS = "questions"
# What is aimed for on the test half.
TARGETS: Mapping[str, float] = {
    "citation_validity": 1.0,
    "citation_recall": 0.90,
    "facts": 0.90,
    "forbidden": 0.0,
    "verdict": 0.95,
    "refusal_precision": 0.93,
    "refusal_recall": 0.93,
    "R@5": 0.95,
}
_ROUNDING = 5e-5  # figures on disk have four decimals
_HEADER = """# Floors of `bht eval run --gate`, a table for each dataset: the least that a mean may be (the most, for what should be low).
# They are only ever raised: bht eval run --raise-floors
"""
Floors = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A run against its floors: a line for each, and the names of the measures below theirs."""

    lines: tuple[str, ...]
    below: tuple[str, ...]

    @property
    def is_ok(self) -> bool:
        """Whether nothing is below its floor."""
        return not self.below


def is_lower_better(measure: str) -> bool:
    """Return whether a measure should be low."""
    return MEASURES.get(measure) is False


def holds_floor(measure: str, value: float, floor: float) -> bool:
    """Return whether a value is at its floor or on the right side of it; what was not measured is not."""
    if math.isnan(value):
        return False
    return value <= floor + _ROUNDING if is_lower_better(measure) else value >= floor - _ROUNDING


def read_floors(path: Path) -> Floors:
    """Return the floors of each dataset.

    Raises:
        GateError: The file cannot be read, or names what is not measured.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        floors = {str(d): {str(m): float(v) for m, v in table.items()} for d, table in tables.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise GateError(f"Kan ikke lese gulvene i {path}: {error}. Rett fila, eller oppgi en annen.") from error
    known = {*(name for name, better in MEASURES.items() if better is not None), *NAMES, QUESTIONS}
    if unknown := sorted({measure for table in floors.values() for measure in table} - known):
        raise GateError(f"{path.name}: ukjent mål «{unknown[0]}». Velg blant: {', '.join(sorted(known))}.")
    return floors


def check_floors(cases: Sequence[CaseResult], floors: Mapping[str, float]) -> Checked:
    """Return how a run stands to the floors of its dataset, a line for each of them.

    Args:
        cases: The run.
        floors: Figure by measure.
    """
    lines, below = [], []
    for measure, floor in floors.items():
        found = _estimate(cases, measure)
        held = holds_floor(measure, found.mean, floor)
        limit = f"{'tak' if is_lower_better(measure) else 'gulv'} {write_number(floor)}"
        name = "Antall spørsmål" if measure == QUESTIONS else name_measure(measure)
        interval = f"({write_interval(found)})" if found.low < found.high else ""
        line = f"{'ok   ' if held else 'BRUDD'}  {name:<40} {write_number(found.mean):>8}  {limit:<12} {interval}"
        lines.append(line.rstrip())
        if not held:
            below.append(name)
    return Checked(lines=tuple(lines), below=tuple(below))


def raise_floors(cases: Sequence[CaseResult], floors: Mapping[str, float], margin: float) -> dict[str, float]:
    """Return the floors raised to what was measured less a margin; none is lowered, and none is made up.

    Without floors so far, those of the targets are begun.

    Args:
        cases: The run.
        floors: Figure by measure, as they are.
        margin: What is left below what was measured, so that one question more or less is no alarm.
    """
    raised: dict[str, float] = {}
    for measure in floors or {QUESTIONS: 0.0, **TARGETS}:
        old, value = floors.get(measure), _estimate(cases, measure).mean
        if measure == QUESTIONS:
            raised[measure] = max(old or 0.0, value)
            continue
        new = _with_margin(measure, value, margin)
        pick = min if is_lower_better(measure) else max
        kept = [figure for figure in (old, new) if figure is not None]
        if kept:
            raised[measure] = pick(kept)
    return raised


def _with_margin(measure: str, value: float, margin: float) -> float | None:
    """Return the floor that a measured value is good for; a target once reached leaves no margin beneath it."""
    if math.isnan(value):
        return None
    target = TARGETS.get(measure)
    reached = target is not None and holds_floor(measure, value, target)
    if is_lower_better(measure):
        floor = math.ceil(round((value + margin) * 1000, 6)) / 1000
        return min(floor, target) if reached and target is not None else floor
    floor = math.floor(round((value - margin) * 1000, 6)) / 1000
    return max(floor, target) if reached and target is not None else floor


def write_floors(path: Path, floors: Floors) -> None:
    """Write the floors of each dataset."""
    tables = (
        f"\n[{_quote(dataset)}]\n" + "".join(f"{_quote(m)} = {value:g}\n" for m, value in table.items())
        for dataset, table in floors.items()
    )
    path.write_text(_HEADER + "".join(tables), encoding="utf-8")


def _estimate(cases: Sequence[CaseResult], measure: str) -> Estimate:
    if measure == QUESTIONS:
        count = len(cases)
        return Estimate(count, count, count, count)
    return estimate(column(cases, measure), topics_of(cases))


def _quote(key: str) -> str:
    return (
        key
        if key.replace("_", "").isalnum() and key.isascii()
        else '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )
