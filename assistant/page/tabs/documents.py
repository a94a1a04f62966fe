"""The tab Dokumentsjekk: a BHT plan, annual report or contract against the rules, and drafts of them."""

import base64
from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import PurePath

from assistant.documents.answers import clean_answers
from assistant.documents.check import CheckReport, Finding, Status, Words, check_document
from assistant.documents.draft import answer_fields, draft_bytes, draft_document, task_fields
from assistant.errors import UsageError
from assistant.nynorsk import Language
from assistant.page.tabs import texts
from assistant.page.tabs.form import Fields, Form, FormError
from assistant.page.tabs.result import (
    render_block,
    render_list,
    render_problems,
    render_result,
    render_rule,
    render_warnings,
)
from assistant.page.tabs.tool import build_tool
from assistant.page.watch import NOBODY, Watch
from assistant.texts import DOCUMENT_NAMES
from corpus.document_requirements import DocumentKind
from corpus.library import Library
from corpus.own.raw import RawDocument

PATH = "/dokumentsjekk"
MAX_MEGABYTES = 20
MAX_BYTES = MAX_MEGABYTES * 2**20
ENDINGS = (".pdf", ".docx", ".txt", ".md", ".html", ".htm")
_CHECK = Form("check-form")
_DRAFT = Form("draft-form")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LONGEST_ANSWER, _SHOWN = 500, 320
_KINDS = [(kind.value, texts.KINDS[kind]) for kind in DocumentKind]
_STATES = {
    Status.FOUND: (texts.FOUND, "ja"),
    Status.CONFLICTING: (texts.CONFLICTING, "avhenger"),
    Status.DENIED: (texts.DENIED, "corrected"),
    Status.MISSING: (texts.MISSING, "avhenger"),
}


def build_documents(library: Callable[[], Library], language: Language, watch: Watch = NOBODY) -> None:
    """Put both tools into the panel that is open.

    Args:
        library: Returns what is quoted.
        language: What the page is written in.
        watch: Counts and logs each use.
    """
    jump = f'<button type="button" class="as-link" data-jump="{_DRAFT.form_id}">{texts.DRAFT_JUMP}</button>'
    build_tool(
        _CHECK,
        texts.CHECK,
        f"{texts.CHECK_INTRO} {jump}",
        render_check_form(),
        texts.CHECK_GIVES,
        None,
        language=language,
    )
    build_tool(
        _DRAFT, texts.DRAFT, texts.DRAFT_INTRO, render_draft_form(), texts.DRAFT_GIVES,
        lambda fields: make_draft(fields, library()), language=language, watch=watch,
    )  # fmt: skip


def render_check_form() -> str:
    """Return the form that takes a file; it is posted to PATH."""
    too_large = render_problems({"file": texts.FILE_TOO_LARGE.format(size="{size}", limit=MAX_MEGABYTES)})
    return _CHECK.whole(
        (
            _CHECK.file("file", texts.FILE, texts.FILE_HINT.format(limit=MAX_MEGABYTES), ENDINGS),
            _CHECK.choice("kind", texts.KIND, _KINDS),
        ),
        texts.CHECK_SEND,
        attributes=(
            f'data-post="{PATH.lstrip("/")}" data-limit="{MAX_BYTES}" data-too-large="{escape(too_large, quote=True)}" '
            f'data-failed="{escape(render_problems({"": texts.CHECK_FAILED}), quote=True)}"'
        ),
    )


def render_draft_form() -> str:
    """Return the form of a draft: what to draft, and a few answers."""
    rows = (_DRAFT.line(name, label, optional=True) for name, label in texts.DRAFT_FIELDS.items())
    return _DRAFT.whole((_DRAFT.choice("kind", texts.DRAFT_KIND, _KINDS), *rows), texts.DRAFT_SEND)


