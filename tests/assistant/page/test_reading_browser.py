"""Reading in a real browser: the talk that the browser keeps, the facts that can be taken away, and the sources behind an answer."""

import json
import re
from pathlib import Path

import pytest

from assistant.page import texts
from assistant.page.tabs import corpus_texts
from tests.assistant.page.fake import LAW, LAW_ID
from tests.assistant.page.test_browser import ask
from tests.assistant.page.test_tabs_browser import is_sound, open_tab

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Gradio leaves event loops open
]
BOTH = pytest.mark.parametrize("page", [1280, 320], indirect=True, ids=["wide", "narrow"])
TALKS = "JSON.parse(localStorage.getItem('bht-samtaler') ?? '{\"talks\": []}').talks"


@BOTH
def test_a_talk_survives_a_reload_and_goes_when_it_is_deleted(page) -> None:  # type: ignore[no-untyped-def]
    """It lies in the browser alone: a reload gives it back with its sources, a new talk puts it aside, deleting leaves nothing"""
    # Gradio ends its stream after the answer; a page that is left at that moment notes it as an error.
    over: list[str] = []
    for end in ("requestfinished", "requestfailed"):
        page.on(end, lambda request: over.append(request.url) if "/queue/data" in request.url else None)
    ask(page, "Vi er 7 ansatte. Må vi ha BHT?")
    for _ in range(100):
        if not over:
            page.wait_for_timeout(50)
    assert over
    page.reload()
    page.locator(".turn.answer").wait_for()
    assert page.locator("#panel .source").count() == 2
    assert page.locator(".chip").inner_text().startswith("7 ansatte")
    ask(page, "dette avhenger")
    assert page.locator(".turn").count() == 4
    page.get_by_role("button", name=texts.NEW_TALK).click()
    page.locator(".welcome").wait_for()
    assert page.locator("#panel .legend").count() == 1
    page.get_by_role("button", name="Åpne samtalen: Vi er 7 ansatte. Må vi ha BHT?").click()
    page.locator(".turn").nth(3).wait_for()
    is_sound(page)
    page.get_by_role("button", name=texts.DELETE_TALK, exact=True).click()
    page.locator(".welcome").wait_for()
    assert page.evaluate(TALKS) == []
    page.reload()
    page.locator(".welcome").wait_for()
    assert page.locator(".turn").count() == 0


def test_all_talks_go_after_a_second_thought(page) -> None:  # type: ignore[no-untyped-def]
    """One click asks, the next deletes"""
    for question in ("Må vi ha BHT?", "dette er ukjent"):
        ask(page, question)
        page.get_by_role("button", name=texts.NEW_TALK).click()
        page.locator(".welcome").wait_for()
    assert len(page.evaluate(TALKS)) == 2
    page.get_by_role("button", name=texts.DELETE_ALL).click()
    assert len(page.evaluate(TALKS)) == 2
    page.get_by_role("button", name=texts.DELETE_SURE).click()
    assert page.evaluate(TALKS) == []
    assert page.locator(".earlier").is_hidden()


@BOTH
def test_a_fact_that_is_taken_away_counts_no_more(page) -> None:  # type: ignore[no-untyped-def]
    """The chip goes, it is told, and neither the next question nor a reload brings it back"""
    ask(page, "Vi er 7 ansatte. Må vi ha BHT?")
    page.get_by_role("button", name="Ta bort «7 ansatte»").click()
    page.locator(".chip").wait_for(state="detached")
    assert "7 ansatte" in page.locator("#notice").inner_text()
    assert page.locator(".question").inner_text().endswith("Vi er 7 ansatte. Må vi ha BHT?")
    ask(page, "dette avhenger")
    assert page.locator(".chip").count() == 0
    page.reload()
    page.locator(".turn").nth(3).wait_for()
    assert page.locator(".chip").count() == 0
    assert page.errors == []


