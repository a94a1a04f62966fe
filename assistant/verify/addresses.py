"""The addresses of the law that a sentence names, against the ones that its evidence stands at or names itself."""

import re
from collections.abc import Sequence

from assistant.cite import Evidence
from corpus.address import Address, find_addresses, normalise_section

# A number behind the sign that is no address we can place: of an act we do not know, or of none.
_SIGNED = re.compile(r"§+\s*(\d+\s?[A-Za-z]?(?:\s?[-–‑]\s?\d+[a-z]?)?)")

_BEFORE = 12
_CHAPTER = re.compile(r"\b(?:kapittel|kapitlene|kap\.?)\s+(\d+(?:\s?[A-Z](?![a-zæøå]))?)", re.IGNORECASE)


def missing_address(claim: str, evidence: Sequence[Evidence], known: frozenset[str]) -> str:
    """Return the first address of a claim that none of the evidence has, "" when all are there.

    Args:
        claim: A sentence.
        evidence: What it rests on. An address with a ledd or a letter must be the evidence's own, one above it or within it.
        known: The provisions that exist.
    """
    own = [Address.from_id(e.provision.provision_id, e.portion) for e in evidence if "/§" in e.provision.provision_id]
    named = [
        a for e in evidence for m in find_addresses(f"{e.quote}\n{e.provision.heading}", known) for a in m.candidates
    ]
    named += [a for e in evidence for a in e.provision.explains]
    placed = []
    quoted = "\n".join(e.quote for e in evidence)
    for mention in find_addresses(claim, known):
        placed.append((mention.start, mention.end))
        if claim[max(0, mention.start - _BEFORE) : mention.end] in quoted:  # in the source's own words, of whatever act
            continue
        if not any(_is_at(said, place) for said in mention.candidates for place in own) and not any(
            _is_named(said, place) for said in mention.candidates for place in named
        ):
            return claim[mention.start : mention.end]
    sections = {place.section for place in (*own, *named)}
    for match in _SIGNED.finditer(claim):
        inside = any(start <= match.start(1) < end for start, end in placed)
        if not inside and normalise_section(match[1]) not in sections:
            return match[0]
    return _missing_chapter(claim, evidence)


def _missing_chapter(claim: str, evidence: Sequence[Evidence]) -> str:
    """Return the first chapter of a claim that none of the evidence names or stands in."""
    there = "\n".join("\n".join([e.quote, e.provision.heading, e.provision.label, *e.provision.path]) for e in evidence)
    known = {_number(match) for match in _CHAPTER.finditer(there)}
    return next((match[0] for match in _CHAPTER.finditer(claim) if _number(match) not in known), "")


def _number(match: re.Match[str]) -> str:
    return match[1].replace(" ", "").upper()


def _is_at(said: Address, place: Address) -> bool:
    """Return whether what is said is the place itself, one above it or one within it."""
    same = (said.work, said.section) == (place.work, place.section)
    return same and (place.portion.starts_with(said.portion) or said.portion.starts_with(place.portion))


def _is_named(said: Address, place: Address) -> bool:
    return (said.work, said.section) == (place.work, place.section) and place.portion.starts_with(said.portion)
