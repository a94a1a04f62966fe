"""The text of one provision from its elements: ledd, lists, tables, and what is kept apart from them."""

import re

from lxml import etree

from corpus.address import Portion
from corpus.lovdata.draft import Draft, tidy_name
from corpus.lovdata.elements import gather, has_block, is_inline, marker_of, name_of, text_of, tidy
from corpus.lovdata.tables import Table, read_table

_LEDD = frozenset(["legalP", "numberedLegalP"])
_FRAMES = frozenset(["indent", "box"])  # only formatting: a ledd inside counts like one outside
_QUOTING = frozenset(["futureLegalArticle", "document-change", "change"])
_ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)


def place_all(draft: Draft, element: etree._Element, own: list[etree._Element]) -> None:
    """Put the content of a provision's element into the draft, counting ledd.

    Args:
        draft: The provision so far.
        element: Its element, or the section whose own text is wanted.
        own: The children to read; the text between all children is read too.
    """
    draft.numbered = any(name_of(child) == "numberedLegalP" for child in own)
    _place_content(draft, element, set(own))


def _place_content(draft: Draft, element: etree._Element, own: set[etree._Element]) -> None:
    pieces = [element.text or ""]
    for child in element:
        if child in own and is_inline(child) and not has_block(child):
            gather(child, pieces)
            draft.references.update(_references(child))
        else:
            draft.add(draft.ledd, tidy("".join(pieces)))
            pieces.clear()
            if child in own:
                _place(draft, child)
        pieces.append(child.tail or "")
    draft.add(draft.ledd, tidy("".join(pieces)))


def _place(draft: Draft, element: etree._Element) -> None:
    name = name_of(element)
    if name in _FRAMES:
        _place_content(draft, element, set(element))
        return
    if name in _LEDD:
        _begin_ledd(draft, element, name)
    _block(draft, element, draft.ledd)


def _begin_ledd(draft: Draft, element: etree._Element, name: str) -> None:
    """Begin a ledd: numbered ones have their number, the others are counted.

    Among numbered ledd, one without a number goes on with the one before it. Before the first of them it is the introduction of the
    provision, unless the numbers begin higher.
    """
    if name == "numberedLegalP":
        draft.start_ledd(element.get("data-numerator") or "")
    elif not draft.numbered or (not draft.ledd.parts and _following_number(element) > draft.next_ledd):
        draft.start_ledd()


def _following_number(element: etree._Element) -> int:
    for sibling in element.itersiblings():
        if name_of(sibling) == "numberedLegalP":
            numerator = sibling.get("data-numerator") or ""
            return int(numerator) if re.fullmatch(r"\d{1,4}", numerator) else 0
    return 0


def _flow(draft: Draft, element: etree._Element, portion: Portion, skip: etree._Element | None = None) -> Portion:
    """Add the mixed content of an element, but for one child; return the part that what follows belongs to."""
    pieces = [element.text or ""]
    for child in element:
        if child is skip:
            pass
        elif is_inline(child) and not has_block(child):
            gather(child, pieces)
            if child.tag == "sup" or len(child):
                draft.references.update(_references(child))
        else:
            draft.add(portion, tidy("".join(pieces)))
            pieces.clear()
            portion = _block(draft, child, portion)
        pieces.append(child.tail or "")
    draft.add(portion, tidy("".join(pieces)))
    return portion


def _references(element: etree._Element) -> list[str]:
    return [s.get("data-unique-footnote-counter") or "" for s in element.iter("sup") if s.get("class")]


def _block(draft: Draft, element: etree._Element, portion: Portion) -> Portion:
    """Add a block; return the part that what follows belongs to."""
    name = name_of(element)
    if name == "changesToParent" and not draft.quoting:
        draft.changes.append(text_of(element))
    elif name == "footnotes":
        add_footnotes(draft, element)
    elif element.tag in ("ol", "ul"):
        _list(draft, element, portion)
    elif element.tag == "table":
        return _table(draft, element, portion)
    elif name == "marginIdArticle":
        _margin(draft, element, portion)
    elif element.tag == "img":
        draft.pictures += 1
    elif name in _QUOTING:
        draft.quoting += 1
        portion = _flow(draft, element, portion)
        draft.quoting -= 1
    elif name == "numberedLegalP" and draft.quoting and _is_own_ledd(draft, element):
        draft.start_ledd(element.get("data-numerator"))
        return _flow(draft, element, draft.ledd)
    else:
        return _flow(draft, element, portion)
    return portion


