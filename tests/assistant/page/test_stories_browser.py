"""What people come for, from the first word to what they take away: the real assistant on the real rules, in a real browser."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fpdf import FPDF
from pypdf import PdfReader

from assistant.administration import Administration, follow
from assistant.dialogue import Assistant
from assistant.page import Coverage, start, texts
from assistant.page.tabs import corpus_texts
from assistant.page.tabs import texts as tool_texts
from assistant.settings import Settings
from corpus.document import Document
from tests.assistant.page.fake import tidy_gradio
from tests.assistant.page.test_browser import ask
from tests.assistant.page.test_tabs_browser import is_sound, open_tab, send
from tests.corpus.own.test_pdf import make_pdf, write_lines

pytestmark = [
    pytest.mark.browser,
    pytest.mark.index,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Gradio leaves event loops open
]
HANDBOOK = (
    "Håndbok for Fjordblikk",
    "Hver torsdag klokka 11 går vi kvistfuglrunden i lageret, og verneombudet er med.",
    "Alle bedrifter med over 50 ansatte må ha bedriftshelsetjeneste.",
)


@pytest.fixture(scope="module")
def address(
    thin_documents: tuple[Document, ...],
    thin_home: Path,
    bht_settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The page with everything behind it, on every rule of the core, and its sources may be changed."""
    home = tmp_path_factory.mktemp("story") / "home"
    shutil.copytree(thin_home, home)
    settings = replace(bht_settings, home=home, port=0, admin=True)
    with pytest.MonkeyPatch.context() as patch, tidy_gradio():
        patch.setattr("corpus.library.read_core", lambda *_, **__: thin_documents)
        patch.setattr("corpus.library.read_outside", lambda *_, **__: ())
        administration = Administration(Assistant.open(settings), settings)
        assistant = follow(administration)
        app = start(assistant, settings, Coverage.of(assistant.library), administration=administration)
        yield app.local_url
        app.close(verbose=False)


