"""Reads the store: one snapshot for as long as it is open."""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

from corpus.document import Document, Kind, Provision
from corpus.errors import AddressError
from corpus.rows import provision_from_row
from corpus.store.record import (
    DOCUMENT_COLUMNS,
    Change,
    StoredDocument,
    Version,
    check_version,
    read_day,
    read_document,
    unreadable,
)


class StoreReader:
    """The store as it was when this was opened. May be shared between threads; close it when done."""

    def __init__(self, path: Path) -> None:
        """Open the store.

        Raises:
            StoreError: The file is there and cannot be read.
        """
        self._path, self._lock = path, threading.Lock()
        try:
            # A URI, so that reading never makes an empty file where there is none.
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30, check_same_thread=False
            )
            try:
                check_version(self._connection)
                self._connection.execute("BEGIN")
                # The snapshot is taken at the first read.
                rows = self._connection.execute(f"SELECT {DOCUMENT_COLUMNS} FROM document").fetchall()
                self._documents = {document.document_id: document for document in map(read_document, rows)}
            except BaseException:
                self._connection.close()
                raise
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise unreadable(path, error) from error

    def __enter__(self) -> "StoreReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the reading."""
        self._connection.close()

    @property
    def documents(self) -> Mapping[str, StoredDocument]:
        """The stored documents by id, in the order of their ids."""
        return dict(sorted(self._documents.items()))

    @property
    def revision(self) -> str:
        """A hash of all that is stored; it changes with every document that changes."""
        digest = hashlib.sha256()
        for document in self.documents.values():
            parts = (document.document_id, document.sha256, document.text_date, document.level, document.withdrawn)
            digest.update(f"{' '.join(map(str, parts))}\n".encode())
        return digest.hexdigest()

    def note(self, name: str) -> str | None:
        """Return what a writer noted under the name."""
        rows = self._all("SELECT value FROM note WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def ids(self) -> frozenset[str]:
        """Return the ids of all current provisions."""
        return frozenset(row[0] for row in self._all("SELECT provision_id FROM provision WHERE replaced IS NULL"))

    def ids_of(self, document_id: str) -> tuple[str, ...]:
        """Return the ids of the current provisions of a document, in their order."""
        rows = self._all(
            "SELECT provision_id FROM provision WHERE document_id = ? AND replaced IS NULL ORDER BY ordinal",
            document_id,
        )
        return tuple(row[0] for row in rows)

    def counts(self) -> dict[str, int]:
        """Return the number of current provisions of each document."""
        rows = self._all("SELECT document_id, count(*) FROM provision WHERE replaced IS NULL GROUP BY document_id")
        return {str(document_id): int(count) for document_id, count in rows}

    def find(self, provision_id: str) -> tuple[Provision, ...]:
        """Return the current texts of a provision, none when it is not stored.

        The official text of a § that an edition took out of its act is the last one, repealed on the day of that edition.
        """
        versions = self.versions(provision_id)
        current = tuple(version.provision for version in versions if version.replaced is None)
        if current or not versions or versions[0].provision.kind is not Kind.OFFICIAL:
            return current
        gone, day = versions[0].provision, versions[0].replaced
        return (gone if gone.repealed else replace(gone, repealed=day, checked=max(gone.checked, day or gone.checked)),)

    def read(self, document_id: str) -> Document:
        """Return a stored document with its current provisions, in their order.

        Raises:
            KeyError: It is not stored.
        """
        stored = self._documents[document_id]
        rows = self._all(
            "SELECT document_id, data FROM provision WHERE document_id = ? AND replaced IS NULL ORDER BY ordinal",
            document_id,
        )
        return Document(
            document_id=document_id, title=stored.title, name=stored.name, abbreviation=stored.abbreviation,
            level=stored.level, url=stored.url, provisions=tuple(self._provision(*row) for row in rows),
            text_date=stored.text_date, checked=stored.checked,
        )  # fmt: skip

    def versions(self, provision_id: str) -> tuple[Version, ...]:
        """Return every stored wording of a provision, the newest first."""
        rows = self._all(
            "SELECT document_id, data, seen, replaced FROM provision WHERE provision_id = ? "
            "ORDER BY replaced IS NOT NULL, replaced DESC, kind",
            provision_id,
        )
        return tuple(_version(self._provision(i, data), seen, replaced) for i, data, seen, replaced in rows)

    def changes(self, since: date | None = None) -> Iterator[Change]:
        """Yield what editions after the first one changed, the newest first.

        Args:
            since: Only changes seen after this day.
        """
        rows = self._all(
            "SELECT DISTINCT p.provision_id, p.kind, d.day FROM provision p JOIN ("
            "  SELECT document_id, provision_id, kind, replaced AS day FROM provision WHERE replaced IS NOT NULL"
            "  UNION SELECT p.document_id, p.provision_id, p.kind, p.seen FROM provision p"
            "  JOIN (SELECT document_id, min(seen) AS first FROM provision GROUP BY document_id) f"
            "  ON p.document_id = f.document_id AND p.seen > f.first"
            ") d ON p.document_id = d.document_id AND p.provision_id = d.provision_id AND p.kind = d.kind "
            "ORDER BY d.day DESC, p.document_id, p.ordinal"
        )
        for provision_id, kind, text in rows:
            day = date.fromisoformat(text)
            if since and day <= since:
                continue
            versions = [v for v in self.versions(provision_id) if v.provision.kind == kind]
            old = next((v.provision for v in versions if v.replaced == day), None)
            new = next((v.provision for v in versions if v.seen == day), None)
            label = (new or old or versions[0].provision).label
            yield Change(provision_id=provision_id, label=label, day=day, old=old, new=new)

    def _provision(self, document_id: str, data: str) -> Provision:
        stored = self._documents[document_id]
        try:
            provision = provision_from_row(json.loads(data), checked=stored.checked, text_date=stored.text_date)
        except (ValueError, TypeError, KeyError, AddressError) as error:
            raise unreadable(self._path, error) from error
        if stored.withdrawn and provision.repealed is None:
            return replace(provision, repealed=stored.withdrawn, checked=max(stored.checked, stored.withdrawn))
        return provision

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise unreadable(self._path, error) from error


def _version(provision: Provision, seen: str, replaced: str | None) -> Version:
    first = date.fromisoformat(seen)
    if replaced and provision.text_date:  # its document has been read since; this wording was not there then
        provision = replace(provision, text_date=first)
    return Version(provision=provision, seen=first, replaced=read_day(replaced))
