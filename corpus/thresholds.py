"""Duties that depend on the number of employees, with the sentence for each band."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.address import Address, find_addresses
from corpus.core import CORE_FOLDER
from corpus.document import Verdict
from corpus.patterns import TermGroups, word_pattern


@dataclass(frozen=True, slots=True)
class Band:
    """What holds from a number of employees upwards; where it turns on a demand, what holds after one, and when nobody has made it."""

    start: int
    verdict: Verdict
    lead: str
    demanded: "Band | None" = None
    undemanded: "Band | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A duty by headcount. No bands: headcount never decides it."""

    threshold_id: str
    terms: TermGroups
    not_terms: tuple[str, ...]
    accepted: tuple[str, ...]
    rule: str
    provisions: tuple[Address, ...]
    next_step: str
    bands: tuple[Band, ...]

    def match(self, folded: str) -> bool:
        """Return whether the folded text is about this duty and no neighbour of it."""
        return self.terms.match(folded) and not any(word_pattern(p).search(folded) for p in self.not_terms)

    def band_for(self, employees: int) -> Band | None:
        """Return the band that a headcount falls in."""
        return next((band for band in self.bands if employees >= band.start), None)


@cache
def read_thresholds(known: frozenset[str], folder: Path = CORE_FOLDER) -> tuple[Threshold, ...]:
    """Return the thresholds in the file's order."""
    rows = tomllib.loads((folder / "terskler.toml").read_text(encoding="utf-8"))["threshold"]
    return tuple(
        Threshold(
            threshold_id=row["id"],
            terms=TermGroups(tuple(tuple(group) for group in row["terms"])),
            not_terms=tuple(row["not_terms"]),
            accepted=tuple(row["accepted"]),
            rule=row["rule"],
            provisions=tuple(m.candidates[0] for text in row["provisions"] for m in find_addresses(text, known)),
            next_step=row["next_step"],
            bands=tuple(
                sorted(
                    (_read_band(b) for b in row.get("band", ())),
                    key=lambda b: -b.start,
                )
            ),
        )
        for row in rows
    )


def _read_band(row: dict[str, Any]) -> Band:
    start = row["from"]
    turned = {
        name: Band(start, Verdict(row[name]["verdict"]), row[name]["lead"])
        for name in ("demanded", "undemanded")
        if name in row
    }
    return Band(start, Verdict(row["verdict"]), row["lead"], **turned)
