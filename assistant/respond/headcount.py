"""Duties by headcount: how many does it take, and must we with so many?"""

import re

from assistant import texts
from assistant.answer import Outcome
from assistant.cite import quote_portion
from assistant.draft import Draft, Paragraph
from assistant.respond.left_over import left_over
from assistant.respond.premise import asks_for_limit
from assistant.understand.company import names_part_time, read_employees, without_short_weeks
from assistant.understand.question import Understood
from assistant.understand.stance import Modality
from corpus.address import Portion
from corpus.document import Verdict
from corpus.duties import read_duties
from corpus.library import Library
from corpus.patterns import fold_case, word_pattern
from corpus.thresholds import Band, Threshold
from index.text import content_words

# More words than this beside the duty's own, and the question is about something else.
_MAX_WORDS = 20


# Words left in the clause beside the duty and the company: with more, it is about something else.
_MOST_LEFT = 3
_CLAUSE_ENDS = re.compile(r"[.!?;:]\s*|,\s+")
_DOES = re.compile(r" (?:delta|gjøre|varsle|godkjenne|skrive|signere|møte|stanse|betale|velges|være med|hjelpe|få) ")
_PARTY = r"(?:(?:dei?\s+)?(?:ansatte|tilsette)|tillitsvalgt\w*|fagforening\w*|klubben|verneombud\w*|arbeidstak\w*|arbeidsgiver\w*|noen|nokon|ledelsen|folka?|workers|employees|union\w*|staff)"
_DEMAND = r"(?:krev(?:er|de|d|ja)?|forlang\w*|insister\w*|ber\s+om|bad\s+om|bedt\s+om|vil\s+ha|ønsk\w*|ønskj\w*|demand\w*|ask(?:s|ed)?\s+for|wants?)"
_DEMANDS = re.compile(rf"\b{_PARTY}\s+(?:\w+\s+){{0,5}}?{_DEMAND}\b", re.IGNORECASE)
_NOBODY_DEMANDS = re.compile(
    rf"\b(?:ingen|ingen\s+av\s+\w+|nobody|no\s+one)\s+(?:\w+\s+){{0,3}}?{_DEMAND}\b|\b{_PARTY}\s+(?:\w+\s+)?(?:ikke|ikkje|not)\s+(?:\w+\s+)?{_DEMAND}\b|\buten\s+at\s+(?:noen|ansatte)\s+{_DEMAND}\b",
    re.IGNORECASE,
)
# "skal vi regne med lærlinger når vi teller til AMU" asks who is counted, not whether they must.
_WHO_COUNTS = re.compile(r"\b(?:regne?s?\w*\s+med|rekne?\w*\s+med|medregn\w*|telle?r?s?|teljer?|tel|count\w*)\b")
_WHEN_MUST = re.compile(r"\W*(?:når|hvem|kven|when|who)\s+(?:må|skal|lyt|kreves|krevst|har|er|must|is|needs?)\b")


