"""How the page is put together, framed and served."""

import json
import os
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date

import httpx
import pytest

from assistant.errors import SettingsError
from assistant.llm import load_language_model
from assistant.nynorsk import Language
from assistant.page import Coverage, build_app, launch_arguments, start, texts
from assistant.page.frame import FOLDER, STYLES, rewrite_document
from assistant.page.sections import about_html, header_html, welcome_html
from assistant.page.tabs.bar import TABS
from assistant.port import find_port
from corpus.document import Document, Kind
from corpus.library import Library
from tests.assistant.page.fake import FakeAssistant, make_settings, tidy_gradio
from tests.conftest import make_edition, make_official

COVERAGE = Coverage(acts=20, provisions=1427, notes=213, text_date=date(2026, 7, 2))
INDEX = (
    '<!doctype html><html lang="en" style="x"><head><meta charset="utf-8" /><meta property="og:image" content="https://a.b/c.jpg" />'
    '<meta name="twitter:title" content="Gradio" /><link rel="manifest" href="/manifest.json" /></head><body style="y"><p>hei</p></body></html>'
)


pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # Gradio leaves event loops open


@pytest.fixture(scope="module", autouse=True)
def tidy() -> Iterator[None]:
    with tidy_gradio():
        yield


@pytest.fixture(scope="module")
def address(tidy: None) -> Iterator[str]:
    app = start(FakeAssistant(), make_settings(), COVERAGE)
    yield app.local_url
    app.close(verbose=False)


def test_nothing_of_gradio_s_own_is_offered() -> None:
    """No share link, no error details, no links to Gradio, no telemetry"""
    arguments = launch_arguments()
    assert (arguments["share"], arguments["show_error"], arguments["ssr_mode"], arguments["run_history"]) == (
        False,
    ) * 4
    assert arguments["footer_links"] == []
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"


def test_no_event_is_part_of_an_open_interface() -> None:
    """Gradio's API page and clients see nothing"""
    dependencies = build_app(FakeAssistant(), COVERAGE).config["dependencies"]
    assert {d["api_visibility"] for d in dependencies} == {"private"}


@pytest.mark.parametrize("has_model", [True, False], ids=["with a model", "without"])
def test_there_is_a_switch_where_there_is_a_model(has_model: bool) -> None:
    """Without one, nothing of it is on the page"""
    settings = replace(make_settings(), llm_url="http://127.0.0.1:11434/v1", llm_model="m")
    assistant = FakeAssistant(model=load_language_model(settings) if has_model else None)
    components = build_app(assistant, COVERAGE).config["components"]
    assert any(c["props"].get("elem_id") == "engine" for c in components) is has_model


@pytest.mark.parametrize("may_change", [True, False], ids=["administrator", "others"])
def test_only_administrators_see_how_to_change_the_sources(may_change: bool) -> None:
    """Nobody else is offered what would be refused; no event of it is open to other programs"""
    config = build_app(FakeAssistant(), COVERAGE, may_change=may_change).config
    assert any("add-form" in str(c["props"].get("value")) for c in config["components"]) is may_change
    assert {d["api_visibility"] for d in config["dependencies"]} == {"private"}


def test_every_tab_has_a_panel_and_every_panel_a_tab() -> None:
    """No tab leads nowhere, and nothing is out of reach"""
    components = build_app(FakeAssistant(), COVERAGE).config["components"]
    panels = [c["props"]["elem_id"] for c in components if "tab-panel" in (c["props"].get("elem_classes") or [])]
    assert panels == len(Language) * [f"tab-{tab.slug}" for tab in TABS]


def test_the_header_says_what_it_is_and_is_not() -> None:
    """name, one sentence, reservation, date and counts"""
    html = header_html(COVERAGE)
    for expected in (
        texts.NAME,
        texts.TAGLINE,
        texts.NOT_ADVICE,
        "2. juli 2026",
        "1\N{NO-BREAK SPACE}427 paragrafer",
        "20 lover",
    ):
        assert expected in html
    assert texts.NOT_ADVICE in header_html(None)


