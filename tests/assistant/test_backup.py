"""What is stored goes into a file and comes back, all or nothing."""

import sqlite3
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Turn
from assistant.backup import restore_backup, write_backup
from assistant.errors import BackupError
from assistant.feedback import FeedbackStore, Rated, Rating
from assistant.settings import Settings
from corpus.document import Document
from corpus.errors import StoreBusyError
from corpus.store import StoreReader, locked
from tests.conftest import make_edition, make_official, store_documents

MANIFEST = ("bht-backup.json", '{"format": 1}')


@pytest.fixture
def used(tmp_path: Path, invented: tuple[Document, ...]) -> Settings:
    """A home where something of each kind is stored."""
    settings = Settings(home=tmp_path / "home", cache=tmp_path / "cache")
    store_documents(settings.store, make_edition(invented[0], make_official(invented[0].provisions[0])))
    FeedbackStore(settings.feedback).add(
        Rating.UP, Rated(question="Hei?", history=(Turn(role="user", content="Hei"),), answer={"answer": "Hei"})
    )
    for file in ("own/a.pdf", "lovdata/arkiv.tar.bz2", "register/123.json"):
        path = settings.home / file
        path.parent.mkdir()
        path.write_bytes(file.encode() * 100)
    (settings.index_folder).mkdir()
    (settings.index_folder / "current").write_text("x", encoding="utf-8")
    (settings.home / "bht.toml").write_text("port = 1", encoding="utf-8")
    return settings


def contents(settings: Settings) -> dict[str, bytes]:
    """Return the files of the home but databases, by name."""
    return {
        path.relative_to(settings.home).as_posix(): path.read_bytes()
        for path in settings.home.rglob("*")
        if path.is_file() and ".sqlite" not in path.name and path.suffix != ".lock"
    }


def what_is_stored(settings: Settings) -> tuple[int, int]:
    """Return the numbers of documents and of ratings."""
    reader = StoreReader(settings.store)
    count = len(reader.documents)
    reader.close()
    return count, len(FeedbackStore(settings.feedback).list())


