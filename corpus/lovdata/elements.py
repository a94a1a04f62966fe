"""Reading the elements of Lovdata's XML: what an element is, and its words without what does not belong in running text."""

import re

from lxml import etree

from corpus.errors import LovdataDocumentError

MAX_BYTES = 32 * 1024 * 1024  # the largest document of 2025-11-08 has 3.9 million bytes
MAX_DEPTH = 100  # the deepest has 30
# A line break of the source; XML cannot hold the character, so it never stands in a text.
_BREAK = "\x00"
_BLANKS = re.compile(r"[ \t\r\n]+")
_DOCTYPE = re.compile(rb"<!DOCTYPE\s+html\s*>", re.IGNORECASE)
_TOO_DEEP = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")
_INLINE_TAGS = frozenset(
    ["a", "abbr", "b", "br", "cite", "code", "em", "i", "img", "q", "s", "small", "span", "strong", "sub", "sup", "u"]
)
_CELLS = ("td", "th")
_BLOCK_SPANS = frozenset(["miscHeadline", "futuretitle", "futureLegalArticleHeader", "data-marginOriginalId"])


def read_root(data: bytes) -> etree._Element:
    """Return the document's root element.

    The bytes are read as UTF-8 whatever they claim, so that a look at them shows every declaration there can be.

    Raises:
        LovdataDocumentError: The bytes are no such document, or hold entities, an external reference or too much.
    """
    if len(data) > MAX_BYTES:
        raise LovdataDocumentError(f"Dokumentet er på {len(data)} byte; grensen er {MAX_BYTES}.")
    if b"<!ENTITY" in data or data.count(b"<!DOCTYPE") > len(_DOCTYPE.findall(data)):
        raise LovdataDocumentError("Dokumentet har entiteter eller viser til noe utenfor seg selv, og blir ikke lest.")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise LovdataDocumentError(f"Dokumentet er ikke gyldig XML: {error}") from error
    if _TOO_DEEP(root):
        raise LovdataDocumentError(f"Dokumentet er nøstet i mer enn {MAX_DEPTH} nivåer.")
    if root.tag != "html":
        raise LovdataDocumentError(f"Dokumentet er ikke på Lovdatas form: ytterste element er «{root.tag}».")
    return root


def name_of(element: etree._Element) -> str:
    """Return what an element is: its first class, or else its tag."""
    css = element.get("class")
    return css.split(" ", 1)[0] if css else str(element.tag)


def is_inline(element: etree._Element) -> bool:
    """Return whether the element stands within a line."""
    return element.tag in _INLINE_TAGS and name_of(element) not in _BLOCK_SPANS


def is_heading(element: etree._Element) -> bool:
    """Return whether the element is the heading of a section or the document."""
    tag = element.tag
    return tag in ("h1", "h2", "h3", "h4", "h5", "h6") or (tag == "div" and element.get("role") == "heading")


def tidy(text: str) -> str:
    """Return gathered text with single blanks; a line break of the source is a line break. No-break blanks are kept."""
    if _BREAK not in text:
        return _BLANKS.sub(" ", text).strip(" ")
    lines = (_BLANKS.sub(" ", line).strip(" ") for line in text.split(_BREAK))
    return "\n".join(line for line in lines if line)


def text_of(element: etree._Element) -> str:
    """Return the words of an element, without footnote numbers, and with a line break between blocks."""
    pieces: list[str] = []
    gather(element, pieces)
    return tidy("".join(pieces))


def heading_of(element: etree._Element) -> str:
    """Return the words of a heading on one line, without footnotes that stand in it."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag != "footer":
            gather(child, pieces)
        pieces.append(child.tail or "")
    return " ".join(tidy("".join(pieces)).split())


def has_block(element: etree._Element) -> bool:
    """Return whether something that is no part of a line stands inside the element."""
    return len(element) > 0 and any(not is_inline(inside) for inside in element.iter() if inside is not element)


def gather(element: etree._Element, pieces: list[str]) -> None:
    """Append the text of an element (not its tail) to the pieces, to be tidied when all are there."""
    if name_of(element) == "footnotereference":
        return
    if element.tag == "br":
        pieces.append(_BREAK)
        return
    edge = "" if is_inline(element) or element.tag in _CELLS else _BREAK
    pieces.append(edge)
    if element.tag == "li":
        pieces.append(f"{marker_of(element)} ")
    pieces.append(element.text or "")
    for child in element:
        gather(child, pieces)
        pieces.append(" | " if child.tag in _CELLS and child.getnext() is not None else child.tail or "")
    pieces.append(edge)


def marker_of(item: etree._Element) -> str:
    """Return what stands before an item of a list: "a.", "1." or a dash."""
    return (item.get("data-name") or item.get("data-li-identifier") or "").strip() or "–"
