"""Wrong limits by headcount: for the duties that have one, and for bedriftshelsetjeneste, which has none."""

import re
from collections.abc import Iterable

from corpus.conflicts.facts import Facts, read_facts
from corpus.conflicts.limits import Limit, read_limits
from corpus.conflicts.record import Conflict, ConflictKind, make_conflict
from corpus.conflicts.statements import NEGATION, Statement, group_pattern
from corpus.document import Document, Verdict
from corpus.library import Library
from corpus.thresholds import Threshold

OBLIGATION = re.compile(
    r"\b(?:må|skal|lyt|nødt|krav\w*|krev\w*|lovkrav\w*|\w*plikt\w*|påbud\w*|påbod\w*|pålagt\w*|pålagd\w*|lovpålagt\w*|obligatorisk\w*|gjeld(?:er)?|grens\w*|tersk\w*)\b"
)
EXEMPTION = re.compile(
    r"\b(?:slipper|slepp|treng(?:er|st|s)? (?:\w+ )?ikk(?:e|je)|unntatt\w*|unnate\w*|fritatt\w*|fritak\w*|frita(?:s|r)|frivillig\w*|friviljug\w*|anbefal\w*|tilrådd\w*"
    r"|ikk(?:e|je) (?:\w+ )?(?:ha|trenger|treng|skal|behøver|pålagt|påkrev\w+|krav|krev\w*|plikt\w*|lovpålagt|påbud\w*|påbode|obligatorisk|nødvendig|nødt)|ingen (?:plikt|krav)|inga plikt|kan (?:\w+ ){0,2}avtale\w*|kan droppe)\b"
)
_CONDITION = re.compile(r"\b(?:hvis|dersom|viss|om en|når en av partene|når ein av partane|en av partene|ein av partane|partene|på krav|etter krav|kan kreve\w*|krever det|krev det|ved krav|ved særlig|ved behov|ved ønske)\b")  # fmt: skip
_PAYMENT = re.compile(r"\b(?:pris\w*|kr|kroner|rabatt\w*|pakke\w*|kunde\w*|abonnement\w*|kost(?:er|ar|nad\w*)|honorar\w*|faktur\w*|betal\w*|minstepris\w*|årspris\w*)\b|,-|%|\bprosent\b|\bn ?=")  # fmt: skip
_PARTS = re.compile(r"\b(?:avdeling\w*|lokasjon\w*|verneområde\w*|team|skift\w*|hos oss|vi har valgt|vi velger)\b")
_MORE_THAN_ONE = re.compile(
    r"\b(?:flere|fleire|to|minst to|ekstra) (?:\w+ )?(?:verneombud|verneombod)|velg\w* flere|hovedverneombud"
)
_APPROVED = re.compile(r"\bgodkjen\w* (?=bedriftshels|bht)")
_COMPOUND = re.compile(r"(?<=\w)-(?:møt|ordning|krav|plikt|tilknyt)\w*")
_TRIGGER = re.compile(r"\d|\b(?:fem|seks|ti|tjue|tretti|femti|hundre)\b")
_FREE = 1


def find_limits(statement: Statement, document: Document, library: Library) -> Conflict | None:
    """Return the conflict with a limit by headcount that the statement puts forward, None when it is right or states none."""
    folded = statement.folded
    if not _TRIGGER.search(folded) or not statement.is_current or _PAYMENT.search(folded) or _PARTS.search(folded):
        return None
    facts = read_facts(library.known)
    duties = (*library.thresholds, *facts.limits)
    limits = _limits_of(statement, duties)
    if not limits or not (OBLIGATION.search(folded) or EXEMPTION.search(folded)):
        return None
    for limit in limits:
        threshold = _duty_of(limit, statement, duties, facts)
        if threshold and _is_wrong(limit, threshold, folded, limits):
            return make_conflict(
                ConflictKind.THRESHOLD, statement, threshold.rule, threshold.provisions, document, library
            )
    return None


