"""A cleaned document of the user's as a Document of the corpus: a provision per page, or per part between headings."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from corpus.address import Address, Portion, find_addresses
from corpus.document import Document, Kind, Level, Provision, Segment
from corpus.errors import EmptyDocument
from corpus.own.raw import Block, RawDocument, RawPage

# A part is about as much as a page; a segment is what the index embeds in one piece (index/chunking.py).
PART_WORDS = 400
SEGMENT_WORDS = 110
# Sections share a part as long as they are no more than this together.
_SHARED_WORDS = 120
_LABEL_WORDS = 12
_TITLE_BLOCKS = 5
_SLUG_LENGTH = 40
_LONGEST_SEARCHED = 20_000
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+(?=[«\"(§\dA-ZÆØÅ])")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "đ": "d", "ß": "ss", "ł": "l"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A block, or some sentences of a long one; `goes_on` says that it continues the piece before it."""

    text: str
    kind: str
    heading: int = 0
    goes_on: bool = False
    above: tuple[tuple[int, str], ...] = ()

    @property
    def words(self) -> int:
        return len(self.text.split())


def build_document(
    raw: RawDocument,
    *,
    source_name: str,
    url: str,
    added: date,
    sha256: str,
    level: Level = Level.COMMERCIAL,
    title: str = "",
    publisher: str = "",
    published: date | None = None,
    known: frozenset[str] = frozenset(),
) -> Document:
    """Return the document with its provisions, `eget/<id>/s1` and on.

    Args:
        raw: The document after cleaning; what it still holds is cited as it stands.
        source_name: File name, or name of the page fetched.
        url: Where it can be opened; "" when nowhere.
        added: The day it was added.
        sha256: Checksum of the file, hexadecimal.
        level: Rank among the sources.
        title: What to call it instead of what it calls itself.
        publisher: Who it is from instead of what it says.
        published: The day it is from instead of what it says.
        known: Provision ids of the acts, to read which of them it explains.

    Raises:
        EmptyDocument: There is no text left.
    """
    title = title or raw.title or _title_in(raw) or PurePath(source_name).stem
    published = published or raw.published
    parts = list(_parts(raw, title))
    if not parts:
        raise EmptyDocument(
            f"Det er ingen tekst å lese i {source_name}. Er den skannet, må den først gjennom tekstgjenkjenning (OCR)."
        )
    document_id = f"eget/{_slug(title)}-{sha256[:8].lower()}"
    paged = _is_paged(raw)
    provisions = []
    for number, pieces in parts:
        text, segments = _compose(pieces)
        heading, path = _place(pieces, title)
        provisions.append(
            Provision(
                provision_id=f"{document_id}/s{number}", kind=Kind.OWN, level=level,
                source=publisher or raw.publisher or source_name,
                label=f"«{_unquoted(title)}», {'side' if paged else 'del'} {number}",
                heading=heading, path=path, text=text, segments=segments,
                url=f"{url.split('#')[0]}#page={number}" if paged and url else url,
                checked=added, text_date=published, explains=_explained(text, segments, known),
                language=raw.language if raw.language in ("nb", "nn") else "nb",
            )
        )  # fmt: skip
    return Document(
        document_id=document_id, title=title, name=title, abbreviation="", level=level, url=url,
        provisions=tuple(provisions), text_date=published, checked=added,
    )  # fmt: skip


def _is_paged(raw: RawDocument) -> bool:
    return bool(raw.pages) and all(page.number is not None for page in raw.pages)


def _parts(raw: RawDocument, title: str) -> Iterator[tuple[int, list[_Piece]]]:
    """Yield the parts that become provisions, with their numbers."""
    if _is_paged(raw):
        yield from _pages(raw.pages, title)
    else:
        pieces = list(_pieces([block for page in raw.pages for block in page.blocks], [], title))
        yield from enumerate(_cut(pieces), 1)


def _pages(pages: Sequence[RawPage], title: str) -> Iterator[tuple[int, list[_Piece]]]:
    above: list[tuple[int, str]] = []
    merged: dict[int, list[_Piece]] = {}
    for page in pages:
        merged.setdefault(page.number or 0, []).extend(_pieces(page.blocks, above, title))
    yield from ((number, pieces) for number, pieces in merged.items() if pieces)


def _pieces(blocks: Sequence[Block], above: list[tuple[int, str]], title: str) -> Iterator[_Piece]:
    """Yield the pieces of the blocks, each with the headings above it; `above` is carried on from page to page."""
    for block in blocks:
        text = " ".join(block.text.split())
        if not text:
            continue
        if block.heading:
            while above and above[-1][0] >= block.heading:
                above.pop()
            if text != title:
                above.append((block.heading, text))
        for number, piece in enumerate(_sentences(text)):
            yield _Piece(text=piece, kind=block.kind, heading=block.heading, goes_on=number > 0, above=tuple(above))


