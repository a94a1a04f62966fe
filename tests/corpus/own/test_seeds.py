"""The five samples of what the web says about bedriftshelsetjeneste, each added alone: what is kept, repaired and found wrong."""

import os
import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

import ftfy
import pytest
from fpdf import FPDF

from corpus.conflicts import ConflictKind
from corpus.document import Document
from corpus.library import Library
from corpus.own import add as module
from corpus.own.add import Added, Labels, add_documents
from corpus.own.markdown import read_markdown
from corpus.own.plain import read_plain
from corpus.own.raw import Block
from corpus.own.read import read_raw
from corpus.store import StoreReader
from tests.corpus.reference import reference_folder

TODAY = date(2026, 11, 22)
THRESHOLD, REFERENCE, OUTDATED = ConflictKind.THRESHOLD, ConflictKind.REFERENCE, ConflictKind.OUTDATED
WRONG_RULES = {(REFERENCE, "13-1", "3-3"), (THRESHOLD, "3-3", "13-1")}
OLD_LIMITS = {(THRESHOLD, "6-1"), (THRESHOLD, "7-1", "3-7")}
# The core fonts of PDF hold Latin-1 only.
_LATIN = str.maketrans({"–": "-", "—": "-", "•": "-", "“": '"', "”": '"', "’": "'", "…": "...", "→": "-"})