@pytest.mark.parametrize("page", [1280, 360], indirect=True, ids=["wide", "narrow"])
def test_an_employer_asks_in_three_words_and_leaves_with_a_printed_verdict(page, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Asked back what they do, answered with a click, checked with their own words, and on paper with the rule and the day"""
    ask(page, "må vi ha bht")
    assert "Hva driver dere med?" in page.locator(".answer").inner_text()
    page.get_by_role("button", name="Frisør", exact=True).click()
    page.locator(".answer:not(.pending, .streaming)").nth(1).wait_for()
    answer = page.locator(".answer").nth(1)
    assert answer.locator(".badge-ja").inner_text() == texts.VERDICTS["ja"]  # type: ignore[index]
    answer.locator(".cite").first.click()
    assert "96.21" in page.locator("#panel .source.is-shown").inner_text()
    is_sound(page)

    open_tab(page, "BHT-sjekk")
    page.get_by_label(tool_texts.INDUSTRY).first.fill("frisørsalong med to stoler")
    send(page, "duty-form")
    page.locator(".verdict-ja").wait_for()
    page.evaluate("window.print = () => { window.printed = document.querySelectorAll('[data-printed]').length; }")
    page.get_by_role("button", name=tool_texts.PRINT).click()
    assert page.evaluate("window.printed") == 1
    is_sound(page)
    page.evaluate(
        "document.querySelector('#tab-bht-sjekk .tool-result').closest('.block').toggleAttribute('data-printed', true)"
    )
    page.pdf(path=tmp_path / "svar.pdf")
    paper = " ".join("".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "svar.pdf").pages).split())
    for expected in (tool_texts.DUTY, "Ja", "96.21", "§ 13-1", "Laget ", "Ikke juridisk rådgivning"):
        assert expected in paper
    assert tool_texts.DUTY_SEND not in paper


def test_an_adviser_looks_up_checks_a_claim_and_takes_the_talk_along(page, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """From a reference as people write it over a wrong claim of somebody else's to a file with the sources"""
    open_tab(page, "Slå opp")
    page.get_by_label(corpus_texts.LOOKUP_LABEL).fill("olm 13-2 e")
    page.get_by_role("button", name=corpus_texts.LOOKUP_SEARCH, exact=True).click()
    page.locator(".opened-here .is-meant").wait_for()
    assert "§ 13-2 første ledd bokstav e" in page.locator(".opened-here h3").inner_text()
    is_sound(page)

    open_tab(page, "Påstandssjekk")
    page.get_by_label(tool_texts.CLAIMS_TEXT).fill(
        "Alle bedrifter med over 50 ansatte må ha BHT. Verneombud velges for to år."
    )
    send(page, "claims-form")
    page.locator("#tab-paastandssjekk .tool-result").wait_for()
    assert "1 støttet, 1 motsagt" in page.locator("#tab-paastandssjekk h3").first.inner_text()
    first, second = page.locator("#tab-paastandssjekk tbody tr").all()
    assert "arbeidsmiljøloven § 3-3" in first.inner_text()
    assert "§ 3-4" in second.inner_text()
    is_sound(page)

    open_tab(page, "Spør")
    ask(page, "olm 13-2 e")
    ask(page, "Stemmer det at BHT er påbudt fra 50 ansatte?")
    assert page.locator("#talk .badge-corrected").count() == 1
    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown", exact=True).click()
    download.value.save_as(tmp_path / "samtale.md")
    talk = (tmp_path / "samtale.md").read_text(encoding="utf-8")
    for expected in ("olm 13-2 e", "§ 13-2 første ledd bokstav e", "Stemmer det at BHT", "https://lovdata.no/"):
        assert expected in talk
    assert page.outside == []
    assert page.errors == []


@pytest.mark.parametrize("page", [1280, 360], indirect=True, ids=["wide", "narrow"])
def test_an_administrator_adds_a_document_that_is_wrong_and_sees_it_flagged(page, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """The claim is shown with the rule at once; the document is listed and used, without a restart and with the law unmoved"""
    name = f"handbok-{page.viewport_size['width']}.pdf"
    file = tmp_path / name

    def draw(pdf: FPDF) -> None:
        pdf.add_page()
        write_lines(pdf, [*HANDBOOK, f"Utgave {name}."])

    file.write_bytes(make_pdf(draw))
    open_tab(page, "Kilder")
    is_sound(page)
    send(page, "add-form")
    page.locator("#add-form-file-problem", has_text=tool_texts.FILE_NEEDED).wait_for()
    page.locator("#add-form-file").set_input_files(file)
    send(page, "add-form")
    result = page.locator("#tab-kilder .tool-result")
    result.wait_for(timeout=120_000)
    assert "Strider mot loven: 1" in result.locator("h3").inner_text()
    assert "50 ansatte" in result.locator(".conflicts blockquote").inner_text()
    assert "3-3" in result.locator(".conflicts").inner_text()
    page.locator("#sources .flagged").first.wait_for()
    is_sound(page)

    added = page.locator("#sources .flagged").count()
    open_tab(page, "Slå opp")
    page.locator("#lookup [data-group=egne] button").nth(added - 1).wait_for(timeout=10_000)
    page.get_by_role("checkbox", name="Egne dokumenter").wait_for()
    open_tab(page, "Spør")
    ask(page, "Hva sier håndboka vår om kvistfuglrunden?")
    assert "torsdag" in page.locator(".answer").inner_text()
    ask(page, "Er det riktig at bedrifter med over 50 ansatte må ha BHT?")
    assert page.locator("#talk .badge-corrected").count() == 1
    page.reload()
    open_tab(page, "Kilder")
    page.locator("#sources .flagged").first.wait_for()
    open_tab(page, "Slå opp")
    page.locator("#lookup [data-group=egne] button").nth(added - 1).wait_for(timeout=10_000)
    assert page.errors == []
