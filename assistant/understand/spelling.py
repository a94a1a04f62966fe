"""Mends misspelt words of the subject. Words that are known, short or compounds of known words are left alone.

Known words come from questions too, and those hold typos: a long word that is met seldom, one letter too many, too few or
swapped from a word met fifty times as often, is a typo as well.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract

from assistant.understand.language import Language, detect_language
from index.text import nynorsk_words, stop_words

_WORD = re.compile(r"[A-Za-zÆØÅæøåéÉ]{4,}")
_ENDINGS = frozenset(("", "a", "e", "n", "r", "s", "de", "en", "er", "et", "ne", "ns", "es", "te", "ar", "an"))
# "Silje Myrvang": two capitals in a row are a name, also at the start.
_NAME_AFTER = re.compile(r"\s+[A-ZÆØÅ][a-zæøå]")
_FULL_NAME = re.compile(r"(?<!\w)(?<!\bhos )[A-ZÆØÅ][a-zæøåéö]+(?:[ -][A-ZÆØÅ][a-zæøåéö]+){1,3}(?!\w)")
# Who it is changes nothing in the rules; that it is somebody may. Behind "hos" stands a company.
_SOMEBODY = "en ansatt"
# A word of five letters may have a letter too many or too few, one of eight a wrong one, one of nine two; one of four is
# mended to a common word alone.
_LONG, _SHORT = 9, 5
_COMMON = 200
# A known word is a typo of one met so many times as often, a compound of one met so often, when it is so long; or, of seven
# letters, with a double letter wrong.
_TIMES, _MET, _SURE, _SURE_DOUBLE = 50, 20, 8, 7
_DOUBLE = re.compile(r"(.)\1")
# A common word may be written with the neighbouring key, or as it sounds.
# Common words from a keyboard without æ, ø and å.
_PLAIN_KEYS = {
    "ma": "må", "maa": "må", "pa": "på", "paa": "på", "nar": "når", "naar": "når", "ogsa": "også", "ogsaa": "også", "fa": "få", "faa": "få",
    "faar": "får", "aa": "å", "gjor": "gjør", "gjoer": "gjør", "boer": "bør", "arsak": "årsak", "malet": "målet", "arlig": "årlig",
}  # fmt: skip
_PLAIN_WORD = re.compile(rf"\b(?:{'|'.join(_PLAIN_KEYS)})\b", re.IGNORECASE)
_KEYS = "qwertyuiopå asdfghjkløæ zxcvbnm"
_SOUNDS = ("dt", "gk", "bp", "vf", "æe", "øo", "åo", "sz", "ck")
_MIXED_UP = frozenset(map(frozenset, (*pairwise(_KEYS), *_SOUNDS)))


class Speller:
    """Knows the words of the corpus, and how common each is. Read-only."""

    def __init__(
        self, texts: Iterable[str], extra: Iterable[str] = (), is_word: Callable[[str], bool] = lambda word: False
    ) -> None:
        counts = Counter(re.findall(r"[a-zæøåé]+", "\n".join((*texts, *extra)).lower()))
        self._known = frozenset(counts) | stop_words() | frozenset(nynorsk_words())
        # A word seen once may itself be a typo in a lay question: known, but nobody is corrected to it.
        self._targets: dict[tuple[int, str], list[str]] = {}
        for word, count in sorted(counts.items()):
            if (count > 2 and len(word) >= _SHORT) or count >= _COMMON:
                self._targets.setdefault((len(word), word[0]), []).append(word)
        self._counts = counts
        self._is_word = is_word  # further words that are left alone, such as those of fetched documents

    def mend(self, text: str) -> str:
        """Return the text with misspelt words replaced by the closest known ones."""
        if detect_language(text) is Language.ENGLISH:
            return text
        text = _PLAIN_WORD.sub(lambda m: _PLAIN_KEYS[m[0].lower()], text)
        # A capital within a sentence is a name.
        return _WORD.sub(
            lambda m: (
                m[0]
                if m[0][0].isupper() and (m.start() or _NAME_AFTER.match(text[m.end() :]))
                else self._mend_word(m[0])
            ),
            text,
        )

    def without_names(self, text: str) -> str:
        """Return the text with full names of people replaced: a name is two capitalised words or more that no source knows."""

        def replaced(match: re.Match[str]) -> str:
            words = re.split(r"[ -]", match[0].lower())
            known = any(word in self._known or self._is_word(word) for word in words)
            return match[0] if known else _SOMEBODY

        return _FULL_NAME.sub(replaced, text)

    def _mend_word(self, written: str) -> str:
        word = written.lower()
        if written.isupper() or (self._is_word(word) and word not in self._known):
            return written
        if word in self._known or self._is_compound(word):
            return self._much_commoner(word) or written
        if len(word) < _SHORT:
            return self._slip_of(word, _COMMON) or written
        mended = self._slip_of(word, 0) or (self._nearest(word) if len(word) >= _SURE else None)
        return (self._much_commoner(mended) or mended) if mended else written

    def _much_commoner(self, word: str) -> str | None:
        """Return the word that a rare but known one, or a compound, is a typo of, None when there is none."""
        if len(word) < _SURE_DOUBLE or word in stop_words():
            return None
        target = self._slip_of(word, _TIMES * self._counts[word] or _MET)
        if (
            target is None
            or f"{target}t" == word
            or (len(word) < _SURE and _DOUBLE.sub(r"\1", word) != _DOUBLE.sub(r"\1", target))
        ):
            return None
        return target

    def _slip_of(self, word: str, least: int) -> str | None:
        """Return the commonest word, met that often, that this is with one letter too many, too few or swapped.

        Two short words that differ in one letter are more often two words, and the first letter is seldom wrong.
        """
        slips = [
            target
            for target in self._within(word, 1)
            if self._counts[target] >= least
            and (len(target) != len(word) or sorted(target) == sorted(word) or self._is_mix_up(word, target))
        ]
        return min(slips, key=lambda target: (-self._counts[target], target), default=None)

    def _is_mix_up(self, word: str, target: str) -> bool:
        """Return whether a common word is met with one letter for another that it is easily taken for."""
        differing = [frozenset(pair) for pair in zip(word, target, strict=True) if pair[0] != pair[1]]
        return len(word) >= _SHORT and self._counts[target] >= _COMMON and differing[0] in _MIXED_UP

    def _nearest(self, word: str) -> str | None:
        """Return the nearest known word, with one letter wrong, or two in a long word."""
        near = self._within(word, 2 if len(word) >= _LONG else 1)
        return min(near, key=lambda target: (near[target], -self._counts[target], target), default=None)

    def _within(self, word: str, distance: int) -> dict[str, int]:
        """Return the known words so few edits away, with how many: never an inflection, which is the stemmer's business."""
        near = [
            target
            for length in range(len(word) - distance, len(word) + distance + 1)
            for first, start in ((word[0], word[0]), (word[1], word[1::-1]))  # as it is, or with the first two swapped
            for target in self._targets.get((length, first), ())
            if target.startswith(start)
        ]
        found = extract(word, near, scorer=DamerauLevenshtein.distance, score_cutoff=distance, limit=None)
        return {target: int(edits) for target, edits, _ in found if edits and not _differs_in_ending(target, word)}

    def _is_compound(self, word: str) -> bool:
        """Return whether the word is two known words in one, with or without a binding s or e."""
        for cut in range(4, len(word) - 3):
            head, tail = word[:cut], word[cut:]
            if (
                tail in self._known
                and len(tail) > 3
                and (head in self._known or (head[-1] in "se" and head[:-1] in self._known))
            ):
                return True
        return False


def _differs_in_ending(target: str, word: str) -> bool:
    """Return whether one word is the other with an ending added: an inflected form."""
    shorter, longer = sorted((target, word), key=len)
    swapped = target[:-2] == word[:-2] and {target[-2:], word[-2:]} == {"ar", "er"}  # nynorsk and bokmål
    doubled = longer[:-1] == shorter and longer[-1:] == shorter[-1:]
    return swapped or (not doubled and longer.startswith(shorter) and longer[len(shorter) :] in _ENDINGS)
