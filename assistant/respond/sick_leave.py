"""By when must the follow-up plan be ready, and the dialogue meeting held: the days, worked out from the first day of absence."""

import re
from datetime import date

from assistant import texts
from assistant.answer import Outcome
from assistant.draft import Draft, Paragraph
from assistant.tools.duties import DutyItem, list_duties
from assistant.tools.duties_workplace import SickLeave, Workplace
from assistant.understand.days import read_day
from assistant.understand.question import Understood
from corpus.duties import read_duties
from corpus.library import Library
from corpus.numerals import format_day

_SICK = re.compile(
    r"\b(?:sy(?:ke?)?meld|sju(?:ke?)?meld|syke?fravær|sjukefråvær|fravær|syk\b|sjuk\b|syke?meld\w*|borte\b|sick)"
)
_DEADLINES = re.compile(r"oppfølgingsplan|dialogmøt|\bfrist|sick\s+leave\s+plan|\bfølge?\s+opp\b|oppfølging")
_ASKS_WHEN = re.compile(
    r"\b(?:når|kva\s+dato|hvilken\s+dato|innen\s+når|frist\w*|dato\w*|senest|seinast|when|deadline\w*)\b"
)
# Whom the sick pay comes from, notes of one's own and the like have days of their own.
_OTHER = re.compile(
    r"egenmeld|eigenmeld|sykepeng|sjukepeng|lønn|refusjon|oppsig|ferie|arbeidsgi\w*periode|legeerkl|sykmelding\w*\s+(?:varer|gjelder)"
)
_GRADED = re.compile(r"\b(?:gradert|delvis|halvt|\d{1,2}\s*(?:%|prosent))")
_FULL = re.compile(r"\b(?:helt|100\s*(?:%|prosent)|full(?:t)?)\s*(?:syk|sjuk|borte|fravær)?")


def answer_sick_leave(question: Understood, library: Library, today: date) -> Draft | None:
    """Return the days that the follow-up of somebody on sick leave must be done by, None for any other question.

    Args:
        question: What was asked.
        library: The sources that are quoted.
        today: The day it is asked.
    """
    text = question.folded
    if question.mentions or _OTHER.search(text) or not (_SICK.search(text) and _DEADLINES.search(text)):
        return None
    day = read_day(text, today) if _ASKS_WHEN.search(text) else None
    if day is None:
        return None
    degree = SickLeave.GRADED if _GRADED.search(text) else SickLeave.FULL if _FULL.search(text) else None
    counted = {duty.duty_id for duty in read_duties(library.known).duties if duty.weeks}
    workplace = Workplace(sick_since=day, sick_leave=degree)
    items = [item for item in list_duties(workplace, library, today) if item.duty_id in counted]
    plan = next(item for item in items if item.due)
    lead = texts.SICK_LEAVE_LEAD.format(first=format_day(day), due=_told(plan.due, today))
    return Draft(
        outcome=Outcome.ANSWERED,
        paragraphs=(
            Paragraph(text=lead, evidence=plan.evidence, is_lead=True),
            *(_line(item, today) for item in items),
        ),
        next_step=texts.SICK_LEAVE_STEP,
    )


def _line(item: DutyItem, today: date) -> Paragraph:
    """Return what is to be done and by which day, on one line."""
    due = texts.SICK_LEAVE_DUE.format(due=_told(item.due, today)) if item.due else ""
    condition = texts.DUTIES_DEPENDS.format(condition=item.condition) if item.condition else ""
    return Paragraph(
        prefix=f"{item.title}:", text=" ".join(filter(None, (due, item.action, condition))), evidence=item.evidence
    )


def _told(due: date | None, today: date) -> str:
    return format_day(due) + texts.SICK_LEAVE_PASSED * (due < today) if due else ""
