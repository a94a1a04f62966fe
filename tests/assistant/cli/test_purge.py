"""`bht purge` deletes what the program has stored and nothing else."""

import io
import shutil
import sys
from pathlib import Path

import pytest

from assistant.feedback import FeedbackStore, Rated, Rating
from assistant.settings import Settings
from corpus.document import Document
from corpus.library import Library
from index.build import build_index
from index.dequantise import _PREFIX
from index.embedding import VectorCache
from tests.assistant.cli.run import Shell
from tests.conftest import HashedEmbedder


@pytest.fixture(scope="module")
def state(invented: tuple[Document, ...], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home and a cache that have been used, to be copied."""
    folder = tmp_path_factory.mktemp("state")
    settings = Settings(home=folder / "home", cache=folder / "cache")
    build_index(
        Library(invented), settings.index_folder, HashedEmbedder(), VectorCache(settings.cache), lambda *_: None
    )
    return settings


@pytest.fixture
def used(shell: Shell, state: Settings) -> Shell:
    """A shell whose home and cache have been used."""
    shutil.copytree(state.home, shell.home)
    shutil.copytree(state.cache, shell.cache)
    return shell


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_nothing_stored_is_nothing_to_delete(shell: Shell) -> None:
    run = shell("purge", "--yes")
    assert (run.code, run.err) == (0, "")
    assert run.out


def test_everything_stored_is_deleted_with_its_empty_folders(used: Shell) -> None:
    assert files(used.home)
    assert files(used.cache)
    run = used("purge", "--yes")
    assert (run.code, run.err) == (0, "")
    assert not used.home.exists()
    assert not used.cache.exists()
    assert used("index", "status", "--json").json["status"] == "missing"


def test_the_model_in_the_cache_is_deleted_too(used: Shell) -> None:
    model = used.cache / f"{_PREFIX}0123abcd"
    model.mkdir()
    (model / "model.safetensors").write_bytes(b"0")
    used("purge", "--yes")
    assert not used.cache.exists()


def test_what_users_thought_of_answers_is_deleted_too(shell: Shell) -> None:
    store = FeedbackStore(shell.home / "feedback.sqlite")
    store.add(Rating.UP, Rated(question="Må vi ha BHT?", history=(), answer={}))
    run = shell("purge", "--yes")
    assert str(store.path) in run.out
    assert not shell.home.exists()


def test_what_others_keep_in_the_same_folders_stays(used: Shell, tmp_path: Path) -> None:
    mine = {
        used.home / "bht.toml",
        used.home / "notater" / "viktig.txt",
        used.cache / "annet.sqlite",
        used.cache / "vectors",
    }
    for file in mine:
        file.parent.mkdir(exist_ok=True)
        file.write_text("port = 8000\n", encoding="utf-8")
    (tmp_path / "index").mkdir()
    used("purge", "--yes")
    assert files(used.home) == {"bht.toml", "notater", "notater/viktig.txt"}
    assert files(used.cache) == {"annet.sqlite", "vectors"}
    assert (tmp_path / "index").is_dir()


def test_a_link_is_removed_and_what_it_leads_to_stays(shell: Shell, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file").write_text("mine", encoding="utf-8")
    shell.home.mkdir()
    (shell.home / "index").symlink_to(elsewhere)
    shell("purge", "--yes")
    assert not (shell.home / "index").is_symlink()
    assert (elsewhere / "file").exists()


def test_home_and_cache_may_be_one_folder(shell: Shell, tmp_path: Path) -> None:
    shell.use(tmp_path / "both", tmp_path / "both")
    (tmp_path / "both" / "index").mkdir(parents=True)
    (tmp_path / "both" / "vectors.sqlite").touch()
    assert shell("purge", "--yes").code == 0
    assert not (tmp_path / "both").exists()


class Terminal(io.StringIO):
    """A standard input with somebody at it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("reply", "deleted"),
    [("j\n", True), ("JA\n", True), ("n\n", False), ("\n", False), ("", False), ("kanskje\n", False)],
)
def test_somebody_at_the_terminal_is_asked_first(
    used: Shell, monkeypatch: pytest.MonkeyPatch, reply: str, deleted: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(reply))
    run = used("purge")
    assert run.code == 0
    assert str(used.home) in run.err
    assert used.home.exists() is not deleted


@pytest.mark.index
def test_nothing_is_left_behind_by_real_use(
    shell: Shell, bht_settings: Settings, thin_core: None, thin_home: Path, tmp_path: Path
) -> None:
    """A build and a question leave only what purge knows of"""
    home, cache = tmp_path / "home", tmp_path / "cache"
    cache.mkdir()
    (cache / "vectors.sqlite").write_bytes((bht_settings.cache / "vectors.sqlite").read_bytes())
    shell.use(home, cache)
    assert shell("ask", "hvor ofte skal AMU ha møter").code == 0
    assert shell("purge", "--yes").code == 0
    assert (home.exists(), cache.exists()) == (False, False)
