"""One HTML page on one or more runs: figures against the targets, plots, and every question of which something is missing."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from assistant.decide import load_calibration
from eval.abstention import area_under_risk, risk_coverage
from eval.answers import MEASURES, holds
from eval.compare import outcome_of
from eval.evaluate import ALL, CaseResult, aggregate, column, scored
from eval.gate import TARGETS, holds_floor
from eval.page import facts_of, label_runs, render, write_json
from eval.plots import plot_estimates, plot_histogram, plot_risk
from eval.results import Judged
from eval.statistics import Estimate
from eval.wording import (
    KIND_NAMES,
    LEG_NAMES,
    MEANINGS,
    OUTCOME_NAMES,
    name_measure,
    order_measures,
    write_interval,
    write_number,
)  # fmt: skip

_BY_KIND = ("outcome", "citation_recall", "facts", "R@5", "verdict", "citation_precision")
_BY_KIND_TABLE = (*_BY_KIND, "forbidden", "refusal_precision", "refusal_recall")
_BY_LEG = ("nDCG@10", "R@5", "RR@10")
# What a perfect answer has in full; forbidden claims and slowness are looked at apart.
_IN_FULL = (*(m for m, better in MEASURES.items() if better), "R@5")
_MINOR = {"citation_precision", "R@5"}
_NONE = Estimate(math.nan, math.nan, math.nan, 0)
Found = Mapping[tuple[str, str], Estimate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A drawing with its heading and what it says."""

    title: str
    caption: str
    svg: Markup


def write_report(runs: Sequence[Judged], *, shows_test: bool = False) -> str:
    """Return the page.

    Args:
        runs: What to report, side by side.
        shows_test: Whether the questions of the test half are shown too.
    """
    found = dict(zip(label_runs(runs), ((run, aggregate(run.cases)) for run in runs), strict=True))
    estimates = {label: estimated for label, (_, estimated) in found.items()}
    judged = {label: run for label, (run, _) in found.items()}
    measures = order_measures({m for estimated in estimates.values() for group, m in estimated if group == ALL})
    return render(
        "report.html",
        title="Målinger av BHT-assistenten",
        runs=[_describe(label, run, estimated, shows_test) for label, (run, estimated) in found.items()],
        rows=[_row(measure, judged, estimates) for measure in measures],
        meanings=[(name_measure(m), MEANINGS[m]) for m in measures if m in MEANINGS],
        kind_measures=[name_measure(m) for m in _BY_KIND_TABLE],
        kind_plots=[_plot_kinds(measure, estimates) for measure in _BY_KIND],
        leg_plots=[plot for measure in _BY_LEG if (plot := _plot_legs(measure, estimates))],
        other_plots=[*_plot_abstention(judged), *_plot_values(judged)],
    )


def failing_measures(case: CaseResult) -> list[str]:
    """Return the measures that keep a question from being perfect."""
    short = [m for m in _IN_FULL if case.values.get(m, math.nan) < 1]
    return short + ["forbidden"] * (case.values.get("forbidden", 0) > 0)


def _describe(label: str, judged: Judged, estimated: Found, shows_test: bool) -> dict[str, Any]:
    imperfect = [(failing, case) for case in judged.cases if (failing := failing_measures(case))]
    imperfect.sort(key=lambda pair: (-len(set(pair[0]) - _MINOR), -len(pair[0])))
    is_hidden = judged.is_test_half and not shows_test
    kinds = [k for k in KIND_NAMES if (k, "outcome") in estimated]
    return {
        "label": label,
        "facts": facts_of(judged),
        "settings": write_json(judged.run.settings),
        "count": len(judged.cases),
        "imperfect": len(imperfect),
        "is_hidden": is_hidden,
        "kinds": [_describe_kind(kind, estimated) for kind in kinds],
        "questions": [] if is_hidden else [_describe_case(failing, case) for failing, case in imperfect],
    }


def _describe_kind(kind: str, estimated: Found) -> dict[str, Any]:
    found = {m: estimated[kind, m] for m in _BY_KIND_TABLE if (kind, m) in estimated}
    return {
        "name": KIND_NAMES[kind],
        "count": found["outcome"].count,
        "cells": [write_number(found[m].mean, m) if m in found else "–" for m in _BY_KIND_TABLE],
    }


def _describe_case(failing: Sequence[str], case: CaseResult) -> dict[str, Any]:
    q, answer = case.question, case.generated.answer or {}
    text = str(answer.get("answer") or case.generated.error)
    missing = [" / ".join(fact) for fact in q.facts if not any(holds(text, way) for way in fact)]
    expected = [_ended(q.outcomes, q.verdicts)]
    expected += [f"viser til: {' eller '.join(group)}" for group in q.needed]
    expected += [f"sier: {' / '.join(fact)}" for fact in q.facts] + [f"sier ikke: {claim}" for claim in q.forbidden]
    came = [_ended((outcome_of(case),), (answer.get("verdict"),))]
    came += [f"viser til: {cited}" for cited in dict.fromkeys(c["provision_id"] for c in answer.get("citations", ()))]
    came += [f"sier ikke: {fact}" for fact in missing]
    came += [f"sier: {claim}" for claim in q.forbidden if holds(text, claim)]
    return {
        "id": q.question_id,
        "kind": KIND_NAMES.get(q.kind, q.kind),
        "history": [turn.content for turn in q.history],
        "question": q.question,
        "expected": expected,
        "came": came,
        "failing": [name_measure(m) for m in failing],
        "answer": text,
        "why": q.why,
    }


