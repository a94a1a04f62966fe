"""The facts behind the search for conflicts that no other list of the core has. Format: the head of core/motsigelser.toml."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from corpus.address import Address, find_addresses
from corpus.core import CORE_FOLDER
from corpus.patterns import TermGroups
from corpus.thresholds import Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFact:
    """When something took effect."""

    terms: TermGroups
    not_terms: tuple[str, ...]
    right: tuple[date, ...]
    rule: str
    provisions: tuple[Address, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFact:
    """A reference that is wrong: `pattern` finds it, `terms` say what it is cited for, `acts` which act must be named, if any is."""

    pattern: re.Pattern[str]
    rule: str
    provisions: tuple[Address, ...]
    terms: TermGroups = field(default_factory=lambda: TermGroups(()))
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The whole file."""

    neighbours: tuple[str, ...]
    kinds: dict[str, str]
    by_limit: frozenset[str]
    unless: dict[str, tuple[str, ...]]
    wordings: dict[str, tuple[TermGroups, ...]]
    limits: tuple[Threshold, ...]
    dates: tuple[DateFact, ...]
    repealed: tuple[ReferenceFact, ...]
    moved: tuple[ReferenceFact, ...]
    bases: tuple[ReferenceFact, ...]
    sections: dict[str, dict[str, int]]
    repealed_sections: frozenset[str]


@cache
def read_facts(known: frozenset[str], folder: Path = CORE_FOLDER) -> Facts:
    """Return the facts; `known` are the provisions that exist, as for the other lists."""
    data = tomllib.loads((folder / "motsigelser.toml").read_text(encoding="utf-8"))

    def shared(row: dict[str, Any]) -> dict[str, Any]:
        addresses = tuple(m.candidates[0] for text in row["provisions"] for m in find_addresses(text, known))
        return {"rule": row["rule"], "provisions": addresses}

    return Facts(
        neighbours=tuple(data["neighbours"]),
        kinds=data["misunderstandings"]["kinds"],
        by_limit=frozenset(data["misunderstandings"]["by_limit"]),
        unless={name: tuple(patterns) for name, patterns in data["misunderstandings"]["unless"].items()},
        wordings=_wordings(data["wording"]),
        limits=tuple(_limit(row, **shared(row)) for row in data["limit"]),
        dates=tuple(
            DateFact(
                terms=_groups(row["terms"]), not_terms=tuple(row["not_terms"]), right=tuple(row["right"]), **shared(row)
            )
            for row in data["date"]
        ),
        repealed=tuple(ReferenceFact(pattern=_names_pattern(row["names"]), **shared(row)) for row in data["repealed"]),
        moved=tuple(
            ReferenceFact(
                pattern=_sections_pattern(row["sections"]),
                terms=_groups(row["terms"]),
                acts=tuple(row["acts"]),
                **shared(row),
            )
            for row in data["moved"]
        ),
        bases=tuple(
            ReferenceFact(pattern=_names_pattern(row["wrong"]), terms=_groups([row["subject"]]), **shared(row))
            for row in data["basis"]
        ),
        sections={row["id"]: row["chapters"] for row in data["act"]},
        repealed_sections=frozenset(f"{row['id']}/§{s}" for row in data["act"] for s in row["repealed"]),
    )


def _wordings(rows: list[dict[str, Any]]) -> dict[str, tuple[TermGroups, ...]]:
    found: dict[str, tuple[TermGroups, ...]] = {}
    for row in rows:
        found[row["of"]] = (*found.get(row["of"], ()), _groups(row["terms"]))
    return found


def _groups(rows: list[list[str]]) -> TermGroups:
    return TermGroups(tuple(tuple(group) for group in rows))


def _limit(row: dict[str, Any], rule: str, provisions: tuple[Address, ...]) -> Threshold:
    return Threshold(
        threshold_id=row["id"],
        terms=_groups(row["terms"]),
        not_terms=(),
        accepted=tuple(row["accepted"]),
        rule=rule,
        provisions=provisions,
        next_step="",
        bands=(),
    )


def _names_pattern(names: list[str]) -> re.Pattern[str]:
    """Return a pattern for names in folded text: any blanks, any ending where there is a star, no digit or letter after."""
    pieces = [r"[\s,()]+".join(re.escape(p).replace(r"\*", r"\w*") for p in name.lower().split()) for name in names]
    return re.compile(r"(?<![\wæøå-])(?:" + "|".join(pieces) + r")(?![\wæøå]|-\d)")


def _sections_pattern(sections: list[str]) -> re.Pattern[str]:
    """Return a pattern for section numbers as people write them: "3-6", "23 A-1", with or without the sign."""
    pieces = []
    for section in sections:
        number, _, portion = section.lower().partition(" ")
        written = re.sub(r"(\d)([a-z])", r"\1 ?\2", re.escape(number).replace(r"\-", "[-–‑]"))
        pieces.append(written + (r",? " + re.escape(portion) if portion else ""))
    return re.compile(r"(?<![\w.,-])(?:" + "|".join(pieces) + r")(?![\wæøå]|[-–]\d)")
