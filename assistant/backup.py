"""A copy of what is stored, in one zip, and back again: fetched texts, own documents, companies looked up and ratings.

The index is left out: it is built from these. Both ways are all or nothing.
"""

import json
import shutil
import sqlite3
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from assistant.errors import BackupError
from assistant.settings import Settings
from corpus.store import locked

FORMAT = 1
DATABASES = ("corpus.sqlite", "feedback.sqlite")
FOLDERS = ("lovdata", "own", "register")
_MANIFEST = "bht-backup.json"
_SIDE_FILES = ("-wal", "-shm")
_MOST_BYTES = 20 * 1024**3
_MOST_FILES = 200_000
_KNOWN_ERRORS = (OSError, sqlite3.Error, zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError, RuntimeError)  # fmt: skip


def write_backup(settings: Settings, target: Path) -> tuple[str, ...]:
    """Write a copy of what is stored, and return the names of what is in it.

    Args:
        settings: Where it is stored.
        target: The zip to write; only its owner may read it.

    Raises:
        BackupError: The file is there already, or nothing is stored, or it could not be read or written.
        StoreBusyError: The sources are being written to.
    """
    if target.exists():
        raise BackupError(f"{target} finnes allerede. Velg et annet navn, eller flytt fila bort.")
    names = tuple(name for name in (*DATABASES, *FOLDERS) if (settings.home / name).exists())
    if not names:
        raise BackupError(f"Det er ingenting lagret i {settings.home}, så det er ingenting å ta kopi av.")
    part = target.with_name(f"{target.name}.part")
    try:
        part.touch(mode=0o600)
        with (
            locked(settings.store),
            tempfile.TemporaryDirectory(dir=settings.home, prefix=".backup-") as folder,
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
        ):
            for name in names:
                _put(archive, settings.home / name, Path(folder))
            manifest = {"format": FORMAT, "written": datetime.now(UTC).isoformat(timespec="seconds")}
            archive.writestr(_MANIFEST, json.dumps(manifest))
        part.replace(target)
    except _KNOWN_ERRORS as error:
        raise BackupError(
            f"Kunne ikke skrive kopien {target}: {error}. Sjekk at disken har plass og at mappa kan skrives til."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return names


def _put(archive: zipfile.ZipFile, path: Path, folder: Path) -> None:
    if path.name in DATABASES:
        copy = folder / path.name
        # SQLite's own copy: whole, even while somebody writes.
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as destination:
            source.backup(destination)
        archive.write(copy, path.name)
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and not file.is_symlink():
            archive.write(file, file.relative_to(path.parent).as_posix())


def restore_backup(settings: Settings, source: Path) -> tuple[str, ...]:
    """Put back what a backup holds, and return its names. What was stored before is gone, also what the backup lacks.

    Args:
        settings: Where it is to be stored.
        source: The zip that `write_backup` made.

    Raises:
        BackupError: It is no whole backup of ours, or could not be put back; what was stored is untouched.
        StoreBusyError: The sources are being written to.
    """
    try:
        with locked(settings.store), tempfile.TemporaryDirectory(dir=settings.home, prefix=".restore-") as temporary:
            new, old = Path(temporary) / "new", Path(temporary) / "old"
            new.mkdir()
            old.mkdir()
            with zipfile.ZipFile(source) as archive:
                names = _unpack(archive, new)
            with _moved_away(settings.home, old):
                for name in names:
                    (new / name).replace(settings.home / name)
            return names
    except _KNOWN_ERRORS as error:
        raise BackupError(
            f"Kan ikke hente tilbake fra {source}: {error}. Det som er lagret, er urørt. Bruk en fil som «bht backup» har laget."
        ) from error


def _unpack(archive: zipfile.ZipFile, folder: Path) -> tuple[str, ...]:
    """Unpack into an empty folder, and return the names at the top. Nothing is written outside it."""
    members = archive.infolist()
    manifest = json.loads(archive.read(_MANIFEST)) if _MANIFEST in archive.namelist() else None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ValueError("fila er ikke en kopi som denne utgaven kan lese")
    if len(members) > _MOST_FILES or sum(member.file_size for member in members) > _MOST_BYTES:
        raise ValueError("fila er for stor")
    for member in members:
        if member.filename == _MANIFEST:
            continue
        if not _is_ours(member):
            raise ValueError(f"fila inneholder noe som ikke hører hjemme der: {member.filename[:80]!r}")
        path = folder / member.filename
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as packed, path.open("xb") as plain:
            shutil.copyfileobj(packed, plain)
        path.chmod(0o600)
    for name in DATABASES:
        if (folder / name).exists():
            _check(folder / name)
    return tuple(name for name in (*DATABASES, *FOLDERS) if (folder / name).exists())


def _is_ours(member: zipfile.ZipInfo) -> bool:
    """Return whether it is a plain file of a database or in one of the folders, written the one way that we write it."""
    path = PurePosixPath(member.filename)
    parts = path.parts
    is_plain = stat.S_IFMT(member.external_attr >> 16) in (0, stat.S_IFREG)
    inside = len(parts) > 1 and parts[0] in FOLDERS and not {"..", "."} & set(parts)
    return is_plain and path.as_posix() == member.filename and (member.filename in DATABASES or inside)


def _check(database: Path) -> None:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise ValueError(f"{database.name} i kopien er skadet")


@contextmanager
def _moved_away(home: Path, old: Path) -> Iterator[None]:
    """Move what is stored away; it comes back when the block fails."""
    names: Sequence[str] = [*DATABASES, *(f"{name}{side}" for name in DATABASES for side in _SIDE_FILES), *FOLDERS]
    moved = []
    try:
        for name in names:
            if (home / name).exists():
                (home / name).replace(old / name)
                moved.append(name)
        yield
    except BaseException:
        for name in moved:
            newer = home / name
            shutil.rmtree(newer) if newer.is_dir() else newer.unlink(missing_ok=True)
            (old / name).replace(newer)
        raise
