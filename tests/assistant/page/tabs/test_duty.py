"""The tab BHT-sjekk: from what is filled in to what is shown."""

import re
from datetime import date
from html import escape

import pytest

from assistant.duty.company import RegisteredCompany
from assistant.duty.industry import UNKNOWN_CODE, read_code
from assistant.page.tabs import texts
from assistant.page.tabs.duty import check, render_form
from assistant.page.tabs.form import Fields, FormError
from assistant.register.errors import NotFoundError
from corpus.library import Library
from corpus.risks import find_risks, read_risks
from tests.assistant.page.tabs.filled import answer, fill, text_of

TODAY = date(2026, 11, 22)
COMPANY = RegisteredCompany(
    name="Eksempel AS", main=(read_code("96.210"),), side=(), employees=4, warnings=("Fra registeret.",)
)


def result(fields: Fields, library: Library) -> str:
    return check(fields, library, lambda orgnr: COMPANY, TODAY)


def verdict(html: str) -> tuple[str, str]:
    match = re.search(r'<h3 [^>]*class="verdict verdict-(\w+)">([^<]+)</h3>', html)
    assert match
    return match[1], match[2]


def problems(fields: Fields, library: Library) -> dict[str, str]:
    with pytest.raises(FormError) as caught:
        result(fields, library)
    return caught.value.problems


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"industry": "frisørsalong"}, ("ja", "Ja")),
        ({"industry": "regnskapskontor"}, ("nei", "Ikke automatisk")),
        ({"code": "96.02"}, ("avhenger", "Det kommer an på")),
        ({"industry": "frisørsalong", "employees": "0"}, ("nei", "Nei")),
        ({"industry": "frisørsalong", "owner_only": "1"}, ("avhenger", "Det kommer an på")),
        ({"code": "03.110"}, ("nei", "Nei")),
    ],
)
def test_the_verdict_is_in_words_that_cannot_be_misread(
    values: dict[str, str], expected: tuple[str, str], library: Library
) -> None:
    """A bare "Nei" only where the act does not apply"""
    assert verdict(result(fill(**values), library)) == expected


def test_the_row_and_its_quote_are_shown(library: Library) -> None:
    """The row that decides, and the citation as the talk's panel shows it"""
    html = result(fill(industry="frisørsalong"), library)
    assert '<span class="code">96.21</span><span>Frisering og barbering</span>' in html
    assert 'class="source"' in html
    assert '<mark data-n="1">' in html
    assert "22. november 2026" in html
    assert "Neste steg" in text_of(html)


def test_the_condition_is_asked_with_buttons_and_settled_by_them(library: Library) -> None:
    """Yes puts the company on the list, no leaves it to the risk, and the answer can be changed"""
    values = {"code": "32.300"}
    asked = result(fill(**values), library)
    assert verdict(asked)[0] == "avhenger"
    assert re.findall(r'name="condition" value="(\w+)"', asked) == ["ja", "nei"]
    yes = result(answer(**values, condition="ja"), library)
    no = result(answer(**values, condition="nei"), library)
    assert (verdict(yes)[0], verdict(no)[0]) == ("ja", "nei")
    assert texts.CONDITION_ANSWERED[True] in text_of(yes)
    assert texts.CONDITION_ANSWERED[False] in text_of(no)
    assert '<input type="hidden" form="duty-form" name="condition" value="nei">' in no
    changed = result(answer(("condition", ""), ("condition", "nei"), **values), library)
    assert verdict(changed) == verdict(asked)


def test_a_split_code_is_chosen_with_a_button(library: Library) -> None:
    """Each choice says what it would mean, and choosing one decides"""
    html = result(fill(code="96.02"), library)
    choices = re.findall(r'name="choice" value="([\d.]+)">([^<]+)<', html)
    assert [code for code, _ in choices] == ["96.210", "96.220"]
    assert choices[0][1].endswith("– på lista")
    assert choices[1][1].endswith("– ikke på lista")
    assert verdict(result(answer(code="96.02", choice="96.210"), library))[0] == "ja"
    assert verdict(result(answer(code="96.02", choice="96.220"), library))[0] == "nei"


def test_a_code_that_meant_something_else_is_asked_about(library: Library) -> None:
    """The old standard gives another verdict: a button for each, and an answer settles it"""
    html = result(fill(code="47.300"), library)
    assert re.findall(r'name="vintage" value="(\d+)"', html) == ["2025", "2007"]
    assert "SN2007" in text_of(html)
    new, old = (result(answer(code="47.300", vintage=year), library) for year in ("2025", "2007"))
    assert 'name="vintage" value="2025">' in new
    assert '<button type="submit" form="duty-form" name="vintage"' not in new
    assert (verdict(new)[0], verdict(old)[0]) == ("nei", "avhenger")


