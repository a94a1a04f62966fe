"""Misspelt words of the subject are mended; names, compounds and abbreviations are not."""

import pytest

from assistant.understand.question import Reader
from assistant.understand.spelling import Speller

TEXT = "bedriftshelsetjeneste verneombud arbeidsmiljøutvalg tilrettelegging vilje måling støy rapport frisør salong"


@pytest.fixture(scope="module")
def speller() -> Speller:
    """A speller that has met each word of TEXT three times, and one word once."""
    return Speller([TEXT, TEXT, TEXT, "engangsord"])


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        pytest.param("bedrifthelsetjeneste", "bedriftshelsetjeneste", id="letter left out"),
        pytest.param("bedriftshelsetjenesete", "bedriftshelsetjeneste", id="letter too many"),
        pytest.param("bedrifthelsetjenste", "bedriftshelsetjeneste", id="two letters left out"),
        pytest.param("vernombud", "verneombud", id="vernombud"),
        pytest.param("verneombut", "verneombud", id="wrong letter"),
        pytest.param("arbeidsmijløutvalg", "arbeidsmiljøutvalg", id="letters swapped"),
        pytest.param("frsør", "frisør", id="short word, one letter"),
        pytest.param("Vernombud", "verneombud", id="capital"),
        pytest.param("hvor mange vernombud?", "hvor mange verneombud?", id="in a sentence"),
    ],
)
def test_a_misspelt_word_is_mended(speller: Speller, written: str, mended: str) -> None:
    assert speller.mend(written) == mended


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("støymåling", id="compound"),
        pytest.param("støymålingsrapport", id="compound of three with s"),
        pytest.param("frisørsalong", id="compound of two"),
        pytest.param("verneombud", id="known"),
        pytest.param("Verneombud", id="known with capital"),
        pytest.param("engangsord", id="known, though met once"),
        pytest.param("engangsort", id="near a word met once"),
        pytest.param("rapper", id="two letters off in a short word"),
        pytest.param("tannlege", id="near nothing"),
        pytest.param("strø", id="too short to judge"),
        pytest.param("MÅLIN", id="abbreviation"),
        pytest.param("Hvilken diagnose har Silje", id="name within a sentence"),
        pytest.param("§ 13-1 bokstav e, 96.210", id="numbers"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_error_is_left_alone(speller: Speller, written: str) -> None:
    assert speller.mend(written) == written


@pytest.fixture(scope="module")
def experienced() -> Speller:
    """A speller that has met typos too: each in a question or two, the right word far more often."""
    typos = "vernombud verneombudett butiken ufarlig sønnedag"
    return Speller(
        ["verneombud " * 120 + "butikken " * 60 + "hvor " * 300 + "farlig " * 400 + "søndager " * 25 + typos]
    )


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        pytest.param("vernombud", "verneombud", id="a typo met before"),
        pytest.param("butiken", "butikken", id="a double letter"),
        pytest.param("hvro", "hvor", id="four letters, a common word"),
        pytest.param("hvorr", "hvor", id="a letter twice"),
        pytest.param("verneombudd", "verneombud", id="the last letter twice"),
        pytest.param("ufarlig", "ufarlig", id="the first letter makes another word"),
        pytest.param("farleg", "farleg", id="a letter for another in a short word: perhaps a word"),
        pytest.param("hvar", "hvar", id="four letters, a letter for another"),
    ],
)
def test_a_word_met_far_more_often_takes_the_place_of_a_slip(experienced: Speller, written: str, mended: str) -> None:
    assert experienced.mend(written) == mended


def test_the_commoner_of_two_near_words_is_chosen() -> None:
    assert Speller(["måling " * 3, "maling " * 9]).mend("mling") == "maling"


def test_the_order_of_the_texts_changes_nothing() -> None:
    words = ["måling " * 5, "maling " * 5, "mating " * 5]
    assert Speller(words).mend("mxling") == Speller(words[::-1]).mend("mxling")


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("må vi ha bedrifthelsetjeneste?", "bedriftshelsetjeneste"),
        ("må vi ha bedriftshelsetjenste?", "bedriftshelsetjeneste"),
        ("hvor mange vernombud må vi ha", "verneombud"),
        ("hvem velger verneombut", "verneombud"),
        ("når må vi ha arbeidsmijøutvalg", "arbeidsmiljøutvalg"),
        ("hva er en risikovurdeing", "risikovurdering"),
        ("når er dialogmøde", "dialogmøte"),
        ("hva er tvangsmulk", "tvangsmulkt"),
    ],
)
def test_a_misspelt_question_reaches_the_term_it_means(reader: Reader, question: str, term: str) -> None:
    assert term in {found.term for found in reader.read(question, ()).terms}


@pytest.mark.parametrize(
    "text",
    [
        "BHT AMU HMS NAV OLM HVO AML",
        "Hva koster Avonova og Stamina i Kristiansand?",
        "Silje Myrvang og Ingrid Vollstad hos Tindvik Transport",
        "forklar hva vi skal gjøre og hvem som bestemmer",
        "hjemmekontorplass, støymålingsrapport og nattevakt",
        "frisørsalong, rengjøringsfirma og blomsterbutikk",
        "arbeidsgjevar, verneombod og bedriftshelseteneste",
        "What must the employer do before night work starts?",
    ],
)
def test_right_words_of_real_questions_are_left_alone(reader: Reader, text: str) -> None:
    assert reader.speller.mend(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ivar Kvamsdal ble slått, hva nå?", "en ansatt ble slått, hva nå?"),
        ("Ja, Anne-Lise Myrvang er verneombud", "Ja, en ansatt er verneombud"),
        ("Ivar har vondt i ryggen", "Ivar har vondt i ryggen"),  # one word may be anything
        (
            "Hva sier Bedriftshelsetjeneste Verneombud?",
            "Hva sier Bedriftshelsetjeneste Verneombud?",
        ),  # words of the field
    ],
)
def test_names_of_people_are_left_out_of_what_is_searched_for(text: str, expected: str) -> None:
    assert Speller(["verneombud bedriftshelsetjeneste slått hva nå ha"]).without_names(text) == expected


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("ma vi ha bht", "må vi ha bht"),
        ("Nar ma vi ha amu", "når må vi ha amu"),
        ("maa vi ha verneombud naar vi er 4", "må vi ha verneombud når vi er 4"),
        ("hva gjor vi pa mandag", "hva gjør vi på mandag"),
    ],
)
def test_words_from_a_keyboard_without_norwegian_letters_are_understood(text: str, mended: str) -> None:
    assert Speller(["må når på gjør verneombud mandag ha vi er hva amu"]).mend(text) == mended
