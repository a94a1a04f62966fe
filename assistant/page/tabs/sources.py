"""The tab "Kilder": what the answers can rest on, how fresh it is, and what in the user's own documents contradicts the law."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from assistant.browse import Browser, Listed
from assistant.page.provision import render_conflicts
from assistant.page.tabs import corpus_texts as texts
from assistant.page.tabs.lookup import name
from corpus.conflicts.record import Conflict
from corpus.numerals import format_day

Conflicts = Mapping[str, Sequence[Conflict]]


def read_conflicts(browser: Browser) -> dict[str, list[Conflict]]:
    """Return what contradicts the law in the user's own documents, by document."""
    found: dict[str, list[Conflict]] = {}
    for conflict in browser.library.conflicts:
        found.setdefault(browser.document_of(conflict.provision_id) or "", []).append(conflict)
    return found


def render_sources(browser: Browser, notices: Sequence[str], today: date) -> str:
    """Return the tab.

    Args:
        browser: The sources.
        notices: What is to be known about all answers, such as an old index.
        today: To tell which checks are old.
    """
    documents = browser.documents
    old = sum(document.is_old(today) for document in documents)
    warnings = [*notices, *([texts.OLD_SOME.format(count=old)] if old else [])]
    told = (
        f'<div class="warnings"><ul>{"".join(f"<li>{escape(w)}</li>" for w in warnings)}</ul></div>' if warnings else ""
    )
    by_source = {source: [d for d in documents if d.source == source] for source in ("core", "lovdata", "own")}
    core = [d for d in documents if d.source == "core" or d.is_restated]
    checked = max((d.checked for d in documents), default=None)
    newest = texts.NEWEST_CHECK.format(date=format_day(checked)) if checked else ""
    return (
        f'<section class="shelf"><h2>{texts.SOURCES}</h2><p class="lead">{texts.SOURCES_HINT} {newest}</p>{told}'
        f"{_group(texts.LOVDATA, '' if by_source['lovdata'] else texts.NO_LOVDATA, by_source['lovdata'], today)}"
        f"{_group(texts.CORE, texts.CORE_HINT, core, today)}"
        f"{_own(by_source['own'], read_conflicts(browser), today)}</section>"
    )


def _own(documents: Sequence[Listed], conflicts: Conflicts, today: date) -> str:
    """Return the user's own documents, each with what it says against the law."""
    if not documents:
        return ""
    flagged = "".join(
        f'<section class="flagged"><h4>{escape(document.title)}</h4>{render_conflicts(conflicts[document.document_id])}</section>'
        for document in documents
        if document.document_id in conflicts
    )
    return _group(texts.OWN, texts.OWN_HINT, documents, today, conflicts) + flagged


def _group(title: str, hint: str, documents: Sequence[Listed], today: date, conflicts: Conflicts | None = None) -> str:
    if not documents and not hint:
        return ""
    rows = "".join(
        _row(document, today, len((conflicts or {}).get(document.document_id, ()))) for document in documents
    )
    table = (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{title}"><table><thead><tr><th scope="col">{texts.NAME}</th>'
        f'<th scope="col" class="figure">{texts.COUNT}</th><th scope="col">{texts.TEXT_DATE}</th><th scope="col">{texts.CHECKED}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
    said = f'<p class="hint">{hint}</p>' if hint else ""
    return f'<section class="group"><h3>{title}</h3>{said}{table if documents else ""}</section>'


def _row(document: Listed, today: date, conflicts: int) -> str:
    flags = []
    if document.withdrawn:
        flags.append(texts.WITHDRAWN)
    if conflicts:
        flags.append(texts.CONFLICTS_IN.format(count=conflicts))
    marks = "".join(f' <span class="status">{flag}</span>' for flag in flags)
    old = f' <span class="status">{texts.OLD}</span>' if document.is_old(today) else ""
    day = format_day(document.text_date) if document.text_date else texts.UNDATED
    return (
        f'<tr><th scope="row">{escape(name(document))}{marks}</th><td class="figure">{document.count}</td><td>{day}</td>'
        f"<td>{format_day(document.checked)}{old}</td></tr>"
    )
