"""The figures of a sentence: each number with its unit and which side of it is meant, dates, times, industry codes.

A figure of a claim must stand in its evidence. The same number of another thing, or on its other side, is another figure:
"over 30 ansatte" is not "under 30 ansatte", nor "30 dager".
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.address import find_addresses
from corpus.numerals import MONTHS, NUMBER_WORDS

# "en" and "ein" are articles more often than numbers.
_WORDS = {word: str(number) for word, number in NUMBER_WORDS.items() if word not in {"en", "ein"}} | {
    "ett": "1", "tusen": "1000", "halvannet": "1,5", "halvannen": "1,5", "halv": "0,5", "halvt": "0,5", "halve": "0,5",
}  # fmt: skip
_DATE = re.compile(rf"\b(\d{{1,2}})\.?\s*({'|'.join(MONTHS)})(?:\s+(\d{{4}}))?|\b(\d{{4}})-(\d{{2}})-(\d{{2}})\b|\b(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}})\b")  # fmt: skip
_CODE = re.compile(r"(?<![\d.])\d{2}\.\d{1,3}(?![\d.])(?!\s*(?:kr|euro|ansat|person))")
_ONE = rf"(?:\d+(?:[.,]\d+)*[a-d]?|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_NUMBER = re.compile(
    rf"(?<![\w,.])(?P<kind>(?:kl|nr)\.?\s*|klokk[ae]n?\s+)?(?P<first>{_ONE})(?!\w)(?:\s?(?:[-–—]|til)\s?(?:nr\.?\s*|kl\.?\s*)?(?P<last>{_ONE})(?!\w))?"
)
_HALF = re.compile(rf"\b({_ONE}) og en halv\b")
# "klokken ni om kvelden" is 21.
_EVENING, _MORNING = re.compile(r"\s*om (?:kvelden|ettermiddagen)"), re.compile(r"\s*om (?:morgenen|natta|natten)")
# What is counted, by the words for it; a kind of day before days of any kind.
_UNITS = {
    "kalenderdag": r"kalenderdag|døgn", "arbeidsdag": r"(?:arbeids|virke|arbeids)dag", "dag": r"(?:syke|fraværs|sjuke)?dag(?:er|ar|en|ene|ane|ars|ers|a|s)?\b", "uke": r"uke[rn]?\b|ukers|veke[rn]?\b|vekers",
    "måned": r"måned|månad|mnd", "år": r"år\b|års\b|årig|årlig", "time": r"time[rn]?\b|timar|timers|-?timers", "minutt": r"minutt|min\b", "kroner": r"kroner|kr\b|øre", "prosent": r"prosent|%|pst",
    "G": r"g\b|ganger grunnbeløpet|grunnbeløp", "gang": r"gang", "person": r"(?:\w+ ){0,2}?(?:ansat|tilset|tilsat|arbeidstak|medarbeid|sysselsat|person|folk|årsverk|medlem|menneske|deltak)",
    "dB": r"db\b|desibel|db\(", "meter": r"meter|m\b|cm|mm\b", "kg": r"kg|kilo", "grad": r"grad|°",
}  # fmt: skip
_UNIT = re.compile("|".join(rf"(?P<u{n}>{pattern})" for n, pattern in enumerate(_UNITS.values())))
_NAMES = tuple(_UNITS)
_DAYS = {"kalenderdag", "arbeidsdag", "dag"}
# The same length of time in another unit.
_SCALE = {"minutt": ("minutt", 1.0), "time": ("minutt", 60.0), "dag": ("dag", 1.0), "uke": ("dag", 7.0), "måned": ("måned", 1.0), "år": ("måned", 12.0)}  # fmt: skip
_TIMES = {*_SCALE, *_DAYS}
_ABOVE = r"over|mer enn|meir enn|flere enn|fleire enn|fler enn|større enn|høyere enn|lenger enn|eldre enn|overstiger|overskrider|passerer"
_FROM = r"minst|minimum|fra og med|frå og med|ikke under|ikke mindre enn|ikke færre enn|fyller|fylt"
_BELOW = r"under|færre enn|mindre enn|kortere enn|lavere enn|yngre enn"
_UP_TO = r"inntil|opptil|opp til|maks(?:imalt|imum)?|høyst|ikke over|ikke mer enn|ikke overstige|ikke overskride|innen|senest|seinast|til og med"
_SIDES = re.compile(
    rf"(?P<up_to>\b(?:{_UP_TO})\b)|(?P<from>\b(?:{_FROM})\b)|(?P<above>\b(?:{_ABOVE})\b)|(?P<below>\b(?:{_BELOW})\b)"
)
_OR_MORE = re.compile(r"\s?\+|\s+(?:\w+ ){0,2}?eller\s+(?P<more>flere|fleire|fler|mer|meir|eldre|lenger)|\s+(?:\w+ ){0,2}?eller\s+(?:færre|mindre|yngre|kortere)")  # fmt: skip
_BETWEEN = re.compile(rf"\bmellom ({_ONE})(?: \w+)? og ({_ONE})\b")
_WITH_ONCE = re.compile(r"med (?:en|én|ein) gang")
# "innen en uke": elsewhere "en" is an article.
_ONE_OF = re.compile(
    r"\b(innen|minst|etter|senest|høyst|inntil|opptil) (?:en|én|ein|ei) (uke|veke|måned|månad|dag|time)\b"
)
_REACH = 26
_SECTION = re.compile(
    r"§+\s*\d+\s?[A-Za-zæøå]?(?:\s?[-–‑]\s?\d+[a-z]?)?(?:\s+(?:første|andre|annet|tredje|fjerde|femte|sjette)\s+ledd)?|\b(?:kap\.|kapittel)\s*\d+\s?[A-Z]?\b"
)


class Side(StrEnum):
    """Which numbers are meant beside the one that is named."""

    ABOVE = "over"
    FROM = "fra"
    BELOW = "under"
    UP_TO = "inntil"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is compared: "30", "1,5", "10–29", "2024-01-01" for a date, "96.210" for a code. `unit` "" where nothing says what is counted.

    `around` are the words beside it.
    """

    value: str
    unit: str = ""
    side: Side | None = None
    around: str = ""


