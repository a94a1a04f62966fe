"""Parser of Lovdata's XML: an act or regulation with its provisions, parts, dates, notes, and commentary.

The form is described in LOVDATA_FORMAT.md. A provision is a § or article; a section with text of its own (annexes, parts of
amending acts) is one too. What an amending act quotes of other acts is text of the amending provision only.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from lxml import etree

from corpus.address import Address
from corpus.document import DATE_UNKNOWN, Document, Kind, Level, Provision
from corpus.errors import LovdataDocumentError
from corpus.lovdata.body import add_footnotes, place_all
from corpus.lovdata.changes import Amendment, coming_repeal, latest, read_amendments, repeal_date
from corpus.lovdata.draft import Draft
from corpus.lovdata.elements import heading_of, is_heading, name_of, read_root, text_of
from corpus.lovdata.header import Header, dates_in, read_header
from corpus.lovdata.naming import (
    article_label,
    article_tail,
    commentary_label,
    explained,
    is_commentary,
    section_label,
    slug,
)

READER = "https://lovdata.no/dokument/"
_REPEALED_TITLE = re.compile(r"(?:§[§\d\s–-]*\.)?\s*[(\[]\s*opphev(?:et|a|d)\b[^)]*\)?[.\s]*", re.IGNORECASE)
_REPEALED_END = re.compile(r"\(opphev(?:et|a|d)\)[.\s]*$", re.IGNORECASE)
_ADDED = re.compile(r"\b(?:tilføyd|føyd til|ny)\b", re.IGNORECASE)
_PARALLEL = re.compile(r"-(nn|nb)\.xml$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedAct:
    """A document as read: what the product needs of it, its header, and what was left out on purpose, counted by reason."""

    document: Document
    header: Header
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the reader is: the headings above, and what they say of everything below them."""

    path: tuple[str, ...] = ()
    added: tuple[Amendment, ...] = ()
    commentary: bool = False
    explains: tuple[Address, ...] = ()
    repealed: date | None = None


def parse_act(data: bytes, archived: date, name: str = "", abbreviation: str = "", file_name: str = "") -> ParsedAct:
    """Return the act or regulation in a file of Lovdata's open archives.

    Args:
        data: The file.
        archived: The date of the archive: the text is as of this day.
        name: What the act is called, where the source's own short name is not wanted.
        abbreviation: Its abbreviation, likewise.
        file_name: The file's name. Only it tells the nynorsk parallel text of an act ("-nn.xml") from the act, and it is named in errors.

    Raises:
        LovdataDocumentError: The file is no such document, or not safe to read.
    """
    try:
        root = read_root(data)
        header = read_header(root)
        main = root.find("body/main")
        if main is None:
            raise LovdataDocumentError("Dokumentet har ingen tekst (elementet «main» mangler).")
    except LovdataDocumentError as error:
        raise LovdataDocumentError(f"{file_name}: {error}") if file_name else error from error
    parallel = _PARALLEL.search(file_name)
    work = f"{header.refid}-{parallel[1]}" if parallel else header.refid
    reader = _Reader(
        work=work,
        header=header,
        archived=archived,
        name=name or (work if parallel and not header.short_name else header.name),
    )
    reader.read_section(main, _Place())
    document = Document(
        document_id=work, title=header.title or reader.name, name=reader.name,
        abbreviation=abbreviation or header.abbreviation, level=header.level, url=READER + (main.get("data-lovdata-URL") or header.dokid),
        provisions=reader.finish(), text_date=archived, checked=archived,
    )  # fmt: skip
    contents = next((dd for dd in root.iter("dd") if dd.get("class") == "table-of-contents"), None)
    left_out = {
        "innholdsfortegnelse": len(text_of(contents).split()) if contents is not None else 0,
        "bilde uten tekst": reader.pictures,
    }
    return ParsedAct(
        document=document, header=header, left_out=MappingProxyType({k: n for k, n in left_out.items() if n})
    )


