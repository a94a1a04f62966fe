"""Widespread misunderstandings put forward as true. The list and its patterns are the core's (`corpus.misunderstandings`)."""

import re

from corpus.conflicts.facts import Facts, read_facts
from corpus.conflicts.record import Conflict, ConflictKind, make_conflict
from corpus.conflicts.statements import NEGATION, Statement, group_pattern
from corpus.conflicts.thresholds import EXEMPTION, OBLIGATION
from corpus.document import Document
from corpus.library import Library
from corpus.misunderstandings import Misunderstanding
from corpus.patterns import TermGroups

# A longer sentence holds the words of a short claim without making it.
_MAX_WORDS = 40
_FIGURES = re.compile(r"\d+(?:,\d+)?")
_WORDS = {
    "fem": "5",
    "ni": "9",
    "ti": "10",
    "elleve": "11",
    "femten": "15",
    "tjue": "20",
    "tretti": "30",
    "femti": "50",
    "hundre": "100",
}


def find_misunderstandings(statement: Statement, document: Document, library: Library) -> list[Conflict]:
    """Return the conflicts with the list of misunderstandings, the most specific first."""
    if not 3 <= len(statement.folded.split()) <= _MAX_WORDS or not statement.is_asserted:
        return []
    facts = read_facts(library.known)
    found = []
    for entry in library.misunderstandings:
        name = entry.misunderstanding_id
        terms = _terms_put_forward(entry, facts, statement)
        if terms is None or (name in facts.unless and statement.holds(facts.unless[name])):
            continue
        kind = ConflictKind(facts.kinds.get(name, ConflictKind.DUTY))
        if _is_meant(terms, kind, statement):
            found.append((entry, kind))
    found.sort(key=lambda pair: -(len(pair[0].terms.groups) + bool(pair[0].numbers)))
    return [make_conflict(kind, statement, entry.rule, entry.provisions, document, library) for entry, kind in found]


def _terms_put_forward(entry: Misunderstanding, facts: Facts, statement: Statement) -> TermGroups | None:
    """Return the patterns by which the text puts the misunderstanding forward, None when it does not."""
    by_limit = entry.misunderstanding_id in facts.by_limit
    is_put_forward = statement.matches(entry.terms) and _holds_figure(entry, statement.folded)
    if not by_limit and is_put_forward and not entry.is_denied(statement.folded):
        return entry.terms
    for wording in facts.wordings.get(entry.misunderstanding_id, ()):
        if statement.matches(wording):
            return wording
    return None


def _holds_figure(entry: Misunderstanding, folded: str) -> bool:
    if not entry.numbers:
        return True
    figures = {*_FIGURES.findall(folded), *(_WORDS[w] for w in folded.split() if w in _WORDS)}
    return bool(figures & set(entry.numbers))


def _is_meant(terms: TermGroups, kind: ConflictKind, statement: Statement) -> bool:
    """Return whether the sentence stands for the claim: no negation but the claim's own, and a duty where it counts people."""
    folded = statement.folded
    if kind is not ConflictKind.DATE and not statement.is_current:
        return False
    rest = folded
    for group in terms.groups:
        rest = group_pattern(group).sub(lambda m: " " if NEGATION.search(m[0]) else m[0], rest)
    if NEGATION.search(rest):
        return False
    counts_people = kind is ConflictKind.THRESHOLD and any("ansatt*" in group for group in terms.groups)
    return not counts_people or bool(OBLIGATION.search(folded) or EXEMPTION.search(folded))
