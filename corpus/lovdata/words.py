"""The check that nothing gets lost: the words of a document's XML against the words of its provisions, counted both ways.

The words of the XML are gathered here without the parser's own code. A number that a list gives in an attribute ("a.") counts as a word,
since it stands in the text; the number of a footnote inside a sentence does not.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lxml import etree

from corpus.document import Provision
from corpus.lovdata.parse import ParsedAct, parse_act

_WORD = re.compile(r"\w+")
_ADDITION = re.compile(r" \([^)]*\)")
_WITHIN_LINES = frozenset(
    ["a", "abbr", "b", "cite", "code", "em", "i", "q", "s", "small", "span", "strong", "sub", "sup", "u"]
)
_OWN_LINE = ("miscHeadline", "futuretitle", "futureLegalArticleHeader", "data-marginOriginalId")
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCheck:
    """The words of a document, counted. `lost` are in the XML alone, `added` in the provisions alone."""

    document_id: str
    words_in_xml: int
    words_kept: int
    left_out: Mapping[str, int]
    lost: Mapping[str, int]
    added: Mapping[str, int]

    @property
    def is_whole(self) -> bool:
        """Whether every word is kept, and none made up."""
        return not self.lost and not self.added


def check_words(data: bytes, parsed: ParsedAct) -> WordCheck:
    """Return how the words of a document compare with the words of its provisions.

    Text, footnotes and change notes are counted word by word. A heading is kept when some provision has it as its heading or in its path,
    or its label begins with it.

    Args:
        data: The file that was parsed.
        parsed: What the parser made of it.
    """
    root = etree.fromstring(data, etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True))
    main = root.find("body/main")
    texts: list[str] = []
    headings: list[str] = []
    if main is not None:
        _split(main, texts, headings)
    in_xml = Counter(_WORD.findall("".join(texts)))
    kept: Counter[str] = Counter()
    for provision in parsed.document:
        for text in (provision.text, *provision.footnotes, *provision.changes):
            kept.update(_WORD.findall(text))
    lost = in_xml - kept
    lost.update(_lost_headings(headings, parsed))
    heading_words = sum(len(_WORD.findall(heading)) for heading in headings)
    return WordCheck(
        document_id=parsed.document.document_id, words_in_xml=in_xml.total() + heading_words,
        words_kept=kept.total() + heading_words - lost.total(), left_out=parsed.left_out, lost=dict(lost), added=dict(kept - in_xml),
    )  # fmt: skip


def check_files(files: Iterable[tuple[str, bytes]], archived: date) -> Iterator[WordCheck]:
    """Yield the check of each file, given with its name.

    Raises:
        LovdataDocumentError: A file cannot be parsed.
    """
    for file_name, data in files:
        yield check_words(data, parse_act(data, archived, file_name=file_name))


def _split(element: etree._Element, texts: list[str], headings: list[str]) -> None:
    """Sort the words of the document or a section into texts and the headings of sections and articles."""
    texts.append(f"\n{element.text or ''}")
    for child in element:
        css = child.get("class") or ""
        if child.tag == "section" or css == "legalArticle":
            _split(child, texts, headings)
        elif child.tag in _HEADINGS or css == "legalArticleHeader" or child.get("role") == "heading":
            pieces: list[str] = []
            for footer in child.findall("footer"):
                _gather(footer, texts)
                child.remove(footer)
            _gather(child, pieces)
            headings.append("".join(pieces))
        else:
            _gather(child, texts)
            texts.append(child.tail or "")
            continue
        texts.append(f"\n{child.tail or ''}")


def _gather(element: etree._Element, pieces: list[str]) -> None:
    css = element.get("class") or ""
    if css == "footnotereference":
        return
    inline = element.tag in _WITHIN_LINES and css not in _OWN_LINE
    edge = "" if inline else "\n"
    if element.tag == "li":
        edge = "\n"
        pieces.append(f"\n{element.get('data-name') or element.get('data-li-identifier') or ''}")
    pieces.append(edge)
    pieces.append(element.text or "")
    for child in element:
        _gather(child, pieces)
        pieces.append(child.tail or "")
    pieces.append(edge)


def _lost_headings(headings: list[str], parsed: ParsedAct) -> Counter[str]:
    kept = {"", _key(parsed.document.title)}
    for provision in parsed.document:
        kept.add(_key(provision.heading))
        kept.update(_key(heading) for heading in provision.path)
        kept.add(_key(f"{_number_of(provision)} {provision.heading}"))
    lost: Counter[str] = Counter()
    for heading in headings:
        if _key(heading) not in kept:
            lost.update(_WORD.findall(heading))
    return lost


def _number_of(provision: Provision) -> str:
    """Return what a label says after the act's name: "§ 3-3", "artikkel 6"."""
    return _ADDITION.sub("", provision.label.removeprefix(provision.source))


def _key(text: str) -> str:
    return "".join(_WORD.findall(text)).lower()
