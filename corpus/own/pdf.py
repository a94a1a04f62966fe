"""PDF to raw pages with pypdf: lines by their place on the page, then paragraphs, headings and rows."""

import io
import logging
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.errors import BrokenDocument, EncryptedDocument, OversizedDocument
from corpus.own.draw import SAME_SIZE, Drawn, body_size, draw_page
from corpus.own.heads import find_running
from corpus.own.lines import Line, Paragraph, Vocabulary, join_lines, mend_characters, squeeze
from corpus.own.pdf_log import repairs
from corpus.own.raw import Block, RawDocument, RawPage, sane_date, sane_language, sane_title

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader
    from pypdf.generic import DictionaryObject

logger = logging.getLogger(__name__)
MAX_PAGES = 3000
# Letters this much larger than the running text make a heading.
_HEADING_SCALE = 1.15
# Above this share of signs without meaning, a page cannot be read.
_GARBLED_SHARE = 0.3
_LONGEST_HEADING = 200
_LONGEST_BOLD_HEADING = 120
_LOWEST_HEADING = 6


def read_pdf(data: bytes, name: str, max_characters: int) -> RawDocument:
    """Return the pages of a PDF.

    Args:
        data: The file.
        name: What to call it in messages.
        max_characters: The most text that is kept.

    Raises:
        BrokenDocument: pypdf cannot make sense of the file.
        EncryptedDocument: It needs a password.
        OversizedDocument: It has too many pages or too much text.
    """
    problems: list[str] = []
    with repairs(problems):
        reader = _open(data, name)
        drawn = _draw_pages(reader, name, max_characters, problems)
        title, publisher, published, language = _metadata(reader)
    placed = [[(line.text, line.y) for line in sorted(lines, key=lambda line: -line.y)] for lines in drawn]
    kept = [_without_running(lines, running) for lines, running in zip(drawn, find_running(placed), strict=True)]
    if not any(kept):
        kept = drawn  # pages with a single line each, all alike
    vocabulary = Vocabulary.of(line.text for lines in kept for line in lines)
    body = body_size(kept)
    joined = [_paragraphs(lines, vocabulary) for lines in kept]
    levels = _heading_levels(joined, body)
    pages = tuple(
        RawPage(number=number, blocks=tuple(_block(paragraph, body, levels) for paragraph in paragraphs))
        for number, paragraphs in enumerate(joined, 1)
    )
    return RawDocument(
        title=title, publisher=publisher, published=published, language=language, pages=pages, problems=tuple(problems)
    )


def _open(data: bytes, name: str) -> "PdfReader":
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    locked = f"«{name}» er låst med passord. Lagre en kopi uten passord, og legg til den."
    try:
        reader = PdfReader(io.BytesIO(data))
        count = len(reader.pages)
    except FileNotDecryptedError as error:
        raise EncryptedDocument(locked) from error
    except (DependencyError, NotImplementedError) as error:
        raise EncryptedDocument(
            f"«{name}» er kryptert på en måte som ikke kan åpnes her. Skriv den ut til en ny PDF, og legg til den."
        ) from error
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # pypdf raises anything on a broken file, as its errors.py says
        raise BrokenDocument(_broken(name)) from error
    if count > MAX_PAGES:
        raise OversizedDocument(
            f"«{name}» har {count} sider, og det meste som leses er {MAX_PAGES}. Del filen opp, og legg til delene."
        )
    if not count:
        raise BrokenDocument(_broken(name))
    return reader


def _broken(name: str) -> str:
    return f"«{name}» er skadet og kan ikke leses som PDF. Last den ned på nytt, eller åpne den og lagre den som PDF igjen."


def _draw_pages(reader: "PdfReader", name: str, max_characters: int, problems: list[str]) -> list[list[Drawn]]:
    """Return the lines of each page; what cannot be read is added to the problems."""
    pages: list[list[Drawn]] = []
    total = failed = 0
    scanned: list[int] = []
    for number in range(1, len(reader.pages) + 1):
        lines: list[Drawn] = []
        try:
            page = reader.pages[number - 1]
            lines = draw_page(page)
            if not lines and _has_image(page):
                scanned.append(number)
            elif _is_garbled(lines):
                lines = []
                problems.append(f"Side {number} har skrift som ikke kan tolkes, og er ikke med.")
        except (MemoryError, KeyboardInterrupt):
            raise
        except Exception as error:  # noqa: BLE001 - pypdf raises anything on a broken page
            logger.info("Page %d of %s: %r", number, name, error)
            failed += 1
            problems.append(f"Side {number} er skadet og kan ikke leses.")
        pages.append(lines)
        total += sum(len(line.text) for line in lines)
        if total > max_characters:
            raise OversizedDocument(
                f"«{name}» har mer enn {max_characters} tegn tekst. Del filen opp, og legg til delene."
            )
    if failed == len(pages):
        raise BrokenDocument(_broken(name))
    problems.extend(_scanned_sentences(scanned))
    return pages


