"""The corpus as somebody reads it: its documents, their chapters, and what stands beside a provision."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from corpus.document import DATE_UNKNOWN, Document, Kind, Level, Provision
from corpus.library import Library
from corpus.merge import Standing
from corpus.store import StoredDocument

_REMEMBERED = 64
_OLD_DAYS = 183


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document of the corpus. `source` is "core", "lovdata" or "own"; `is_restated` says that the core has parts of it too.

    `count` is the number of provisions, `checked` the day that somebody last compared it with its source.
    """

    document_id: str
    title: str
    source: str
    level: Level
    count: int
    url: str
    text_date: date | None
    checked: date
    abbreviation: str = ""
    is_restated: bool = False
    last_change: date | None = None
    withdrawn: date | None = None

    def is_old(self, today: date) -> bool:
        """Return whether the check is more than six months old."""
        return (today - self.checked).days > _OLD_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A provision by its name."""

    provision_id: str
    label: str
    heading: str
    is_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The provisions under one heading of a document, in their order."""

    title: str
    provisions: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What stands beside a provision: those before and after it in its chapter, and our restatement of it where it holds."""

    before: Reference | None = None
    after: Reference | None = None
    plain: Provision | None = None


class Browser:
    """Reads a library by document and chapter. Read-only and safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._chapters = lru_cache(maxsize=_REMEMBERED)(self._read_chapters)

    @cached_property
    def documents(self) -> tuple[Listed, ...]:
        """The documents: acts and regulations, guidance, then the user's own."""
        return tuple(
            sorted(self._list(), key=lambda d: (d.source == "own", d.level, not d.is_restated, d.title.lower()))
        )

    def _list(self) -> Iterator[Listed]:
        store = self.library.store
        stored, counts = (store.documents, store.counts()) if store else ({}, {})
        core = {document.document_id: document for document in self.library.core}
        for document in core.values():
            if document.document_id not in stored:
                yield _of_core(document)
        for kept in stored.values():
            restated = core.get(kept.document_id)
            yield _of_store(kept, counts.get(kept.document_id, 0), is_restated=restated is not None)

    def chapters(self, document_id: str) -> tuple[Chapter, ...]:
        """Return the chapters of a document, in their order.

        Raises:
            KeyError: There is no such document.
        """
        return self._chapters(document_id)

    def _read_chapters(self, document_id: str) -> tuple[Chapter, ...]:
        titles: dict[str, list[Reference]] = {}
        for provision in self._provisions(document_id):
            titles.setdefault(provision.path[0] if provision.path else "", []).append(refer(provision))
        return tuple(Chapter(title=title, provisions=tuple(found)) for title, found in titles.items())

    def _provisions(self, document_id: str) -> list[Provision]:
        """Return the provisions of a document, those of the fetched edition first and what only the core has behind them."""
        store = self.library.store
        found: dict[str, Provision] = {}
        if store and document_id in store.documents:
            found = {p.provision_id: p for p in store.read(document_id)}
        core = next((d for d in self.library.core if d.document_id == document_id), None)
        if core is None and not found:
            raise KeyError(document_id)
        for provision in core or ():
            found.setdefault(provision.provision_id, provision)
        return list(found.values())

    def document_of(self, provision_id: str) -> str | None:
        """Return the id of the document that holds a provision, None when no document does."""
        if provision_id in self._of_core:
            return self._of_core[provision_id]
        work = provision_id.rpartition("/")[0]
        return work if self.library.store and work in self.library.store.documents else None

    @cached_property
    def _of_core(self) -> dict[str, str]:
        return {p.provision_id: document.document_id for document in self.library.core for p in document}

    def around(self, provision_id: str) -> Surroundings:
        """Return what stands beside a provision; nothing when no document holds it."""
        document_id = self.document_of(provision_id)
        if document_id is None:
            return Surroundings()
        for chapter in self.chapters(document_id):
            ids = [reference.provision_id for reference in chapter.provisions]
            if provision_id in ids:
                place = ids.index(provision_id)
                before = chapter.provisions[place - 1] if place else None
                after = chapter.provisions[place + 1] if place + 1 < len(ids) else None
                return Surroundings(before=before, after=after, plain=self.plain(provision_id))
        return Surroundings(plain=self.plain(provision_id))

    def plain(self, provision_id: str) -> Provision | None:
        """Return our restatement of a provision whose official text was fetched, None where it is of another wording."""
        if self.library.standing(provision_id) is not Standing.MATCHES:
            return None
        return self.library.find(provision_id, Kind.RESTATEMENT)


def refer(provision: Provision) -> Reference:
    """Return the reference to a provision."""
    gone = provision.repealed is not None and (
        provision.repealed == DATE_UNKNOWN or provision.is_repealed(date.today())
    )
    return Reference(
        provision_id=provision.provision_id, label=provision.label, heading=provision.heading, is_gone=gone
    )


def _of_core(document: Document) -> Listed:
    # A collection of notes has no level of its own: its notes have.
    return Listed(
        document_id=document.document_id, title=document.name or document.title, source="core", level=document.level,
        count=len(document.provisions), url=document.url, text_date=document.text_date, checked=document.checked,
        abbreviation=document.abbreviation, is_restated=bool(document.abbreviation),
    )  # fmt: skip


def _of_store(kept: StoredDocument, count: int, *, is_restated: bool) -> Listed:
    title = kept.title if kept.source == "own" else kept.name
    return Listed(
        document_id=kept.document_id, title=title, source=kept.source, level=kept.level, count=count, url=kept.url,
        text_date=kept.text_date, checked=kept.checked, abbreviation=kept.abbreviation, is_restated=is_restated,
        last_change=kept.last_change, withdrawn=kept.withdrawn,
    )  # fmt: skip
