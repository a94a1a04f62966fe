"""References that are wrong: repealed acts and sections, rules that have moved, duties said to stand elsewhere, sections that do not exist."""

import re
from functools import cache

from corpus.act_names import acts_by_id, all_acts
from corpus.address import Address, Mention, find_addresses
from corpus.conflicts.facts import Facts, ReferenceFact, read_facts
from corpus.conflicts.record import Conflict, ConflictKind, find_text, make_conflict
from corpus.conflicts.statements import NEGATION, Statement, group_pattern
from corpus.document import Document
from corpus.library import Library

_TRIGGER = re.compile(r"§|\blov|lov(?:en|a)?\b|forskrift|\baml\b|\bolm\b|\butf\b|\bfor-\d", re.IGNORECASE)
# Further on, something else than the duty stands there.
_NEAR = 40
_BASIS = re.compile(
    r"\b(?:regulert|regulerte|reguleres|regulerast|hjemlet|heimla|hjemmel|forankret|forankra|nedfelt|fastsatt|lovfestet|følger|følgjer|fremgår|framgår|står|finnes|finn)"
    r"(?: \w+){0,3}? (?:i|av)\b"
)
_ACT_WORD = re.compile(r"\b\w*(?:lov(?:en|a)?|forskrift(?:en|a)?)\b|\b(?:aml|olm|utf|adm|tgv|ik)\b")
_SECTION = re.compile(r"(\d+[A-Z]?)-(\d+)[a-z]?|(\d+)[a-z]?")


def find_references(statement: Statement, document: Document, library: Library) -> list[Conflict]:
    """Return the conflicts that lie in what the statement refers to."""
    if not _TRIGGER.search(statement.text) or not statement.is_current:
        return []
    facts = read_facts(library.known)
    wrong = [f for f in facts.repealed if f.pattern.search(statement.folded)]
    wrong += [f for f in facts.moved if _is_moved(f, statement)]
    wrong += [f for f in facts.bases if _is_wrong_basis(f, statement.folded)]
    found = [make_conflict(ConflictKind.REFERENCE, statement, f.rule, f.provisions, document, library) for f in wrong]
    return found or _find_missing(statement, document, library, facts)


def _is_moved(fact: ReferenceFact, statement: Statement) -> bool:
    folded = statement.folded
    if not fact.pattern.search(folded) or not statement.matches(fact.terms):
        return False
    return statement.holds(fact.acts) or ("§" in folded and not _ACT_WORD.search(folded))


def _is_wrong_basis(fact: ReferenceFact, folded: str) -> bool:
    """Return whether the sentence says that the duty stands in the wrong place: subject, "er regulert i", place, in this order."""
    subject = group_pattern(fact.terms.groups[0]).search(folded)
    basis = _BASIS.search(folded, subject.end()) if subject else None
    if subject is None or basis is None or NEGATION.search(folded):
        return False
    between = folded[subject.end() : basis.start()]
    near = len(between) <= _NEAR and not re.search(r"[,;:]| og ", between)
    return near and bool(fact.pattern.search(folded, basis.end()))


def _find_missing(statement: Statement, document: Document, library: Library, facts: Facts) -> list[Conflict]:
    """Return a conflict for the first section named with its act that is repealed or does not exist."""
    if "§" not in statement.text and "paragraf" not in statement.folded:
        return []
    for mention in find_addresses(statement.text, library.known):
        address = mention.candidates[0]
        if not mention.named or not _stands_beside(mention, address, statement.text):
            continue
        rule = _what_is_wrong(address, library, facts)
        if rule:
            successor = _successors(address, library)
            return [make_conflict(ConflictKind.REFERENCE, statement, rule, successor or (address,), document, library)]
    return []


def _what_is_wrong(address: Address, library: Library, facts: Facts) -> str:
    """Return what is wrong with a section cited as current, "" when nothing is."""
    text = find_text(address, library)
    cited = Address(address.work, address.section).format()
    if text is not None and text.repealed is not None:
        return f"{_capital(cited)} er opphevet. {text.text.split(chr(10))[0]}"
    if text is None and address.provision_id in facts.repealed_sections:
        return f"{_capital(cited)} er opphevet og gjelder ikke lenger."
    chapters = facts.sections.get(address.work)
    match = _SECTION.fullmatch(address.section)
    if text is not None or chapters is None or match is None:
        return ""
    chapter, number = (match[1], match[2]) if match[1] else ("", match[3])
    if int(number) <= chapters.get(chapter, 0) and int(number) > 0:
        return ""
    name = acts_by_id()[address.work].name
    return f"{_capital(name)} har ingen § {cited.split('§ ')[-1]}. Se etter riktig paragraf i {name}."


def _successors(address: Address, library: Library) -> tuple[Address, ...]:
    """Return the sections that the note about a repealed one points to, before the section itself."""
    text = find_text(address, library)
    if text is None:
        return ()
    pointed = (
        Address(address.work, m.candidates[0].section)
        for m in find_addresses(text.text, library.known)
        if m.candidates[0].section != address.section
    )
    return (*(a for a in pointed if find_text(a, library)), Address(address.work, address.section))


def _stands_beside(mention: Mention, address: Address, text: str) -> bool:
    """Return whether the act is named right beside the section: a name earlier in the sentence may be another matter."""
    names = _names_of(address.work)
    return bool(
        re.search(
            rf"(?:{names})s?[\s,.:()«»\"*_]*(?:\([^)]*\)\s*)?(?:kap\w*\.?\s*\w+\s*,?\s*)?$",
            text[: mention.start],
            re.IGNORECASE,
        )
        or re.match(rf"[\s,]*(?:i|etter|av)\s+(?:{names})\b", text[mention.end :], re.IGNORECASE)
    )


@cache
def _names_of(work: str) -> str:
    act = next(a for a in all_acts() if a.work == work)
    return "|".join(re.escape(n) for n in sorted((act.name, act.abbreviation, *act.aliases), key=len, reverse=True))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
