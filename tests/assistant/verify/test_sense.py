"""Which way a sentence points: whom it names, and the words that leave no exception."""

import pytest

from assistant.verify.sense import missing_absolute, names_another, without_actors

RULE = "Badetilsynet skal når som helst slippe inn på alle badene."


@pytest.mark.parametrize(
    ("claim", "evidence", "word"),
    [
        ("Badetilsynet skal slippe inn uansett størrelse.", RULE, "uansett"),
        ("Badetilsynet skal alltid slippe inn.", RULE, ""),
        ("Plikten gjelder uansett hvor mange gjester det er.", "Plikten avhenger ikke av antall gjester.", ""),
        ("Plikten gjelder uansett.", "Plikten gjelder alle virksomheter.", ""),
    ],
)
def test_a_word_without_exception_is_carried_by_one_of_its_own_kind(claim: str, evidence: str, word: str) -> None:
    assert missing_absolute(claim, evidence, evidence) == word


@pytest.mark.parametrize(
    ("claim", "original", "is_another"),
    [
        ("Nav gjør oppgavene i arbeidstiden.", "Verneombudet gjør oppgavene i arbeidstiden.", True),
        ("Navs liste har støy.", "Arbeidstilsynets liste har støy.", True),
        ("Verneombudet gjør oppgavene i arbeidstiden.", "Verneombudet gjør oppgavene i arbeidstiden.", False),
        ("Dere skal gi opplæring.", "Arbeidsgiveren skal gi opplæring.", False),
    ],
)
def test_a_copy_with_another_doer_names_another(claim: str, original: str, is_another: bool) -> None:
    assert names_another(claim, original) is is_another
    assert not without_actors(original).strip().lower().startswith(("verneombud", "arbeidstilsyn", "arbeidsgiver"))
