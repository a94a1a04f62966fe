"""`bht index build` and `bht index status`, and what an index that cannot be used leads to."""

import json
import shutil
from pathlib import Path

import pytest

from assistant.settings import Settings
from corpus.library import load_library
from tests.assistant.cli.run import Run, Shell, assert_one_line

MUST_HAVE = ("ask", "Må vi ha BHT?", "--json")
SEARCHED = ("ask", "hvor ofte skal AMU ha møter", "--json")


@pytest.fixture
def own(shell: Shell, thin_core: None, thin_home: Path, bht_settings: Settings, tmp_path: Path) -> Shell:
    """A shell with an index of its own to damage."""
    shutil.copytree(thin_home, tmp_path / "home")
    shell.use(tmp_path / "home", bht_settings.cache)
    return shell


def build_folder(home: Path) -> Path:
    return home / "index" / (home / "index" / "current").read_text(encoding="utf-8").strip()


def without_time(run: Run) -> dict[str, object]:
    return {key: value for key, value in run.json.items() if key != "latency_s"}


def test_no_index_is_a_state_not_an_error(shell: Shell) -> None:
    run = shell("index", "status")
    assert (run.code, run.err) == (0, "")
    assert "bht index build" in run.out
    assert shell("index", "status", "--json").json["status"] == "missing"
    assert not shell.home.exists()


@pytest.mark.index
def test_an_index_is_built_and_told_about(
    shell: Shell, thin_core: None, bht_settings: Settings, tmp_path: Path
) -> None:
    shell.use(tmp_path / "home", bht_settings.cache)
    built = shell("index", "build", "--json").json
    status = shell("index", "status", "--json").json
    assert status["status"] == "ready"
    assert {key: status[key] for key in built} == built
    assert built["provisions"] == len(load_library().known)
    assert str(built["chunks"]) in shell("index", "status").out
    assert shell(*SEARCHED).code == 0


@pytest.mark.index
def test_an_index_of_another_corpus_is_outdated_and_renewed(own: Shell) -> None:
    manifest = build_folder(own.home) / "manifest.json"
    values = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(values | {"corpus_hash": "0" * 64}), encoding="utf-8")
    assert own("index", "status", "--json").json["status"] == "outdated"
    assert own(*SEARCHED).json["outcome"] == "answered"
    assert own("index", "status", "--json").json["status"] == "ready"


def _cut_rows(home: Path) -> None:
    (rows,) = (home / "index").glob("build-*/rows.npz")
    rows.write_bytes(rows.read_bytes()[:1000])


def _spoil_current(home: Path) -> None:
    (home / "index" / "current").write_bytes(b"\xff\x00")


def _remove_vectors(home: Path) -> None:
    shutil.rmtree(build_folder(home) / "chroma")


def _spoil_words(home: Path) -> None:
    for file in (build_folder(home) / "whole_grams").iterdir():
        file.write_bytes(b"\x00\x01")


@pytest.mark.index
@pytest.mark.parametrize(
    "damage",
    [_cut_rows, _spoil_current, _remove_vectors, _spoil_words],
    ids=lambda function: function.__name__.strip("_"),
)
def test_a_damaged_index_is_renewed_and_the_question_answered(
    own: Shell, ready_answer: dict[str, object], damage
) -> None:
    damage(own.home)
    run = own(*SEARCHED)
    assert "Traceback" not in run.err
    assert run.code == 0, run.err
    assert without_time(run) == ready_answer
    assert own("index", "status", "--json").json["status"] == "ready"


@pytest.fixture
def ready_answer(own: Shell) -> dict[str, object]:
    """The answer on the whole index."""
    return without_time(own(*SEARCHED))


@pytest.mark.parametrize("arguments", [MUST_HAVE, ("index", "build")], ids=["ask", "build"])
def test_a_home_that_cannot_be_written_is_one_line_and_one(
    shell: Shell, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    """A file in the place of the folder: the tests may run as root, who may write anywhere"""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    shell.use(tmp_path / "file", shell.cache)
    line = assert_one_line(shell(*arguments), 1)
    assert str(tmp_path / "file") in line


@pytest.mark.index
@pytest.mark.parametrize("arguments", [MUST_HAVE, ("index", "build")], ids=["ask", "build"])
def test_a_cache_that_cannot_be_written_is_one_line_and_one(
    shell: Shell, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    shell.use(shell.home, tmp_path / "file")
    assert str(tmp_path / "file") in assert_one_line(shell(*arguments), 1)
