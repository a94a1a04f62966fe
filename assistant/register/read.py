"""The client's records to ours: only what the duty check needs, and nothing that is not believed."""

import re
from datetime import date
from typing import TYPE_CHECKING

from assistant.register.errors import BadAnswerError
from assistant.register.number import is_valid_number
from assistant.register.records import IndustryCode, Unit, UnitStatus

if TYPE_CHECKING:
    from brreg.enhetsregisteret import Enhet, Underenhet

_LONGEST_NAME = 200
_MOST_EMPLOYEES = 1_000_000  # several times the largest employer of the country
_FORM = re.compile(r"[A-ZÆØÅ]{1,10}")
NONSENSE = "Enhetsregisteret svarte med noe som ikke lar seg lese. Prøv igjen senere, eller oppgi bransjen selv."


def read_unit(answer: "Enhet | Underenhet", today: date) -> Unit:
    """Return a unit from the register's record.

    Args:
        answer: The record.
        today: A unit that is closed from this day or before is deleted.

    Raises:
        BadAnswerError: A field is not what it can be.
    """
    if not is_valid_number(answer.organisasjonsnummer) or not _FORM.fullmatch(answer.organisasjonsform.kode):
        raise BadAnswerError(NONSENSE)
    name = _clean(answer.navn)
    if not name:
        raise BadAnswerError(NONSENSE)
    status, deleted_on = _read_status(answer, today)
    employees, has_number = _read_employees(answer), answer.har_registrert_antall_ansatte
    return Unit(
        orgnr=answer.organisasjonsnummer,
        name=name,
        form=answer.organisasjonsform.kode,
        industries=_read_industries(answer),
        employees=employees,
        employees_withheld=employees is None and has_number is True,
        no_employees_registered=employees is None and (has_number is False or answer.antall_ansatte == 0),
        status=status,
        deleted_on=deleted_on,
    )


def _read_employees(answer: "Enhet | Underenhet") -> int | None:
    """Return the number. A 0 counts only where the register says that it has a number."""
    count = answer.antall_ansatte
    if count is not None and not 0 <= count <= _MOST_EMPLOYEES:
        raise BadAnswerError(NONSENSE)
    return None if count == 0 and answer.har_registrert_antall_ansatte is not True else count


def _read_industries(answer: "Enhet | Underenhet") -> tuple[IndustryCode, ...]:
    given = (answer.naeringskode1, answer.naeringskode2, answer.naeringskode3)
    return tuple(
        IndustryCode(code=_clean(industry.kode)[:10], name=_clean(industry.beskrivelse or ""))
        for industry in given
        if industry and industry.kode
    )


def _read_status(answer: "Enhet | Underenhet", today: date) -> tuple[UnitStatus, date | None]:
    closed = getattr(answer, "nedleggelsesdato", None)
    if answer.slettedato:
        return UnitStatus.DELETED, answer.slettedato
    if closed and closed <= today:
        return UnitStatus.DELETED, closed
    if getattr(answer, "konkurs", None):
        return UnitStatus.BANKRUPT, None
    forced = getattr(answer, "under_tvangsavvikling_eller_tvangsopplosning", None)
    if forced or getattr(answer, "under_avvikling", None):
        return UnitStatus.WINDING_UP, None
    return UnitStatus.ACTIVE, None


def _clean(text: str) -> str:
    """Return text on one line, without control characters, of a length that can be shown."""
    words = "".join(c if c.isprintable() else " " for c in text[: 4 * _LONGEST_NAME]).split()
    return " ".join(words)[:_LONGEST_NAME]
