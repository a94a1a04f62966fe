"""The tab "Kilder": what the answers rest on, and what is wrong with it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from assistant.browse import Browser
from assistant.page.tabs import corpus_texts as texts
from assistant.page.tabs.sources import render_sources
from corpus.conflicts.record import Conflict, ConflictKind
from corpus.document import Document, Kind, Level
from corpus.library import Library
from tests.assistant.page.fake import LIBRARY
from tests.conftest import make_edition, make_official

TODAY = date(2026, 11, 23)


def rows(html: str) -> list[list[str]]:
    return [
        [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", html)
    ]


def test_every_document_is_listed_with_its_dates() -> None:
    html = render_sources(Browser(LIBRARY), (), TODAY)
    assert ["arbeidsmiljøloven", "3", "2. juli 2026", "22. november 2026"] in rows(html)
    assert texts.NO_LOVDATA in html
    assert texts.OWN not in html


def test_what_is_old_is_flagged() -> None:
    """Half a year after the check, and not before"""
    assert texts.OLD not in render_sources(Browser(LIBRARY), (), date(2027, 5, 24))
    html = render_sources(Browser(LIBRARY), (), date(2027, 5, 25))
    assert html.count(texts.OLD) == 3
    assert texts.OLD_SOME.format(count=3) in html


def test_notices_of_the_assistant_are_told_as_text() -> None:
    html = render_sources(Browser(LIBRARY), ("Gammel <b>indeks",), TODAY)
    assert "Gammel &lt;b&gt;indeks" in html


def test_fetched_acts_and_own_documents_have_lists_of_their_own(
    invented: tuple[Document, ...], with_store: Callable[..., Library]
) -> None:
    """A document of the user's own that contradicts the law is flagged with the claim, the rule and why it prevails"""
    rule = invented[0].provisions[0]
    own = replace(
        make_official(rule), provision_id="eget/rutine/s1", kind=Kind.OWN, level=Level.COMMERCIAL, label="rutine"
    )
    edition = replace(make_edition(invented[0], own), document_id="eget/rutine", title="Rutine <1>")
    library = with_store(invented, make_edition(invented[0], make_official(rule)), edition)
    claim = Conflict(
        kind=ConflictKind.THRESHOLD, provision_id="eget/rutine/s1", start=0, end=4, claim="over <50>", rule="Regelen er 5.",
        provisions=(), reason="Loven går foran.",
    )  # fmt: skip
    library.__dict__["conflicts"] = (claim,)  # as they were found when it was added
    html = render_sources(Browser(library), (), TODAY)
    assert texts.NO_LOVDATA not in html
    for expected in (
        texts.LOVDATA, texts.OWN, "Rutine &lt;1&gt;", texts.CONFLICTS_IN.format(count=1), "«over &lt;50&gt;»", "Regelen er 5. Loven går foran.",
    ):  # fmt: skip
        assert expected in html
