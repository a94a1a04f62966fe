"""The part of the tab Kilder for administrators: a document added, the official texts fetched, and how far it has come."""

from datetime import date
from html import escape

from assistant import texts as answer_texts
from assistant.administration import Work
from assistant.nynorsk import Language
from assistant.page.provision import render_conflicts
from assistant.page.tabs import administer_texts as texts
from assistant.page.tabs import texts as tool_texts
from assistant.page.tabs.documents import MAX_BYTES, MAX_MEGABYTES
from assistant.page.tabs.form import Form
from assistant.page.tabs.result import render_list, render_problems, render_warnings
from assistant.page.tabs.tool import build_tool
from corpus.lovdata.sync import SyncReport
from corpus.numerals import format_day
from corpus.own.add import Added, AddReport

PATH = "/kilder"
ADD, FETCH, WORK, LIST = f"{PATH}/legg-til", f"{PATH}/hent", f"{PATH}/arbeid", f"{PATH}/liste"
ENDINGS = (".pdf", ".docx", ".html", ".htm", ".md", ".txt")
_ADD, _FETCH = Form("add-form"), Form("fetch-form")


def build_administration(language: Language) -> None:
    """Put both tools into the panel that is open."""
    build_tool(_ADD, texts.ADD, texts.ADD_INTRO, render_add_form(), texts.ADD_GIVES, None, language=language)
    build_tool(_FETCH, texts.FETCH, texts.FETCH_INTRO, render_fetch_form(), texts.FETCH_GIVES, None, language=language)


def render_add_form() -> str:
    """Return the form that takes a file."""
    field = _ADD.file("file", tool_texts.FILE, texts.FILE_HINT.format(limit=MAX_MEGABYTES), ENDINGS)
    return _ADD.whole((field,), texts.ADD_SEND, attributes=_posted(ADD))


def render_fetch_form() -> str:
    """Return the form with nothing but a button."""
    return _FETCH.whole((), texts.FETCH_SEND, attributes=_posted(FETCH))


def _posted(path: str) -> str:
    too_large = render_problems({"file": tool_texts.FILE_TOO_LARGE.format(size="{size}", limit=MAX_MEGABYTES)})
    failed = render_problems({"": texts.NOT_ARRIVED})
    return (
        f'data-post="{path.lstrip("/")}" data-limit="{MAX_BYTES}" data-too-large="{escape(too_large, quote=True)}" '
        f'data-failed="{escape(failed, quote=True)}"'
    )


def render_work(work: Work | None, today: date) -> str:
    """Return how far a change has come, or what came of it; while it goes on, the script asks again.

    Args:
        work: The change, None when there was none.
        today: The day it is asked.
    """
    if work is None:
        return ""
    if not work.is_over:
        part = f" {100 * work.done // work.total} %" if work.total else ""
        said = texts.STAGES.get(work.stage, texts.STAGES[""])
        return f'<section class="tool-empty under-way" data-work="{WORK.lstrip("/")}"><p role="status">{said} …{part}</p></section>'
    if work.problem:
        return render_problems({"": work.problem})
    title, body = _render_fetched(work.fetched) if work.fetched else _render_added(work.added or AddReport())
    used = f'<p class="made">{texts.DONE.format(day=format_day(today))}</p>' if work.is_changed else ""
    return (
        f'<section class="tool-result" data-refresh="{LIST.lstrip("/")}"><h3 tabindex="-1" data-focus>{title}</h3>{body}{used}'
        "</section>"
    )


def _render_added(report: AddReport) -> tuple[str, str]:
    if report.known:
        return texts.KNOWN, f'<p class="told">{escape(texts.KNOWN_HINT.format(name=report.known[0]))}</p>'
    conflicts = sum(len(added.conflicts) for added in report.added)
    title = texts.ADDED_WITH_CONFLICTS.format(count=conflicts) if conflicts else texts.ADDED
    return title, "".join(map(_render_document, report.added))


def _render_document(added: Added) -> str:
    parts = (texts.PART if added.parts == 1 else texts.PARTS).format(title=added.title, parts=added.parts)
    calm = "" if added.conflicts else f'<p class="told">{texts.NO_CONFLICTS}</p>'
    return (
        f'<p class="lead">{escape(parts)}</p>{render_warnings(added.problems)}{render_conflicts(added.conflicts)}{calm}'
    )


def _render_fetched(report: SyncReport) -> tuple[str, str]:
    day = format_day(report.text_date) if report.text_date else texts.NO_DAY
    counts = texts.FETCHED_COUNTS.format(
        day=day,
        new=report.new,
        changed=report.changed,
        unchanged=report.unchanged,
        provisions=report.changed_provisions,
    )
    failed = render_warnings([f"{name}: {reason}" for name, reason in report.failed.items()])
    withdrawn = render_list(texts.WITHDRAWN.format(name=name) for name in report.withdrawn) if report.withdrawn else ""
    return (
        texts.FETCHED if report.has_news else texts.NOTHING_NEW,
        f'<p class="lead">{counts}</p>{failed}{withdrawn}<p class="foot">{answer_texts.ATTRIBUTION}</p>',
    )
