"""The source panel: what it shows of an answer, and that nothing in it can be taken for HTML."""

import re
from dataclasses import replace
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.page import texts
from assistant.page.card import format_act
from assistant.page.panel import mark_quotes, render_legend, render_panel
from corpus.document import Kind, Level
from tests.assistant.page.fake import (
    ABSTAINED,
    LAW,
    NOTE,
    REGULATION,
    TWO_SOURCES,
    make_answer,
    make_citation,
    make_provision,
)

PROVISIONS = {(p.provision_id, p.kind): p for p in (LAW, REGULATION, NOTE)}


def strip_tags(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def marked(html: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<mark[^>]*>(.*?)</mark>", html)]


def excerpts(html: str) -> list[str]:
    return re.findall(r"<blockquote>(.*?)</blockquote>", html, re.DOTALL)


def test_each_quote_is_marked_exactly_in_its_own_ledd() -> None:
    """The panel shows the quote at start:end, with the rest of the ledd unmarked around it"""
    first, second = excerpts(render_panel(TWO_SOURCES, PROVISIONS, 1))
    assert marked(first) == [TWO_SOURCES.citations[0].quote]
    assert strip_tags(first) == LAW.text.split("\n")[0]
    assert marked(second) == ["kartlegging av arbeidsmiljøet"]


def test_an_item_of_a_list_is_shown_with_its_lead_in() -> None:
    """A letter alone cannot be understood, so what it continues stands before it, and the gap is shown"""
    excerpt = excerpts(render_panel(TWO_SOURCES, PROVISIONS, 1))[1]
    assert re.findall(r'<p class="([^"]+)"', excerpt) == ["line", "gap", "line item"]
    assert "planlegging" not in excerpt


def test_the_whole_provision_is_there_character_for_character() -> None:
    """The disclosure holds the full text with the quote in its place"""
    html = render_panel(TWO_SOURCES, PROVISIONS, 1)
    whole = re.findall(r'<div class="whole"[^>]*>(.*?)</div>', html, re.DOTALL)
    assert [strip_tags(part.replace("</p><p", "</p>\n<p")) for part in whole] == [LAW.text, REGULATION.text]
    assert [marked(part) for part in whole] == [[c.quote] for c in TWO_SOURCES.citations]


def test_a_quote_over_several_lines_is_marked_on_each() -> None:
    """A quote may run from the lead-in into the list"""
    quote = "med:\na) planlegging av arbeidsplassen\nb) kartlegging"
    html = render_panel(make_answer(citations=(make_citation(1, REGULATION, quote, "ledd/1"),)), PROVISIONS, 1)
    assert "\n".join(marked(excerpts(html)[0])) == quote


def test_a_note_that_is_shown_whole_has_nothing_more_to_show() -> None:
    """There is no disclosure when the excerpt already is the whole text"""
    html = render_panel(make_answer(citations=(make_citation(1, NOTE, "ikke er nok"),)), PROVISIONS, 1)
    assert "<details" not in html


def test_citations_of_one_provision_share_a_card() -> None:
    """Two ledd give two excerpts under one heading; two quotes of one ledd give one excerpt with both marked"""
    ledd = make_citation(1, LAW, "Plikten gjelder uansett størrelse.", "ledd/1")
    other = make_citation(2, LAW, "fri og uavhengig", "ledd/3")
    same = make_citation(3, LAW, "Arbeidsgiveren må ha bedriftshelsetjeneste", "ledd/1")
    html = render_panel(make_answer(citations=(ledd, other, same)), PROVISIONS, 1)
    assert html.count('<article class="source">') == 1
    assert re.findall(r'data-sources="([^"]+)"', html) == ["1 3", "2"]
    assert marked(excerpts(html)[0]) == [same.quote, ledd.quote]


def test_items_of_one_list_share_the_lead_in() -> None:
    """Two letters of a list, and the lead-in itself, are one excerpt with a gap where letters are left out"""
    lead = make_citation(1, REGULATION, "Bedriftshelsetjenesten skal hjelpe til med", "ledd/1")
    last = make_citation(2, REGULATION, "opplæring i risikoen", "ledd/1/bokstav/c")
    html = render_panel(make_answer(citations=(last, lead)), PROVISIONS, 1)
    (excerpt,) = excerpts(html)
    assert marked(excerpt) == [lead.quote, last.quote]
    assert re.findall(r'<p class="([^"]+)"', excerpt) == ["line", "gap", "line item"]
    assert [strip_tags(title) for title in re.findall(r"<h4>.*?</h4>", html)] == [
        "1første ledd",
        "2første ledd bokstav c",
    ]


def test_overlapping_quotes_keep_the_text() -> None:
    """Where quotes overlap, each part is marked once and knows both numbers"""
    one = make_citation(1, LAW, "Arbeidsgiveren må ha bedriftshelsetjeneste når risikoen")
    two = make_citation(2, LAW, "bedriftshelsetjeneste når risikoen i virksomheten")
    html = mark_quotes(LAW.text, 0, len(LAW.text), (one, two))
    assert strip_tags(html) == LAW.text
    assert re.findall(r'data-n="([^"]+)"', html) == ["1", "1 2", "2"]


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_marking_never_changes_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    """Without its tags, the marked text is the text, whatever is in it and wherever the quotes are"""
    base = TWO_SOURCES.citations[0]
    citations = [replace(base, n=n, start=min(span), end=max(span)) for n, span in enumerate(spans, 1)]
    html = mark_quotes(text, 0, len(text), citations)
    # html.unescape also mends characters that HTML forbids, so both sides go through it.
    assert unescape(re.sub(r"</?mark[^>]*>", "", html)) == unescape(escape(text))


@pytest.mark.parametrize(
    ("level", "kind", "expected"),
    [
        pytest.param(Level.LAW, Kind.RESTATEMENT, ("Lov", "Gjengivelse"), id="act, our words"),
        pytest.param(Level.REGULATION, Kind.OFFICIAL, ("Forskrift", "Lovtekst"), id="regulation, official words"),
        pytest.param(Level.AUTHORITY, Kind.GUIDANCE, ("Veiledning", "Veiledning"), id="authority"),
        pytest.param(Level.PUBLIC, Kind.GUIDANCE, ("Annen offentlig kilde", "Veiledning"), id="other public source"),
        pytest.param(Level.COMMERCIAL, Kind.GUIDANCE, ("Kommersiell kilde", "Veiledning"), id="commercial"),
        pytest.param(Level.COMMERCIAL, Kind.OWN, ("Egen kilde", "Eget dokument"), id="the user's own"),
    ],
)
def test_level_and_kind_are_named(level: Level, kind: Kind, expected: tuple[str, str]) -> None:
    """The badges say how much a source weighs and whose words it is in"""
    provision = replace(LAW, level=level, kind=kind)
    citation = make_citation(1, provision, "fri og uavhengig", "ledd/3")
    html = render_panel(make_answer(citations=(citation,)), {(LAW.provision_id, kind): provision}, 1)
    badge, kind_name = re.search(r'class="level level-\d">([^<]+)</span><span class="kind">([^<]+)', html).groups()  # type: ignore[union-attr]
    assert (badge, kind_name) == expected
    assert ("NLOD" in html) == (kind is Kind.OFFICIAL)


def test_dates_note_and_link_are_shown() -> None:
    """A card says from when the rule holds, what changed it, which text was read and when it was checked"""
    shown = strip_tags(render_panel(TWO_SOURCES, PROVISIONS, 1).replace("<", " <"))
    for expected in (
        "Gjelder fra  1. januar 2023", "Sist endret ved  lov 17. juni 2022 nr. 42", "Tekst per  2. juli 2026",
        "Kontrollert  22. november 2026", "Paragrafen nevner ikke antall ansatte.", "Les § 3-3 hos Lovdata",
    ):  # fmt: skip
        assert expected in shown
    note = render_panel(make_answer(citations=(make_citation(1, NOTE, "ikke er nok"),)), PROVISIONS, 1)
    assert "6. oktober 2026 (arkivkopi)" in note
    assert "Åpne kilden hos arbeidstilsynet.no" in note


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "", "//", "http://[", "lovdata.no/x"])
def test_only_web_addresses_become_links(url: str) -> None:
    """An address with any other scheme is no link"""
    html = render_panel(make_answer(citations=(make_citation(1, LAW, "fri og uavhengig", url=url),)), PROVISIONS, 1)
    assert "<a " not in html