def find_problem(name: str, size: int) -> str:
    """Return what is wrong with a file before it is read, "" when nothing is.

    Args:
        name: What it is called.
        size: Its number of bytes.
    """
    if not name or not size:
        return texts.FILE_NEEDED
    if PurePath(name).suffix.lower() not in ENDINGS:
        return texts.FILE_WRONG_TYPE.format(name=name[:80])
    return texts.FILE_TOO_LARGE.format(size=-(-size // 2**20), limit=MAX_MEGABYTES) if size > MAX_BYTES else ""


def read_kind(text: str) -> DocumentKind:
    """Return the kind of document.

    Raises:
        FormError: It is none.
    """
    if text not in set(DocumentKind):
        raise FormError({"kind": texts.KIND_NEEDED})
    return DocumentKind(text)


def check(document: RawDocument, name: str, kind: DocumentKind, library: Library, today: date | None = None) -> str:
    """Return the result for a document that was read.

    Args:
        document: What was read.
        name: What the file is called.
        kind: What the document is.
        library: The rules that are quoted.
        today: The day it is asked; None for today.

    Raises:
        DocumentCheckError: There is no text, too much of it, or it is not Norwegian.
    """
    report = check_document(document.pages, kind, library)
    return render(report, name, tuple(document.problems), today or date.today())


def render(report: CheckReport, name: str, problems: tuple[str, ...], today: date) -> str:
    """Return the report: how much was found, a table of what the rules say, one of what is useful, and the warnings."""
    total = len(report.duties)
    title = texts.CHECK_HEAD.format(found=total - len(report.lacking), total=total)
    about = texts.CHECK_OF.format(kind=DOCUMENT_NAMES[report.kind], name=name)
    extras = f'<p class="told">{texts.CHECK_EXTRAS_HINT}</p>{_table(report.extras)}' if report.extras else ""
    body = (
        f'<p class="told">{escape(about)}</p>',
        render_warnings((*report.warnings, *problems)),
        render_block(texts.CHECK_DUTIES, _table(report.duties)),
        render_block(texts.CHECK_EXTRAS, extras) if extras else "",
        f'<p class="foot">{texts.CHECK_EXPLAINED}</p>',
    )
    return render_result(texts.CHECK, title, "".join(body), today)


def _table(findings: tuple[Finding, ...]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in texts.CHECK_COLUMNS)
    return f'<table class="checked"><thead><tr>{head}</tr></thead><tbody>{"".join(map(_row, findings))}</tbody></table>'


def _row(finding: Finding) -> str:
    label, style = _STATES[finding.status]
    _, says, add = texts.CHECK_COLUMNS
    said = f'<p><span class="badge badge-{style}">{label}</span></p>{_said(finding)}'
    return (
        f'<tr><th scope="row">{escape(finding.requirement.name)}{render_rule((finding.rule,))}</th>'
        f'<td data-label="{says}">{said}</td><td data-label="{add}">{escape(finding.add) or texts.NOTHING_TO_ADD}</td></tr>'
    )


def _said(finding: Finding) -> str:
    parts = [f"<p>{texts.BY_REFERENCE}</p>"] if finding.is_reference else []
    parts += [_words(finding.words)] if finding.words else []
    parts += [f"<p>{texts.AGAINST}</p>{_words(finding.against)}"] if finding.against else []
    return "".join(parts)


def _words(words: Words) -> str:
    text = " ".join(words.text.split())
    if len(text) > _SHOWN:
        text = text[:_SHOWN].rsplit(" ", 1)[0] + " …"
    page = f" ({texts.PAGE.format(page=words.page)})" if words.page is not None else ""
    return f"<p>«{escape(text)}»{page}</p>"


def make_draft(fields: Fields, library: Library, today: date | None = None) -> str:
    """Return a link to a Word draft, made of what was filled in; the file is in the link, and nowhere else.

    Args:
        fields: The form.
        library: The rules whose addresses stand in the headings.
        today: The day it is asked; None for today.

    Raises:
        FormError: A field cannot be used.
    """
    kind = read_kind(fields.text("kind"))
    for name in texts.DRAFT_FIELDS:
        if len(fields.text(name)) > _LONGEST_ANSWER:
            fields.problems[name] = texts.DRAFT_TOO_LONG.format(limit=_LONGEST_ANSWER)
    fields.check()
    try:
        answers = clean_answers({name: fields.text(name) for name in texts.DRAFT_FIELDS})
    except UsageError as error:
        raise FormError({"": str(error)}) from error
    draft = draft_document(kind, answers, library)
    name = f"{texts.KINDS[kind].lower().replace(' ', '-')}-utkast.docx"
    data = base64.b64encode(draft_bytes(draft)).decode()
    asked = answer_fields() | task_fields()
    body = (
        f'<p class="download block no-copy"><a href="data:{_WORD};base64,{data}" download="{name}">'
        f"{texts.DRAFT_DOWNLOAD.format(name=name)}</a></p>",
        render_block(
            texts.DRAFT_BLANKS.format(count=len(draft.blanks)), render_list(asked[b] for b in draft.blanks), "blanks"
        )
        if draft.blanks
        else "",
        f'<p class="foot">{texts.DRAFT_AFTER}</p>',
    )
    return render_result(texts.DRAFT, texts.DRAFT_READY, "".join(body), today or date.today())
