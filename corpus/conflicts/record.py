"""The record of a claim that contradicts the law, and why the law prevails over it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.address import Address
from corpus.conflicts.statements import Statement
from corpus.document import DATE_UNKNOWN, Document, Level, Provision
from corpus.errors import UnknownProvision
from corpus.library import Library
from corpus.numerals import format_day

_PREVAILS = {Level.LAW: "Loven går foran", Level.REGULATION: "Forskriften går foran"}


class ConflictKind(StrEnum):
    """What is wrong. The values stand in the product's output."""

    THRESHOLD = "terskel"
    DUTY = "plikt"
    DATE = "dato"
    CODE = "kode"
    REFERENCE = "henvisning"
    OUTDATED = "foreldet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A claim with the rule that it contradicts.

    `start` and `end` are half-open offsets in the text of the provision, and `claim` is exactly what stands there. `rule` is
    what is right, `provisions` what proves it, most important first, and `reason` says why that prevails.
    """

    kind: ConflictKind
    provision_id: str
    start: int
    end: int
    claim: str
    rule: str
    provisions: tuple[Address, ...]
    reason: str


def make_conflict(
    kind: ConflictKind,
    statement: Statement,
    rule: str,
    provisions: tuple[Address, ...],
    document: Document,
    library: Library,
) -> Conflict:
    """Return the conflict between a statement of the document and a rule of the law."""
    return Conflict(
        kind=kind,
        provision_id=statement.provision.provision_id,
        start=statement.start,
        end=statement.end,
        claim=statement.text,
        rule=rule,
        provisions=provisions,
        reason=_explain(provisions, document, statement.provision, library),
    )


def document_date(document: Document, provision: Provision) -> date | None:
    """Return the day that the text is from, None when nobody knows."""
    return document.text_date or provision.text_date


def find_text(address: Address, library: Library) -> Provision | None:
    """Return the text that leads at an address, None when no document holds it."""
    try:
        return library.find(address.provision_id)
    except UnknownProvision:
        return None


def _explain(provisions: tuple[Address, ...], document: Document, claim_in: Provision, library: Library) -> str:
    """Return why the law prevails: its rank, and that it was changed after the document when it was."""
    texts = [text for text in (find_text(a, library) for a in provisions) if text]
    if not texts:
        return f"Lov og forskrift går foran dokumenter på nivå {int(document.level)}."
    rank = min(texts[0].level, Level.REGULATION)
    reason = f"{_PREVAILS[rank]} (nivå {int(rank)} mot {int(document.level)})."
    written = document_date(document, claim_in)
    changed = texts[0].in_force
    if written and written != DATE_UNKNOWN and changed and changed > written:
        reason += f" Endret {format_day(changed)}; dokumentet er fra {written.year}."
    return reason
