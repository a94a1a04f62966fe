"""Text files to raw pages: any common encoding, wrapped lines joined, headings guessed with care."""

import codecs
import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.own.lines import Line, Paragraph, Vocabulary, join_lines, mend_characters, squeeze
from corpus.own.raw import Block, RawDocument, RawPage, row_text

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Norwegian text has been stored in: Windows, DOS (Nordic and multilingual), old Macs.
_NORWEGIAN_ENCODINGS = ("cp1252", "cp865", "cp850", "mac_roman")
_SAMPLE_BYTES = 200_000
# Text that is put one line to a paragraph: this share of lines has a blank line after it, and goes on after it.
_SPACED_SHARE = 0.6
_GOES_ON_SHARE = 0.25
_LEAST_SPACED_LINES = 10
_LONGEST_HEADING = 80
_LEAST_BODY = 60
_LEAST_SPACED_BODY = 100


def decode(data: bytes) -> str:
    """Return the text of the bytes, whatever it was encoded in, with plain line breaks."""
    return re.sub(r"\r\n?", "\n", _decode(data)).removeprefix("\ufeff")


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if encoding := wide_encoding(data):
        return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_guess_encoding(data), errors="replace")


def wide_encoding(data: bytes) -> str:
    """Return "utf-16-le" or "utf-16-be" for text without a mark that is stored in two bytes a letter, else ""."""
    sample = data[:4096]
    if len(sample) < 4 or b"\0" not in sample:
        return ""
    even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / len(sample[1::2])
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.1 else ""


def _guess_encoding(data: bytes) -> str:
    """Return the encoding in which the letters beyond ASCII are most often Norwegian ones inside words."""
    high = bytes(byte for byte in data[: 10 * _SAMPLE_BYTES] if byte > 0x7F)
    if sum(data.count(pair) for pair in (b"\xc3\xa5", b"\xc3\xb8", b"\xc3\xa6")) > len(high) / 4:
        return "utf-8"  # a few bytes are damaged
    sample = data[:_SAMPLE_BYTES] if any(byte > 0x7F for byte in data[:_SAMPLE_BYTES]) else high[:_SAMPLE_BYTES]
    scores = {}
    for encoding in _NORWEGIAN_ENCODINGS:
        text = sample.decode(encoding, errors="replace")
        good = len(re.findall(r"(?:(?<=[A-Za-zæøå])|\b)[æøåéòô](?=[a-zæøå]|\b)|\b[ÆØÅ]|[§«»–]", text))
        scores[encoding] = good - len(
            re.findall(r"[^\W\d_a-zA-ZæøåÆØÅéòôöäüÉ]|[^\x00-\x7f\w§«»–—’”“‘…•°½²³·\xa0´€\xad]", text)
        )
    best = max(_NORWEGIAN_ENCODINGS, key=lambda encoding: scores[encoding])
    if scores[best] > 0:
        return best
    from charset_normalizer import from_bytes

    match = from_bytes(sample).best()
    return match.encoding if match else "cp1252"


def read_plain(text: str) -> RawDocument:
    """Return the pages of a text; form feeds divide them, and without any there are no page numbers."""
    pages = mend_characters(text).split("\f")
    vocabulary = Vocabulary.of(pages)
    spacious = _is_spacious([line.strip() for page in pages for line in page.split("\n")])
    numbered = len([page for page in pages if page.strip()]) > 1
    read = []
    for number, page in enumerate(pages, 1):
        blocks = _blocks(_paragraphs(page, vocabulary, spacious=spacious), spacious=spacious)
        if blocks or numbered:
            read.append(RawPage(number=number if numbered else None, blocks=blocks))
    return RawDocument(pages=tuple(read))


def _is_spacious(lines: Sequence[str]) -> bool:
    """Return whether there is a blank line after most lines, in the middle of sentences too."""
    text = "\n".join(lines).strip()
    followed = re.findall(r"(\S)\n\n(\S)", text)
    total = sum(bool(line) for line in lines)
    going_on = sum(left not in ".:!?" and right.islower() for left, right in followed)
    return (
        total >= _LEAST_SPACED_LINES
        and len(followed) >= _SPACED_SHARE * total
        and going_on >= _GOES_ON_SHARE * len(followed)
    )


def _paragraphs(page: str, vocabulary: Vocabulary, *, spacious: bool) -> list[Paragraph]:
    lines: list[Line] = []
    blanks = 0
    for raw in page.split("\n"):
        if not raw.strip(" \t\v"):
            blanks += 1
            continue
        row = _row(raw)
        # In spacious text one blank line is a line break, more are a real gap, and none is closer than usual.
        gap = (blanks or 0.5) if spacious else 1.0 + blanks
        after_row = bool(lines) and lines[-1].size < 0
        lines.append(Line(text=row or squeeze(raw), gap=gap, starts=bool(row) or after_row, size=-1.0 if row else 0.0))
        blanks = 0
    return join_lines(lines, vocabulary, spacious=spacious)


def _row(line: str) -> str:
    """Return the cells of a line divided by tabs or upright bars, "" for other lines."""
    cells = [squeeze(cell) for cell in re.split(r"\t+| \| ", line.strip(" \t|"))]
    return row_text(cells) if len(cells) > 1 and not re.fullmatch(r"\W|\w{1,2}[.)]", cells[0]) else ""


def _blocks(paragraphs: Sequence[Paragraph], *, spacious: bool) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for paragraph, after in pairwise([*paragraphs, None]):
        if paragraph is None or not paragraph.text:
            continue
        if paragraph.lines[0].size < 0:
            blocks.append(Block(text=paragraph.text, kind="row"))
        elif _is_heading(paragraph, after, spacious=spacious):
            blocks.append(Block(text=paragraph.text, heading=2 if blocks else 1))
        else:
            blocks.append(Block(text=paragraph.text, kind="item" if paragraph.is_item else "text"))
    return tuple(blocks)


def _is_heading(paragraph: Paragraph, after: Paragraph | None, *, spacious: bool) -> bool:
    """Return whether the paragraph is one short line without an end, set apart from the running text that follows."""
    text = paragraph.text
    if len(text) > _LONGEST_HEADING or text[-1] in ".,;:!)" or len(paragraph.lines) > 1 or after is None:
        return False
    is_numbered = paragraph.is_item and text[0].isdigit() and paragraph.lines[0].gap != 1.0
    begins = re.match(r"(?:\d+(?:\.\d+)*\.?\s+)?[A-ZÆØÅ]", text) and (is_numbered or not paragraph.is_item)
    least, apart = (_LEAST_SPACED_BODY, True) if spacious else (_LEAST_BODY, after.lines[0].gap > 1.0)
    is_body = len(after.text) >= least and after.text[0].isupper() and not after.is_item
    return bool(begins) and is_body and apart