@dataclass
class _Reader:
    """The provisions of one document while it is read."""

    work: str
    header: Header
    archived: date
    name: str
    provisions: list[Provision] = field(default_factory=list)
    pictures: int = 0
    _ids: set[str] = field(default_factory=set)
    _references: dict[str, set[str]] = field(default_factory=dict)

    def finish(self) -> tuple[Provision, ...]:
        """Return the provisions, commentary tied only to §§ that exist."""
        return tuple(
            replace(p, explains=tuple(a for a in p.explains if a.provision_id in self._ids)) if p.explains else p
            for p in self.provisions
        )

    def read_section(self, element: etree._Element, place: _Place) -> None:
        """Read the document or a section of it: the provisions inside, and the text that stands in none of them."""
        heading = ""
        own: list[etree._Element] = []
        notes = [child for child in element if name_of(child) == "changesToParent"]
        amendments = tuple(a for note in notes for a in read_amendments(note, self.archived))
        first = position = len(self.provisions)
        if element.tag == "section":
            heading = " ".join(heading_of(child) for child in element if is_heading(child))
            place = self._enter(element, heading, place)
        added = tuple(a for n in notes if _ADDED.search(text_of(n)) for a in read_amendments(n, self.archived))
        inner = replace(place, path=(*place.path, heading) if heading else place.path, added=added or place.added)
        for child in element:
            if child.tag == "section":
                self.read_section(child, inner)
            elif name_of(child) == "legalArticle":
                self._read_article(child, inner)
            elif not is_heading(child):
                position = position if own else len(self.provisions)
                own.append(child)
        draft = Draft()
        place_all(draft, element, own)
        for footer in (f for child in element if is_heading(child) for f in child.findall("footer")):
            add_footnotes(draft, footer)
        if draft.text or (len(self.provisions) == first and (heading or draft.changes or draft.footnotes)):
            provision = self._section_provision(element, heading, draft, place, amendments)
            self.provisions.insert(position if draft.text else len(self.provisions), provision)
        else:
            self._spread(draft, first)

    def _enter(self, element: etree._Element, heading: str, place: _Place) -> _Place:
        commentary = place.commentary or self._is_commentary(element, heading, place)
        about = explained(self.work, heading) if commentary else ()
        return replace(place, commentary=commentary, explains=about or place.explains)

    def _is_commentary(self, element: etree._Element, heading: str, place: _Place) -> bool:
        if self.header.level is Level.LAW or not is_commentary(heading, bool(element.get("data-name")), not place.path):
            return False
        later = (a for section in (element, *element.itersiblings()) for a in section.iter("article"))
        return not any(name_of(a) == "legalArticle" and (a.get("data-name") or "").startswith("§") for a in later)

    def _spread(self, draft: Draft, first: int) -> None:
        """Give a section's footnotes to the provisions that point to them, its change notes to its first provision."""
        self.pictures += draft.pictures
        inside = self.provisions[first:]
        for counter, text in draft.footnotes:
            ids = [p.provision_id for p in inside]
            position = next((i for i, key in enumerate(ids) if counter in self._references.get(key, ())), 0)
            inside[position] = replace(inside[position], footnotes=(*inside[position].footnotes, text))
        if draft.changes:
            inside[0] = replace(inside[0], changes=(*draft.changes, *inside[0].changes))
        self.provisions[first:] = inside

    def _read_article(self, element: etree._Element, place: _Place) -> None:
        header = next((child for child in element if name_of(child) == "legalArticleHeader"), None)
        value, title, repealed = ("", "", ()) if header is None else _read_heading(header)
        draft = Draft()
        place_all(draft, element, [child for child in element if child is not header])
        for footer in header.findall("footer") if header is not None else ():
            add_footnotes(draft, footer)
        amendments = tuple(
            a for child in element if name_of(child) == "changesToParent" for a in read_amendments(child, self.archived)
        )
        url = element.get("data-lovdata-URL") or ""
        name = url.removeprefix(self.header.dokid).strip("/") or element.get("data-name") or "artikkel"
        tail = self._unique(article_tail(name, value), name)
        marked = (*dates_in(element.get("data-repealeddate") or ""), *repealed)
        gone = _repealed(marked, title, draft, amendments, self.archived)
        self._add(
            draft, place, amendments, gone, heading=title, label=article_label(self.name, tail, value),
            provision_id=f"{self.work}/{tail}", url=READER + url,
        )  # fmt: skip

    def _section_provision(
        self, element: etree._Element, heading: str, draft: Draft, place: _Place, amendments: tuple[Amendment, ...]
    ) -> Provision:
        url = element.get("data-lovdata-URL") or self.header.dokid
        name = url.removeprefix(self.header.dokid).strip("/") or "TEKST"
        if place.commentary:
            stem = f"veiledning/{self.work.replace('/', '-')}/"
            tail = self._unique(slug(heading, place.explains), prefix=stem)
            provision_id, label = stem + tail, commentary_label(self.name, heading, place.explains)
        else:
            tail = self._unique(name)
            provision_id, label = f"{self.work}/{tail}", section_label(self.name, heading, tail)
        gone = _repealed((), heading, draft, amendments, self.archived)
        self._add(
            draft, place, amendments, gone, heading=heading, label=label, provision_id=provision_id, url=READER + url
        )
        return self.provisions.pop()

    def _unique(self, tail: str, other: str = "", prefix: str = "") -> str:
        """Return the tail, another form of it, or the tail with a number: what is not taken yet."""
        prefix = prefix or f"{self.work}/"
        found, number = tail, 1
        if other and prefix + found in self._ids and other.startswith("§"):
            found = other
        while prefix + found in self._ids:
            number += 1
            found = f"{tail}~{number}"
        self._ids.add(prefix + found)
        return found

    def _add(
        self, draft: Draft, place: _Place, amendments: tuple[Amendment, ...], repealed: date | None, *, heading: str,
        label: str, provision_id: str, url: str,
    ) -> None:  # fmt: skip
        self.pictures += draft.pictures
        self._references[provision_id] = draft.references
        last = latest(amendments, self.archived) or latest(place.added, self.archived)
        worded = latest([a for a in (*place.added, *amendments) if not a.repeals], self.archived)
        ends = self.header.repealed
        provision = Provision(
            provision_id=provision_id,
            kind=Kind.GUIDANCE if place.commentary else Kind.OFFICIAL,
            level=Level.AUTHORITY if place.commentary else self.header.level,
            source=self.name,
            label=label,
            heading=heading,
            path=place.path,
            text=draft.text,
            segments=tuple(draft.segments),
            url=url,
            checked=self.archived,
            text_date=self.archived,
            in_force=_in_force(self.header, worded, amendments, self.archived) if draft.text else None,
            amended_by=last.work if last else None,
            repealed=min(repealed, ends) if repealed and ends else repealed or ends,
            explains=place.explains,
            pending=self.header.undecided,
            changes=tuple(draft.changes),
            footnotes=tuple(text for _, text in draft.footnotes),
            language=self.header.language,
        )
        self.provisions.append(provision)


