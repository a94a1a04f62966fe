"""Wrong dates: when a rule took effect, said otherwise than it was."""

import re
from collections.abc import Iterator
from datetime import date

from corpus.conflicts.facts import DateFact, read_facts
from corpus.conflicts.record import Conflict, ConflictKind, make_conflict
from corpus.conflicts.statements import NEGATION, Statement
from corpus.document import Document
from corpus.library import Library

_MONTHS = {
    m: n for n, m in enumerate(("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des"), 1)
}
_MONTH = r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)"
_DATE = re.compile(
    rf"(?:(?P<d>\d{{1,2}})\. ?)?(?P<m>{_MONTH}) (?P<y>(?:19|20)\d\d)\b|(?P<d2>\d{{1,2}})\.(?P<m2>\d{{1,2}})\.(?P<y2>(?:19|20)\d\d)\b"
    r"|(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)\b|(?<![\d/-])(?P<y4>(?:19|20)\d\d)(?![\d/-])"
)
# Only a date that the sentence says something took effect on.
_EFFECT = re.compile(
    r"\b(?:fra(?: og med)?|frå(?: og med)?|siden|sidan|i kraft|gjeldende|gjeldande|innført|innføres|trådte|trer|tok til å gjelde|(?:ble|blei|vart) (?:\w+ )?(?:endret|endra|senket|senka|hevet|innført|utvidet|oppdatert|satt ned|redusert))"
    r"(?: (?:den|i|fra|frå|og med|til \d+|på \d+|fra \d+ til \d+|frå \d+ til \d+|med virkning fra|kraft|gjeldende|ansatte|arbeidstakere)){0,6} ?$"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# A longer sentence dates several things.
_MAX_WORDS = 40
_BEFORE = re.compile(r"\b(?:før|fram til|frem til|inntil|til og med|t\.o\.m\.)(?: den)? ?$")


def find_dates(statement: Statement, document: Document, library: Library) -> list[Conflict]:
    """Return the conflicts with the days on which rules took effect."""
    folded = statement.folded
    if (
        not _YEAR.search(folded)
        or not statement.is_asserted
        or NEGATION.search(folded)
        or len(folded.split()) > _MAX_WORDS
    ):
        return []
    facts = [f for f in read_facts(library.known).dates if _is_about(f, statement)]
    claimed = list(_claimed(folded)) if facts else []
    wrong = [f for f in facts if claimed and not any(_agrees(c, f) for c in claimed)]
    return [make_conflict(ConflictKind.DATE, statement, f.rule, f.provisions, document, library) for f in wrong]


def _is_about(fact: DateFact, statement: Statement) -> bool:
    return statement.matches(fact.terms) and not (fact.not_terms and statement.holds(fact.not_terms))


def _claimed(folded: str) -> Iterator[tuple[int, int | None, int | None]]:
    """Yield year, month and day of each date that something is said to hold from, as exactly as the text has it."""
    for match in _DATE.finditer(folded):
        before = folded[: match.start()]
        if not _EFFECT.search(before) or _BEFORE.search(before):
            continue
        year = match["y"] or match["y2"] or match["y3"] or match["y4"]
        month = _MONTHS[match["m"][:3]] if match["m"] else match["m2"] or match["m3"]
        day = match["d"] or match["d2"] or match["d3"]
        yield int(year), int(month) if month else None, int(day) if day else None


def _agrees(claimed: tuple[int, int | None, int | None], fact: DateFact) -> bool:
    year, month, day = claimed
    return any(_fits(right, year, month, day) for right in fact.right)


def _fits(right: date, year: int, month: int | None, day: int | None) -> bool:
    return right.year == year and month in (None, right.month) and day in (None, right.day)
