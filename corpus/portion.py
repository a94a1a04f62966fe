"""A part of a provision and the number of a section, as values: read from paths and numbers, written the way lawyers cite."""

import re
from dataclasses import dataclass

from corpus.errors import AddressError

ORDINALS = ("første", "andre", "tredje", "fjerde", "femte", "sjette", "sjuende", "åttende", "niende", "tiende", "ellevte", "tolvte")  # fmt: skip
ORDINAL_NUMBERS = {word: n for n, word in enumerate(ORDINALS, 1)} | {
    "fyrste": 1, "annet": 2, "anna": 2, "andra": 2, "syvende": 7, "sjuande": 7, "åttande": 8, "niande": 9,
    "tiande": 10, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
}  # fmt: skip
# How a kind of part is written, in citation order. A row is cited by its industry code where the table is one of industries.
PART_WORDS = {
    "ledd": "ledd", "bokstav": "bokstav", "nr": "nr.", "strek": "strekpunkt", "rad": "næringskode", "tabellrad": "rad",
}  # fmt: skip
_LEVELS = 4  # "3-3-3-1", the deepest numbering in Norwegian law


@dataclass(frozen=True, slots=True, order=True)
class Portion:
    """A part of a provision as pairs of kind and name: ("ledd", "2"), ("bokstav", "e"). Empty: the whole §."""

    parts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Portion":
        """Return the portion written as a path, such as "ledd/2/bokstav/e"; "" is the whole provision.

        Raises:
            AddressError: The path is not made of known kinds with a name each.
        """
        if not text:
            return cls()
        pieces = text.split("/")
        pairs = tuple(zip(pieces[::2], pieces[1::2], strict=False))
        if len(pieces) % 2 or any(kind not in PART_WORDS or not name for kind, name in pairs):
            raise AddressError(f"Ikke en del av en paragraf: «{text}»")
        return cls(pairs)

    @property
    def path(self) -> str:
        """The portion as a path; `parse` reads it back."""
        return "/".join(f"{kind}/{name}" for kind, name in self.parts)

    def starts_with(self, other: "Portion") -> bool:
        """Return whether this part lies in the other one (or is it)."""
        return self.parts[: len(other.parts)] == other.parts

    def child(self, kind: str, name: str) -> "Portion":
        """Return the part below this one."""
        return Portion((*self.parts, (kind, name)))

    def format(self) -> str:
        """Return how the part is cited: "andre ledd bokstav e". A name that stands twice has its number: "nr. 1 (forekomst 2)"."""
        words = []
        for kind, name in self.parts:
            shown, _, number = name.partition("~")
            if kind == "ledd" and re.fullmatch(r"\d{1,4}", shown):
                place = int(shown)
                words.append(f"{ORDINALS[place - 1]} ledd" if 0 < place <= len(ORDINALS) else f"{shown}. ledd")
            else:
                words.append(f"{PART_WORDS[kind]} {shown}")
            if number:
                words.append(f"(forekomst {number})")
        return " ".join(words)


WHOLE = Portion()


def format_section(section: str) -> str:
    """Return the number as the law writes it: "2A-6" becomes "2 A-6", "18-10a" becomes "18-10 a"."""
    section, _, number = section.partition("~")
    spaced = re.sub(r"^(\d+)([A-ZÆØÅ])", r"\1 \2", section)
    spaced = re.sub(r"(\d)([a-zæøå]{1,3})$", r"\1 \2", spaced)
    return f"{spaced} (forekomst {number})" if number else spaced


def normalise_section(text: str) -> str:
    """Return the section number without spaces, chapter letter upper case and trailing letters lower case.

    Raises:
        AddressError: The text is not the number of a section.
    """
    compact = re.sub(r"[\s§.]", "", text).replace("–", "-").replace("‑", "-")
    match = re.fullmatch(r"(\d+)([A-Za-zÆØÅæøå]{0,3})((?:-\d+[A-Za-zæøå]{0,3})*)", compact)
    if not match or match[3].count("-") >= _LEVELS:
        raise AddressError(f"Ikke et paragrafnummer: «{text}»")
    chapter, letters, rest = match.groups()
    return f"{chapter}{letters.upper()}{rest.lower()}" if rest else chapter + letters.lower()
