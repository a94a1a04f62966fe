"""The check that counts words: it finds what is lost and what is made up."""

from dataclasses import replace

from corpus.lovdata.parse import ParsedAct
from corpus.lovdata.words import check_files, check_words
from tests.corpus.lovdata.acts import ARCHIVED, DATA, find, invented

NAME = "sf-20990102-9999.xml"
COFFEE = (DATA / NAME).read_bytes()


def with_provision(act: ParsedAct, tail: str, **changes: object) -> ParsedAct:
    """Return the act with one provision changed."""
    wanted = find(act, tail)
    provisions = tuple(replace(p, **changes) if p is wanted else p for p in act.document)  # type: ignore[arg-type]
    return replace(act, document=replace(act.document, provisions=provisions))


def test_the_invented_acts_are_whole() -> None:
    files = [(path.name, path.read_bytes()) for path in sorted(DATA.glob("*.xml"))]
    checks = list(check_files(files, ARCHIVED))
    assert [c.document_id for c in checks] == ["lov/2099-03-03-7", "forskrift/2099-01-02-9999"]
    assert all(c.is_whole and c.words_in_xml == c.words_kept > 50 for c in checks)
    assert checks[1].left_out == {"innholdsfortegnelse": 4}


def test_a_word_that_is_gone_is_named() -> None:
    act = invented(NAME)
    text = find(act, "§2A-1").text.replace("pappkrus", "")
    check = check_words(COFFEE, with_provision(act, "§2A-1", text=text))
    assert (check.lost, check.added, check.is_whole) == ({"pappkrus": 1}, {}, False)


def test_a_word_that_is_made_up_is_named() -> None:
    act = invented(NAME)
    check = check_words(COFFEE, with_provision(act, "§4-1", text="Full tekst som er opphevet. Tull."))
    assert (check.lost, check.added) == ({}, {"Tull": 1})


def test_footnotes_change_notes_and_headings_count() -> None:
    act = invented(NAME)
    assert "Minst" in check_words(COFFEE, with_provision(act, "§1-1", footnotes=())).lost
    assert "mai" in check_words(COFFEE, with_provision(act, "§2A-1", changes=())).lost
    assert "Hvem" in check_words(COFFEE, with_provision(act, "§3-1", heading="")).lost


def test_glued_words_are_noticed() -> None:
    act = invented(NAME)
    text = find(act, "§3-1").text.replace("02 Skoger", "02Skoger")
    check = check_words(COFFEE, with_provision(act, "§3-1", text=text))
    assert (check.lost, check.added) == ({"02": 1, "Skoger": 1}, {"02Skoger": 1})
