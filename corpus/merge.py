"""Two texts of one provision: the official wording and our restatement. Which of them leads, and how their parts match."""

from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.address import Portion
from corpus.document import Kind, LayQuestion, Provision, Segment


class Standing(StrEnum):
    """How a restatement stands to the official wording that was fetched."""

    ALONE = "alone"  # no wording was fetched
    MATCHES = "matches"  # of the same wording: the official text is quoted, the restatement is its plain version
    NEWER = "newer"  # of a wording that came later than the fetched one: the restatement leads
    OUTDATED = "outdated"  # the provision was amended after the wording it is of: the official text alone holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Searchable:
    """A text as it is indexed.

    `official` is the wording that is searched with a restatement, part by part. `segments` are the numbers of the segments
    to index; None means all.
    """

    provision: Provision
    official: Provision | None = None
    segments: frozenset[int] | None = None


def standing_of(restatement: Provision, official: Provision | None) -> Standing:
    """Return how the restatement stands to the official wording of the same provision."""
    if official is None or official.pending:
        return Standing.ALONE
    if restatement.in_force and official.text_date and restatement.in_force > official.text_date:
        return Standing.NEWER
    amended = bool(official.in_force and restatement.in_force and official.in_force > restatement.in_force)
    gone = official.is_repealed(official.checked) and restatement.repealed is None
    return Standing.OUTDATED if amended or gone else Standing.MATCHES


def order_texts(texts: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """Return the texts of one provision, the one that leads first."""
    by_kind = {text.kind: text for text in texts}
    official, restatement = by_kind.get(Kind.OFFICIAL), by_kind.get(Kind.RESTATEMENT)
    is_newer = restatement is not None and standing_of(restatement, official) is Standing.NEWER
    first = restatement if is_newer else official or restatement
    return texts if first is None else (first, *(text for text in texts if text is not first))


def searchables(texts: tuple[Provision, ...]) -> tuple[Searchable, ...]:
    """Return what to index of the texts of one provision.

    A restatement of the wording that was fetched is indexed with it, part by part, and the official text for the parts that
    it does not restate. An outdated restatement is not indexed: its lay questions go to the official text.
    """
    by_kind = {text.kind: text for text in texts}
    official, restatement = by_kind.get(Kind.OFFICIAL), by_kind.get(Kind.RESTATEMENT)
    others = tuple(Searchable(provision=t) for t in texts if t.kind not in (Kind.OFFICIAL, Kind.RESTATEMENT))
    if restatement is None:
        return (*((Searchable(provision=official),) if official else ()), *others)
    standing = standing_of(restatement, official)
    if official is None or standing in (Standing.ALONE, Standing.NEWER):
        return (Searchable(provision=restatement), *others)
    if standing is Standing.OUTDATED:
        return (Searchable(provision=with_questions(official, restatement)), *others)
    restated = {segment.portion for segment in restatement.segments}
    rest = frozenset(
        number for number, segment in enumerate(official.segments) if not _is_restated(segment.portion, restated)
    )
    return (
        Searchable(provision=restatement, official=official),
        *((Searchable(provision=official, segments=rest),) if rest else ()),
        *others,
    )


def _is_restated(portion: Portion, restated: set[Portion]) -> bool:
    """Return whether a restatement has the part, or one around or within it: it then says what the part says."""
    return any(portion.starts_with(other) or other.starts_with(portion) for other in restated if other.parts) or (
        Portion() in restated
    )


def with_questions(official: Provision, restatement: Provision) -> Provision:
    """Return the official text with the restatement's lay questions, without their verdicts, on the parts they belong to."""
    segments = list(official.segments)
    for segment in restatement.segments:
        number = _counterpart(official, segment.portion)
        if number is not None and segment.questions:
            there = segments[number]
            # The rule has changed since a verdict was written; that the question is about it still holds.
            asked = tuple(LayQuestion(text=question.text) for question in segment.questions)
            segments[number] = replace(there, questions=(*there.questions, *asked))
    return replace(official, segments=tuple(segments))


def _counterpart(official: Provision, portion: Portion) -> int | None:
    """Return the number of the segment with the portion, else with the nearest part around it; None when there is no text."""
    for length in range(len(portion.parts), -1, -1):
        around = Portion(portion.parts[:length])
        for number, segment in enumerate(official.segments):
            if segment.portion.starts_with(around):
                return number
    return None


def matching_span(source: Provision, start: int, end: int, target: Provision) -> tuple[int, int, Portion] | None:
    """Return where another text of the same provision says what a span of this one says.

    The parts that the span touches are looked for in the other text; a part that it does not have stands for the nearest
    part around it.

    Args:
        source: The text the span is of.
        start: Where the span begins.
        end: Where it ends; half-open.
        target: The other text.

    Returns:
        The half-open span in the other text and the part it is; None when that text has no such part.
    """
    touched = [s.portion for s in source.segments if s.start < end and s.end > start]
    portions = dict.fromkeys(touched)
    found = [s for s in target.segments if s.portion in portions]
    if not found:
        found = [s for portion in portions for s in _around(target, portion)]
    if not found:
        return None
    first, last = min(s.start for s in found), max(s.end for s in found)
    return first, last, _common(tuple(s.portion for s in found))


def _around(target: Provision, portion: Portion) -> list[Segment]:
    """Return the segments within the part, else those of the nearest part around it that the text has.

    Of an official list the whole is taken; a restatement of other items says nothing of this one.
    """
    if within := [s for s in target.segments if s.portion.starts_with(portion)]:
        return within
    is_ours = target.kind is Kind.RESTATEMENT
    for length in range(len(portion.parts) - 1, 0, -1):
        around = Portion(portion.parts[:length])
        if found := [
            s for s in target.segments if s.portion == around or (s.portion.starts_with(around) and not is_ours)
        ]:
            return found
    if whole := [s for s in target.segments if not s.portion.parts]:
        return whole
    return list(target.segments) if len(target.segments) == 1 and not is_ours else []


def _common(portions: tuple[Portion, ...]) -> Portion:
    """Return the part that all the parts lie in."""
    parts = portions[0].parts
    for portion in portions[1:]:
        length = next((i for i, (a, b) in enumerate(zip(parts, portion.parts, strict=False)) if a != b), None)
        parts = parts[: min(len(parts), len(portion.parts)) if length is None else length]
    return Portion(parts)
