"""Must we have BHT: the verdict of the duty check with the row that decides it, or the question back."""

import re

from assistant import texts
from assistant.answer import Outcome
from assistant.cite import Evidence, first_sentences, quote_portion, quote_segment
from assistant.draft import Draft, Paragraph
from assistant.duty.check import DutyOutcome, DutyResult, Reason, check_duty
from assistant.respond.duty_question import is_duty_question, is_open_duty_question
from assistant.understand.question import Understood
from corpus.address import Portion
from corpus.document import Kind, Provision, Verdict
from corpus.industry import TABLE_PROVISION, IndustryRow, read_conditions
from corpus.library import Library

# More rows than this are not read.
_MAX_ROWS = 6


def answer_duty(question: Understood, library: Library) -> Draft | None:
    """Return the verdict on the duty to have BHT, or ask for the industry."""
    if is_open_duty_question(question):
        return Draft(
            outcome=Outcome.ANSWERED, paragraphs=_both_roads(texts.DUTY_ASK, library), next_step=texts.DUTY_OPEN_STEP
        )
    if not is_duty_question(question):
        return None
    company = question.company
    if company.employees == 0 or company.industries or company.owner_only:
        result = check_duty(company.industries, company.employees, company.owner_only, company.condition_met)
        return _draft_result(result, question, library)
    # The reply to "what do you do" named no industry that is known.
    asked_before = question.standalone != question.asked and not question.new_industries
    return Draft(
        outcome=Outcome.ASKS_BACK,
        verdict=Verdict.DEPENDS,
        paragraphs=_both_roads(texts.DUTY_UNKNOWN if asked_before else texts.DUTY_ASK, library),
        follow_up_question=texts.ASK_INDUSTRY,
        choices=texts.INDUSTRY_CHOICES,
    )


def _both_roads(lead: str, library: Library) -> tuple[Paragraph, ...]:
    """Return the lead with the two rules that can make BHT a duty."""
    risk, listed = _risk(library), _list(library)
    return (
        Paragraph(text=lead, evidence=(risk, listed), is_lead=True),
        Paragraph(evidence=(risk,)),
        Paragraph(evidence=(listed,)),
    )


def _draft_result(result: DutyResult, question: Understood, library: Library) -> Draft:
    lead, evidence, step, back = _words_for(result, library)
    warnings = tuple(
        texts.RETIRED_CODE.format(code=i.retired, successors=", ".join(i.codes)) for i in result.industries if i.retired
    )
    quoted = [e for e in evidence if "rad" not in dict(e.portion.parts)]
    return Draft(
        outcome=Outcome.ASKS_BACK if back else Outcome.ANSWERED,
        verdict=result.verdict,
        paragraphs=(
            Paragraph(text=lead, evidence=evidence, is_lead=True),
            *(Paragraph(evidence=(item,)) for item in quoted),
        ),
        next_step=step,
        follow_up_question=back,
        warnings=warnings,
    )


def _words_for(result: DutyResult, library: Library) -> tuple[str, tuple[Evidence, ...], str, str | None]:
    """Return lead, evidence, next step and question back for a result of the check."""
    rows = tuple(_row(library, row) for row in result.rows)
    risk, listed = _risk(library), _list(library)
    first = result.rows[0] if result.rows else None
    if result.reason is Reason.NO_EMPLOYEES:
        return (
            texts.DUTY_NO_EMPLOYEES,
            (_ledd(library, "lov/2005-06-17-62/§1-2", "ledd/1"),),
            texts.DUTY_NO_EMPLOYEES_STEP,
            None,
        )
    if result.reason is Reason.SEA:
        sea = _segment(library, "lov/2005-06-17-62/§1-2", "ledd/2/bokstav/a")
        return texts.DUTY_SEA, (sea,), texts.DUTY_SEA_STEP, None
    if result.reason is Reason.OWNER_ONLY:
        employee = _ledd(library, "lov/2005-06-17-62/§1-8", "ledd/1")
        return (
            texts.DUTY_OWNER_ONLY,
            (_ledd(library, "lov/2005-06-17-62/§1-2", "ledd/1"), employee),
            texts.DUTY_OWNER_ONLY_STEP,
            None,
        )
    if result.outcome is DutyOutcome.LISTED and first:
        lead = texts.DUTY_LISTED.format(row=_names(result.rows), code=", ".join(r.code for r in result.rows))
        return lead, (*rows, listed), texts.DUTY_LISTED_STEP, None
    if result.outcome is DutyOutcome.LISTED_WITH_CONDITION and first:
        lead = texts.DUTY_CONDITION.format(row=_plain_name(first), code=first.code, condition=result.condition)
        return lead, (*rows, listed, risk), texts.DUTY_CONDITION_STEP, read_conditions()[first.code].question
    if result.outcome is DutyOutcome.NOT_LISTED:
        codes = ", ".join(code for industry in result.industries for code in industry.codes)
        named = all(i.name.startswith("næringskode") for i in result.industries)
        name = _capitalise(result.name)
        lead = texts.DUTY_NOT_LISTED.format(name=name, codes=codes).replace(f" ({codes})" if named else "\0", "")
        return lead, (listed, risk), texts.DUTY_NOT_LISTED_STEP, None
    shown = result.rows[:_MAX_ROWS]
    known = ", ".join(f"{row.code} {_plain_name(row)}" for row in shown)
    template = texts.DUTY_SEVERAL if result.reason is Reason.SEVERAL_CODES else texts.DUTY_ACTIVITIES
    name = _capitalise(result.name)
    return template.format(name=name, listed=known), (*rows[:_MAX_ROWS], listed, risk), "", texts.ASK_WHICH


def _capitalise(name: str) -> str:
    return "IT" + name[2:] if re.match(r"it\b", name) else name[:1].upper() + name[1:]


def _plain_name(row: IndustryRow) -> str:
    """Return the row's name without the limit that the table puts behind it."""
    return re.split(r"\s+[–-]\s+|\.\s+(?:Kun|Gjelder)", row.name)[0]


def _names(rows: tuple[IndustryRow, ...]) -> str:
    return " / ".join(_plain_name(row) for row in rows)


def _risk(library: Library) -> Evidence:
    return first_sentences(_ledd(library, "lov/2005-06-17-62/§3-3", "ledd/1"))


def _list(library: Library) -> Evidence:
    return first_sentences(_ledd(library, TABLE_PROVISION, "ledd/2"))


def _ledd(library: Library, provision_id: str, path: str) -> Evidence:
    evidence = quote_portion(_text(library, provision_id, path), Portion.parse(path))
    if evidence is None:
        raise LookupError(f"{provision_id} has no {path}")
    return evidence


def _segment(library: Library, provision_id: str, path: str) -> Evidence:
    text = _text(library, provision_id, path)
    return quote_segment(text, next(n for n, s in enumerate(text.segments) if s.portion.path == path))


def _text(library: Library, provision_id: str, path: str) -> Provision:
    """Return the working text of a provision, or our restatement where an amended one no longer has the part."""
    working = library.working_text(provision_id)
    if any(segment.portion.path == path for segment in working.segments):
        return working
    return library.find(provision_id, Kind.RESTATEMENT)


def _row(library: Library, row: IndustryRow) -> Evidence:
    return _segment(library, TABLE_PROVISION, f"ledd/2/rad/{row.code}")
