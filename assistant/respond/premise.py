"""False premises: a wrong limit on headcount, or a widespread misunderstanding put forward as true."""

import re

from assistant import texts
from assistant.answer import Outcome
from assistant.cite import first_sentences, quote_portion
from assistant.draft import Draft, Paragraph
from assistant.understand.assertion import read_assertions, read_open_questions
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
# A share of all companies, or how many the service itself must be.
_OTHER_COUNT = re.compile(
    r"\bstor\w*\s+(?:an)?del\b|\bomfang|\bmå\s+(?:en|ein)\s+(?:bht|bedriftshels\w*)\s+ha\b|\bomfatta?\b", re.IGNORECASE
)
_OF_AGE = re.compile(r"\bunder\s+18\b(?!\s*(?:ansatt|tilsett|tilsatt|arbeidstak|employee|folk|person))", re.IGNORECASE)


def correct_premise(question: Understood, library: Library) -> Draft | None:
    """Return the correction when the question rests on something false."""
    for threshold in library.thresholds:
        if threshold.match(question.folded) and _claims_wrong_limit(question, threshold):
            return _correct_limit(question, threshold, library)
    matches = _find(question, library.misunderstandings)
    if not matches:
        return None
    # The most demanding description is the most specific misunderstanding.
    best = max(matches, key=lambda m: (len(m.terms.groups) + bool(m.numbers), -len(m.misunderstanding_id)))
    return Draft(
        outcome=Outcome.CORRECTED,
        verdict=_verdict(question),
        paragraphs=(
            _lead(question, best.rule, best.provisions, library, is_claim=True),
            *_quotes(best.provisions, library),
        ),
    )


def asks_for_limit(folded: str) -> bool:
    """Return whether the question asks how many employees something takes."""
    short = len(folded.split()) <= _SHORT
    if _OTHER_COUNT.search(folded):
        return False
    return bool(_OPEN_COUNT.search(folded) and _PEOPLE.search(folded) and (short or _TAKES.search(folded)))


def _claims_wrong_limit(question: Understood, threshold: Threshold) -> bool:
    if not threshold.accepted and asks_for_limit(question.folded) and not question.new_industries:
        return question.company.employees is None  # asking for the limit presupposes that there is one
    aged = {"18"} if _OF_AGE.search(question.folded) else set()
    wrong = [n for n in question.claimed_limits if n not in threshold.accepted and n not in aged]
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
            _lead(question, threshold.rule, threshold.provisions, library, is_claim=question.is_claim),
            *_quotes(threshold.provisions, library),
        ),
        next_step=threshold.next_step,
    )


def _find(question: Understood, misunderstandings: tuple[Misunderstanding, ...]) -> list[Misunderstanding]:
    """Return the misunderstandings that the question puts forward or takes for granted."""
    portions = [portion.lower() for portion in read_assertions(question.text)]
    asked = [portion.lower() for portion in read_open_questions(question.text)]
    return [
        m
        for m in misunderstandings
        if any(m.is_in(portion) for portion in portions) or (m.is_presupposed and any(m.is_in(text) for text in asked))
    ]


def _verdict(question: Understood) -> Verdict | None:
    """Return "nei" to a request to confirm the false; a premise in passing has no verdict of its own."""
    return Verdict.NO if asks_confirmation(question.text) and question.modality is not Modality.NEED_NOT else None


def _lead(
    question: Understood, rule: str, provisions: tuple[Address, ...], library: Library, *, is_claim: bool
) -> Paragraph:
    opening = texts.CORRECTED if asks_confirmation(question.text) else texts.CORRECTED_OPEN if is_claim else ""
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
