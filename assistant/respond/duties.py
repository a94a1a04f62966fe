"""Which HMS duties do we have: the list for a workplace, a line for each duty. A question on one duty is not this."""

import re

from assistant import texts
from assistant.answer import Outcome
from assistant.draft import Draft, Paragraph
from assistant.respond.left_over import left_over
from assistant.tools.duties import DutyItem, list_duties, list_remarks
from assistant.tools.duties_workplace import MOST_EMPLOYEES, Workplace
from assistant.understand.company import without_short_weeks
from assistant.understand.question import Understood
from corpus.document import Verdict
from corpus.duties import DutyTable, Fact, read_duties
from corpus.library import Library
from corpus.patterns import word_pattern

_WE = r"(?:vi|me|oss|jeg|eg|we|us|i|dere|bedrift\w*|firma\w*|virksomhet\w*|verksemd\w*|selskap\w*)"
_MORE = r"(?:(?:andre|alle|lovpålagte|lovpålagde|de\s+viktigste|generelle|konkrete|legal)\s+)?"
_DUTIES = (
    r"(?:hms|health\s+and\s+safety)[-\s]?(?:plikt\w*|krav\w*|lovkrav|oppgaver|oppgåver|duties|obligations|requirements)"
)
_BARE_DUTIES = r"(?:plikt(?:er|ar|ene|ane)|lovkrav\w*|duties|obligations)"
# "hvilke HMS-plikter har vi", "hvilke plikter har vi som arbeidsgiver"
_WHICH = re.compile(
    rf"\b(?:hvilke|kva\s+for|kva|hva\s+slags|what|which)\s+{_MORE}(?:(?:{_DUTIES})\b|{_BARE_DUTIES}\s+(?:har|gjelder\s+for|gjeld\s+for|do|applies?\s+to|have)\s+{_WE}\b)",
    re.IGNORECASE,
)
# "hva må vi ha på plass", "hva kreves av oss på HMS"
_IN_PLACE = re.compile(
    r"\b(?:hva|kva|what)\s+(?:må|lyt|skal|plikter|must)\s+(?:jeg|eg|vi|me|man|i|we)\s+(?:gjøre|gjere|ordne|passe\s+på|do)\s+(?:som\s+(?:arbeidsgi\w+|leder|leiar|sjef)|as\s+an\s+employer|(?:av|med|på|for|i)\s+hms|etter\s+(?:loven|lova))\b|"
    rf"\b(?:hva|kva|what)\s+(?:må|lyt|skal|must|do)\s+{_WE}\s+(?:\w+\s+){{0,2}}?(?:ha\s+på\s+plass|ha\s+i\s+orden|oppfylle|have\s+in\s+place)\b"
    rf"|\b(?:hva|kva|what)\s+(?:kreves|krevst|krever\s+loven|krev\s+lova|is\s+required)\s+(?:av|of)\s+{_WE}\b",
    re.IGNORECASE,
)
# "HMS-krav for et lite snekkerfirma med 4 mann"
_FOR_WHOM = re.compile(rf"^\W*{_MORE}{_DUTIES}\s+(?:for|hos|i|når|med)\b", re.IGNORECASE)
# What the duties are about is one subject: "plikter vi har ved støy", "krav til stillas".
_ABOUT = re.compile(
    r"\b(?:ved|om|til|mot|overfor|ovanfor|for|angående|knyttet\s+til|about|regarding)\s*$", re.IGNORECASE
)
_BODY = (
    "hms*", "hms-*", "plikt*", "krav*", "lovkrav*", "orden", "plass", "oppfylle", "oppgaver", "oppgåver", "arbeidsgiver*",
    "arbeidsgivar*", "duties", "obligations", "requirements", "place", "safety", "health", "viktigste", "generelle", "konkrete",
    "gjøre", "gjere", "ordne", "passe", "lovpålagte", "lovpålagde", "alle", "andre", "employer", "legal", "mye", "mykje", "litt", "lot", "lots",
)  # fmt: skip
_LEAD_DUTY = "systematisk-hms"
_MOST_EVIDENCE = 2


def answer_duties(question: Understood, library: Library) -> Draft | None:
    """Return the list of HMS duties when that is what is asked for, None for any other question.

    Args:
        question: What was asked, and what the talk has said about the company.
        library: The sources that are quoted.
    """
    table = read_duties(library.known)
    company = question.company
    if company.employees is None and not company.industries:
        return None
    if company.owner_only or (company.employees or 0) > MOST_EMPLOYEES or not _asks_for_list(question, table):
        return None
    workplace = Workplace(
        employees=company.employees,
        amu_count=company.amu_count,
        industries=company.industries,
        facts=table.find_facts(question.text),
        condition_met=company.condition_met,
    )
    remarks = list_remarks(workplace, library)
    grounded = [remark for remark in remarks if remark.evidence]
    warnings = tuple(remark.text for remark in remarks if not remark.evidence)
    items = [item for item in list_duties(workplace, library) if item.in_chat]
    if grounded:
        said = tuple(Paragraph(text=r.text, evidence=r.evidence, is_lead=True) for r in grounded)
        return Draft(outcome=Outcome.ANSWERED, paragraphs=(*said, *map(_line, items)), warnings=warnings)
    whom = texts.DUTIES_SO_MANY.format(n=company.employees) if company.employees else ""
    grounds = next(item.evidence[:1] for item in items if item.duty_id == _LEAD_DUTY)
    lead = Paragraph(text=texts.DUTIES_LEAD.format(whom=whom), evidence=grounds, is_lead=True)
    return Draft(
        outcome=Outcome.ANSWERED, paragraphs=(lead, *map(_line, items)), next_step=texts.DUTIES_STEP, warnings=warnings
    )


def _line(item: DutyItem) -> Paragraph:
    """Return the duty on one line: whether it holds, and what it turns on."""
    text = (
        texts.DUTIES_YES.format(scope=item.scope)
        if item.verdict is Verdict.YES
        else texts.DUTIES_DEPENDS.format(condition=item.condition)
    )
    return Paragraph(prefix=f"{item.title}:", text=text, evidence=item.evidence[:_MOST_EVIDENCE])


def _asks_for_list(question: Understood, table: DutyTable) -> bool:
    """Return whether the question is for the duties together, and for no one of them."""
    text = without_short_weeks(question.text)
    if question.mentions or not (_WHICH.search(text) or _IN_PLACE.search(text) or _FOR_WHOM.search(text)):
        return False
    named = [fact for fact in table.facts if fact.fact_id in table.find_facts(text)]
    if any(_is_subject(fact, text) for fact in named):
        return False
    forms = tuple(form for fact in named for form in (*fact.forms, *fact.fact_id.split()))
    return not left_over(question, text, (*_BODY, *forms))


def _is_subject(fact: Fact, text: str) -> bool:
    """Return whether the fact is what the duties are about, and not what the workplace is like."""
    found = (match for form in fact.forms for match in word_pattern(form).finditer(text.lower()))
    return any(_ABOUT.search(text[: match.start()]) for match in found)
