"""Tests of reading PDFs: this ensures that ..."""

import io
from collections.abc import Callable, Sequence
from contextlib import suppress

import pytest
from fpdf import FPDF
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter

from corpus.errors import BrokenDocument, DocumentError, EmptyDocument, EncryptedDocument
from corpus.own.draw import Drawn, draw_page
from corpus.own.raw import RawDocument
from corpus.own.read import read_raw

LEFT = [
    "Verneombudet velges blant", "arbeidstakere med erfaring", "og innsikt i forholdene", "ved virksomheten. Valget", "gjelder for to år om gangen,",
    "og kan skje ved flertall.", "Den valgte får opplæring.",
]  # fmt: skip
RIGHT = [
    "Utvalget består av like", "mange fra hver side, og", "lederen velges vekselvis", "av partene. Ved stemme-", "likhet avgjør lederens stemme",
    "hva som blir resultatet", "i saken som behandles.",
]  # fmt: skip


def make_pdf(draw: Callable[[FPDF], None], **metadata: str) -> bytes:
    pdf = FPDF()
    pdf.set_auto_page_break(False)
    pdf.set_font("Helvetica", size=11)
    for name, value in metadata.items():
        getattr(pdf, f"set_{name}")(value)
    draw(pdf)
    return bytes(pdf.output())


def write_lines(pdf: FPDF, lines: Sequence[str], height: float = 6) -> None:
    for line in lines:
        pdf.cell(0, height, line, new_x="LMARGIN", new_y="NEXT")


def texts(document: RawDocument) -> list[list[str]]:
    return [[block.text for block in page.blocks] for page in document.pages]


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (20, 20), "gray").save(file, "PNG")
    file.seek(0)
    return file


def one_page() -> bytes:
    def draw(pdf: FPDF) -> None:
        pdf.add_page()
        write_lines(pdf, ["Arbeidsgiver skal kartlegge farer."])

    return make_pdf(draw)


def handbook(pages: int = 5) -> bytes:
    def draw(pdf: FPDF) -> None:
        for number in range(1, pages + 1):
            pdf.add_page()
            write_lines(pdf, ["Testvirke AS - HMS-håndbok 2024", ""])
            write_lines(pdf, [f"Rutine nummer {'abcde'[number - 1]} gjelder for alle som arbeider i virk-", "somheten, og for arbeids-", "og oppdragsgivere med BHT-", "ordning."])  # fmt: skip
            pdf.set_y(-15)
            write_lines(pdf, [f"Side {number} av {pages}"])

    return make_pdf(draw, title="Microsoft Word - hms-handbok.docx", author="Testvirke AS")


def test_wrapped_lines_become_paragraphs_with_mended_words() -> None:
    """... divided words are put together, and hyphens that are no divisions stay."""
    document = read_raw(handbook(), "x.pdf")
    assert texts(document)[1] == [
        "Rutine nummer b gjelder for alle som arbeider i virksomheten, og for arbeids- og oppdragsgivere med BHT-ordning."
    ]


def test_running_heads_feet_and_page_numbers_are_left_out() -> None:
    """... what stands on every page is not text, and pages keep their numbers."""
    document = read_raw(handbook(), "x.pdf")
    assert [page.number for page in document.pages] == [1, 2, 3, 4, 5]
    assert not any("håndbok" in block.text or "Side" in block.text for block in document.blocks)


def test_metadata_is_cleaned() -> None:
    """... "Microsoft Word - x.docx" is no title, and the author counts as publisher."""
    document = read_raw(handbook(), "x.pdf")
    assert (document.title, document.publisher) == ("hms-handbok", "Testvirke AS")
    assert document.published is not None


def test_headings_are_told_by_size_and_weight() -> None:
    """... larger letters make a heading, the largest the first level, and bold lines one below."""

    def draw(pdf: FPDF) -> None:
        pdf.add_page()
        for size, style, line in [(20, "", "Om stillasarbeid"), (15, "", "Plikter"), (11, "B", "Opplæring")]:
            pdf.set_font("Helvetica", style, size)
            write_lines(pdf, [line], 12)
            pdf.set_font("Helvetica", "", 11)
            write_lines(
                pdf,
                [
                    "Den som monterer stillas skal ha opplæring før arbeidet",
                    "begynner, og den skal kunne dokumenteres.",
                ],
            )

    blocks = list(read_raw(make_pdf(draw), "x.pdf").blocks)
    assert [(block.heading, block.text) for block in blocks if block.heading] == [
        (1, "Om stillasarbeid"),
        (2, "Plikter"),
        (3, "Opplæring"),
    ]
    assert blocks[1].text.endswith("før arbeidet begynner, og den skal kunne dokumenteres.")


@pytest.mark.parametrize("interleaved", [False, True], ids=["column by column", "line by line"])
def test_columns_are_read_one_after_the_other(interleaved: bool) -> None:
    """... the order in which a program drew the lines does not matter."""

    def draw(pdf: FPDF) -> None:
        pdf.add_page()
        places = [(10, i, line) for i, line in enumerate(LEFT)] + [(110, i, line) for i, line in enumerate(RIGHT)]
        for x, i, line in sorted(places, key=lambda place: place[1]) if interleaved else places:
            pdf.text(x, 20 + 6 * i, line)

    text = " ".join(block.text for block in read_raw(make_pdf(draw), "x.pdf").blocks)
    assert "arbeidstakere med erfaring og innsikt i forholdene ved virksomheten." in text
    assert "Ved stemmelikhet avgjør lederens stemme hva som blir" in text
    assert text.index("Den valgte får opplæring") < text.index("Utvalget består")


