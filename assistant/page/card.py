"""Pieces that a provision is shown with, in the source panel and in the look-up. Pure functions; everything is escaped here."""

from collections.abc import Iterable
from datetime import date
from html import escape
from urllib.parse import quote, urlsplit

from assistant.browse import Reference, Surroundings
from assistant.export.talk import format_citation
from assistant.page import texts
from assistant.page.files import page_address
from corpus.address import format_section
from corpus.document import Kind, Level, Provision
from corpus.numerals import format_day

LOOKUP = "slaa-opp"


def render_level(level: Level, kind: Kind) -> str:
    """Return the badge that says how much a source weighs."""
    name = texts.OWN_LEVEL if kind is Kind.OWN else texts.LEVELS[level]
    return f'<span class="level level-{int(level)}">{name}</span>'


def render_dates(in_force: date | None, text_date: date | None, provision: Provision | None) -> str:
    """Return from when a text holds, what changed it, which text was read, and when it was checked."""
    rows = []
    if in_force:
        rows.append((texts.IN_FORCE, format_day(in_force)))
    if provision and provision.amended_by:
        rows.append((texts.AMENDED, format_act(provision.amended_by)))
    if text_date:
        archived = f" ({texts.ARCHIVED})" if provision and provision.date_kind == texts.ARCHIVED else ""
        rows.append((texts.TEXT_DATE, format_day(text_date) + archived))
    if provision:
        rows.append((texts.CHECKED, format_day(provision.checked)))
    inner = "".join(f"<div><dt>{term}</dt><dd>{escape(value)}</dd></div>" for term, value in rows)
    return f'<dl class="dates">{inner}</dl>' if rows else ""


def format_act(address: str) -> str:
    """Return the name of an amending act: "lov/2023-03-17-3" becomes "lov 17. mars 2023 nr. 3"."""
    kind, _, rest = address.partition("/")
    parts = rest.split("-")
    if len(parts) not in {3, 4} or not all(part.isdigit() for part in parts):
        return address
    year, month, day = (int(part) for part in parts[:3])
    try:
        when = format_day(date(year, month, day))
    except ValueError:
        return address
    return f"{kind} {when}" + (f" {texts.NUMBER} {int(parts[3])}" if len(parts) == 4 else "")


def render_note(provision: Provision | None) -> str:
    """Return what is to be minded about a provision."""
    if provision is None or not provision.note:
        return ""
    return f'<p class="note"><strong>{texts.NOTE}:</strong> {escape(provision.note)}</p>'


def render_link(url: str, provision_id: str) -> str:
    """Return the link to where a text is published, or to the copy of the user's own document."""
    if own := page_address(url):
        return f'<p class="link">{_anchor(own, texts.OPEN_OWN)}</p>'
    host = web_host(url)
    if not host:
        return ""
    _, sign, section = provision_id.partition("/§")
    at_lovdata = sign and (host == "lovdata.no" or host.endswith(".lovdata.no"))
    label = (
        texts.READ_AT_LOVDATA.format(section=format_section(section))
        if at_lovdata
        else texts.OPEN_SOURCE.format(host=host)
    )
    return f'<p class="link">{_anchor(url, label)}</p>'


def render_anchor(url: str, label: str) -> str:
    """Return a link to a web address that opens by itself; only the label where it is none."""
    return _anchor(url, label) if web_host(url) else escape(label)


def _anchor(url: str, label: str) -> str:
    return (
        f'<a href="{escape(url, quote=True)}" target="_blank" rel="noopener noreferrer">{escape(label)}'
        f'<span class="visually-hidden"> {texts.NEW_TAB}</span></a>'
    )


def render_copy(citations: Iterable[tuple[str, date | None, str]]) -> str:
    """Return the button that copies citations, each given as label, date of the text and address."""
    lines = "\n".join(dict.fromkeys(format_citation(*citation) for citation in citations))
    return (
        f'<button type="button" class="quiet no-copy" data-citation="{escape(lines, quote=True)}" data-copied="{texts.COPIED}" '
        f'data-not-copied="{texts.NOT_COPIED}">{texts.COPY_CITATION}</button>'
    )


def render_beside(around: Surroundings) -> str:
    """Return the way to the provisions before and after in the chapter."""
    before = _beside(around.before, "←", "prev", texts.BEFORE)
    after = _beside(around.after, "→", "next", texts.AFTER)
    return f'<nav class="beside" aria-label="{texts.BESIDE}">{before}{after}</nav>' if before or after else ""


def _beside(reference: Reference | None, arrow: str, rel: str, said: str) -> str:
    if reference is None:
        return ""
    name = escape(short_name(reference))
    inner = f"{arrow} {name}" if rel == "prev" else f"{name} {arrow}"
    title = escape(reference.heading, quote=True)
    return (
        f'<a class="{rel}" rel="{rel}" title="{title}" {open_attributes(reference.provision_id)}>'
        f'<span class="visually-hidden">{said} </span>{inner}</a>'
    )


def open_attributes(provision_id: str) -> str:
    """Return the attributes of a link that opens a provision: in place by script, by its address in a tab of its own."""
    address = f"#{LOOKUP}/{quote(provision_id)}"
    return f'href="{escape(address, quote=True)}" data-provision="{escape(provision_id, quote=True)}"'


def short_name(reference: Reference) -> str:
    """Return what a provision is called among others of its document: the §, or the heading of a note."""
    _, sign, section = reference.provision_id.partition("/§")
    return f"§\N{NO-BREAK SPACE}{format_section(section)}" if sign else reference.heading or reference.label


def all_lines(text: str) -> list[tuple[int, int]]:
    """Return the span of every line that is not empty."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line:
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def render_text(provision: Provision, meant: tuple[int, int] | None = None) -> str:
    """Return the whole text of a provision, the lines of the part that is meant set off.

    Args:
        provision: What to show.
        meant: Half-open span of the part; None for the whole.
    """
    items = {s.end for s in provision.segments if len(s.portion.parts) > 1}
    html = []
    for start, end in all_lines(provision.text):
        is_meant = meant is not None and start < meant[1] and end > meant[0]
        names = " ".join(["line", *(["item"] if end in items else []), *(["is-meant"] if is_meant else [])])
        html.append(f'<p class="{names}">{escape(provision.text[start:end])}</p>')
    return "".join(html)


def web_host(url: str) -> str:
    """Return the host of a web address, "" when it is none: other schemes never become a link."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (parts.hostname or "").removeprefix("www.") if parts.scheme in {"https", "http"} else ""


def render_paragraph(name: str, text: str) -> str:
    """Return a paragraph of the class, nothing for no text."""
    return f'<p class="{name}">{escape(text)}</p>' if text else ""
