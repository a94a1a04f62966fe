"""Change notes ("Endret ved lov 20 juni 2025 nr. 36 (i kraft 1 jan 2026)."): from when the present wording holds, and by which act.

The rule, on the safe side: every amendment that the note says has been made counts, with the latest day on or before the archive's
date that its brackets say it took effect. Brackets without such a day mean an unknown one, unless they only say something else
("tidligere § 5"); then, and without brackets, it is the day of the amending act. Announced amendments ("Endres ved ...") are no part of
the text yet and never count.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from corpus.lovdata.elements import text_of

_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
_DAY = re.compile(
    r"(\d{1,2})\.?\s*(jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des)[a-z]*\.?,?\s*(\d{4})", re.IGNORECASE
)
_WORK = re.compile(r"(?:lov|forskrift)/(\d{4}-\d\d-\d\d)(?:-\d+)?")
_ANNOUNCED = re.compile(r"\b(?:endres|endrast|oppheves|opphevast|tilføyes|blir)\b", re.IGNORECASE)
_MADE = re.compile(
    r"\b(?:endret|endra|tilføyd|føyd til|tilføydd|opphev(?:et|a|d)|ny|innført|omnummerert)\b", re.IGNORECASE
)
_REPEALS = re.compile(r"\bopphev(?:et|a|d)\b", re.IGNORECASE)
_COMING_REPEAL = re.compile(
    r"(?:^|\.\s+)(?:Oppheves|Opphevast)\s+ved\b[^()]*\(\s*(?:i\s+kraft|ikr\.?)\s+(?:fra\s+)?(\d[^,;)]{5,20})"
)
_TAKES_EFFECT = re.compile(r"\b(?:i\s+kraft|ikr|kraft|fra|frå|fom|f\s?o\s?m|virkning|verknad)\b", re.IGNORECASE)
_UNDECIDED = re.compile(r"bestemme[rs]|fastset|fastsette[rs]|\bnår\b", re.IGNORECASE)
_AT_ONCE = re.compile(r"\bstraks\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:året|år|semesteret|terminen)\s+(\d{4})")
_AUTHORITY = re.compile(r"\b(?:iflg|ifølge|ifølgje|jf|se|sjå)\b")
_TOKEN = re.compile(r"\x01(\d+)\x01|[()]|\b[a-zæøå]+\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One amendment: the amending act, the day it took effect (None: unknown), and whether it repealed the text."""

    work: str
    in_force: date | None
    repeals: bool


@dataclass
class _Reading:
    work: str
    signed: date
    repeals: bool
    notes: list[str]


def read_amendments(note: etree._Element, archived: date) -> tuple[Amendment, ...]:
    """Return the amendments that a change note says have been made, in its order.

    Args:
        note: The element with the note.
        archived: The date of the text; what takes effect later is no part of it.
    """
    works: list[tuple[str, date]] = []
    pieces = [note.text or ""]
    for child in note:
        match = _WORK.fullmatch(child.get("href") or "") if child.tag == "a" else None
        signed = _iso(match[1]) if match else None
        if match and signed:
            pieces.append(f"\x01{len(works)}\x01")
            works.append((match[0], signed))
        pieces.append(" " + text_of(child) + " ")
        pieces.append(child.tail or "")
    found = _read("".join(pieces), works)
    return tuple(
        Amendment(work=a.work, in_force=_in_force(a.notes, a.signed, archived), repeals=a.repeals)
        for a in found
        if a.signed <= archived
    )


def latest(amendments: Iterable[Amendment], archived: date) -> Amendment | None:
    """Return the amendment that gave the text its present wording, the last of the latest."""
    found: Amendment | None = None
    for amendment in amendments:
        day = amendment.in_force
        if day and day <= archived and (found is None or found.in_force is None or day >= found.in_force):
            found = amendment
    return found


def repeal_date(text: str) -> date | None:
    """Return from when a text says that something is repealed: "(Opphevet 1 jan 2014 ved ...)", "opphevet ved lov 29 jan 1971 nr. 24"."""
    matches = list(_REPEALS.finditer(text))
    if not matches:
        return None
    said = text[matches[-1].end() :]
    effect = re.search(r"(?:i\s+kraft|ikr\.?|kraft|fra|frå)\s", said)
    return next(_days(said[effect.end() :]), None) if effect else next(_days(said), None)


def coming_repeal(note: str) -> date | None:
    """Return the day from which a note says that the whole text will be repealed: "Oppheves ved lov ... (i kraft 1 jan 2026)"."""
    match = _COMING_REPEAL.search(note)
    return next(_days(match[1]), None) if match else None


def _read(text: str, works: list[tuple[str, date]]) -> list[_Reading]:
    """Return the amendments in a note whose links have become numbers between marks."""
    found: list[_Reading] = []
    depth, opened, made, repeals = 0, 0, True, False
    for token in _TOKEN.finditer(text):
        if token[0] == "(":
            depth, opened = depth + 1, opened if depth else token.end()
        elif token[0] == ")":
            depth = max(0, depth - 1)
            if not depth and found and made:
                found[-1].notes.append(text[opened : token.start()])
        elif depth:
            continue
        elif token[1]:
            amends_amendment = text[: token.start()].rstrip().endswith(("som endret ved", "som endret ved lov", "som endret ved forskrift"))  # fmt: skip
            if made and not amends_amendment:
                work, signed = works[int(token[1])]
                found.append(_Reading(work, signed, repeals, []))
        elif _ANNOUNCED.fullmatch(token[0]):
            made = False
        elif _MADE.fullmatch(token[0]):
            made, repeals = True, bool(_REPEALS.fullmatch(token[0]))
    return found


def _in_force(notes: list[str], signed: date, archived: date) -> date | None:
    """Return the day an amendment took effect, from its brackets, or else the day it was signed."""
    dated = [note for note in notes if _TAKES_EFFECT.search(note) or _YEAR.search(note)]
    if not dated:
        return signed
    days = [day for note in dated for day in _days(_AUTHORITY.split(note, maxsplit=1)[0])]
    if days:
        return max((day for day in days if day <= archived), default=None)
    note = dated[-1]
    if _AT_ONCE.search(note):
        return signed
    if _UNDECIDED.search(note):
        return None
    if year := _YEAR.search(note):
        start = date(int(year[1]), 1, 1) if 1600 < int(year[1]) < 2200 else signed
        return max(start, signed) if max(start, signed) <= archived else None
    return signed


def _days(text: str) -> Iterator[date]:
    for day, month, year in _DAY.findall(text):
        try:
            yield date(int(year), _MONTHS.index(month.lower()) + 1, int(day))
        except ValueError:
            continue


def _iso(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
