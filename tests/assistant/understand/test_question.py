"""A question is cleaned, masked and understood together with the talk before it."""

import time

import pytest

from assistant.errors import QuestionError
from assistant.understand.language import Language
from assistant.understand.question import MAX_QUESTION, MAX_TURNS, Reader, clean
from tests.assistant.talk import make_history


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("  \n\t ", id="blanks"),
        pytest.param("\x00\x01\x1b", id="control characters"),
        pytest.param("\u200b\u200d\ufeff", id="invisible characters"),
        pytest.param("x" * 10_000, id="10 000 characters"),
        pytest.param("x" * (MAX_QUESTION + 1), id="one too many"),
        pytest.param("😀👷🏽‍♀️🎉", id="emoji"),
        pytest.param("????", id="signs"),
        pytest.param("<script></script>", id="tags alone"),
    ],
)
def test_what_is_no_question_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(QuestionError) as error:
        clean(text)
    message = str(error.value)
    assert message.endswith((".", "?"))
    assert len(message.splitlines()) == 1
    assert len(message) < 300


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        pytest.param("  Må   vi\nha BHT? ", "Må vi ha BHT?", id="white space"),
        pytest.param("Må\x00vi\u200bha\x1bBHT?", "Må vi ha BHT?", id="control and invisible characters"),
        pytest.param("Ma\u030a vi ha BHT?", "Må vi ha BHT?", id="composed letters"),
        pytest.param("<b>Må</b> vi ha <i>BHT</i>?", "Må vi ha BHT ?", id="tags"),
        pytest.param('Må vi ha BHT? <img src=x onerror="alert(1)">', "Må vi ha BHT?", id="a tag with attributes"),
        pytest.param("👷 Må vi ha BHT?", "Må vi ha BHT?", id="an emoji beside words"),
        pytest.param("er 80 < 85 dB?", "er 80 < 85 dB?", id="less than"),
        pytest.param("§ 3-3", "§ 3-3", id="an address"),
        pytest.param("x" * MAX_QUESTION, "x" * MAX_QUESTION, id="as long as it may be"),
    ],
)
def test_a_question_is_cleaned(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize("text", ["12", "7", "96.210"])
def test_a_number_alone_is_a_message(text: str) -> None:
    """The assistant asks how many they are, and the shortest reply is a number"""
    assert clean(text) == text


def test_no_script_is_left_of_a_question() -> None:
    cleaned = clean("Hei <script>alert(1)</script> må vi ha <svg/onload=x> BHT?")
    assert "<" not in cleaned
    assert cleaned.endswith("BHT?")


def test_personal_data_is_masked_in_every_form_of_the_question(reader: Reader) -> None:
    history = make_history("Ring 91234567 eller kari@firma.no. Må vi ha BHT?", "Det kommer an på.")
    understood = reader.read("og hva med meg, 12058032147?", history)
    forms = (understood.raw, understood.asked, understood.standalone, understood.text, understood.folded)
    for secret in ("12058032147", "91234567", "kari@firma.no"):
        assert [form for form in forms if secret in form] == []


def test_the_company_is_what_the_talk_has_said(reader: Reader) -> None:
    company = reader.read("må vi ha AMU?", make_history("Vi er 12 ansatte i en frisørsalong", "Ja.")).company
    assert company.employees == 12
    assert [industry.codes for industry in company.industries] == [("96.210",)]


@pytest.mark.parametrize("said", ["Nå er vi blitt 31 ansatte.", "vi er 31", "Nå er vi 31."])
def test_the_latest_word_about_the_company_counts(reader: Reader, said: str) -> None:
    history = make_history("Vi er 12 ansatte i en frisørsalong", "Ja.", said, "Da er dere flere.")
    assert reader.read("Må vi ha AMU?", history).company.employees == 31


def test_the_assistants_own_words_are_no_facts_about_the_company(reader: Reader) -> None:
    assert (
        reader.read("Må vi ha AMU?", make_history("Må vi ha BHT?", "En frisør med 7 ansatte må det.")).company.employees
        is None
    )


def test_only_the_last_turns_are_read(reader: Reader) -> None:
    old = ("Vi er 12 ansatte", "Ja.")
    filler = ("Hva er AMU?", "Et utvalg.") * (MAX_TURNS // 2)
    assert reader.read("Må vi ha AMU?", make_history(*old, *filler)).company.employees is None
    assert reader.read("Må vi ha AMU?", make_history(*old, *filler[2:])).company.employees == 12


def test_a_question_in_lay_words_is_expanded_with_the_terms_of_the_law(reader: Reader) -> None:
    understood = reader.read("Do we need an occupational health service?", ())
    assert understood.language is Language.ENGLISH
    assert "bedriftshelsetjeneste" in understood.expanded
    assert "bedriftshelsetjeneste" not in reader.read("Må vi ha bedriftshelsetjeneste?", ()).expanded


def test_addresses_are_read_as_the_provisions_there_are(reader: Reader) -> None:
    understood = reader.read("hva sier 13-2 bokstav e og aml § 3-3?", ())
    assert [m.candidates[0].provision_id for m in understood.mentions] == [
        "forskrift/2011-12-06-1355/§13-2", "lov/2005-06-17-62/§3-3",
    ]  # fmt: skip
    assert understood.mentions[0].candidates[0].portion.parts[-1] == ("bokstav", "e")


def test_reading_is_repeatable(reader: Reader) -> None:
    history = make_history("Må vi ha BHT?", "Hva driver dere med?")
    assert reader.read("bilverksted med 4 ansatte", history) == reader.read("bilverksted med 4 ansatte", history)


def test_understanding_is_quick(reader: Reader) -> None:
    """A question is to be answered in 60 ms; no step before the search may take most of it"""
    questions = [f"Vi er {n} ansatte i en frisørsalong, må vi ha verneombud?" for n in range(10)]
    reader.read(questions[0], ())
    begin = time.process_time()
    for question in questions:
        reader.read(question, ())
    assert (time.process_time() - begin) / len(questions) < 0.1
