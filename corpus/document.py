"""The records of the corpus: an act or a collection of notes, its provisions and their parts.

Everything is immutable. A quote is a half-open span of `Provision.text`; the spans of the parts are recorded
while the text is put together, never searched for afterwards.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from corpus.address import Address, Portion

DATE_UNKNOWN = date.min


class Level(IntEnum):
    """Rank of a source; the lower number prevails."""

    LAW = 1
    REGULATION = 2
    AUTHORITY = 3
    PUBLIC = 4
    COMMERCIAL = 5


class Kind(StrEnum):
    """Whose words a text is in. The values stand in the product's output."""

    RESTATEMENT = "gjengivelse"
    OFFICIAL = "lovtekst"
    GUIDANCE = "veiledning"
    OWN = "eget"


class Verdict(StrEnum):
    """Answer to a yes/no question about a duty. The values stand in the product's output."""

    YES = "ja"
    NO = "nei"
    DEPENDS = "avhenger"


@dataclass(frozen=True, slots=True, kw_only=True)
class LayQuestion:
    """A question that lay people ask and that the segment it belongs to answers."""

    text: str
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A leaf of a provision's text: a ledd, the lead-in of its list, one item, one table row, or the text after a list.

    `start` and `end` are half-open character offsets in `Provision.text`. Lead-in and closing text carry the address
    of the ledd they belong to.
    """

    portion: Portion
    start: int
    end: int
    questions: tuple[LayQuestion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One § of an act, or one note: what is cited and judged.

    `in_force` is the day from which the present wording holds, `text_date` the date of the text that was read,
    `checked` the day somebody last compared. `explains` lists the provisions a note is about. `repealed` is the day from
    which the text no longer holds, possibly a day to come, and `DATE_UNKNOWN` where the source only says that it is
    repealed; `pending` means adopted with no day set for its start. `changes` and `footnotes` are what the source says
    about the text, kept apart from it. `language` is "nb" or "nn".
    """

    provision_id: str
    kind: Kind
    level: Level
    source: str
    label: str
    heading: str
    path: tuple[str, ...]
    text: str
    segments: tuple[Segment, ...]
    url: str
    checked: date
    text_date: date | None = None
    in_force: date | None = None
    amended_by: str | None = None
    repealed: date | None = None
    binds: tuple[str, ...] = ()
    note: str = ""
    explains: tuple[Address, ...] = ()
    certainty: str = ""
    date_kind: str = ""
    pending: bool = False
    changes: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    language: str = "nb"

    def is_repealed(self, day: date) -> bool:
        """Return whether the text no longer holds on the day."""
        return self.repealed is not None and self.repealed <= day

    def is_current(self, day: date) -> bool:
        """Return whether the text holds on the day: in force, and not repealed."""
        return not (self.pending or self.is_repealed(day) or (self.in_force is not None and self.in_force > day))

    def segment_at(self, start: int) -> Segment:
        """Return the segment that holds the character at `start`."""
        for segment in self.segments:
            if segment.start <= start < segment.end:
                return segment
        raise IndexError(f"{self.provision_id} has no segment at character {start}")

    def span_of(self, portion: Portion) -> tuple[int, int] | None:
        """Return the half-open span of a part with everything below it, or None when there is no such part."""
        inside = [s for s in self.segments if s.portion.starts_with(portion)]
        return (inside[0].start, inside[-1].end) if inside else None

    def resolve(self, portion: Portion) -> Portion | None:
        """Return the part meant: a letter without its ledd is found when some ledd has it; None when there is no such part."""
        if self.span_of(portion):
            return portion
        matches = {
            Portion(segment.portion.parts[: position + 1])
            for segment in self.segments
            for position in range(len(segment.portion.parts))
            if segment.portion.parts[position] in portion.parts[-1:]
        }
        return max(sorted(matches), key=lambda m: sum(part in m.parts for part in portion.parts), default=None)

    def label_of(self, portion: Portion) -> str:
        """Return how the part is cited, for example "arbeidsmiljøloven § 3-3 første ledd"."""
        return f"{self.label} {portion.format()}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An act, a regulation or a collection of guidance notes."""

    document_id: str
    title: str
    name: str
    abbreviation: str
    level: Level
    url: str
    provisions: tuple[Provision, ...]
    text_date: date | None
    checked: date

    def __iter__(self) -> Iterator[Provision]:
        return iter(self.provisions)