def _scanned_sentences(pages: Sequence[int]) -> Iterator[str]:
    """Yield what to say about scanned pages: a sentence for each run of pages."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    for run in runs:
        which = f"Side {run[0]}" if len(run) == 1 else f"Sidene {run[0]}–{run[-1]}"
        yield f"{which} er skannet og kan ikke leses."


def _has_image(page: "PageObject") -> bool:
    inner = _objects(page)
    if any(o.get("/Subtype") == "/Image" for form in inner for o in (form, *_objects(form))):
        return True
    contents = page.get_contents()
    return contents is not None and b"ID" in contents.get_data()


def _objects(holder: "DictionaryObject") -> list["DictionaryObject"]:
    """Return what a page or a form draws besides text: pictures and other forms."""
    resources = holder.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources else None
    return [o.get_object() for o in objects.get_object().values()] if objects else []


def _is_garbled(lines: Sequence[Drawn]) -> bool:
    """Return whether the letters of a page have no meaning: its fonts do not say which letters they draw."""
    text = "".join(line.text for line in lines)
    strange = sum(unicodedata.category(letter) in {"Co", "Cn", "Cc"} or letter == "\ufffd" for letter in text)
    return strange > _GARBLED_SHARE * len(text)


def _without_running(lines: list[Drawn], running: set[int]) -> list[Drawn]:
    by_height = sorted(range(len(lines)), key=lambda i: -lines[i].y)
    left_out = {by_height[position] for position in running}
    return [line for i, line in enumerate(lines) if i not in left_out]


def _paragraphs(lines: Sequence[Drawn], vocabulary: Vocabulary) -> list[Paragraph]:
    """Return the paragraphs of a page; each row of a table is one of its own."""
    distances: dict[float, list[float]] = {}
    for upper, line in pairwise(lines):
        if 0 < upper.y - line.y < 6 * line.size and abs(upper.size - line.size) <= SAME_SIZE:
            distances.setdefault(round(line.size), []).append(upper.y - line.y)
    normal = {size: _lower_median(values) for size, values in distances.items()}
    converted: list[Line] = []
    above: Drawn | None = None
    for line in lines:
        gap, starts = 1.0, False
        if above is not None:
            distance = above.y - line.y
            gap = distance / normal.get(round(line.size), 1.2 * line.size or 1.0) if distance > 0 else 1.0
            starts = abs(above.size - line.size) > max(SAME_SIZE, 0.08 * line.size) or above.bold != line.bold
            starts = starts or line.is_row or above.is_row
        converted.append(Line(text=line.text, gap=gap, starts=starts, size=line.size, bold=line.bold))
        above = line
    rows = {id(line) for line, drawn in zip(converted, lines, strict=True) if drawn.is_row}
    return [
        replace(paragraph, is_row=True) if id(paragraph.lines[0]) in rows else paragraph
        for paragraph in join_lines(converted, vocabulary)
    ]


def _lower_median(values: Sequence[float]) -> float:
    return sorted(values)[(len(values) - 1) // 3]


def _is_large(paragraph: Paragraph, body: float) -> bool:
    return (
        not paragraph.is_row
        and bool(body)
        and len(paragraph.text) <= _LONGEST_HEADING
        and bool(re.search(r"[^\W\d_]{2}", paragraph.text))
        and min(line.size for line in paragraph.lines) >= _HEADING_SCALE * body
    )


def _is_bold_heading(paragraph: Paragraph) -> bool:
    text = paragraph.text
    is_plain = not (paragraph.is_row or paragraph.is_item)
    return (
        is_plain
        and len(text) <= _LONGEST_BOLD_HEADING
        and text[-1] not in ".,;:"
        and all(o.bold for o in paragraph.lines)
    )


def _heading_levels(pages: Sequence[Sequence[Paragraph]], body: float) -> dict[float, int]:
    """Return the level of each size that headings have, the largest first."""
    sizes = {round(p.lines[0].size) for paragraphs in pages for p in paragraphs if _is_large(p, body)}
    return {size: min(level, _LOWEST_HEADING - 1) for level, size in enumerate(sorted(sizes, reverse=True), 1)}


def _block(paragraph: Paragraph, body: float, levels: dict[float, int]) -> Block:
    if paragraph.is_row:
        return Block(text=paragraph.text, kind="row")
    if _is_large(paragraph, body):
        return Block(text=paragraph.text, heading=levels[round(paragraph.lines[0].size)])
    if _is_bold_heading(paragraph):
        return Block(text=paragraph.text, heading=min(max(levels.values(), default=0) + 1, _LOWEST_HEADING))
    return Block(text=paragraph.text, kind="item" if paragraph.is_item else "text")


def _metadata(reader: "PdfReader") -> tuple[str, str, date | None, str]:
    """Return title, publisher, date and language; metadata is often broken in files that read well."""
    try:
        information = reader.metadata
        language = sane_language(reader.root_object.get("/Lang"))
        if information is None:
            return "", "", None, language
        title = sane_title(mend_characters(information.title or ""))
        author = squeeze(mend_characters(information.author or ""))[:200]
        stamp = str(information.get("/CreationDate", ""))
        match = re.match(r"D:(\d{4})(\d\d)(\d\d)", stamp)
        return title, author, sane_date("-".join(match.groups())) if match else None, language
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001 - see _open
        logger.info("Metadata: %r", error)
        return "", "", None, ""
