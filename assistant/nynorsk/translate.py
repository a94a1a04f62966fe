"""Says in nynorsk what we say in bokmål. Only sentences of ours are known (words.toml); all else is returned as it came.

The texts of the program are written in bokmål, also inside answers, and are recognised here as they leave for a reader. So the core
has one language, gives the same answer to all, and reads its own questions again in a talk.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.nynorsk.language import Language

WORDS = Path(__file__).with_name("words.toml")
SLOT = re.compile(r"\{(\w*)\}")
# Slots that hold a figure; "{size}" may also stand there by itself, when the browser puts in the figure.
_COUNTED = frozenset(
    [
        "acts",
        "changed",
        "count",
        "depends",
        "found",
        "least",
        "left_out",
        "length",
        "limit",
        "most",
        "n",
        "new",
        "number",
        "page",
        "parts",
        "percent",
        "replaced",
        "size",
        "sources",
        "total",
        "unchanged",
        "yes",
    ]
)
_FIGURE = r"[\d\s.,?]+|\{\w+\}"
_DATED = frozenset({"date", "due", "first"})
_DAY = r"\d{1,2}\. [a-z]+ \d{4}|\{\w+\}"
# Bold, lines and markers of citations end what can be a sentence of ours.
_MARKUP = re.compile(r"(\*\*|\n+(?:- )?|(?: ?\[\d{1,3}\])+)")
_BETWEEN_SENTENCES = re.compile(r"((?<=[.!?:»])\s+)")
_BETWEEN_PARTS = re.compile(r"(, | og |; )")
_LONGEST_RUN = 8
_HARD_SPACE = "\N{NO-BREAK SPACE}"


def say(text: str, language: Language) -> str:
    """Return a text in the language: the sentences of it that are ours, the rest as it is.

    Args:
        text: Plain text or Markdown, in bokmål.
        language: The language.
    """
    return text if language is Language.BOKMAAL else read_words().say(text)


@cache
def read_words() -> "Words":
    """Return the words that come with the program."""
    return Words(tomllib.loads(WORDS.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class _Template:
    """A sentence with slots, such as "Vis kildene ({count})"."""

    pattern: re.Pattern[str]
    longest: str
    said: str
    verbatim: frozenset[str]

    @classmethod
    def of(cls, sentence: str, said: str) -> "_Template":
        pieces, seen = [], set[str]()
        literals = SLOT.split(sentence)
        for literal, name in zip(literals[::2], [*literals[1::2], None], strict=True):
            pieces.append(re.escape(literal).replace(r"\ ", rf"[ {_HARD_SPACE}]"))
            if name is None:
                continue
            held = _FIGURE if name in _COUNTED else _DAY if name in _DATED else ".*?"
            pieces.append(f"(?P={name})" if name in seen else f"(?P<{name}>{held})" if name else f"({held})")
            seen.add(name)
        # What is quoted is somebody's words.
        verbatim = frozenset(re.findall(r"«\{(\w*)\}", sentence))
        return cls(re.compile("".join(pieces), re.DOTALL), max(literals[::2], key=len), said, verbatim)


class Words:
    """Sentences in bokmål with what they are in nynorsk."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        plain = {bokmaal.replace("**", ""): nynorsk.replace("**", "") for bokmaal, nynorsk in pairs.items()}
        self._exact = {bokmaal: nynorsk for bokmaal, nynorsk in plain.items() if not SLOT.search(bokmaal)}
        templates = [_Template.of(b, n) for b, n in plain.items() if SLOT.search(b)]
        # The one that says the most is the one that is meant.
        self._templates = sorted(templates, key=lambda template: -len(template.pattern.pattern))

    def say(self, text: str) -> str:
        """Return the text in nynorsk; see `say`."""
        if (whole := self._find(text)) is not None:
            return whole
        return "".join(piece if n % 2 else self._say_sentences(piece) for n, piece in enumerate(_MARKUP.split(text)))

    def _say_sentences(self, text: str) -> str:
        """Return sentences, each as a part of the longest run that is known."""
        core = text.strip()
        if not core:
            return text
        before, after = text[: text.index(core)], text[text.index(core) + len(core) :]
        pieces, said, at = _BETWEEN_SENTENCES.split(core), [], 0
        while at < len(pieces):
            for end in range(min(len(pieces), at + 2 * _LONGEST_RUN - 1), at, -2):
                if (run := self._find("".join(pieces[at:end]))) is not None:
                    break
            else:
                end, run = at + 1, self._say_parts(pieces[at])
            said += [run, *pieces[end : end + 1]]
            at = end + 1
        return before + "".join(said) + after

    def _say_parts(self, text: str) -> str:
        """Return a list of things if all of them are known."""
        core = text.removesuffix(".")
        if core != text and (found_core := self._find(core)) is not None:
            return f"{found_core}."
        pieces = _BETWEEN_PARTS.split(core)
        found = [piece if n % 2 or not piece else self._find(piece) for n, piece in enumerate(pieces)]
        return text if None in found else "".join(_known(found)) + text[len(core) :]

    def _find(self, text: str) -> str | None:
        """Return what a sentence is in nynorsk, None when it is none of ours."""
        plain = text.replace(_HARD_SPACE, " ")
        if (exact := self._exact.get(plain)) is not None:
            return _harden(exact, text)
        for template in self._templates:
            if template.longest in plain and (match := template.pattern.fullmatch(text)):
                return _harden(self._fill(template, match), text)
        return None

    def _fill(self, template: _Template, match: re.Match[str]) -> str:
        values = match.groupdict() or {"": match[1]}
        said = {name: value if name in template.verbatim else self._say_slot(value) for name, value in values.items()}
        return SLOT.sub(lambda slot: said[slot[1]], template.said)

    def _say_slot(self, value: str) -> str:
        if re.fullmatch(_FIGURE, value):
            return value
        parts = self._say_parts(value)
        return self.say(value) if parts == value else parts


def _known(pieces: Iterable[str | None]) -> Iterable[str]:
    return (piece for piece in pieces if piece is not None)


def _harden(said: str, was: str) -> str:
    """Return the sentence with the § bound to its number where it was."""
    return said.replace("§ ", f"§{_HARD_SPACE}") if f"§{_HARD_SPACE}" in was else said
