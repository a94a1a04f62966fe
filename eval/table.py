"""The figures of a run as a table in the terminal."""

from eval.evaluate import ALL, aggregate
from eval.results import Judged
from eval.wording import KIND_NAMES, LEG_NAMES, name_measure, order_measures, write_interval, write_number

_BY_KIND = ("outcome", "verdict", "citation_recall", "facts", "forbidden", "R@5")


def write_table(judged: Judged, *, by_kind: bool = False) -> str:
    """Return the figures of a run with their intervals, as lines.

    Args:
        judged: The run.
        by_kind: Whether the kinds and the legs of the search are shown too.
    """
    found = aggregate(judged.cases)
    lines = ["", f"{judged.name}: {len(judged.cases)} spørsmål, skrevet i {judged.run.folder}"]
    lines.append(f"{'':<40} {'snitt':>8}  {'95 %-intervall':<18} {'av':>5}")
    for measure in order_measures({m for group, m in found if group == ALL}):
        estimate = found[ALL, measure]
        interval = write_interval(estimate, measure)
        lines.append(
            f"{name_measure(measure):<40} {write_number(estimate.mean, measure):>8}  {interval:<18} {estimate.count:>5}"
        )
    if by_kind:
        heads = ("spørsmål", "utfall", "dom", "paragraf", "fakta", "uønsket", "R@5")
        lines += ["", f"{'Etter type':<24}" + "".join(f"{head:>10}" for head in heads)]
        for kind, name in KIND_NAMES.items():
            if (kind, "outcome") in found:
                cells = [write_number(found[kind, m].mean) if (kind, m) in found else "–" for m in _BY_KIND]
                lines.append(f"{name:<24}" + "".join(f"{c:>10}" for c in (found[kind, "outcome"].count, *cells)))
        lines += ["", f"{'Søket og delene':<24}{'nDCG@10':>10}{'R@5':>10}"]
        for leg, name in LEG_NAMES.items():
            if (f"leg:{leg}", "R@5") in found:
                cells = [write_number(found[f"leg:{leg}", m].mean) for m in ("nDCG@10", "R@5")]
                lines.append(f"{name:<24}" + "".join(f"{c:>10}" for c in cells))
    return "\n".join(lines)
