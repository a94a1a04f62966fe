"""Finds the industry that a text names, as a code or in everyday words."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from assistant.errors import UsageError
from corpus.industry import IndustryWord, read_codes, read_successors, read_words
from index.text import fold, nynorsk_words

_CODE = re.compile(r"(?<![\d.,])(\d{2}(?:\.\d{1,3})?)(?![\d]|[.,]\d)")
_CODE_SIGNAL = re.compile(
    r"(?:n[æa]ringskode\w*|næringsgrupp\w*|nace(?:-?kode)?|bransjekode\w*|sn\s?20\d\d|kode[nr]?|industry\s+code)\W{0,3}(?:vår\s+|hos\s+oss\s+)?(?:er\s+|is\s+)?\s*$",
    re.IGNORECASE,
)
# "vi lager nettsider" is no warehouse.
_SUBJECT = re.compile(r"\b(?:vi|me|jeg|eg|som|de|dei|firmaet|bedriften)\s+$")
# Only in capitals, and not "det" in English: "it".
_IT = re.compile(r"\bIT\b(?!-)")
_IT_CODES = ("62.100", "62.200")
_OWN_WORK = re.compile(
    r"\b(?:vi|me|jeg|eg|we|som)\s+(?:bare\s+)?(?:lager|lagar|selger|sel|leverer|tegner|teiknar|utvikler|utviklar|reparerer|designer|programmerer|driver\s+med)\b"
)
_OTHERS = re.compile(
    r"\b(?:for|førr|fer|te|til|hos|inne\s+i|i\s+(?:et|en|eit|ein)|på\s+(?:et|en|eit|ein)|som\s+(?:tegner|teiknar|selger|sel|leverer|lager|lagar|bygger)|leverer\s+\w+\s+til)\s+(?:\w+\s+)?$"
)
_JOINED = re.compile(r"\s*(?:,|og|eller|and|or|/)\s*")
# "catering, ingen kantine" names catering alone.
_NEGATED = re.compile(r"\b(?:ingen|inga|ikke|ikkje|uten|utan|not|no|ikke\s+en|ikke\s+et|verken)\s+$")
# With fewer words left, the description was about its customers after all.
_LEAST_LEFT = 2
# A word that begins a compound must be this long, or "bar" would be found in "barnehage".
_MIN_COMPOUND_HEAD = 5


# What the register shows for a new company whose activity is not known yet.
UNKNOWN_CODE = "00.000"


class Vintage(StrEnum):
    """The standard that a code is read by."""

    SN2025 = "SN2025"
    SN2007 = "SN2007"


@dataclass(frozen=True, slots=True, kw_only=True)
class Industry:
    """An industry as it was named: `name` for the answer, and the SN2025 codes it may mean.

    `code` and `vintage` are what was given, where it was a code; `former` are the SN2025 codes that the same code meant in SN2007,
    where it is in both standards. `is_guess` says that the words were only like what is known of the codes.
    """

    name: str
    codes: tuple[str, ...]
    code: str | None = None
    vintage: Vintage | None = None
    former: tuple[str, ...] = ()
    is_guess: bool = False

    @property
    def retired(self) -> str | None:
        """The code as given where only SN2007 had it, or it was to be read by SN2007; else None."""
        return self.code if self.vintage is Vintage.SN2007 else None


def read_code(written: str, vintage: Vintage | None = None) -> Industry:
    """Return the industry of a code as people write it: "96.21", "96,210", "96210", "SN2025 96.210".

    A code that both standards have is read as SN2025.

    Args:
        written: The code.
        vintage: The standard to read it by; None for the one that has it.

    Raises:
        UsageError: It is no code of the standard; the message says what to do instead.
    """
    cleaned = re.sub(r"^(?:sn\s?(?:20\d\d)?|nace(?:\s?rev\.?\s?\d)?|kode)[\s:]+", "", written.strip().lower())
    match = re.fullmatch(r"(\d{2})(?:[.,\s]?(\d{1,3}))?", cleaned)
    if match is None:
        raise UsageError(
            f"«{written.strip()[:40]}» er ikke en norsk næringskode. Skriv den som 96.210, eller skriv bransjen med egne ord."
        )
    code = f"{match[1]}.{match[2]}" if match[2] else match[1]
    industry = _industry_of(code, vintage)
    if industry is None:
        standard = vintage or "verken SN2025 eller SN2007"
        raise UsageError(
            f"{code} er ikke en kode i {standard}. Se koden deres i Brønnøysundregistrene, eller skriv bransjen med egne ord."
        )
    return industry


def _industry_of(code: str, vintage: Vintage | None = None) -> Industry | None:
    """Return the industry of a code written as the standards write it, None when they do not have it."""
    name = f"næringskode {code}"
    if code == UNKNOWN_CODE:
        return Industry(name=name, codes=(), code=code)
    current, former = code in read_codes(), read_successors().get(code, ())
    if current and vintage is not Vintage.SN2007:
        return Industry(name=name, codes=(code,), code=code, vintage=Vintage.SN2025, former=former)
    if vintage is Vintage.SN2025:
        return None
    # A code that the change of standard left alone stands in the new one only.
    successors = former or ((code,) if current else ())
    return Industry(name=name, codes=successors, code=code, vintage=Vintage.SN2007) if successors else None


def find_industries(text: str) -> tuple[Industry, ...]:
    """Return the industries that the text names, codes before words, in the order of the text."""
    return (*_find_codes(text), *_find_words(text))


def without_customers(text: str) -> str:
    """Return a description without the industries that are only customers or a place in it, as it is when nothing would be left.

    "vi fører regnskap for restauranter og frisører" is about accounts.

    Args:
        text: What the company does, in its own words.
    """
    folded = " ".join(nynorsk_words().get(word, word) for word in fold(text).split(" "))
    kept, end, is_after = "", 0, False
    for start, industry in _read_words(text, folded):
        others = _OTHERS.search(folded[:start])
        beside = is_after and _JOINED.fullmatch(folded[end:start])
        is_after = bool(others or beside)
        if is_after and start >= end:
            kept += folded[end : others.start() if others else end]
            end = start + len(industry.name)
    kept = " ".join((kept + folded[end:]).split()) if end else ""
    return kept if len(kept.split()) >= _LEAST_LEFT else text


def _find_codes(text: str) -> list[Industry]:
    found = []
    for match in _CODE.finditer(text):
        code = match[1]
        if not ("." in code and len(code) >= 5) and not _CODE_SIGNAL.search(text[: match.start()]):
            continue
        if re.match(r"\s*(?:%|prosent|kr|m\b|meter|timer)", text[match.end() :]):
            continue
        if industry := _industry_of(code):
            found.append(industry)
    return found


def _find_words(text: str) -> list[Industry]:
    folded = " ".join(nynorsk_words().get(word, word) for word in fold(text).split(" "))
    return _drop_customers(folded, _read_words(text, folded))


def _read_words(text: str, folded: str) -> list[tuple[int, Industry]]:
    """Return the industries named in words with where they stand; longer words first, so "it-butikk" is no "butikk"."""
    pattern, by_word = _word_pattern()
    found = []
    for match in pattern.finditer(folded):
        entry = by_word[match["long"] or match["short"]]
        is_verb = match[0] == "lager" and _SUBJECT.search(folded[: match.start()])
        if not is_verb and not _NEGATED.search(folded[: match.start()]):
            found.append((match.start(), Industry(name=match[0], codes=entry.codes)))
    if it := _IT.search(text):
        found.append((it.start(), Industry(name="IT", codes=_IT_CODES)))
    return sorted(found, key=lambda pair: pair[0])


def _drop_customers(folded: str, found: list[tuple[int, Industry]]) -> list[Industry]:
    """Return the industries without those that are only customers or a place: "hjemmesider for frisører"."""
    own, others_end = [], None
    for start, industry in found:
        beside = others_end is not None and _JOINED.fullmatch(
            folded[others_end:start]
        )  # "for restauranter og frisører"
        if beside or _OTHERS.search(folded[:start]):
            others_end = start + len(industry.name)
        else:
            own.append(industry)
    # "er BHT påbudt for frisører" asks about the hairdressers; "vi lager nettsider for frisører" does not.
    return own if own or _OWN_WORK.search(folded) else [industry for _, industry in found]


@cache
def _word_pattern() -> tuple[re.Pattern[str], dict[str, IndustryWord]]:
    """Return one pattern for all words, longest first. A word of five letters or more may begin a compound."""
    words = {entry.word: entry for entry in read_words()}
    long = "|".join(re.escape(word) for word in words if len(word) >= _MIN_COMPOUND_HEAD)
    short = "|".join(re.escape(word) for word in words if len(word) < _MIN_COMPOUND_HEAD)
    ending = r"(?:en|et|a|er|ene|s)?"
    pattern = rf"(?<![a-zæøå0-9])(?:(?P<long>{long})[a-zæøå]*|(?P<short>{short}){ending})(?![a-zæøå])"
    return re.compile(pattern), words
