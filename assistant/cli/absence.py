"""`bht absence`: what sick leave costs in a year, and what a lower rate saves, with the formula shown."""

import argparse
import json
from decimal import Decimal
from typing import Any

from assistant import texts
from assistant.cite import number_citations
from assistant.cli.parser import write_line
from assistant.draft import Paragraph
from assistant.errors import AssistantError
from assistant.respond.absence import quote_employer_period, tell_absence
from assistant.settings import load_settings
from assistant.tools import absence
from assistant.tools.absence import AbsenceCost, AbsenceInput, Amount, Field, Range
from assistant.wording import cite_wording
from corpus.document import Kind
from corpus.library import load_library


def run(arguments: argparse.Namespace) -> int:
    """Compute and return the exit code."""
    given = {field: getattr(arguments, field.value) or "" for field in Field}
    cost = absence.compute_absence(AbsenceInput.read(given))
    library = load_library(load_settings().store)
    rule = quote_employer_period(library)
    if rule is None:
        raise AssistantError("Folketrygdloven § 8-19 mangler i kildene. Installer programmet på nytt.")
    worded = cite_wording(tell_absence(cost, rule), library, None)
    if arguments.json:
        write_line(json.dumps(_to_json(cost, worded.paragraphs, worded.warnings), ensure_ascii=False, indent=2))
    else:
        write_line(_to_text(worded.paragraphs, worded.warnings))
    return 0


def _to_text(paragraphs: tuple[Paragraph, ...], warnings: tuple[str, ...]) -> str:
    """Return the result for a terminal, the source below."""
    blocks = []
    for paragraph in paragraphs:
        shown = " ".join(item.quote for item in paragraph.shown or paragraph.evidence)
        marker = "[1]" if paragraph.evidence else ""
        blocks.append(" ".join(filter(None, (paragraph.prefix, paragraph.text or shown, marker))))
    citations = number_citations(item for paragraph in paragraphs for item in paragraph.evidence)
    for citation in citations:
        about = f"{texts.LEVEL_NAMES[citation.level].lower()}, {citation.kind.value}"
        lines = [f"[{citation.n}] {citation.label} ({about})", f"    {citation.url}"]
        if citation.kind is Kind.OFFICIAL:
            lines += [f"    «{' '.join(citation.quote.split())}»", f"    {texts.ATTRIBUTION}"]
        blocks.append("\n".join(["Kilde:", *lines]))
    return "\n\n".join([*blocks, *(f"Merk: {warning}" for warning in warnings)])


def _to_json(cost: AbsenceCost, paragraphs: tuple[Paragraph, ...], warnings: tuple[str, ...]) -> dict[str, Any]:
    given = cost.given
    citations = number_citations(item for paragraph in paragraphs for item in paragraph.evidence)
    return {
        "input": {
            "employees": _number(given.employees),
            "daily_cost": _range(given.daily_cost),
            "rate": _range(given.rate),
            "target": _range(given.target),
            "workdays": _number(given.workdays),
            "employer_share": _number(given.employer_share),
        },
        "cost_now": _number(cost.now.value),
        "cost_at_target": _number(cost.at_target.value if cost.at_target else None),
        "saved": _number(cost.saved.value if cost.saved else None),
        "ranges": {
            "basis": "own" if cost.has_own_range else "daily_cost_10_percent",
            "cost_now": _range(cost.now),
            "cost_at_target": _range(cost.at_target),
            "saved": _range(cost.saved),
        },
        "in_employer_period": _number(cost.in_employer_period.value if cost.in_employer_period else None),
        "formula": list(absence.show_formula(cost)),
        "text": [paragraph.text for paragraph in paragraphs if paragraph.text],
        "chart_svg": absence.draw_chart(cost),
        "citations": [citation.to_json() for citation in citations],
        "warnings": list(warnings),
    }


def _number(value: Decimal | None) -> int | float | None:
    """Return the number as JSON has it: whole where it is whole, else to four decimals."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else round(float(value), 4)


def _range(value: Range | Amount | None) -> dict[str, int | float | None] | None:
    return {"low": _number(value.low), "high": _number(value.high)} if value else None
