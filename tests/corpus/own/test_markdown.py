"""Tests of reading Markdown: this ensures that ..."""

from datetime import date

from corpus.own.markdown import looks_like_markdown, read_markdown

TEXT = """---
title: "Rutine for varme arbeider"
dato: 2023-02-01
utgiver: Testvirke AS
lang: nb-NO
meta_description: '**x**: [y](z)'
danger: !!python/object/apply:os.system ["false"]
---
Innledning med **utheving**, [lenke](https://example.no "tittel"), `kode` og
linje to.\\
Ny linje.

# Ansvar ##

1. Daglig leder
2. Verneombud

   Med et avsnitt til.

- Punkt med ![bilde](x.png) tekst
  - Underpunkt

| Kurs | Timer |
|:-----|------:|
| **Kran** | 40 \\| 32 |

<div>Noe <b>HTML</b> &amp; tegn</div><script>alert(1)</script>

> Sitat

    kode linje
"""


def test_the_structure_becomes_blocks() -> None:
    """... headings, items, rows and paragraphs are told apart, and only their text is kept."""
    blocks = [(block.heading, block.kind, block.text) for block in read_markdown(TEXT).blocks]
    assert blocks == [
        (0, "text", "Innledning med utheving, lenke, kode og linje to."),
        (0, "text", "Ny linje."),
        (1, "text", "Ansvar"),
        (0, "item", "1. Daglig leder"),
        (0, "item", "2. Verneombud"),
        (0, "item", "Med et avsnitt til."),
        (0, "item", "Punkt med tekst"),
        (0, "item", "Underpunkt"),
        (0, "row", "Kurs | Timer"),
        (0, "row", "Kran | 40 / 32"),
        (0, "text", "Noe HTML & tegn"),
        (0, "text", "Sitat"),
        (0, "text", "kode linje"),
    ]


def test_front_matter_is_read_as_simple_fields() -> None:
    """... title, date, publisher and language come from it, and nothing in it is run."""
    document = read_markdown(TEXT)
    assert (document.title, document.published) == ("Rutine for varme arbeider", date(2023, 2, 1))
    assert (document.publisher, document.language) == ("Testvirke AS", "nb")


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    """... text between two rules is kept when it holds no fields."""
    assert [block.text for block in read_markdown("---\n\nBare tekst\n\n---\n\nMer").blocks] == ["Bare tekst", "Mer"]


def test_markdown_is_recognised_in_text_files() -> None:
    """... a text file is Markdown when it shows it, and only then."""
    assert looks_like_markdown("---\ntitle: x\n---\ntekst")
    assert looks_like_markdown("# En\n\ntekst\n\n## To\n\n## Tre\n")
    assert not looks_like_markdown("# 1 av 3\nVanlig tekst med - strek og * stjerne.\n")
