"""Widespread misunderstandings with the right rule. Format: docs/core-format.md."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.address import Address, find_addresses
from corpus.core import CORE_FOLDER
from corpus.patterns import TermGroups, word_pattern

_FIGURES = re.compile(r"\d+(?:,\d+)?")
# "ikke sant?" denies nothing.
_TAG = re.compile(
    r"\b(?:ikke|ikkje)\s+(?:sant|slik|sånn)\b|\b(?:stemmer|gjør|er)\s+(?:ikke|ikkje)\s+det\b|\ber\s+det\s+(?:ikke|ikkje)\b|\bisn't\s+it\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Misunderstanding:
    """A false claim, our correction, and the provisions that prove it, most important first.

    `numbers`: wrong figures; when there are any, the claim must hold one of them. `unless`: words of a true claim about the same.
    `is_presupposed`: an open question with the terms takes the claim for granted ("Når må vi sende den inn?").
    """

    misunderstanding_id: str
    claim: str
    rule: str
    provisions: tuple[Address, ...]
    terms: TermGroups
    numbers: tuple[str, ...]
    variants: tuple[str, ...]
    near_misses: tuple[str, ...]
    unless: tuple[str, ...] = ()
    is_presupposed: bool = False

    def is_in(self, folded: str) -> bool:
        """Return whether the folded text has the words of the claim, and no word that makes it a true one."""
        if not self.terms.match(folded):
            return False
        if self.numbers and not set(_FIGURES.findall(folded)) & set(self.numbers):
            return False
        return not self.is_denied(folded)

    def is_denied(self, folded: str) -> bool:
        """Return whether the folded text has a word that a true claim has, tags like "ikke sant" aside."""
        if not self.unless:
            return False
        rest = _TAG.sub(" ", folded)
        return any(word_pattern(pattern).search(rest) for pattern in self.unless)


@cache
def read_misunderstandings(known: frozenset[str], folder: Path = CORE_FOLDER) -> tuple[Misunderstanding, ...]:
    """Return the misunderstandings in the file's order."""
    rows = tomllib.loads((folder / "misforstaelser.toml").read_text(encoding="utf-8"))["misunderstanding"]
    return tuple(
        Misunderstanding(
            misunderstanding_id=row["id"],
            claim=row["claim"],
            rule=row["rule"],
            provisions=tuple(m.candidates[0] for text in row["provisions"] for m in find_addresses(text, known)),
            terms=TermGroups(tuple(tuple(group) for group in row["terms"])),
            numbers=tuple(str(n).replace(".", ",") for n in row.get("numbers", ())),
            variants=tuple(row["variants"]),
            near_misses=tuple(row["near_misses"]),
            unless=tuple(row.get("unless", ())),
            is_presupposed=row.get("presupposed", False),
        )
        for row in rows
    )
