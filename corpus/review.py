"""What in the core has been overtaken by the law, or not been looked at for long."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.coming import changed_since
from corpus.document import Kind, Provision
from corpus.library import Library
from corpus.merge import Standing

_STALE = timedelta(days=183)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to look at. `kind` is "newer", "outdated", "stale", "note" or "unchecked"; `detail` is shown."""

    kind: str
    provision_id: str
    label: str
    detail: str


def review_core(library: Library, today: date) -> Iterator[Finding]:
    """Yield what is to be looked at in the core, in its order."""
    for document in library.core:
        for provision in document:
            yield from _review(provision, library, today)


def review_official(library: Library, today: date) -> Iterator[Finding]:
    """Yield the official texts that are known to have been amended since they were read, and that nothing newer stands in for."""
    for document in library.store.documents.values() if library.store else ():
        for provision in library.store.read(document.document_id) if library.store else ():
            changed = changed_since(provision, today)
            if changed and library.standing(provision.provision_id) is not Standing.NEWER:
                yield Finding(
                    kind="stale", provision_id=provision.provision_id, label=provision.label,
                    detail=f"ordlyd per {provision.text_date}, endret {changed}",
                )  # fmt: skip


def _review(provision: Provision, library: Library, today: date) -> Iterator[Finding]:
    def finding(kind: str, detail: str) -> Finding:
        return Finding(kind=kind, provision_id=provision.provision_id, label=_name(provision), detail=detail)

    official = library.official(provision.provision_id)
    standing = library.standing(provision.provision_id)
    if provision.kind is Kind.RESTATEMENT and official:
        if standing is Standing.NEWER:
            yield finding("newer", f"gjelder fra {provision.in_force}; ordlyd per {official.text_date}, endret siden")
        elif standing is Standing.OUTDATED:
            is_gone = official.is_repealed(official.checked)
            changed = "lovteksten er opphevet" if is_gone else f"lovteksten er endret {official.in_force}"
            yield finding("outdated", f"{changed}, gjengivelsen er av ordlyden fra {provision.in_force}")
    for address in provision.explains if provision.text_date else ():
        explained = next(iter(library.texts_of(address.provision_id)), None)
        if explained and explained.in_force and provision.text_date and explained.in_force > provision.text_date:
            yield finding("note", f"fra {provision.text_date}; {explained.label} er endret {explained.in_force}")
    if today - provision.checked > _STALE:
        yield finding("unchecked", f"sist kontrollert {provision.checked}")


def notes_touched(provision_id: str, library: Library) -> list[str]:
    """Return the ids of what in the core restates or explains a provision."""
    touched = []
    for document in library.core:
        for provision in document:
            restates = provision.provision_id == provision_id
            if restates or any(address.provision_id == provision_id for address in provision.explains):
                touched.append("gjengivelsen" if restates else provision.provision_id)
    return touched


def _name(provision: Provision) -> str:
    return provision.label if provision.kind is Kind.RESTATEMENT else f"{provision.provision_id} ({provision.heading})"