def _ended(outcomes: Sequence[str], verdicts: Sequence[str | None]) -> str:
    ended = " eller ".join(OUTCOME_NAMES.get(outcome, outcome) for outcome in dict.fromkeys(outcomes))
    said = [v or "uten dom" for v in dict.fromkeys(verdicts)]
    return ended if said == ["uten dom"] else f"{ended}: {' eller '.join(said)}"


def _row(measure: str, judged: Mapping[str, Judged], estimates: Mapping[str, Found]) -> dict[str, Any]:
    found = [estimates[label].get((ALL, measure), _NONE) for label in judged]
    target = TARGETS.get(measure)
    tested = [e for e, run in zip(found, judged.values(), strict=True) if run.is_test_half and e.count]
    sign = "≤" if measure == "forbidden" else "≥"
    return {
        "name": name_measure(measure),
        "cells": [
            {"mean": write_number(e.mean, measure), "interval": write_interval(e, measure), "count": e.count}
            for e in found
        ],
        "target": "" if target is None else f"{sign} {write_number(target)}",
        "reached": None if target is None or not tested else all(holds_floor(measure, e.mean, target) for e in tested),
    }


def _plot_kinds(measure: str, estimates: Mapping[str, Found]) -> Plot:
    kinds = [k for k in KIND_NAMES if any((found.get((k, measure)) or _NONE).count for found in estimates.values())]
    series = {
        label: {KIND_NAMES[k]: found[k, measure] for k in kinds if (k, measure) in found}
        for label, found in estimates.items()
    }
    title = name_measure(measure)
    svg = plot_estimates(f"{title} etter spørsmålstype, med 95 %-intervaller", [KIND_NAMES[k] for k in kinds], series)
    return Plot(title=title, caption="Snitt og 95 %-intervall.", svg=Markup(svg))


def _plot_legs(measure: str, estimates: Mapping[str, Found]) -> Plot | None:
    legs = [leg for leg in LEG_NAMES if any((f"leg:{leg}", measure) in found for found in estimates.values())]
    if not legs:
        return None
    series = {
        label: {LEG_NAMES[leg]: found[f"leg:{leg}", measure] for leg in legs if (f"leg:{leg}", measure) in found}
        for label, found in estimates.items()
    }
    svg = plot_estimates(f"{measure} for søket og hver del av det", [LEG_NAMES[leg] for leg in legs], series)
    return Plot(title=measure, caption=MEANINGS[measure], svg=Markup(svg))


def _plot_abstention(judged: Mapping[str, Judged]) -> list[Plot]:
    curves, areas = {}, []
    for label, run in judged.items():
        if points := risk_coverage(scored(run.cases)):
            curves[label] = (points, _threshold(run))
            areas.append(
                f"{label}: areal (AURC) {write_number(area_under_risk(points))}, terskel {write_number(_threshold(run))}."
            )
    if not curves:
        return []
    title = "Risiko mot dekning"
    svg = plot_risk(f"{title}: andelen feil når en større eller mindre del besvares", curves)
    caption = f"Merket viser terskelen i bruk. Lavere er bedre. {' '.join(areas)}"
    return [Plot(title=title, caption=caption, svg=Markup(svg))]


def _threshold(run: Judged) -> float:
    calibration = run.run.settings.get("calibration") or {}
    return float(calibration.get("answer", load_calibration().answer))


def _plot_values(judged: Mapping[str, Judged]) -> list[Plot]:
    plots = []
    for measure, factor, unit in (("seconds", 1000, "millisekunder"), ("lix", 1, "LIX"), ("words", 1, "ord")):
        series = {
            label: sorted(factor * v for v in column(run.cases, measure).values() if v == v)
            for label, run in judged.items()
        }
        described = [
            f"{label}: median {_whole(_quantile(values, 0.5))}, 95-prosentil {_whole(_quantile(values, 0.95))}."
            for label, values in series.items()
            if values
        ]
        title = name_measure(measure) if measure != "seconds" else "Millisekunder til svar"
        svg = plot_histogram(f"{title}, fordeling", unit, series, is_logarithmic=measure == "seconds")
        plots.append(Plot(title=title, caption=" ".join(described), svg=Markup(svg)))
    return plots


def _quantile(values: Sequence[float], share: float) -> float:
    """Return a quantile of sorted values: the least that so great a share does not exceed."""
    return values[max(0, math.ceil(share * len(values)) - 1)]


def _whole(value: float) -> str:
    return f"{value:.0f}"
