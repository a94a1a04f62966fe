"""The glossary: its terms, and finding them in what people write."""

from pathlib import Path

import pytest

from corpus.address import parse_address
from corpus.glossary import Glossary, read_glossary
from corpus.library import Library

FILE = """
[[term]]
term = "bademester"
abbreviations = ["BM", "BDM"]
definition = "Den som leder badet."
synonyms = ["Sjefen på badet", "bassengsjef"]
nynorsk = ["badmeister"]
english = ["pool manager"]
provisions = ["lov/1999-01-02-9002 § 1-1"]
related = ["badevakt"]

[[term]]
term = "bademesterkurs"
definition = "Kurs for bademestere."
"""


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    (tmp_path / "ordliste.toml").write_text(FILE, encoding="utf-8")
    return read_glossary(tmp_path)


def test_all_words_for_a_term_are_its_forms(glossary: Glossary) -> None:
    term, other = glossary.terms
    assert (term.term, term.definition, term.abbreviations) == ("bademester", "Den som leder badet.", ("BM", "BDM"))
    assert term.forms == ("sjefen på badet", "bassengsjef", "badmeister", "pool manager")
    assert (term.provisions, term.related) == (("lov/1999-01-02-9002 § 1-1",), ("badevakt",))
    assert (other.abbreviations, other.forms, other.provisions, other.related) == ((), (), (), ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Hva gjør en bademester?", ["bademester"], id="the term"),
        pytest.param("BADEMESTER", ["bademester"], id="in capitals"),
        pytest.param("sjefen på badet", ["bademester"], id="synonym of several words"),
        pytest.param("kva gjer ein badmeister", ["bademester"], id="nynorsk"),
        pytest.param("the pool manager", ["bademester"], id="English"),
        pytest.param("bassengsjefen og bassengsjefens mor", ["bademester"], id="definite and genitive"),
        pytest.param("bassengsjefer", ["bademester"], id="plural"),
        pytest.param("bassengsjefskurs", [], id="compound"),
        pytest.param("storbademester", [], id="compound with it last"),
        pytest.param("bdmen", [], id="short abbreviations take no endings"),
        pytest.param("bademester eller bassengsjef", ["bademester"], id="each term once"),
        pytest.param("bademester på bademesterkurs", ["bademesterkurs", "bademester"], id="longest form first"),
        pytest.param("BDM", ["bademester"], id="abbreviation"),
        pytest.param("bdm", ["bademester"], id="abbreviation of three letters in lower case"),
        pytest.param("", [], id="nothing"),
        pytest.param("Er BM på jobb?", ["bademester"], id="short abbreviation in capitals"),
        pytest.param("jeg har bm med nabolaget", [], id="short abbreviation in lower case is another word"),
    ],
)
def test_a_term_is_found_in_each_of_its_forms(text: str, found: list[str], glossary: Glossary) -> None:
    assert [term.term for term in glossary.find(text)] == found


# --- Our glossary ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("må vi ha bht", "bedriftshelsetjeneste"),
        ("kva er ei bedriftshelseteneste", "bedriftshelsetjeneste"),
        ("occupational health service", "bedriftshelsetjeneste"),
        ("bransjelisten", "bransjelista"),
        ("hva er VO", "verneombud"),
        ("når må vi ha verneombudet på plass", "verneombud"),
        ("kva gjer verneomboda", "verneombud"),
    ],
)
def test_what_people_call_a_thing_leads_to_its_term(text: str, term: str, library: Library) -> None:
    assert term in [t.term for t in library.glossary.find(text)]


def test_terms_are_named_once_and_defined(library: Library) -> None:
    names = [term.term.lower() for term in library.glossary.terms]
    assert len(names) == len(set(names))
    assert all(len(term.definition.split()) >= 3 for term in library.glossary.terms)


def test_related_terms_exist_and_are_never_the_term_itself(library: Library) -> None:
    names = {term.term for term in library.glossary.terms}
    for term in library.glossary.terms:
        assert set(term.related) <= names - {term.term}, term.term


def test_every_term_finds_itself(library: Library) -> None:
    for term in library.glossary.terms:
        assert term in library.glossary.find(term.term), term.term


def test_provisions_of_terms_are_addresses(library: Library) -> None:
    """Some are of provisions that the core leaves out; they lead to Lovdata."""
    addresses = [parse_address(text, library.known) for term in library.glossary.terms for text in term.provisions]
    assert len(addresses) > 200
    assert sum(address.provision_id in library.known for address in addresses) / len(addresses) > 0.9
