"""A list of duties as JSON and as lines for the terminal. Where official wording was fetched, that is what is quoted."""

import textwrap
from collections.abc import Iterable
from datetime import date
from typing import Any

from assistant import texts
from assistant.answer import Citation
from assistant.cite import Evidence, number_citations
from assistant.draft import Paragraph
from assistant.tools.duties import DutyItem, Remark
from assistant.tools.duties_workplace import Workplace
from assistant.wording import cite_wording
from corpus.document import Verdict
from corpus.library import Library

_WIDTH = 96
_INDENT = "    "
_MOST_QUOTE_WORDS = 45
_MARKS = {Verdict.YES: "JA", Verdict.DEPENDS: "AVHENGER"}


def to_json(
    workplace: Workplace, items: tuple[DutyItem, ...], remarks: tuple[Remark, ...], library: Library
) -> dict[str, Any]:
    """Return the list as it is written out: what it was made from, remarks, duties, and the citations they number.

    Args:
        workplace: What the list was made from.
        items: The duties.
        remarks: What is said about the list.
        library: The sources.
    """
    evidence, warnings = word_evidence([*(r.evidence for r in remarks), *(i.evidence for i in items)], library)
    citations = number_citations(e for group in evidence for e in group)
    numbers = _numbers(citations)
    markers = [[numbers[_key(e)] for e in dict.fromkeys(group)] for group in evidence]
    return {
        "employees": workplace.employees,
        "amu_count": workplace.amu_count,
        "industries": [industry.name for industry in workplace.industries],
        "facts": sorted(workplace.facts),
        "sick_since": workplace.sick_since.isoformat() if workplace.sick_since else None,
        "remarks": [{"text": r.text, "citations": n} for r, n in zip(remarks, markers[: len(remarks)], strict=True)],
        "duties": [_item_json(i, n) for i, n in zip(items, markers[len(remarks) :], strict=True)],
        "citations": [citation.to_json() for citation in citations],
        "warnings": list(warnings),
    }


def word_evidence(
    groups: list[tuple[Evidence, ...]], library: Library
) -> tuple[list[tuple[Evidence, ...]], tuple[str, ...]]:
    """Return the evidence in the wording that holds, group by group, and what there is to say about it.

    Args:
        groups: What is quoted, each group by itself.
        library: The sources.
    """
    worded = cite_wording([Paragraph(evidence=group) for group in groups], library, None)
    return [paragraph.evidence for paragraph in worded.paragraphs], worded.warnings


def _item_json(item: DutyItem, markers: list[int]) -> dict[str, Any]:
    return {
        "id": item.duty_id,
        "group": item.group,
        "title": item.title,
        "verdict": item.verdict.value,
        "scope": item.scope,
        "depends_on": item.condition,
        "action": item.action,
        "deadline": item.deadline,
        "due": item.due.isoformat() if item.due else None,
        "note": item.note,
        "citations": markers,
    }


def to_lines(
    workplace: Workplace,
    items: tuple[DutyItem, ...],
    remarks: tuple[Remark, ...],
    library: Library,
    today: date | None = None,
) -> list[str]:
    """Return the list as lines for a terminal.

    Args:
        workplace: What the list was made from.
        items: The duties.
        remarks: What is said about the list.
        library: The sources.
        today: The day that a deadline has passed on; None says of none that it has.
    """
    evidence, warnings = word_evidence([*(r.evidence for r in remarks), *(i.evidence for i in items)], library)
    lines: list[str] = []
    for remark, cited in zip(remarks, evidence[: len(remarks)], strict=True):
        lines += [*textwrap.wrap(remark.text, _WIDTH), *_quotes(cited, ""), ""]
    yes = sum(item.verdict is Verdict.YES for item in items)
    lines.append(texts.DUTIES_HEAD.format(yes=yes, depends=len(items) - yes) if items else texts.DUTIES_NONE)
    if workplace.sick_since and items:
        lines += textwrap.wrap(texts.DUTIES_COUNTED.format(day=workplace.sick_since.isoformat()), _WIDTH)
    group = ""
    for item, cited in zip(items, evidence[len(remarks) :], strict=True):
        if item.group != group:
            group = item.group
            lines += ["", group.upper()]
        lines += ["", *_item_lines(item, cited, today)]
    lines += ["", *(line for warning in warnings for line in textwrap.wrap(f"Merk: {warning}", _WIDTH))]
    return [*lines, *textwrap.wrap(texts.DUTIES_FOOT, _WIDTH)]


def _item_lines(item: DutyItem, evidence: tuple[Evidence, ...], today: date | None) -> list[str]:
    passed = " (passert)" if item.due and today and item.due < today else ""
    due = f" Det er {item.due.isoformat()}{passed}." if item.due else ""
    rows = (
        ("Gjelder", item.scope),
        ("Avhenger av", item.condition),
        ("Gjør", item.action),
        ("Frist", f"{item.deadline}{due}"),
        ("Merk", item.note),
    )
    lines = [f"[{_MARKS[item.verdict]}] {item.title}"]
    for name, text in rows:
        if text:
            lines += textwrap.wrap(f"{name}: {text}", _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT * 2)
    return [*lines, *_quotes(evidence, _INDENT)]


def _quotes(evidence: Iterable[Evidence], indent: str) -> list[str]:
    lines = []
    for item in dict.fromkeys(evidence):
        words = item.quote.split()
        cut = " ".join(words[:_MOST_QUOTE_WORDS]) + " …" * (len(words) > _MOST_QUOTE_WORDS)
        label = item.provision.label_of(item.portion)
        lines += textwrap.wrap(f"{label}: «{cut}»", _WIDTH, initial_indent=indent, subsequent_indent=indent + _INDENT)
    return lines


def _numbers(citations: tuple[Citation, ...]) -> dict[tuple[str, str, int, int], int]:
    return {(c.provision_id, c.kind.value, c.start, c.end): c.n for c in citations}


def _key(evidence: Evidence) -> tuple[str, str, int, int]:
    return (evidence.provision.provision_id, evidence.provision.kind.value, evidence.start, evidence.end)
