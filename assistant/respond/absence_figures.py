"""The figures of a sick-leave calculation as people write them in a talk: headcount, kroner a day, percentages, and the reply to one asked for."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant import texts
from assistant.tools import absence
from assistant.tools.absence import AbsenceInputError, Field
from assistant.understand.company import read_bare_number, read_employees
from assistant.understand.question import Understood

QUESTIONS = {
    Field.EMPLOYEES: texts.ASK_EMPLOYEES,
    Field.DAILY_COST: texts.ASK_DAILY_COST,
    Field.RATE: texts.ASK_ABSENCE_RATE,
    Field.TARGET: texts.ASK_ABSENCE_TARGET,
}

_N = r"(?:[0-9]{1,3}(?:[ .][0-9]{3})+(?![0-9])(?:,[0-9]{1,2})?|[0-9]+(?:[.,][0-9]+)?)"
_BEGIN = r"(?:(?<![\w.,§-])|(?<=kr))-?"
_PERCENT = r"(?:%|prosent|pst\b|percent)(?![- ]?poeng)"
_POINTS = re.compile(rf"\bmed\s+{_BEGIN}(?P<n>{_N})\s*(?:%|prosent)[- ]?poeng")
_SHARES = re.compile(rf"(?P<n>{_BEGIN}{_N}(?:\s*%?\s*[-–]\s*{_N})?)\s*{_PERCENT}")
_FROM_TO = re.compile(
    rf"\bfr(?:a|å|om)\s+(?P<a>{_N})\s*(?:{_PERCENT})?\s+(?:ned\s+)?(?:til|på|to)\s+(?P<b>{_N})(?!\s*kr)"
)
_KRONER = r"(?:kr\b\.?|kroner|,-|nok\b)"
_MONEY = re.compile(
    rf"(?:\b(?P<kr>kr|nok)\.?\s*)?(?P<n>{_BEGIN}{_N}(?:\s*{_KRONER}?\s*(?:[-–]|til)\s*(?:kr\.?\s*)?{_N})?)\s*(?P<unit>{_KRONER})?"
    r"(?P<day>\s*(?:per|pr\.?|om|for|i)?\s*(?:hver\w*\s+|kvar\s+)?(?:\w*dag(?:en)?\b(?!\w)|a?\s*day\b))?"
)
_DAILY_BEFORE = re.compile(r"\b(?:dags(?:kostnad|pris|sats)\w*|per\s+dag|\w*dag(?:en)?\s+kost[ea]r)\W+(?:\w+\s+){0,2}$")
_OTHER_PERIOD = re.compile(r"\s*(?:mill|mrd|årlig|(?:i|per|pr\.?|om)\s*(?:time|måned|måna|uk[ea]|veke|år))")
_WORKDAYS = re.compile(rf"{_BEGIN}(?P<n>{_N})\s*(?:(?:arbeids|virke|yrke)dag[ea]r|dag[ea]r\s+(?:i|per|pr\.?)\s+år)")
_PEOPLE = re.compile(rf"(?P<n>{_BEGIN}{_N})\s*(?:ansatt|tilsett|årsverk|medarbeid|arbeidstak|employees)")
_TO_TARGET = re.compile(
    r"(?:\bned\s+(?:på|til|mot|under|i)|\btil|\bmot|\bunder|\bmål\w*(?:\W+\w+){0,3}?|\bvil\s+(?:gjerne\s+)?(?:ha|ned)|\bønsk\w*|\bkom\w*\s+på|"
    r"\bspar\w*\s+(?:\w+\s+){0,2}på|\bbl(?:ir|ei)|\bhadde|\bto)\W*(?:(?:om\s+lag|ca|cirka|rundt|bare|berre)\W*)?$"
)
_IS_TARGET = re.compile(r"\s*(?:som|er)\s+mål")
_BARE_TARGET = re.compile(rf"\bned\s+(?:på|til|mot|under)\s+(?P<n>{_N})(?=\W*$|\s*[?.!](?:\s|$))")
_REDUCES = re.compile(r"\b(?:redus\w*|kutt\w*|senk\w*|ned)\b[^.?!]{0,40}\bmed\W*$")
_PERIOD_AFTER = re.compile(r"[^0-9.?!]{0,50}arbeidsgi\w*periode")
_BARE = re.compile(
    rf"\W*(?:[a-zæøå]+\.?\s+){{0,3}}?(?P<n>-?{_N}(?:\s*%?\s*(?:[-–]|til)\s*{_N})?)\s*(?P<unit>{_PERCENT}|{_KRONER})?\W*"
)
_COUNTED = re.compile(
    rf"(?:[a-zæøå]+\s+){{0,6}}[a-zæøå]+(?=\s*(?:{_PERCENT}|prosentpoeng|kroner|kr\b|ansatt|tilsett|arbeidsdag))"
)


def read_figures(question: Understood) -> dict[Field, str]:
    """Return the figures that the talk gives, as written; what is said last counts.

    Args:
        question: What was asked, with the talk before it.
    """
    figures: dict[Field, str] = {}
    for segment in re.split(r"\?\s+", _COUNTED.sub(_in_digits, " ".join(question.standalone.lower().split()))):
        missing = [
            field for field in QUESTIONS if not is_usable(field, figures.get(field))
        ]  # the target is asked for last
        bare = _BARE.fullmatch(segment)
        if bare and missing and figures and (field := _fitting(bare["unit"] or "", missing)):
            figures[field] = bare["n"]
        else:
            figures.update(_read_segment(segment, knows_rate=Field.RATE in figures and Field.RATE not in missing))
    if Field.EMPLOYEES not in figures and question.company.employees is not None:
        said_here = read_employees(question.standalone)  # a percentage in words may look like a headcount
        if said_here is None or said_here == read_employees(_SHARES.sub(" ", question.standalone)):
            figures[Field.EMPLOYEES] = str(question.company.employees)
    return figures


def is_usable(field: Field, written: str | None) -> bool:
    """Return whether what was written for a figure can be reckoned with."""
    try:
        return written is not None and bool(absence.read_figure(field, written))
    except AbsenceInputError:
        return False


def _fitting(unit: str, missing: list[Field]) -> Field | None:
    """Return the figure that a reply of only a number gives: the one asked for, if the unit fits it."""
    if not unit:
        return missing[0]
    fits = (Field.DAILY_COST,) if re.match(_KRONER, unit) else (Field.RATE, Field.TARGET)
    return next((field for field in missing if field in fits), None)


def _read_segment(text: str, *, knows_rate: bool) -> Iterator[tuple[Field, str]]:
    """Yield the figures of one message; of two for the same the last counts."""
    for field, pattern in ((Field.EMPLOYEES, _PEOPLE), (Field.WORKDAYS, _WORKDAYS)):
        if match := pattern.search(text):
            yield field, match["n"]
    if daily := _daily_cost(text):
        yield Field.DAILY_COST, daily
    yield from _read_rates(text, knows_rate=knows_rate)


def _read_rates(text: str, *, knows_rate: bool) -> Iterator[tuple[Field, str]]:
    """Yield the percentages of one message."""
    if match := _FROM_TO.search(text):
        yield Field.RATE, match["a"]
        yield Field.TARGET, match["b"]
        return
    rate = ""
    for match in _SHARES.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if _PERIOD_AFTER.match(after):
            yield Field.EMPLOYER_SHARE, match["n"]
        elif _TO_TARGET.search(before) or _IS_TARGET.match(after):
            yield Field.TARGET, match["n"]
        elif _REDUCES.search(before):
            continue  # "ned med 2 %" may be of the days or of the rate: it is asked for
        elif not rate:
            rate = match["n"]
            yield (Field.TARGET if knows_rate else Field.RATE), rate
    if match := _BARE_TARGET.search(text):
        yield Field.TARGET, match["n"]
    if rate and (match := _POINTS.search(text)) and is_usable(Field.RATE, rate):
        points = Decimal(match["n"].replace(",", "."))
        yield Field.TARGET, str(absence.read_figure(Field.RATE, rate).middle - points)


def _daily_cost(text: str) -> str:
    """Return the kroner a day, "" when none are told: with a day beside them, else the only amount there is."""
    others = []
    for match in _MONEY.finditer(text):
        has_unit = bool(match["kr"] or match["unit"])
        if _OTHER_PERIOD.match(text, match.end()):
            continue
        if (match["day"] and (has_unit or len(match["n"]) > 2)) or _DAILY_BEFORE.search(text[: match.start()]):
            return match["n"]
        if has_unit:
            others.append(match["n"])
    return others[0] if len(others) == 1 else ""


def _in_digits(match: re.Match[str]) -> str:
    """Return a phrase with the number that it ends in written in digits: "rundt seks komma fem" is "rundt 6,5"."""
    words = match[0].split()
    for start in range(len(words)):
        if number := _read_words(words[start:]):
            return " ".join([*words[:start], number])
    return match[0]


def _read_words(words: list[str]) -> str:
    """Return the digits of a number in words, "" when it is none: "seks", "seks og en halv", "fire komma fem"."""
    text = " ".join(words)
    if half := re.fullmatch(r"(.+) og ei?n? halv", text):
        whole = _read_words(half[1].split())
        return f"{whole},5" if whole else ""
    if len(parts := text.split(" komma ")) == 2:
        whole, decimals = (_read_words(part.split()) for part in parts)
        return f"{whole},{decimals}" if whole and decimals else ""
    value = read_bare_number(text)
    return str(value) if value is not None and len(words) == 1 else ""
