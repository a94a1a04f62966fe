"""A report on a document as Markdown. What stands in the document is escaped: it can draw no table, link or tag of its own."""

import re
from collections.abc import Sequence

from assistant import texts
from assistant.documents.check import CheckReport, Finding, Status, Words
from corpus.document import Kind

_SHOWN = 220
_KIND_WORDS = {Kind.OFFICIAL: "lovtekst", Kind.RESTATEMENT: "gjengitt", Kind.GUIDANCE: "veiledning", Kind.OWN: "eget"}


def render_report(report: CheckReport) -> str:
    """Return the report: a line that sums up, a table of what the rules say, one of what is useful, and the warnings."""
    kind = texts.DOCUMENT_NAMES[report.kind]
    found = len(report.duties) - len(report.lacking)
    parts = [
        f"# {texts.REPORT_TITLE.format(kind=kind)}",
        texts.REPORT_SUMMARY.format(found=found, total=len(report.duties), kind=kind),
        *(_warning(warning) for warning in report.warnings),
        f"## {texts.REPORT_DUTIES}",
        _table(report.duties),
    ]
    if report.extras:
        parts += [f"## {texts.REPORT_EXTRAS}", _table(report.extras)]
    return "\n\n".join(
        [*parts, texts.REPORT_EXPLAINED, texts.ATTRIBUTION]
        if _is_official(report)
        else [*parts, texts.REPORT_EXPLAINED]
    )


def _warning(warning: str) -> str:
    """Return a warning as a paragraph."""
    return f"Merk: {escape(warning)}"


def _is_official(report: CheckReport) -> bool:
    return any(finding.rule.kind is Kind.OFFICIAL for finding in report.findings)


def _table(findings: Sequence[Finding]) -> str:
    return "\n".join([texts.REPORT_HEAD, *(_row(finding) for finding in findings)])


def _row(finding: Finding) -> str:
    rule = finding.rule
    source = f"«{escape(rule.quote)}» ({escape(rule.label)}, {_KIND_WORDS[rule.kind]})"
    cells = [escape(finding.requirement.name), source, _said(finding), escape(finding.add) or texts.REPORT_NOTHING]
    return f"| {' | '.join(cells)} |"


def _said(finding: Finding) -> str:
    if finding.words is None:
        return finding.status.value
    words = _quote(finding.words)
    if finding.status is Status.DENIED:
        return texts.REPORT_DENIED.format(words=words)
    if finding.is_reference:
        return texts.REPORT_REFERENCE.format(words=words)
    return f"{words}. {texts.REPORT_AGAINST.format(words=_quote(finding.against))}" if finding.against else words


def _quote(words: Words) -> str:
    text = " ".join(words.text.split())
    if len(text) > _SHOWN:
        text = text[:_SHOWN].rsplit(" ", 1)[0] + " …"
    return f"«{escape(text)}»" + (texts.REPORT_PAGE.format(page=words.page) if words.page is not None else "")


def escape(text: str) -> str:
    """Return text on one line with the signs of Markdown and HTML made harmless, the backslash too."""
    return re.sub(r"([\\*_`\[\]<>#|~&])", r"\\\1", " ".join(text.split()))
