"""Word documents (.docx) to blocks with python-docx: headings by style, list items, table rows in document order."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus.errors import BrokenDocument, OversizedDocument, UnsupportedDocument
from corpus.own.lines import mend_characters, squeeze
from corpus.own.raw import Block, RawDocument, RawPage, row_text, sane_date, sane_language, sane_title

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

MAIN_PART = "word/document.xml"
_MAX_PARTS = 5000
_MAX_UNPACKED_BYTES = 300 * 2**20
_MAX_XML_BYTES = 80 * 2**20
# XML text packs to a tenth, seldom to a fiftieth; small parts may do better.
_MAX_RATIO = 200
_RATIO_MATTERS_BYTES = 2**20
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({f"{_NAMESPACE}del", f"{_NAMESPACE}moveFrom", f"{_NAMESPACE}pPr", f"{_NAMESPACE}rPr", _FALLBACK})
_CHARACTERS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "ptab": " "}
_BOX = f"{_NAMESPACE}txbxContent"


def check_package(data: bytes, name: str) -> list[str]:
    """Return the names of the parts in a zip file, after making sure that unpacking it is safe.

    Raises:
        BrokenDocument: It is not a whole zip file, or declares XML entities.
        OversizedDocument: It would unpack to far more than it is.
        UnsupportedDocument: It holds parts with a password.
    """
    broken = f"«{name}» er skadet og kan ikke åpnes. Last den ned på nytt, eller åpne den i Word og lagre den igjen."
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            _check_sizes(parts, name)
            if any(part.flag_bits & 1 for part in parts):
                raise UnsupportedDocument(f"«{name}» er låst med passord. Lagre en kopi uten passord, og legg til den.")
            xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            # Word never writes declarations; whoever does wants the parser to expand or fetch something.
            if any(_declares(package.read(part)) for part in xml):
                raise BrokenDocument(
                    f"«{name}» inneholder XML-erklæringer som Word aldri lager, og blir ikke lest. "
                    "Åpne den i Word og lagre den på nytt, eller lagre den som PDF."
                )
            return [part.filename for part in parts]
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise BrokenDocument(broken) from error


def _check_sizes(parts: list[zipfile.ZipInfo], name: str) -> None:
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    is_packed_tight = any(
        part.file_size > _RATIO_MATTERS_BYTES and part.file_size > _MAX_RATIO * max(1, part.compress_size)
        for part in parts
    )
    total = sum(part.file_size for part in parts)
    if is_packed_tight or len(parts) > _MAX_PARTS or total > _MAX_UNPACKED_BYTES or xml > _MAX_XML_BYTES:
        raise OversizedDocument(
            f"«{name}» pakker ut til {total // 2**20} MB i {len(parts)} deler, mer enn et vanlig dokument, og blir ikke lest. "
            "Lagre den som PDF, og legg til den."
        )


def _declares(xml: bytes) -> bool:
    # UTF-16 has a zero byte between the letters.
    plain = xml.replace(b"\0", b"")
    return any(declaration in plain for declaration in _DECLARATIONS)


def read_word(data: bytes, name: str) -> RawDocument:
    """Return the blocks of a Word document; it has no pages, since Word numbers them when it prints.

    Raises:
        BrokenDocument: The file is damaged.
        OversizedDocument: It would unpack to far more than it is.
        UnsupportedDocument: It is another kind of Office file.
    """
    check_package(data, name)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        blocks = tuple(_blocks(document))
        properties = document.core_properties
        title, language = sane_title(mend_characters(properties.title or "")), sane_language(properties.language)
        published = sane_date(properties.modified) or sane_date(properties.created)
        author = squeeze(mend_characters(properties.author or ""))[:200]
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # python-docx raises KeyError, ValueError, lxml's and its own on broken packages
        raise BrokenDocument(
            f"«{name}» kan ikke leses som Word-dokument. Åpne den i Word og lagre den som .docx eller PDF."
        ) from error
    return RawDocument(
        title=title,
        publisher="" if author == "python-docx" else author,
        published=published,
        language=language,
        pages=(RawPage(number=None, blocks=blocks),),
    )


def _blocks(document: "Document") -> Iterator[Block]:
    headings = _heading_styles(document)
    for element in _block_elements(document.element.body):
        if element.tag == f"{_NAMESPACE}tbl":
            yield from _rows(element)
        else:
            yield from _paragraph(element, headings)
    yield from _footnotes(document)


def _block_elements(parent: "_Element") -> Iterator["_Element"]:
    """Yield paragraphs and tables in order, those in content controls and tracked insertions too."""
    for child in parent:
        if child.tag in {f"{_NAMESPACE}p", f"{_NAMESPACE}tbl"}:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT and child.tag != f"{_NAMESPACE}sectPr":
            yield from _block_elements(child)


def _heading_styles(document: "Document") -> dict[str, int]:
    """Return the level of each paragraph style that makes headings, by the id of the style; 0 for tables of contents."""
    levels: dict[str, int] = {}
    for style in document.styles.element.iter(f"{_NAMESPACE}style"):
        name = style.find(f"{_NAMESPACE}name")
        text = (name.get(f"{_NAMESPACE}val") or "").lower() if name is not None else ""
        identity = style.get(f"{_NAMESPACE}styleId") or ""
        outline = next(style.iter(f"{_NAMESPACE}outlineLvl"), None)
        if match := re.fullmatch(r"(?:heading|overskrift) ([1-9])", text):
            levels[identity] = min(int(match[1]), 6)
        elif text in {"title", "tittel"}:
            levels[identity] = 1
        elif re.fullmatch(r"(?:toc|innholdsfortegnelse) \d", text):
            levels[identity] = 0
        elif outline is not None and (outline.get(f"{_NAMESPACE}val") or "9") in "012345":
            levels[identity] = int(outline.get(f"{_NAMESPACE}val") or 0) + 1
    return levels


def _paragraph(element: "_Element", headings: dict[str, int]) -> Iterator[Block]:
    style = _value(element, "pStyle")
    if headings.get(style) == 0:
        return
    outline = _value(element, "outlineLvl")
    heading = headings.get(style, int(outline) + 1 if outline and outline in "012345" else 0)
    is_item = _value(element, "numPr/numId") not in {"", "0"} or re.match(
        r"list(?!paragraph)|liste(?!avsnitt)|punkt", style.lower()
    )
    if text := _text(element):
        yield Block(text=text, heading=heading, kind="item" if is_item and not heading else "text")
    for box in element.iter(_BOX):
        if next(box.iterancestors(_FALLBACK), None) is None:
            for inner in _block_elements(box):
                yield from _rows(inner) if inner.tag == f"{_NAMESPACE}tbl" else _paragraph(inner, headings)


def _value(element: "_Element", path: str) -> str:
    found: Any = element.find("/".join(f"{_NAMESPACE}{part}" for part in ("pPr", *path.split("/"))))
    return "" if found is None else found.get(f"{_NAMESPACE}val") or ""


def _rows(table: "_Element") -> Iterator[Block]:
    for row in table.iter(f"{_NAMESPACE}tr"):
        if next(row.iterancestors(f"{_NAMESPACE}tbl"), None) is not table:
            continue  # of a table inside a cell: its words are in the cell
        cells = [
            " ".join(filter(None, (_text(paragraph) for paragraph in cell.iter(f"{_NAMESPACE}p"))))
            for cell in row.iter(f"{_NAMESPACE}tc")
            if next(cell.iterancestors(f"{_NAMESPACE}tr"), None) is row
        ]
        if len(cells) == 1:
            # One cell is a frame around text, not a table.
            yield from (Block(text=text) for p in row.iter(f"{_NAMESPACE}p") if (text := _text(p)))
        elif text := row_text(cells):
            yield Block(text=text, kind="row")


def _text(paragraph: "_Element") -> str:
    """Return what the paragraph says once tracked changes are accepted; text boxes are paragraphs of their own."""
    parts: list[str] = []

    def walk(element: "_Element") -> None:
        for child in element:
            if not isinstance(child.tag, str) or child.tag in _LEFT_OUT or child.tag == _BOX:
                continue
            name = child.tag.removeprefix(_NAMESPACE)
            parts.append((child.text or "") if name == "t" else _CHARACTERS.get(name, ""))
            walk(child)

    walk(paragraph)
    return squeeze(mend_characters("".join(parts)))


def _footnotes(document: "Document") -> Iterator[Block]:
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        root = parse_xml(relation.target_part.blob)
        for note in root:
            if isinstance(note.tag, str) and note.get(f"{_NAMESPACE}type") in {None, "normal"}:
                text = " ".join(filter(None, (_text(paragraph) for paragraph in note.iter(f"{_NAMESPACE}p"))))
                if text:
                    yield Block(text=text)
