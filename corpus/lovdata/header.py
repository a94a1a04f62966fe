"""The header of a document: who it is, what it is called, and when it holds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lxml import etree

from corpus.document import Level
from corpus.errors import LovdataDocumentError
from corpus.lovdata.elements import text_of
from corpus.numerals import MONTHS

_REFID = re.compile(r"(lov|forskrift)/\d{4}-\d\d-\d\d(?:-\d+)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_RANGE = re.compile(r"(\d{4}-\d\d-\d\d)\s*[–-]\s*(\d{4}-\d\d-\d\d)")
_REPEALED = re.compile(r"opphe[vb]\w*\s+(\d{4}-\d\d-\d\d)", re.IGNORECASE)
_NO_DATE = re.compile(r"bestem|fastset|ikkje i kraft|ikke i kraft|trer i kraft|ikrafttre", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:inntekts|skatte|trekk)året (\d{4})", re.IGNORECASE)
_NYNORSK = re.compile(r"\b(?:ikkje|frå|eit|ein|vere|dei|anna|òg|kva|noko|gjeld|heile|korleis)\b")
_BOKMAL = re.compile(r"\b(?:ikke|fra|et|en|være|de|annet|også|hva|noe|gjelder|hele|hvordan)\b")


_LONGEST_NAME = 90
_DATED = re.compile(
    r"(?P<kind>lov|forskrift)/(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)(?:-(?P<number>\d+))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the header says. `starts` are the dates on which the document or parts of it took effect, `ends` its last day.

    `undecided` says that it is adopted without any date for its start. `short_name` and `abbreviation` are "" when it has none.
    """

    refid: str
    dokid: str
    title: str
    title_short: str
    short_name: str
    abbreviation: str
    language: str
    starts: tuple[date, ...]
    ends: date | None
    undecided: bool
    last_change_in_force: date | None

    @property
    def name(self) -> str:
        """What to call the document: its short name, a title that is no longer than a name, or its date and number."""
        title = self.title.rstrip(". ")
        if self.short_name or not title:
            return self.short_name or self.refid
        if len(title) <= _LONGEST_NAME:
            return title[0].lower() + title[1:] if title[1:2].islower() else title
        dated = _DATED.fullmatch(self.refid)
        if dated is None:
            return self.refid
        number = f" nr. {dated['number']}" if dated["number"] else ""
        return f"{dated['kind']} {int(dated['day'])}. {MONTHS[int(dated['month']) - 1]} {dated['year']}{number}"

    @property
    def level(self) -> Level:
        """The rank of the document."""
        return Level.LAW if self.refid.startswith("lov/") else Level.REGULATION

    @property
    def repealed(self) -> date | None:
        """The day from which the whole document no longer holds."""
        return self.ends + timedelta(days=1) if self.ends and self.ends < date.max else None


def read_header(root: etree._Element) -> Header:
    """Return the header of a document.

    Raises:
        LovdataDocumentError: It has no header, or one that does not say which document this is.
    """
    fields = {element.get("class") or "": element for element in root.iter("dd")}
    refid = _text(fields, "refid")
    if not _REFID.fullmatch(refid):
        raise LovdataDocumentError(f"Dokumentet har ingen gyldig refid i hodet: «{refid[:80]}».")
    in_force = _text(fields, "dateInForce")
    title_short = _text(fields, "titleShort")
    short_name, abbreviation = _split_title(title_short)
    period = _RANGE.search(in_force)
    repealed = _REPEALED.search(in_force)
    dates = dates_in(_REPEALED.sub("", _RANGE.sub(r"\1", in_force)))
    if not dates and (year := _YEAR.search(in_force)):
        dates = dates_in(f"{year[1]}-01-01")
    ends = _day(period[2]) if period else None
    if repealed and (day := _day(repealed[1])) and day > date.min:
        ends = day - timedelta(days=1)
    return Header(
        refid=refid, dokid=_text(fields, "dokid"), title=_text(fields, "title"), title_short=title_short,
        short_name=short_name, abbreviation=abbreviation, language=_language(root), starts=dates, ends=ends,
        undecided=not dates and bool(_NO_DATE.search(in_force)),
        last_change_in_force=next(iter(dates_in(_text(fields, "lastChangeInForce"))), None),
    )  # fmt: skip


def dates_in(text: str) -> tuple[date, ...]:
    """Return the dates written as 2025-11-08 in a text, in order; what only looks like one is left out."""
    found = (_day(written) for written in _DATE.findall(text))
    return tuple(day for day in found if day)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _text(fields: dict[str, etree._Element], name: str) -> str:
    return " ".join(text_of(fields[name]).split()) if name in fields else ""


def _split_title(title: str) -> tuple[str, str]:
    """Return name and abbreviation of "Arbeidsmiljøloven – aml", the name as it stands within a sentence."""
    name, _, abbreviation = title.partition(" – ")
    if len(abbreviation) > 15 or " – " in abbreviation:
        name, abbreviation = title, ""
    if name[1:2].islower():  # not "EØS-loven"
        name = name[0].lower() + name[1:]
    return name, abbreviation


def _language(root: etree._Element) -> str:
    """Return "nn" or "nb": what the document says, or where it says only "no", what its words say."""
    said = root.get("lang") or ""
    if said in ("nn", "nb"):
        return said
    main = root.find("body/main")
    text = _sample(main.itertext()) if main is not None else ""
    return "nn" if len(_NYNORSK.findall(text)) > len(_BOKMAL.findall(text)) else "nb"


def _sample(pieces: Iterable[str | bytes], size: int = 20_000) -> str:
    found: list[str] = []
    length = 0
    for piece in pieces:
        found.append(str(piece))
        length += len(piece)
        if length > size:
            break
    return " ".join(found).lower()
