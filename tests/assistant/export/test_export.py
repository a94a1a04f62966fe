"""A talk as a file: what is in it, and that nothing in it can become more than text."""

import json
import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PdfReader

from assistant import texts
from assistant.answer import Engine
from assistant.export import Exchange, Format, build_blocks, export_talk, format_citation, read_exchanges
from tests.assistant.page.fake import ABSTAINED, ASKS_BACK, LAW, TWO_SOURCES, make_answer, make_citation

DAY = date(2026, 11, 22)
TALK = tuple(Exchange.of(answer) for answer in (TWO_SOURCES, ASKS_BACK, ABSTAINED))


def read(form: Format, talk: tuple[Exchange, ...] = TALK) -> str:
    """Return the words of the file."""
    data = export_talk(talk, form, DAY).data
    if form is Format.WORD:
        return "\n".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs)
    if form is Format.PDF:
        return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())
    return data.decode()


@pytest.mark.parametrize("form", list(Format))
def test_every_format_holds_answers_sources_date_and_reservation(form: Format) -> None:
    text = " ".join(read(form).split())
    for expected in (
        "Hva gjelder?", "[1]", "22. november 2026", "Ikke juridisk rådgivning", TWO_SOURCES.citations[0].quote,
        "arbeidsmiljøloven § 3-3 første ledd, tekst per 2. juli 2026", TWO_SOURCES.warnings[0], "Hvilken bransje er dere i?",
    ):  # fmt: skip
        assert expected in text


@pytest.mark.parametrize("form", list(Format))
def test_what_a_model_wrote_is_said_in_every_format(form: Format) -> None:
    """Also after a trip through the browser; nothing is said of the sources' own words"""
    written = Exchange.of(replace(TWO_SOURCES, engine=Engine.LLM))
    kept = read_exchanges(json.loads(json.dumps([written.to_json()])))
    assert kept == (written,)
    assert texts.WRITTEN_BY_MODEL in " ".join(read(form, kept).split())
    assert texts.WRITTEN_BY_MODEL not in " ".join(read(form).split())


def test_a_file_is_named_for_its_day_and_kind() -> None:
    assert export_talk(TALK, Format.PDF, DAY).name == "bht-samtale-2026-11-22.pdf"


def test_what_the_browser_kept_gives_the_same_file() -> None:
    """There and back through JSON, nothing is lost"""
    assert read_exchanges(json.loads(json.dumps([exchange.to_json() for exchange in TALK]))) == TALK


@pytest.mark.parametrize("rows", [None, 7, "x", {}, [None, 7, {}, {"question": 7}, {"text": "uten spørsmål"}]])
def test_what_is_no_talk_is_an_empty_one(rows: object) -> None:
    """The browser may send anything"""
    assert read_exchanges(rows) == ()


def test_fields_of_the_wrong_kind_are_emptied() -> None:
    (exchange,) = read_exchanges(
        [{"question": "Hva?", "text": 7, "sources": [1, {"n": "1", "label": "x"}], "warnings": [7, "ja"]}]
    )
    assert exchange == Exchange(question="Hva?", text="", warnings=("ja",))


@pytest.mark.parametrize("url", ["file:///hjem/meg/rutine.pdf", "javascript:alert(1)", "http://[", "lovdata.no"])
def test_only_web_addresses_are_taken_along(url: str) -> None:
    """Where a file lies on somebody's machine stays there"""
    assert format_citation("Rutinen side 2", None, url) == "Rutinen side 2"
    answer = make_answer("Se [1].", citations=(make_citation(1, LAW, "fri og uavhengig", url=url),))
    assert Exchange.of(answer).sources[0].url == ""


def test_a_citation_is_one_line_to_paste() -> None:
    assert format_citation("arbeidsmiljøloven § 3-3 første ledd", date(2026, 7, 2), LAW.url) == (
        f"arbeidsmiljøloven § 3-3 første ledd, tekst per 2. juli 2026, {LAW.url}"
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<script>alert(1)</script> & <b>", id="HTML"),
        pytest.param("![x](https://e.no/p.png) [y](javascript:z)", id="pictures and links"),
        pytest.param("# tittel\n- punkt\n1. én\n> sitat\n---\n`kode` ~~x~~ |a|", id="signs of Markdown"),
    ],
)
def test_a_question_stays_text_in_markdown(text: str) -> None:
    """What a user or a document wrote is neither HTML, a picture nor a heading in the file"""
    source = read(Format.MARKDOWN, (Exchange(question=text, text="", warnings=(text,)),))
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(source)
    assert not re.search(r"<(?:script|b|img|a|code|s|table)\b", html)
    assert html.count("<h2>") == 1
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html)).replace("&lt;", "<").replace("&gt;", ">")
    assert " ".join(text.split()) in shown.replace("&amp;", "&").replace("&quot;", '"')


def test_pictures_of_an_answer_are_left_out() -> None:
    exchange = Exchange(question="Hva?", text="Før ![x](https://e.no/p.png) etter. <img src=x>")
    assert "p.png" not in " ".join(block.text for block in build_blocks([exchange], DAY))
    assert "p.png" not in read(Format.WORD, (exchange,))


@given(st.text(max_size=80))
def test_no_text_breaks_a_file(text: str) -> None:
    """Whatever characters are in it"""
    talk = (Exchange(question=f"Hva {text}?", text=text, warnings=(text,)),)
    for form in (Format.MARKDOWN, Format.WORD, Format.PDF):
        assert export_talk(talk, form, DAY).data


def test_a_pdf_keeps_norwegian_letters_and_dashes() -> None:
    assert "Blåbærsyltetøy – «ærlig» … § 3" in read(
        Format.PDF, (Exchange(question="Blåbærsyltetøy – «ærlig» … § 3", text=""),)
    )


def test_attribution_follows_official_words() -> None:
    """NLOD asks for it"""
    row = {"n": 1, "label": "x", "quote": "y", "kind": "lovtekst"}
    official = read_exchanges([{"question": "Hva?", "text": "", "sources": [row]}])
    assert texts.ATTRIBUTION in " ".join(b.text for b in build_blocks(official, DAY))
    assert texts.ATTRIBUTION not in " ".join(b.text for b in build_blocks(TALK, DAY))
