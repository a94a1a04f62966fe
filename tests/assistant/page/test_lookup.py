"""The tab "Slå opp", and a provision opened from anywhere."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape

import gradio as gr
import pytest

from assistant.browse import Browser, Surroundings
from assistant.page import texts as page_texts
from assistant.page.calls import callable_as
from assistant.page.card import render_text
from assistant.page.panel import render_panel
from assistant.page.provision import open_provision
from assistant.page.tabs import corpus_texts as texts
from assistant.page.tabs.lookup import find, list_chapters, list_documents, render_lookup
from corpus.document import DATE_UNKNOWN, Document, Kind, Provision
from corpus.errors import UnknownProvision
from corpus.library import Library
from tests.assistant.page.fake import BEFORE, LAW, LAW_ID, LIBRARY, NOTE_ID, FakeAssistant, make_answer, make_citation
from tests.conftest import make_edition, make_official

BROWSER = Browser(LIBRARY)


def look_up(query: object, levels: object = None) -> dict[str, str]:
    return find(FakeAssistant(library=LIBRARY), BROWSER, {"query": query, "levels": levels})


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_an_address_opens_the_provision_with_the_part_set_off() -> None:
    answer = look_up("aml § 3-3 andre ledd")
    assert answer["id"] == LAW_ID
    assert "arbeidsmiljøloven § 3-3 andre ledd" in answer["html"]
    (meant,) = re.findall(r'<p class="[^"]*is-meant[^"]*">(.*?)</p>', answer["html"])
    assert unescape(meant).startswith("(2) Bedriftshelsetjenesten skal hjelpe")


def test_a_part_that_is_not_there_is_said_and_the_provision_shown() -> None:
    answer = look_up("aml 3-3 niende ledd")
    assert "Jeg finner ikke arbeidsmiljøloven § 3-3 niende ledd" in words(answer["html"])
    assert "fri og uavhengig" in answer["html"]


def test_words_give_a_list_that_opens() -> None:
    answer = look_up("opplæring")
    assert answer["id"] == ""
    assert "2 treff på «opplæring»" in answer["html"]
    assert re.findall(r'data-provision="([^"]+)"', answer["html"]) == [
        BEFORE.provision_id, "forskrift/2011-12-06-1355/§13-2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("levels", "count"), [(["lov"], 1), (["forskrift"], 1), (["veiledning"], 0), (["lov", "tull"], 1), ([], 2), (7, 2)]
)
def test_the_levels_that_are_ticked_are_searched(levels: object, count: int) -> None:
    """None ticked is no wish, so all are"""
    assert look_up("opplæring", levels)["html"].count("<li>") == count


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("aml 99-9", "Finner ikke arbeidsmiljøloven § 99-9"),
        ("blåbær", "Ingen treff på «blåbær»"),
        ("<img src=x>", "Ingen treff på «<img src=x>»"),
    ],
)
def test_nothing_found_is_told_with_what_was_searched_for(query: str, said: str) -> None:
    html = look_up(query)["html"]
    assert said in words(html)
    assert "<img" not in html


@pytest.mark.parametrize("sent", [None, 7, {}, {"query": "  "}, {"query": None}])
def test_an_empty_search_gets_a_hint(sent: object) -> None:
    assert find(FakeAssistant(library=LIBRARY), BROWSER, sent) == {"problem": texts.LOOKUP_EMPTY}


def test_chapters_hold_their_provisions() -> None:
    html = list_chapters(BROWSER, "lov/2005-06-17-62")["html"]
    assert "Kapittel 3. Virkemidler" in html
    assert words(html).count("§\N{NO-BREAK SPACE}3-") == 0  # the no-break space is folded with the rest
    assert re.findall(r"§ (\d-\d)", words(html)) == ["3-2", "3-3", "3-5"]


@pytest.mark.parametrize("sent", [None, 7, "lov/0000-00-00", ["x"]])
def test_a_document_that_is_not_there_is_said_to_be_gone(sent: object) -> None:
    assert list_chapters(BROWSER, sent) == {"problem": texts.DOCUMENT_GONE}


def test_the_documents_are_listed_by_group() -> None:
    html = render_lookup(BROWSER.documents)
    assert re.findall(r"<h4>([^<]+)</h4>", html) == ["Lover", "Forskrifter", "Veiledning"]
    assert "Hva bedriftshelsetjeneste er" in html
    assert re.findall(r'name="level" value="(\w+)"', html) == ["lov", "forskrift", "veiledning"]


def test_an_opened_provision_shows_dates_neighbours_and_the_citation() -> None:
    html = open_provision(BROWSER, LAW_ID)["html"]
    assert words(html).startswith("arbeidsmiljøloven Kapittel 3. Virkemidler Lov Gjengivelse arbeidsmiljøloven § 3-3")
    for expected in ("Gjelder fra 1. januar 2023", "lov 17. juni 2022 nr. 42", "Tekst per 2. juli 2026", LAW.note):
        assert expected in words(html)
    assert f'data-citation="arbeidsmiljøloven § 3-3, tekst per 2. juli 2026, {LAW.url}"' in html
    assert re.findall(r'rel="(?:prev|next)"[^>]*href="([^"]+)"', html) == [
        "#slaa-opp/lov/2005-06-17-62/%C2%A73-2", "#slaa-opp/lov/2005-06-17-62/%C2%A73-5",
    ]  # fmt: skip


@pytest.mark.parametrize("sent", [None, 7, "lov/2005-06-17-62/§99", "<b>"])
def test_a_provision_that_is_not_there_is_said_to_be_gone(sent: object) -> None:
    answer = open_provision(BROWSER, sent)
    assert answer["id"] == ""
    assert page_texts.PROVISION_GONE in words(answer["html"])


def test_official_words_and_our_own_stand_beside_each_other(
    invented: tuple[Document, ...], with_store: Callable[..., Library]
) -> None:
    """Each under its title, the official first, with Lovdata named; and the panel shows the plain words of what is quoted"""
    rule = invented[0].provisions[0]
    official = make_official(rule)
    library = with_store(invented, make_edition(invented[0], official))
    browser = Browser(library)
    html = open_provision(browser, rule.provision_id)["html"]
    assert re.findall(r"<h4>([^<]+)</h4>", html)[:2] == [page_texts.OFFICIAL_WORDS, page_texts.PLAINLY]
    assert "NLOD" in html
    text = library.find(rule.provision_id, Kind.OFFICIAL)
    segment = text.segments[0]
    cited = make_citation(1, text, text.text[segment.start : segment.end])
    around = browser.around(rule.provision_id)
    panel = render_panel(
        make_answer(citations=(cited,)), {(text.provision_id, text.kind): text}, 1, {text.provision_id: around}
    )
    assert page_texts.PLAINLY in panel
    without = render_panel(
        make_answer(citations=(cited,)), {(text.provision_id, text.kind): text}, 1, {text.provision_id: Surroundings()}
    )
    assert page_texts.PLAINLY not in without


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"repealed": date(2020, 1, 1)}, "Opphevet 1. januar 2020"),
        ({"repealed": DATE_UNKNOWN}, "Opphevet"),
        ({"repealed": date(2100, 1, 1)}, "Oppheves 1. januar 2100"),
        ({"pending": True}, "Vedtatt, ikke i kraft"),
        ({"in_force": date(2100, 1, 1)}, "Gjelder først fra 1. januar 2100"),
    ],
    ids=["repealed", "some day", "ends", "pending", "to come"],
)
def test_what_does_not_hold_today_is_flagged(fields: dict[str, object], said: str) -> None:
    document = replace(LIBRARY.core[0], provisions=(replace(LAW, **fields),))  # type: ignore[arg-type]
    html = open_provision(Browser(Library((document,))), LAW_ID)["html"]
    assert f'<span class="status">{said}</span>' in html


def test_a_note_goes_by_its_heading() -> None:
    html = list_chapters(BROWSER, "veiledning/bht")["html"]
    assert f'data-provision="{NOTE_ID}">Lege er ikke BHT</a></li>' in html


def test_the_text_is_escaped_and_whole() -> None:
    shown = render_text(BEFORE)
    assert "<b>" not in shown
    assert words(shown) == BEFORE.text


def test_an_error_in_a_call_is_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    """The user sees no inside of the program; the log does"""
    failing = callable_as("find", lambda sent: find(FakeAssistant(library=LIBRARY), BROWSER, sent))
    assert failing({"query": "krasj"}, gr.Request()) == {"problem": page_texts.CALL_FAILED}
    assert "RuntimeError" in caplog.text

    def unknown(sent: object) -> dict[str, object]:
        raise UnknownProvision("Finner ikke § 1.")

    assert callable_as("x", unknown)(None, gr.Request()) == {"problem": "Finner ikke § 1."}


def test_every_provision_knows_its_document(library: Library) -> None:
    """Of the real core: each is among the chapters of the document that is said to hold it, once"""
    browser = Browser(library)
    listed: dict[str, Provision | str] = {}
    for document in browser.documents:
        for chapter in browser.chapters(document.document_id):
            for reference in chapter.provisions:
                assert reference.provision_id not in listed
                listed[reference.provision_id] = document.document_id
    assert listed == {provision_id: browser.document_of(provision_id) for provision_id in library.known}


def test_the_documents_are_listed_as_they_are_now(invented: tuple[Document, ...]) -> None:
    """A browser that follows its library lists what has come since, with a box to tick for a new kind"""
    before, after = list_documents(Browser(Library(invented[:1]))), list_documents(Browser(LIBRARY))
    assert LAW_ID.split("/§")[0] in after["html"]
    assert after["html"] != before["html"]
    assert 'value="veiledning"' in after["ticks"]
    assert "data-changes" in render_lookup(BROWSER.documents, may_change=True)
    assert "data-changes" not in render_lookup(BROWSER.documents)
