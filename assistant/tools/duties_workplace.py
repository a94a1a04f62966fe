"""What a list of duties is made from: a workplace as somebody describes it, checked before anything is said about it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.duty.industry import Industry, Vintage, read_code
from assistant.duty.reader import read_description
from assistant.errors import UsageError
from assistant.understand.question import MAX_QUESTION
from corpus.duties import DutyTable

MOST_EMPLOYEES = 1_000_000
# Sick leave is asked about when it is new; the last deadline is half a year later.
_LAST_DAY = date(9998, 12, 31)


class SickLeave(StrEnum):
    """Whether somebody on sick leave is away altogether or in part."""

    FULL = "helt"
    GRADED = "gradert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """A workplace. None is unknown.

    `employees` counts everybody employed; `amu_count` is the average of last calendar year, of those who work at least 20
    hours a week. `facts` are names of plikter.toml. `condition_met` answers the condition of a limited row of § 13-1.
    """

    employees: int | None = None
    amu_count: int | None = None
    industries: tuple[Industry, ...] = ()
    facts: frozenset[str] = frozenset()
    sick_since: date | None = None
    sick_leave: SickLeave | None = None
    condition_met: bool | None = None


def check_workplace(workplace: Workplace, today: date | None = None) -> None:
    """Return nothing when the numbers and the day can be used.

    Args:
        workplace: What was given.
        today: The day that no absence begins after; None leaves that out.

    Raises:
        UsageError: A number of employees is negative or too large, or the first day of absence lies ahead.
    """
    _check_count(workplace.employees, "Antall ansatte")
    _check_count(workplace.amu_count, "Antallet som regnes med for AMU")
    if workplace.sick_since and workplace.sick_since > (today or _LAST_DAY):
        raise UsageError(
            f"Første fraværsdag kan ikke ligge fram i tid, men {workplace.sick_since.isoformat()} gjør det. "
            "Skriv dagen fraværet begynte, som ÅÅÅÅ-MM-DD."
        )


def _check_count(count: int | None, name: str) -> None:
    if count is None or 0 <= count <= MOST_EMPLOYEES:
        return
    most = f"{MOST_EMPLOYEES:,}".replace(",", " ")
    shown = str(count) if abs(count) < 10**12 else "et så stort tall"
    raise UsageError(f"{name} må være et helt tall fra 0 til {most}, ikke {shown}. Skriv hvor mange dere er.")


def read_industries(
    words: tuple[str, ...], codes: tuple[str, ...], vintage: Vintage | None = None
) -> tuple[Industry, ...]:
    """Return the industries that codes and descriptions name.

    Args:
        words: What the company does in everyday words.
        codes: Industry codes.
        vintage: The standard the codes are read by; None for the one that has them.

    Raises:
        UsageError: A code is unknown, or a description is too long or like none that is known.
    """
    found = [read_code(code, vintage) for code in codes]
    for text in words:
        if len(text) > MAX_QUESTION:
            raise UsageError(f"Beskrivelsen er på {len(text)} tegn, og grensen er {MAX_QUESTION}. Skriv den kortere.")
        of_words = read_description(text)
        if not of_words:
            raise UsageError(
                f"Kjenner ikke igjen bransjen «{text.strip()[:60]}». Skriv den med andre ord, eller bruk næringskoden."
            )
        found += of_words
    return tuple(dict.fromkeys(found))


def read_facts(names: tuple[str, ...], table: DutyTable) -> frozenset[str]:
    """Return the facts that names mean.

    Args:
        names: Exposures and other facts as they were written.
        table: The facts that are known.

    Raises:
        UsageError: A name is none of them.
    """
    facts: set[str] = set()
    for name in names:
        found = table.find_facts(name)
        if not found:
            known = ", ".join(fact.fact_id for fact in table.facts)
            raise UsageError(f"Kjenner ikke «{name.strip()[:60]}». Velg blant: {known}.")
        facts |= found
    return frozenset(facts)
