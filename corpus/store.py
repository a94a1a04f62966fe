"""What is kept in the user's home: official texts and own documents, with the earlier wording of what has changed.

One SQLite file. A writer works in one transaction, so a full disk or a killed process leaves the old state; a reader sees
the state of the moment it opened, whatever is written meanwhile.
"""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

from filelock import FileLock, Timeout

from corpus.document import Document, Level, Provision
from corpus.errors import AddressError, StoreBusyError, StoreError
from corpus.rows import provision_from_row, provision_to_row

_VERSION = 1
_SCHEMA = """
CREATE TABLE document (
    document_id TEXT PRIMARY KEY, source TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, title TEXT NOT NULL,
    name TEXT NOT NULL, abbreviation TEXT NOT NULL, level INTEGER NOT NULL, url TEXT NOT NULL, text_date TEXT,
    checked TEXT NOT NULL, last_change TEXT, withdrawn TEXT
) WITHOUT ROWID;
CREATE TABLE provision (
    document_id TEXT NOT NULL, provision_id TEXT NOT NULL, kind TEXT NOT NULL, ordinal INTEGER NOT NULL,
    digest TEXT NOT NULL, data TEXT NOT NULL, seen TEXT NOT NULL, replaced TEXT
);
CREATE INDEX provision_by_id ON provision (provision_id, kind);
CREATE INDEX provision_by_document ON provision (document_id, ordinal);
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_DOCUMENT_COLUMNS = "document_id, source, file, sha256, title, name, abbreviation, level, url, text_date, checked, last_change, withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """What is known of a stored document without its provisions.

    `source` is "lovdata" or "own", `file` its name in the archive or in the user's folder, `last_change` the day its last
    amendment came into force, `withdrawn` the archive date at which it was gone.
    """

    document_id: str
    source: str
    file: str
    sha256: str
    title: str
    name: str
    abbreviation: str
    level: Level
    url: str
    text_date: date | None
    checked: date
    last_change: date | None = None
    withdrawn: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One wording of a provision: from the edition of `seen` until that of `replaced`, None while it is current."""

    provision: Provision
    seen: date
    replaced: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an edition did to a provision: `old` is None for a new one, `new` for one that is gone."""

    provision_id: str
    label: str
    day: date
    old: Provision | None
    new: Provision | None


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
                _check_version(self._connection)
                self._connection.execute("BEGIN")
                # The snapshot is taken at the first read.
                rows = self._connection.execute(f"SELECT {_DOCUMENT_COLUMNS} FROM document").fetchall()
                self._documents = {document.document_id: document for document in map(_document, rows)}
            except BaseException:
                self._connection.close()
                raise
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise _unreadable(path, error) from error

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
        """Return the current texts of a provision, none when it is not stored."""
        rows = self._all(
            "SELECT document_id, data FROM provision WHERE provision_id = ? AND replaced IS NULL", provision_id
        )
        return tuple(self._provision(*row) for row in rows)

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
            raise _unreadable(self._path, error) from error
        if stored.withdrawn and provision.repealed is None:
            return replace(provision, repealed=stored.withdrawn, checked=max(stored.checked, stored.withdrawn))
        return provision

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise _unreadable(self._path, error) from error


class StoreWriter:
    """Changes to the store, all or none. Made by `open_writer`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def documents(self) -> dict[str, StoredDocument]:
        """The stored documents by id, as this writer has left them."""
        rows = self._connection.execute(f"SELECT {_DOCUMENT_COLUMNS} FROM document ORDER BY document_id")
        return {document.document_id: document for document in map(_document, rows)}

    def read_note(self, name: str) -> str | None:
        """Return the note under the name."""
        row = self._connection.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def note(self, name: str, value: str) -> None:
        """Keep a note."""
        self._connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def forget(self, name: str) -> None:
        """Delete a note."""
        self._connection.execute("DELETE FROM note WHERE name = ?", (name,))

    def put(self, document: Document, *, source: str, file: str, sha256: str, last_change: date | None = None) -> int:
        """Store an edition of a document and return how many provisions it changed.

        Wording that is the same as before stays; of what has changed the earlier wording is kept. The same file read
        another way replaces what was read before, and changes nothing.
        """
        edition = (document.text_date or document.checked).isoformat()
        row = self._connection.execute(
            "SELECT sha256 FROM document WHERE document_id = ?", (document.document_id,)
        ).fetchone()
        before = {
            (found[0], found[1]): (found[2], found[3], found[4])
            for found in self._connection.execute(
                "SELECT provision_id, kind, rowid, digest, seen FROM provision WHERE document_id = ? AND replaced IS NULL",
                (document.document_id,),
            )
        }
        is_reread = row is not None and row[0] == sha256
        changed = 0
        for ordinal, provision in enumerate(document):
            old = before.pop((provision.provision_id, provision.kind.value), None)
            same = old is not None and (is_reread or old[1] == _digest(provision))
            if old is not None:
                self._end(old[0], None if same else edition)
            changed += not same
            self._insert(document.document_id, ordinal, provision, old[2] if old and same else edition)
        for rowid, *_ in before.values():
            self._end(rowid, None if is_reread else edition)
        self._put_document(document, source, file, sha256, last_change)
        return 0 if row is None or is_reread else changed + len(before)

    def _end(self, rowid: int, replaced: str | None) -> None:
        """Close a wording: as replaced by an edition, or for good where the same wording is written anew."""
        if replaced is None:
            self._connection.execute("DELETE FROM provision WHERE rowid = ?", (rowid,))
        else:
            self._connection.execute("UPDATE provision SET replaced = ? WHERE rowid = ?", (replaced, rowid))

    def _insert(self, document_id: str, ordinal: int, provision: Provision, seen: str) -> None:
        data = json.dumps(provision_to_row(provision), ensure_ascii=False, separators=(",", ":"))
        key = (document_id, provision.provision_id, provision.kind.value, ordinal, _digest(provision))
        self._connection.execute("INSERT INTO provision VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", (*key, data, seen))

    def _put_document(self, document: Document, source: str, file: str, sha256: str, last_change: date | None) -> None:
        self._connection.execute(
            f"INSERT OR REPLACE INTO document ({_DOCUMENT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            (
                document.document_id, source, file, sha256, document.title, document.name, document.abbreviation,
                int(document.level), document.url, _iso(document.text_date), document.checked.isoformat(), _iso(last_change),
            ),
        )  # fmt: skip

    def confirm(self, document_id: str, text_date: date, checked: date) -> None:
        """Note that a newer archive holds the document unchanged."""
        self._connection.execute(
            "UPDATE document SET text_date = ?, checked = ?, withdrawn = NULL WHERE document_id = ?",
            (text_date.isoformat(), checked.isoformat(), document_id),
        )

    def withdraw(self, document_id: str, day: date) -> None:
        """Note that the archive of the day no longer holds the document."""
        self._connection.execute(
            "UPDATE document SET withdrawn = ? WHERE document_id = ? AND withdrawn IS NULL",
            (day.isoformat(), document_id),
        )

    def remove(self, document_id: str) -> None:
        """Delete a document with all its wordings."""
        for table in ("provision", "document"):
            self._connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))


