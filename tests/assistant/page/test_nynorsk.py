"""The page in nynorsk: every word of ours, in what stands there at first and in what comes of it."""

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.nynorsk import Language, say, say_html
from assistant.page import Coverage, build_app, chat, start, texts
from assistant.page.chat import Writing
from assistant.page.frame import rewrite_document
from assistant.page.sections import header_html
from assistant.page.tabs import absence, claims, documents, duties, duty
from assistant.page.tabs.tool import guard
from assistant.page.take_away import take_away
from corpus.library import Library, load_library
from tests.assistant.nynorsk.test_words import BOKMAAL
from tests.assistant.page.fake import FakeAssistant, make_settings, tidy_gradio
from tests.assistant.page.tabs.filled import fill

NN = Language.NYNORSK
TODAY = date(2026, 11, 22)
COVERAGE = Coverage(acts=20, provisions=1427, notes=213, text_date=date(2026, 7, 2))
QUOTED = re.compile(r"«[^»]*»")
ROOT = Path(__file__).parents[3]
# What is written by others than the interface: the corpus, and the invented answers.
SOURCES = " ".join(
    " ".join(QUOTED.sub("", file.read_text(encoding="utf-8")).split())
    for file in (*(ROOT / "corpus" / "core").rglob("*.[mt]*"), ROOT / "tests/assistant/page/fake.py", ROOT / "assistant/documents/utkast.toml")
    if file.suffix in {".md", ".toml", ".py"} and "sporsmal" not in file.parts
)  # fmt: skip
OF_SOURCES = re.compile(
    r'<blockquote>.*?</blockquote>|<mark data-n.*?</mark>|<p class="(?:line|heading|excerpt)[ "].*?</p>|<[^>]*data-verbatim.*?</p>',
    re.DOTALL,
)

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # Gradio leaves event loops open


@pytest.fixture(scope="module", autouse=True)
def tidy() -> Iterator[None]:
    with tidy_gradio():
        yield


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def find_bokmaal(html: str) -> list[str]:
    """Return what is bokmål of the texts and labels in HTML, but for what the sources and those who ask have said."""
    shown = OF_SOURCES.sub("", html)
    labels = re.findall(r'(?:aria-label|title|placeholder|data-(?:ask|copied|sure|done|failed|none))="([^"]*)"', shown)
    pieces = [" ".join(QUOTED.sub("", unescape(text)).split()) for text in (*re.split(r"<[^>]+>", shown), *labels)]
    said = [sentence for piece in pieces for sentence in re.split(r"(?<=[.!?:]) ", piece)]
    return [sentence for sentence in said if BOKMAAL.search(sentence) and sentence.rstrip(".…") not in SOURCES]


def read_page(language: Language) -> list[str]:
    """Return what stands on the page in a language, part by part."""
    config = build_app(FakeAssistant(), COVERAGE, may_change=True, language=Language.BOKMAAL).config
    wanted = config["page"]["nn" if language is NN else ""]["components"]
    props = [c["props"] for c in config["components"] if c["id"] in wanted]
    return [
        str(p.get(name) or "")
        for p in props
        for name in ("value", "label", "placeholder", "welcome", "on", "off", "html_template")
    ]


def test_no_bokmaal_stands_on_the_page_at_first() -> None:
    """Every tab, with what administrators see"""
    assert [text for part in read_page(NN) for text in find_bokmaal(part)] == []


def test_the_measure_finds_bokmaal() -> None:
    """On the page in bokmål it finds much"""
    assert len([text for part in read_page(Language.BOKMAAL) for text in find_bokmaal(part)]) > 100


def test_what_the_browser_is_told_is_nynorsk_too() -> None:
    """Language of the document, description, and what stands there without a script"""
    html = rewrite_document("<html lang=\"en\"><head><meta charset='utf-8'></head><body></body></html>", NN)
    assert '<html lang="nn"' in html
    assert say(texts.NEEDS_SCRIPT, NN) in html
    assert 'data-default="nb"' in html


def test_the_words_of_gradio_are_ours_in_nynorsk() -> None:
    """Neither English nor bokmål is left of them"""
    said = texts.gradio_phrases(NN)
    assert said["Close"] == "Lukk"
    assert said["Laster"] == "Lastar"
    assert BOKMAAL.findall("\n".join(said.values())) == []
    assert "Laster" not in texts.gradio_phrases(Language.BOKMAAL)


