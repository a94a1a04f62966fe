"""Terms of the requirements in the words of a document: stems, beginnings of words, and a misspelt letter or two."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from index.text import stems_of, words_of

# Norwegian has too many short words that differ by one letter ("måling", "maling").
_LEAST_MISSPELT = 7
_LEAST_TWICE_MISSPELT = 10
_HYPHEN = re.compile(r"(?<=[a-zæøå*])-(?=[a-zæøå*])")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one document and the terms that may begin at each of them."""

    starts: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, terms: Iterable[str], vocabulary: Iterable[str]) -> "Lexicon":
        """Return the lexicon of a document.

        Args:
            terms: The terms to look for, as they stand in the data file.
            vocabulary: Every word of the document, folded.
        """
        # By first letter, which a misspelt word keeps: a long document has more words than can be held against every term.
        by_letter: dict[str, dict[str, list[str]]] = {}
        for term in dict.fromkeys(terms):
            piece = _pieces(term)[0]
            letter = "" if piece.startswith("*") else _plain(piece)[0]
            by_letter.setdefault(letter, {}).setdefault(piece, []).append(term)
        starts = {}
        for word in set(vocabulary):
            near = by_letter.get("", {}) | by_letter.get(word[0], {})
            found = [term for piece, held in near.items() if _fits(word, piece) for term in held]
            if found:
                starts[word] = tuple(found)
        return cls(starts)

    def find(self, words: Sequence[str]) -> frozenset[str]:
        """Return the terms that stand in a run of folded words."""
        return frozenset(
            term for at, word in enumerate(words) for term in self.starts.get(word, ()) if _stands_at(term, words, at)
        )


def _stands_at(term: str, words: Sequence[str], at: int) -> bool:
    rest = _pieces(term)[1:]
    following = words[at + 1 : at + 1 + len(rest)]
    return len(following) == len(rest) and all(_fits(w, p) for w, p in zip(following, rest, strict=True))


@cache
def _pieces(term: str) -> tuple[str, ...]:
    return tuple(_HYPHEN.sub(" ", term).split())


@cache
def _plain(piece: str) -> str:
    return next(iter(words_of(piece)), piece)  # nynorsk words stand in their bokmål form


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return next(iter(stems_of(word)), word)


def _fits(word: str, piece: str) -> bool:
    """Return whether a word of the document is what a piece of a term stands for."""
    if piece == "*":
        return True
    if piece.startswith("*"):
        return piece.strip("*") in word if piece.endswith("*") else word.endswith(piece[1:])
    if piece.endswith("*"):
        return word.startswith(piece[:-1]) or _is_misspelt_start(word, piece[:-1])
    plain = _plain(piece)
    return word == plain or _stem(word) == _stem(plain) or _is_misspelt(_stem(word), _stem(plain))


def _is_misspelt_start(word: str, start: str) -> bool:
    size = len(start)
    return any(_is_misspelt(word[:length], start) for length in (size - 1, size, size + 1))


def _is_misspelt(word: str, right: str) -> bool:
    if len(right) < _LEAST_MISSPELT or word[:1] != right[:1]:
        return False
    allowed = 2 if len(right) >= _LEAST_TWICE_MISSPELT else 1
    return Levenshtein.distance(word, right, score_cutoff=allowed) <= allowed
