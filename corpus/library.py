"""The whole corpus in memory: documents with look-ups, and the lists that belong to it. Read-only."""

from dataclasses import dataclass
from functools import cached_property

from corpus.address import Address, Portion, parse_address
from corpus.core import read_core
from corpus.document import Document, Kind, Provision
from corpus.errors import AddressError, UnknownProvision
from corpus.glossary import Glossary, read_glossary
from corpus.industry import read_table
from corpus.misunderstandings import Misunderstanding, read_misunderstandings
from corpus.next_steps import find_next_step, read_next_steps
from corpus.thresholds import Threshold, read_thresholds


@dataclass(frozen=True)
class Library:
    """The documents. Look-ups are made once and shared."""

    documents: tuple[Document, ...]

    @cached_property
    def provisions(self) -> dict[str, tuple[Provision, ...]]:
        """The texts of each provision by its id: the official wording first where there is one."""
        found: dict[str, list[Provision]] = {}
        for document in self.documents:
            for provision in document:
                found.setdefault(provision.provision_id, []).append(provision)
        order = [Kind.OFFICIAL, Kind.RESTATEMENT, Kind.GUIDANCE, Kind.OWN]
        return {key: tuple(sorted(texts, key=lambda p: order.index(p.kind))) for key, texts in found.items()}

    @cached_property
    def known(self) -> frozenset[str]:
        """The ids of all provisions."""
        return frozenset(self.provisions)

    @cached_property
    def glossary(self) -> Glossary:
        """Terms and what people call them."""
        return read_glossary()

    @cached_property
    def misunderstandings(self) -> tuple[Misunderstanding, ...]:
        """Widespread misunderstandings with the right rule."""
        return read_misunderstandings(self.known)

    @cached_property
    def thresholds(self) -> tuple[Threshold, ...]:
        """Duties by headcount."""
        return read_thresholds(self.known)

    @cached_property
    def _next_steps(self) -> dict[tuple[str, Portion], str]:
        return read_next_steps(self.known)

    def next_step(self, provision_id: str, portion: Portion) -> str:
        """Return what a sensible adviser would do next after the part of a provision, "" when nothing is noted."""
        return find_next_step(self._next_steps, provision_id, portion)

    def find(self, provision_id: str, kind: Kind | None = None) -> Provision:
        """Return a provision by id, of the kind wanted or else the text that leads.

        Raises:
            UnknownProvision: No document holds it.
        """
        for provision in self.provisions.get(provision_id, ()):
            if kind in (None, provision.kind):
                return provision
        raise UnknownProvision(f"Finner ikke {provision_id}.")

    def look_up(self, text: str) -> tuple[tuple[Provision, ...], Portion]:
        """Return the texts of the provision that somebody named, and the part of it they meant.

        Args:
            text: An address as people write it ("aml 3-3"), or a provision id ("veiledning/hva-bht-er").

        Raises:
            UnknownProvision: The text is no address, or no document holds it. The message names a remedy.
        """
        if text in self.provisions:
            return self.provisions[text], Portion()
        try:
            address: Address = parse_address(text, self.known)
        except AddressError as error:
            raise UnknownProvision(str(error)) from error
        if address.provision_id not in self.provisions:
            raise UnknownProvision(
                f"Finner ikke {address.format()} i kildene. Se «bht corpus list» for hva som er med."
            )
        return self.provisions[address.provision_id], address.portion


def load_library() -> Library:
    """Return the corpus that every installation has: the core."""
    return Library(read_core(rows=read_table()))
