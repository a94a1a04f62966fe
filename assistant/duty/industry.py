"""Finds the industry that a text names, as a code or in everyday words."""

import re
from dataclasses import dataclass

from corpus.industry import IndustryWord, read_codes, read_successors, read_words
from index.text import fold, nynorsk_words

_CODE = re.compile(r"(?<![\d.,])(\d{2}(?:\.\d{1,3})?)(?![\d]|[.,]\d)")
_CODE_SIGNAL = re.compile(
    r"(?:n[æa]ringskode\w*|næringsgrupp\w*|nace(?:-?kode)?|bransjekode\w*|sn\s?20\d\d|kode[nr]?|industry\s+code)\W{0,3}(?:vår\s+|hos\s+oss\s+)?(?:er\s+|is\s+)?\s*$",
    re.IGNORECASE,
)
# "catering, ingen kantine" names catering alone.
_NEGATED = re.compile(r"\b(?:ingen|inga|ikke|ikkje|uten|utan|not|no|ikke\s+en|ikke\s+et|verken)\s+$")
# A word that begins a compound must be this long, or "bar" would be found in "barnehage".
_MIN_COMPOUND_HEAD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Industry:
    """An industry as it was named: `name` for the answer, the SN2025 codes it may mean, and a retired code if one was given."""

    name: str
    codes: tuple[str, ...]
    retired: str | None = None


def find_industries(text: str) -> tuple[Industry, ...]:
    """Return the industries that the text names, codes before words, in the order of the text."""
    return (*_find_codes(text), *_find_words(text))


def _find_codes(text: str) -> list[Industry]:
    found = []
    for match in _CODE.finditer(text):
        code = match[1]
        if not ("." in code and len(code) >= 5) and not _CODE_SIGNAL.search(text[: match.start()]):
            continue
        if re.match(r"\s*(?:%|prosent|kr|m\b|meter|timer)", text[match.end() :]):
            continue
        if code in read_codes():
            found.append(Industry(name=f"næringskode {code}", codes=(code,)))
        elif code in read_successors():
            found.append(Industry(name=f"næringskode {code}", codes=read_successors()[code], retired=code))
    return found


def _find_words(text: str) -> list[Industry]:
    folded = " ".join(nynorsk_words().get(word, word) for word in fold(text).split(" "))
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Industry]] = []
    for entry in read_words():
        for start, end in _occurrences(entry, folded):
            if any(a < end and start < b for a, b in taken):
                continue
            taken.append((start, end))
            if not _NEGATED.search(folded[:start]):
                found.append((start, Industry(name=folded[start:end], codes=entry.codes)))
    found.sort(key=lambda pair: pair[0])
    return [industry for _, industry in found]


def _occurrences(entry: IndustryWord, folded: str) -> list[tuple[int, int]]:
    """Return the spans where the word stands, alone or as the head of a compound."""
    word = re.escape(entry.word)
    tail = r"[a-zæøå]*" if len(entry.word) >= _MIN_COMPOUND_HEAD else r"(?:en|et|a|er|ene|s)?"
    return [(m.start(), m.end()) for m in re.finditer(rf"(?<![a-zæøå0-9]){word}{tail}(?![a-zæøå])", folded)]