def read_figures(text: str) -> list[Figure]:
    """Return the figures of a text; addresses of the law and markers are none."""
    plain = _SECTION.sub(" ", _without_addresses(text)).lower().replace("\u00a0", " ")
    codes = [Figure(match[0], "kode") for match in _CODE.finditer(plain)]
    plain = _CODE.sub(lambda m: " " * len(m[0]), plain)
    plain = re.sub(r"(?<=\d)[ .](?=\d{3}(?!\d))", "", plain)
    plain = _WITH_ONCE.sub("straks", plain)
    plain = _ONE_OF.sub(r"\1 1 \2", plain)
    plain = _BETWEEN.sub(r"\1–\2", plain)
    plain = _HALF.sub(lambda m: f"{_value(m[1])},5", plain)
    dates = [Figure(_day(match), "dato") for match in _DATE.finditer(plain)]
    plain = _DATE.sub(lambda m: " " * len(m[0]), plain)
    return [*dates, *codes, *_read_numbers(plain)]


def carries(evidence: Figure, claim: Figure) -> bool:
    """Return whether a figure of the evidence is the claim's: the same number of the same thing, on no other side."""
    if not is_same(evidence, claim):
        return claim.unit == "person" == evidence.unit and _bound(evidence) == _bound(claim) is not None
    return evidence.side is None or claim.side is None or evidence.side is claim.side


def is_same(evidence: Figure, claim: Figure) -> bool:
    """Return whether two figures are the same number of the same thing, whatever side is meant."""
    if "dato" in (claim.unit, evidence.unit):
        # "1. januar" of "1. januar 2024", and "2024" of it.
        return evidence.unit == claim.unit and claim.value in evidence.value
    if evidence.value == claim.value:
        units = {evidence.unit, claim.unit}
        return len(units) == 1 or "" in units or ("dag" in units and units <= _DAYS)
    return _length(evidence) == _length(claim) is not None


def missing_figure(claim: str, evidence: Iterable[str], own: str = "") -> Figure | None:
    """Return the first figure of a claim that the evidence does not carry, None when it carries all.

    Args:
        claim: The sentence.
        evidence: The texts that it rests on.
        own: What the asker said of their own company, whose numbers may be repeated about it.
    """
    there = [figure for text in evidence for figure in read_figures(text)]
    said = read_figures(own) if own and _is_about_asker(claim) else []
    for figure in read_figures(claim):
        if not any(carries(e, figure) for e in there) and not any(is_same(e, figure) for e in said):
            return figure
    return None


