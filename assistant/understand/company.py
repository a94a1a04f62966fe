"""Facts about the asker's company that a text states: how many they are, and what a number claims."""

import re
from itertools import pairwise

from corpus.numerals import NUMBER_WORDS
from corpus.patterns import fold_case

_NUMBER_WORDS = NUMBER_WORDS | {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "hundred": 100,
}  # fmt: skip
_NUMBER = r"(?P<n>\d{1,3}(?:[ \u00a0]\d{3})+|\d{1,6}|" + "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True)) + r")"
_PEOPLE = (
    r"(?:fast\s+|heltids?\s*|deltids?\s*)?(?:ansatt\w*|tilsett\w*|arbeidstak\w*|medarbeider\w*|medarbeidar\w*|mann|stykker|stykk|stk|personer|"
    r"folk|hoder|hovud|hode|sysselsatte|employees?|people|workers|staff|damer|gutter|frisører|sjåfør\w*|vikar\w*|lærling\w*|sommervikar\w*|stk\.?|faste|fulltid\w*|på\s+(?:jobb|laget|kontoret|lønningslista|heltid|deltid|fulltid)|som\s+jobb\w*)"
)
_CLAIM = r"(?:fra|frå|over|under|mer\s+enn|meir\s+enn|flere\s+enn|fleire\s+enn|færre\s+enn|mindre\s+enn|minst|inntil|først\s+ved|ved|opp\s+til|mellom\s+\w+\s+og|from|over|above|below|under|more\s+than|fewer\s+than|less\s+than|at\s+least)"
_WE = r"(?:vi|me|we|dere|de|eg|jeg|i|det|firma\w*|bedrift\w*|selskap\w*|verksemda|virksomheten)"
_BE = r"(?:er|har|are|have|driv\w*|blir|vert|teller|tel|hadde)"
_ONLY = r"(?:(?:bare|berre|only|kun|nå|no|totalt|ca\.?|cirka|rundt|omtrent|om\s+lag|about|jo|også|altså|egentlig|til\s+sammen|akkurat)\s+)*"
_COUNTED = re.compile(rf"(?<![\w,.§-]){_NUMBER}\s+{_PEOPLE}", re.IGNORECASE)
_HEADCOUNT = re.compile(
    rf"(?:\b(?:vi|me|we)\s+(?:er|har)\s+|\b(?:med|with|har|er|på)\s+|,\s*)?(?:bare\s+|kun\s+|ca\.?\s+)*{_COUNTED.pattern}",
    re.IGNORECASE,
)
_WE_ARE = re.compile(
    rf"\b(?:{_WE}\s+(?:som\s+)?{_BE}|{_BE}\s+(?:vi|me|dere|we)(?=\s+(?:bare\s+|nå\s+|berre\s+)*[\w]+\s*[,.?]))\s+(?:vel\s+|jo\s+)?{_ONLY}(?!(?:en|ein|one)\s+[a-zæøå]){_NUMBER}\b(?!\s*(?:år|timer|timar|prosent|%|kr\b|kroner|m\b|meter|dager|dagar|uker|veker|måneder|db|avdeling\w*|skift|,\d|\.\d))",
    re.IGNORECASE,
)
_ONLY_N = re.compile(rf"\b(?:bare|berre|kun|only)\s+{_NUMBER}\s*(?:\?|$|,|\.|og\b|i\b|på\b)", re.IGNORECASE)
_NOW = re.compile(rf"\b(?:er|blir|vert|are)\s+(?:bare\s+|berre\s+)?{_NUMBER}\s+(?:nå|no|i\s+dag|now)\b", re.IGNORECASE)
_WITH_N = re.compile(
    rf"^\W*(?:og|enn|hva|kva)?\s*(?:om|med|hvis|viss)\s+(?:vi\s+er\s+)?{_NUMBER}\s*\??$", re.IGNORECASE
)
# "to ansatte er sykmeldt" tells of some of them.
_SOME = re.compile(r"\s+(?:er|har|ble|blei|blir|vart|som)\b", re.IGNORECASE)
_HAVING = re.compile(r"\b(?:har|er|med|have|are|with|på|teller)\s+(?:bare\s+|kun\s+|ca\.?\s+)*$", re.IGNORECASE)
_JOINED = re.compile(r"\s*,?\s*(?:og|pluss|samt|\+|and|plus)\s*", re.IGNORECASE)
_CLAIM_BEFORE = re.compile(rf"\b{_CLAIM}\s*$", re.IGNORECASE)
_CLAIMED = re.compile(
    rf"\b{_CLAIM}\s+(?:enn\s+)?{_NUMBER}(?:\s*(?:-|–|til|og|and)\s*(?P<m>\d+))?\s*\+?\s*(?:{_PEOPLE}|$|\?|,|\.(?!\s*[a-zæøå])|er\b|for\b|,)",
    re.IGNORECASE,
)
_PLUS = re.compile(r"\b(?P<n>\d{1,4})\s*(?:\+|pluss)\s*(?:ansatte|tilsette)?", re.IGNORECASE)
# "vi har en deltidsansatt", "en ansatt som er sykmeldt": one of them, whatever their number is.
_ARTICLE = re.compile(
    r"(?:en|ein|one)\s+(?:fast\s+|heltid|deltid|vikar|lærling|sommervikar|sjåfør|fulltid)", re.IGNORECASE
)
_NO_MORE = re.compile(r"\b(?:bare|berre|kun|only|eneste|til\s+sammen|totalt)\s+$", re.IGNORECASE)
# "5 av dem jobber under 20 timer i uka"
_SHORT_WEEK = re.compile(
    rf"(?:,\s*)?(?:\b(?:og|men|hvorav|derav|der|kvarav|and|but)\s+)?(?<![\w,.§-]){_NUMBER}(?:\s+av\s+(?:dem|dei|oss|disse|desse|de\s+ansatte|dei\s+tilsette))?"
    rf"(?:\s+{_PEOPLE})?\s+(?:som\s+)?(?:bare\s+|kun\s+)?(?:jobb\w*|arbeid\w*|har|er|går|work)\s+(?:på\s+)?(?:(?:bare|berre|kun|under|mindre\s+enn|færre\s+enn|ca\.?|rundt|maks)\s+)*"
    r"(?P<hours>\d{1,2})\s*(?:timer|timar|t|hours)\b(?:\s*(?:i|per|pr\.?|a)\s*(?:uk[ae]n?|vek[ae]|week))?",
    re.IGNORECASE,
)
_FULL_COUNT_HOURS = 20  # OLM § 3-7 second subsection
_PART_TIME = re.compile(
    r"\b(?:deltid\w*|part[- ]?time\w*|halv(?:e|t)?\s+stilling\w*|små\s*stilling\w*|\d{1,2}\s*(?:%|prosent)\s*stilling\w*)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:ingen|inga|uten|utan|null|no|without|0)\s+(?:faste?\s+)?(?:ansatt\w*|tilsett\w*|arbeidstak\w*|employees?)",
    re.IGNORECASE,
)
_OWNER_ONLY = re.compile(
    r"\b(?:eneste\s+ansatt\w*|einaste\s+tilsett\w*|only\s+employee|ansatt\s+i\s+eget\s+(?:as|aksjeselskap|firma)|tilsett\s+i\s+eige\s+as|eier\s+og\s+eneste)",
    re.IGNORECASE,
)
_SOLE = re.compile(
    r"\b(?:enkelt(?:person|manns?)foretak|enkeltpersonføretak|selvstendig\s+næringsdrivende|sole\s+proprietor\w*|enk)\b",
    re.IGNORECASE,
)


