"""The tab Sykefravær: the sum, its chart, and the days to keep."""

from datetime import date

import pytest

from assistant.page.tabs import texts
from assistant.page.tabs.absence import count_days, reckon, render_cost_form
from assistant.page.tabs.form import FormError
from corpus.library import Library
from tests.assistant.page.tabs.filled import fill, text_of

TODAY = date(2026, 11, 22)
GIVEN = {"employees": "50", "daily_cost": "1 750", "rate": "6,5", "workdays": "230"}


def test_the_sum_is_right_and_shown_with_its_formula(library: Library) -> None:
    """50 employees, 1,750 kr, 230 days, 6.5 % and 4 %: reckoned by hand"""
    html = reckon(fill(**GIVEN, target="4"), library, TODAY)
    told = text_of(html)
    for figure in ("1 308 125 kr", "805 000 kr", "503 125 kr"):
        assert figure in told
    assert "50 ansatte × 230 arbeidsdager × 6,5 % × 1 750 kr" in told
    assert texts.SAVED in told


def test_the_chart_has_words_too(library: Library) -> None:
    """Who cannot see it hears it"""
    html = reckon(fill(**GIVEN, target="4"), library, TODAY)
    assert 'role="img"' in html
    assert "Nå, 6,5 %: 1 308 125 kr" in html.split('aria-label="')[1].split('"')[0]


def test_no_target_is_a_cost_and_no_saving(library: Library) -> None:
    """Only what was asked for is shown"""
    told = text_of(reckon(fill(**GIVEN), library, TODAY))
    assert texts.COST_NOW in told
    assert texts.SAVED not in told


def test_a_higher_target_costs_more(library: Library) -> None:
    """Nothing is called saved that is lost"""
    told = text_of(reckon(fill(**GIVEN, target="8"), library, TODAY))
    assert texts.DEARER in told
    assert texts.SAVED not in told
    assert "−" not in told.split(texts.FORMULA)[0]


def test_the_employer_period_has_its_rule_and_is_only_split_by_the_user_s_share(library: Library) -> None:
    """The rule is quoted always; the split is the user's own number"""
    without = text_of(reckon(fill(**GIVEN), library, TODAY))
    assert "folketrygdloven § 8-19" in without
    assert texts.IN_PERIOD not in without
    with_share = text_of(reckon(fill(**GIVEN, employer_share="40"), library, TODAY))
    assert f"{texts.IN_PERIOD} 523 250 kr" in with_share


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("employees", ""),
        ("employees", "mange"),
        ("daily_cost", "0"),
        ("rate", "140"),
        ("target", "-1"),
        ("workdays", "400"),
        ("employer_share", "101"),
    ],
)
def test_a_figure_that_cannot_be_used_is_told_at_its_field(name: str, value: str, library: Library) -> None:
    """The sentence stands beside the figure it is about"""
    with pytest.raises(FormError) as caught:
        reckon(fill(**(GIVEN | {name: value})), library, TODAY)
    assert list(caught.value.problems) == [name]


def test_the_days_are_counted(library: Library) -> None:
    """4, 7 and 26 weeks after 2 November 2026"""
    told = text_of(count_days(fill(sick_since="02.11.2026", sick_leave="helt"), library, TODAY))
    for day in ("30. november 2026", "21. desember 2026", "3. mai 2027"):
        assert day in told
    assert texts.PASSED not in told


def test_a_day_that_has_passed_is_said_to_have(library: Library) -> None:
    """Nobody plans for yesterday"""
    told = text_of(count_days(fill(sick_since="05.10.2026", sick_leave="helt"), library, TODAY))
    assert f"2. november 2026 ({texts.PASSED})" in told


@pytest.mark.parametrize(
    ("day", "told"),
    [("", texts.SICK_SINCE_NEEDED), ("40.01.2026", texts.NOT_A_DATE), ("01.12.2026", texts.SICK_SINCE_AHEAD)],
)
def test_a_day_that_cannot_be_used_is_told(day: str, told: str, library: Library) -> None:
    """Missing, impossible, or ahead"""
    with pytest.raises(FormError) as caught:
        count_days(fill(sick_since=day), library, TODAY)
    assert caught.value.problems == {"sick_since": told}


def test_the_workdays_are_filled_in() -> None:
    """The one figure that has a usual value can be changed"""
    assert 'name="workdays"' in render_cost_form()
    assert 'value="230"' in render_cost_form()
