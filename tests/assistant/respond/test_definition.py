"""What a term means, with the provision behind it."""

import pytest

from assistant.answer import Outcome
from assistant.dialogue import Assistant
from corpus.document import Verdict
from corpus.library import Library
from tests.assistant.talk import ask

ACT = "lov/2005-06-17-62"


def definition(library: Library, term: str) -> str:
    return next(t.definition for t in library.glossary.terms if t.term == term)


@pytest.mark.parametrize(
    ("question", "term", "provision"),
    [
        pytest.param("hva er BHT?", "bedriftshelsetjeneste", f"{ACT}/§3-3", id="abbreviation"),
        pytest.param(
            "Hva er egentlig en bedriftshelsetjeneste?", "bedriftshelsetjeneste", f"{ACT}/§3-3", id="with a small word"
        ),
        pytest.param("Hva er et verneombud?", "verneombud", f"{ACT}/§6-1", id="with article"),
        pytest.param("hva betyr AMU", "arbeidsmiljøutvalg", f"{ACT}/§7-1", id="means"),
        pytest.param("Kva er internkontroll?", "internkontroll", "forskrift/1996-12-06-1127/§3", id="nynorsk"),
        pytest.param("what is a safety representative?", "verneombud", f"{ACT}/§6-1", id="english"),
        pytest.param("hva er tvangsmulkt", "tvangsmulkt", f"{ACT}/§18-7", id="sanction"),
        pytest.param("forklar AMU", "arbeidsmiljøutvalg", f"{ACT}/§7-1", id="explain"),
        pytest.param("hva står AMU for?", "arbeidsmiljøutvalg", f"{ACT}/§7-1", id="stands for"),
        pytest.param("hva er verneombut?", "verneombud", f"{ACT}/§6-1", id="misspelt"),
    ],
)
def test_a_term_is_defined_with_its_provision(
    bare: Assistant, library: Library, question: str, term: str, provision: str
) -> None:
    answer = ask(bare, question)
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, None)
    assert definition(library, term) in answer.text
    assert provision in {c.provision_id for c in answer.citations}


def test_two_terms_are_set_against_each_other(bare: Assistant, library: Library) -> None:
    answer = ask(bare, "Hva er forskjellen på tvangsmulkt og overtredelsesgebyr?")
    assert definition(library, "tvangsmulkt") in answer.text
    assert definition(library, "overtredelsesgebyr") in answer.text
    assert {f"{ACT}/§18-7", f"{ACT}/§18-10"} <= {c.provision_id for c in answer.citations}


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Hva er fristen for å klage på BHT?", id="something about it"),
        pytest.param("Hva er kravene til et verneombud i byggebransjen?", id="demands on it"),
        pytest.param("Hva er straffen for å mangle verneombud?", id="a penalty"),
        pytest.param("Hvem er verneombud?", id="who"),
        pytest.param("Hva er aml § 6-1?", id="an address"),
        pytest.param("Hva er en krokodille?", id="no term"),
    ],
)
def test_a_question_for_more_than_the_meaning_is_not_defined(bare: Assistant, library: Library, question: str) -> None:
    answer = ask(bare, question)
    assert [term.term for term in library.glossary.terms if term.definition in answer.text] == []


def test_a_definition_is_never_a_verdict(bare: Assistant, library: Library) -> None:
    """Nor an error, for any term of the glossary, and what is defined cites a provision in force"""
    for term in library.glossary.terms:
        answer = ask(bare, f"Hva er {term.term}?")
        assert answer.verdict in {None, Verdict.DEPENDS}, term.term
        assert all(library.find(c.provision_id).repealed is None for c in answer.citations), term.term