def _in_force(header: Header, last: Amendment | None, amendments: tuple[Amendment, ...], archived: date) -> date | None:
    """Return the day from which the wording holds: of the last amendment, or else the act's start.

    The header names the day of the act first, then those of parts of it. None when unknown, as when the only amendment names no day.
    """
    start = header.starts[0] if header.starts else None
    if start and start > archived:
        return start
    if last and last.in_force:
        return last.in_force
    return None if amendments else start


def _read_heading(header: etree._Element) -> tuple[str, str, tuple[date, ...]]:
    """Return number and title of an article, and the date the number says it was repealed on."""
    value = next((c for c in header.iter("span") if name_of(c) == "legalArticleValue"), None)
    whole = heading_of(header)
    if value is None:
        return "", whole, ()
    number = heading_of(value)
    title = whole.removeprefix(number).lstrip(" .\n") if whole.startswith(number) else whole
    return number, " ".join(title.split()), dates_in(value.get("data-repealeddate") or "")


def _repealed(
    marked: tuple[date, ...], title: str, draft: Draft, amendments: tuple[Amendment, ...], archived: date
) -> date | None:
    """Return from when a provision is repealed, by its mark, its title or its notes; None when it is not.

    The mark is `data-repealeddate`. In 141 §§ of 2025-11-08 that have text it lies on or before an amendment that did not repeal: an
    earlier version ended then, and the provision was added again or changed ("tilføyd igjen ved ... (ikr. 1 juli 2007)", marked 2007-07-01).
    Such a text holds.
    """
    last = amendments[-1] if amendments else None
    says_so = any(_REPEALED_TITLE.fullmatch(said) for said in (title, draft.text)) or bool(_REPEALED_END.search(title))
    renewed = bool(last and not last.repeals and last.in_force and marked and last.in_force >= marked[0])
    if marked and not (marked[0] <= archived and renewed and draft.text and not says_so):
        return marked[0]
    if not (says_so or (last and last.repeals and not draft.text)):
        return next((day for note in draft.changes if (day := coming_repeal(note))), None)
    dated = [last.in_force] if last and last.repeals else [repeal_date(said) for said in (*draft.changes[-1:], title)]
    return next((day for day in dated if day), DATE_UNKNOWN)
