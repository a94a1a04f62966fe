"""A reader with the vocabulary of the real core."""

import pytest

from assistant.dialogue import _make_speller
from assistant.understand.question import Reader
from corpus.library import Library
from tests.conftest import NoSearch


@pytest.fixture(scope="session")
def reader(library: Library) -> Reader:
    return Reader(_make_speller(library, NoSearch()), library.glossary, library.known)
