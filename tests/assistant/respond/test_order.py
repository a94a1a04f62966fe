"""The order of passages: a rule before what only lets somebody make rules, and each text in its own order."""

import pytest

from assistant.answer import Answer
from assistant.compose import Composer
from assistant.respond.passage import choose_passages
from assistant.understand.question import Reader
from assistant.understand.spelling import Speller
from corpus.library import Library
from index.hit import Hit
from tests.assistant.records import CHECKED, make_hit, make_library, make_provision, make_score

WORK = "lov/1999-01-02-9002"
ENABLING = make_provision(
    f"{WORK}/§1-1", [("ledd/1", "Departementet kan gi forskrift om kamera i badet. Den kan si når kamera er lov.")]
)
RULE = make_provision(f"{WORK}/§1-2", [("ledd/1", "Badeverten kan bare ha kamera når det er saklig grunn.")])
FINE = make_provision(
    f"{WORK}/§1-3",
    [
        ("ledd/1", "Badetilsynet kan gi gebyr. " + "Det skjer etter en samlet vurdering av alt som har hendt ved bassenget i sesongen. " * 3 + "Gebyret kan bli opptil 50 badepenger."),
        ("ledd/2", "Gebyret betales på stedet."),
    ],
)  # fmt: skip
LIBRARY = make_library(ENABLING, RULE, FINE)


@pytest.fixture(scope="module")
def reader(library: Library) -> Reader:
    return Reader(Speller([]), library.glossary, library.known)


def answer(reader: Reader, text: str, *hits: Hit) -> Answer:
    question = reader.read(text, ())
    draft = choose_passages(question, list(hits), LIBRARY)
    assert draft is not None
    return Composer(LIBRARY, CHECKED).compose(draft, question)


@pytest.mark.parametrize(
    ("question", "score", "first"),
    [
        ("Er det lov med kamera i badet?", 0.6, "§1-2"),
        ("Er det lov med kamera i badet?", 0.3, "§1-1"),  # nothing else comes near
        ("Hvem kan gi forskrift om kamera?", 0.6, "§1-1"),
    ],
)
def test_a_rule_leads_before_the_power_to_make_one(reader: Reader, question: str, score: float, first: str) -> None:
    found = answer(reader, question, make_hit(ENABLING, 1.0), make_hit(RULE, score, rank=2))
    assert found.citations[0].provision_id.endswith(first)


def test_parts_of_one_text_stand_in_its_own_order(reader: Reader) -> None:
    hit = make_hit(FINE, 0.9, make_score(1, 1.0), make_score(0, 0.9), rank=2)
    found = answer(reader, "Hva gjelder?", make_hit(RULE, 1.0), hit)
    assert [c.portion.path for c in found.citations if c.provision_id.endswith("§1-3")] == ["ledd/1", "ledd/2"]


def test_how_big_a_fine_may_be_is_told(reader: Reader) -> None:
    found = answer(reader, "Blir det gebyr?", make_hit(RULE, 1.0), make_hit(FINE, 0.9, rank=2))
    assert "50 badepenger" in found.text


@pytest.mark.parametrize(("question", "first"), [("Kan vi få bot?", "§1-3"), ("Hva sier regelen?", "§1-2")])
def test_a_sanction_that_is_asked_for_leads(reader: Reader, question: str, first: str) -> None:
    found = answer(reader, question, make_hit(RULE, 1.0), make_hit(FINE, 0.6, rank=2))
    assert found.citations[0].provision_id.endswith(first)


@pytest.mark.parametrize(("question", "first"), [("Blir det gebyr?", "ledd/1"), ("Når må gebyret betales?", "ledd/2")])
def test_that_a_fine_may_be_given_stands_before_when_it_is_paid(reader: Reader, question: str, first: str) -> None:
    found = answer(reader, question, make_hit(FINE, 1.0, make_score(1, 1.0), make_score(0, 0.7)))
    assert found.citations[0].portion.path == first
