"""What changes the sources: official texts fetched, own documents added, and the index brought up to date after it."""

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from assistant.settings import Settings
from corpus.library import load_library
from corpus.store import sweep
from index.progress import Progress

if TYPE_CHECKING:
    from corpus.lovdata.client import LovdataClient
    from corpus.lovdata.sync import SyncReport
    from corpus.own.add import AddReport, Labels


def fetch_official(
    settings: Settings, client: "LovdataClient", progress: Progress, *, everything: bool = False
) -> "SyncReport":
    """Bring the official texts up to date with Lovdata, and return what was done.

    Args:
        settings: Where they lie.
        client: Where to fetch from.
        progress: Told of the stages "download" and "read".
        everything: Take all documents, not only those of sources.toml.

    Raises:
        LovdataError: The server cannot be reached, or what it sends is not what it should be.
        StoreError: The store cannot be written, or another process is writing.
    """
    from corpus.lovdata.sync import sync

    return sync(
        client, settings.store, settings.lovdata_folder, everything=everything, today=date.today(), report=progress
    )


def add_own(settings: Settings, places: Sequence[str], labels: "Labels") -> "AddReport":
    """Add documents of the user's own, and return what became of each.

    Args:
        settings: Where they lie.
        places: Paths of files and folders, and https addresses.
        labels: What the user says about them.

    Raises:
        StoreError: The store cannot be written.
    """
    from corpus.own.add import add_documents

    with closing(load_library(settings.store)) as library:
        report = add_documents(places, library, settings.store, settings.own_folder, labels, date.today())
    if report.added:
        sweep(settings.store)  # what the new version of a file has replaced
    return report


def update_index(settings: Settings, progress: Progress, *, keep_old: bool = True) -> None:
    """Build the index of what is stored now.

    Args:
        settings: Where it lies.
        progress: Told of the stages "embed" and "store".
        keep_old: Keep the index before it, which may still be read.

    Raises:
        IndexFailure: It could not be written; the old one still serves.
    """
    from assistant.dialogue import rebuild_index  # imports Chroma

    with closing(load_library(settings.store)) as library:
        rebuild_index(settings, library, progress, keep_old=keep_old)