def test_the_standard_is_still_asked_about_when_a_condition_was_answered(library: Library) -> None:
    """One answer does not hide the other question"""
    html = result(answer(code="32.300", condition="ja"), library)
    assert texts.CHANGE_ANSWER in html
    assert re.findall(r'name="vintage" value="(\d+)"', html) == ["2025", "2007"]
    settled = result(answer(code="32.300", condition="ja", vintage="2025"), library)
    assert verdict(settled)[0] == "ja"
    assert '<button type="submit" form="duty-form" name="vintage"' not in settled


@pytest.mark.parametrize("risk", read_risks(), ids=lambda risk: risk.risk_id)
def test_each_ticked_risk_makes_it_depend(risk, library: Library) -> None:  # type: ignore[no-untyped-def]
    """Every box of the checklist counts, stays ticked, and is named among the grounds"""
    html = result(answer(industry="regnskapskontor", risk=risk.risk_id), library)
    assert verdict(html)[0] == "avhenger"
    assert f'value="{risk.risk_id}" checked>' in html
    assert f"<li>{escape(risk.name)}</li>" in html


def test_the_checklist_is_only_there_where_risk_decides(library: Library) -> None:
    """On the list it would confuse; off it every question is asked"""
    assert texts.RISKS not in result(fill(industry="frisørsalong"), library)
    html = result(fill(industry="regnskapskontor"), library)
    assert html.count('name="risk"') == len(read_risks())
    assert " checked" not in html


def test_the_main_button_starts_anew(library: Library) -> None:
    """Answers given about another company do not follow along"""
    html = result(fill(("risk", "smitte"), industry="regnskapskontor", choice="96.210", condition="ja"), library)
    assert verdict(html)[0] == "nei"
    assert "checked" not in html


def test_the_register_is_only_asked_when_the_box_is_ticked(library: Library) -> None:
    """No tick, no request; with it the register's code decides"""
    asked: list[str] = []

    def look_up(orgnr: str) -> RegisteredCompany:
        asked.append(orgnr)
        return COMPANY

    with pytest.raises(FormError) as caught:
        check(fill(orgnr="974 760 673"), library, look_up, TODAY)
    assert caught.value.problems == {"orgnr": texts.ONLINE_NEEDED}
    assert asked == []
    html = check(fill(orgnr="974 760 673", online="1", industry="regnskap"), library, look_up, TODAY)
    assert asked == ["974 760 673"]
    assert verdict(html)[0] == "ja"
    assert "Fra registeret." in html


def test_what_is_said_decides_where_the_register_does_not_know(library: Library) -> None:
    """The code for unknown is no answer"""
    unknown = RegisteredCompany(name="X", main=(read_code(UNKNOWN_CODE),), side=(), employees=None, warnings=())
    fields = fill(orgnr="974760673", online="1", industry="frisørsalong")
    assert verdict(check(fields, library, lambda orgnr: unknown, TODAY))[0] == "ja"


def test_a_problem_of_the_register_stands_at_the_number(library: Library) -> None:
    """Not found, down or no number: at the field, with the remedy"""

    def look_up(orgnr: str) -> RegisteredCompany:
        raise NotFoundError("Finnes ikke. Sjekk nummeret.")

    with pytest.raises(FormError) as caught:
        check(fill(orgnr="974760673", online="1"), library, look_up, TODAY)
    assert caught.value.problems == {"orgnr": "Finnes ikke. Sjekk nummeret."}
    with pytest.raises(FormError) as caught:
        check(fill(orgnr="974760673", online="1"), library, None, TODAY)
    assert caught.value.problems == {"orgnr": texts.NO_REGISTER}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "industry"),
        ({"industry": "   "}, "industry"),
        ({"industry": "qwzx"}, "industry"),
        ({"code": "99.99999"}, "code"),
        ({"code": "abc"}, "code"),
        ({"industry": "frisør", "employees": "mange"}, "employees"),
        ({"industry": "frisør", "employees": "-1"}, "employees"),
    ],
)
def test_bad_input_is_told_at_its_field(values: dict[str, str], field: str, library: Library) -> None:
    """One sentence, beside what is wrong"""
    assert list(problems(fill(**values), library)) == [field]


def test_what_users_write_is_escaped(library: Library) -> None:
    """A description cannot put tags into the result"""
    html = result(fill(industry="frisør <img src=x onerror=alert(1)>"), library)
    assert "<img" not in html
    assert find_risks("frisør <img>") == ()


def test_the_form_says_that_the_register_is_outside() -> None:
    """The tick names what is sent and to whom"""
    assert "sender org.nr til brreg.no" in render_form()