@pytest.mark.parametrize(("name", "begins"), [("Markdown", b"# Samtale"), ("Word", b"PK"), ("PDF", b"%PDF")])
def test_the_talk_is_taken_away_as_a_file(page, tmp_path: Path, name: str, begins: bytes) -> None:  # type: ignore[no-untyped-def]
    ask(page, "Må vi ha BHT?")
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    download.value.save_as(tmp_path / "samtale")
    assert (tmp_path / "samtale").read_bytes().startswith(begins)
    page.get_by_text(f"{download.value.suggested_filename} er lastet ned.").wait_for()
    assert page.errors == []


@BOTH
def test_a_neighbour_opens_in_the_panel_and_the_sources_come_back(page) -> None:  # type: ignore[no-untyped-def]
    ask(page, "Må vi ha BHT?")
    page.locator(f"#panel .source:has-text('{LAW.label}') a[rel=next]").click()
    page.locator("#panel .opened").wait_for()
    assert "§ 3-4" in page.locator("#panel .opened h3").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    is_sound(page)
    page.get_by_role("button", name=texts.BACK_TO_SOURCES).click()
    assert page.locator("#panel .source").count() == 2


def test_a_citation_is_copied(page) -> None:  # type: ignore[no-untyped-def]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "Må vi ha BHT?")
    page.locator("#panel [data-citation]").first.click()
    page.get_by_role("button", name=texts.COPIED).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"arbeidsmiljøloven § 3-3 første ledd, tekst per 2. juli 2026, {LAW.url}"
    )


@BOTH
def test_a_provision_is_looked_up_by_address_by_words_and_by_chapter(page) -> None:  # type: ignore[no-untyped-def]
    """And has an address of its own, which opens it again"""
    open_tab(page, corpus_texts.LOOKUP)
    box = page.get_by_label(corpus_texts.LOOKUP_LABEL)
    page.get_by_role("button", name=corpus_texts.LOOKUP_SEARCH, exact=True).click()
    page.get_by_text(corpus_texts.LOOKUP_EMPTY).wait_for()
    box.fill("olm 13-2 e")
    box.press("Enter")
    page.locator(".opened-here .is-meant").wait_for()
    assert re.search(r"§\s13-2 første ledd bokstav e", page.locator(".opened-here h3").inner_text())
    is_sound(page)
    box.fill("verneombud")
    box.press("Enter")
    page.locator(".found li a").first.click()
    page.locator(".opened-here .opened").wait_for()
    page.locator("nav [data-document='lov/2005-06-17-62']").click()
    page.locator(".contents summary", has_text="Kapittel 3").click()
    is_sound(page)
    page.locator(f".contents [data-provision='{LAW_ID}']").click()
    page.locator(".opened-here .opened").wait_for()
    assert "#slaa-opp/lov/2005-06-17-62/" in page.url
    page.reload()
    page.locator(".opened-here .opened h3", has_text="3-3").wait_for()
    assert page.errors == []


@BOTH
def test_the_documents_are_found_by_name(page) -> None:  # type: ignore[no-untyped-def]
    open_tab(page, corpus_texts.LOOKUP)
    page.get_by_label(corpus_texts.LOOKUP_FILTER).fill("miljø")
    shown = [text.lower() for text in page.locator("nav [data-document]:visible").all_inner_texts()]
    assert "arbeidsmiljøloven" in shown
    assert all("miljø" in text for text in shown)


@BOTH
def test_dark_is_as_readable(page) -> None:  # type: ignore[no-untyped-def]
    """Axe finds nothing serious in the dark either"""
    page.emulate_media(color_scheme="dark")
    page.reload()
    ask(page, "Vi er 7 ansatte. Må vi ha BHT?")
    is_sound(page)
    for label in (corpus_texts.LOOKUP, corpus_texts.SOURCES):
        open_tab(page, label)
        is_sound(page)


def test_what_the_browser_kept_in_another_form_is_left_out(page) -> None:  # type: ignore[no-untyped-def]
    """Whatever stands in the browser's store, the page opens"""
    for kept in ("{", "7", '{"version": 0, "talks": [{}]}', json.dumps({"version": 1, "talks": "x"}), "null"):
        page.evaluate("kept => localStorage.setItem('bht-samtaler', kept)", kept)
        page.reload()
        page.locator(".welcome").wait_for()
    ask(page, "Må vi ha BHT?")
    assert len(page.evaluate(TALKS)) == 1
    assert page.errors == []
