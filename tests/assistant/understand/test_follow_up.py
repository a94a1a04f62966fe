"""A follow-up stands alone after it is rewritten; a new subject needs no rewriting."""

import pytest

from assistant import texts
from assistant.understand.company import read_employees
from assistant.understand.follow_up import rewrite
from corpus.library import Library
from tests.assistant.talk import make_history

ANSWER = "Verneombudet ivaretar arbeidstakernes interesser i saker som gjelder arbeidsmiljøet."


@pytest.mark.parametrize(
    ("asked", "before", "standalone"),
    [
        pytest.param("hva med AMU?", "Når må vi ha verneombud?", "Når må vi ha AMU?", id="what about"),
        pytest.param("og hva med AMU da?", "Når må vi ha verneombud?", "Når må vi ha AMU?", id="and what about"),
        pytest.param("enn AMU?", "Når må vi ha verneombud?", "Når må vi ha AMU?", id="short"),
        pytest.param("og arbeidsmiljøutvalg?", "Når må vi ha verneombud?", "Når må vi ha arbeidsmiljøutvalg?", id="and"),
        pytest.param("kva med verneombod?", "Når må vi ha AMU?", "Når må vi ha verneombod?", id="nynorsk"),
        pytest.param("what about AMU?", "When do we need verneombud?", "When do we need AMU?", id="english"),
        pytest.param(
            "hva med verneombud?", "Vi er 12 ansatte i en frisørsalong. Må vi ha BHT?",
            "Vi er 12 ansatte i en frisørsalong. Må vi ha verneombud?", id="the subject, not the company",
        ),
        pytest.param(
            "og verneombud?", "Trenger vi BHT? Org.nr 100000016? Vi driver restaurant.",
            "Trenger vi verneombud? Vi driver restaurant.", id="the subject, not the number or the trade",
        ),
    ],
)  # fmt: skip
def test_a_new_subject_takes_the_place_of_the_old_one(
    library: Library, asked: str, before: str, standalone: str
) -> None:
    assert rewrite(asked, make_history(before, ANSWER), library.glossary) == standalone


@pytest.mark.parametrize(
    ("asked", "before", "subject", "kept"),
    [
        pytest.param("og hvor lenge sitter man i vervet?", "Hva gjør et verneombud?", "verneombud", "hvor lenge", id="the post"),
        pytest.param("teller de som jobber deltid med da?", "Når må vi ha arbeidsmiljøutvalg?", "arbeidsmiljøutvalg", "deltid", id="then"),
        pytest.param("hvorfor?", "Må frisører ha BHT?", "BHT", "hvorfor", id="why"),
        pytest.param("Hvem velger det?", "Må vi ha verneombud?", "verneombud", "Hvem velger", id="it"),
        pytest.param("og hvis vi er 7?", "Må vi ha verneombud?", "verneombud", "7", id="and if"),
        pytest.param("Kven vel det?", "Må vi ha verneombod?", "verneombud", "Kven vel", id="nynorsk"),
        pytest.param("And who chooses them?", "Must we have a safety representative?", "verneombud", "who chooses", id="english"),
        pytest.param("må bedriftshelsetjenesten være med på det møtet?", "Når skal vi ha dialogmøte?", "dialogmøte", "bedriftshelsetjenesten være med", id="that meeting"),
        pytest.param("hvor lang skal den planen være?", "Når må vi ha oppfølgingsplan?", "oppfølgingsplan", "hvor lang", id="that plan"),
        pytest.param("hvem sitter i det utvalget?", "Må vi ha arbeidsmiljøutvalg?", "arbeidsmiljøutvalg", "hvem sitter", id="that committee"),
    ],
)  # fmt: skip
def test_a_message_that_leans_on_the_talk_gets_its_subject(
    library: Library, asked: str, before: str, subject: str, kept: str
) -> None:
    standalone = rewrite(asked, make_history(before, ANSWER), library.glossary)
    terms = {form.lower() for term in library.glossary.find(standalone) for form in (term.term, *term.abbreviations)}
    assert subject.lower() in terms
    assert kept in standalone


@pytest.mark.parametrize("question_back", texts.QUESTIONS_BACK)
@pytest.mark.parametrize(
    "reply",
    ["bilverksted", "vi er bare et IT-konsulentselskap", "vi er 12", "næringskode 96.210", "ja", "nei, ikke det"],
)
def test_a_reply_goes_with_the_question_that_was_open(library: Library, question_back: str, reply: str) -> None:
    history = make_history("Må vi ha BHT?", f"Det kommer an på. [1]\n\n**{question_back}**")
    standalone = rewrite(reply, history, library.glossary)
    assert standalone.startswith("Må vi ha BHT?")
    assert reply.lower() in standalone.lower()


def test_a_number_alone_is_the_headcount_that_was_asked_for(library: Library) -> None:
    history = make_history("Må vi ha verneombud?", f"Det kommer an på.\n\n**{texts.ASK_EMPLOYEES}**")
    assert read_employees(rewrite("12", history, library.glossary)) == 12


@pytest.mark.parametrize(
    "asked",
    [
        "Hva gjør et verneombud?",
        "Hvor mange timer er HMS-kurset for ledere?",
        "Hvor høy støy må det være før de ansatte skal ta hørselskontroll?",
        "Hvordan klager vi på et pålegg fra Arbeidstilsynet?",
        "Har gravide rett til omplassering?",
    ],
)
def test_a_new_question_stands_alone(library: Library, asked: str) -> None:
    for reply in (ANSWER, f"Det kommer an på. **{texts.ASK_INDUSTRY}**"):
        assert rewrite(asked, make_history("Må vi ha BHT?", reply), library.glossary) == asked


def test_nothing_is_added_without_a_talk(library: Library) -> None:
    assert rewrite("hva med AMU?", (), library.glossary) == "hva med AMU?"
    assert rewrite("og da?", make_history("", "")[1:], library.glossary) == "og da?"


def test_the_same_question_again_is_not_doubled(library: Library) -> None:
    history = make_history("Må vi ha BHT?", f"**{texts.ASK_INDUSTRY}**")
    assert rewrite("må vi ha BHT? ", history, library.glossary) == "må vi ha BHT? "


def test_the_last_question_with_a_subject_counts(library: Library) -> None:
    """Small talk and replies between it and the follow-up do not hide it"""
    history = make_history("Når må vi ha verneombud?", ANSWER, "takk", "Bare hyggelig.")
    assert rewrite("hva med AMU?", history, library.glossary) == "Når må vi ha AMU?"