@cache
def seed(number: str) -> Path:
    """Return the file of a sample; skips where the samples are not, but never in CI."""
    files = sorted((reference_folder().parent / "seeds").glob(f"{number}_*"))
    if not files:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no samples beside {reference_folder()}; set BHT_REFERENCE")
        pytest.skip("the samples are not here")
    return files[0]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process: test_sandbox.py shows that a child reads the same."""
    monkeypatch.setattr(module, "read_safely", read_raw)


def add(place: Path, library: Library, folder: Path) -> tuple[Added, Document]:
    """Add one file to a fresh store, and return what was told of it and what is stored."""
    store = folder / "corpus.sqlite"
    report = add_documents([str(place)], library, store, folder / "own", Labels(), TODAY)
    assert (report.known, report.failed) == ([], {})
    (added,) = report.added
    with StoreReader(store) as reader:
        return added, reader.read(added.document_id)


def text_of(document: Document) -> str:
    return "\n".join(provision.text for provision in document)


def found(added: Added) -> set[tuple[str, ...]]:
    """Return the kinds of conflict with the sections that prevail."""
    return {(c.kind, *(address.section for address in c.provisions)) for c in added.conflicts if c.kind is not OUTDATED}


def print_pdf(blocks: Sequence[Block], path: Path) -> Path:
    """Write a PDF with the tables drawn as such, the first page with a few lines only."""
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    for number, (is_row, group) in enumerate(groupby(blocks, lambda block: block.kind == "row")):
        if number == 1:
            pdf.add_page()
        for block in [] if is_row else group:
            pdf.multi_cell(0, 6, block.text.translate(_LATIN), new_x="LMARGIN", new_y="NEXT", align="L")
            pdf.ln(4)
        if is_row:
            with pdf.table() as table:
                for block in group:
                    row = table.row()
                    for cell in block.text.split(" | "):
                        row.cell(cell.translate(_LATIN))
            pdf.ln(4)
    path.write_bytes(bytes(pdf.output()))
    return path


def test_the_sample_in_the_wrong_encoding_is_repaired(library: Library, tmp_path: Path) -> None:
    added, document = add(seed("000"), library, tmp_path)
    assert "Ã" in seed("000").read_text(encoding="utf-8")  # else this proves nothing
    text = text_of(document) + document.title + "".join(p.heading + p.label for p in document)
    assert not re.search("Ã|Â|â€|\ufffd", text)
    assert "arbeidsmiljøloven § 3-3" in text
    assert "20–49" in text
    assert not re.search("Ã|Â|â€", "".join(c.claim for c in added.conflicts))


def test_the_sample_with_wrong_rules_is_contradicted_by_the_right_paragraphs(library: Library, tmp_path: Path) -> None:
    added, document = add(seed("000"), library, tmp_path)
    assert found(added) == WRONG_RULES
    assert [c.claim.split()[0] for c in added.conflicts if c.kind is THRESHOLD] == ["50+", "20–49", "Under"]
    assert all("Antall ansatte avgjør aldri" in c.rule for c in added.conflicts if c.kind is THRESHOLD)
    texts = {provision.provision_id: provision.text for provision in document}
    assert all(texts[c.provision_id][c.start : c.end] == c.claim for c in added.conflicts)


def test_the_sample_that_repeats_a_page_is_stored_once(library: Library, tmp_path: Path) -> None:
    added, document = add(seed("001"), library, tmp_path)
    words = [re.findall(r"\w+", s.casefold()) for s in re.split(r"(?<=[.!?])\s+|\n", text_of(document))]
    long = [" ".join(sentence) for sentence in words if len(sentence) >= 12]
    assert len(long) > 30
    assert [sentence for sentence in set(long) if long.count(sentence) > 1] == []
    assert added.dropped["gjentatt tekst"] > 100
    # Six sevenths of it are repeats; what it says is still there.
    share = sum(map(len, words)) / len(seed("001").read_text(encoding="utf-8").split())
    assert 1 / 8 < share < 1 / 3
    assert "Arbeidstilsynet kan derfor pålegge enhver virksomhet" in text_of(document)
    assert found(added) == set()


def test_the_sample_with_old_limits_is_contradicted_by_todays(library: Library, tmp_path: Path) -> None:
    added, document = add(seed("002"), library, tmp_path)
    assert found(added) == OLD_LIMITS
    assert [c.claim.split(":")[0] for c in added.conflicts] == ["Verneombud", "AMU-møter"]
    assert "sanity image" not in {line.strip() for line in text_of(document).split("\n")}
    assert "1 308 125" not in text_of(document)  # the calculator's


@pytest.mark.parametrize(
    ("number", "title", "published"),
    [
        pytest.param("003", "Hva er bedriftshelsetjeneste (BHT)?", date(2023, 10, 10), id="003"),
        pytest.param("004", "Forebygging av skader og sykdom i arbeidslivet gir gevinster", None, id="004"),
    ],
)
def test_a_sample_without_mistakes_has_no_conflict(
    number: str, title: str, published: date | None, library: Library, tmp_path: Path
) -> None:
    """What it was last updated on is known, and the name that a program gave the file is no title"""
    added, document = add(seed(number), library, tmp_path)
    assert found(added) == set()
    assert (document.title, document.text_date) == (title, published)
    assert len([c for c in added.conflicts if c.kind is OUTDATED]) <= 2


def test_the_numbers_of_charts_are_left_out(library: Library, tmp_path: Path) -> None:
    added, document = add(seed("004"), library, tmp_path)
    assert added.dropped["tall uten tekst"] + added.dropped["diagram"] > 100
    lines = text_of(document).split("\n")
    assert not [line for line in lines if re.fullmatch(r"[\d\s.,%]+", line)]
    assert "Krav til obligatorisk opplæring i bedriftshelsetjenesten" in lines


@pytest.mark.parametrize(
    ("number", "expected"), [pytest.param("000", WRONG_RULES, id="000"), pytest.param("002", OLD_LIMITS, id="002")]
)
def test_a_sample_that_is_made_a_pdf_is_found_out_with_its_pages(
    number: str, expected: set[tuple[str, ...]], library: Library, tmp_path: Path
) -> None:
    text = ftfy.fix_text(seed(number).read_text(encoding="utf-8"))
    blocks = [*(read_markdown if number == "000" else read_plain)(text).blocks]
    added, document = add(print_pdf(blocks, tmp_path / "brosjyre.pdf"), library, tmp_path)
    assert found(added) == expected
    (copy,) = (tmp_path / "own").iterdir()
    assert [p.label.rpartition(", ")[2] for p in document] == [f"side {n + 1}" for n in range(len(document.provisions))]
    assert [p.url for p in document] == [f"{copy.as_uri()}#page={n + 1}" for n in range(len(document.provisions))]
    texts = {p.provision_id: p.text for p in document}
    assert all(texts[c.provision_id][c.start : c.end] == c.claim for c in added.conflicts)
    assert {c.provision_id.rpartition("/")[2] for c in added.conflicts} - {"s1"}
