"""The order of passages beyond their scores: a rule before what only lets somebody make rules, and each text in its own order."""

import re
from typing import TYPE_CHECKING

from assistant.understand.question import Understood
from corpus.document import Level

if TYPE_CHECKING:
    from assistant.respond.passage import Passage

# A part that only lets somebody make rules does not lead where a rule comes this close.
_RULE_NEAR = 0.45
_ENABLES = re.compile(r"(?:Departementet|Kongen|Regjeringen)\s+(?:kan|gir|fastsetter)\b[^.]*\b(?:forskrift|regler)")
_ASKS_WHO_DECIDES = re.compile(
    r"\bforskrift|departement|\bkongen\b|regjering|\bhjemmel|\bhvem\s+(?:kan|bestemmer)|minist"
)

_ASKS_DETAIL = re.compile(
    r"\b(?:når|frist\w*|betal\w*|klage\w*|hvor|kor|hvem|kven|hvordan|korleis|how|when|who|mye|stor\w*|høy\w*|mest|maks\w*|regn\w*|personlig\w*|fengsel|foreld\w*)\b"
)
_ASKS_SANCTION = re.compile(
    r"\b(?:bot|bota|bøter|bøtelagt|gebyr\w*|overtredelsesgebyr\w*|mulkt\w*|tvangsmulkt\w*|straff\w*|fines?|konsekvens\w*|consequences?)\b"
    r"|\b(?:hva|kva|what)\s+(?:skjer|hender|happens)\s+(?:hvis|viss|om|dersom|når|if|when)\s+(?:vi|me|jeg|eg|sjefen|arbeidsgiver\w*|bedriften|firmaet|we|i)\s+(?:\w+\s+){0,2}?(?:ikke|ikkje|uten|utan|not|don't|bryter|bryt|dropper|droppar|lar\s+være)\b"
)
_SANCTION = re.compile(r"(?:gebyr|mulkt|straff|bøter)", re.IGNORECASE)


def rule_first(ranked: "list[Passage]", question: Understood) -> "list[Passage]":
    """Return the passages with a part that only lets somebody make rules behind the rule that comes near it.

    "Departementet kan gi forskrift om kameraovervåking" tells nobody what is allowed, unless who may decide it is asked for.

    Args:
        ranked: The passages, best first.
        question: What was asked.
    """
    if not ranked or not only_enables(ranked[0], question):
        return ranked
    least = _RULE_NEAR * ranked[0].score
    rule = next((p for p in ranked if p.score >= least and not _ENABLES.match(p.text) and _is_law(p)), None)
    return ranked if rule is None else [rule, *(p for p in ranked if p is not rule)]


def sanction_first(ranked: "list[Passage]", question: Understood) -> "list[Passage]":
    """Return the passages with one that names a sanction first where a sanction is asked for and one comes near.

    "Kan vi få bot hvis vi ikke har verneombud" is near everything about verneombud.

    Args:
        ranked: The passages, best first.
        question: What was asked.
    """
    if not ranked or not _ASKS_SANCTION.search(question.folded):
        return ranked
    least = _RULE_NEAR * ranked[0].score
    near = [p for p in ranked if p.score >= least and _SANCTION.search(p.text) and _is_law(p)]
    if _SANCTION.search(ranked[0].text):
        near = [p for p in near if p.hit is ranked[0].hit]
    if not near:
        return ranked
    # That one may be given stands before when it is paid, unless that is the question.
    same = [p for p in near if p.hit is near[0].hit]
    found = near[0] if _ASKS_DETAIL.search(question.folded) else min(same, key=lambda p: p.segment.segment)
    return [found, *(p for p in ranked if p is not found)]


def only_enables(passage: "Passage", question: Understood) -> bool:
    """Return whether a passage only lets somebody make rules, and the question is not about who may.

    Args:
        passage: The passage.
        question: What was asked.
    """
    return bool(_ENABLES.match(passage.text)) and not _ASKS_WHO_DECIDES.search(question.folded)


def _is_law(passage: "Passage") -> bool:
    return passage.hit.provision.level <= Level.REGULATION


def in_order(passages: "list[Passage]") -> "list[Passage]":
    """Return the passages with those of one text in its own order: what a rule is, before what follows from it.

    Args:
        passages: The passages, best first.
    """
    by_text: dict[int, list[Passage]] = {}
    for passage in passages:
        by_text.setdefault(id(passage.hit.provision), []).append(passage)
    waiting = {key: iter(sorted(found, key=lambda p: p.segment.segment)) for key, found in by_text.items()}
    return [next(waiting[id(passage.hit.provision)]) for passage in passages]
