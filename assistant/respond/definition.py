"""What a term means, and how two terms differ: the glossary's definition with the provision behind it."""

import re

from assistant.answer import Outcome
from assistant.cite import Evidence, first_sentences, quote_segment
from assistant.draft import Draft, Paragraph
from assistant.understand.question import Understood
from corpus.address import find_addresses
from corpus.glossary import Term
from corpus.library import Library
from index.text import content_words

_ASKS_MEANING = re.compile(
    r"^\W*(?:hei\W+)?(?:hva|kva|what)\s+(?:er|betyr|tyder|menes\s+med|meiner\s+ein\s+med|vil\s+det\s+si|is|are|does|mean\w*|står|innebærer)\b|^\W*(?:forklar|define|definer)\b",
    re.IGNORECASE,
)
_ASKS_DIFFERENCE = re.compile(r"\b(?:forskjell\w*|skilnad\w*|skil\b|difference|kontra|versus|vs\.?)\b", re.IGNORECASE)
_BARE_WORDS = 3
_ASKS = re.compile(r"\W*(?:hva|hvem|hvor|hvordan|når|kva|kven|korleis|kan|må|skal|er|what|who|how|when)\b")
_SMALL = frozenset(["står", "forklar", "for"]) | frozenset(
    [
        "egentlig",
        "egentleg",
        "betyr",
        "tyder",
        "menes",
        "meiner",
        "innebærer",
        "ord",
        "ordet",
        "begrep",
        "begrepet",
        "forkortelse",
        "forkortelsen",
        "hms",
        "sammenheng",
        "samanheng",
        "mean",
        "means",
        "word",
        "term",
        "forskjell",
        "forskjellen",
        "skilnad",
        "skilnaden",
        "skil",
        "difference",
        "mellom",
        "between",
        "vil",
        "forklar",
        "kort",
        "enkelt",
        "jobben",
        "arbeid",
        "arbeidslivet",
        "bedrift",
        "bedriften",
        "definisjon",
        "definisjonen",
    ]
)


def answer_definition(question: Understood, library: Library) -> Draft | None:
    """Return the definition when the question asks what a term means, or how two terms differ, and nothing more."""
    if question.mentions:
        return None
    terms = _asked_terms(question)
    if _ASKS_DIFFERENCE.search(question.folded) and len(terms) == 2:
        return _draft(terms, library)
    asks = _ASKS_MEANING.search(question.folded) or (
        len(question.text.split()) <= _BARE_WORDS and not _ASKS.match(question.folded)
    )
    return _draft(terms, library) if len(terms) == 1 and asks else None


def _asked_terms(question: Understood) -> list[Term]:
    """Return the terms asked about; none when the question has words beside them."""
    named = {
        word
        for term in question.terms
        for form in (term.term, *term.forms, *term.abbreviations)
        if form.lower() in question.folded
        for word in content_words(form)
    }
    rest = [w for w in content_words(question.text) if w not in _SMALL and not any(w.startswith(n) for n in named)]
    if rest:
        return []
    return sorted(
        (t for t in question.terms if not _within_another(t, question)), key=lambda t: _position(t, question.folded)
    )


def _position(term: Term, folded: str) -> int:
    places = (folded.find(form.lower()) for form in (term.term, *term.forms, *term.abbreviations))
    return min((place for place in places if place >= 0), default=0)


def _within_another(term: Term, question: Understood) -> bool:
    """Return whether the term only stands inside a longer one that is named: "internkontroll" in "HMS-internkontroll"."""
    if term.term.lower() in _SMALL or (term.term.lower() == "hms" and len(question.terms) > 1):
        return True
    return any(other is not term and term.term.lower() in other.term.lower() for other in question.terms)


def _draft(terms: list[Term], library: Library) -> Draft | None:
    paragraphs = []
    for term in terms:
        evidence = _evidence(term, library)
        if not evidence:
            return None
        name = (
            f"{term.term} ({term.abbreviations[0]})"
            if term.abbreviations and term.abbreviations[0] != term.term
            else term.term
        )
        text = f"{name[:1].upper()}{name[1:]}: {term.definition}"
        paragraphs.append(Paragraph(text=text, evidence=tuple(evidence[:1]), is_lead=True))
        paragraphs += [Paragraph(evidence=(item,)) for item in evidence]
    return Draft(outcome=Outcome.ANSWERED, paragraphs=tuple(paragraphs))


def _evidence(term: Term, library: Library) -> list[Evidence]:
    """Return the first sentences of the provision that the term comes from."""
    for text in term.provisions:
        for mention in find_addresses(text, library.known):
            if mention.candidates[0].provision_id not in library.known:
                continue
            provision = library.working_text(mention.candidates[0].provision_id)
            if not provision.repealed:
                return [first_sentences(quote_segment(provision, 0), 2)]
    return []
