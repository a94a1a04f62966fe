"""A provision opened on its own: its texts beside each other, its dates and its neighbours. Pure functions; everything is escaped here."""

from collections.abc import Sequence
from datetime import date
from html import escape

from assistant import texts as said
from assistant.browse import Browser
from assistant.page import texts
from assistant.page.card import (
    render_beside,
    render_copy,
    render_dates,
    render_level,
    render_link,
    render_note,
    render_paragraph,
    render_text,
)
from assistant.show import earlier_wordings, remark_on
from corpus.address import Portion
from corpus.conflicts.record import Conflict
from corpus.document import DATE_UNKNOWN, Kind, Provision
from corpus.errors import UnknownProvision
from corpus.library import Library
from corpus.numerals import format_day
from corpus.portion import WHOLE

_TITLES = {Kind.OFFICIAL: texts.OFFICIAL_WORDS, Kind.RESTATEMENT: texts.PLAINLY}


def open_provision(browser: Browser, sent: object) -> dict[str, str]:
    """Return the provision that a browser asks for by its id, as {"id", "html"}; a sentence when there is none."""
    provision_id = sent if isinstance(sent, str) else ""
    try:
        library = browser.library
        return {"id": provision_id, "html": render_provision(library.texts_of(library.find(provision_id).provision_id), browser)}  # fmt: skip
    except UnknownProvision:
        return {"id": "", "html": render_paragraph("problem", texts.PROVISION_GONE)}


def render_provision(provisions: Sequence[Provision], browser: Browser, portion: Portion = WHOLE) -> str:
    """Return a provision with all its texts.

    Args:
        provisions: Its texts, the one that leads first.
        browser: What stands beside it.
        portion: The part that is meant, set off in the text.
    """
    first, library = provisions[0], browser.library
    part = first.resolve(portion) if portion.parts else None
    missing = bool(portion.parts) and part is None
    label = first.label_of(part) if part else first.label
    lacking = said.UNKNOWN_SECTION.format(address=first.label_of(portion)) if missing else ""
    return (
        f'<article class="source opened"><header>{_path(first, browser)}<p class="tags">{render_level(first.level, first.kind)}'
        f'{_status(first, date.today())}</p><h3 tabindex="-1">{escape(label)}</h3>{render_paragraph("heading", first.heading)}'
        f"</header>{_minded(lacking)}{_conflicts(first, library)}{_texts(provisions, library, portion)}"
        f"{render_note(first)}{_footnotes(first)}{render_dates(first.in_force, first.text_date, first)}"
        f'<div class="actions">{render_link(first.url, first.provision_id)}{render_copy([(label, first.text_date, first.url)])}'
        f"</div>{_earlier(first, library)}{render_beside(browser.around(first.provision_id))}</article>"
    )


def _path(provision: Provision, browser: Browser) -> str:
    """Return the document and the chapter it stands in."""
    document_id = browser.document_of(provision.provision_id)
    if document_id is None:
        return ""
    chapter = f"<span>{escape(provision.path[0])}</span>" if provision.path else ""
    return (
        f'<p class="path"><button type="button" class="quiet" data-document="{escape(document_id, quote=True)}">'
        f"{escape(provision.source or provision.label)}</button>{chapter}</p>"
    )


def _status(provision: Provision, today: date) -> str:
    """Return what hinders a text from being in force, "" when nothing does."""
    if provision.repealed == DATE_UNKNOWN:
        words = texts.REPEALED
    elif provision.repealed:
        gone = provision.is_repealed(today)
        words = (texts.REPEALED_FROM if gone else texts.ENDS).format(date=format_day(provision.repealed))
    elif provision.pending:
        words = texts.PENDING
    elif provision.in_force and provision.in_force > today:
        words = texts.NOT_YET.format(date=format_day(provision.in_force))
    else:
        return f'<span class="kind">{texts.KINDS[provision.kind]}</span>'
    return f'<span class="status">{words}</span>'


def _texts(provisions: Sequence[Provision], library: Library, portion: Portion) -> str:
    """Return the texts, the one that leads first; two stand beside each other where there is room."""
    titled = len(provisions) > 1
    shown = []
    for provision in provisions:
        part = provision.resolve(portion) if portion.parts else None
        title = f"<h4>{_TITLES.get(provision.kind, texts.KINDS[provision.kind])}</h4>" if titled else ""
        official = texts.NLOD_NOTE if provision.kind is Kind.OFFICIAL else ""
        body = render_text(provision, provision.span_of(part) if part else None)
        shown.append(
            f'<section class="wording">{title}{_minded(remark_on(provision, library))}{body}'
            f"{render_paragraph('kind-note', official)}</section>"
        )
    return f'<div class="wordings{" several" if titled else ""}">{"".join(shown)}</div>'


def _conflicts(provision: Provision, library: Library) -> str:
    """Return what the text of an own document says that contradicts the law."""
    if provision.kind is not Kind.OWN:
        return ""
    return render_conflicts([c for c in library.conflicts if c.provision_id == provision.provision_id])


def render_conflicts(conflicts: Sequence[Conflict]) -> str:
    """Return claims that contradict the law, each with the rule and why it prevails."""
    if not conflicts:
        return ""
    rows = "".join(
        f"<li><blockquote>«{escape(' '.join(conflict.claim.split()))}»</blockquote>"
        f"<p>{escape(conflict.rule)} {escape(conflict.reason)}</p>{_proof(conflict)}</li>"
        for conflict in conflicts
    )
    return f'<div class="warnings conflicts"><h4>{texts.CONFLICTS}</h4><ul>{rows}</ul></div>'


def _proof(conflict: Conflict) -> str:
    labels = ", ".join(address.format() for address in conflict.provisions)
    return render_paragraph("proof", texts.SEE.format(labels=labels)) if labels else ""


def _footnotes(provision: Provision) -> str:
    notes = [*(texts.FOOTNOTE.format(note=note) for note in provision.footnotes), *provision.changes]
    return "".join(render_paragraph("kind-note", note) for note in notes)


def _earlier(provision: Provision, library: Library) -> str:
    """Return the stored wordings that no longer hold, behind a disclosure."""
    versions = earlier_wordings(provision, library)
    if not versions:
        return ""
    rows = "".join(
        f"<h4>{texts.EARLIER_UNTIL.format(date=format_day(version.replaced))}</h4>{render_text(version.provision)}"
        for version in versions
        if version.replaced
    )
    return f'<details><summary>{texts.EARLIER}</summary><div class="whole">{rows}</div></details>'


def _minded(text: str) -> str:
    return f'<p class="minded">{escape(text)}</p>' if text else ""
