"""False premises: a wrong limit on headcount, or a widespread misunderstanding put forward as true."""

import re

from assistant import texts
from assistant.answer import Outcome
from assistant.cite import first_sentences, quote_portion
from assistant.draft import Draft, Paragraph
from assistant.understand.question import Understood
from assistant.understand.stance import Modality, asks_confirmation
from corpus.address import Address
from corpus.document import Verdict
from corpus.library import Library
from corpus.misunderstandings import Misunderstanding
from corpus.thresholds import Threshold

_MAX_QUOTES = 2
_LONG = 65
_OPEN_COUNT = re.compile(
    r"(?:hvor|kor)\s+(?:mange|stor\w*|mykje|mye)|how\s+(?:many|big|large)|antall\s+ansatte|talet?\s+på|fra\s+hvilket\s+antall",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"ansatt|tilsett|arbeidstak|folk|stor|employee|people|vi\s+være|me\s+vere|personer", re.IGNORECASE)
_TAKES = re.compile(
    r"\b(?:må|lyt|skal|krev\w*|krav\w*|plikt\w*|påbu\w*|påbo\w*|før|grens\w*|obligatorisk|mandatory|require\w*|need\w*|must|before|trengs?|nødt|for å)\b",
    re.IGNORECASE,
)
_SHORT = 6


def correct_premise(question: Understood, library: Library) -> Draft | None:
    """Return the correction when the question rests on something false."""
    for threshold in library.thresholds:
        if threshold.match(question.folded) and _claims_wrong_limit(question, threshold):
            return _correct_limit(question, threshold, library)
    if not question.is_claim:
        return None
    matches = [m for m in library.misunderstandings if _matches(question, m)]
    if not matches:
        return None
    # The most demanding description is the most specific misunderstanding.
    best = max(matches, key=lambda m: (len(m.terms.groups) + bool(m.numbers), -len(m.misunderstanding_id)))
    return Draft(
        outcome=Outcome.CORRECTED,
        verdict=_verdict(question),
        paragraphs=(_lead(question, best.rule, best.provisions, library), *_quotes(best.provisions, library)),
    )


def asks_for_limit(folded: str) -> bool:
    """Return whether the question asks how many employees something takes."""
    short = len(folded.split()) <= _SHORT
    return bool(_OPEN_COUNT.search(folded) and _PEOPLE.search(folded) and (short or _TAKES.search(folded)))


def _claims_wrong_limit(question: Understood, threshold: Threshold) -> bool:
    if not threshold.accepted and asks_for_limit(question.folded) and not question.new_industries:
        return question.company.employees is None  # asking for the limit presupposes that there is one
    wrong = [n for n in question.claimed_limits if n not in threshold.accepted]
    return bool(wrong) and (question.is_claim or question.is_yes_no)


def _correct_limit(question: Understood, threshold: Threshold, library: Library) -> Draft:
    band = threshold.band_for(question.company.employees) if question.company.employees else None
    verdict = band.verdict if band else _verdict(question)
    if not threshold.bands and verdict is None and question.is_claim and question.modality is not Modality.OTHER:
        verdict = Verdict.DEPENDS  # the number decides nothing: industry and risk do
    return Draft(
        outcome=Outcome.CORRECTED,
        verdict=verdict,
        paragraphs=(
            _lead(question, threshold.rule, threshold.provisions, library),
            *_quotes(threshold.provisions, library),
        ),
        next_step=threshold.next_step,
    )


def _matches(question: Understood, misunderstanding: Misunderstanding) -> bool:
    if not misunderstanding.terms.match(question.folded):
        return False
    figures = set(re.findall(r"\d+(?:,\d+)?", question.folded))
    return not misunderstanding.numbers or bool(figures & set(misunderstanding.numbers))


def _verdict(question: Understood) -> Verdict | None:
    """Return "nei" to a request to confirm the false; a premise in passing has no verdict of its own."""
    return Verdict.NO if asks_confirmation(question.text) and question.modality is not Modality.NEED_NOT else None


def _lead(question: Understood, rule: str, provisions: tuple[Address, ...], library: Library) -> Paragraph:
    opening = texts.CORRECTED if asks_confirmation(question.text) else texts.CORRECTED_OPEN if question.is_claim else ""
    evidence = tuple(p.evidence[0] for p in _quotes(provisions, library))
    return Paragraph(text=f"{opening} {rule}".strip(), evidence=evidence, is_lead=True)


def _quotes(provisions: tuple[Address, ...], library: Library) -> tuple[Paragraph, ...]:
    paragraphs = []
    for address in provisions:
        provision = library.working_text(address.provision_id)
        evidence = quote_portion(provision, address.portion)
        if evidence:
            is_long = len(evidence.quote.split()) > _LONG
            paragraphs.append(Paragraph(evidence=(first_sentences(evidence, 2) if is_long else evidence,)))
    return tuple(paragraphs[:_MAX_QUOTES])
