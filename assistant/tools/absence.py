"""What sick leave costs in a year, and what a lower rate saves: the sum, how sure it is, and a chart.

The only figures are the user's own. A figure may be a range ("1500-2500"), and then so is the sum.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from html import escape
from itertools import product

from assistant.errors import UsageError

WORKDAYS = Decimal(230)
# How much lower and higher the daily cost is tried when the user gives no range; the user is told that it is an example.
MARGIN = Decimal("0.1")


class Field(StrEnum):
    """A figure of the calculation; the value is its name in JSON."""

    EMPLOYEES = "employees"
    DAILY_COST = "daily_cost"
    RATE = "rate"
    TARGET = "target"
    WORKDAYS = "workdays"
    EMPLOYER_SHARE = "employer_share"


PERCENTAGES = (Field.RATE, Field.TARGET, Field.EMPLOYER_SHARE)
_MAY_BE_RANGE = (Field.DAILY_COST, Field.RATE, Field.TARGET)
_NEEDED = (Field.EMPLOYEES, Field.DAILY_COST, Field.RATE)
_MAY_BE_ZERO = (Field.TARGET, Field.EMPLOYER_SHARE)
# For each figure: its name, the most it may be, what is wrong with more, and what to write.
_RULES = {
    Field.EMPLOYEES: ("Antall ansatte", 1_000_000, "Sjekk at tallet er antall ansatte, ikke kroner.", "Skriv hvor mange dere er, for eksempel 50."),
    Field.DAILY_COST: ("Dagskostnaden", 100_000, "Sjekk at den er for én dag, ikke for en måned eller et år.", "Skriv hva én fraværsdag koster dere i kroner, for eksempel 1750 eller 1500-2500."),
    Field.RATE: ("Fraværsprosenten", 100, "Den kan ikke være mer enn alle arbeidsdagene.", "Skriv sykefraværet i prosent, for eksempel 6,5 eller 6-7."),
    Field.TARGET: ("Målet", 100, "Det kan ikke være mer enn alle arbeidsdagene.", "Skriv prosenten dere vil ned på, for eksempel 4."),
    Field.WORKDAYS: ("Antall arbeidsdager", 366, "Så mange dager er det ikke i et år.", "Skriv hvor mange dager en ansatt arbeider i året, for eksempel 230."),
    Field.EMPLOYER_SHARE: ("Andelen i arbeidsgiverperioden", 100, "En andel kan ikke være mer enn alt.", "Skriv hvor mange prosent av fraværsdagene som ligger i arbeidsgiverperioden, eller la det være."),
}  # fmt: skip
# What stands around a figure: "kr 1.750,- per dag", "ca. 6,5 prosent", "50 ansatte".
_AROUND = re.compile(
    r"^(?:ca\.?|cirka|om\s+lag|rundt)?\s*(?:kr\.?|nok)?\s*|"
    r"\s*(?:%|prosent|pst\.?|,-+|kr\.?|kroner|nok|ansatte?|tilsette|årsverk|dager|dagar|arbeidsdager)?\s*(?:(?:per|pr\.?|om|i)\s+(?:dag(?:en)?|året|år))?$"
)
_DASH = re.compile(r"(?<=[\d%r])\s*(?:[-–—]|til)\s*(?=\d|kr)", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}(?:([ .,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?", re.ASCII)
_PLAIN = re.compile(r"-?\d{1,40}(?:[.,]\d{1,10})?", re.ASCII)


class AbsenceInputError(UsageError):
    """A figure cannot be used; `field` says which."""

    def __init__(self, field: Field, problem: str) -> None:
        super().__init__(f"{problem} {_RULES[field][3]}")
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The lowest and highest a figure may be, equal when it is one figure."""

    low: Decimal
    high: Decimal

    @property
    def middle(self) -> Decimal:
        """The figure half-way."""
        return (self.low + self.high) / 2

    def __str__(self) -> str:
        return "–".join(dict.fromkeys((format_number(self.low), format_number(self.high))))


