"""The tabs with tools in a real browser: each is opened, filled in and read, by mouse and by keyboard, and axe looks at it."""

import json
import re
from pathlib import Path

import pytest

from assistant import texts as answer_texts
from assistant.page.tabs import texts
from assistant.page.tabs.bar import TABS
from tests.assistant.page.test_browser import ENGLISH, VISIBLE_WORDS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Gradio leaves event loops open
]
BOTH = pytest.mark.parametrize("page", [1280, 320], indirect=True, ids=["wide", "narrow"])
PLAN = (
    "Plan for bruk av bedriftshelsetjenesten (BHT) 2026.\n\n"
    "BHT hjelper oss med løpende kartlegging av arbeidsmiljøet og risikovurdering av alle avdelinger.\n"
)


def open_tab(page, label: str) -> None:  # type: ignore[no-untyped-def]
    page.get_by_role("tab", name=label, exact=True).click()


def send(page, form: str) -> None:  # type: ignore[no-untyped-def]
    page.locator(f"#{form} button.main").click()


def is_sound(page) -> None:  # type: ignore[no-untyped-def]
    """Nothing wider than the window, nothing asked of others, no error, no English, and nothing serious for axe."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.outside == []
    assert page.errors == []
    assert ENGLISH.findall(page.evaluate(VISIBLE_WORDS)) == []
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page).response["violations"]
    serious = [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in {"serious", "critical"}]
    assert serious == [], json.dumps(serious, ensure_ascii=False, indent=1)


@BOTH
def test_every_tab_opens_with_its_own_address(page) -> None:  # type: ignore[no-untyped-def]
    """By mouse, by the browser's way back, and by the address alone; one panel at a time"""
    for tab in TABS:
        open_tab(page, tab.label)
        assert page.locator("[role=tabpanel]:visible").count() == 1
        assert page.locator(f"#tab-{tab.slug}").is_visible()
        assert page.url.endswith(f"#{tab.slug}") or tab is TABS[0]
        is_sound(page)
    page.go_back()
    assert page.locator(f"#tab-{TABS[-2].slug}").is_visible()
    page.reload()
    page.locator(f"#tab-{TABS[-2].slug}").wait_for()


def test_the_bar_is_one_stop_and_the_arrows_move_in_it(page) -> None:  # type: ignore[no-untyped-def]
    """WAI-ARIA tabs: Tab goes on to the panel, the arrows change tab"""
    first, last = TABS[0], TABS[-1]
    page.get_by_role("tab", name=first.label, exact=True).focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator(f"#tab-{last.slug}").is_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator(":focus").inner_text() == TABS[1].label
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "duty-form-industry"


@BOTH
def test_an_employer_gets_a_verdict_and_takes_it_along(page) -> None:  # type: ignore[no-untyped-def]
    """From a few words over the risks to paper and clipboard"""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("window.print = () => { window.printed = document.querySelectorAll('[data-printed]').length; }")
    open_tab(page, "BHT-sjekk")
    page.get_by_label(texts.INDUSTRY).first.fill("regnskapskontor")
    send(page, "duty-form")
    verdict = page.locator(".verdict")
    verdict.wait_for()
    assert verdict.inner_text() == "Ikke automatisk"
    assert page.evaluate("document.activeElement.classList.contains('verdict')")

    page.get_by_label("Arbeider noen om natta, i skift eller alene?").check()
    page.get_by_role("button", name=texts.RISKS_SEND).click()
    page.get_by_text(texts.GROUNDS).wait_for()
    assert verdict.inner_text() == "Det kommer an på"
    is_sound(page)

    page.locator("#tab-bht-sjekk [data-cite='2']").click()
    assert page.locator("#tab-bht-sjekk .source.is-shown").count() == 1
    page.get_by_role("button", name=texts.COPY, exact=True).click()
    page.get_by_text(texts.COPIED).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    for expected in (texts.DUTY, "Det kommer an på", "arbeidsmiljøloven § 3-3", "https://lovdata.no/", "Laget "):
        assert expected in copied
    assert texts.PRINT not in copied
    page.get_by_role("button", name=texts.PRINT).click()
    assert page.evaluate("window.printed") == 1
    page.emulate_media(media="print")
    assert page.locator("#duty-form").is_hidden()
    assert verdict.is_visible()


def test_a_condition_and_a_choice_are_answered_with_the_keyboard(page) -> None:  # type: ignore[no-untyped-def]
    """Buttons in the result send the form again, and the form keeps what was written"""
    open_tab(page, "BHT-sjekk")
    page.locator("#duty-form summary").press("Enter")
    page.get_by_label(texts.CODE).first.fill("32.300")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=texts.CONDITION_YES).press("Enter")
    page.locator(".verdict-ja").wait_for()
    page.get_by_role("button", name=texts.CHANGE_ANSWER).press("Enter")
    page.get_by_role("button", name=texts.CONDITION_NO, exact=True).press("Enter")
    page.locator(".verdict-nei").wait_for()
    assert page.get_by_label(texts.CODE).first.input_value() == "32.300"
    page.get_by_label(texts.CODE).first.fill("96.02")
    send(page, "duty-form")
    page.get_by_role("button", name=re.compile("^96.210")).press("Enter")
    page.locator(".verdict-ja").wait_for()