def test_a_missing_provision_shows_the_quote_alone() -> None:
    """The quote stands there, and the panel says that the rest does not"""
    html = render_panel(TWO_SOURCES, {}, 1)
    assert marked(html) == [c.quote for c in TWO_SOURCES.citations]
    assert texts.MISSING_WHOLE in html


@pytest.mark.parametrize(("start", "end"), [(0, 5), (5, 5), (9_000, 9_004), (-4, -1)])
def test_a_misplaced_quote_is_never_marked_elsewhere(start: int, end: int) -> None:
    """Offsets that do not hold the quote are said to be wrong, not shown as if they did"""
    citation = make_citation(1, LAW, "fri og uavhengig", start=start, end=end)
    html = render_panel(make_answer(citations=(citation,)), PROVISIONS, 1)
    assert marked(excerpts(html)[0]) == ["fri og uavhengig"]
    assert texts.MISPLACED_QUOTE in html
    assert marked(html[html.index("<details") :]) == []


def test_everything_from_documents_and_users_is_escaped() -> None:
    """No text can open a tag or leave an attribute"""
    evil = '"><img src=x onerror=alert(1)>${alert(1)}{{x}}'
    provision = make_provision(
        "eget/1/s1", [("", "", f"Tekst {evil} slutt")], kind=Kind.OWN, level=Level.COMMERCIAL, label=evil, heading=evil, note=evil,
        amended_by=evil, url=f"https://e.no/{evil}",
    )  # fmt: skip
    answer = make_answer(citations=(make_citation(1, provision, evil),), question=evil)
    html = render_panel(answer, {(provision.provision_id, provision.kind): provision}, 1)
    assert "<img" not in html
    assert not re.search(r'="[^"]*"[^\s>]', html)  # nothing follows a closed attribute but a space or the tag's end


