"""Amendments that were announced when an official text was read, and are no part of it yet."""

import re
from datetime import date

from corpus.document import Provision

_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
# "Endres ved lov 20 juni 2025 nr. 37 (i kraft 1 jan 2026 iflg. res. ...)": the first day in the brackets.
_ANNOUNCED = re.compile(
    r"\b(?:endres|endrast|oppheves|opphevast|tilføyes|blir\s+(?:endret|endra|opphevet|oppheva))\s+ved\b[^()]*"
    r"\(\s*(?:i\s+kraft|ikr\.?)\s+(?:fra\s+|frå\s+)?(\d{1,2})\.?\s+(" + "|".join(_MONTHS) + r")[a-zæøå]*\.?\s+(\d{4})",
    re.IGNORECASE,
)


def coming_changes(provision: Provision) -> tuple[date, ...]:
    """Return the days on which announced amendments of an official text take effect, the earliest first.

    Only days after the text was read: of the rest the text itself tells.
    """
    days = set()
    for note in provision.changes:
        for day, month, year in _ANNOUNCED.findall(note):
            try:
                days.add(date(int(year), _MONTHS.index(month.lower()) + 1, int(day)))
            except ValueError:  # no such day: a slip in the source
                continue
    read = provision.text_date
    return tuple(sorted(day for day in days if read is None or day > read))


def changed_since(provision: Provision, today: date) -> date | None:
    """Return the first day after the text was read, and not after today, on which it is known to have been amended."""
    return next((day for day in coming_changes(provision) if day <= today), None)
