"""Provision to chunks: what is embedded and searched. A chunk is never shown as a source by itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Document, Provision, Segment

# Chunks of about 100 words were best on NorQuAD; longer segments are cut at sentence ends.
MAX_WORDS = 110
CHUNKING_VERSION = "segment-110-2"
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=[«\"A-ZÆØÅ])")


class Role(StrEnum):
    """What a chunk holds: text of the provision, or a question that lay people ask."""

    TEXT = "text"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A searchable piece of one segment.

    `start` and `end` are half-open offsets in the provision's text: of the chunk's own text, or for a question of the
    segment that answers it. `context` is searched with the text and never quoted.
    """

    chunk_id: str
    provision_id: str
    kind: str
    segment: int
    role: Role
    start: int
    end: int
    text: str
    context: str

    @property
    def searched(self) -> str:
        """The text that is embedded and tokenised."""
        return self.text if self.role is Role.QUESTION else f"{self.context} {self.text}"


def split_documents(documents: tuple[Document, ...]) -> list[Chunk]:
    """Return the chunks of all documents, in their order."""
    return [chunk for document in documents for provision in document for chunk in split_provision(provision)]


def split_provision(provision: Provision) -> Iterator[Chunk]:
    """Yield the chunks of a provision: each segment's text, then the questions it answers."""
    if provision.repealed:
        context = f"{provision.label} {provision.heading} (opphevet)."
    else:
        context = f"{provision.label} {provision.heading}."
    for number, segment in enumerate(provision.segments):
        identity = f"{provision.provision_id}|{provision.kind}|{number}"
        lead_in = _lead_in(provision, segment)
        for piece, (start, end) in enumerate(_pieces(provision.text, segment)):
            yield Chunk(
                chunk_id=f"{identity}|t{piece}", provision_id=provision.provision_id, kind=provision.kind, segment=number,
                role=Role.TEXT, start=start, end=end, text=provision.text[start:end],
                context=f"{context} {lead_in}".strip(),
            )  # fmt: skip
        for piece, question in enumerate(segment.questions):
            yield Chunk(
                chunk_id=f"{identity}|q{piece}", provision_id=provision.provision_id, kind=provision.kind, segment=number,
                role=Role.QUESTION, start=segment.start, end=segment.end, text=question.text, context="",
            )  # fmt: skip


def _lead_in(provision: Provision, segment: Segment) -> str:
    """Return the text before the list that the segment is an item of."""
    if len(segment.portion.parts) < 2 or segment.portion.parts[-1][0] == "rad":
        return ""
    ledd = segment.portion.parts[0]
    first = next(s for s in provision.segments if s.portion.parts and s.portion.parts[0] == ledd)
    return provision.text[first.start : first.end] if first is not segment else ""


def _pieces(text: str, segment: Segment) -> Iterator[tuple[int, int]]:
    """Yield spans of whole sentences of at most MAX_WORDS words that cover the segment but for blanks between them."""
    starts = [segment.start, *(m.end() for m in _SENTENCE_END.finditer(text, segment.start, segment.end))]
    spans = [(a, b) for a, b in zip(starts, [*starts[1:], segment.end], strict=True)]
    begin = spans[0][0]
    end = begin
    for a, b in spans:
        if end > begin and len(text[begin:b].split()) > MAX_WORDS:
            yield begin, len(text[:end].rstrip())
            begin = a
        end = b
    yield begin, len(text[:end].rstrip())
