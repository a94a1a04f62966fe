"""Tests of what documents are checked for: this ensures that ..."""

from pathlib import Path

import pytest

from corpus.document import Level
from corpus.document_requirements import DocumentKind, read_document_requirements, requirements_for
from corpus.errors import FormatError
from corpus.library import Library

ROW = """
[[requirement]]
id = "badevakt"
name = "Badevakt"
binding = true
documents = ["plan", "report"]
provision = "lov/1999-01-02-9001/§1-1"
portion = "ledd/1"
terms = [["vakt*"], ["bad"]]
add.plan = "Skriv hvem."
add.report = "Skriv hvem det var."
"""


def test_a_row_is_read_with_its_advice(tmp_path: Path) -> None:
    """... the advice may differ by document, and what is not said has its usual value."""
    (tmp_path / "dokumentkrav.toml").write_text(ROW, encoding="utf-8")
    (row,) = requirements_for(DocumentKind.REPORT, tmp_path)
    assert (row.advice_for(DocumentKind.PLAN), row.advice_for(DocumentKind.REPORT)) == (
        "Skriv hvem.",
        "Skriv hvem det var.",
    )
    assert (row.terms, row.is_deniable, row.by_reference) == ((("vakt*",), ("bad",)), True, False)
    assert requirements_for(DocumentKind.CONTRACT, tmp_path) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('add.report = "Skriv hvem det var."', "", id="no advice for one of the documents"),
        pytest.param('"report"]', '"brev"]', id="unknown document"),
        pytest.param('[["vakt*"], ["bad"]]', '[["vakt*"], []]', id="empty group"),
        pytest.param("binding = true", "", id="not said whether it is a duty"),
    ],
)
def test_a_row_that_breaks_the_format_is_named(old: str, new: str, tmp_path: Path) -> None:
    """... a slip in the file is found when it is read, not by a user."""
    (tmp_path / "dokumentkrav.toml").write_text(ROW.replace(old, new), encoding="utf-8")
    with pytest.raises(FormatError, match="badevakt"):
        read_document_requirements(tmp_path)


def test_duties_rest_on_law_and_advice_on_guidance(library: Library) -> None:
    """... each requirement is about a part that the core has, and none of guidance is called a duty."""
    for row in read_document_requirements():
        text = library.find(row.provision_id)
        assert text.span_of(row.portion), row.requirement_id
        assert (text.level <= Level.REGULATION) == row.is_binding, row.requirement_id


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_letter_of_what_bht_helps_with_is_looked_for(kind: DocumentKind) -> None:
    """... the letters a to h of OLM § 13-2, each once."""
    letters = [r.portion.path[-1] for r in requirements_for(kind) if r.provision_id.endswith("1355/§13-2")]
    assert letters == list("abcdefgh")


def test_ids_are_used_once() -> None:
    """... a section of a draft finds its requirement by the id."""
    ids = [r.requirement_id for r in read_document_requirements()]
    assert len(set(ids)) == len(ids)
