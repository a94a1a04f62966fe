"""A provision while its text is put together: the spans of its parts are recorded line by line."""

import re
from dataclasses import dataclass, field

from corpus.address import Portion
from corpus.document import Segment

_NAME_EDGES = " .,:;()[]<>«»\"'–-•*☐"


def tidy_name(shown: str) -> str:
    """Return the name of a part from its number as it is shown: "a" of "a.", "3.3.2" of "3.3.2.", "" of a dash."""
    return re.sub(r"[\s/~]+", "", shown.strip(_NAME_EDGES)).lower()


@dataclass
class Draft:
    """The text so far, the parts in it, and what the source says beside it.

    `marker` is what stands before the next line ("(1) ", "a. "): in the text, but outside the part's span. `ledd` is the ledd
    that is being read, the whole provision before the first. `quoting` counts the amendments being read: what they quote has
    no address of its own. `footnotes` have their number in the document with them; `references` are the numbers that the text points to.
    """

    lines: list[str] = field(default_factory=list)
    length: int = 0
    segments: list[Segment] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    references: set[str] = field(default_factory=set)
    marker: str = ""
    numeral: str = ""
    ledd: Portion = field(default_factory=Portion)
    numbered: bool = False
    quoting: int = 0
    pictures: int = 0
    _taken: set[tuple[tuple[str, str], ...]] = field(default_factory=set)
    _counts: dict[tuple[Portion, str], int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text so far."""
        return "\n".join(self.lines)

    def add(self, portion: Portion, text: str) -> None:
        """Append a line (it may have line breaks) that belongs to the part of the provision."""
        if self.numeral:
            text = self._take_numeral(text)
        if not text.strip():  # a no-break blank is no text either
            return
        start = self.length + len(self.marker)
        self.segments.append(Segment(portion=portion, start=start, end=start + len(text)))
        self.lines.append(self.marker + text)
        self.length = start + len(text) + 1
        self.marker = ""

    def close(self, portion: Portion) -> None:
        """End an item: when nothing came after its marker, the marker is its text."""
        if marker := self.marker.strip():
            self.marker = ""
            self.add(portion, marker)

    def child(self, parent: Portion, kind: str, name: str) -> Portion:
        """Return the part below `parent`; when its name is taken, with a number that tells them apart."""
        found = parent.child(kind, name)
        number = 1
        while found.parts in self._taken:
            number += 1
            found = parent.child(kind, f"{name}~{number}")
        self._taken.add(found.parts)
        return found

    def count(self, parent: Portion, kind: str) -> Portion:
        """Return the next part below `parent` of a kind that is counted."""
        number = self._counts[parent, kind] = self._counts.get((parent, kind), 0) + 1
        return self.child(parent, kind, str(number))

    def start_ledd(self, numerator: str | None = None) -> None:
        """Begin the next ledd, or the one with the number that its text opens with."""
        if numerator is None:
            self.ledd = self.count(Portion(), "ledd")
            return
        name = tidy_name(numerator) or str(self.next_ledd)
        kind = "bokstav" if name.isalpha() else "ledd" if re.fullmatch(r"\d+[a-z]?", name) else "nr"
        self.ledd = self.child(Portion(), kind, name)
        if re.fullmatch(r"\d{1,4}", name):
            self._counts[Portion(), "ledd"] = int(name)
        self.numeral = numerator

    @property
    def next_ledd(self) -> int:
        """The number that the next ledd would have."""
        return self._counts.get((Portion(), "ledd"), 0) + 1

    def _take_numeral(self, text: str) -> str:
        """Return the text without the number of the ledd, which becomes its marker."""
        match = re.match(rf"\(?{re.escape(self.numeral)}\)?[.:)]?(?:\s+|$)", text)
        self.numeral = ""
        if not match:
            return text
        self.marker += match[0].rstrip() + " "
        return text[match.end() :]
