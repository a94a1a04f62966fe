"""A company in Enhetsregisteret as the duty check takes it: main activity, side activities, and units of its own kind."""

from dataclasses import dataclass

from assistant import texts
from assistant.duty.check import DutyOutcome, check_duty
from assistant.duty.industry import UNKNOWN_CODE, Industry, Vintage, read_code
from assistant.errors import UsageError
from assistant.register.describe import describe_headcount
from assistant.register.records import Found
from corpus.industry import name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredCompany:
    """What the duty check needs of a company. `main` has the code for unknown when the register does not say what it does."""

    name: str
    main: tuple[Industry, ...]
    side: tuple[Industry, ...]
    employees: int | None
    warnings: tuple[str, ...]


def read_company(found: Found) -> RegisteredCompany:
    """Return a company that was looked up as the duty check takes it.

    Args:
        found: The company, and what the register's data are weak in.
    """
    company = found.company
    codes = [industry for code in company.codes if (industry := _read(code))]
    source = texts.FROM_REGISTER.format(name=company.name, day=company.fetched.isoformat())
    warnings = [f"{source} {describe_headcount(company)}", *found.warnings]
    main = tuple(codes[:1]) or (read_code(UNKNOWN_CODE),)
    if codes:
        outcome = check_duty(main).outcome
        for unit in company.sub_units:
            differing = next((i for code in unit.codes[:1] if (i := _read(code))), None)
            if differing and (then := check_duty((differing,)).outcome) is not outcome:
                warnings.append(_differs(unit.name, differing, then))
    return RegisteredCompany(
        name=company.name, main=main, side=tuple(codes[1:]), employees=company.employees, warnings=tuple(warnings)
    )


def _read(code: str) -> Industry | None:
    """Return the industry of a code of the register, None for one that the standard does not have."""
    try:
        return read_code(code, Vintage.SN2025)
    except UsageError:
        return None


def _differs(unit: str, industry: Industry, outcome: DutyOutcome) -> str:
    return texts.UNIT_DIFFERS.format(
        unit=unit, code=industry.code, name=name_of(industry.codes[0]), outcome=texts.DUTY_OUTCOMES[outcome]
    )