def test_tables_become_rows() -> None:
    """... the cells of a line stay together, apart from the text around them."""

    def draw(pdf: FPDF) -> None:
        pdf.add_page()
        write_lines(pdf, ["Tabellen viser kurs og varighet."])
        for cells in [
            ("Kurs", "Timer"),
            ("Varme arbeider", "8"),
            ("Fallsikring", "7"),
            ("Stillas", "15"),
            ("Truck", "32"),
            ("Kran", "40"),
        ]:
            for cell in cells:
                pdf.cell(70, 8, cell)
            pdf.ln(8)

    blocks = list(read_raw(make_pdf(draw), "x.pdf").blocks)
    assert ("row", "Varme arbeider | 8") in [(block.kind, block.text) for block in blocks]
    assert blocks[0].kind == "text"


def test_lists_become_items() -> None:
    """... bullets and numbers begin a block each; a bullet is dropped, a number kept."""

    def draw(pdf: FPDF) -> None:
        pdf.add_page()
        write_lines(
            pdf,
            [
                "Virksomheten skal:",
                "\x95 kartlegge farer",
                "\x95 vurdere risiko i alt arbeid som kan være til skade for",
                "noen",
                "1. lage en plan",
            ],
        )

    blocks = list(read_raw(make_pdf(draw), "x.pdf").blocks)
    items = [block.text for block in blocks if block.kind == "item"]
    assert items == [
        "kartlegge farer",
        "vurdere risiko i alt arbeid som kan være til skade for noen",
        "1. lage en plan",
    ]


def test_scanned_pages_are_reported() -> None:
    """... a page with a picture and no text is named, and the others are read."""

    def draw(pdf: FPDF) -> None:
        for number in range(4):
            pdf.add_page()
            if number in {1, 2}:
                pdf.image(picture(), w=100)
            else:
                write_lines(pdf, ["Denne siden har tekst."])

    document = read_raw(make_pdf(draw), "x.pdf")
    assert document.problems == ("Sidene 2–3 er skannet og kan ikke leses.",)
    assert [len(page.blocks) for page in document.pages] == [1, 0, 0, 1]


def test_a_scanned_document_is_refused_with_a_remedy() -> None:
    """... somebody who adds a scan learns about OCR."""

    def draw(pdf: FPDF) -> None:
        pdf.add_page()
        pdf.image(picture(), w=100)

    with pytest.raises(EmptyDocument, match=r"«skann\.pdf» er skannet.*OCR"):
        read_raw(make_pdf(draw), "skann.pdf")


def encrypt(data: bytes, user_password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user_password, "eier", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_password_is_reported() -> None:
    """... a locked file is named, with what to do."""
    with pytest.raises(EncryptedDocument, match=r"«avtale\.pdf» er låst med passord\. Lagre en kopi"):
        read_raw(encrypt(one_page(), "hemmelig"), "avtale.pdf")


def test_an_empty_password_is_opened() -> None:
    """... a file that is only locked against changes is read."""
    assert texts(read_raw(encrypt(one_page(), ""), "x.pdf")) == [["Arbeidsgiver skal kartlegge farer."]]


def test_a_truncated_file_is_reported() -> None:
    """... half a download is named as damaged."""
    with pytest.raises(BrokenDocument, match=r"«halv\.pdf» er skadet"):
        read_raw(handbook()[:1500], "halv.pdf")


def test_repairs_are_told() -> None:
    """... a file that pypdf had to repair is read, and says so in plain words."""
    data = one_page()
    start = data.rindex(b"startxref")
    document = read_raw(data[:start] + b"startxref\n7\n%%EOF\n", "x.pdf")
    assert texts(document) == [["Arbeidsgiver skal kartlegge farer."]]
    assert len(document.problems) == 1
    assert document.problems[0].startswith("Filen har feil som ble rettet under lesingen")


def test_a_page_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """... one broken page does not cost the others."""
    calls: list[PageObject] = []

    def draw_or_fail(page: PageObject) -> list[Drawn]:
        calls.append(page)
        if len(calls) == 2:
            raise KeyError("/Font")
        return draw_page(page)

    monkeypatch.setattr("corpus.own.pdf.draw_page", draw_or_fail)
    document = read_raw(handbook(), "x.pdf")
    assert document.problems == ("Side 2 er skadet og kan ikke leses.",)
    assert [bool(page.blocks) for page in document.pages] == [True, False, True, True, True]


HANDBOOK = handbook(3)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    place=st.integers(0, len(HANDBOOK)),
    length=st.integers(0, 200),
    replacement=st.binary(max_size=100),
    cut=st.integers(0, len(HANDBOOK)),
)
@example(place=0, length=0, replacement=b"", cut=0)
def test_mutated_files_only_raise_document_errors(place: int, length: int, replacement: bytes, cut: int) -> None:
    """... no damage to a PDF ends in another error than our own."""
    data = HANDBOOK[:place] + replacement + HANDBOOK[place + length :]
    with suppress(DocumentError):
        document = read_raw(data[: len(data) - cut // 8], "x.pdf")
        assert all("\n" not in block.text and block.text for block in document.blocks)
