"""What scripts/fuzz found, kept."""

import time
from datetime import date

import pytest

from assistant.understand.company import read_employees
from corpus.address import find_addresses, parse_address
from corpus.conflicts import find_outdated
from corpus.document import Document
from corpus.library import Library
from corpus.own.build import build_document
from corpus.own.raw import Block, RawDocument, RawPage
from tests.corpus.lovdata.acts import only, parts

# Found in a PDF and a text file of 200 kB: a page of numbers took time in the square of its length, minutes and more.
_LENGTH = 40_000
_SECONDS = 5  # of the processor; each takes one or less now


@pytest.mark.parametrize(
    "piece",
    ["1 ", "§", "1 ledd ", "/ledd/1", "aml 3", "§ 3-3 i ", "aml § 3-3 ", "a1", "1\n"],
    ids=["numbers", "signs", "ledd", "paths", "acts", "words", "addresses", "one word", "lines"],
)
def test_finding_addresses_takes_time_in_proportion_to_the_text(piece: str, library: Library) -> None:
    begin = time.process_time()
    for _ in find_addresses((piece * _LENGTH)[:_LENGTH], library.known):
        pass
    assert time.process_time() - begin < _SECONDS


def test_a_page_without_end_is_compared_with_the_law_in_time(library: Library) -> None:
    raw = RawDocument(pages=(RawPage(number=1, blocks=(Block(text="Se aml § 3-3 og 1 ledd. " * 2500),)),))
    document: Document = build_document(
        raw, source_name="side.txt", url="", added=date(2099, 1, 2), sha256="0" * 64, published=date(2001, 1, 2),
        known=library.known,
    )  # fmt: skip
    begin = time.process_time()
    assert find_outdated(document, library)
    assert time.process_time() - begin < _SECONDS


def test_a_ledd_of_nothing_but_a_no_break_blank_is_no_part() -> None:
    """A part without a word cannot be cited, and made an index entry of nothing but its context."""
    provision = only('<article class="legalP">\u00a0</article><article class="legalP">Teen skal være varm.</article>')
    assert parts(provision) == [("ledd/2", "Teen skal være varm.")]


@pytest.mark.parametrize("text", ["İK § 5", "ıK § 5", "arbeidſmiljøloven § 3-3 førſte ledd", "aml § 3-3 ſecond ledd"])
def test_letters_that_ignoring_case_takes_for_ours_are_read_as_ours(text: str, library: Library) -> None:
    """The pattern matched them, and what they were looked up in did not have them."""
    plain = text.translate({ord("ſ"): "s", ord("ı"): "i", ord("İ"): "I"})
    assert parse_address(text, library.known) == parse_address(plain, library.known)


@pytest.mark.parametrize(
    ("text", "count"), [("Vi er ſeks ansatte", 6), ("Vi er Tı ansatte", 10), ("Vi er FİRE ansatte", 4)]
)
def test_such_letters_in_a_number_are_read_too(text: str, count: int) -> None:
    assert read_employees(text) == count