def test_the_coverage_counts_rules_and_notes_and_dates_the_newest_rule(
    invented: tuple[Document, ...], with_store: Callable[..., Library]
) -> None:
    """Own documents are no rules"""
    assert Coverage.of(Library(invented)) == Coverage(acts=2, provisions=9, notes=2, text_date=date(2026, 7, 2))
    rule = invented[0].provisions[0]
    official, new = make_official(rule), make_official(rule, provision_id=f"{invented[0].document_id}/§9")
    own = replace(make_official(rule), provision_id="eget/rutine/side-1", kind=Kind.OWN)
    library = with_store(
        invented,
        make_edition(invented[0], official, new, text_date=date(2026, 8, 1)),
        replace(make_edition(invented[0], own, text_date=date(2026, 8, 5)), document_id="eget/rutine"),
    )
    assert Coverage.of(library) == Coverage(acts=2, provisions=10, notes=2, text_date=date(2026, 8, 1))


def test_there_are_questions_to_begin_with_for_each_kind_of_user() -> None:
    """employer, safety representative and adviser each get some"""
    html = welcome_html()
    assert re.findall(r"<h3>([^<]+)</h3>", html) == ["Arbeidsgiver", "Verneombud", "Rådgiver"]
    assert html.count("data-ask=") >= 6


def test_the_attribution_is_given_word_for_word() -> None:
    """NLOD asks for this sentence"""
    assert "Inneholder data under norsk lisens for offentlige data (NLOD) tilgjengeliggjort av Lovdata" in about_html()


def test_the_document_is_norwegian_and_names_nobody_else() -> None:
    """language, title, icon and styles are ours; nothing points outside"""
    html = rewrite_document(INDEX)
    assert '<html lang="nb"' in html
    assert f"<title>{texts.NAME}</title>" in html
    assert 'rel="icon" type="image/svg+xml" href="data:image/svg+xml,' in html
    assert "og:" not in html
    assert "twitter" not in html
    assert "manifest" not in html
    assert html.count("<noscript>") == 1
    assert html.endswith("<p>hei</p></body></html>")


def test_the_styles_fetch_nothing() -> None:
    """No import, font or picture from anywhere"""
    css = "".join((FOLDER / name).read_text(encoding="utf-8") for name in STYLES)
    assert not re.search(r"@import|@font-face|url\(|https?:", css)


def test_the_served_page_is_the_rewritten_one_with_its_headers(address: str) -> None:
    """The middleware is in place, and browsers are told to fetch from here only"""
    response = httpx.get(address)
    assert response.status_code == 200
    assert '<html lang="nb"' in response.text
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert int(response.headers["content-length"]) == len(response.content)
    assert httpx.head(address).status_code == 200


def test_no_file_can_be_uploaded(address: str) -> None:
    """Gradio's own way in is shut: what it takes would stay on disk"""
    assert httpx.post(f"{address}gradio_api/upload", files={"files": ("a.txt", b"x")}).status_code == 404


def test_the_open_interface_is_empty(address: str) -> None:
    """What Gradio would document has no endpoint"""
    info = json.loads(httpx.get(f"{address}gradio_api/info").text)
    assert info == {"named_endpoints": {}, "unnamed_endpoints": {}}


def test_a_taken_port_is_said_with_a_remedy() -> None:
    """Nobody sees a traceback because another program has the port"""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"^Porten {port} er opptatt\. .*BHT_PORT="):
            start(FakeAssistant(), make_settings(port), COVERAGE)


def test_an_address_of_another_machine_is_said_to_be_wrong() -> None:
    """The remedy names the address that always works"""
    with pytest.raises(SettingsError, match=r"203\.0\.113\.9.*127\.0\.0\.1"):
        find_port("203.0.113.9", 7860)
    with pytest.raises(SettingsError, match="BHT_HOST"):
        find_port("finnes-ikke.invalid", 7860)


def test_port_zero_is_any_free_port() -> None:
    """A test or a second user need not choose"""
    assert find_port("127.0.0.1", 0) > 0
