"""The choice of language in a real browser: made once, kept, and nothing of the other language left."""

import pytest

from assistant.nynorsk import Language, say
from assistant.page import texts
from tests.assistant.nynorsk.test_words import BOKMAAL
from tests.assistant.page.test_browser import ENGLISH, VISIBLE_WORDS, wait_for_answer

NN = Language.NYNORSK

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Gradio leaves event loops open
]


def wait(page, language: Language) -> None:  # type: ignore[no-untyped-def]
    page.get_by_text(say(texts.WELCOME, language)).wait_for(timeout=30_000)
    page.locator("body[data-tab]").wait_for()


@pytest.mark.parametrize("page", [1400, 320], indirect=True, ids=["wide", "narrow"])
def test_the_choice_of_language_is_kept_in_the_browser(page, address: str) -> None:  # type: ignore[no-untyped-def]
    """Nynorsk once, and the plain address is nynorsk from then on, on the same tab, until bokmål is chosen again"""
    page.goto(f"{address}#bht-sjekk")
    page.reload()
    page.locator("body[data-tab=bht-sjekk]").wait_for()
    page.get_by_role("link", name="Nynorsk").click()
    page.wait_for_url("**/nn#bht-sjekk")
    page.locator("body[data-tab=bht-sjekk]").wait_for()
    assert page.locator("html").get_attribute("lang") == "nn"

    page.goto(address)
    wait(page, NN)
    assert page.url == f"{address}nn"
    assert ENGLISH.findall(page.evaluate(VISIBLE_WORDS)) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("document.cookie") == ""

    page.get_by_role("link", name="Bokmål").click()
    wait(page, Language.BOKMAAL)
    assert page.url == address
    assert page.locator("html").get_attribute("lang") == "nb"
    assert page.outside == []
    assert page.errors == []


def test_a_talk_and_a_tool_in_nynorsk(page, address: str) -> None:  # type: ignore[no-untyped-def]
    """A starter, the form with an error, and the document check: all answered in the language of the page"""
    page.goto(f"{address}nn")
    wait(page, NN)
    page.get_by_role("button", name="Kor mange timar opplæring").click()
    wait_for_answer(page)
    assert page.locator(".question").inner_text().endswith("Kor mange timar opplæring skal verneombodet ha?")
    page.get_by_role("button", name="Kjelde 1:").wait_for()
    page.get_by_text("Hjelpte svaret?", exact=True).wait_for()

    page.get_by_role("tab", name="Sjukefråvær").click()
    page.get_by_role("button", name="Rekn ut").click()
    page.get_by_text("Skriv kor mange de er").wait_for()
    page.get_by_role("tab", name="Dokumentsjekk").click()
    page.get_by_role("button", name="Kontroller", exact=True).click()
    page.get_by_text("Vel ei fil først.").wait_for()
    page.get_by_role("tab", name="Om", exact=True).click()
    assert BOKMAAL.findall(page.locator("#about").inner_text()) == []
    assert page.errors == []
