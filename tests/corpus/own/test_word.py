"""Tests of reading Word documents: this ensures that ..."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from corpus.errors import BrokenDocument, OversizedDocument, UnsupportedDocument
from corpus.own.word import read_word

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def make_word(write: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    document.core_properties.author = "Testvirke AS"
    document.core_properties.modified = datetime(2022, 5, 6, tzinfo=UTC)
    write(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the package with one part changed or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return file.getvalue()


def blocks_of(write: Callable[[Any], None]) -> list[tuple[int, str, str]]:
    return [(block.heading, block.kind, block.text) for block in read_word(make_word(write), "x.docx").blocks]


def test_the_structure_becomes_blocks_in_order() -> None:
    """... headings, lists and tables stand where they stand in the document."""

    def write(document: Any) -> None:
        document.add_heading("Rutiner", 0)
        document.add_heading("Ansvar", 2)
        document.add_paragraph("Daglig leder har ansvaret\u00adfor\xa0alt.")
        document.add_paragraph("Kartlegge", style="List Bullet")
        table = document.add_table(2, 2)
        for cell, text in zip(
            [c for row in table.rows for c in row.cells], ["Kurs", "Timer", "Kran", "40"], strict=True
        ):
            cell.text = text
        document.add_paragraph("Etter tabellen.")

    assert blocks_of(write) == [
        (1, "text", "Rutiner"),
        (2, "text", "Ansvar"),
        (0, "text", "Daglig leder har ansvaretfor alt."),
        (0, "item", "Kartlegge"),
        (0, "row", "Kurs | Timer"),
        (0, "row", "Kran | 40"),
        (0, "text", "Etter tabellen."),
    ]


def test_properties_are_read() -> None:
    """... author and date are the document's, and the page has no number."""
    document = read_word(make_word(lambda document: document.add_paragraph("x")), "x.docx")
    assert (document.publisher, document.published) == ("Testvirke AS", date(2022, 5, 6))
    assert document.pages[0].number is None


def test_tracked_changes_count_as_accepted() -> None:
    """... inserted text is read and deleted text is not; content controls are read."""

    def write(document: Any) -> None:
        xml = (
            f'<w:p {NAMESPACE}><w:r><w:t xml:space="preserve">Frist: </w:t></w:r><w:del><w:r><w:delText>to</w:delText></w:r></w:del>'
            "<w:ins><w:r><w:t>tre</w:t><w:tab/><w:t>dager</w:t></w:r></w:ins></w:p>"
        )
        control = f"<w:sdt {NAMESPACE}><w:sdtContent><w:p><w:r><w:t>I felt</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        document.element.body.insert(0, parse_xml(xml))
        document.element.body.insert(1, parse_xml(control))

    assert [text for _, _, text in blocks_of(write)] == ["Frist: tre dager", "I felt"]


def test_the_table_of_contents_is_left_out() -> None:
    """... lines of the styles toc 1-9 are navigation."""

    def write(document: Any) -> None:
        style = document.styles.add_style("toc 1", 1)
        document.add_paragraph("Ansvar 3", style=style)
        document.add_paragraph("Tekst.")

    assert blocks_of(write) == [(0, "text", "Tekst.")]


def test_entities_are_refused() -> None:
    """... a document that declares entities is never expanded, and nothing is fetched."""
    bomb = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

    def declare(xml: bytes) -> bytes:
        return xml.replace(b"<w:document", bomb + b"<w:document", 1).replace(b"Tekst", b"&a;")

    data = with_part(make_word(lambda document: document.add_paragraph("Tekst")), "word/document.xml", declare)
    with pytest.raises(BrokenDocument, match=r"«x\.docx» inneholder XML-erklæringer"):
        read_word(data, "x.docx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    """... the sizes in the package are checked first."""
    data = with_part(make_word(lambda document: None), "word/media/x.xml", lambda _: bytes(3 * 2**20))
    with pytest.raises(OversizedDocument, match=r"«x\.docx» pakker ut til 3 MB"):
        read_word(data, "x.docx")


@pytest.mark.parametrize(
    "change",
    [lambda data: data[:-100], lambda data: data[:300] + bytes(200) + data[500:]],
    ids=["truncated", "overwritten"],
)
def test_damaged_files_are_reported(change: Callable[[bytes], bytes]) -> None:
    """... half a package is named, with a remedy."""
    with pytest.raises(BrokenDocument, match=r"«x\.docx»"):
        read_word(change(make_word(lambda document: document.add_paragraph("Tekst"))), "x.docx")


def test_a_locked_package_is_reported() -> None:
    """... parts with a password are never tried."""
    data = bytearray(make_word(lambda document: None))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    with pytest.raises(UnsupportedDocument, match="passord"):
        read_word(bytes(data), "x.docx")
