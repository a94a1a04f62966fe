"""Tests of reading web pages: this ensures that ..."""

import socket
from datetime import date

import pytest

from corpus.errors import BrokenDocument
from corpus.own.html import decode_html, read_html

PAGE = """<?xml version="1.0" encoding="utf-8"?><!doctype html><html lang="nb-NO"><head><meta charset="utf-8">
<title>Om verneombud | Testvirke</title><meta property="og:site_name" content="Testvirke">
<meta property="og:title" content="Om verneombud"><meta property="article:published_time" content="2023-04-05T10:00:00Z">
<link rel="stylesheet" href="http://192.0.2.1/x.css"><script src="http://192.0.2.1/x.js"></script></head><body>
<nav><ul><li><a href="/">Forsiden</a></li><li><a href="/k">Kontakt oss</a></li></ul></nav><main><article>
<h1>Om verneombud</h1><img src="http://192.0.2.1/x.png">
<p>Verneombudet ser etter at arbeidet blir gjort på en trygg måte. Alle virksomheter skal ha ett, og det velges av de ansatte.</p>
<h2>Valg</h2><p>Valget gjelder for to år. Den som velges, bør kjenne arbeidet godt. Les <a href="/x">mer om valg</a> her.</p>
<ul><li>Første punkt om valg av ombud</li><li>Andre punkt om <b>opplæring</b> av ombud</li></ul>
<table><tr><th>Ansatte</th><th>Krav</th></tr><tr><td>Under fem</td><td>Kan avtales</td></tr></table>
<p>Opplæringen tar flere dager, og virksomheten betaler for den og for den tiden som går med til den.</p>
</article></main><footer>Informasjonskapsler og personvern</footer></body></html>"""


def test_the_main_text_becomes_blocks() -> None:
    """... headings, items and rows are told apart, and menus are left out."""
    blocks = [(block.heading, block.kind, block.text) for block in read_html(PAGE.encode(), "x.html").blocks]
    assert blocks[0] == (1, "text", "Om verneombud")
    assert (2, "text", "Valg") in blocks
    assert (0, "item", "Andre punkt om opplæring av ombud") in blocks
    assert (0, "row", "Under fem | Kan avtales") in blocks
    assert any("Les mer om valg her." in text for _, _, text in blocks)
    assert not any("Kontakt" in text or "personvern" in text for _, _, text in blocks)


def test_the_page_says_what_it_is() -> None:
    """... title, publisher, date and language are the page's own."""
    document = read_html(PAGE.encode(), "x.html")
    assert (document.title, document.publisher) == ("Om verneombud", "Testvirke")
    assert (document.published, document.language) == (date(2023, 4, 5), "nb")


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """... reading a page opens no connection."""

    def refuse(*args: object) -> None:
        raise AssertionError(f"connects: {args}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert list(read_html(PAGE.encode(), "x.html").blocks)


def test_all_visible_text_is_the_last_resort() -> None:
    """... a page without a main text gives what a browser would show."""
    page = (
        "<html><body><p>Kort <b>side</b>.</p><div>Linje en<br>linje to</div><script>x()</script><p hidden>skjult</p>"
        "<h3>Tid</h3><ul><li>En</li></ul><table><tr><td>a</td><td>b</td></tr></table>slutt</body></html>"
    )
    assert [(block.heading, block.kind, block.text) for block in read_html(page.encode(), "x.html").blocks] == [
        (0, "text", "Kort side."),
        (0, "text", "Linje en"),
        (0, "text", "linje to"),
        (3, "text", "Tid"),
        (0, "item", "En"),
        (0, "row", "a | b"),
        (0, "text", "slutt"),
    ]


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        ("<meta charset='iso-8859-1'><p>Å få – «råd»</p>".encode("cp1252"), ""),
        ("<p>Å få – «råd»</p>".encode("cp1252"), "text/html; charset=ISO-8859-1"),
        ("<meta charset='iso-8859-1'><p>Å få – «råd»</p>".encode(), ""),
        ("<p>Å få – «råd»</p>".encode("utf-16"), "text/html; charset=utf-8"),
        ("<meta charset='tull'><p>Å få – «råd»</p>".encode("cp1252"), ""),
    ],
    ids=["meta", "header", "wrong meta", "byte order mark", "unknown charset"],
)
def test_the_charset_is_found(data: bytes, content_type: str) -> None:
    """... the letters are right whatever the page or its server says."""
    assert "Å få – «råd»" in decode_html(data, content_type)


def test_deep_nesting_is_bounded() -> None:
    """... elements in elements are read as far as the parser goes, and beyond that refused, never dropped."""
    assert "Her nede." in str(list(read_html(b"<div>" * 1000 + b"<p>Her nede.</p>", "x.html").blocks))
    with pytest.raises(BrokenDocument, match=r"«x\.html» kan ikke leses som nettside"):
        read_html(b"<div>" * 100_000 + b"<p>Her nede.</p>", "x.html")
