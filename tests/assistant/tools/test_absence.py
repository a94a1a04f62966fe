"""What sick leave costs: hand-computed sums, how figures are read, what is said of those that cannot be used, and the command."""

import argparse
import json
import xml.etree.ElementTree as ET
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.cli import absence as command
from assistant.cli.parser import Parser
from assistant.tools.absence import (
    AbsenceCost,
    AbsenceInput,
    AbsenceInputError,
    Field,
    compute_absence,
    draw_chart,
    format_kroner,
    format_number,
    read_figure,
    round_kroner,
    show_formula,
)
from corpus.library import Library

GOLDEN = {Field.EMPLOYEES: "50", Field.DAILY_COST: "1750", Field.RATE: "6,5", Field.TARGET: "4"}


def compute(**changes: str) -> AbsenceCost:
    return compute_absence(AbsenceInput.read(GOLDEN | {Field(name): text for name, text in changes.items()}))


def test_the_golden_case() -> None:
    cost = compute()
    assert cost.at_target
    assert cost.saved
    # 50 × 230 = 11 500 workdays; 6.5 % are 747.5 and 4 % are 460 days of absence; × 1 750 kr.
    assert (cost.now.value, cost.at_target.value, cost.saved.value) == (1_308_125, 805_000, 503_125)
    # 10 % on the daily cost: 503 125 × 0.9 and × 1.1
    assert (cost.saved.low, cost.saved.high) == (Decimal("452812.5"), Decimal("553437.5"))
    assert not cost.has_own_range


def test_the_formula_is_shown_with_the_users_figures() -> None:
    assert show_formula(compute(workdays="220")) == (
        "Nå: 50 ansatte × 220 arbeidsdager × 6,5 % × 1 750 kr = 1 251 250 kr",
        "Ved 4 %: 50 ansatte × 220 arbeidsdager × 4 % × 1 750 kr = 770 000 kr",
        "Spart: 1 251 250 kr − 770 000 kr = 481 250 kr",
    )


def test_a_range_of_the_users_is_the_range_of_the_answer() -> None:
    cost = compute(daily_cost="1500-2500", rate="6-7")
    assert cost.saved
    # 11 500 × 6 % × 1 500 and 11 500 × 7 % × 2 500; saved 2 % at 1 500 and 3 % at 2 500
    assert (cost.now.low, cost.now.high) == (1_035_000, 2_012_500)
    assert (cost.saved.low, cost.saved.high) == (345_000, 862_500)
    assert cost.has_own_range
    assert "Spart, høyest: 50 ansatte × 230 arbeidsdager × 3 % × 2 500 kr = 862 500 kr" in show_formula(cost)


def test_a_target_above_the_rate_costs_more() -> None:
    cost = compute(target="8")
    assert cost.saved
    # 11 500 × (6.5 − 8) % × 1 750
    assert cost.saved.value == -301_875
    assert cost.saved.low < cost.saved.value < cost.saved.high


def test_a_range_may_go_both_ways() -> None:
    saved = compute(rate="4-5", target="4,5").saved
    assert saved
    # 11 500 × ∓0.5 % × 1 750
    assert (saved.low, saved.high) == (-100_625, 100_625)


def test_the_employer_period_is_only_split_out_by_a_share_of_the_users() -> None:
    assert compute().in_employer_period is None
    part = compute(employer_share="40").in_employer_period
    assert part
    assert part.value == 523_250  # 40 % of 1 308 125


def test_thirds_of_kroner_are_exact() -> None:
    # 0.1 + 0.2 in binary is not 0.3: 1 × 230 × 0.3 % × 0.1 kr is 0.069 kr, exactly.
    cost = compute(employees="1", daily_cost="0,1", rate="0,3", target="0,2")
    assert cost.now.value == Decimal("0.069")
    assert cost.saved
    assert cost.saved.value == Decimal("0.023")


