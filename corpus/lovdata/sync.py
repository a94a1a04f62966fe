"""The archives of Lovdata into the store: what is new or changed is parsed, the earlier wording of what changed is kept."""

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from corpus.act_names import Act, acts_by_id
from corpus.errors import ArchiveError, LovdataError
from corpus.lovdata import READ_BY
from corpus.lovdata.archive import Member, read_members
from corpus.lovdata.client import ArchiveInfo, LovdataClient
from corpus.lovdata.parse import parse_act
from corpus.store import StoredDocument, StoreWriter, open_writer

logger = logging.getLogger(__name__)
SOURCE = "lovdata"
# Consolidated law; the others announce amendments.
_ARCHIVES = ("gjeldende-lover", "gjeldende-sentrale-forskrifter")
_EVERYTHING = "everything"
_SCOPE = "lovdata scope"
# Raised when the parser reads something another way: documents are then read anew though they have not changed.
PARSER_VERSION = "4"
Report = Callable[[str, int, int], None]


@dataclass(slots=True, kw_only=True)
class SyncReport:
    """What a sync did. `failed` and `missing` are shown by name; `downloaded` is in bytes."""

    text_date: date | None = None
    downloaded: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: list[str] = field(default_factory=list)
    changed_provisions: int = 0
    provisions: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @property
    def has_news(self) -> bool:
        """Whether the store holds something else than before."""
        return bool(self.new or self.changed or self.withdrawn or self.unchanged)


def document_id_of(member: str) -> str:
    """Return the id of the document in a member of an archive: "nl/nl-20050617-062.xml" is lov/2005-06-17-62."""
    base, day, number = Path(member).stem.split("-")[:3]
    kind = "lov" if base == "nl" else "forskrift"
    suffix = f"-{int(number)}" if number.isdigit() and int(number) else "" if number.isdigit() else f"-{number}"
    return f"{kind}/{day[:4]}-{day[4:6]}-{day[6:8]}{suffix}"


def sync(
    client: LovdataClient, store: Path, folder: Path, *, everything: bool, today: date, report: Report
) -> SyncReport:
    """Bring the store up to date with Lovdata and return what was done.

    Nothing is downloaded when no archive has changed since the last sync. Once everything was taken, later syncs take
    everything too.

    Args:
        client: Where to fetch from.
        store: The file of the store.
        folder: Where the archives are kept.
        everything: Take all documents, not only those of sources.toml.
        today: The day that is noted as the day of the check.
        report: Called with (stage, done, total); the stages are "download" (bytes) and "read" (documents).

    Raises:
        LovdataError: The server cannot be reached, or what it sends is not what it should be.
        StoreError: The store cannot be written, or another process is writing; what was stored is untouched.
    """
    result = SyncReport()
    archives = [a for a in client.list_archives() if a.filename.startswith(_ARCHIVES)]
    if not archives:
        raise LovdataError(
            "Lista fra Lovdata inneholder ingen arkiver med gjeldende lover eller forskrifter. Sjekk adressen, eller prøv igjen senere."
        )
    with open_writer(store) as writer:
        everything = everything or writer.read_note(_SCOPE) == _EVERYTHING
        run = _Sync(writer, folder, None if everything else acts_by_id(), today, report, result)
        for archive in archives:
            run.take_archive(client, archive)
        writer.note(_SCOPE, _EVERYTHING if everything else "selected")
        writer.note(READ_BY, PARSER_VERSION)
        if run.wanted is not None:
            result.missing = sorted(set(run.wanted) - set(writer.documents))
    return result


