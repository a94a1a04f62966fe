"""Floors: what is below one is told, and none is ever lowered."""

from pathlib import Path

import pytest

from eval.errors import GateError
from eval.evaluate import CaseResult
from eval.gate import FLOORS, QUESTIONS, TARGETS, check_floors, holds_floor, raise_floors, read_floors, write_floors
from tests.eval.invented import with_values


@pytest.fixture
def cases() -> list[CaseResult]:
    """Ten questions: facts .9, forbidden .2, R@5 .5."""
    return with_values(
        {f"q{n}": {"facts": float(n > 0), "forbidden": float(n < 2), "R@5": float(n % 2)} for n in range(10)}
    )


@pytest.mark.parametrize(
    ("measure", "value", "floor", "held"),
    [
        pytest.param("facts", 0.9, 0.9, True, id="at the floor"),
        pytest.param("facts", 0.89996, 0.9, True, id="below by what is rounded away"),
        pytest.param("facts", 0.899, 0.9, False, id="below"),
        pytest.param("forbidden", 0.0, 0.0, True, id="as low as can be"),
        pytest.param("forbidden", 0.01, 0.0, False, id="too many of what should be few"),
        pytest.param("seconds", 0.1, 0.2, True, id="faster"),
        pytest.param("R@5", 0.96, 0.95, True, id="a measure of the search"),
        pytest.param("facts", float("nan"), 0.0, False, id="not measured"),
    ],
)
def test_a_floor_holds(measure: str, value: float, floor: float, held: bool) -> None:
    assert holds_floor(measure, value, floor) is held


def test_every_figure_is_shown_and_what_is_below_is_named(cases: list[CaseResult]) -> None:
    checked = check_floors(cases, {"facts": 0.9, "R@5": 0.6, "forbidden": 0.1, QUESTIONS: 10})
    assert not checked.is_ok
    assert len(checked.lines) == 4
    assert [line.split()[0] for line in checked.lines] == ["ok", "BRUDD", "BRUDD", "ok"]
    assert checked.below == ("Søk: nødvendige blant fem første (R@5)", "Påstander som ikke skal med, per svar")
    assert "0,500" in checked.lines[1]
    assert "gulv 0,600" in checked.lines[1]
    assert "tak 0,100" in checked.lines[2]


def test_all_above_is_ok(cases: list[CaseResult]) -> None:
    checked = check_floors(cases, {"facts": 0.8, "forbidden": 0.3})
    assert checked.is_ok
    assert checked.below == ()


def test_questions_that_went_away_are_below(cases: list[CaseResult]) -> None:
    assert check_floors(cases, {QUESTIONS: 11}).below == ("Antall spørsmål",)


def test_what_is_no_longer_measured_is_below(cases: list[CaseResult]) -> None:
    assert not check_floors(cases, {"verdict": 0.1}).is_ok


def test_floors_rise_to_what_is_measured_less_the_margin(cases: list[CaseResult]) -> None:
    raised = raise_floors(cases, {"facts": 0.5, "forbidden": 0.9, "R@5": 0.1, QUESTIONS: 3}, 0.02)
    # The target of facts is reached exactly, so no margin is left beneath it.
    assert raised == {"facts": 0.9, "forbidden": 0.22, "R@5": 0.48, QUESTIONS: 10}


def test_no_floor_is_lowered(cases: list[CaseResult]) -> None:
    floors = {"facts": 0.95, "forbidden": 0.1, "R@5": 0.9, "verdict": 0.7, QUESTIONS: 12}
    assert raise_floors(cases, floors, 0.02) == floors


def test_raised_floors_hold(cases: list[CaseResult]) -> None:
    assert check_floors(cases, raise_floors(cases, {}, 0.0)).is_ok


def test_the_first_floors_are_those_of_the_targets_that_are_measured(cases: list[CaseResult]) -> None:
    assert set(raise_floors(cases, {}, 0.02)) == {QUESTIONS, "facts", "forbidden", "R@5"}


def test_a_target_that_is_reached_leaves_no_margin() -> None:
    cases = with_values({f"q{n}": {"citation_validity": 1.0, "forbidden": 0.0} for n in range(3)})
    raised = raise_floors(cases, {"citation_validity": 0.5, "forbidden": 1.0}, 0.02)
    assert raised == {"citation_validity": TARGETS["citation_validity"], "forbidden": TARGETS["forbidden"]}


def test_floors_are_read_as_they_were_written(tmp_path: Path) -> None:
    floors = {"test": {"facts": 0.875, "R@5": 0.95, "R@5 (half for act)": 0.9}, 'egne "spørsmål"': {QUESTIONS: 120.0}}
    write_floors(tmp_path / "floors.toml", floors)
    assert read_floors(tmp_path / "floors.toml") == floors
    assert (tmp_path / "floors.toml").read_text(encoding="utf-8").startswith("#")


@pytest.mark.parametrize(
    ("text", "named"),
    [(None, "floors.toml"), ("[test", "floors.toml"), ("[test]\nflaks = 1", "flaks"), ("[test]\nlix = 40", "lix"), ("test = 1", "floors.toml"), ('[test]\nfacts = "mye"', "mye")],
    ids=["no file", "not TOML", "unknown measure", "a measure that only describes", "no table", "no number"],
)  # fmt: skip
def test_floors_that_cannot_be_read_are_told(tmp_path: Path, text: str | None, named: str) -> None:
    if text is not None:
        (tmp_path / "floors.toml").write_text(text, encoding="utf-8")
    with pytest.raises(GateError, match=named):
        read_floors(tmp_path / "floors.toml")


def test_the_floors_that_ship_are_for_the_test_half() -> None:
    if not FLOORS.is_file():
        pytest.skip("no floors yet")
    assert "test" in read_floors(FLOORS)