@contextmanager
def open_writer(path: Path) -> Iterator[StoreWriter]:
    """Give a writer; what it did is kept when the block ends well, and undone otherwise.

    Raises:
        StoreBusyError: Another process is writing.
        StoreError: The file cannot be read or written, or the disk is full.
    """
    try:
        with _locked(path), closing(_open_for_writing(path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield StoreWriter(connection)
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # a full disk has rolled it back already
                    connection.execute("ROLLBACK")
                raise
            connection.execute("PRAGMA busy_timeout = 1000")  # a page that is open reads on, and is not waited for
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that nothing removed is left in the log either
    except sqlite3.Error as error:
        raise _unwritable(path, error) from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Keep other writers out."""
    lock = FileLock(path.with_suffix(".lock"), timeout=0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise StoreBusyError(
            f"Et annet program skriver til kildene i {path.parent} akkurat nå. Vent til det er ferdig, og prøv igjen."
        ) from error
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        yield
    finally:
        lock.release()


def _open_for_writing(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")  # readers go on while a sync writes
        connection.execute("PRAGMA secure_delete = ON")  # of a document that is removed, nothing remains in the file
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
            connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
        _check_version(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_version(connection: sqlite3.Connection) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != _VERSION:
        raise sqlite3.DatabaseError(f"version {version}, expected {_VERSION}")


def _unreadable(path: Path, error: Exception) -> StoreError:
    return StoreError(
        f"Kan ikke lese de lagrede kildene i {path} ({error}). Slett fila og hent dem på nytt med «bht corpus sync»."
    )


def _unwritable(path: Path, error: Exception) -> StoreError:
    return StoreError(
        f"Kunne ikke skrive til {path} ({error}). Det som var lagret, er urørt. Sjekk plass og rettigheter."
    )


def _digest(provision: Provision) -> str:
    """Return the hash of what makes a wording another: text, heading, whether it holds."""
    told = (provision.text, provision.heading, str(provision.repealed), str(provision.pending))
    return hashlib.sha256("\0".join(told).encode()).hexdigest()


def _document(row: tuple[Any, ...]) -> StoredDocument:
    return StoredDocument(
        document_id=row[0], source=row[1], file=row[2], sha256=row[3], title=row[4], name=row[5], abbreviation=row[6],
        level=Level(row[7]), url=row[8], text_date=_day(row[9]), checked=date.fromisoformat(row[10]),
        last_change=_day(row[11]), withdrawn=_day(row[12]),
    )  # fmt: skip


def _version(provision: Provision, seen: str, replaced: str | None) -> Version:
    first = date.fromisoformat(seen)
    if replaced and provision.text_date:  # its document has been read since; this wording was not there then
        provision = replace(provision, text_date=first)
    return Version(provision=provision, seen=first, replaced=_day(replaced))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
