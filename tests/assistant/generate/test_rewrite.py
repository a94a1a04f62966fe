"""A follow-up as a model puts it: taken only when it asks the same."""

import pytest

from assistant.answer import Turn
from assistant.generate.rewrite import is_faithful

TALK = (
    Turn(role="user", content="Må vi ha verneombud når vi er 7 ansatte?"),
    Turn(role="assistant", content="Ja. Hver virksomhet skal ha valgt verneombud etter arbeidsmiljøloven § 6-1."),
)


@pytest.mark.parametrize(
    ("asked", "rewritten", "expected"),
    [
        pytest.param("Hvor lenge sitter det?", "Hvor lenge sitter verneombudet?", True, id="a pronoun"),
        pytest.param("Og med 4 ansatte?", "Må vi ha verneombud med 4 ansatte?", True, id="a number of the question"),
        pytest.param("Og da?", "Må vi ha verneombud når vi er 50 ansatte?", False, id="a number of its own"),
        pytest.param("Hva sier § 6-1?", "Hva sier arbeidsmiljøloven § 7-1?", False, id="another section"),
        pytest.param("Slipper vi det?", "Slipper vi å ha verneombud?", True, id="the same sense"),
        pytest.param("Må vi ha det?", "Må vi ikke ha verneombud?", False, id="turned round"),
        pytest.param("Hvor lenge sitter det?", "Hvor mye koster en advokat i Oslo sentrum?", False, id="another subject"),
        pytest.param("Hvor lenge sitter det?", "", False, id="nothing"),
        pytest.param("Hvor lenge sitter det?", "Verneombud. " * 60, False, id="too long"),
        pytest.param("Hvor lenge sitter det?", "How long is the safety representative elected for?", False, id="English"),
    ],
)  # fmt: skip
def test_a_rewriting_is_taken_only_when_it_asks_the_same(asked: str, rewritten: str, expected: bool) -> None:
    assert (
        is_faithful(rewritten, asked, TALK, frozenset({"lov/2005-06-17-62/§6-1", "lov/2005-06-17-62/§7-1"})) is expected
    )
