"""A document that was read to its sentences, rows and items, each with its place, its headings and the line that leads to it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.own.raw import CELL_SEPARATOR, Block, RawPage
from corpus.own.repair import repair_text

_LABEL_WORDS = 8
_LABEL_LEVEL = 7  # below every heading
_SENTENCE = re.compile(
    r"\S.*?(?:(?<!\bnr)(?<!\bkap)(?<!\bjf)(?<!\bca)(?<!\bevt)(?<!\beks)(?<!\bbl\.a)(?<!\b\d)[.!?](?=\s+[«\"A-ZÆØÅ–\[(])|$)",
    re.DOTALL,
)
# The name of the document says nothing about its parts.
_TITLE = re.compile(r"plan|rapport|melding|avtale|kontrakt", re.IGNORECASE)
# What is left to fill in, and the lines of a table of contents.
BLANK = re.compile(r"\[\s*(?:fyll|sett|skriv)\s+inn\b[^\]]{0,300}\]|\[\s*\.{2,}\s*\]|_{4,}|\.{5,}|…{2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence, an item or a row of a table: half-open offsets in the text of the document.

    `headings` are those above it, the outermost first, `lead_in` the line with a colon that an item belongs to. `context_start`
    is where the nearest of them begins when nothing stands between, else `start`.
    """

    start: int
    end: int
    page: int | None
    headings: tuple[str, ...]
    lead_in: str
    context_start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentText:
    """The text of a document, repaired, a block a line, with its passages in order."""

    text: str
    passages: tuple[Passage, ...]


@dataclass(slots=True)
class _Place:
    """Where the reading is."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    lead_in: str = ""
    context_start: int | None = None


def read_passages(pages: Sequence[RawPage]) -> DocumentText:
    """Return the passages of the pages. Headings and blank fields are no passages."""
    blocks = [
        (page.number, block, text)
        for page in pages
        for block in page.blocks
        if (text := " ".join(repair_text(block.text).split()))
    ]
    place, lines, at = _Place(), [], 0
    passages: list[Passage] = []
    for (number, block, text), after in zip(blocks, [*blocks[1:], None], strict=False):
        level = block.heading or (_LABEL_LEVEL if after and _is_label(block, text) and not _is_label_like(after) else 0)
        if level:
            if at or not _TITLE.search(text):
                place.headings = [h for h in place.headings if h[0] < level] + [(level, text)]
                place.context_start = at
            place.lead_in = ""
        else:
            if block.kind != "item" and len(text.split()) > _LABEL_WORDS:
                place.lead_in = ""
            passages += _passages(block, text, at, number, place)
            place.context_start = None
            if text.endswith(":"):
                place.lead_in, place.context_start = text, at
        lines.append(text)
        at += len(text) + 1
    return DocumentText(text="\n".join(lines), passages=tuple(passages))


def _is_label(block: Block, text: str) -> bool:
    """Return whether a block is a short line without an end: a heading in all but name, when text follows."""
    return (
        block.kind == "text" and len(text.split()) <= _LABEL_WORDS and text[-1] not in ".!?;:,]" and text[0].isupper()
    )


def _is_label_like(after: tuple[int | None, Block, str]) -> bool:
    _, block, text = after
    return bool(block.heading) or block.kind == "row" or _is_label(block, text)


def _passages(block: Block, text: str, at: int, page: int | None, place: _Place) -> Iterator[Passage]:
    headings = tuple(heading for _, heading in place.headings)
    for start, end in _spans(block, text):
        if BLANK.search(text, start, end):
            continue
        near = at if place.context_start is None else place.context_start
        yield Passage(
            start=at + start,
            end=at + end,
            page=page,
            headings=headings,
            lead_in=place.lead_in,
            context_start=near if start == 0 else at + start,
        )


def _spans(block: Block, text: str) -> list[tuple[int, int]]:
    if block.kind == "row":
        filled = [cell for cell in text.split(CELL_SEPARATOR.strip()) if cell.strip()]
        # A row with a name and nothing behind it is a form that nobody filled in.
        return [(0, len(text))] if len(filled) > 1 or CELL_SEPARATOR.strip() not in text else []
    return [match.span() for match in _SENTENCE.finditer(text)]
