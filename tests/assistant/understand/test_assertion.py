"""What a text puts forward as true or takes for granted, told apart from what it asks."""

import pytest

from assistant.understand.assertion import read_assertions, read_open_questions


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("Siden alle må på kurs, hvem betaler?", "alle må på kurs", id="a reason before the question"),
        pytest.param("Ettersom Nav betaler alt, hvor sender jeg regningen?", "Nav betaler alt", id="another reason word"),
        pytest.param("Hvem betaler siden alle må på kurs?", "alle må på kurs", id="a reason behind the question"),
        pytest.param("Sidan alle må på kurs: kven betaler?", "alle må på kurs", id="nynorsk, before a colon"),
        pytest.param("Kurset må tas på fritida, så hvem betaler?", "Kurset må tas på fritida", id="so who"),
        pytest.param("Kurset må tas på fritida, må sjefen betale?", "Kurset må tas på fritida", id="a verb and a noun"),
        pytest.param("De velges jo av de ansatte, men hvem kan stille?", "De velges jo av de ansatte", id="jo in the statement"),
        pytest.param("Når alle er enige er det fritt fram, så hvorfor maser de?", "Når alle er enige er det fritt fram", id="a condition and what follows"),
        pytest.param("Hei! Kurset går ut etter tre år. Hvor bestiller jeg nytt?", "Kurset går ut etter tre år.", id="a statement of its own"),
        pytest.param("Hvorfor må alle på helsekontroll hvert år?", "Hvorfor må alle på helsekontroll hvert år?", id="why takes it for granted"),
        pytest.param("Kurset må tas på fritida?", "Kurset må tas på fritida?", id="a statement with a question mark"),
        pytest.param("Vi har tre døgn på oss, ikke sant?", "Vi har tre døgn på oss, ikke sant?", id="a tag"),
        pytest.param("Har hørt at kurset går ut", "Har hørt at kurset går ut", id="hearsay without a subject"),
        pytest.param("Vi er bare ni. Da slipper vi rutiner.", "Vi er bare ni. Da slipper vi rutiner.", id="two sentences together"),
        pytest.param("Kurset går ut etter tre år. Stemmer vel det?", "Kurset går ut etter tre år.", id="agreement asked for"),
    ],
)  # fmt: skip
def test_what_a_text_says_is_found(text: str, said: str) -> None:
    assert any(portion.endswith(said) for portion in read_assertions(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Må vi ha verneombud når vi er fem?", id="must we"),
        pytest.param("må vi ha verneombud når vi er fem", id="unmarked"),
        pytest.param("Hvor ofte må risikovurderingen gjentas?", id="open"),
        pytest.param("Fra hvor mange ansatte kreves det?", id="open behind a preposition"),
        pytest.param("Slipper vi verneombud fordi vi?", id="no reason worth the name"),
        pytest.param("bestemmer sjefen hvem som blir verneombud?", id="a verb first"),
        pytest.param("Jeg lurer på om kurset går ut etter tre år", id="wondering"),
        pytest.param("datablad perm kjemikalier krav verksted", id="keywords"),
        pytest.param("Verneombud deltid stilling, må vi telle dem?", id="too few words before the question"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_question_puts_nothing_forward(text: str) -> None:
    assert read_assertions(text) == ()


def test_a_scene_before_a_question_leaves_the_question_out() -> None:
    assert all("lov" not in said for said in read_assertions("Hun vil jobbe 20 timer overtid i uka. Er det lov?"))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param("Hvor sender jeg rapporten?", ("Hvor sender jeg rapporten?",), id="alone"),
        pytest.param(
            "Rapporten er ferdig, så hvor sender jeg den?", ("hvor sender jeg den?",), id="behind a statement"
        ),
        pytest.param("Må den sendes? Når er fristen?", ("Når er fristen?",), id="the open one of two"),
        pytest.param("Må rapporten sendes?", (), id="yes or no"),
    ],
)
def test_open_questions_are_found(text: str, asked: tuple[str, ...]) -> None:
    assert read_open_questions(text) == asked
