"""Limits by headcount in running text and table rows: "mer enn ti ansatte", "20–49", "50+", "under 5 arbeidstakere"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = {
    "en": 1, "én": 1, "ein": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9, "ti": 10, "elleve": 11,
    "tolv": 12, "femten": 15, "tjue": 20, "tyve": 20, "tjuefem": 25, "tretti": 30, "tredve": 30, "førti": 40, "femti": 50, "seksti": 60, "hundre": 100,
}  # fmt: skip
_NUMBER = r"(?:\d{1,4}|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")(?![\w,]|\.\d)"
_PEOPLE = r"(?:(?:fast\w*|jevnlig\w*|heltids?\w*) )?(?:ansatt\w*|tilsett\w*|tilsatt\w*|arbeidstak\w*|medarbeid\w*|sysselsatt\w*|personer|folk|mann|på jobb\w*)\b"
_MORE = r"over|mer enn|meir enn|flere enn|fleire enn|fler enn|større enn|overstiger|>"
_FROM = r"fra og med|frå og med|fra|frå|minst|minimum|først ved|fyrst ved|ved|passerer|når|≥"
_LESS = (
    r"under|færre enn|mindre enn|<|før (?:vi|me|dere|de|dei|virksomheten|bedriften|man|ein) (?:er|har|blir|passerer)"
)
_TO = r"inntil|opptil|opp til|maks|maksimum|maksimalt|høyst|≤"
_COMPARED = re.compile(
    rf"(?<!\w)(?P<word>mellom|{_MORE}|{_FROM}|{_LESS}|{_TO}) (?:minst )?(?P<a>{_NUMBER})(?: ?(?:-|–|—|til|og) ?(?P<b>{_NUMBER}))?(?: ?(?P<unit>{_PEOPLE}))?"
)
_OR_MORE = re.compile(
    rf"(?<![\w.,§-])(?P<a>{_NUMBER}) ?(?P<unit>{_PEOPLE})? ?eller (?P<word>flere|fleire|fler|mer|meir|færre|mindre)\b ?(?P<unit2>{_PEOPLE})?"
)
_PLUS = re.compile(rf"(?<![\w.,§-])(?P<a>\d{{1,4}}) ?\+ ?(?P<unit>{_PEOPLE})?")
_RANGE = re.compile(rf"(?<![\w.,§–-])(?P<a>{_NUMBER}) ?(?:-|–|—|til) ?(?P<b>{_NUMBER}) ?(?P<unit>{_PEOPLE})?")
_BOUND = re.compile(
    rf"\b(?:grens|tersk)\w*(?: \w+){{0,4}}? (?:på|ved|er|til)(?: jo| nå| no)? (?P<a>{_NUMBER})(?! ?(?:timer|timar|kr|kroner|%|prosent|dager|uker|år|g\b|db|kg|meter|m\b))"
)
_CELL = re.compile(rf"(?P<a>{_NUMBER}) {_PEOPLE}")
# Without a noun a number counts people only after a word for companies, or "when one is", and at the end of a clause.
_BARE = re.compile(
    r"^$|\b(?:(?:bedrift|virksomhet|verksemd|selskap|firma)\w*(?: med)?|(?:man|ein|en|dere|de|dei) (?:er|har)|(?:krav\w*|plikt\w*|verneombud|verneombod|amu) (?:gjelder|gjeld)(?: jo| bare| kun| først)?)$"
)
_CLAUSE_END = re.compile(r" ?(?:[,;:!)]|\.(?! ?[\wæøå])|$)| (?:kan|må|skal|slipper|slepp|trenger|treng|behøver)\b")
# Facts about a company, and what holds whatever the number, state no limit.
_OWN = re.compile(
    r"(?<!når )(?<!hvis )(?<!dersom )(?<!viss )\b(?:vi|me|selskapet|konsernet|gruppen) (?:er|har|hadde|teller|sysselsetter|blei|ble)(?: \w+){0,3}$|\bvåre?$|\b(?:vår \w+|bht|bedriftshelset\w+|\w*verneombudet|utvalget) (?:har|dekker|består av|sysselsetter|betjener)$"
)
_EVEN = re.compile(r"\b(?:selv om|sjølv om|også|uansett|uavhengig|samme|same|selv|sjølv)\b(?: \w+){0,8}$")


@dataclass(frozen=True, slots=True)
class Limit:
    """A range of headcounts that a rule is said to hold for; None where it is open. Offsets in the folded text."""

    lower: int | None
    upper: int | None
    start: int
    end: int

    @property
    def is_range(self) -> bool:
        """Whether both ends are given."""
        return self.lower is not None and self.upper is not None


def read_limits(folded: str, *, counts_people: bool = False) -> tuple[Limit, ...]:
    """Return the limits in a folded text, in order.

    Args:
        folded: A sentence, or one cell of a table.
        counts_people: Whether a number without a noun counts people, as under the heading "Antall ansatte".
    """
    found: list[Limit] = []
    for limit in _candidates(folded, counts_people):
        taken = any(limit.start < other.end and other.start < limit.end for other in found)
        before = folded[: limit.start].rstrip()
        if not taken and not _OWN.search(before) and not _EVEN.search(before):
            found.append(limit)
    return tuple(sorted(found, key=lambda limit: limit.start))


def _candidates(folded: str, counts_people: bool) -> Iterator[Limit]:
    """Yield what may be a limit, the surest patterns first; those that overlap say the same."""
    for match in _OR_MORE.finditer(folded):
        if counts_people or match["unit"] or match["unit2"]:
            n = _value(match["a"])
            more = match["word"] not in ("færre", "mindre")
            yield Limit(n if more else None, None if more else n, match.start(), match.end())
    for match in _COMPARED.finditer(folded):
        bare = _CLAUSE_END.match(folded, match.end()) and _BARE.search(folded[: match.start()].rstrip())
        limit = _compared(match) if counts_people or match["unit"] or bare else None
        if limit:
            yield limit
    yield from _plain_candidates(folded, counts_people)


def _plain_candidates(folded: str, counts_people: bool) -> Iterator[Limit]:
    """Yield limits without a word that compares: "50+", "20–49", "grensen er 50"."""
    for match in _PLUS.finditer(folded):
        if counts_people or match["unit"]:
            yield Limit(_value(match["a"]), None, match.start(), match.end())
    for match in _RANGE.finditer(folded):
        if (counts_people or match["unit"]) and _value(match["a"]) < _value(match["b"]):
            yield Limit(_value(match["a"]), _value(match["b"]), match.start(), match.end())
    if counts_people and (cell := _CELL.fullmatch(folded)):
        yield Limit(_value(cell["a"]), None, cell.start(), cell.end())
    for match in _BOUND.finditer(folded):
        yield Limit(_value(match["a"]), None, match.start(), match.end())


def _compared(match: re.Match[str]) -> Limit | None:
    word, a = match["word"], _value(match["a"])
    if match["b"]:
        b = _value(match["b"])
        return Limit(a, b, match.start(), match.end()) if a < b else None
    if word == "mellom":
        return None
    if re.fullmatch(_MORE, word):
        return Limit(a + 1, None, match.start(), match.end())
    if re.fullmatch(_FROM, word):
        return Limit(a, None, match.start(), match.end())
    return Limit(None, a - 1 if re.fullmatch(_LESS, word) else a, match.start(), match.end())


def _value(text: str) -> int:
    return int(text) if text.isdigit() else _WORDS[text]
