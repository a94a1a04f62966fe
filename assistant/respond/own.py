"""Questions about what the user's own documents say: whether it is one, and which passages of theirs are about it."""

import re

from assistant.understand.question import Understood
from corpus.document import Kind
from corpus.library import Library
from index.hit import Hit
from index.retrieve import Retriever
from index.text import stems_of

_DEPTH = 50
# A document of theirs holds at least so much of the words asked about, weighted by rarity, or it is not about it.
_LEAST_COVERAGE = 0.5
_OURS = r"(?:vår|vårt|våre|egen|eget|egne|intern|internt|interne|bedriftens|firmaets|selskapets|verksemda\s+sin)"
_PAPER = r"(?:\w+-)?\w*(?:håndb[oø]k|handb[oø]k|rutine|prosedyre|instruks|reglement|retningslinje|policy|dokument)(?:a|e|en|er|et|ene|ane|r|ne|eit)?"
_LOOSE_PAPER = r"(?:\w+-)?\w*(?:plan|avtale|rapport|kontrakt|fil|pdf)(?:a|e|en|er|et|ene|ane|r|ne)?"
_OUR_PAPER = rf"(?:{_OURS}\s+(?:\w+\s+)?(?:{_PAPER}|{_LOOSE_PAPER})|(?:{_PAPER}|{_LOOSE_PAPER})\s+(?:{_OURS}|hos\s+oss))"
_SAYS = r"(?:sier|seier|står|skriver|skriv|heter|heiter|nevner|nemner|omtaler|beskriver)"
# "Hva må rutinene våre inneholde?" asks for the law; what the paper says is asked with a word for saying, or "ifølge".
_ASKS = re.compile(
    rf"\b{_SAYS}\b(?:\s+(?:det|noe|noko|om|i|vi|på))*\s+(?:{_OUR_PAPER}|{_PAPER})\b"
    rf"|\b(?:{_OUR_PAPER}|{_PAPER})\s+{_SAYS}\b"
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
    has_own = library.store and any(d.source == "own" for d in library.store.documents.values())
    if not has_own or not asks_own(question):
        return []
    topic = _ASKS.sub(" ", question.standalone)
    terms = set(stems_of(question.expanded))
    found = [
        hit
        for hit in retriever.retrieve(topic, question.expanded, _DEPTH)
        if hit.provision.kind is Kind.OWN
        and (hit.coverage >= _LEAST_COVERAGE or terms & set(stems_of(hit.provision.text)))
    ]
    return sorted(found, key=lambda hit: hit.rank)
