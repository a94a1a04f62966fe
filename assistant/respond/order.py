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


def rule_first(ranked: "list[Passage]", question: Understood) -> "list[Passage]":
    """Return the passages with a part that only lets somebody make rules behind the rule that comes near it.

    "Departementet kan gi forskrift om kameraovervåking" tells nobody what is allowed, unless who may decide it is asked for.

    Args:
        ranked: The passages, best first.
        question: What was asked.
    """
    if not ranked or not _ENABLES.match(ranked[0].text) or _ASKS_WHO_DECIDES.search(question.folded):
        return ranked
    least = _RULE_NEAR * ranked[0].score
    rule = next((p for p in ranked if p.score >= least and not _ENABLES.match(p.text) and _is_law(p)), None)
    return ranked if rule is None else [rule, *(p for p in ranked if p is not rule)]


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
