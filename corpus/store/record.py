"""The records of the store, its tables, and what reader and writer share."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.document import Level, Provision
from corpus.errors import StoreError

VERSION = 1
SCHEMA = """
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
DOCUMENT_COLUMNS = "document_id, source, file, sha256, title, name, abbreviation, level, url, text_date, checked, last_change, withdrawn"


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


def read_document(row: tuple[Any, ...]) -> StoredDocument:
    """Return the document in a row of DOCUMENT_COLUMNS."""
    return StoredDocument(
        document_id=row[0], source=row[1], file=row[2], sha256=row[3], title=row[4], name=row[5], abbreviation=row[6],
        level=Level(row[7]), url=row[8], text_date=read_day(row[9]), checked=date.fromisoformat(row[10]),
        last_change=read_day(row[11]), withdrawn=read_day(row[12]),
    )  # fmt: skip


def read_day(text: str | None) -> date | None:
    """Return the day that a column holds."""
    return date.fromisoformat(text) if text else None


def check_version(connection: sqlite3.Connection) -> None:
    """Refuse a file that another version of this program has written."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != VERSION:
        raise sqlite3.DatabaseError(f"version {version}, expected {VERSION}")


def unreadable(path: Path, error: Exception) -> StoreError:
    """Return the error for a file that cannot be read."""
    return StoreError(
        f"Kan ikke lese de lagrede kildene i {path} ({error}). Slett fila og hent dem på nytt med «bht corpus sync»."
    )
