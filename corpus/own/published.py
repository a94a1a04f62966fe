"""The day that a document says it is from: a label such as "Sist oppdatert" with a date right after it."""

import re
from collections.abc import Iterator
from datetime import date

from corpus.own.raw import RawDocument

_EARLIEST = date(1990, 1, 1)
# Such lines stand at the beginning or the end; further in, a date is about something else.
_EDGE = 30
_LONGEST = 200
_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
_MONTH = r"(?:jan(?:uar)?|feb(?:ruar)?|mars|apr(?:il)?|mai|juni?|juli?|aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|des(?:ember)?)\.?"
_DAY = (
    rf"(?:(?P<day>\d{{1,2}})\.?\s?)?(?P<month>{_MONTH}),?\s(?P<year>(?:19|20)\d\d)"
    r"|(?P<d>\d{1,2})[./]\s?(?P<m>\d{1,2})[./]\s?(?P<y>(?:(?:19|20)\d\d|\d\d))"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"
)
_LABEL = (
    r"(?:(?:sist|senest)\s+)?(?:publisert|utgitt|oppdatert|revidert|endret|endra|datert)(?:\s+(?:dato|den))?"
    r"|(?:dokument|publiserings|utgivelses|utgave|revisjons|oppdaterings)?dato(?:\s+for\s+(?:siste\s+)?(?:revisjon|oppdatering|publisering))?"
    r"|(?:siste\s+)?(?:oppdatering|(?:versjon|utgave|revisjon|rev\.?)(?:\s*(?:nr\.?\s*)?\d+(?:\.\d+)?)?)"
)
_TIME = r"(?:,?\s*(?:kl\.?\s*)?\d{1,2}[.:]\d\d)?"
_FIELD_END = re.compile(r"\s*[|·•;\n]\s*|\s+[–—-]\s+")
_LABELLED = re.compile(rf"(?P<before>.*?)\b(?P<label>{_LABEL})[\s:,]+(?:{_DAY}){_TIME}[\s,.)\]]*", re.IGNORECASE)
_ENDS_WITH_LABEL = re.compile(rf".*\b(?:{_LABEL})\s*:?", re.IGNORECASE)
_STARTS_WITH_DAY = re.compile(_DAY, re.IGNORECASE)
_OTHER = re.compile(r"\b(?:neste|første|ny|planlagt)$", re.IGNORECASE)


def find_published(document: RawDocument, today: date) -> date | None:
    """Return the latest day on which the document says that it was published, updated or revised; None when it does not say.

    A date counts only right after such a label, and only where the two are a line, a cell or the end of a short line:
    in running text it may be about anything. A month without a day counts from its first.

    Args:
        document: The document as it was read.
        today: No day after this one is believed.
    """
    # A long block is running text, and searching it would take long too; its place stays.
    texts = [text if len(text := block.text) <= _LONGEST else "" for block in document.blocks]
    fields = [field.strip(" ([*_") for text in texts for field in _FIELD_END.split(text)]
    edges = [*fields[:_EDGE], *fields[max(_EDGE, len(fields) - _EDGE) :]]
    return max((day for day in _days(edges) if _EARLIEST <= day <= today), default=None)


def _days(fields: list[str]) -> Iterator[date]:
    for field, after in zip(fields, [*fields[1:], ""], strict=True):
        goes_on = _ENDS_WITH_LABEL.fullmatch(field) and _STARTS_WITH_DAY.match(after)
        line = f"{field} {after}" if goes_on else field
        found = list(_LABELLED.finditer(line))
        # A line that ends with labels and their dates, nothing between them.
        if found and found[-1].end() == len(line) and _is_label(found[0]) and not any(m["before"] for m in found[1:]):
            for match in found:
                yield from _read(match)


def _is_label(match: re.Match[str]) -> bool:
    """Return whether the word is a label: first in its line, or with a capital letter where lines were run together."""
    before = match["before"].strip()
    if not before:
        return True
    return match["label"][0].isupper() and not _OTHER.search(before)


def _read(match: re.Match[str]) -> Iterator[date]:
    """Yield the day, nothing when there is no such day."""
    try:
        if match["iso"]:
            yield date.fromisoformat(match["iso"])
        elif match["month"]:
            month = _MONTHS.index(match["month"][:3].lower()) + 1
            yield date(int(match["year"]), month, int(match["day"] or 1))
        else:
            year = int(match["y"])
            yield date(year + 2000 if year < 100 else year, int(match["m"]), int(match["d"]))
    except ValueError:
        return
