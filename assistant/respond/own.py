"""Questions about what the user's own documents say: whether it is one, which passages are about it, what of them to show."""

import re
from dataclasses import replace

from assistant.cite import Evidence
from assistant.understand.question import Understood
from corpus.document import Kind
from corpus.library import Library
from index.hit import Hit
from index.retrieve import Retriever
from index.text import stems_of

_DEPTH = 50
# A document of theirs holds at least so much of the words asked about, weighted by rarity, or it is not about it.
_LEAST_COVERAGE = 0.5
_HEADING_WORDS = 12
_OURS = r"(?:vår|vårt|våre|egen|eget|egne|intern|internt|interne|bedriftens|firmaets|selskapets|verksemda\s+sin)"
_PAPER = r"(?:\w+-)?\w*(?:h[åa]ndb[oø]k|rutine|prosedyre|instruks|reglement|retningslinje|policy|dokument)(?:a|e|n|en|r|er|et|ne|ene|ane)?"
_LOOSE_PAPER = r"(?:\w+-)?\w*(?:plan|avtale|rapport|kontrakt|fil|pdf)(?:a|e|n|en|r|er|et|ne|ene|ane)?"
_OUR_PAPER = rf"(?:(?:den|det|de|dei)?\s*{_OURS}\s+(?:\w+\s+)?(?:{_PAPER}|{_LOOSE_PAPER})|(?:{_PAPER}|{_LOOSE_PAPER})\s+(?:{_OURS}|hos\s+oss))"
_SAYS = r"(?:sier|seier|står|skriver|skriv|heter|heiter|nevner|nemner|omtaler|beskriver)"
# "Hva må rutinene våre inneholde?" asks for the law; what the paper says is asked with a word for saying, or "ifølge".
_ASKS = re.compile(
    rf"\b{_SAYS}\b(?:\s+(?:det|noe|noko|om|i|vi|på))*\s+(?:{_OUR_PAPER}|{_PAPER})\b"
    rf"|\b(?:{_OUR_PAPER}|{_PAPER})\s+{_SAYS}\b"
    rf"|\b(?:står|skrevet|skrive)\b(?P<topic>[^.?!]{{1,80}}?)\bi\s+(?:{_OUR_PAPER}|{_PAPER})\b"
    rf"|\b(?:ifølge|i\s+følge|følge|etter|står\s+i)\s+{_OUR_PAPER}\b",
    re.IGNORECASE,
)


def asks_own(question: Understood) -> bool:
    """Return whether the question is what the user's own documents say, not what the law does."""
    return bool(_ASKS.search(question.standalone))


def find_own(question: Understood, library: Library, retriever: Retriever) -> list[Hit]:
    """Return the passages of the user's own documents that such a question is about, best first; none when it is no such question.

    The words that name the document say nothing about the matter, so the search goes without them.
    """
    match = _ASKS.search(question.standalone)
    has_own = library.store and any(d.source == "own" for d in library.store.documents.values())
    if not match or not has_own:
        return []
    topic = f"{question.standalone[: match.start()]} {match['topic'] or ''} {question.standalone[match.end() :]}"
    terms = set(stems_of(question.expanded))
    found = [
        hit
        for hit in retriever.retrieve(topic, question.expanded, _DEPTH)
        if hit.provision.kind is Kind.OWN
        and (hit.coverage >= _LEAST_COVERAGE or terms & set(stems_of(hit.provision.text)))
    ]
    return sorted(found, key=lambda hit: hit.rank)


def closest_lines(question: Understood, evidence: Evidence, most_words: int) -> tuple[Evidence, ...]:
    """Return the lines of a long passage that share most words with the question, in their order, the heading first.

    Args:
        question: What was asked.
        evidence: The passage: a heading, a list, rows of a table.
        most_words: How long they may be together; the closest line is there all the same.
    """
    spans = [match.span() for match in re.finditer(r"[^\n]+", evidence.quote)]
    lines = [replace(evidence, start=evidence.start + a, end=evidence.start + b) for a, b in spans]
    asked = set(stems_of(f"{question.text} {question.expanded}"))
    shared = [len(asked & set(stems_of(line.quote))) for line in lines]
    kept, words = set[int](), 0
    for number in sorted(range(len(lines)), key=lambda n: (-shared[n], n)):
        length = len(lines[number].quote.split())
        if not kept or (shared[number] and words + length <= most_words):
            kept.add(number)
            words += length
    if len(lines[0].quote.split()) <= _HEADING_WORDS:
        kept.add(0)
    return tuple(lines[number] for number in sorted(kept))
