"""Files of the user's own, made on the fly and mutated."""

import io
import random
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.fuzz.mutate import TreeMutator, mutate_bytes, recode

_DATA = Path(__file__).with_name("data")
Make = Callable[[random.Random], bytes]


def pdf_maker() -> Make:
    """Return what makes broken PDFs, of one with its streams packed and one where they are plain."""
    from fpdf import FPDF

    text = (_DATA / "tekst.txt").read_text(encoding="utf-8").translate({0x0C: " ", 0x2022: "-", 0x09: " "})
    files = []
    for compressed in (False, True):
        pdf = FPDF()
        pdf.set_compression(compressed)
        pdf.set_creation_date(datetime(2024, 1, 2, tzinfo=UTC))  # so that a seed gives the same bytes
        pdf.set_title("Verneombud")
        pdf.set_lang("nb-NO")
        for page in range(3):
            pdf.add_page()
            pdf.set_font("Helvetica", "B", 16)
            pdf.cell(0, 12, "Verneombud", new_x="LMARGIN", new_y="NEXT")
            pdf.set_font("Times", size=11)
            pdf.multi_cell(90, 6, text, new_x="LMARGIN", new_y="NEXT")
            with pdf.table() as table:
                for cells in (("Krav", "Grense"), ("AMU", "50 ansatte"), ("Verneombud", str(page))):
                    table.row(cells)
        files.append(bytes(pdf.output()))
    return lambda rng: mutate_bytes(rng, rng.choice(files))


def word_maker() -> Make:
    """Return what makes broken Word documents: XML changed inside the package, now and then a part gone or bytes broken."""
    parts = _word_parts()
    xml = {name: TreeMutator([data]) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    often = ["word/document.xml"] * 8 + ["word/styles.xml", "docProps/core.xml", "word/_rels/document.xml.rels"] * 2

    def make(rng: random.Random) -> bytes:
        changed = dict(parts)
        for name in rng.sample([*often, *sorted(xml)], rng.choice((1, 1, 2))):
            changed[name] = xml[name].make(rng)
        if rng.random() < 0.1:
            del changed[rng.choice(sorted(changed))]
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as package:
            for name, data in changed.items():
                package.writestr(zipfile.ZipInfo(name), data)  # likewise without the time
        return mutate_bytes(rng, output.getvalue()) if rng.random() < 0.15 else output.getvalue()

    return make


def _word_parts() -> dict[str, bytes]:
    import docx

    document = docx.Document()
    document.core_properties.title, document.core_properties.language = "Håndbok", "nb-NO"
    document.add_heading("Håndbok", 0)
    document.add_heading("Vern", 1)
    document.add_paragraph("Alle virksomheter med minst fem arbeidstakere skal ha verneombud, jf. aml § 6-1.")
    document.add_paragraph("punkt", style="List Bullet")
    document.add_paragraph("nummer", style="List Number").add_run("\tfet\n").bold = True
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(1, 1).text = "Krav", "50 ansatte"
    table.cell(1, 0).add_table(1, 1).cell(0, 0).text = "indre"
    packed = io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as package:
        return {name: package.read(name) for name in package.namelist()}


def page_maker() -> Make:
    """Return what makes broken web pages."""
    page = (_DATA / "side.html").read_bytes()
    trees = TreeMutator([page], html=True)
    return lambda rng: trees.make(rng) if rng.random() < 0.7 else recode(rng, page)


def text_maker(name: str) -> Make:
    """Return what makes broken text of a file of tests/fuzz/data, in several encodings."""
    data = (_DATA / name).read_bytes()
    return lambda rng: recode(rng, data)