def test_abstaining_lists_what_is_near_as_no_evidence() -> None:
    """Nearest provisions are links under a heading of their own"""
    html = render_panel(ABSTAINED, {}, 1)
    assert texts.NEAREST in html
    assert texts.NEAREST_HINT in html
    assert html.count("<li>") == 2
    assert "<mark" not in html


def test_an_answer_without_sources_says_so() -> None:
    """An empty panel is not silent"""
    assert texts.NO_SOURCES in render_panel(make_answer(), {}, 1)


def test_the_legend_explains_the_levels() -> None:
    """Before the first answer the panel says how to read what will stand there"""
    assert [name in render_legend() for name in ("Lov", "Forskrift", "Veiledning", "<mark>")] == [True] * 4


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("lov/2023-03-17-3", "lov 17. mars 2023 nr. 3"),
        ("forskrift/2023-12-20-2180", "forskrift 20. desember 2023 nr. 2180"),
        ("lov/1967-02-10", "lov 10. februar 1967"),
        ("lov/2023-13-45-3", "lov/2023-13-45-3"),  # no such day
        ("endringsloven", "endringsloven"),
    ],
)
def test_an_amending_act_is_named_the_way_it_is_cited(address: str, expected: str) -> None:
    """Addresses of acts become dates and numbers; what is no address stays as it is"""
    assert format_act(address) == expected


def test_panels_of_different_turns_differ() -> None:
    """The page tells the panels apart by their turn"""
    assert render_panel(TWO_SOURCES, PROVISIONS, 1) != render_panel(TWO_SOURCES, PROVISIONS, 3)