@dataclass(frozen=True, slots=True)
class _Sync:
    """One run: where it writes, and what it takes. `wanted` None is everything."""

    writer: StoreWriter
    folder: Path
    wanted: Mapping[str, Act] | None
    today: date
    report: Report
    result: SyncReport

    def take_archive(self, client: LovdataClient, archive: ArchiveInfo) -> None:
        """Bring what is stored of one archive up to date; nothing is read when it has not changed."""
        day = archive.last_modified.date()
        self.result.text_date = max(filter(None, (self.result.text_date, day)))
        scope = _EVERYTHING if self.wanted is None else " ".join(sorted(self.wanted))
        note, state = f"archive {archive.filename}", json.dumps([_version(archive), scope, PARSER_VERSION])
        if self.writer.read_note(note) == state:
            for document in self._documents_of(archive):
                if document.withdrawn is None:
                    self.writer.confirm(document.document_id, document.text_date or day, self.today)
            return
        path = self._fetch(client, archive)
        failed_before = len(self.result.failed)
        try:
            seen = self._take(read_members(path), day)
        except ArchiveError:
            path.unlink(
                missing_ok=True
            )  # damaged since it was fetched: the next sync fetches it again, as the error says
            raise
        for document in self._documents_of(archive):
            if document.document_id not in seen and document.withdrawn is None:
                self.writer.withdraw(document.document_id, day)
                self.result.withdrawn.append(document.name)
        if len(self.result.failed) == failed_before:  # else the next sync tries again, and tells again
            self.writer.note(note, state)

    def _documents_of(self, archive: ArchiveInfo) -> list[StoredDocument]:
        kind = "lov/" if archive.filename.startswith(_ARCHIVES[0] + ".") else "forskrift/"
        documents = self.writer.documents.values()
        return [d for d in documents if d.source == SOURCE and d.document_id.startswith(kind)]

    def _fetch(self, client: LovdataClient, archive: ArchiveInfo) -> Path:
        """Return the archive, downloaded unless it is here in this version; a file beside it says which that is."""
        path, beside = self.folder / archive.filename, self.folder / f"{archive.filename}.version"
        is_here = path.is_file() and path.stat().st_size == archive.size_bytes and beside.is_file()
        if is_here and beside.read_text(encoding="utf-8") == _version(archive):
            return path
        if beside.is_file():
            beside.unlink()
        path = client.download(archive, self.folder, lambda done, total: self.report("download", done, total))
        beside.write_text(_version(archive), encoding="utf-8")
        self.result.downloaded += archive.size_bytes
        return path

    def _take(self, members: Iterable[Member], day: date) -> set[str]:
        """Store what has changed of the members and return the ids of all that were there and wanted."""
        stored = {d.file: d for d in self.writer.documents.values() if d.source == SOURCE}
        read_alike = self.writer.read_note(READ_BY) == PARSER_VERSION
        seen: set[str] = set()
        for number, member in enumerate(members, 1):
            document_id, before = document_id_of(member.name), stored.get(member.name)
            # What is stored is kept up to date though it is wanted no longer: it must not pass for withdrawn.
            if self.wanted is not None and document_id not in self.wanted and before is None:
                continue
            self.report("read", number, 0)
            if before is not None and before.sha256 == member.sha256 and read_alike:
                seen.add(before.document_id)
                self.writer.confirm(before.document_id, day, self.today)
                self.result.unchanged += 1
                continue
            try:
                seen.add(self._store(member, before, day))
            except LovdataError as error:
                self.result.failed[member.name] = str(error)
                logger.warning("%s was not read: %s", member.name, error)
                seen.add(before.document_id if before else document_id)
        return seen

    def _store(self, member: Member, before: StoredDocument | None, day: date) -> str:
        act = acts_by_id().get(document_id_of(member.name))
        parsed = parse_act(member.data, day, act.name if act else "", act.abbreviation if act else "", member.name)
        document = parsed.document
        changed = self.writer.put(
            document,
            source=SOURCE,
            file=member.name,
            sha256=member.sha256,
            last_change=parsed.header.last_change_in_force,
        )
        self.writer.confirm(document.document_id, day, self.today)
        is_reread = before is not None and before.sha256 == member.sha256
        self.result.new += before is None
        self.result.unchanged += is_reread
        self.result.changed += before is not None and not is_reread
        self.result.changed_provisions += changed
        self.result.provisions += len(document.provisions)
        return document.document_id


def _version(archive: ArchiveInfo) -> str:
    return f"{archive.size_bytes} {archive.last_modified.isoformat()}"
