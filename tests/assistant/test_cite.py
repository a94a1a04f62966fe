"""Evidence becomes a citation only when it is exactly what the provision says."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cite import (
    Evidence,
    first_sentences,
    is_exact,
    number_citations,
    quote_portion,
    quote_segment,
    split_sentences,
)
from corpus.address import Portion
from corpus.library import Library
from tests.assistant.records import make_provision

LAW = make_provision(
    "lov/1999-01-02-9002/§1-1",
    [
        ("ledd/1", "Badeverten skal ha badevakt, jf. nr. 4 i vedlegget. Vakten skal kunne svømme 200 meter."),
        ("ledd/2", "Badeverten skal:"),
        ("ledd/2/bokstav/a", "måle temperaturen"),
        ("ledd/2/bokstav/b", "telle gjestene"),
    ],
)


def cut(start: int, end: int) -> Evidence:
    return Evidence(provision=LAW, start=start, end=end, portion=Portion.parse("ledd/1"))


def test_a_segment_is_quoted_whole() -> None:
    evidence = quote_segment(LAW, 2)
    assert evidence.quote == "måle temperaturen"
    assert evidence.portion.path == "ledd/2/bokstav/a"


def test_a_part_is_quoted_with_what_lies_below_it() -> None:
    evidence = quote_portion(LAW, Portion.parse("ledd/2"))
    assert evidence is not None
    assert evidence.quote == "Badeverten skal:\nmåle temperaturen\ntelle gjestene"


def test_a_part_that_is_not_there_is_not_quoted() -> None:
    assert quote_portion(LAW, Portion.parse("ledd/3")) is None


def test_rows_of_a_table_are_not_quoted_with_its_ledd(library: Library) -> None:
    table = library.find("forskrift/2011-12-06-1355/§13-1")
    evidence = quote_portion(table, Portion.parse("ledd/2"))
    assert evidence is not None
    assert "96.21" not in evidence.quote
    row = quote_portion(table, Portion.parse("ledd/2/rad/96.21"))
    assert row is not None
    assert row.quote.startswith("96.21 ")


@pytest.mark.parametrize(
    ("start", "end", "exact"),
    [
        pytest.param(0, 10, True, id="within"),
        pytest.param(0, len(LAW.text), True, id="all"),
        pytest.param(5, 5, False, id="empty"),
        pytest.param(10, 5, False, id="turned round"),
        pytest.param(-3, 5, False, id="before the beginning"),
        pytest.param(0, len(LAW.text) + 1, False, id="beyond the end"),
        pytest.param(LAW.text.index("\n"), LAW.text.index("\n") + 1, False, id="a line break alone"),
    ],
)
def test_only_a_span_of_words_in_the_text_is_exact(start: int, end: int, exact: bool) -> None:
    assert is_exact(cut(start, end)) is exact
    assert len(number_citations([cut(start, end)])) == int(exact)


@given(st.lists(st.tuples(st.integers(-5, 150), st.integers(-5, 150)), max_size=8))
def test_citations_are_numbered_from_one_without_gaps_and_quote_their_span(spans: list[tuple[int, int]]) -> None:
    citations = number_citations(cut(*span) for span in spans)
    assert [c.n for c in citations] == list(range(1, len(citations) + 1))
    assert all(LAW.text[c.start : c.end] == c.quote for c in citations)
    assert len({(c.start, c.end) for c in citations}) == len(citations)


def test_the_same_evidence_has_one_number() -> None:
    first, second = quote_segment(LAW, 0), quote_segment(LAW, 2)
    assert [c.quote for c in number_citations([first, second, first])] == [first.quote, second.quote]


def test_a_citation_tells_where_it_stands_and_from_when() -> None:
    (citation,) = number_citations([quote_segment(LAW, 3)])
    assert citation.label == LAW.label_of(Portion.parse("ledd/2/bokstav/b"))
    assert (citation.provision_id, citation.kind, citation.level) == (LAW.provision_id, LAW.kind, LAW.level)
    assert (citation.url, citation.in_force, citation.text_date) == (LAW.url, LAW.in_force, LAW.text_date)


@pytest.mark.parametrize(
    ("count", "quote"),
    [
        (1, "Badeverten skal ha badevakt, jf. nr. 4 i vedlegget."),
        (2, "Badeverten skal ha badevakt, jf. nr. 4 i vedlegget. Vakten skal kunne svømme 200 meter."),
        (9, "Badeverten skal ha badevakt, jf. nr. 4 i vedlegget. Vakten skal kunne svømme 200 meter."),
    ],
)
def test_evidence_is_cut_after_whole_sentences(count: int, quote: str) -> None:
    """An abbreviation with a full stop ends no sentence"""
    assert first_sentences(quote_segment(LAW, 0), count).quote == quote


def test_evidence_without_a_sentence_stays_whole() -> None:
    assert first_sentences(quote_segment(LAW, 2)).quote == "måle temperaturen"


def test_sentences_of_the_core_are_exact_and_in_order(library: Library) -> None:
    """No sentence is empty, and none overlaps the next"""
    for texts in map(library.texts_of, sorted(library.known)):
        for provision in texts:
            for number in range(len(provision.segments)):
                pieces = split_sentences(quote_segment(provision, number))
                assert all(is_exact(piece) and piece.quote == piece.quote.strip() for piece in pieces), provision.label
                assert all(a.end <= b.start for a, b in pairwise(pieces)), provision.label
