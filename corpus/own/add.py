"""Documents of the user's own into the store: read, cleaned, compared with the law; and out of it again."""

import hashlib
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from corpus.conflicts import Conflict, compare_with_law
from corpus.conflicts.kept import note_name, write_conflicts
from corpus.document import Level
from corpus.errors import DocumentError, FetchError, UnknownProvision
from corpus.library import Library
from corpus.own.build import build_document
from corpus.own.clean import clean
from corpus.own.fetch import fetch
from corpus.own.read import MAX_BYTES
from corpus.own.sandbox import read_safely
from corpus.store import open_writer

logger = logging.getLogger(__name__)
SOURCE = "own"
_READ = frozenset({".pdf", ".docx", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text"})
_SUFFIX = re.compile(r"\.[a-z]{2,8}")
_MAX_FILES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A document that was added. `problems` are sentences to show, `dropped` the blocks left out, by reason."""

    document_id: str
    title: str
    parts: int
    problems: tuple[str, ...]
    dropped: dict[str, int]
    conflicts: tuple[Conflict, ...]


@dataclass(slots=True, kw_only=True)
class AddReport:
    """What became of each file, by its name."""

    added: list[Added] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What the user says about the documents instead of what they say themselves."""

    level: Level = Level.COMMERCIAL
    title: str = ""
    publisher: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class _File:
    """A file on its way in. `origin` is where it came from: a path, or a web address."""

    name: str
    origin: str
    data: bytes
    content_type: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def copy_name(self) -> str:
        """A name that the page can open and that removing finds again, whatever the file is called."""
        suffix = Path(self.name).suffix.lower()
        return f"{self.sha256[:16]}{suffix if _SUFFIX.fullmatch(suffix) else '.bin'}"


def add_documents(
    places: Sequence[str], library: Library, store: Path, folder: Path, labels: Labels, today: date
) -> AddReport:
    """Add files, folders and web pages to the store and return what became of each.

    A file that cannot be read is reported and the rest goes on. A file that was there before in another version replaces it.

    Args:
        places: Paths of files and folders, and https addresses.
        library: What the documents are compared with.
        store: The file of the store.
        folder: Where copies of the documents are kept, so that a citation can open them.
        labels: What the user says about them.
        today: The day that is noted as the day of the check.

    Raises:
        StoreError: The store cannot be written; nothing was added.
    """
    report = AddReport()
    known = (
        {d.sha256: d.document_id for d in library.store.documents.values() if d.source == SOURCE}
        if library.store
        else {}
    )
    for place in places:
        for name, origin in _files_of(place, report):
            try:
                file = _load(name, origin)
                if file.sha256 in known:
                    report.known.append(name)
                    continue
                added = _add(file, library, store, folder, labels, today)
                known[file.sha256] = added.document_id
                report.added.append(added)
            except (DocumentError, FetchError) as error:
                report.failed[name] = str(error)
    return report


def _files_of(place: str, report: AddReport) -> Iterator[tuple[str, str]]:
    """Yield name and origin of every file that a place stands for; what is none is reported."""
    if "://" in place:
        yield place, place
        return
    path = Path(place).expanduser()
    if path.is_dir():
        files = sorted(
            f for f in path.rglob("*") if f.is_file() and f.suffix.lower() in _READ and not _is_hidden(f, path)
        )
        if not files:
            report.failed[place] = (
                "Mappa har ingen filer som kan leses. Det som leses er PDF, Word (.docx), HTML, Markdown og tekst."
            )
        if len(files) > _MAX_FILES:
            report.failed[place] = (
                f"Mappa har {len(files)} filer, og grensen er {_MAX_FILES} om gangen. Legg til undermappene hver for seg."
            )
            return
        yield from ((str(file.relative_to(path)), str(file.resolve())) for file in files)
    elif path.is_file():
        yield path.name, str(path.resolve())
    else:
        report.failed[place] = "Finner ikke fila eller mappa. Sjekk stien; nettadresser begynner med https://."


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)


def _load(name: str, origin: str) -> _File:
    if "://" in origin:
        fetched = fetch(origin)
        return _File(fetched.name, fetched.final_url, fetched.data, fetched.content_type)
    path = Path(origin)
    try:
        with path.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)  # what is longer is refused by its length
    except OSError as error:
        raise DocumentError(f"Kan ikke lese {name} ({error.strerror}). Sjekk at fila finnes og kan åpnes.") from error
    return _File(path.name, origin, data)


def _add(file: _File, library: Library, store: Path, folder: Path, labels: Labels, today: date) -> Added:
    cleaned = clean(read_safely(file.data, file.name, file.content_type))
    is_web = "://" in file.origin
    copy = folder / file.copy_name
    document = build_document(
        cleaned.raw, source_name=file.name, url=file.origin if is_web else copy.resolve().as_uri(), added=today,
        sha256=file.sha256, level=labels.level, title=labels.title, publisher=labels.publisher,
        published=labels.published, known=library.known,
    )  # fmt: skip
    conflicts = compare_with_law(document, library)
    replaced = []
    try:
        _keep_copy(copy, file.data)
        with open_writer(store) as writer:
            for before in writer.documents.values():
                if before.source == SOURCE and before.file == file.origin:
                    writer.remove(before.document_id)
                    writer.forget(note_name(before.document_id))
                    replaced.append(before.sha256)
            writer.put(document, source=SOURCE, file=file.origin, sha256=file.sha256)
            writer.note(note_name(document.document_id), write_conflicts(conflicts))
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    for sha256 in replaced:
        _remove_copy(folder, sha256)
    return Added(
        document_id=document.document_id, title=document.title, parts=len(document.provisions),
        problems=cleaned.problems, dropped=dict(cleaned.dropped), conflicts=conflicts,
    )  # fmt: skip


def _keep_copy(copy: Path, data: bytes) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    part = copy.with_name(f"{copy.name}.part")
    try:
        part.write_bytes(data)
        part.replace(copy)
    except BaseException:  # a full disk
        part.unlink(missing_ok=True)
        raise


def _remove_copy(folder: Path, sha256: str) -> None:
    for copy in folder.glob(f"{sha256[:16]}.*"):
        copy.unlink()


def remove_document(document_id: str, store: Path, folder: Path) -> str:
    """Take a document out of the store with its copy, and return its title.

    Raises:
        UnknownProvision: There is no document of the user's own with the id.
        StoreError: The store cannot be written; the document is still there.
    """
    with open_writer(store) as writer:
        document = writer.documents.get(document_id) or writer.documents.get(f"eget/{document_id}")
        if document is None or document.source != SOURCE:
            raise UnknownProvision(
                f"Finner ikke dokumentet «{document_id}» blant dine egne. Se id-ene med: bht corpus list"
            )
        writer.remove(document.document_id)
        writer.forget(note_name(document.document_id))
    _remove_copy(folder, document.sha256)
    return document.title