def make_zip(path: Path, *members: tuple[str | zipfile.ZipInfo, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members:
            archive.writestr(name, text)
    return path


def test_what_is_stored_comes_back_somewhere_else(used: Settings, tmp_path: Path) -> None:
    """All but the index and the settings; and only the owner may read the file"""
    target = tmp_path / "kopi.zip"
    names = write_backup(used, target)
    assert names == ("corpus.sqlite", "feedback.sqlite", "lovdata", "own", "register")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    other = replace(used, home=tmp_path / "annet")
    assert restore_backup(other, target) == names
    assert what_is_stored(other) == what_is_stored(used) == (1, 1)
    kept = {name: data for name, data in contents(used).items() if not name.startswith(("index", "bht.toml"))}
    assert contents(other) == kept
    assert len(kept) == 3


def test_what_was_stored_before_is_gone_and_the_rest_stays(used: Settings, tmp_path: Path) -> None:
    target = tmp_path / "kopi.zip"
    write_backup(used, target)
    (used.home / "own" / "ny.pdf").write_bytes(b"ny")
    FeedbackStore(used.feedback).add(Rating.UP, Rated(question="To?", history=(), answer={}))
    restore_backup(used, target)
    assert what_is_stored(used) == (1, 1)
    assert "own/ny.pdf" not in contents(used)
    assert {"bht.toml", "index/current"} <= set(contents(used))
    assert [path.name for path in used.home.iterdir() if path.name.startswith(".")] == []


def test_a_copy_is_whole_while_somebody_writes(used: Settings, tmp_path: Path) -> None:
    """Ratings that are still in the journal are in it"""
    open_one = sqlite3.connect(used.feedback)
    open_one.execute("PRAGMA wal_autocheckpoint = 0")
    open_one.execute(
        "INSERT INTO feedback (time, rating, reason, question, history, answer) VALUES ('2026-01-01', 'up', '', 'x', '[]', '{}')"
    )
    open_one.commit()  # fmt: skip
    write_backup(used, tmp_path / "kopi.zip")
    open_one.close()
    other = replace(used, home=tmp_path / "annet")
    restore_backup(other, tmp_path / "kopi.zip")
    assert what_is_stored(other) == (1, 2)


def test_no_copy_is_made_over_another_file_or_of_nothing(used: Settings, tmp_path: Path) -> None:
    (tmp_path / "kopi.zip").write_text("mitt", encoding="utf-8")
    with pytest.raises(BackupError, match="finnes allerede"):
        write_backup(used, tmp_path / "kopi.zip")
    assert (tmp_path / "kopi.zip").read_text(encoding="utf-8") == "mitt"
    with pytest.raises(BackupError, match="ingenting lagret"):
        write_backup(replace(used, home=tmp_path / "tom"), tmp_path / "ny.zip")
    with pytest.raises(BackupError, match="Kunne ikke skrive"):
        write_backup(used, tmp_path / "finnes" / "ikke.zip")
    assert not (tmp_path / "ny.zip").exists()


def test_nobody_writes_meanwhile(used: Settings, tmp_path: Path) -> None:
    write_backup(used, tmp_path / "kopi.zip")
    with locked(used.store):
        with pytest.raises(StoreBusyError):
            write_backup(used, tmp_path / "ny.zip")
        with pytest.raises(StoreBusyError):
            restore_backup(used, tmp_path / "kopi.zip")


def make_link() -> zipfile.ZipInfo:
    link = zipfile.ZipInfo("own/lenke")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return link


@pytest.mark.parametrize(
    "members",
    [
        pytest.param([("own/a.pdf", "x")], id="no manifest"),
        pytest.param([("bht-backup.json", '{"format": 99}')], id="of a later version"),
        pytest.param([("bht-backup.json", "[]")], id="another manifest"),
        pytest.param([MANIFEST, ("../ute.txt", "x")], id="above"),
        pytest.param([MANIFEST, ("own/../../ute.txt", "x")], id="above by way of a folder"),
        pytest.param([MANIFEST, ("/ute.txt", "x")], id="absolute"),
        pytest.param([MANIFEST, ("bht.toml", "x")], id="settings"),
        pytest.param([MANIFEST, ("index/current", "x")], id="an index"),
        pytest.param([MANIFEST, ("own", "x")], id="a file for a folder"),
        pytest.param([MANIFEST, (make_link(), "/etc/passwd")], id="a link"),
        pytest.param([MANIFEST, ("corpus.sqlite", "ingen database")], id="no database"),
        pytest.param([MANIFEST, ("own/a", "x"), ("own/a/b", "x")], id="a file as a folder"),
    ],
)
def test_what_is_no_backup_of_ours_changes_nothing(
    used: Settings, tmp_path: Path, members: list[tuple[str | zipfile.ZipInfo, str]]
) -> None:
    before = contents(used), what_is_stored(used), sorted(path.name for path in tmp_path.iterdir())
    source = make_zip(tmp_path / "slem.zip", *members)
    with pytest.raises(BackupError, match="urørt"):
        restore_backup(used, source)
    source.unlink()
    assert (contents(used), what_is_stored(used), sorted(path.name for path in tmp_path.iterdir())) == before


def test_a_damaged_or_missing_file_changes_nothing(used: Settings, tmp_path: Path) -> None:
    target = tmp_path / "kopi.zip"
    write_backup(used, target)
    data = bytearray(target.read_bytes())
    data[200] ^= 0xFF
    for broken in (bytes(data), bytes(data[: len(data) // 2]), b""):
        target.write_bytes(broken)
        with pytest.raises(BackupError):
            restore_backup(used, target)
    with pytest.raises(BackupError):
        restore_backup(used, tmp_path / "finnes-ikke.zip")
    assert what_is_stored(used) == (1, 1)


def test_what_was_stored_comes_back_when_putting_in_place_fails(
    used: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_backup(used, tmp_path / "kopi.zip")
    (used.home / "own" / "ny.pdf").write_bytes(b"ny")
    real = Path.replace

    def fail_late(self: Path, target: Path) -> Path:
        if self.parent.name == "new" and self.name == "own":
            raise OSError("disken er full")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", fail_late)
    with pytest.raises(BackupError, match="disken er full"):
        restore_backup(used, tmp_path / "kopi.zip")
    assert "own/ny.pdf" in contents(used)
    assert what_is_stored(used) == (1, 1)