def test_each_language_has_its_address() -> None:
    """The plain address is the one of the setting; the other is named after its language"""
    assert 'href="./" lang="nb" hreflang="nb" data-language="nb" aria-current="true"' in header_html(None)
    assert 'href="nn" lang="nn" hreflang="nn" data-language="nn" aria-current="false"' in header_html(None)
    other = header_html(None, NN, NN)
    assert 'href="./" lang="nn" hreflang="nn" data-language="nn" aria-current="true"' in other
    assert 'href="nb"' in other


@pytest.mark.parametrize("default", list(Language))
def test_the_page_is_served_in_both(default: Language) -> None:
    """The setting says which of them is at the plain address; both have the same headers"""
    settings = replace(make_settings(), language=default)
    app = start(FakeAssistant(), settings, COVERAGE)
    other = next(language for language in Language if language is not default)
    for path, language in (("", default), (other.value, other)):
        response = httpx.get(f"{app.local_url}{path}")
        assert f'<html lang="{language.value}"' in response.text
        assert "default-src 'self'" in response.headers["content-security-policy"]
        assert say(texts.QUESTION_PLACEHOLDER, language) in response.text
    app.close(verbose=False)


@pytest.mark.parametrize(
    "question", ["Må vi ha BHT?", "dette avhenger", "er dette ukjent", "stemmer det", "feil", "krasj", "", "a" * 2001]
)
def test_a_talk_is_in_nynorsk(question: str) -> None:
    """What is ours round the answer, its sources and what is told; the history is as the core said it"""
    views = list(chat.ask(FakeAssistant(), question, [], None, Writing(language=NN)))
    parts = [
        html for v in views for html in (v.panel, v.notice, v.rating, *(m["html"] for m in v.messages or ())) if html
    ]
    assert [text for part in parts for text in find_bokmaal(part)] == []
    if question == "Må vi ha BHT?":
        talk = views[-1].messages or []
        assert talk[-1]["content"].startswith("**Ja.** Dere må ha")
        assert "Kjelde 1:" in talk[-1]["html"]
        assert "Vis kjeldene (2)" in talk[-1]["html"]


def show(name: str, library: Library) -> str:
    """Return the result of a tool, filled in by somebody."""
    made: dict[str, Any] = {
        "duty": lambda: duty.check(fill(industry="nettbutikk"), library, None, TODAY, NN),
        "duty empty": lambda: duty.check(fill(), library, None, TODAY, NN),
        "duty unknown": lambda: duty.check(fill(industry="xyzzy"), library, None, TODAY, NN),
        "duty code": lambda: duty.check(fill(code="hei"), library, None, TODAY, NN),
        "duties": lambda: duties.check(fill(employees="12"), library, TODAY),
        "absence": lambda: absence.reckon(fill(employees="50", daily_cost="1750", rate="6,5", target="4", workdays="230"), library, TODAY),
        "absence wrong": lambda: absence.reckon(fill(employees="50", daily_cost="mye", rate="6,5", workdays="230"), library, TODAY),
        "days": lambda: absence.count_days(fill(sick_since="02.11.2026"), library, TODAY),
        "days wrong": lambda: absence.count_days(fill(sick_since="32.11.2026"), library, TODAY),
        "claims": lambda: claims.check(fill(text="Om 50.\nOm månen."), FakeAssistant(), TODAY),
        "draft": lambda: documents.make_draft(fill(kind="plan"), library, TODAY),
    }  # fmt: skip
    return say_html(guard(made[name]), NN)


@pytest.mark.parametrize("name", ["duty", "duty empty", "duty unknown", "duty code", "duties", "absence", "absence wrong", "days", "days wrong", "claims", "draft"])  # fmt: skip
def test_the_tools_answer_in_nynorsk(name: str, library: Library) -> None:
    """Verdicts, headings, sums, deadlines and what could not be used"""
    html = show(name, library)
    assert 'class="t' in html or 'class="problems"' in html
    assert find_bokmaal(html) == []


def test_a_talk_that_is_taken_away_is_in_nynorsk() -> None:
    """Its frame; the question and the quotes are as they were"""
    talk = [
        {
            "question": "Hva gjelder for ansatte?",
            "text": "**Ikke automatisk.** [1]",
            "sources": [{"n": 1, "label": "§ 1", "quote": "Kilder", "kind": "lovtekst"}],
        }
    ]
    made = base64.b64decode(take_away({"format": "md", "talk": talk}, NN)["data"]).decode()
    assert "Henta ut" in made
    assert "Kjelder" in made
    assert "Hva gjelder for ansatte?" in made
    assert "Kilder" in made.replace("Kjelder", "")
    assert "Ikkje automatisk" in made
