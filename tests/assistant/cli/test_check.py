"""Tests of `bht check`: this ensures that ..."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image

from assistant.cli.check import run
from assistant.errors import UsageError
from corpus.errors import BrokenDocument, DocumentError, EmptyDocument, UnsupportedDocument
from tests.assistant.cli.run import ROOT, Shell

FONT = "helvetica"


def check(path: Path, kind: str = "plan", *, as_json: bool = False) -> int:
    return run(argparse.Namespace(file=str(path), kind=kind, json=as_json))


def make_pdf(path: Path, *pages: str) -> Path:
    pdf = FPDF()
    for text in pages:
        pdf.add_page()
        pdf.set_font(FONT, size=12)
        if text:
            pdf.multi_cell(0, 8, text)
        else:
            pdf.image(Image.new("L", (60, 80), 128), w=150)
    pdf.output(str(path))
    return path


def test_a_pdf_is_checked_page_by_page(shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """... the report names the page that the words stand on, as text and as JSON, and what is lacking is no failure."""
    path = make_pdf(
        tmp_path / "plan.pdf",
        "Plan for bistand fra BHT. Planen gjelder for perioden 2027 og for alle som arbeider i verkstedet vårt.",
        "BHT hjelper med kartlegging av støy i mars. Helseovervåking tilbys ikke.",
    )
    assert check(path) == 0
    out = capsys.readouterr().out
    assert "«BHT hjelper med kartlegging av støy i mars.» (side 2)" in out
    assert "**Sier det motsatte:** «Helseovervåking tilbys ikke.» (side 2)" in out
    assert check(path, as_json=True) == 0
    row = json.loads(capsys.readouterr().out)
    words = row["duties"][0]["words"]
    assert row["text"][words["start"] : words["end"]] == words["text"]
    assert (row["complete"], words["page"], row["duties"][0]["binding"]) == (False, 2, True)
    assert {extra["binding"] for extra in row["extras"]} == {False}


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        pytest.param("tom.txt", b"  \n", EmptyDocument, id="empty"),
        pytest.param("ødelagt.docx", b"PK\x03\x04 nothing", DocumentError, id="broken Word"),
        pytest.param("ødelagt.pdf", b"%PDF-1.7\nnothing", BrokenDocument, id="broken PDF"),
        pytest.param("bilde.png", b"\x89PNG\r\n\x1a\n0000", UnsupportedDocument, id="picture"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    shell: Shell, tmp_path: Path, name: str, data: bytes, error: type[DocumentError]
) -> None:
    """... there is one sentence that names the file."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error, match=name):
        check(path)


def test_a_scanned_pdf_is_told(shell: Shell, tmp_path: Path) -> None:
    """... pages without text are said to have none."""
    with pytest.raises(EmptyDocument, match=r"er skannet.*OCR"):
        check(make_pdf(tmp_path / "plan.pdf", "", ""))


@pytest.mark.parametrize("name", ["finnes-ikke.pdf", "."], ids=["no file", "a folder"])
def test_what_is_no_file_is_wrong_use(shell: Shell, tmp_path: Path, name: str) -> None:
    """... the path is in the sentence."""
    with pytest.raises(UsageError, match="Finner ikke fila"):
        check(tmp_path / name)


def test_the_commands_import_nothing_heavy() -> None:
    """... they start fast: no Chroma, LlamaIndex or Gradio."""
    code = "import sys, assistant.cli.check, assistant.cli.draft; print({'chromadb', 'llama_index', 'gradio', 'docx'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "set()"
