"""The tab Påstandssjekk: what the sources say of a text that is pasted in."""

from datetime import date

import pytest

from assistant import texts as answer_texts
from assistant.dialogue import Assistant
from assistant.page.tabs import texts
from assistant.page.tabs.claims import check, render_form
from assistant.page.tabs.form import FormError
from assistant.page.tabs.tool import answer
from assistant.verify.text import MAX_TEXT
from tests.assistant.page.fake import FakeAssistant
from tests.assistant.page.tabs.filled import fill, text_of

TODAY = date(2026, 11, 22)
TEXT = "Plikten gjelder alle <script>alert(1)</script>.\nFra 50 ansatte må alle ha BHT.\nMånen er av ost."


def test_each_claim_is_a_row_with_its_finding_and_quote() -> None:
    """In the order of the text, counted in the title, and nothing in the text is obeyed"""
    html = check(fill(text=TEXT), FakeAssistant(), TODAY)
    told = text_of(html)
    assert html.count('<tr><th scope="row">') == 3
    assert "1 støttet, 1 motsagt, 1 ikke funnet" in told
    rows = html.split("<tr>")[2:]
    for row, badge in zip(
        rows, (answer_texts.CLAIM_SUPPORTED, answer_texts.CLAIM_CONTRADICTED, answer_texts.CLAIM_NOT_FOUND), strict=True
    ):
        assert f">{badge}</span>" in row
    assert "<blockquote>Plikten gjelder uansett størrelse.</blockquote>" in rows[0]
    assert "Antall ansatte avgjør ikke." in rows[1]
    assert texts.CLAIMS_NO_SOURCE in rows[2]
    assert "<script" not in html
    assert answer_texts.CLAIMS_RESERVATION in told
    assert "data-print" in html


@pytest.mark.parametrize("text", ["", "Hva gjelder?"], ids=["empty", "nothing to check"])
def test_what_cannot_be_checked_is_said_by_the_field(text: str) -> None:
    """The text has a field, so the complaint stands there"""
    with pytest.raises(FormError) as caught:
        check(fill(text=text), FakeAssistant(), TODAY)
    assert set(caught.value.problems) == {"text"}


def test_a_text_that_is_too_long_is_told_the_limit(bare: Assistant) -> None:
    """Longer than other fields take, so that the limit said is this tool's"""
    sent = {"fields": [["text", "Arbeidsgiver skal sørge for det. " * (MAX_TEXT // 30)]]}
    html = answer(lambda fields: check(fields, bare, TODAY), sent, 10 * MAX_TEXT)
    assert f"grensen er {MAX_TEXT}" in html
    assert 'data-field="text"' in html
    assert answer(lambda fields: check(fields, bare, TODAY), sent) == answer(lambda _: "", sent)


def test_a_crash_is_a_sentence() -> None:
    """No trace of what went wrong inside"""
    html = answer(lambda fields: check(fields, FakeAssistant(), TODAY), {"fields": [["text", "krasj"]]})
    assert texts.UNEXPECTED in html
    assert "hemmelig" not in html


def test_a_widespread_misunderstanding_is_contradicted_with_the_law(bare: Assistant) -> None:
    """The real core says why, with the paragraph"""
    told = text_of(check(fill(text="Bedrifter med over 50 ansatte må ha BHT."), bare, TODAY))
    assert "1 motsagt" in told
    assert "arbeidsmiljøloven § 3-3" in told


def test_the_form_says_that_nothing_is_kept() -> None:
    """Where the text is pasted"""
    assert "ikke lagret" in text_of(render_form())