@pytest.mark.parametrize(
    ("field", "text", "low", "high"),
    [
        (Field.DAILY_COST, "1 750", "1750", "1750"), (Field.DAILY_COST, "1.750 kr", "1750", "1750"), (Field.DAILY_COST, "1\u00a0750", "1750", "1750"),
        (Field.DAILY_COST, "kr 1.750,-", "1750", "1750"), (Field.DAILY_COST, "1,750", "1750", "1750"), (Field.DAILY_COST, "1750,50", "1750.5", "1750.5"),
        (Field.DAILY_COST, "1.750,50", "1750.5", "1750.5"), (Field.DAILY_COST, "12.5", "12.5", "12.5"), (Field.DAILY_COST, "1500-2500", "1500", "2500"),
        (Field.DAILY_COST, "1 500 – 2 500 kr per dag", "1500", "2500"), (Field.DAILY_COST, "2500 til 1500", "1500", "2500"),
        (Field.RATE, "6,5", "6.5", "6.5"), (Field.RATE, "6.5 %", "6.5", "6.5"), (Field.RATE, "6.125", "6.125", "6.125"), (Field.RATE, "6 %-7 %", "6", "7"),
        (Field.TARGET, "0", "0", "0"), (Field.RATE, "ca. 6 prosent", "6", "6"), (Field.EMPLOYEES, "1.750", "1750", "1750"),
        (Field.EMPLOYEES, "12,5 årsverk", "12.5", "12.5"), (Field.EMPLOYEES, "1 000 000", "1000000", "1000000"), (Field.RATE, "100", "100", "100"),
    ],
)  # fmt: skip
def test_figures_are_read_as_norwegians_write_them(field: Field, text: str, low: str, high: str) -> None:
    found = read_figure(field, text)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        (Field.DAILY_COST, "mye", "«mye» er ikke et tall"), (Field.RATE, "", "mangler"), (Field.RATE, "-1", "mindre enn 0"), (Field.RATE, "−1 %", "mindre enn 0"),
        (Field.RATE, "100,1", "over 100"), (Field.TARGET, "650", "over 100"), (Field.EMPLOYEES, "0", "er 0"), (Field.RATE, "0", "er 0"),
        (Field.DAILY_COST, "0", "er 0"), (Field.WORKDAYS, "0", "er 0"), (Field.WORKDAYS, "367", "over 366"), (Field.EMPLOYEES, "1000001", "ikke kroner"),
        (Field.EMPLOYEES, "9" * 40, "over 1 000 000"), (Field.EMPLOYEES, "9" * 5000, "ikke et tall"), (Field.DAILY_COST, "550 000", "én dag"),
        (Field.EMPLOYEES, "5-6", "ett tall"), (Field.RATE, "1-2-3", "ikke et tall"), (Field.RATE, "NaN", "ikke et tall"),
        (Field.RATE, "1e1", "ikke et tall"), (Field.RATE, "٣", "ikke et tall"), (Field.EMPLOYER_SHARE, "101", "over 100"),
    ],
)  # fmt: skip
def test_a_figure_that_cannot_be_used_is_told_with_what_to_do(field: Field, text: str, told: str) -> None:
    with pytest.raises(AbsenceInputError) as caught:
        read_figure(field, text)
    assert caught.value.field is field
    assert told in str(caught.value)
    assert "Skriv " in str(caught.value)
    assert len(str(caught.value)) < 300


def test_input_made_in_code_is_checked_too() -> None:
    good = AbsenceInput.read(GOLDEN)
    with pytest.raises(AbsenceInputError):
        AbsenceInput(employees=Decimal(0), daily_cost=good.daily_cost, rate=good.rate)


@pytest.mark.parametrize(
    ("amount", "exact", "rounded"),
    [("1308125", "1 308 125 kr", "1 300 000 kr"), ("100.5", "100,50 kr", "100 kr"), ("-301875", "−301 875 kr", "−300 000 kr"),
     ("0", "0 kr", "0 kr"), ("999999", "999 999 kr", "1 000 000 kr"), ("7.25", "7,25 kr", "7 kr"), ("1000", "1 000 kr", "1 000 kr")],
)  # fmt: skip
def test_kroner_are_written_the_norwegian_way(amount: str, exact: str, rounded: str) -> None:
    assert format_kroner(Decimal(amount)) == exact
    assert round_kroner(Decimal(amount)) == rounded


def test_a_number_has_a_decimal_comma_and_no_empty_decimals() -> None:
    assert [format_number(Decimal(n)) for n in ("6.50", "1E+3", "-4")] == ["6,5", "1 000", "−4"]


@pytest.mark.parametrize("changes", [{}, {"target": "8"}, {"target": "0"}, {"target": ""}, {"daily_cost": "1500-2500"}])
def test_the_chart_has_a_title_and_a_bar_with_its_number_for_each_cost(changes: dict[str, str]) -> None:
    cost = compute(**changes)
    image = ET.fromstring(draw_chart(cost))
    names = [element.tag.split("}")[1] for element in image]
    bars = [float(e.attrib["width"]) for e in image if e.tag.endswith("rect")]
    assert image.attrib["role"] == "img"
    assert "title" in names
    assert len(bars) == 1 + (cost.at_target is not None)
    assert max(bars) == 480
    told = [e.text or "" for e in image if e.tag.endswith("text")][1:]
    assert all(text in image.attrib["aria-label"] and text.endswith(" kr") for text in told)


# --- The command -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home."""
    monkeypatch.setenv("BHT_HOME", str(tmp_path))
    return tmp_path


def run_command(*words: str) -> int:
    parser = Parser(prog="bht absence")
    for name in ("employees", "daily-cost", "rate", "target"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--workdays", default="230")
    parser.add_argument("--employer-share")
    parser.add_argument("--json", action="store_true")
    arguments: argparse.Namespace = parser.parse_args(words)
    return command.run(arguments)


WORDS = ("--employees", "50", "--daily-cost", "1 750", "--rate", "6,5 %", "--target", "4")


def test_the_command_shows_the_formula_and_the_source(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(*WORDS, "--employer-share", "40") == 0
    written = capsys.readouterr().out
    assert "Spart: 1 308 125 kr − 805 000 kr = 503 125 kr" in written
    assert "523 250 kr" in written
    assert "[1] folketrygdloven § 8-19 første ledd" in written


def test_the_command_writes_json_with_an_exact_quote(
    home: Path, capsys: pytest.CaptureFixture[str], library: Library
) -> None:
    assert run_command(*WORDS, "--json") == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["cost_now"], row["cost_at_target"], row["saved"]) == (1_308_125, 805_000, 503_125)
    assert row["in_employer_period"] is None
    (citation,) = row["citations"]
    provision = library.find(citation["provision_id"])
    assert provision.text[citation["start"] : citation["end"]] == citation["quote"]
    assert "16 kalenderdager" in citation["quote"]


def test_the_command_refuses_what_it_cannot_use(home: Path) -> None:
    with pytest.raises(AbsenceInputError, match="over 100"):
        run_command(*WORDS[:4], "--rate", "650", "--target", "4")
