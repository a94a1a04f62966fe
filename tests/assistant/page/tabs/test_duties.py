"""The tab HMS-plikter: the list for a workplace."""

import re
from datetime import date

import pytest

from assistant.page.tabs import texts
from assistant.page.tabs.duties import check, render_form
from assistant.page.tabs.form import FormError
from assistant.tools.duties import list_duties
from assistant.tools.duties_workplace import Workplace
from corpus.duties import read_duties
from corpus.library import Library
from tests.assistant.page.tabs.filled import fill, text_of

TODAY = date(2026, 11, 22)


def test_the_list_is_the_tool_s_own(library: Library) -> None:
    """Every duty, in its group, with its state, deadline and rule"""
    html = check(fill(employees="34"), library, TODAY)
    items = list_duties(Workplace(employees=34), library)
    assert re.findall(r"<h5>(.+?) <span", html) == [item.title for item in items]
    assert html.count('<details class="rule">') == len(items)
    assert "fra 30 arbeidstakere" in text_of(html)
    assert f"{sum(i.verdict.value == 'ja' for i in items)} plikter gjelder" in text_of(html)
    for group in {item.group for item in items}:
        assert f"<h4>{group}</h4>" in html


def test_quotes_are_word_for_word(library: Library) -> None:
    """What stands behind "Se regelen" is the stored text"""
    html = text_of(check(fill(employees="5"), library, TODAY))
    evidence = next(i for i in list_duties(Workplace(employees=5), library) if i.duty_id == "verneombud").evidence
    for item in evidence:
        assert " ".join(item.quote.split()) in html


def test_what_is_ticked_brings_its_duties(library: Library) -> None:
    """Noise is asked about, and the list answers"""
    plain = check(fill(employees="5"), library, TODAY)
    noisy = check(fill(("fact", "støy"), employees="5"), library, TODAY)
    assert len(noisy) > len(plain)
    assert check(fill(("fact", "finnes ikke"), employees="5"), library, TODAY) == plain


def test_nobody_employed_is_said(library: Library) -> None:
    """The list is empty for a reason, and the reason has its rule"""
    html = check(fill(employees="0"), library, TODAY)
    assert "ingen ansatte" in text_of(html)
    assert "arbeidsmiljøloven § 1-2" in text_of(html)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"employees": "x"}, "employees"),
        ({"amu_count": "-4"}, "amu_count"),
        ({"industry": "qwzx"}, "industry"),
        ({"code": "00.00000"}, "code"),
    ],
)
def test_bad_input_is_told_at_its_field(values: dict[str, str], field: str, library: Library) -> None:
    """One sentence, beside what is wrong"""
    with pytest.raises(FormError) as caught:
        check(fill(**values), library, TODAY)
    assert list(caught.value.problems) == [field]


def test_the_way_to_the_duty_check_is_there_when_bht_depends(library: Library) -> None:
    """Where the list cannot say, the other tab can"""
    assert 'data-to-tab="bht-sjekk"' in check(fill(employees="9"), library, TODAY)
    assert "data-to-tab" not in check(fill(employees="9", industry="frisørsalong"), library, TODAY)


def test_every_fact_can_be_ticked(library: Library) -> None:
    """What the tool knows, the form asks"""
    html = render_form(library)
    for fact in read_duties(library.known).facts:
        assert f'value="{fact.fact_id}"' in html
    assert texts.DUTIES_SEND in html
