"""What comes from the browser as fields, and what is said when it cannot be used."""

from datetime import date

import pytest

from assistant.errors import UsageError
from assistant.page.tabs import texts
from assistant.page.tabs.form import Fields, Form, FormError
from assistant.page.tabs.tool import answer
from corpus.errors import EmptyDocument
from tests.assistant.page.tabs.filled import fill


@pytest.mark.parametrize(
    "sent", [None, "", 7, {"fields": "x"}, {"fields": [1, ["a"], ["a", 2], [[], {}]]}, {"other": []}]
)
def test_whatever_is_no_field_is_left_out(sent: object) -> None:
    """The browser may send anything, and nothing of it is an error"""
    assert Fields.read(sent).values == {}


@pytest.mark.parametrize("rows", [[["a", "x"]] * 101, [["a", "x" * 5_001]]])
def test_more_than_a_form_holds_is_refused(rows: list[list[str]]) -> None:
    """Nobody sends the program a book through a text field"""
    with pytest.raises(FormError, match="Last siden på nytt"):
        Fields.read({"fields": rows})


@pytest.mark.parametrize(
    ("written", "expected"), [("", None), (" 7 ", 7), ("1 200", 1200), ("0", 0), ("1000000", 1_000_000)]
)
def test_a_whole_number_is_read_as_people_write_it(written: str, expected: int | None) -> None:
    """A gap between thousands is no mistake, and a blank is unknown, not zero"""
    fields = fill(employees=written)
    assert fields.whole("employees", 1_000_000) == expected
    assert fields.problems == {}


@pytest.mark.parametrize(
    ("written", "told"),
    [("sju", "«sju»"), ("-3", "fra 0 til"), ("2000000", "1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000"), ("7,5", "helt tall"), ("9" * 400, "fra 0")],
)  # fmt: skip
def test_a_number_that_cannot_be_used_is_told_at_its_field(written: str, told: str) -> None:
    """The sentence says what to write instead"""
    fields = fill(employees=written)
    assert fields.whole("employees", 1_000_000) is None
    with pytest.raises(FormError) as caught:
        fields.check()
    assert told in caught.value.problems["employees"]


@pytest.mark.parametrize("written", ["02.11.2026", "2.11.2026", "2. 11. 2026", "2026-11-02"])
def test_a_day_is_read_as_norwegians_write_it(written: str) -> None:
    """Day first, with or without zeros; the international form too"""
    assert fill(day=written).day("day") == date(2026, 11, 2)


@pytest.mark.parametrize("written", ["31.02.2026", "i går", "11/02/2026", "02.11.26"])
def test_a_day_that_does_not_exist_is_told_at_its_field(written: str) -> None:
    """An ambiguous or impossible day is never guessed"""
    fields = fill(day=written)
    assert fields.day("day") is None
    assert fields.problems == {"day": texts.NOT_A_DATE}


def test_every_field_has_a_label_and_names_its_hint_and_problem() -> None:
    """Screen readers hear what a field is for, and what is wrong with it"""
    html = Form("f").line("a", "Antall", "Et hint.")
    assert '<label for="f-a">Antall</label>' in html
    assert 'id="f-a" name="a" aria-describedby="f-a-hint f-a-problem"' in html
    assert 'id="f-a-hint"' in html
    assert 'id="f-a-problem"' in html


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (FormError({"code": "Koden <b> finnes ikke."}), '<p class="problem" data-field="code">Koden &lt;b&gt; finnes ikke.'),
        (UsageError("Skriv noe annet."), 'whole-problem" tabindex="-1" data-focus>Skriv noe annet.'),
        (EmptyDocument("Fila er tom."), "Fila er tom."),
        (RuntimeError("/hemmelig/sti"), texts.UNEXPECTED),
    ],
)  # fmt: skip
def test_whatever_goes_wrong_is_a_sentence(error: Exception, told: str) -> None:
    """Never a traceback, a path or a tag of somebody's"""

    def fail(fields: Fields) -> str:
        raise error

    html = answer(fail, {"fields": []})
    assert told in html
    assert "hemmelig" not in html
    assert "<b>" not in html
