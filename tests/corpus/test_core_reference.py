"""The core against the official texts: addresses, dates, numbers, and that no sentence was carried over."""

import os

import pytest

from corpus.core import read_core
from corpus.document import Document
from corpus.industry import read_table
from tests.corpus.reference import problems_of, reference_folder

DOCUMENTS = read_core(rows=read_table())


@pytest.fixture(scope="module", autouse=True)
def reference() -> None:
    """This ensures that CI never passes without the official texts."""
    if not reference_folder().is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"no reference folder at {reference_folder()}; set BHT_REFERENCE")
        pytest.skip("no reference folder; set BHT_REFERENCE")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.abbreviation or d.document_id)
def test_document_agrees_with_the_official_text(document: Document) -> None:
    """This ensures that a wrong paragraph, ledd, date or number fails the build."""
    assert list(problems_of(document)) == []
