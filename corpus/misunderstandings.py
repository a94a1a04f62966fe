"""Widespread misunderstandings with the right rule. Format: docs/core-format.md."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.address import Address, find_addresses
from corpus.core import CORE_FOLDER
from corpus.patterns import TermGroups


@dataclass(frozen=True, slots=True, kw_only=True)
class Misunderstanding:
    """A false claim, our correction, and the provisions that prove it, most important first.

    `numbers`: wrong figures; when there are any, the claim must hold one of them.
    """

    misunderstanding_id: str
    claim: str
    rule: str
    provisions: tuple[Address, ...]
    terms: TermGroups
    numbers: tuple[str, ...]
    variants: tuple[str, ...]
    near_misses: tuple[str, ...]


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
        )
        for row in rows
    )
