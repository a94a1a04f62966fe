"""Look-ups in the library."""

from dataclasses import replace

import pytest

from corpus.document import Document, Kind
from corpus.errors import UnknownProvision
from corpus.library import Library

BATHS = "lov/1999-01-02-9002"


@pytest.mark.parametrize(
    ("text", "provision_id", "portion"),
    [
        pytest.param("aml 3-3", "lov/2005-06-17-62/§3-3", "", id="abbreviation"),
        pytest.param("AML § 3-3 første ledd", "lov/2005-06-17-62/§3-3", "ledd/1", id="ledd"),
        pytest.param("lov/2005-06-17-62/§3-3", "lov/2005-06-17-62/§3-3", "", id="provision id"),
        pytest.param(
            "lov/2005-06-17-62/§3-3/ledd/1", "lov/2005-06-17-62/§3-3", "ledd/1", id="provision id with portion"
        ),
        pytest.param("§ 2 A-6", "lov/2005-06-17-62/§2A-6", "", id="no act, chapter letter"),
        pytest.param("18-10a", "lov/2005-06-17-62/§18-10a", "", id="no act, section letter"),
        pytest.param("OLM § 13-2 e", "forskrift/2011-12-06-1355/§13-2", "bokstav/e", id="letter without its word"),
        pytest.param("org.forskr. 13-1 bokstav b", "forskrift/2011-12-06-1355/§13-1", "bokstav/b", id="regulation"),
        pytest.param("veiledning/bht-er-ikke-fastlege", "veiledning/bht-er-ikke-fastlege", "", id="note"),
    ],
)
def test_a_provision_is_found_by_what_people_call_it(
    text: str, provision_id: str, portion: str, library: Library
) -> None:
    texts, part = library.look_up(text)
    assert [p.provision_id for p in texts] == [provision_id]
    assert part.path == portion


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(
            "aml 99-9", "Finner ikke arbeidsmiljøloven § 99-9 i kildene. Se «bht corpus list»", id="no such section"
        ),
        pytest.param(
            "lov/2005-06-17-62/§99-9",
            "Finner ikke arbeidsmiljøloven § 99-9 i kildene. Se «bht corpus list»",
            id="no such id",
        ),
        pytest.param("lov/1900-01-01-1 § 1", "Finner ikke lov/1900-01-01-1 § 1 i kildene.", id="no such act"),
        pytest.param("hei på deg", "Fant ingen paragrafadresse i «hei på deg». Skriv for eksempel", id="no address"),
        pytest.param(
            "veiledning/finnes-ikke", "Fant ingen paragrafadresse i «veiledning/finnes-ikke»", id="no such note"
        ),
        pytest.param("", "Fant ingen paragrafadresse i «»", id="nothing"),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence_that_names_a_remedy(
    text: str, sentence: str, library: Library
) -> None:
    with pytest.raises(UnknownProvision) as caught:
        library.look_up(text)
    assert str(caught.value).startswith(sentence)


@pytest.fixture
def both_texts(invented: tuple[Document, ...]) -> Library:
    """The invented act as a restatement, then as official wording."""
    act = invented[0]
    wording = replace(act, provisions=tuple(replace(p, kind=Kind.OFFICIAL, text="Ordlyd.", segments=()) for p in act))
    return Library((act, wording))


def test_the_official_wording_leads_where_there_is_one(both_texts: Library) -> None:
    assert [p.kind for p in both_texts.provisions[f"{BATHS}/§1-1"]] == [Kind.OFFICIAL, Kind.RESTATEMENT]
    assert both_texts.find(f"{BATHS}/§1-1").text == "Ordlyd."


def test_a_text_of_the_kind_wanted_is_found(both_texts: Library) -> None:
    assert both_texts.find(f"{BATHS}/§1-1", Kind.RESTATEMENT).text.startswith("(1) Badeverten")


def test_a_kind_that_is_not_there_is_unknown(both_texts: Library) -> None:
    with pytest.raises(UnknownProvision, match=f"{BATHS}/§1-1"):
        both_texts.find(f"{BATHS}/§1-1", Kind.GUIDANCE)


def test_an_id_that_is_not_there_is_unknown(both_texts: Library) -> None:
    with pytest.raises(UnknownProvision, match="Finner ikke lov/finnes/§ikke"):
        both_texts.find("lov/finnes/§ikke")


def test_known_holds_every_id_once_per_provision(both_texts: Library) -> None:
    assert both_texts.known == {f"{BATHS}/§1-{n}" for n in (1, 2, 3, 4)}
