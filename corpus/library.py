"""The whole corpus: the core in memory, fetched and own documents from the store, and the lists that belong to them."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.act_names import acts_by_id
from corpus.address import Address, Portion, parse_address
from corpus.core import read_core
from corpus.document import Document, Kind, Provision
from corpus.errors import AddressError, UnknownProvision
from corpus.glossary import Glossary, read_glossary
from corpus.industry import read_table
from corpus.merge import Searchable, Standing, order_texts, searchables, standing_of
from corpus.misunderstandings import Misunderstanding, read_misunderstandings
from corpus.next_steps import find_next_step, read_next_steps
from corpus.outside import OutsideTopic, read_outside
from corpus.store import StoreReader
from corpus.thresholds import Threshold, read_thresholds
from corpus.timeline import OnDay, text_on

if TYPE_CHECKING:
    from corpus.conflicts.record import Conflict

_REMEMBERED = 4096


class Library:
    """The sources. Read-only and safe to share between threads.

    `core` is in memory; `store` holds what was fetched or added and is read one provision at a time. `outside` are the topics that
    none of them covers.
    """

    def __init__(
        self, core: tuple[Document, ...], store: StoreReader | None = None, outside: tuple[OutsideTopic, ...] = ()
    ) -> None:
        self.core, self.store, self.outside = core, store, outside
        self._core_texts: dict[str, tuple[Provision, ...]] = {}
        for document in core:
            for provision in document:
                self._core_texts[provision.provision_id] = (
                    *self._core_texts.get(provision.provision_id, ()),
                    provision,
                )
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._read_texts)

    def close(self) -> None:
        """End the reading of the store."""
        if self.store:
            self.store.close()

    @property
    def has_official(self) -> bool:
        """Whether official texts were fetched."""
        return self.store is not None and any(d.source == "lovdata" for d in self.store.documents.values())

    def texts_of(self, provision_id: str) -> tuple[Provision, ...]:
        """Return the texts of a provision, the one that leads first; none when no document holds it."""
        return self._remembered(provision_id)

    def _read_texts(self, provision_id: str) -> tuple[Provision, ...]:
        stored = self.store.find(provision_id) if self.store else ()
        return order_texts((*stored, *self._core_texts.get(provision_id, ())))

    def searchables(self) -> Iterator[Searchable]:
        """Yield what to index, each provision once; documents of the store are read one at a time."""
        for document in self.core:
            for provision in document:
                yield from searchables(self.texts_of(provision.provision_id))
        for document_id in self.store.documents if self.store else ():
            for provision in self.store.read(document_id):  # type: ignore[union-attr]
                if provision.provision_id not in self._core_texts:
                    yield from searchables((provision,))

    def searched(self, provision_id: str, kind: Kind) -> Provision:
        """Return a text as it is indexed: an official one may carry the lay questions of a restatement.

        Raises:
            UnknownProvision: No document holds it.
        """
        indexed = (found.provision for found in searchables(self.texts_of(provision_id)))
        return next((text for text in indexed if text.kind is kind), None) or self.find(provision_id, kind)

    def working_text(self, provision_id: str) -> Provision:
        """Return the text that answers are made from: our restatement where it holds, else what leads.

        Raises:
            UnknownProvision: No document holds it.
        """
        if self.standing(provision_id) is Standing.OUTDATED:
            return self.find(provision_id)
        return next((t for t in self.texts_of(provision_id) if t.kind is Kind.RESTATEMENT), None) or self.find(
            provision_id
        )

    def standing(self, provision_id: str) -> Standing | None:
        """Return how our restatement of a provision stands to the fetched wording, None when there is no restatement."""
        by_kind = {text.kind: text for text in self.texts_of(provision_id)}
        restatement = by_kind.get(Kind.RESTATEMENT)
        return standing_of(restatement, by_kind.get(Kind.OFFICIAL)) if restatement else None

    def official(self, provision_id: str) -> Provision | None:
        """Return the fetched wording of a provision, None when there is none."""
        return next((text for text in self.texts_of(provision_id) if text.kind is Kind.OFFICIAL), None)

    @cached_property
    def known(self) -> frozenset[str]:
        """The ids of all provisions."""
        return frozenset(self._core_texts) | (self.store.ids() if self.store else frozenset())

    @cached_property
    def act_names(self) -> dict[str, str]:
        """The works of fetched acts beyond those of sources.toml by their names, in lower case."""
        documents = self.store.documents.values() if self.store else ()
        fetched = [d for d in documents if d.source == "lovdata" and d.document_id not in acts_by_id()]
        return {document.name.lower(): document.document_id for document in fetched}

    @cached_property
    def glossary(self) -> Glossary:
        """Terms and what people call them."""
        return read_glossary()

    @cached_property
    def misunderstandings(self) -> tuple[Misunderstanding, ...]:
        """Widespread misunderstandings with the right rule."""
        return read_misunderstandings(frozenset(self._core_texts))

    @cached_property
    def thresholds(self) -> tuple[Threshold, ...]:
        """Duties by headcount."""
        return read_thresholds(frozenset(self._core_texts))

    @cached_property
    def conflicts(self) -> "tuple[Conflict, ...]":
        """What the user's own documents say that contradicts the law, as it was found when they were added."""
        from corpus.conflicts.kept import read_conflicts  # needs the library itself

        return read_conflicts(self.store) if self.store else ()

    @cached_property
    def _next_steps(self) -> dict[tuple[str, Portion], str]:
        return read_next_steps(frozenset(self._core_texts))

    def next_step(self, provision_id: str, portion: Portion) -> str:
        """Return what a sensible adviser would do next after the part of a provision, "" when nothing is noted."""
        return find_next_step(self._next_steps, provision_id, portion)

    def find(self, provision_id: str, kind: Kind | None = None) -> Provision:
        """Return a provision by id, of the kind wanted or else the text that leads.

        Raises:
            UnknownProvision: No document holds it.
        """
        for provision in self.texts_of(provision_id):
            if kind in (None, provision.kind):
                return provision
        raise UnknownProvision(f"Finner ikke {provision_id}.")

    def find_on(self, provision_id: str, day: date) -> OnDay:
        """Return the text of a provision that held on a day, as far as the stored wordings tell."""
        versions = (
            tuple(v for v in self.store.versions(provision_id) if v.provision.kind is Kind.OFFICIAL)
            if self.store
            else ()
        )
        texts = self.texts_of(provision_id)
        restatement = next((text for text in texts if text.kind is Kind.RESTATEMENT), None)
        if not versions and not restatement and texts:
            return OnDay(text=texts[0])  # guidance and own documents have one wording
        return text_on(day, versions, restatement)

    def look_up(self, text: str) -> tuple[tuple[Provision, ...], Portion]:
        """Return the texts of the provision that somebody named, and the part of it they meant.

        Args:
            text: An address as people write it ("aml 3-3"), or a provision id ("veiledning/hva-bht-er").

        Raises:
            UnknownProvision: The text is no address, or no document holds it. The message names a remedy.
        """
        if text in self.known:
            return self.texts_of(text), Portion()
        try:
            address: Address = parse_address(text, self.known, self.act_names)
        except AddressError as error:
            raise UnknownProvision(str(error)) from error
        if address.provision_id not in self.known:
            raise UnknownProvision(
                f"Finner ikke {address.format()} i kildene. Se «bht corpus list» for hva som er med."
            )
        return self.texts_of(address.provision_id), address.portion


def load_library(store: Path | None = None) -> Library:
    """Return the corpus: the core that every installation has, and what the store holds.

    Args:
        store: The file of the store; nothing is read from it when it is not there.

    Raises:
        StoreError: The store is there and cannot be read.
    """
    reader = StoreReader(store) if store and store.is_file() else None
    return Library(read_core(rows=read_table()), reader, read_outside())