def _limits_of(statement: Statement, duties: Iterable[Threshold]) -> tuple[Limit, ...]:
    if not statement.is_row:
        return read_limits(statement.folded)
    above = " ".join(statement.context)
    counts = bool(re.search(r"ansatt|tilsett|arbeidstak|størrelse", f"{above} {statement.folded}")) or any(
        group_pattern(t.terms.groups[0]).search(above) for t in duties
    )
    limits: list[Limit] = []
    offset = 0
    for cell in statement.cells:
        offset = statement.folded.index(cell, offset)
        found = read_limits(cell, counts_people=counts and len(cell.split()) <= 4)
        limits += [Limit(m.lower, m.upper, m.start + offset, m.end + offset) for m in found]
        offset += len(cell)
    return tuple(limits)


def _duty_of(limit: Limit, statement: Statement, duties: tuple[Threshold, ...], facts: Facts) -> Threshold | None:
    """Return the duty that the limit is said to be of: the nearest one named, else the one it stands under."""
    text = _COMPOUND.sub("", _APPROVED.sub("", statement.folded))
    shift = len(statement.folded) - len(text)
    here = [t for t in duties if t.terms.groups and all(group_pattern(g).search(text) for g in t.terms.groups)]
    neighbour = _distance(facts.neighbours, text, limit, shift)
    if here:
        here = [t for t in here if not (t.not_terms and group_pattern(t.not_terms).search(text))]
        if len(here) > 1 and any(not _is_wrong(limit, t, statement.folded, (limit,)) for t in here):
            return None
        best = min(here, key=lambda t: _distance(t.terms.groups[0], text, limit, shift), default=None)
        close = best is not None and _distance(best.terms.groups[0], text, limit, shift) <= neighbour
        return best if close else None
    if neighbour < len(text):
        return None
    for line in statement.context:
        under = [t for t in duties if all(group_pattern(g).search(line) for g in t.terms.groups)]
        if under:
            return under[0] if len(under) == 1 else None
    return None


def _distance(group: tuple[str, ...], text: str, limit: Limit, shift: int) -> int:
    """Return how far the nearest word of the group is from the limit; the length of the text when there is none."""
    gaps = [max(limit.start - shift - m.end(), m.start() - limit.end, 0) for m in group_pattern(group).finditer(text)]
    return min(gaps, default=len(text) + limit.end)


def _is_wrong(limit: Limit, threshold: Threshold, folded: str, limits: tuple[Limit, ...]) -> bool:
    exempts = bool(EXEMPTION.search(folded))
    if NEGATION.search(EXEMPTION.sub(" ", folded)) or _MORE_THAN_ONE.search(folded):
        return False
    if threshold.bands:
        return _contradicts_bands(limit, threshold, exempts, bool(_CONDITION.search(folded)), len(limits) > 1)
    if threshold.accepted:
        numbers = {n for n in (limit.lower, limit.upper) if n is not None}
        return not any(str(m) in threshold.accepted for n in numbers for m in (n, n - 1, n + 1))
    if limit.lower is not None and limit.upper is None:
        return limit.lower > _FREE and not exempts
    return limit.is_range or (exempts and limit.upper is not None and limit.upper > _FREE)


def _contradicts_bands(limit: Limit, threshold: Threshold, exempts: bool, conditional: bool, several: bool) -> bool:
    starts = {band.start for band in threshold.bands} - {_FREE}

    def verdict(n: int) -> Verdict | None:
        band = threshold.band_for(n)
        return band.verdict if band else None

    if limit.lower is not None and limit.upper is not None:
        first, last = verdict(limit.lower), verdict(limit.upper)
        if exempts:
            return last is Verdict.YES
        if conditional:
            return first is Verdict.NO or (last is Verdict.YES and limit.upper not in starts)
        return first is not Verdict.YES
    if limit.lower is not None:
        if exempts:
            return False
        on_demand = verdict(limit.lower) is Verdict.DEPENDS and not conditional and not several
        return limit.lower not in starts or on_demand
    return exempts and limit.upper is not None and limit.upper + 1 not in starts
