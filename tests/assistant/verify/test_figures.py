"""The figures of a sentence against those of its evidence."""

import pytest

from assistant.verify.figures import Side, missing_figure, read_figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Verneombudet velges for to år og må ta et kurs på 40 timer.", [("2", "år"), ("40", "time")]),
        ("mellom 20 og 50 ansatte", [("20–50", "person")]),
        ("nr. 4 til nr. 8 i andre ledd", [("4–8", "nr")]),
        ("1–3 år", [("1–3", "år")]),
        ("over 10 000 kroner", [("10000", "kroner")]),
        ("§ 13-1 andre ledd gjelder fra 1. januar 2024 [1]", [("2024-01-01", "dato")]),
        ("koden 96.210", [("96.210", "kode")]),
        ("10.000 kroner", [("10000", "kroner")]),
        ("klokken ni om kvelden", [("21", "kl")]),
        ("mer enn fem og en halv time", [("5,5", "time")]),
        ("innen en uke", [("1", "uke")]),
        ("med en gang", []),
        ("Et verneombud kan stanse en jobb", []),
        ("78 % i 2025", [("78", "prosent"), ("2025", "dato")]),
    ],
)
def test_figures_are_read_with_what_they_count(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(figure.value, figure.unit) for figure in read_figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("over 30 ansatte", Side.ABOVE),
        ("minst 30 ansatte", Side.FROM),
        ("30 ansatte eller flere", Side.FROM),
        ("under 30 ansatte", Side.BELOW),
        ("inntil 30 dager", Side.UP_TO),
        ("30 dager", None),
        ("når de er under 15, og 30 dager", None),
    ],
)
def test_the_side_that_is_meant_is_read(text: str, side: Side | None) -> None:
    assert read_figures(text)[-1].side is side


@pytest.mark.parametrize(
    ("claim", "evidence", "missing"),
    [
        pytest.param("Fristen er 3 uker.", "Klagefristen er 3 uker.", None, id="the same"),
        pytest.param("Fristen er tre uker.", "Klagefristen er 3 uker.", None, id="in words"),
        pytest.param("Fristen er 21 dager.", "Klagefristen er 3 uker.", None, id="as long"),
        pytest.param("Pausen er 30 minutter.", "Pausen varer minst en halv time.", None, id="half an hour"),
        pytest.param("Fristen er 4 uker.", "Klagefristen er 3 uker.", "4", id="another number"),
        pytest.param("Fristen er 3 dager.", "Klagefristen er 3 uker.", "3", id="another unit"),
        pytest.param("Over 30 ansatte.", "Færre enn 30 ansatte.", "30", id="the other side"),
        pytest.param("Minst 11 ansatte.", "Mer enn 10 ansatte.", None, id="the same limit of people"),
        pytest.param("Minst 10 ansatte.", "Mer enn 10 ansatte.", "10", id="one too few"),
        pytest.param("16 arbeidsdager.", "16 kalenderdager.", "16", id="another kind of day"),
        pytest.param("2–3 år.", "1–3 år, oftest 1–2 år.", "2–3", id="another range"),
        pytest.param("Fra 2024.", "Gjelder fra 1. januar 2024.", None, id="the year of a date"),
        pytest.param("Fra 1. februar 2024.", "Gjelder fra 1. januar 2024.", "2024-02-01", id="another day"),
        pytest.param("Gjelder § 3-3.", "Ingen tall.", None, id="an address is no figure"),
    ],
)
def test_a_figure_must_stand_in_the_evidence(claim: str, evidence: str, missing: str | None) -> None:
    found = missing_figure(claim, [evidence])
    assert (found.value if found else None) == missing


def test_the_askers_own_number_may_be_said_of_them_alone() -> None:
    own = "Vi er 7 ansatte"
    assert missing_figure("Dere er 7 ansatte.", ["Hver virksomhet."], own) is None
    assert missing_figure("Plikten gjelder fra 7 ansatte.", ["Hver virksomhet."], own) is not None
