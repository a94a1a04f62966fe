"""Is it really what the provision says? A quote compared with the texts of a provision, character for character."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from rapidfuzz import fuzz

from assistant.cite import Evidence, is_exact, number_citations, split_sentences
from assistant.errors import UsageError
from corpus.address import Portion
from corpus.document import Provision
from corpus.library import Library

MOST_CHARACTERS = 5000
# Below this likeness (0-1) a sentence is another one, not a misquoted one.
_LEAST_LIKENESS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCheck:
    """Whether a quote is an exact span of a provision. `evidence` is where it stands, else the nearest text, None when nothing is like it."""

    quote: str
    provision: Provision
    exact: bool
    evidence: Evidence | None
    likeness: float

    def to_json(self) -> dict[str, Any]:
        """Return the check as the contract writes it; `found` has the form of a citation."""
        found = number_citations([self.evidence])[0].to_json() if self.evidence else None
        return {
            "exact": self.exact,
            "quote": self.quote,
            "provision_id": self.provision.provision_id,
            "label": self.provision.label,
            "likeness": round(self.likeness, 3),
            "found": {key: value for key, value in found.items() if key != "n"} if found else None,
        }


def check_quote(address: str, quote: str, library: Library) -> QuoteCheck:
    """Return whether a quote is what a provision says, in any of its texts.

    Args:
        address: The provision as people write it, or its id.
        quote: The words quoted, without the quotation marks.
        library: The sources.

    Raises:
        UnknownProvision: There is no such provision.
        UsageError: There is nothing to compare, or far too much.
    """
    wanted = quote.strip()
    if not re.search(r"\w", wanted):
        raise UsageError("Sitatet er tomt. Skriv ordene som skal stå i paragrafen.")
    if len(wanted) > MOST_CHARACTERS:
        raise UsageError(f"Sitatet er på {len(wanted)} tegn, og grensen er {MOST_CHARACTERS}. Sjekk det i deler.")
    provisions, _ = library.look_up(address)
    for provision in provisions:
        start = provision.text.find(wanted)
        if start >= 0:
            found = _evidence(provision, start, start + len(wanted))
            return QuoteCheck(quote=wanted, provision=provisions[0], exact=True, evidence=found, likeness=1.0)
    nearest, likeness = _nearest(provisions, wanted)
    return QuoteCheck(quote=wanted, provision=provisions[0], exact=False, evidence=nearest, likeness=likeness)


def _nearest(provisions: Sequence[Provision], quote: str) -> tuple[Evidence | None, float]:
    """Return the sentence or part most like the quote, and how like it is."""
    best: tuple[float, Evidence | None] = (0.0, None)
    for provision in provisions:
        for segment in provision.segments:
            whole = Evidence(provision=provision, start=segment.start, end=segment.end, portion=segment.portion)
            for evidence in dict.fromkeys((*split_sentences(whole), whole)):
                likeness = fuzz.ratio(quote.lower(), evidence.quote.lower()) / 100
                # Part of a sentence is a quote too, when most of its words are there.
                partial = fuzz.partial_ratio(quote.lower(), evidence.quote.lower()) / 100
                likeness = max(likeness, 0.9 * partial if len(quote) <= len(evidence.quote) else 0.0)
                if likeness > best[0] and is_exact(evidence):
                    best = (likeness, evidence)
    likeness, found = best
    return (found, likeness) if likeness >= _LEAST_LIKENESS else (None, likeness)


def _evidence(provision: Provision, start: int, end: int) -> Evidence:
    """Return the span with the smallest part of the provision that holds all of it."""
    touched = [s.portion.parts for s in provision.segments if s.start < end and start < s.end]
    shared = tuple(
        parts[0] for parts in takewhile(lambda parts: len(set(parts)) == 1, zip(*touched, strict=False))
    )  # fmt: skip
    return Evidence(provision=provision, start=start, end=end, portion=Portion(shared))