def _is_own_ledd(draft: Draft, element: etree._Element) -> bool:
    """Return whether a ledd inside an amendment is one of the amending provision, not of the text it quotes.

    It is when it goes on with the numbers and says what is to be done: repeals something, or opens the amendment.
    """
    change = element.getparent()
    if change is None or not draft.numbered or element.get("data-numerator") != str(draft.next_ledd):
        return False
    repeals = change.get("data-repeal-part") and not (change.get("data-change-part") or change.get("data-add-new-part"))
    return name_of(change) == "change" and (bool(repeals) or element.getprevious() is None)


def add_footnotes(draft: Draft, footer: etree._Element) -> None:
    """Put the footnotes of a footer into the draft, each with its number in the document."""
    draft.footnotes.extend((note.get("data-unique-footnote-counter") or "", text_of(note)) for note in footer)


def _list(draft: Draft, element: etree._Element, portion: Portion) -> None:
    draft.add(portion, tidy(element.text or ""))
    roman = (element.get("type") or "").lower() == "i" and any(_item_name(item) in ("i", "ii") for item in element)
    for item in element:
        if item.tag == "li":
            kind, name = _name_item(_item_name(item), roman)
            child = draft.child(portion, kind, name) if name else draft.count(portion, kind)
            draft.marker += marker_of(item) + " "
            _flow(draft, item, child)
            draft.close(child)
        elif is_inline(item):
            draft.add(portion, text_of(item))
        else:
            _block(draft, item, portion)
        draft.add(portion, tidy(item.tail or ""))


def _item_name(item: etree._Element) -> str:
    return tidy_name(marker_of(item))


def _name_item(name: str, roman: bool) -> tuple[str, str]:
    """Return the kind of an item and its name, which is "" for what is only a dash."""
    if roman and _ROMAN.fullmatch(name):
        return "nr", name
    if name.isalpha() and len(name) <= 3:
        return "bokstav", name
    return ("nr", name) if name[:1].isalnum() else ("strek", "")


def _margin(draft: Draft, element: etree._Element, portion: Portion) -> None:
    """Add a paragraph whose number stands in the margin."""
    number = next((c for c in element if name_of(c) == "data-marginOriginalId"), None)
    shown = text_of(number) if number is not None else ""
    kind, name = _name_item(tidy_name(shown), roman=False)
    child = draft.child(portion, kind, name) if name else draft.count(portion, kind)
    draft.marker += f"{shown} " if shown else ""
    _flow(draft, element, child, number)
    draft.close(child)


def _table(draft: Draft, element: etree._Element, portion: Portion) -> Portion:
    """Add a table, each row a part of its own; return the part that what follows belongs to.

    A table with a lead-in ("... skal:") over numbered rows is a ledd with a list: the law counts it as one (forskrift/1996-12-06-1127
    § 5 calls its table "annet ledd").
    """
    table = read_table(element)
    draft.references.update(_references(element))
    draft.pictures += sum(1 for _ in element.iter("img"))
    if table.is_list and portion == draft.ledd and portion.parts and not (draft.numbered or draft.quoting):
        draft.start_ledd()
        portion = draft.ledd
    for line in table.lead:
        draft.add(portion, line)
    _rows(draft, table, portion)
    return portion


def _rows(draft: Draft, table: Table, portion: Portion) -> None:
    for row in table.rows:
        if row.is_header:
            draft.add(portion, row.text)
            continue
        child = draft.child(portion, row.kind, row.name) if row.name else draft.count(portion, row.kind)
        draft.marker += row.marker
        draft.add(child, row.text)
        draft.close(child)
