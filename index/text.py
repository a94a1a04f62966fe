"""Words of a text for the lexical legs: folded, stop words out, nynorsk mapped to bokmål, stemmed or cut in 4-grams."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import Stemmer

_WORD = re.compile(r"[0-9a-zæøåäöéüô]+(?:[.,-][0-9]+[a-z]?)*")
_DATA = Path(__file__).with_name("data")
_REMEMBERED = 50_000  # stems, also of words that users make up: more than the words of the core, a few MB


@cache
def stop_words() -> frozenset[str]:
    """Return the words that carry no subject, in bokmål, nynorsk and English."""
    return frozenset((_DATA / "stoppord.txt").read_text(encoding="utf-8").split())


@cache
def nynorsk_words() -> dict[str, str]:
    """Return nynorsk words with their bokmål form."""
    lines = (_DATA / "nynorsk.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))


def fold(text: str) -> str:
    """Return the text in lower case and one Unicode form."""
    return unicodedata.normalize("NFKC", text).lower()


def words_of(text: str) -> list[str]:
    """Return the folded words and numbers of a text, in order, nynorsk forms as bokmål."""
    nynorsk = nynorsk_words()
    return [nynorsk.get(word, word) for word in _WORD.findall(fold(text))]


def content_words(text: str) -> list[str]:
    """Return the words that carry a subject."""
    stops = stop_words()
    return [word for word in words_of(text) if word not in stops and (len(word) > 1 or word.isdigit())]


@lru_cache(maxsize=_REMEMBERED)
def _stem(word: str) -> str:
    # A stemmer keeps state, so one a call: it is cheap, and threads share nothing.
    return str(Stemmer.Stemmer("norwegian").stemWord(word))


def stems_of(text: str) -> list[str]:
    """Return the stems of the content words."""
    return [_stem(word) for word in content_words(text)]


def grams_of(text: str, size: int = 4) -> list[str]:
    """Return the character n-grams of the content words, each word framed by blanks; they see into compounds."""
    grams = []
    for word in content_words(text):
        framed = f" {word} "
        grams += [framed[i : i + size] for i in range(max(1, len(framed) - size + 1))]
    return grams