def _value(match: re.Match[str]) -> int:
    text = re.sub(r"\s", "", fold_case(match["n"]))
    return int(text) if text.isdigit() else _NUMBER_WORDS[text]


def without_headcount(text: str) -> str:
    """Return a text without how many they are: "frisørsalong med tre ansatte" is "frisørsalong"."""
    return " ".join(_HEADCOUNT.sub(" ", text).split()).strip(" ,.-")


def read_employees(text: str) -> int | None:
    """Return how many employees the text says that the company has; None when it does not say.

    A figure that states a limit ("fra 50 ansatte") is no fact about the company.
    """
    if _NONE.search(text):
        return 0
    counted = [
        m
        for m in _COUNTED.finditer(text)
        if not _CLAIM_BEFORE.search(text[: m.start()])
        and not (_SOME.match(text[m.end() :]) and not _HAVING.search(text[: m.start()]))
    ]
    if sums := _sum_of_groups(text, counted):
        return sums
    counted = [match for match in counted if not _is_one_of_them(match, text)]
    now = _NOW.search(text)
    said = [*([now] if now else []), *reversed(list(_WE_ARE.finditer(text))), *reversed(counted)]
    said += [m for m in (_ONLY_N.search(text), _WITH_N.search(text)) if m]
    return _value(said[0]) if said else None


