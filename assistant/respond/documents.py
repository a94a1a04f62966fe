"""A plan, an annual report or a contract: checked when its text is pasted in, else what is looked for and where the tool is."""

from assistant import texts
from assistant.answer import Outcome
from assistant.documents.check import (
    CheckReport,
    DocumentCheckError,
    Finding,
    Status,
    check_document,
    quote_requirement,
)
from assistant.documents.render import escape
from assistant.draft import Draft, Paragraph, abstain
from assistant.respond.document_question import DocumentQuestion, Wish, read_document_question
from assistant.understand.question import MAX_QUESTION, Understood
from corpus.document_requirements import DocumentKind, requirements_for
from corpus.library import Library
from corpus.own.plain import read_plain

_SHOWN = 90


def answer_documents(question: Understood, library: Library) -> Draft | None:
    """Return the check of a document that was pasted in, or how one is checked or drafted; None for any other question.

    Args:
        question: What was asked.
        library: The rules that are quoted.
    """
    asked = read_document_question(question)
    if asked is None:
        return None
    return _check(asked, library) if asked.text else _tell(asked, library)


def _tell(asked: DocumentQuestion, library: Library) -> Draft:
    """Return what the tool looks for, each point with its rule, and where it is."""
    kind, name, value = texts.DOCUMENT_NAMES[asked.kind], texts.DOCUMENT_FULL_NAMES[asked.kind], asked.kind.value
    if asked.wish is Wish.CHECK:
        lead, points = (
            texts.DOCUMENT_CHECK.format(name=texts.DOCUMENT_OWN_NAMES[asked.kind]),
            texts.DOCUMENT_CHECK_POINTS.format(kind=kind),
        )
        step = texts.DOCUMENT_CHECK_STEP.format(value=value, limit=MAX_QUESTION)
    else:
        lead, points = texts.DOCUMENT_DRAFT.format(name=name), texts.DOCUMENT_DRAFT_POINTS
        step = texts.DOCUMENT_DRAFT_STEP.format(value=value)
    return Draft(
        outcome=Outcome.ANSWERED,
        paragraphs=(Paragraph(text=lead, is_lead=True), Paragraph(text=points), *_points(asked.kind, library)),
        next_step=step,
    )


def _points(kind: DocumentKind, library: Library) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(text=f"- {requirement.name}", evidence=(quote_requirement(requirement, library),))
        for requirement in requirements_for(kind)
        if requirement.is_binding
    )


def _check(asked: DocumentQuestion, library: Library) -> Draft:
    try:
        report = check_document(read_plain(asked.text).pages, asked.kind, library)
    except DocumentCheckError as error:
        return abstain(str(error))
    lead = Paragraph(text=_lead(report), is_lead=True)
    lacking = [finding for finding in report.duties if finding in report.lacking]
    found = [finding for finding in report.duties if finding not in report.lacking]
    return Draft(
        outcome=Outcome.ANSWERED,
        paragraphs=(lead, *(_point(finding, library) for finding in (*lacking, *found))),
        next_step=texts.DOCUMENT_STEP,
        warnings=report.warnings,
    )


def _lead(report: CheckReport) -> str:
    total, kind = len(report.duties), texts.DOCUMENT_NAMES[report.kind]
    if not report.lacking:
        return texts.DOCUMENT_FOUND_ALL.format(total=total, kind=kind)
    return texts.DOCUMENT_FOUND.format(found=total - len(report.lacking), total=total, kind=kind)


def _point(finding: Finding, library: Library) -> Paragraph:
    """Return one line: what became of a requirement, the document's words, and what to add."""
    words = finding.against or finding.words
    shown = " ".join(words.text.split()) if words else ""
    if len(shown) > _SHOWN:
        shown = f"{shown[:_SHOWN].rsplit(' ', 1)[0]} …"
    said = f"«{escape(shown)}»" if shown else ""
    rest = said if finding.status is Status.FOUND else f"{said} {finding.add}".strip()
    status = finding.status.value.capitalize()
    text = texts.DOCUMENT_POINT.format(status=status, name=finding.requirement.name, rest=rest)
    return Paragraph(text=text, evidence=(quote_requirement(finding.requirement, library),))