def answer_headcount(question: Understood, library: Library) -> Draft | None:
    """Return the answer when a duty by headcount is asked for, alone or with the number of employees."""
    threshold = next((t for t in library.thresholds if t.bands and t.match(_about(question))), None)
    if threshold is None or question.mentions:
        return None
    paragraphs = _paragraphs(threshold, library)
    if (asks_for_limit(question.folded) or _WHEN_MUST.match(question.folded)) and not _has_new_number(question):
        first = Paragraph(evidence=paragraphs[0].evidence, is_lead=True)
        return Draft(outcome=Outcome.ANSWERED, paragraphs=(first, *paragraphs[1:]), next_step=threshold.next_step)
    asks = question.modality in (Modality.MUST, Modality.NEED_NOT) and (
        question.is_yes_no or question.company.employees is not None
    )
    if not asks or len(content_words(question.text)) > _MAX_WORDS or not _is_bare(question, threshold):
        return None
    if question.company.employees == 0:
        nobody = quote_portion(library.working_text("lov/2005-06-17-62/§1-2"), Portion.parse("ledd/1"))
        lead = Paragraph(text=texts.DUTY_NO_EMPLOYEES, evidence=(nobody,) if nobody else (), is_lead=True)
        return Draft(outcome=Outcome.ANSWERED, verdict=Verdict.NO, paragraphs=(lead,))
    if question.company.employees is None:
        if _WHO_COUNTS.search(question.folded):
            return None
        lead = Paragraph(text=threshold.rule, evidence=paragraphs[0].evidence, is_lead=True)
        return Draft(
            outcome=Outcome.ASKS_BACK,
            verdict=Verdict.DEPENDS,
            paragraphs=(lead,),
            follow_up_question=texts.ASK_EMPLOYEES,
        )
    told = _tell(threshold, question, library)
    if told is None:
        return None
    verdict, text, rests_on_count = told
    grounds = paragraphs if rests_on_count else paragraphs[:1]
    lead = Paragraph(text=text, evidence=tuple(e for p in grounds for e in p.evidence), is_lead=True)
    return Draft(
        outcome=Outcome.ANSWERED, verdict=verdict, paragraphs=(lead, *paragraphs), next_step=threshold.next_step
    )


def _tell(threshold: Threshold, question: Understood, library: Library) -> tuple[Verdict, str, bool] | None:
    """Return the verdict for so many employees, the sentence that gives it, and whether who is counted decides; None without a band."""
    company = question.company
    employees, counted = company.employees or 0, company.amu_count
    is_part_counted = any(d.counts for d in read_duties(library.known).duties if d.threshold == threshold.threshold_id)
    count = counted if is_part_counted and counted is not None else employees
    band = threshold.band_for(count)
    if band is None:
        return None
    if is_part_counted and counted is None and band.verdict is Verdict.YES and names_part_time(question.text):
        return Verdict.DEPENDS, texts.PART_TIME_DECIDES.format(n=employees, least=band.start), True
    band = _as_demanded(band, question)
    number = str(count) if count == employees else texts.THAT_COUNT.format(n=count)
    text = _prefix(band.verdict, question.modality) + band.lead.format(n=number)
    return band.verdict, text, count != employees


def _about(question: Understood) -> str:
    """Return the question without the hours that some work: they say who counts, and are no subject."""
    return without_short_weeks(question.folded)


def _has_new_number(question: Understood) -> bool:
    return read_employees(question.text) is not None


def _prefix(verdict: Verdict, modality: Modality) -> str:
    """Return "Ja. " or "Nei. " as it answers the question: to "slipper vi?" a duty is a no."""
    if verdict is Verdict.DEPENDS:
        return ""
    yes = (verdict is Verdict.YES) != (modality is Modality.NEED_NOT)
    return f"{texts.YES if yes else texts.NO} "


def _is_bare(question: Understood, threshold: Threshold) -> bool:
    """Return whether the question is about having the body at all, not about what it does."""
    if _DOES.search(question.folded):
        return False
    patterns = [pattern for group in threshold.terms.groups for pattern in group]
    clauses = [
        c
        for c in _CLAUSE_ENDS.split(without_short_weeks(question.text))
        if any(word_pattern(p).search(fold_case(c)) for p in patterns)
    ]
    return any(len(left_over(question, clause, patterns)) <= _MOST_LEFT for clause in clauses)


def _as_demanded(band: Band, question: Understood) -> Band:
    """Return the band as it is where somebody has demanded the body, or nobody has; itself when that is not told."""
    if _NOBODY_DEMANDS.search(question.folded):
        return band.undemanded or band
    return (band.demanded if _DEMANDS.search(question.folded) else None) or band


def _paragraphs(threshold: Threshold, library: Library) -> tuple[Paragraph, ...]:
    found = (quote_portion(library.working_text(a.provision_id), a.portion) for a in threshold.provisions)
    return tuple(Paragraph(evidence=(evidence,)) for evidence in found if evidence)
