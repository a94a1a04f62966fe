"""Writes the store: all of it or nothing."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.document import Document, Provision
from corpus.errors import StoreBusyError, StoreError
from corpus.rows import provision_to_row
from corpus.store.record import DOCUMENT_COLUMNS, SCHEMA, VERSION, StoredDocument, check_version, read_document


class StoreWriter:
    """Changes to the store, all or none. Made by `open_writer`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.has_removed = False

    @property
    def documents(self) -> dict[str, StoredDocument]:
        """The stored documents by id, as this writer has left them."""
        rows = self._connection.execute(f"SELECT {DOCUMENT_COLUMNS} FROM document ORDER BY document_id")
        return {document.document_id: document for document in map(read_document, rows)}

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
            f"INSERT OR REPLACE INTO document ({DOCUMENT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
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
        self.has_removed = True
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
        with locked(path), closing(_open_for_writing(path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            writer = StoreWriter(connection)
            try:
                yield writer
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # a full disk has rolled it back already
                    connection.execute("ROLLBACK")
                raise
            finally:
                # A page that is open reads on, and is hardly waited for.
                connection.execute(f"PRAGMA busy_timeout = {1000 if writer.has_removed else 0}")
                with suppress(sqlite3.Error):
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # nothing removed is left in the log either
    except sqlite3.Error as error:
        raise _unwritable(path, error) from error


def sweep(path: Path) -> None:
    """Bring the file up to date with the log, so that nothing removed is left in either."""
    with open_writer(path) as writer:
        writer.has_removed = True


def has_leftovers(path: Path) -> bool:
    """Return whether what was removed may still be in the files, because another process reads the state before it."""
    log = path.with_name(f"{path.name}-wal")
    return log.is_file() and log.stat().st_size > 0


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other writers out.

    Raises:
        StoreBusyError: Another process is writing.
        StoreError: The folder cannot be written to.
    """
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
            connection.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
        check_version(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _unwritable(path: Path, error: Exception) -> StoreError:
    return StoreError(
        f"Kunne ikke skrive til {path} ({error}). Det som var lagret, er urørt. Sjekk plass og rettigheter."
    )


def _digest(provision: Provision) -> str:
    """Return the hash of what makes a wording another: text, heading, whether it holds."""
    told = (provision.text, provision.heading, str(provision.repealed), str(provision.pending))
    return hashlib.sha256("\0".join(told).encode()).hexdigest()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
