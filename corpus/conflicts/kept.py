"""Conflicts as JSON values and back: how the store keeps what was found when a document was added."""

import json
from typing import Any

from corpus.address import Address, Portion
from corpus.conflicts.record import Conflict, ConflictKind
from corpus.store import StoreReader


def note_name(document_id: str) -> str:
    """Return the name of the note that holds the conflicts of a document."""
    return f"conflicts {document_id}"


def write_conflicts(conflicts: tuple[Conflict, ...]) -> str:
    """Return the conflicts as JSON."""
    rows = [
        {
            "kind": c.kind.value, "provision_id": c.provision_id, "start": c.start, "end": c.end, "claim": c.claim,
            "rule": c.rule, "reason": c.reason, "provisions": [[a.work, a.section, a.portion.path] for a in c.provisions],
        }
        for c in conflicts
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False)


def read_conflicts(store: StoreReader) -> tuple[Conflict, ...]:
    """Return the conflicts with the law that were found when the user's documents were added, document by document."""
    notes = (store.note(note_name(document.document_id)) for document in store.documents.values())
    return tuple(_from_row(row) for note in notes if note for row in json.loads(note))


def _from_row(row: dict[str, Any]) -> Conflict:
    return Conflict(
        kind=ConflictKind(row["kind"]), provision_id=row["provision_id"], start=row["start"], end=row["end"],
        claim=row["claim"], rule=row["rule"], reason=row["reason"],
        provisions=tuple(Address(work, section, Portion.parse(path)) for work, section, path in row["provisions"]),
    )  # fmt: skip
