"""Plots as inline SVG: no pyplot state, no script, and colours that follow the page, light or dark."""

import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any
from xml.sax.saxutils import escape
from zlib import crc32

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter

from eval.abstention import Point
from eval.statistics import Estimate

# matplotlib wants colours; the page has variables. These stand for them until the SVG is written.
_INK, _FAINT = "#010203", "#030201"
_SERIES = ("#010101", "#010102", "#010103", "#010104")
_VARIABLES = {_INK: "--ink", _FAINT: "--line", **{c: f"--series-{n}" for n, c in enumerate(_SERIES, 1)}}
_MARKERS = ("o", "s", "^", "D")
_LINES = ("-", "--", ":", "-.")
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "bht",
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _FAINT,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "grid.color": _FAINT,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
# Narrow, so that a phone shows the letters in their size and a screen several plots in a row.
_WIDTH = 4.4
_BARS = 24
_LEAST = 0.1  # where a logarithmic axis begins
_SPREAD = 0.5  # what the series of a line share of its height


def plot_estimates(title: str, labels: Sequence[str], series: Mapping[str, Mapping[str, Estimate]]) -> str:
    """Return means with their intervals, a line for each label and a mark for each series.

    Args:
        title: What is shown, for those who hear the page.
        labels: The lines, from the top.
        series: Estimate by label, by name of the series.
    """
    figure, axes = _figure(0.9 + 0.3 * len(labels))
    for number, (name, found) in enumerate(series.items()):
        shift = _SPREAD * ((number + 0.5) / len(series) - 0.5)
        rows = [
            (row + shift, found[label]) for row, label in enumerate(labels) if label in found and found[label].count
        ]
        if rows:
            # Rounding may put an end of the interval a hair inside the mean.
            spans = np.maximum([[e.mean - e.low for _, e in rows], [e.high - e.mean for _, e in rows]], 0)
            axes.errorbar(
                [e.mean for _, e in rows],
                [row for row, _ in rows],
                xerr=spans,
                fmt=_MARKERS[number % 4],
                color=_SERIES[number % 4],
                markersize=5,
                label=name,
            )
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(-0.03, 1.03)
    axes.xaxis.set_major_formatter(_comma)
    axes.grid(axis="x", linewidth=0.6)
    _legend(axes, len(series))
    return _write(figure, title)


def plot_risk(title: str, curves: Mapping[str, tuple[Sequence[Point], float]]) -> str:
    """Return the curves of risk over coverage, with the point that each threshold gives.

    Args:
        title: What is shown, for those who hear the page.
        curves: Points and the threshold in use, by name of the series.
    """
    figure, axes = _figure(3.2)
    for number, (name, (points, threshold)) in enumerate(curves.items()):
        colour = _SERIES[number % 4]
        axes.plot([p.coverage for p in points], [p.risk for p in points], color=colour, linewidth=1.5, label=name)
        used = [p for p in points if p.threshold >= threshold]
        if used:
            axes.plot(used[-1].coverage, used[-1].risk, _MARKERS[number % 4], color=colour, markersize=7)
    axes.set_xlabel("andel besvart")
    axes.set_ylabel("andel feil av de besvarte")
    axes.set_xlim(0, 1.02)
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_formatter(_comma)
    axes.yaxis.set_major_formatter(_comma)
    axes.grid(linewidth=0.6)
    _legend(axes, len(curves))
    return _write(figure, title)


def plot_histogram(
    title: str, unit: str, series: Mapping[str, Sequence[float]], *, is_logarithmic: bool = False
) -> str:
    """Return a histogram of values, their share by series.

    Args:
        title: What is shown, for those who hear the page.
        unit: What the values are.
        series: Values by name of the series.
        is_logarithmic: Whether each bar is as many times longer than the one before, for what has a long tail.
    """
    figure, axes = _figure(2.4)
    if is_logarithmic:
        series = {name: np.maximum(values, _LEAST).tolist() for name, values in series.items()}
    every = np.concatenate([np.asarray(values, dtype=float) for values in series.values()] or [np.zeros(0)])
    edges = np.histogram_bin_edges(every, bins=_BARS) if len(every) else np.array([0.0, 1.0])
    if is_logarithmic and len(every):
        edges = np.geomspace(every.min(), every.max() * 1.001, _BARS + 1)
        axes.set_xscale("log")
    for number, (name, values) in enumerate(series.items()):
        if len(values):
            shares = np.histogram(values, bins=edges)[0] / len(values)
            axes.stairs(
                shares, edges, color=_SERIES[number % 4], linestyle=_LINES[number % 4], linewidth=1.5, label=name
            )
    axes.set_xlabel(unit)
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set_ylabel("andel av svarene")
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_formatter(_comma)
    axes.yaxis.set_major_formatter(_comma)
    _legend(axes, len(series))
    return _write(figure, title)


def _figure(height: float) -> tuple[Figure, Axes]:
    with rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        FigureCanvasSVG(figure)
        return figure, figure.add_subplot()


def _comma(value: float, _: float) -> str:
    """Return a number as it stands on an axis."""
    return f"{value:g}".replace(".", ",").replace("-", "−")


def _legend(axes: Axes, series: int) -> None:
    if series > 1 and axes.get_legend_handles_labels()[0]:
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, fontsize=9, labelcolor=_INK, frameon=False)


def _write(figure: Figure, title: str) -> str:
    """Return the SVG element of a figure, made to stand in a page beside others."""
    stream = StringIO()
    with rc_context(_STYLE):
        figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None})
    svg = stream.getvalue()
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    svg = re.sub(r"<style.*?</style>", "", svg, flags=re.DOTALL)  # it would hold for the whole page
    svg = re.sub(r'font-family: [^;"]*', "font-family: inherit", svg)
    for colour, variable in _VARIABLES.items():
        svg = svg.replace(colour, f"var({variable})")
    own = f"p{crc32((title + svg).encode()):x}"
    svg = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{own}-", svg)
    svg = re.sub(
        r'(<svg[^>]*?) width="[^"]*"', r"\1", re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1), count=1
    )
    return svg.replace("<svg ", f'<svg role="img" aria-labelledby="{own}-title" ', 1).replace(
        ">", f'><title id="{own}-title">{escape(title)}</title>', 1
    )
