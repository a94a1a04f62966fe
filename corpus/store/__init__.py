"""What is kept in the user's home: official texts and own documents, with the earlier wording of what has changed.

One SQLite file. A writer works in one transaction, so a full disk or a killed process leaves the old state; a reader sees
the state of the moment it opened, whatever is written meanwhile.
"""

from corpus.store.reader import StoreReader
from corpus.store.record import Change, StoredDocument, Version
from corpus.store.writer import StoreWriter, has_leftovers, locked, open_writer, sweep

__all__ = [
    "Change",
    "StoreReader",
    "StoreWriter",
    "StoredDocument",
    "Version",
    "has_leftovers",
    "locked",
    "open_writer",
    "sweep",
]