def test_what_is_wrong_stands_by_its_field(page) -> None:  # type: ignore[no-untyped-def]
    """In a folded part too: the field is shown, marked and in focus, and clean again when it is right"""
    open_tab(page, "BHT-sjekk")
    send(page, "duty-form")
    page.get_by_text(texts.DUTY_EMPTY).wait_for()
    page.locator("#duty-form summary").click()
    page.locator("#duty-form-orgnr").fill("12")
    page.locator("#duty-form-employees").fill("mange")
    page.locator("#duty-form summary").click()
    page.locator("#duty-form-industry").fill("frisør <img src=x onerror=alert(1)> ${1+1}")
    send(page, "duty-form")
    problem = page.locator("#duty-form-orgnr-problem")
    problem.wait_for()
    assert problem.inner_text() == texts.ONLINE_NEEDED
    assert page.evaluate("document.activeElement.id") == "duty-form-orgnr"
    assert page.locator("#duty-form-orgnr").get_attribute("aria-invalid") == "true"
    assert page.locator("#duty-form-industry").get_attribute("aria-invalid") is None
    page.locator("#duty-form-orgnr").fill("")
    page.locator("#duty-form-employees").fill("7")
    send(page, "duty-form")
    page.locator(".verdict-ja").wait_for()
    assert problem.is_hidden()
    assert page.errors == []


@BOTH
def test_the_duties_of_a_workplace_are_listed(page) -> None:  # type: ignore[no-untyped-def]
    """With a rule that unfolds, and a way on to the duty check"""
    open_tab(page, "HMS-plikter")
    page.get_by_label(texts.EMPLOYEES).locator("visible=true").fill("34")
    page.get_by_label("Støy").check()
    send(page, "duties-form")
    page.locator(".duty-item").first.wait_for()
    assert page.locator(".duty-item").count() > 20
    page.locator(".duty-item summary").first.click()
    assert page.locator(".duty-item blockquote").first.is_visible()
    is_sound(page)
    page.get_by_role("button", name=texts.DUTIES_CHECK).click()
    assert page.locator("#tab-bht-sjekk").is_visible()


@BOTH
def test_sick_leave_is_reckoned_and_its_days_are_told(page) -> None:  # type: ignore[no-untyped-def]
    """The figures, the chart, and the days; a bad figure at its field"""
    open_tab(page, "Sykefravær")
    for name, value in {"employees": "50", "daily_cost": "1750", "rate": "140", "target": "4"}.items():
        page.locator(f"#absence-form-{name}").fill(value)
    send(page, "absence-form")
    page.locator("#absence-form-rate-problem").wait_for()
    page.locator("#absence-form-rate").fill("6,5")
    send(page, "absence-form")
    page.locator(".figures").wait_for()
    assert "503 125 kr" in page.locator(".figures").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert page.get_by_role("img", name=re.compile("koster i året")).is_visible()
    page.get_by_label(texts.SICK_SINCE).fill("02.09.2024")
    page.get_by_label("Helt").check()
    send(page, "follow-up-form")
    page.get_by_text("30. september 2024", exact=True).wait_for()
    is_sound(page)


@BOTH
def test_a_document_is_checked_and_a_draft_taken_home(page, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """The file is chosen, refused when it is of a wrong type, checked when it is right; the draft is a Word file"""
    open_tab(page, "Dokumentsjekk")
    send(page, "check-form")
    page.get_by_text(texts.FILE_NEEDED).wait_for()
    for name, text in (("plan.exe", "MZ"), ("plan.txt", PLAN)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    page.get_by_label(texts.FILE, exact=True).set_input_files(tmp_path / "plan.exe")
    send(page, "check-form")
    page.get_by_text("«plan.exe» er ikke en filtype").wait_for()
    page.get_by_label(texts.FILE, exact=True).set_input_files(tmp_path / "plan.txt")
    assert page.locator(".picked").inner_text() == "plan.txt"
    send(page, "check-form")
    page.locator(".checked").first.wait_for(timeout=30_000)
    assert "«BHT hjelper oss med løpende kartlegging" in page.locator(".checked").first.inner_text()

    page.get_by_role("button", name=texts.DRAFT_JUMP).click()
    page.get_by_label("Virksomhetens navn").fill("Eksempel AS")
    send(page, "draft-form")
    link = page.locator(".download a")
    link.wait_for()
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "bht-plan-utkast.docx"
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
    is_sound(page)


@pytest.mark.parametrize("page", [1280, 320], indirect=True, ids=["wide", "narrow"])
def test_the_dark_page_is_sound_too(page) -> None:  # type: ignore[no-untyped-def]
    """Contrast holds in both"""
    page.emulate_media(color_scheme="dark")
    page.goto(f"{page.url.split('#')[0]}?__theme=dark#bht-sjekk")
    page.reload()
    page.locator("#duty-form-industry").fill("frisørsalong")
    send(page, "duty-form")
    page.locator(".verdict").wait_for()
    assert page.locator("body.dark").count() == 1
    is_sound(page)


@BOTH
def test_a_pasted_text_is_checked_claim_by_claim(page) -> None:  # type: ignore[no-untyped-def]
    """A finding and a quote for each, to print and copy; what cannot be checked is said by the field"""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_tab(page, "Påstandssjekk")
    box = page.get_by_label(texts.CLAIMS_TEXT)
    box.fill("Hva gjelder?")
    send(page, "claims-form")
    page.get_by_text(answer_texts.NO_CLAIMS).wait_for()
    box.fill("Plikten gjelder alle <img src=x onerror=alert(1)>.\nFra 50 ansatte må alle ha BHT.\nMånen er av ost.")
    send(page, "claims-form")
    result = page.locator("#tab-paastandssjekk .tool-result")
    result.wait_for()
    assert result.locator("h3").inner_text() == "1 støttet, 1 motsagt, 1 ikke funnet"
    assert result.locator("tbody tr").count() == 3
    is_sound(page)
    result.get_by_role("button", name=texts.COPY, exact=True).click()
    page.get_by_text(texts.COPIED).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Plikten gjelder uansett størrelse." in copied
    assert "https://lovdata.no/" in copied
