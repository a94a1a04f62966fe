"""Tests of choosing the reader: this ensures that ..."""

import io
import os
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DocumentError, EmptyDocument, EncryptedDocument, OversizedDocument, UnsupportedDocument
from corpus.own import read
from corpus.own.raw import Block, RawDocument, from_json, to_json
from corpus.own.read import read_raw
from tests.corpus.own.test_word import make_word
from tests.corpus.reference import reference_folder


def package(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name in names:
            new.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "content_type", "expected"),
    [
        (b"<!DOCTYPE html><html><body><h1>Tittel</h1><p>Tekst.</p></body></html>", "side.txt", "", 1),
        (b"<h1>Tittel</h1><p>Tekst.</p>", "https://example.no/side", "text/html; charset=utf-8", 1),
        (b"# Tittel\n\nTekst.", "notat.md", "", 1),
        (b"# Tittel\n\nTekst.", "notat", "text/markdown", 1),
        (b"# Tittel\n\nTekst.", "notat.txt", "", 0),
        (b"Bare tekst.", "side.html", "text/html", 0),
    ],
    ids=["html by content", "html by type", "markdown by name", "markdown by type", "text", "html by name only"],
)
def test_the_reader_is_chosen(data: bytes, name: str, content_type: str, expected: int) -> None:
    """... content comes before name, and name before nothing."""
    assert sum(block.heading == 1 for block in read_raw(data, name, content_type).blocks) == expected


def test_word_is_known_by_its_content() -> None:
    """... a Word document under another name is read."""
    assert [block.text for block in read_raw(make_word(lambda d: d.add_paragraph("Tekst.")), "x").blocks] == ["Tekst."]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "gammelt Office-format"),
        (b"{\\rtf1 tekst}", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "et bilde"),
        (package("xl/workbook.xml"), "et regneark"),
        (package("ppt/presentation.xml"), "en presentasjon"),
        (package("mimetype", "content.xml"), "OpenDocument"),
        (package("a.txt"), "Pakk den ut"),
        (bytes(range(256)) * 10, "ukjent format"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_refused_by_name(data: bytes, words: str) -> None:
    """... the message names the file and the kind, and says what to do."""
    with pytest.raises(UnsupportedDocument, match=words) as caught:
        read_raw(data, "fil.doc")
    assert "«fil.doc»" in str(caught.value)
    assert "legg til" in str(caught.value)


def test_a_locked_word_document_is_recognised() -> None:
    """... Word hides an encrypted document in the old format."""
    with pytest.raises(EncryptedDocument):
        read_raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "x.docx")


@pytest.mark.parametrize("data", [b"", b" \r\n", bytes(10), b"<html><body></body></html>"])
def test_empty_files_are_reported(data: bytes) -> None:
    """... a file without text is named."""
    with pytest.raises(EmptyDocument, match=r"«x\.html»"):
        read_raw(data, "x.html")


def test_size_and_length_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """... what is too large is refused with the limit and a remedy."""
    with pytest.raises(OversizedDocument, match=r"50 MB.*Del filen opp"):
        read_raw(bytes(50 * 2**20 + 1), "x.pdf")
    monkeypatch.setattr(read, "MAX_CHARACTERS", 1_000)
    with pytest.raises(OversizedDocument, match="millioner tegn"):
        read_raw(b"ord " * 300, "x.txt")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("# Rutine\n\n## Del\n\n## To\n", "x.txt", "Rutine"),
        ("Bare tekst her.", "mappe/varme_arbeider-2024.txt", "varme arbeider 2024"),
        ("Bare tekst her.", "https://example.no/hms/rutine?x=1", "rutine"),
        ("Bare tekst her.", "2024.txt", "2024.txt"),
    ],
)
def test_every_document_has_a_title(text: str, name: str, expected: str) -> None:
    """... the first heading counts, then the file's name in words."""
    assert read_raw(text.encode(), name).title == expected


@settings(max_examples=60, deadline=None)
@given(
    start=st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"---\ntitle: x\n---\n", b"\xff\xfe", b"\0\0\xfe\xff"]),
    data=st.binary(max_size=300) | st.text(max_size=200).map(str.encode),
    name=st.sampled_from(["x.pdf", "x.docx", "x.html", "x.md", "x"]),
)  # fmt: skip
def test_any_bytes_give_a_document_or_our_error(start: bytes, data: bytes, name: str) -> None:
    """... nothing that somebody adds ends in another error, and what is read survives JSON."""
    document = None
    with suppress(DocumentError):
        document = read_raw(start + data, name)
    if document:
        assert document.title
        assert all(block.text and "\n" not in block.text for block in document.blocks)
        assert from_json(to_json(document)) == document


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"title": 1}', to_json(RawDocument(title="x")).replace('"x"', "null"),
     to_json(RawDocument(problems=("x",))).replace('["x"]', '[["x"]]'), "[" * 5000],
)  # fmt: skip
def test_json_of_something_else_is_refused(text: str) -> None:
    """... only a whole document of the right types is taken from the child."""
    with pytest.raises(ValueError, match=r".*"):
        from_json(text)


def seeds() -> list[Path]:
    folder = reference_folder().parent / "seeds"
    found = sorted(folder.glob("*.txt"))
    if not found and os.environ.get("CI") != "true":
        pytest.skip("the sample documents are not here")
    return found


def all_blocks() -> list[list[Block]]:
    return [list(read_raw(path.read_bytes(), path.name).blocks) for path in seeds()]


def test_the_samples_are_read_whole() -> None:
    """... no word of the five real documents is lost, and their structure is found."""
    assert len(seeds()) == 5
    markdown, spacious, page, other, slides = all_blocks()
    assert [block.kind for block in markdown].count("row") > 10
    assert any(block.heading == 2 and block.text.startswith("2. Lovgrunnlag") for block in markdown)
    # The lines of the second are each followed by a blank one; its paragraphs go over several.
    assert sum(len(block.text) for block in spacious) / len(spacious) > 100
    assert any(block.kind == "item" and block.text.startswith("kartlegging og") for block in other)
    assert any("stønadsordninger" in block.text for block in slides)
    assert sum(block.kind == "item" for block in page) > 10
    for path, blocks in zip(seeds()[1:], [spacious, page, other, slides], strict=True):
        text = path.read_text(encoding="utf-8")
        wanted = [letter for letter in text if letter.isalnum()]
        actual = [letter for block in blocks for letter in block.text if letter.isalnum()]
        assert len(actual) == len(wanted)
