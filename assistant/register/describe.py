"""What the user is told of a unit, in Norwegian."""

from collections.abc import Callable
from datetime import date

from assistant.register.number import format_number
from assistant.register.records import Company, Unit, UnitStatus


def describe_headcount(unit: Unit) -> str:
    """Return a sentence on how many employees the register has for a unit.

    Args:
        unit: The unit.
    """
    if unit.employees_withheld:
        return "Enhetsregisteret viser at det er ansatte, men ikke hvor mange: tallet holdes tilbake når det er færre enn fem."
    if unit.employees is not None:
        return f"Enhetsregisteret oppgir {unit.employees} {'ansatt' if unit.employees == 1 else 'ansatte'}."
    if unit.no_employees_registered:
        return "Enhetsregisteret har ingen registrerte ansatte her. Oppgi antallet selv hvis dere likevel har ansatte."
    return "Enhetsregisteret sier ikke hvor mange ansatte det er. Oppgi antallet selv."


def warn_of_state(company: Company) -> tuple[str, ...]:
    """Return sentences on what makes the register's data weak for a company, none for an active one with a code.

    Args:
        company: The company.
    """
    found = [_WARNINGS[company.status](company)] if company.status in _WARNINGS else []
    if company.status is not UnitStatus.DELETED and not company.codes:
        found.append(
            f"{company.name} har ingen næringskode i Enhetsregisteret som sier hva virksomheten driver med. Oppgi bransjen selv."
        )
    if len(company.sub_units) < company.sub_units_total:
        found.append(
            f"{company.name} har {company.sub_units_total} underliggende enheter; bare {len(company.sub_units)} av dem er hentet. "
            "Slå opp den enkelte enheten for å se resten."
        )
    return tuple(found)


def warn_of_age(fetched: date, why: str) -> str:
    """Return the sentence for data that are older than they should be.

    Args:
        fetched: When they were fetched.
        why: Why there are none newer, with the remedy.
    """
    return f"Opplysningene fra Enhetsregisteret ble hentet {fetched.isoformat()} og kan være utdaterte. {why}"


def describe_unit(unit: Unit) -> str:
    """Return a unit on one line, for a list to choose from.

    Args:
        unit: The unit.
    """
    parts = [f"{unit.name} ({unit.form})", format_number(unit.orgnr)]
    parts += [f"{industry.code} {industry.name}".strip() for industry in unit.industries[:1]]
    if unit.status in _STATES:
        parts.append(_STATES[unit.status])
    return ", ".join(parts)


def _warn_of_deletion(company: Company) -> str:
    when = f" {company.deleted_on.isoformat()}" if company.deleted_on else ""
    return f"{company.name} er slettet i Enhetsregisteret{when}. Kontroller at det er riktig virksomhet, eller søk på navnet."


_STATES = {
    UnitStatus.WINDING_UP: "under avvikling",
    UnitStatus.BANKRUPT: "konkurs",
    UnitStatus.DELETED: "slettet",
}
_WARNINGS: dict[UnitStatus, Callable[[Company], str]] = {
    UnitStatus.DELETED: _warn_of_deletion,
    UnitStatus.BANKRUPT: lambda company: (
        f"{company.name} er registrert som konkurs. Kontroller om det fortsatt er ansatte."
    ),
    UnitStatus.WINDING_UP: lambda company: (
        f"{company.name} er registrert som under avvikling. Kontroller om det fortsatt er ansatte."
    ),
}