def is_kin(one: Figure, other: Figure) -> bool:
    """Return whether two figures count the same kind of thing: lengths of time are one kind."""
    return one.unit == other.unit or (one.unit in _TIMES and other.unit in _TIMES)


def _length(figure: Figure) -> float | None:
    """Return a length of time in the smallest unit of its kind, None for anything else."""
    name, factor = _SCALE.get(figure.unit, ("", 0.0))
    try:
        number = float(figure.value.replace(",", "."))
    except ValueError:
        return None
    # Offset by the kind, so that minutes, days and months never meet.
    return factor * number + {"minutt": 0.0, "dag": 1e6, "måned": 2e6}[name] if name else None


def _bound(figure: Figure) -> tuple[str, int] | None:
    """Return the limit as whole people: "mer enn 10" and "minst 11" are one."""
    if figure.side is None or not figure.value.isdigit():
        return None
    number = int(figure.value)
    if figure.side in (Side.ABOVE, Side.FROM):
        return "from", number + (figure.side is Side.ABOVE)
    return "to", number - (figure.side is Side.BELOW)


def _read_numbers(plain: str) -> Iterator[Figure]:
    for match in _NUMBER.finditer(plain):
        after = plain[match.end() : match.end() + 44]
        kind = (match["kind"] or "").strip(" .")
        unit = _UNIT.match(after.lstrip(" -"))
        name = next((_NAMES[int(key[1:])] for key, hit in unit.groupdict().items() if hit), "") if unit else ""
        name = {"nr": "nr", "kl": "kl"}.get(kind, "kl" if kind else name)
        if match["first"] in {"ett", "én"} and not (name or match["last"]):
            continue  # an article
        first, last = _value(match["first"]), _value(match["last"]) if match["last"] else ""
        if _EVENING.match(after) or _MORNING.match(after):
            name = "kl"
        if name == "kl" and _EVENING.match(after) and first.isdigit() and int(first) < 12:
            first = str(int(first) + 12)
        if name == "kl" and last:
            yield Figure(last, name)
            last = ""
        value = f"{first}–{last}" if last else first
        around = " ".join([*plain[: match.start()].split()[-3:], *after.split()[:4]])
        if re.fullmatch(r"(?:19|20)\d\d", value) and not name:
            yield Figure(value, "dato")
        else:
            yield Figure(value, name, _side(plain[: match.start()], after), around)


def _value(word: str) -> str:
    word = word.rstrip(".,")
    number = _WORDS.get(word, word).replace(".", ",")
    return number.lstrip("0") or "0" if number.isdigit() else number


def _side(before: str, after: str) -> Side | None:
    if behind := _OR_MORE.match(after):
        return Side.FROM if behind["more"] or "+" in behind[0] else Side.UP_TO
    near = before[-_REACH:]
    found = list(_SIDES.finditer(near))
    # Another number or a clause between means that the word belongs to something else.
    if not found or re.search(r"[,;.\d]|\b(?:og|eller|som|når|hvis|er)\b", near[found[-1].end() :]):
        return None
    return {"up_to": Side.UP_TO, "from": Side.FROM, "above": Side.ABOVE, "below": Side.BELOW}[found[-1].lastgroup or ""]


def _day(match: re.Match[str]) -> str:
    day, month, year, y2, m2, d2, d3, m3, y3 = match.groups()
    if day:
        return f"{year or ''}-{MONTHS.index(month) + 1:02}-{int(day):02}"
    return f"{y2 or y3}-{int(m2 or m3):02}-{int(d2 or d3):02}"


def _without_addresses(text: str) -> str:
    text = re.sub(r"(?<!\\)\[\d+\]", " ", text)
    for mention in sorted(find_addresses(text), key=lambda m: -m.start):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return text


def _is_about_asker(claim: str) -> bool:
    return bool(re.search(r"\b(?:dere|du|dykk|deres|dykkar|vi|hos dere)\b", claim.lower()))