def read_short_weeks(text: str) -> int | None:
    """Return how many the text says work so few hours a week that they are left out of the count for AMU; None when it does not say.

    Source: OLM § 3-7 second subsection.
    """
    match = _SHORT_WEEK.search(text)
    if match is None or int(match["hours"]) > _FULL_COUNT_HOURS:
        return None
    is_below = int(match["hours"]) < _FULL_COUNT_HOURS or re.search(r"under|mindre|færre", match[0], re.IGNORECASE)
    return _value(match) if is_below else None


def without_short_weeks(text: str) -> str:
    """Return a text without who works how many hours a week."""
    return " ".join(_SHORT_WEEK.sub(" ", text).split())


def names_part_time(text: str) -> bool:
    """Return whether the text says that some work part time."""
    return bool(_PART_TIME.search(text))


def _is_one_of_them(match: re.Match[str], text: str) -> bool:
    """Return whether "en" is an article before one of several, not how many they are."""
    before, after = text[: match.start()], text[match.end() :]
    is_article = fold_case(match["n"]) in ("en", "ein", "one")
    return is_article and not _NO_MORE.search(before) and bool(_ARTICLE.match(match[0]) or _SOME.match(after))


def _sum_of_groups(text: str, counted: list[re.Match[str]]) -> int | None:
    """Return the sum when groups are added up: "3 ansatte og 2 vikarer"."""
    if len(counted) < 2 or not all(_JOINED.fullmatch(text[a.end() : b.start()]) for a, b in pairwise(counted)):
        return None
    is_all = all(_is_one_of_them(match, text) for match in counted)  # "en lærling og en vikar"
    return None if is_all else sum(_value(match) for match in counted)


def read_bare_number(text: str) -> int | None:
    """Return the number in a reply to "how many are you": "12", "fire", "vi er vel 8"."""
    match = re.fullmatch(
        rf"\W*(?:[a-zæøå.]+\s+){{0,4}}?{_NUMBER}\b(?:\s+[a-zæøå]+){{0,3}}\W*", text.strip(), re.IGNORECASE
    )
    return _value(match) if match else None


def read_claimed_limits(text: str) -> tuple[str, ...]:
    """Return the numbers of people that the text gives as a limit: "over 50 ansatte", "50+"."""
    limits = []
    for match in (*_CLAIMED.finditer(text), *_PLUS.finditer(text)):
        limits.append(str(_value(match)))
        if match.groupdict().get("m"):
            limits.append(match["m"])
    return tuple(dict.fromkeys(limits))


def is_owner_only(text: str) -> bool:
    """Return whether the text says that the owner is the only employee."""
    return bool(_OWNER_ONLY.search(text))


def is_sole_proprietor(text: str) -> bool:
    """Return whether the text names a business form without a company of its own."""
    return bool(_SOLE.search(text))
