"""What a BHT plan, an annual report and a contract are checked for. Format: the head of corpus/core/dokumentkrav.toml."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from corpus.address import Portion
from corpus.core import CORE_FOLDER
from corpus.errors import FormatError

FILE = "dokumentkrav.toml"


class DocumentKind(StrEnum):
    """The documents that are checked. The values are what the user writes after `--as`."""

    PLAN = "plan"
    REPORT = "report"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing that is looked for. `is_binding` says that law or regulation is behind it; the rest is useful, not a duty.

    A sentence is about it when each group of `terms` has a term in the sentence and none of `not_terms` is in it. A sentence that
    says no counts against it when `is_deniable`. `by_reference`: in a contract the paragraph's number is enough.
    """

    requirement_id: str
    name: str
    is_binding: bool
    documents: tuple[DocumentKind, ...]
    provision_id: str
    portion: Portion
    terms: tuple[tuple[str, ...], ...]
    not_terms: tuple[str, ...]
    is_deniable: bool
    by_reference: bool
    add: tuple[tuple[DocumentKind, str], ...]

    def advice_for(self, kind: DocumentKind) -> str:
        """Return what to write in a document where it is missing."""
        return dict(self.add)[kind]


@cache
def read_document_requirements(folder: Path = CORE_FOLDER) -> tuple[Requirement, ...]:
    """Return the requirements in the file's order.

    Raises:
        FormatError: A requirement lacks a field or has one that cannot be used.
    """
    rows = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))["requirement"]
    return tuple(_read(row) for row in rows)


def requirements_for(kind: DocumentKind, folder: Path = CORE_FOLDER) -> tuple[Requirement, ...]:
    """Return what a kind of document is checked for, in the file's order.

    Raises:
        FormatError: The file breaks its format.
    """
    return tuple(r for r in read_document_requirements(folder) if kind in r.documents)


def _read(row: dict[str, Any]) -> Requirement:
    try:
        documents = tuple(DocumentKind(name) for name in row["documents"])
        advice = row["add"]
        add = tuple((kind, advice if isinstance(advice, str) else advice[kind.value]) for kind in documents)
        requirement = Requirement(
            requirement_id=row["id"],
            name=row["name"],
            is_binding=row["binding"],
            documents=documents,
            provision_id=row["provision"],
            portion=Portion.parse(row.get("portion", "")),
            terms=tuple(tuple(group) for group in row["terms"]),
            not_terms=tuple(row.get("not_terms", ())),
            is_deniable=row.get("deniable", True),
            by_reference=row.get("by_reference", False),
            add=add,
        )
    except (KeyError, ValueError) as error:
        raise FormatError(f"{FILE}: {row.get('id', 'a requirement without id')}: {error}") from error
    if not documents or not requirement.terms or not all(requirement.terms):
        raise FormatError(f"{FILE}: {requirement.requirement_id}: documents and terms cannot be empty")
    return requirement
