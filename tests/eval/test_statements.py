"""What was read by hand against a provision: found by it, and by it alone."""

import pytest

from eval.statements import is_rightly_listed, statements_of

VERNEOMBUD = "lov/2005-06-17-62/§6-1"


def test_a_definition_a_rule_and_a_next_step_belong_to_their_provision() -> None:
    said = " ".join(statements_of("lov/2005-06-17-62/§3-3"))
    assert "Antall ansatte avgjør aldri om virksomheten må ha bedriftshelsetjeneste." in said
    assert "Ja, dere må ha godkjent bedriftshelsetjeneste." in said
    assert "Bare de som har færre enn 5 arbeidstakere, kan avtale noe annet" in " ".join(statements_of(VERNEOMBUD))


def test_a_sentence_for_so_many_employees_holds_for_its_band() -> None:
    few, many = (" ".join(statements_of(VERNEOMBUD, frozenset({n}))) for n in ("3", "8"))
    assert "men dere er 3, altså færre enn 5 arbeidstakere" in few
    assert "Dere er 8, og fra 5 arbeidstakere" in many
    assert "altså færre enn 5" not in many


def test_an_unknown_provision_has_none() -> None:
    assert statements_of("lov/1999-01-02-9002/§1-1", frozenset({"8"})) == ()


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("På lista står 96.210 Frisering og barbering.", True),
        ("Utenfor lista står 96.220 Skjønnhetspleie; 62.100.", True),
        ("På lista står 96.220 Skjønnhetspleie.", False),
        ("Utenfor lista står 96.220 Skjønnhetspleie; 96.210 Frisering og barbering.", False),
        ("Næringskode 62.100 står ikke på lista i § 13-1, så risikoen hos dere avgjør, og dere nevner nattarbeid eller skift.", True),
        ("Næringskode 96.210 står ikke på lista i § 13-1, så risikoen hos dere avgjør, og dere nevner nattarbeid eller skift.", False),
        ("Næringskode 62.100 står ikke på lista i § 13-1, så risikoen hos dere avgjør, og dere nevner dårlig kaffe.", False),
        ("Næringskode 96.02 kan høre til flere næringskoder.", True),
        ("«Vi er 8 utviklere» kan høre til flere næringskoder.", True),
        ("«Vi er 17 utviklere» kan høre til flere næringskoder.", False),
    ],
)  # fmt: skip
def test_what_is_said_of_choices_and_risks_is_checked_against_the_list(sentence: str, right: bool) -> None:
    assert is_rightly_listed(sentence, "", "Vi er 8 utviklere. Må vi ha BHT?") is right
