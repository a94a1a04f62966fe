"""Web pages to blocks: the main text with trafilatura, all visible text where it finds none. Nothing is fetched."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import BrokenDocument
from corpus.own.lines import mend_characters, squeeze
from corpus.own.plain import decode
from corpus.own.raw import Block, RawDocument, RawPage, row_text, sane_date, sane_language, sane_title

if TYPE_CHECKING:
    from lxml.etree import _Element

logger = logging.getLogger(__name__)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_HIDDEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "button"})
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_CELLS = frozenset({"td", "th"})
_CELL_END = "\x1f"
_LEAST_MAIN_CHARACTERS = 200
_LEAST_MAIN_SHARE = 0.05
_ALL_SHARE = 0.8
_FEW_BLOCKS = 2


def read_html(data: bytes, name: str, content_type: str = "") -> RawDocument:
    """Return the main text of a web page with what it says about itself.

    Args:
        data: The page.
        name: What to call it in messages.
        content_type: Its Content-Type, for the charset.

    Raises:
        BrokenDocument: It cannot be read as HTML.
    """
    text = _DECLARATION.sub("", decode_html(data, content_type)).translate({0: None, 0x1F: None})
    try:
        return _read(text)
    except (MemoryError, KeyboardInterrupt, ImportError):  # of the machine, not of the page
        raise
    except Exception as error:  # lxml and trafilatura raise several kinds on broken pages
        raise BrokenDocument(f"«{name}» kan ikke leses som nettside. Lagre den som PDF, og legg til den.") from error


def decode_html(data: bytes, content_type: str = "") -> str:
    """Return the text of the page: by its byte order mark, its headers, its meta tag, or by its letters."""
    declared = re.search(r"charset=[\"']?([\w-]+)", content_type) or None
    in_page = _CHARSET.search(data[:4096])
    charset = declared[1] if declared else in_page[1].decode("ascii", "replace") if in_page else ""
    if charset and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        # Browsers read Latin-1 as Windows-1252, and a page whose letters are UTF-8 is UTF-8 whatever it says.
        charset = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(
            charset.lower(), charset
        )
        for encoding in ("utf-8", charset):
            try:
                return data.decode(encoding)
            except (LookupError, ValueError):
                continue
    return decode(data)


def _read(text: str) -> RawDocument:
    import lxml.html
    import trafilatura

    # Without huge_tree, libxml2 drops what lies deeper than 256 elements; with it, deeper than 2048.
    parser = lxml.html.HTMLParser(huge_tree=True)
    tree = lxml.html.document_fromstring(text or "<html></html>", parser=parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ValueError("elements lie too deep in each other")
    language = sane_language(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"))
    visible = list(_visible_blocks(tree))
    found = trafilatura.bare_extraction(text, include_comments=False, include_tables=True, with_metadata=True)
    main: list[Block] = []
    title = publisher = ""
    published = None
    if isinstance(found, trafilatura.settings.Document):
        main = _main_blocks(found.body) if found.body is not None else []
        title = sane_title(mend_characters(found.title or ""))
        publisher = squeeze(mend_characters(found.sitename or found.author or ""))[:200]
        published = sane_date(found.date)
    if not title:
        title = sane_title(mend_characters(tree.findtext(".//title") or ""))
    blocks = main if _is_enough(main, visible) else visible
    return RawDocument(
        title=title,
        publisher=publisher,
        published=published,
        language=language,
        pages=(RawPage(number=None, blocks=tuple(blocks)),),
    )


def _is_enough(main: list[Block], visible: list[Block]) -> bool:
    found, all_text = (sum(len(block.text) for block in blocks) for blocks in (main, visible))
    if found >= _ALL_SHARE * all_text and len(main) <= len(visible) / _FEW_BLOCKS:
        return False  # trafilatura's last resort: everything in one piece
    return found >= min(_LEAST_MAIN_CHARACTERS, _ALL_SHARE * all_text) and found >= _LEAST_MAIN_SHARE * all_text


def _main_blocks(body: "_Element") -> list[Block]:
    """Return the blocks of trafilatura's own structure: head, p, list with item, table with row and cell."""
    blocks: list[Block] = []
    for element in body.iter("head", "p", "item", "row", "quote", "code", "ab"):
        if not isinstance(element.tag, str) or _inside(element, ("row",) if element.tag != "row" else ()):
            continue
        if element.tag == "row":
            cells = [_text_of(cell) for cell in element.iter("cell")]
            blocks += [Block(text=text, kind="row")] if (text := row_text(cells)) else []
            continue
        text = _text_of(element, stop=("list", "table", "p", "item", "head", "quote"))
        if not text:
            continue
        if element.tag == "head":
            level = re.fullmatch(r"h([1-6])", element.get("rend") or "")
            blocks.append(Block(text=text, heading=int(level[1]) if level else 2))
        else:
            is_item = element.tag == "item" or _inside(element, ("item",))
            blocks.append(Block(text=text, kind="item" if is_item else "text"))
    return blocks


def _inside(element: "_Element", tags: tuple[str, ...]) -> bool:
    return bool(tags) and next(element.iterancestors(*tags), None) is not None


def _text_of(element: "_Element", stop: tuple[str, ...] = ()) -> str:
    """Return the text of an element; elements named in `stop` are blocks of their own, but what follows them is not."""
    parts: list[str] = []

    def walk(node: "_Element") -> None:
        parts.append(node.text or "")
        for child in node:
            if child.tag == "lb":
                parts.append(" ")
            elif isinstance(child.tag, str) and child.tag not in stop:
                walk(child)
            parts.append(child.tail or "")

    walk(element)
    return squeeze(mend_characters("".join(parts)))


def _visible_blocks(tree: "_Element") -> Iterator[Block]:
    """Yield all the text that a browser would show, a block for each element that begins on a new line."""
    from lxml.etree import iterwalk

    pending: list[str] = []
    looks = Block(text="")
    walker = iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if not tag or tag in _HIDDEN or element.get("hidden") is not None:
                walker.skip_subtree()
                continue
            if tag not in _INLINE and tag not in _CELLS:
                yield from _flush(pending, looks)
                looks = _looks_of(tag)
            pending.append(element.text or "")
            continue
        if tag in _CELLS:
            pending.append(_CELL_END)
        elif tag and tag not in _INLINE and tag not in _HIDDEN:
            yield from _flush(pending, looks)
            looks = Block(text="")
        pending.append(element.tail or "")
    yield from _flush(pending, looks)


def _looks_of(tag: str) -> Block:
    heading = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0
    return Block(text="", heading=heading, kind={"li": "item", "tr": "row"}.get(tag, "text"))


def _flush(pending: list[str], looks: Block) -> Iterator[Block]:
    """Yield what has been collected as a block that looks like the given one, and empty the collection."""
    cells = [squeeze(mend_characters(cell)) for cell in "".join(pending).split(_CELL_END)]
    pending.clear()
    if sum(map(bool, cells)) > 1:
        yield Block(text=row_text(cells[:-1] if not cells[-1] else cells), kind="row")
    elif text := "".join(cells):
        yield replace(looks, text=text, kind="text" if looks.kind == "row" else looks.kind)