_NOTHING = Range(low=Decimal(0), high=Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceInput:
    """The user's figures: kroner for a day, percent of the workdays, workdays a year for each employee.

    `target` None asks only for what it costs now. `employer_share` is the percent of the days of absence that the user says lies
    in the employer period. A figure out of bounds raises AbsenceInputError.
    """

    employees: Decimal
    daily_cost: Range
    rate: Range
    target: Range | None = None
    workdays: Decimal = WORKDAYS
    employer_share: Decimal | None = None

    def __post_init__(self) -> None:
        for field in Field:
            value = getattr(self, field.value)
            if value is not None:
                check_figure(field, value if isinstance(value, Range) else Range(low=value, high=value))

    @classmethod
    def of(cls, figures: Mapping[Field, Range]) -> "AbsenceInput":
        """Return the input of these figures; target, workdays and share may be left out."""
        values = {field.value: v if field in _MAY_BE_RANGE else v.low for field, v in figures.items()}
        return cls(**values)  # type: ignore[arg-type]

    @classmethod
    def read(cls, texts: Mapping[Field, str]) -> "AbsenceInput":
        """Return the input of figures as somebody wrote them; one that may be left out may be "".

        Raises:
            AbsenceInputError: One of them is no figure or out of bounds.
        """
        written = {field: text for field, text in texts.items() if text.strip()}
        return cls.of({field: read_figure(field, written.get(field, "")) for field in (*_NEEDED, *written)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Kroner a year: with the figures given (half-way where one is a range), and the lowest and highest they may give."""

    value: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceCost:
    """What it costs in a year; without a range of the user's, low and high are MARGIN on the daily cost. `saved` may be negative."""

    given: AbsenceInput
    now: Amount
    at_target: Amount | None
    saved: Amount | None
    has_own_range: bool

    @property
    def in_employer_period(self) -> Amount | None:
        """The part of the cost now that the user's share puts in the employer period, None without a share."""
        if self.given.employer_share is None:
            return None
        part = self.given.employer_share / 100
        return Amount(value=self.now.value * part, low=self.now.low * part, high=self.now.high * part)


def read_figure(field: Field, text: str) -> Range:
    """Return a figure that somebody wrote the Norwegian way: "6,5 %", "1 750", "kr 1.750,-", "1500-2500".

    Args:
        field: Which figure; only kroner and percentages of absence may be a range.
        text: What was written.

    Raises:
        AbsenceInputError: It is no figure, or out of bounds.
    """
    folded = " ".join(text.lower().replace("−", "-").split())
    values = [read_number(_AROUND.sub("", part), grouped=field not in PERCENTAGES) for part in _DASH.split(folded)]
    numbers = [value for value in values if value is not None]
    if len(numbers) != len(values) or len(values) > 2:
        written = f"«{text[:40]}» er ikke et tall jeg kan lese." if folded else f"{_RULES[field][0]} mangler."
        raise AbsenceInputError(field, written)
    if len(numbers) == 2 and field not in _MAY_BE_RANGE:
        raise AbsenceInputError(field, f"{_RULES[field][0]} må være ett tall, ikke {text[:40]}.")
    found = Range(low=min(numbers), high=max(numbers))
    check_figure(field, found)
    return found


def read_number(text: str, *, grouped: bool) -> Decimal | None:
    """Return the number, None when it is none.

    Args:
        text: Digits with a decimal comma or point, perhaps in groups of three.
        grouped: Whether a comma or point before three digits groups them: so in kroner and headcounts, never in percent.
    """
    if grouped and (match := _GROUPED.fullmatch(text)):
        text = text.replace(match[1], "")
    return Decimal(text.replace(",", ".")) if _PLAIN.fullmatch(text) else None


def check_figure(field: Field, value: Range) -> None:
    """Accept a figure that can be used.

    Raises:
        AbsenceInputError: It is below nothing, nothing, or above the limit.
    """
    name, limit, hint, _ = _RULES[field]
    if value.low < 0:
        raise AbsenceInputError(field, f"{name} kan ikke være mindre enn 0, som {format_number(value.low)}.")
    if value.low == 0 and field not in _MAY_BE_ZERO:
        raise AbsenceInputError(field, f"{name} er 0, og da er det ingenting å regne på.")
    if value.high > limit:
        top = format_number(Decimal(limit))
        raise AbsenceInputError(field, f"{name} kan ikke være over {top}, som {format_number(value.high)}. {hint}")


def compute_absence(given: AbsenceInput) -> AbsenceCost:
    """Return what the absence costs: employees × workdays × rate × daily cost, now and at the target."""
    has_own = any(r and r.low != r.high for r in (given.daily_cost, given.rate, given.target))
    cost = given.daily_cost
    if not has_own:
        cost = Range(low=cost.low * (1 - MARGIN), high=cost.high * (1 + MARGIN))
    target = given.target
    return AbsenceCost(
        given=given,
        now=_amount(given, cost, given.rate),
        at_target=_amount(given, cost, target) if target else None,
        saved=_amount(given, cost, given.rate, target) if target else None,
        has_own_range=has_own,
    )


def _amount(given: AbsenceInput, cost: Range, rate: Range, less: Range = _NOTHING) -> Amount:
    """Return what the days between two rates cost."""
    corners = _corners(given, cost, rate, less)
    middle = given.employees * given.workdays * (rate.middle - less.middle) / 100 * cost.middle
    return Amount(value=middle, low=corners[0][0], high=corners[-1][0])


def _corners(given: AbsenceInput, cost: Range, rate: Range, less: Range) -> list[tuple[Decimal, Decimal, Decimal]]:
    """Return kroner a year, percent and kroner a day for each pair of ends of the ranges, the lowest sum first."""
    ends = product((rate.low - less.high, rate.high - less.low), (cost.low, cost.high))
    return sorted((given.employees * given.workdays * p / 100 * kr, p, kr) for p, kr in ends)


def show_formula(cost: AbsenceCost) -> tuple[str, ...]:
    """Return the sum with the user's own figures, a line for each step; with a range its lowest and highest."""
    given, lines = cost.given, []
    steps = [("Nå", given.rate, _NOTHING)]
    if given.target:
        steps.append((f"Ved {given.target} %", given.target, _NOTHING))
    if given.target and cost.has_own_range:
        steps.append(("Spart", given.rate, given.target))
    days = f"{format_number(given.employees)} ansatte × {format_number(given.workdays)} arbeidsdager"
    for name, rate, less in steps:
        corners = _corners(given, given.daily_cost, rate, less)
        lowest, highest = corners[0], corners[-1]
        ends = [("", lowest)] if lowest == highest else [(", lavest", lowest), (", høyest", highest)]
        for end, (kroner, percent, daily) in ends:
            factors = f"{days} × {format_number(percent)} % × {format_number(daily)} kr"
            lines.append(f"{name}{end}: {factors} = {format_kroner(kroner)}")
    if cost.saved and cost.at_target and not cost.has_own_range:
        parts = f"{format_kroner(cost.now.value)} − {format_kroner(cost.at_target.value)}"
        lines.append(f"Spart: {parts} = {format_kroner(cost.saved.value)}")
    return tuple(lines)


def format_number(number: Decimal) -> str:
    """Return the number as Norwegians write it: "1 308 125", "6,5"."""
    plain = f"{number.normalize():f}"
    whole, _, decimals = plain.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", " ")
    return "−" * plain.startswith("-") + grouped + ("," + decimals if decimals else "")


def format_kroner(amount: Decimal) -> str:
    """Return kroner, with øre where there are any: "1 308 125 kr"."""
    rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole = rounded == rounded.to_integral_value()
    text = format_number(rounded)
    return f"{text if whole or len(text.split(',')[1]) == 2 else text + '0'} kr"


def round_kroner(amount: Decimal) -> str:
    """Return kroner to two digits that count: "1 300 000 kr"."""
    if not amount:
        return "0 kr"
    step = Decimal(1).scaleb(max(amount.copy_abs().adjusted() - 1, 0))
    return format_kroner((amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def tell_amount(amount: Amount, cost: AbsenceCost) -> str:
    """Return the amount as the figures allow: kroner, or with a range of the user's the round lowest and highest."""
    if not cost.has_own_range or amount.low == amount.high:
        return format_kroner(amount.value)
    return f"{round_kroner(amount.low).removesuffix(' kr')} til {round_kroner(amount.high)}"


def draw_chart(cost: AbsenceCost) -> str:
    """Return an SVG image to set into a page: a bar with its number for the cost now, and one for the cost at the target."""
    bars = [(f"Nå, {cost.given.rate} %", cost.now, "#b45309")]
    if cost.given.target and cost.at_target:
        bars.append((f"Ved {cost.given.target} %", cost.at_target, "#0b7a6f"))
    most = max(amount.value for _, amount, _ in bars)
    told = [escape(f"{name}: {tell_amount(amount, cost)}") for name, amount, _ in bars]
    rows = "".join(
        f'<text y="{48 + 58 * n}" font-size="15">{told[n]}</text>'
        f'<rect y="{56 + 58 * n}" width="{480 * amount.value / most:.1f}" height="24" fill="{colour}"/>'
        for n, (_, amount, colour) in enumerate(bars)
    )
    title = "Hva sykefraværet koster i året"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 {32 + 58 * len(bars)}" role="img" fill="currentColor" '
        f'aria-label="{title}. {". ".join(told)}"><title>{title}</title>'
        f'<text y="18" font-size="17" font-weight="600">{title}</text>{rows}</svg>'
    )
