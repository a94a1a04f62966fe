"""What is kept of a company: nothing of persons beyond the name that a sole proprietorship is registered under."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# What new companies may carry for years; it says nothing of what they do.
UNKNOWN_CODE = "00.000"


class UnitStatus(StrEnum):
    """How it stands with a unit. The values are stored."""

    ACTIVE = "active"
    WINDING_UP = "winding_up"
    BANKRUPT = "bankrupt"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndustryCode:
    """A næringskode as the register gives it (SN2025), with the register's name for it."""

    code: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A registered unit.

    `employees` is None where no number is known; it is never 0 for a number that is not shown. `employees_withheld`: there are
    employees, but fewer than five, and the register shows no number. `no_employees_registered`: the register has no employees
    for the unit, which is not the same as the unit having none. `form` is the code of the organisation form (AS, ENK, KOMM, BEDR).
    """

    orgnr: str
    name: str
    form: str
    industries: tuple[IndustryCode, ...] = ()
    employees: int | None = None
    employees_withheld: bool = False
    no_employees_registered: bool = False
    status: UnitStatus = UnitStatus.ACTIVE
    deleted_on: date | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The næringskoder, the main activity first, without the one for unknown."""
        return tuple(industry.code for industry in self.industries if industry.code != UNKNOWN_CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Company(Unit):
    """A unit that was looked up, with what it belongs to and what belongs to it.

    `sub_units` are those one level down, at most some hundred; `sub_units_total` is how many the register has. `fetched` is the day.
    """

    fetched: date
    parent: Unit | None = None
    sub_units: tuple[Unit, ...] = ()
    sub_units_total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A company, and sentences that the user should see with it."""

    company: Company
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Units whose names match a search, best first; `total` is how many there are."""

    units: tuple[Unit, ...]
    total: int
    warnings: tuple[str, ...] = ()
