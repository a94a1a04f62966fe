"""Markdown to blocks with markdown-it-py: headings, lists, table rows; links and emphasis keep their text only."""

import re
from collections.abc import Sequence
from html import unescape
from typing import TYPE_CHECKING

from corpus.own.lines import mend_characters, squeeze
from corpus.own.raw import Block, RawDocument, RawPage, row_text, sane_date, sane_language, sane_title

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n((?:[^\n]*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"([A-Za-zæøåÆØÅ_ -]{1,40}):[ \t]*(.*)")
_TITLES = ("title", "tittel", "meta_title")
_DATES = ("updated", "oppdatert", "lastmod", "date", "dato", "published", "publisert")
_PUBLISHERS = ("publisher", "utgiver", "organization", "author", "forfatter")
_LANGUAGES = ("language", "lang", "språk")


def looks_like_markdown(text: str) -> bool:
    """Return whether a text file is Markdown: it has front matter, or several headings or links written that way."""
    head = text[:20_000]
    if (match := _FRONT_MATTER.match(head)) and _FIELD.match(match[1]):
        return True
    signs = len(re.findall(r"^#{1,6} \S", head, re.MULTILINE))
    signs += len(re.findall(r"\[[^\[\]\n]{1,200}\]\([^()\s]{1,300}\)", head))
    signs += len(re.findall(r"^\|?[ ]*:?-{3,}:?[ ]*\|", head, re.MULTILINE))
    return signs >= 3


def read_markdown(text: str) -> RawDocument:
    """Return the document with its blocks; it has no pages."""
    from markdown_it import MarkdownIt

    match = _FRONT_MATTER.match(text)
    fields = _read_fields(match[1]) if match else {}
    if match and fields:
        text = text[match.end() :]
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(mend_characters(text))
    return RawDocument(
        title=sane_title(_first(fields, _TITLES)),
        publisher=_first(fields, _PUBLISHERS)[:200],
        published=sane_date(_first(fields, _DATES)),
        language=sane_language(_first(fields, _LANGUAGES)),
        pages=(RawPage(number=None, blocks=tuple(_blocks(tokens))),),
    )


def _read_fields(front_matter: str) -> dict[str, str]:
    """Return the simple "key: value" lines; nothing else of YAML is read."""
    fields: dict[str, str] = {}
    for line in front_matter.split("\n"):
        if match := _FIELD.fullmatch(line.rstrip()):
            value = match[2].strip()
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            fields.setdefault(match[1].strip().lower(), value)
    return fields


def _first(fields: dict[str, str], names: Sequence[str]) -> str:
    return next((fields[name] for name in names if fields.get(name)), "")


def _blocks(tokens: Sequence["Token"]) -> list[Block]:
    blocks: list[Block] = []
    cells: list[str] | None = None
    heading = 0
    markers: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "heading_close":
            heading = 0
        elif token.type == "list_item_open":
            # Only numbers mean something; a bullet is said by the kind.
            markers.append(f"{token.info}{token.markup} " if token.info else "")
        elif token.type == "list_item_close":
            markers.pop()
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            blocks += [Block(text=text, kind="row")] if (text := row_text(cells or [])) else []
            cells = None
        elif token.type == "inline" and cells is not None:
            cells.append(squeeze(_inline_text(token).replace("\v", " ")))
        else:
            blocks += _plain_blocks(_texts(token), heading, markers)
    return blocks


def _texts(token: "Token") -> list[str]:
    """Return what a token says, a text for each line that a hard break divides."""
    if token.type == "inline":
        return [squeeze(part) for part in _inline_text(token).split("\v")]
    if token.type in {"fence", "code_block", "html_block"}:
        content = _without_tags(token.content) if token.type == "html_block" else token.content
        return [squeeze(line) for line in content.split("\n")]
    return []


def _plain_blocks(texts: Sequence[str], heading: int, markers: list[str]) -> list[Block]:
    found = []
    for text in filter(None, texts):
        marker = markers[-1] if markers and not heading else ""
        kind = "item" if markers and not heading else "text"
        found.append(Block(text=marker + text, heading=heading, kind=kind))
        if marker:
            markers[-1] = ""  # the number stands before the first paragraph of its item only
    return found


def _inline_text(token: "Token") -> str:
    """Return the text a reader sees; a hard break becomes a vertical tab, pictures are left out."""
    parts = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak" or (child.type == "html_inline" and child.content.lower().startswith("<br")):
            parts.append("\v")
    return "".join(parts)


def _without_tags(content: str) -> str:
    content = re.sub(
        r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1>|\Z)", " ", content, flags=re.DOTALL | re.IGNORECASE
    )
    return unescape(re.sub(r"<[^<>]*>", " ", content))
