"""A day that a text names: "3. november", "03.11.2026", "3/11", "i går", "for tre uker siden"."""

import re
from datetime import date, timedelta

from assistant.understand.company import read_bare_number

_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
_NAMED = re.compile(
    r"(?<![\d§.-])(?P<d>\d{1,2})\.?\s*(?P<m>jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des)[a-zæøå]*\.?(?:\s+(?P<y>\d{4}))?\b"
)
_ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b")
# Without a year, what stands before tells a date from the number of a section.
_FIGURES = re.compile(
    r"(?:(?:\b(?:den|siden|sidan|fra|frå|dato|dag|syk|sjuk|sykmeldt|sjukmeld|borte)\s+)(?P<d>\d{1,2})[./](?P<m>\d{1,2})(?:[./](?P<y>\d{4}|\d{2}))?|\b(?P<d2>\d{1,2})[./](?P<m2>\d{1,2})[./](?P<y2>\d{4}))\b"
)
_AGO = re.compile(r"\bfor\s+(?P<n>[a-zæøå]+|\d{1,3})\s+(?P<unit>dag|uk|vek)[a-zæøå]*\s+sid[ae]n\b")
_NAMED_DAYS = {"i dag": 0, "idag": 0, "i går": 1, "igår": 1, "i forgårs": 2}


def read_day(text: str, today: date) -> date | None:
    """Return the day that a text names, None when it names none that has been.

    Args:
        text: What was written.
        today: A day without its year is the last such day up to this one.
    """
    folded = " ".join(text.lower().split())
    if ago := _AGO.search(folded):
        count = read_bare_number(ago["n"])
        return None if count is None else today - timedelta(days=count * (1 if ago["unit"] == "dag" else 7))
    for match in (_ISO.search(folded), _NAMED.search(folded), _FIGURES.search(folded)):
        if match:
            return _past(_parts(match), today)
    days = next((days for name, days in _NAMED_DAYS.items() if re.search(rf"\b{name}\b", folded)), None)
    return None if days is None else today - timedelta(days=days)


def _parts(match: re.Match[str]) -> tuple[int | None, int, int]:
    found = {name[0]: value for name, value in match.groupdict().items() if value}
    month = found["m"]
    year = int(found["y"]) if "y" in found else None
    return (
        year + 2000 if year is not None and year < 100 else year,
        int(month) if month.isdigit() else _MONTHS.index(month) + 1,
        int(found["d"]),
    )


def _past(parts: tuple[int | None, int, int], today: date) -> date | None:
    year, month, day = parts
    for candidate in (year,) if year is not None else (today.year, today.year - 1):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    return None
