"""Provision to chunks: what is embedded and searched. A chunk is never shown as a source by itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from corpus.document import Kind, Provision, Segment
from corpus.merge import Searchable, matching_span

# Chunks of about 100 words were best on NorQuAD; longer segments are cut at sentence ends.
MAX_WORDS = 110
CHUNKING_VERSION = "segment-110-4"
# Of a heading path or lead-in, the words that say what a chunk is about; a chunk that is mostly context finds everything.
_MAX_CONTEXT_WORDS = 60
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=[«\"A-ZÆØÅ])")


class Role(StrEnum):
    """What a chunk holds: text of the provision, the official wording of what it restates, or a question that lay people ask."""

    TEXT = "text"
    OFFICIAL = "official"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A searchable piece of one segment.

    `start` and `end` are half-open offsets in the provision's text: of the chunk's own text, or of the segment that an
    official wording or a question belongs to. `context` is searched with the text and never quoted. `question` is the number of the
    lay question in its segment, `last` the number of the last segment that the text reaches into.
    """

    provision_id: str
    kind: Kind
    level: int
    segment: int
    last: int
    role: Role
    start: int
    end: int
    text: str
    context: str
    question: int | None = None

    @property
    def searched(self) -> str:
        """The text that is embedded and tokenised."""
        return f"{self.context} {self.text}".strip()


def split_all(searchables: Iterable[Searchable]) -> Iterator[Chunk]:
    """Yield the chunks of all texts, in their order."""
    for searchable in searchables:
        yield from split_provision(searchable)


def split_provision(searchable: Searchable) -> Iterator[Chunk]:
    """Yield the chunks of a text: each segment's words, the official wording of them, then the questions it answers.

    An official text that was repealed, or had no day for its start, when it was read has none: it is found by its address alone.
    """
    provision = searchable.provision
    if provision.kind is Kind.OFFICIAL and (provision.pending or provision.is_repealed(provision.checked)):
        return
    context = (
        f"{provision.label} {provision.heading}{' (opphevet)' if provision.is_repealed(provision.checked) else ''}."
    )
    wordings = _official_wordings(searchable)
    for first, last in _groups(searchable):
        segment = provision.segments[first]
        whole = (segment.start, segment.end)
        about = f"{context} {_lead_in(provision, segment)}".strip()
        spans = _pieces(provision.text, segment) if first == last else [(segment.start, provision.segments[last].end)]
        pieces: list[tuple[Role, tuple[int, int], str, str]] = [
            (Role.TEXT, span, provision.text[slice(*span)], about) for span in spans
        ]
        pieces += [(Role.OFFICIAL, whole, wording, context) for wording in wordings.get(first, ())]
        chunk = partial(
            Chunk, provision_id=provision.provision_id, kind=provision.kind, level=int(provision.level),
        )  # fmt: skip
        for role, (start, end), text, words in pieces:
            yield chunk(segment=first, last=last, role=role, start=start, end=end, text=text, context=words)
        for number in range(first, last + 1):
            answering = provision.segments[number]
            for position, question in enumerate(answering.questions):
                yield chunk(
                    segment=number, last=number, role=Role.QUESTION, start=answering.start, end=answering.end,
                    text=question.text, context="", question=position,
                )  # fmt: skip


def _groups(searchable: Searchable) -> Iterator[tuple[int, int]]:
    """Yield the first and last segment of each chunk.

    The segments of official text are small (a letter, a row of a table), so neighbours go together up to MAX_WORDS; the
    search then finds the one that the question is about.
    """
    provision, wanted = searchable.provision, searchable.segments
    first, words = -1, 0
    for number, segment in enumerate(provision.segments):
        if wanted is not None and number not in wanted:
            if first >= 0:
                yield first, number - 1
            first = -1
            continue
        length = len(provision.text[segment.start : segment.end].split())
        if first >= 0 and provision.kind is Kind.OFFICIAL and words + length <= MAX_WORDS:
            words += length
            continue
        if first >= 0:
            yield first, number - 1
        first, words = number, length
    if first >= 0:
        yield first, len(provision.segments) - 1


def _official_wordings(searchable: Searchable) -> dict[int, list[str]]:
    """Return the official wording in pieces, by the number of the restatement's segment that says the same."""
    official, restatement = searchable.official, searchable.provision
    if official is None:
        return {}
    found: dict[int, list[str]] = {}
    for segment in official.segments:
        span = matching_span(official, segment.start, segment.end, restatement)
        if span is None:
            continue
        number = next(n for n, s in enumerate(restatement.segments) if s.start >= span[0])
        found.setdefault(number, []).extend(official.text[slice(*piece)] for piece in _pieces(official.text, segment))
    return found


def _lead_in(provision: Provision, segment: Segment) -> str:
    """Return the text before the list that the segment is an item of."""
    if len(segment.portion.parts) < 2 or segment.portion.parts[-1][0] == "rad":
        return ""
    ledd = segment.portion.parts[0]
    first = next(s for s in provision.segments if s.portion.parts and s.portion.parts[0] == ledd)
    if first is segment:
        return ""
    return " ".join(provision.text[first.start : first.end].split()[-_MAX_CONTEXT_WORDS:])


def _pieces(text: str, segment: Segment) -> Iterator[tuple[int, int]]:
    """Yield spans of whole sentences of at most MAX_WORDS words that cover the segment but for blanks between them.

    A sentence longer than that is cut between words.
    """
    starts = [segment.start, *(m.end() for m in _SENTENCE_END.finditer(text, segment.start, segment.end))]
    spans = [part for a, b in zip(starts, [*starts[1:], segment.end], strict=True) for part in _short_spans(text, a, b)]
    begin = spans[0][0]
    end, words = begin, 0
    for a, b in spans:
        length = len(text[a:b].split())
        if end > begin and words + length > MAX_WORDS:
            yield begin, begin + len(text[begin:end].rstrip())
            begin, words = a, 0
        end, words = b, words + length
    yield begin, begin + len(text[begin:end].rstrip())


def _short_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the span in parts of at most MAX_WORDS words."""
    begins = [m.start() for m in re.finditer(r"\S+", text[start:end])][::MAX_WORDS] or [0]
    begins[0] = 0
    return [(start + a, start + b) for a, b in zip(begins, [*begins[1:], end - start], strict=True)]
