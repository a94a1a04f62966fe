"""Words, stems and 4-grams of the lexical legs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import content_words, fold, grams_of, nynorsk_words, stems_of, stop_words, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Må vi ha BHT?", ["må", "vi", "ha", "bht"], id="folded, signs left out"),
        pytest.param("§ 13-2 bokstav e", ["13-2", "bokstav", "e"], id="a section number is one word"),
        pytest.param("§ 18-10a", ["18-10a"], id="with its letter"),
        pytest.param("2,5 timer, 12.000 kr", ["2,5", "timer", "12.000", "kr"], id="decimals and thousands"),
        pytest.param("bht-avtale", ["bht", "avtale"], id="a hyphen between words divides"),
        pytest.param("a\u030angst", ["ångst"], id="one Unicode form"),
        pytest.param("ﬁsk Ｋl", ["fisk", "kl"], id="ligature and full width"),
        pytest.param(
            "verksemda hjå arbeidsgjevaren", ["virksomheten", "hjå", "arbeidsgiveren"], id="nynorsk as bokmål"
        ),
        pytest.param("!?…", [], id="nothing but signs"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words_are_folded_and_in_order(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("må vi ha bedriftshelsetjeneste", ["bedriftshelsetjeneste"], id="bokmål"),
        pytest.param("kva er internkontroll for noko", ["internkontroll"], id="nynorsk"),
        pytest.param("what is the safety representative", ["safety", "representative"], id="English"),
        pytest.param("er det 5 eller 10", ["5", "10"], id="single digits carry meaning"),
        pytest.param("85 dB", ["85", "db"], id="two letters carry meaning"),
        pytest.param("x y z", [], id="single letters do not"),
    ],
)
def test_words_without_a_subject_are_left_out(text: str, words: list[str]) -> None:
    assert content_words(text) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("verneombud", "verneombudet"),
        ("bedriftslege", "bedriftslegen"),
        ("risikovurdering", "risikovurderinger"),
        ("opplæring", "opplæringen"),
        ("verksemda", "virksomheten"),
        ("tilsette", "ansatte"),
        ("SJUKEFRÅVÆR", "sykefravær"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stems_of(one) == stems_of(other) != []


def test_different_words_have_different_stems() -> None:
    words = ["verneombud", "bedriftslege", "arbeidsgiver", "opplæring", "støy", "13-1", "13-2"]
    assert len({stems_of(word)[0] for word in words}) == len(words)


def test_four_grams_are_framed_by_blanks() -> None:
    assert grams_of("støy") == [" stø", "støy", "tøy "]


def test_a_short_word_is_one_gram() -> None:
    assert grams_of("7") == [" 7 "]
    assert grams_of("iva") == [" iva", "iva "]


def test_grams_see_into_compounds() -> None:
    assert set(grams_of("helsetjeneste")) - {" hel"} <= set(grams_of("bedriftshelsetjeneste"))


def test_grams_of_another_size() -> None:
    assert grams_of("støy", size=3) == [" st", "stø", "tøy", "øy "]


def test_the_nynorsk_list_maps_to_other_words_and_never_in_a_chain() -> None:
    mapped = nynorsk_words()
    assert len(mapped) > 80
    assert [word for word, bokmaal in mapped.items() if word == bokmaal or bokmaal in mapped] == []


def test_the_data_files_are_folded() -> None:
    """This ensures that no line of them is dead: words are compared after folding."""
    words = [*stop_words(), *nynorsk_words(), *nynorsk_words().values()]
    assert [
        word for word in words if word != fold(word) or words_of(word) not in ([word], [nynorsk_words().get(word)])
    ] == []


def test_the_subjects_own_words_are_no_stop_words() -> None:
    subject = {"bht", "amu", "verneombud", "ansatte", "arbeidsgiver", "plikt", "påbudt", "krav", "kurs", "støy", "lege"}
    assert subject & stop_words() == set()


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    words = words_of(text)
    assert words_of(" ".join(words)) == words


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøå 0123456789"))
def test_every_gram_stands_in_the_text(text: str) -> None:
    framed = "".join(f" {word} " for word in content_words(text))
    assert all(gram in framed for gram in grams_of(text))
