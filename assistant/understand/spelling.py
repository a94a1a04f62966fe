"""Mends misspelt words of the subject. Words that are known, short or compounds of known words are left alone."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract

from assistant.understand.language import Language, detect_language
from index.text import nynorsk_words, stop_words

_WORD = re.compile(r"[A-Za-zÆØÅæøåéÉ]{4,}")
# A word of five letters may have one wrong letter, one of nine or more two.
_ENDINGS = frozenset(("", "a", "e", "n", "r", "s", "de", "en", "er", "et", "ne", "ns", "es", "te", "ar", "an"))
# "Silje Myrvang": two capitals in a row are a name, also at the start.
_NAME_AFTER = re.compile(r"\s+[A-ZÆØÅ][a-zæøå]")
_FULL_NAME = re.compile(r"(?<!\w)(?<!\bhos )[A-ZÆØÅ][a-zæøåéö]+(?:[ -][A-ZÆØÅ][a-zæøåéö]+){1,3}(?!\w)")
# Who it is changes nothing in the rules; that it is somebody may. Behind "hos" stands a company.
_SOMEBODY = "en ansatt"
_LONG, _SHORT = 9, 5


class Speller:
    """Knows the words of the corpus, and how common each is. Read-only."""

    def __init__(
        self, texts: Iterable[str], extra: Iterable[str] = (), is_word: Callable[[str], bool] = lambda word: False
    ) -> None:
        counts = Counter(word for text in texts for word in re.findall(r"[a-zæøåé]+", text.lower()))
        counts.update(word for text in extra for word in re.findall(r"[a-zæøåé]+", text.lower()))
        self._known = frozenset(counts) | stop_words() | frozenset(nynorsk_words())
        # A word seen once may itself be a typo in a lay question: known, but nobody is corrected to it.
        self._targets: dict[int, list[str]] = {}
        for word, count in sorted(counts.items()):
            if count > 2 and len(word) >= _SHORT:
                self._targets.setdefault(len(word), []).append(word)
        self._counts = counts
        self._is_word = is_word  # further words that are left alone, such as those of fetched documents

    def mend(self, text: str) -> str:
        """Return the text with misspelt words replaced by the closest known ones."""
        if detect_language(text) is Language.ENGLISH:
            return text
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
        if (
            len(word) < _SHORT
            or word in self._known
            or written.isupper()
            or self._is_compound(word)
            or self._is_word(word)
        ):
            return written
        allowed = 2 if len(word) >= _LONG else 1
        near = [
            t for length in range(len(word) - allowed, len(word) + allowed + 1) for t in self._targets.get(length, ())
        ]
        found = extract(word, near, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=8)
        # A difference in the ending alone is an inflection, and the stemmer's business.
        found = [f for f in found if not _differs_in_ending(f[0], word)]
        if not found:
            return written
        return min(((distance, target[0] != word[0], -self._counts[target], target) for target, distance, _ in found))[
            3
        ]

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
    return swapped or (longer.startswith(shorter) and longer[len(shorter) :] in _ENDINGS)
