"""What was read by hand against a provision: found by it, and by it alone."""

from eval.statements import statements_of

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
