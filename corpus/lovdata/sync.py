"""The archives of Lovdata into the store: what is new or changed is parsed, the earlier wording of what changed is kept."""

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from corpus.address import Act, acts_by_id
from corpus.errors import ArchiveError, LovdataError
from corpus.lovdata.archive import Member, read_members
from corpus.lovdata.client import ArchiveInfo, LovdataClient
from corpus.lovdata.parse import parse_act
from corpus.store import StoredDocument, StoreWriter, open_writer

logger = logging.getLogger(__name__)
SOURCE = "lovdata"
# Consolidated law; the others announce amendments.
_ARCHIVES = ("gjeldende-lover", "gjeldende-sentrale-forskrifter")
_EVERYTHING = "everything"
_SCOPE, _READ_BY = "lovdata scope", "lovdata parser"
# Raised when the parser reads something another way: documents are then read anew though they have not changed.
PARSER_VERSION = "3"
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
        wanted = None if everything else acts_by_id()
        scope = _EVERYTHING if wanted is None else " ".join(sorted(wanted))
        for archive in archives:
            _sync_archive(client, writer, folder, archive, wanted, scope, today, report, result)
        writer.note(_SCOPE, _EVERYTHING if everything else "selected")
        writer.note(_READ_BY, PARSER_VERSION)
        if wanted is not None:
            result.missing = sorted(set(wanted) - set(writer.documents))
    return result


def _sync_archive(
    client: LovdataClient,
    writer: StoreWriter,
    folder: Path,
    archive: ArchiveInfo,
    wanted: Mapping[str, Act] | None,
    scope: str,
    today: date,
    report: Report,
    result: SyncReport,
) -> None:
    result.text_date = max(filter(None, (result.text_date, archive.last_modified.date())))
    state = json.dumps([archive.size_bytes, archive.last_modified.isoformat(), scope, PARSER_VERSION])
    name = f"archive {archive.filename}"
    if writer.read_note(name) == state:
        return
    path = folder / archive.filename
    if not _is_here(path, writer.read_note(name), archive):
        path = client.download(archive, folder, lambda done, total: report("download", done, total))
        result.downloaded += archive.size_bytes
    try:
        seen = _take(read_members(path), writer, archive.last_modified.date(), wanted, today, report, result)
    except ArchiveError:
        path.unlink(missing_ok=True)  # damaged since it was fetched: the next sync fetches it again, as the error says
        raise
    kind = "lov/" if archive.filename.startswith(_ARCHIVES[0] + ".") else "forskrift/"
    for document in writer.documents.values():
        is_of_archive = document.source == SOURCE and document.document_id.startswith(kind)
        if is_of_archive and document.document_id not in seen and document.withdrawn is None:
            writer.withdraw(document.document_id, archive.last_modified.date())
            result.withdrawn.append(document.name)
    writer.note(name, state)


def _is_here(path: Path, state: str | None, archive: ArchiveInfo) -> bool:
    """Return whether the archive was downloaded in this version: then another choice of acts needs no transfer."""
    same = bool(state) and json.loads(state or "[]")[:2] == [archive.size_bytes, archive.last_modified.isoformat()]
    return same and path.is_file() and path.stat().st_size == archive.size_bytes


def _take(
    members: Iterable[Member],
    writer: StoreWriter,
    text_date: date,
    wanted: Mapping[str, Act] | None,
    today: date,
    report: Report,
    result: SyncReport,
) -> set[str]:
    """Store what has changed of the members and return the ids of all that were there and wanted."""
    stored = {d.file: d for d in writer.documents.values() if d.source == SOURCE}
    read_alike = writer.read_note(_READ_BY) == PARSER_VERSION
    seen: set[str] = set()
    for number, member in enumerate(members, 1):
        document_id = document_id_of(member.name)
        before = stored.get(member.name)
        # What is stored is kept up to date though it is wanted no longer: it must not pass for withdrawn.
        if wanted is not None and document_id not in wanted and before is None:
            continue
        report("read", number, 0)
        if before is not None and before.sha256 == member.sha256 and read_alike:
            seen.add(before.document_id)
            writer.confirm(before.document_id, text_date, today)
            result.unchanged += 1
            continue
        try:
            seen.add(
                _store(member, before, writer, text_date, (wanted or acts_by_id()).get(document_id), today, result)
            )
        except LovdataError as error:
            result.failed[member.name] = str(error)
            logger.warning("%s was not read: %s", member.name, error)
            seen.add(before.document_id if before else document_id)
    return seen


def _store(
    member: Member,
    before: StoredDocument | None,
    writer: StoreWriter,
    text_date: date,
    act: Act | None,
    today: date,
    result: SyncReport,
) -> str:
    parsed = parse_act(member.data, text_date, act.name if act else "", act.abbreviation if act else "", member.name)
    document = parsed.document
    changed = writer.put(
        document, source=SOURCE, file=member.name, sha256=member.sha256, last_change=parsed.header.last_change_in_force
    )
    writer.confirm(document.document_id, text_date, today)
    result.new += before is None
    is_reread = before is not None and before.sha256 == member.sha256
    result.unchanged += is_reread
    result.changed += before is not None and not is_reread
    result.changed_provisions += changed
    result.provisions += len(document.provisions)
    return document.document_id