def _sentences(text: str) -> Iterator[str]:
    """Yield the text in runs of whole sentences of at most SEGMENT_WORDS words; a longer sentence is cut at words."""
    current: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        words = sentence.split()
        if current and len(current) + len(words) > SEGMENT_WORDS:
            yield " ".join(current)
            current = []
        while len(words) > SEGMENT_WORDS:
            yield " ".join(words[:SEGMENT_WORDS])
            words = words[SEGMENT_WORDS:]
        current += words
    if current:
        yield " ".join(current)


def _cut(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Yield parts that begin at headings, as far as PART_WORDS allows; very short sections share one."""
    part: list[_Piece] = []
    for position, piece in enumerate(pieces):
        words = sum(p.words for p in part)
        opens = piece.heading and part and not part[-1].heading and words + _section(pieces, position) > _SHARED_WORDS
        if part and (opens or words + piece.words > PART_WORDS):
            end = len(part) - _trailing_headings(part) or len(part)
            yield part[:end]
            part = part[end:]
        part.append(piece)
    if part:
        yield part


def _section(pieces: Sequence[_Piece], position: int) -> int:
    """Return the number of words of the section that the heading opens, those below it left out; counting stops where it is long enough."""
    words = 0
    for number in range(position, len(pieces)):
        ends = pieces[number].heading and not pieces[number - 1].heading and number > position
        if ends or words > _SHARED_WORDS:
            break
        words += pieces[number].words
    return words


def _trailing_headings(part: Sequence[_Piece]) -> int:
    count = 0
    while count < len(part) and part[-1 - count].heading:
        count += 1
    return count


def _compose(pieces: Sequence[_Piece]) -> tuple[str, tuple[Segment, ...]]:
    """Return the text of a provision and its segments: what belongs together, at most SEGMENT_WORDS words each."""
    text = ""
    segments: list[Segment] = []
    for group in _groups(pieces):
        start = end = -1
        for piece in group:
            text += "" if not text else " " if piece.goes_on else "\n"
            start = len(text) if start < 0 else start
            text += piece.text
            end = len(text)
        segments.append(Segment(portion=Portion(), start=start, end=end))
    return text, tuple(segments)


def _groups(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Yield pieces that are read together: a heading with what follows, a list with its lead-in, rows of a table."""
    group: list[_Piece] = []
    for piece in pieces:
        # A heading is never left alone: a segment that grows too long by it is cut by the index.
        full = sum(p.words for p in group) + piece.words > SEGMENT_WORDS and not (group and group[-1].heading)
        if group and (full or not _belongs(group[-1], piece)):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _belongs(before: _Piece, piece: _Piece) -> bool:
    if piece.heading:
        return before.heading > 0
    if before.heading or piece.goes_on or before.text.endswith(":") or _is_label(before):
        return True
    if piece.kind in ("item", "row"):
        return before.kind == piece.kind
    return before.kind == "text" and piece.text[:1].islower()


def _is_label(piece: _Piece) -> bool:
    """Return whether the piece is a short line without an end, a heading in all but name."""
    return piece.kind == "text" and piece.words <= _LABEL_WORDS and piece.text[-1] not in ".!?"


def _place(pieces: Sequence[_Piece], title: str) -> tuple[str, tuple[str, ...]]:
    """Return the heading that the part stands under and the headings above that one.

    A part that opens with several headings stands under the last of them.
    """
    at = next((n for n, piece in enumerate(pieces) if not piece.heading), len(pieces) - 1)
    texts = [text for _, text in pieces[at].above]
    return (texts[-1], tuple(texts[:-1])) if texts else (title, ())


def _title_in(raw: RawDocument) -> str:
    """Return the heading or short line that the document opens with, else its first heading, else ""."""
    blocks = [block for page in raw.pages for block in page.blocks if block.text.strip()]
    headings = [block.text for block in blocks if block.heading]
    opening = [block.text for block in blocks[:_TITLE_BLOCKS] if block.heading]
    first = next(iter(blocks), None)
    if not opening and first and _is_label(_Piece(text=first.text.strip(), kind=first.kind)):
        opening = [first.text]
    return " ".join(next(iter(opening or headings), "").split())


def _slug(title: str) -> str:
    """Return the title as a readable part of an address."""
    plain = unicodedata.normalize("NFKD", title.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > _SLUG_LENGTH:
            break
        slug = f"{slug}-{word}" if slug else word[:_SLUG_LENGTH]
    return slug or "dokument"


def _unquoted(title: str) -> str:
    """Return the title fit to stand between quotation marks."""
    return re.sub("[»”]", "’", re.sub("[«“„]", "‘", title))


def _explained(text: str, segments: Sequence[Segment], known: frozenset[str]) -> tuple[Address, ...]:
    """Return the provisions of known acts that the text cites, each once."""
    if not known:
        return ()
    # An act named once holds for the page; on a page without end the search would take time without end.
    short = len(text) <= _LONGEST_SEARCHED
    texts = [text] if short else [text[s.start : s.end][:_LONGEST_SEARCHED] for s in segments]
    cited = (mention.candidates[0] for part in texts for mention in find_addresses(part, known))
    return tuple(dict.fromkeys(address for address in cited if address.provision_id in known))
