"""Building and opening the index: whole or not at all, and never another corpus's."""

import errno
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import bm25s
import chromadb
import numpy as np
import pytest

from corpus.document import LayQuestion, Provision
from corpus.library import Library
from index import build
from index.build import FORMAT, NO_VECTORS, OpenIndex, build_index, fingerprint, open_index, read_manifest
from index.chunking import split_all
from index.embedding import VectorCache
from index.errors import IndexMismatchError, IndexMissingError, IndexWriteError
from tests.conftest import HashedEmbedder

SPACE = HashedEmbedder.space


def no_progress(stage: str, done: int, total: int) -> None:
    """Leave the progress unseen."""


def change_first(library: Library, **changes: object) -> Library:
    """Return the library with a change to the first provision."""
    first, *others = library.core
    provision, *rest = first.provisions
    return Library((replace(first, provisions=(replace(provision, **changes), *rest)), *others))


def with_question(library: Library, question: str) -> Library:
    """Return the library with another first question to the first segment."""
    segments = library.core[0].provisions[0].segments
    asked = replace(segments[0], questions=(LayQuestion(text=question), *segments[0].questions[1:]))
    return change_first(library, segments=(asked, *segments[1:]))


@pytest.fixture(scope="module")
def built(invented_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of the invented corpus, to be copied."""
    folder = tmp_path_factory.mktemp("index")
    cache = VectorCache(tmp_path_factory.mktemp("cache"))
    build_index(invented_library, folder, HashedEmbedder(), cache, no_progress)
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A folder of this test's own with an index of the invented corpus."""
    return Path(shutil.copytree(built, tmp_path / "index"))


@pytest.fixture
def changed(invented_library: Library) -> Library:
    return with_question(invented_library, "et spørsmål som ikke er i indeksen")


def target_of(folder: Path) -> Path:
    """Return the folder of the index in use."""
    return folder / (folder / "current").read_text(encoding="utf-8")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# --- What is built -----------------------------------------------------------------------------------------------------------


def test_the_manifest_says_what_the_index_was_built_from(invented_library: Library, built: Path) -> None:
    manifest = read_manifest(built)
    assert (manifest.space, manifest.dimensions) == (SPACE, HashedEmbedder.dimensions)
    assert manifest.provisions == sum(len(d.provisions) for d in invented_library.core) == 11
    assert manifest.chunks == len(list(split_all(invented_library.searchables())))
    assert manifest.corpus_hash == fingerprint(invented_library)


def test_an_opened_index_holds_every_chunk_in_order(invented_library: Library, built: Path) -> None:
    index = open_index(built, fingerprint(invented_library), SPACE)
    chunks = list(split_all(invented_library.searchables()))
    keys = [index.rows.keys[position] for position in index.rows.provision]
    assert keys == [(chunk.provision_id, chunk.kind.value) for chunk in chunks]
    assert index.rows.segment.tolist() == [chunk.segment for chunk in chunks]
    assert index.rows.last.tolist() == [chunk.last for chunk in chunks]
    assert index.manifest == read_manifest(built)
    assert index.store is not None
    assert index.store.count() == len(index.rows) == len(chunks)
    assert index.lexical.stem_scores("karusell").shape == (len(chunks),)
    for scores in (index.lexical.whole_stem_scores("karusell"), index.lexical.whole_gram_scores("karusell")):
        assert scores.shape == (len(index.rows.keys),)


def test_the_whole_words_of_a_provision_are_its_text_and_its_lay_questions(
    invented_library: Library, built: Path
) -> None:
    index = open_index(built, fingerprint(invented_library), SPACE)
    provision = invented_library.find("forskrift/2001-02-03-9001/§2A-1")
    position = index.rows.keys.index((provision.provision_id, provision.kind.value))
    asked = [question.text for segment in provision.segments for question in segment.questions]
    assert asked
    for text in (provision.text, *asked):
        assert int(index.lexical.whole_stem_scores(text).argmax()) == position
        assert int(index.lexical.whole_gram_scores(text).argmax()) == position


def test_each_provision_with_lay_questions_has_a_profile_and_no_other(invented_library: Library, built: Path) -> None:
    index = open_index(built, fingerprint(invented_library), SPACE)
    assert index.profiles is not None
    asked = {p.provision_id for d in invented_library.core for p in d if any(s.questions for s in p.segments)}
    assert {index.rows.keys[p][0] for p in index.profiles.provision} == asked
    assert 1 < len(asked) < len(index.rows.keys)


def test_profiles_are_the_same_whatever_the_blocks(
    invented_library: Library, built: Path, vector_cache: VectorCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_BLOCK", 7)
    build_index(invented_library, tmp_path, HashedEmbedder(), vector_cache, no_progress)
    one, other = (open_index(f, fingerprint(invented_library), SPACE).profiles for f in (built, tmp_path))
    assert one
    assert other
    for name in ("provision", "weight", "bias"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-5, atol=1e-5)


def test_the_folder_holds_one_build_and_the_pointer_to_it(built: Path) -> None:
    assert names(built) == {"current", target_of(built).name}


def test_progress_tells_of_each_stage_to_its_end(
    invented_library: Library, vector_cache: VectorCache, tmp_path: Path
) -> None:
    steps: list[tuple[str, int, int]] = []
    manifest = build_index(
        invented_library, tmp_path / "index", HashedEmbedder(), vector_cache, lambda s, d, t: steps.append((s, d, t))
    )
    assert [stage for stage, _, _ in steps] == sorted(stage for stage, _, _ in steps)
    assert {stage for stage, done, total in steps if done == total} == {"embed", "store"}
    assert steps[-1] == ("store", manifest.chunks, manifest.chunks)


def test_a_rebuild_embeds_only_what_changed(
    invented_library: Library, changed: Library, vector_cache: VectorCache, embedder: HashedEmbedder, tmp_path: Path
) -> None:
    build_index(invented_library, tmp_path / "index", embedder, vector_cache, no_progress)
    embedder.embedded.clear()
    build_index(changed, tmp_path / "index", embedder, vector_cache, no_progress)
    assert embedder.embedded == ["et spørsmål som ikke er i indeksen"]


def test_the_bulk_engine_is_passed_on(invented_library: Library, vector_cache: VectorCache, tmp_path: Path) -> None:
    embedder = HashedEmbedder()

    def bulk(texts: list[str], keep: Callable[..., None]) -> bool:
        keep(texts, HashedEmbedder().embed_passages(texts))
        return True

    build_index(invented_library, tmp_path / "index", embedder, vector_cache, no_progress, bulk)
    assert embedder.embedded == []


def test_an_index_without_an_embedder_has_the_lexical_legs_alone(
    invented_library: Library, vector_cache: VectorCache, tmp_path: Path
) -> None:
    manifest = build_index(invented_library, tmp_path, None, vector_cache, no_progress)
    assert (manifest.space, manifest.dimensions) == (NO_VECTORS, 0)
    assert not {"chroma", "profiles.npz"} & names(target_of(tmp_path))
    index = open_index(tmp_path, fingerprint(invented_library), None)
    assert (index.store, index.profiles) == (None, None)
    assert index.lexical.stem_scores("karusell").any()


def test_vectors_are_left_alone_when_no_space_is_asked_for(invented_library: Library, folder: Path) -> None:
    shutil.rmtree(target_of(folder) / "chroma")
    assert open_index(folder, fingerprint(invented_library), None).store is None


def test_the_index_before_the_last_is_kept_for_who_still_reads_it_and_no_older_one(
    invented_library: Library, vector_cache: VectorCache, tmp_path: Path
) -> None:
    builds = []
    for _ in range(4):
        build_index(invented_library, tmp_path, None, vector_cache, no_progress)
        builds.append(target_of(tmp_path).name)
    assert len(set(builds)) == 4
    assert names(tmp_path) == {"current", *builds[-2:]}


# --- The hash ----------------------------------------------------------------------------------------------------------------


def test_the_same_corpus_has_the_same_hash(invented_library: Library) -> None:
    assert fingerprint(invented_library) == fingerprint(change_first(invented_library))


def shift(provision: Provision) -> tuple[Any, ...]:
    last = provision.segments[-1]
    return (*provision.segments[:-1], replace(last, end=last.end - 1))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda p: {"text": p.text.replace("badevakt", "livredder")}, id="text"),
        pytest.param(lambda p: {"heading": "Noe annet"}, id="heading"),
        pytest.param(lambda p: {"label": "badeanleggloven § 9-9"}, id="label"),
        pytest.param(lambda p: {"repealed": date(2020, 1, 1)}, id="status"),
        pytest.param(lambda p: {"segments": shift(p)}, id="parts"),
        pytest.param(lambda p: {"provision_id": f"{p.provision_id}a"}, id="id"),
    ],
)
def test_what_a_search_depends_on_changes_the_hash(
    change: Callable[[Provision], dict[str, Any]], invented_library: Library
) -> None:
    changed = change_first(invented_library, **change(invented_library.core[0].provisions[0]))
    assert changed != invented_library
    assert fingerprint(changed) != fingerprint(invented_library)


def test_a_changed_question_changes_the_hash(invented_library: Library) -> None:
    assert fingerprint(with_question(invented_library, "noe annet")) != fingerprint(invented_library)


def test_a_removed_document_changes_the_hash(invented_library: Library) -> None:
    assert fingerprint(Library(invented_library.core[:-1])) != fingerprint(invented_library)


def test_what_no_search_depends_on_leaves_the_hash_alone(invented_library: Library) -> None:
    """This ensures that a corrected date or remark needs no new index."""
    changed = change_first(
        invented_library, note="Merknad.", checked=date(2026, 12, 1), url="https://example.org/annet"
    )
    assert fingerprint(changed) == fingerprint(invented_library)


# --- A build that dies -------------------------------------------------------------------------------------------------------

Break = Callable[[pytest.MonkeyPatch, BaseException], None]


def raising(error: BaseException) -> Callable[..., None]:
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    return fail


def break_method(owner: object, name: str) -> Break:
    return lambda monkeypatch, error: monkeypatch.setattr(owner, name, raising(error))


def break_mkdir(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    real = Path.mkdir

    def mkdir(self: Path, *args: Any, **kwargs: Any) -> None:
        if self.name.startswith("build-"):
            raise error
        real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "mkdir", mkdir)


def break_write_of(prefix: str) -> Break:
    """Write half of the file whose name begins so, then fail, as a full disk does."""

    def patch(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
        real = Path.write_text

        def write_text(self: Path, data: str, *args: Any, **kwargs: Any) -> int:
            if self.name.startswith(prefix):
                real(self, data[: len(data) // 2], *args, **kwargs)
                raise error
            return real(self, data, *args, **kwargs)

        monkeypatch.setattr(Path, "write_text", write_text)

    return patch


def break_lines_of(name: str) -> Break:
    """Take three lines into the file of the name, then fail, as a full disk does."""

    def patch(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
        real = Path.open

        def open_file(self: Path, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
            file = real(self, mode, *args, **kwargs)
            if self.name != name or "w" not in mode:
                return file
            written: list[str] = []

            def write(line: str) -> None:
                written.append(line)
                if len(written) > 3:
                    file.close()
                    raise error

            full = MagicMock(wraps=file)
            full.__enter__.return_value, full.write.side_effect = full, write
            return full

        monkeypatch.setattr(Path, "open", open_file)

    return patch


STAGES = [
    pytest.param(break_mkdir, id="folder"),
    pytest.param(break_method(bm25s.BM25, "save"), id="lexical"),
    pytest.param(break_method(HashedEmbedder, "embed_passages"), id="embedding"),
    pytest.param(break_method(VectorCache, "write"), id="cache"),
    pytest.param(break_method(chromadb, "PersistentClient"), id="store opened"),
    pytest.param(break_method(build.ChunkStore, "add"), id="store filled"),
    pytest.param(break_lines_of("chunks.jsonl"), id="chunks"),
    pytest.param(break_write_of("provisions.json"), id="rows"),
    pytest.param(break_method(np, "savez"), id="columns of the rows"),
    pytest.param(break_method(build.Profiles, "save"), id="profiles"),
    pytest.param(break_write_of("manifest.json"), id="manifest"),
    pytest.param(break_write_of("current."), id="pointer"),
    pytest.param(break_method(Path, "replace"), id="switch"),
]
DISK_FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("break_stage", STAGES)
@pytest.mark.parametrize(
    ("error", "raised"),
    [
        pytest.param(DISK_FULL, IndexWriteError, id="full disk"),
        pytest.param(KeyboardInterrupt(), KeyboardInterrupt, id="interrupted"),
    ],
)
def test_a_build_that_dies_leaves_the_old_index_serving_and_no_litter(
    break_stage: Break, error: BaseException, raised: type[BaseException], folder: Path, invented_library: Library,
    changed: Library, vector_cache: VectorCache, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    before = names(folder)
    with monkeypatch.context() as patch:
        break_stage(patch, error)
        with pytest.raises(raised):
            build_index(changed, folder, HashedEmbedder(), vector_cache, no_progress)
    index = open_index(folder, fingerprint(invented_library), SPACE)
    assert index.store is not None
    assert len(index.store.search(HashedEmbedder().embed_query("karusell"), 5)) == 5
    assert names(folder) == before


def test_an_error_in_a_callback_stops_the_build(folder: Path, changed: Library, vector_cache: VectorCache) -> None:
    before = names(folder)
    with pytest.raises(ZeroDivisionError):
        build_index(changed, folder, HashedEmbedder(), vector_cache, lambda *step: 1 / 0)
    assert names(folder) == before


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(DISK_FULL, id="full"),
        pytest.param(PermissionError(errno.EACCES, "Permission denied"), id="not ours"),
        pytest.param(sqlite3.OperationalError("database or disk is full"), id="full, said by SQLite"),
        pytest.param(chromadb.errors.InternalError("error returned from database: (code: 13) database or disk is full"), id="by Chroma"),
    ],
)  # fmt: skip
def test_a_disk_that_cannot_be_written_is_said_with_the_folder(
    error: Exception, changed: Library, vector_cache: VectorCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build.ChunkStore, "add", raising(error))
    with pytest.raises(IndexWriteError, match=str(tmp_path / "index")) as caught:
        build_index(changed, tmp_path / "index", HashedEmbedder(), vector_cache, no_progress)
    assert caught.value.__cause__ is error


def test_other_errors_keep_their_name(changed: Library, vector_cache: VectorCache, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(build.ChunkStore, "add", raising(RuntimeError("a bug")))
    with pytest.raises(RuntimeError, match="a bug"):
        build_index(changed, tmp_path, HashedEmbedder(), vector_cache, no_progress)


def test_a_first_build_that_dies_leaves_nothing(
    invented_library: Library, vector_cache: VectorCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build.ChunkStore, "add", raising(DISK_FULL))
    with pytest.raises(IndexWriteError):
        build_index(invented_library, tmp_path / "index", HashedEmbedder(), vector_cache, no_progress)
    assert names(tmp_path / "index") == set()
    with pytest.raises(IndexMissingError):
        read_manifest(tmp_path / "index")


def test_a_file_where_the_folder_should_be_is_a_write_error(
    invented_library: Library, vector_cache: VectorCache, tmp_path: Path
) -> None:
    (tmp_path / "index").write_text("i veien")
    with pytest.raises(IndexWriteError):
        build_index(invented_library, tmp_path / "index", None, vector_cache, no_progress)


def leave_killed_build(folder: Path) -> None:
    """Leave what a killed process leaves: a folder that is not whole, newer than all others."""
    (folder / "build-killed").mkdir()
    (folder / "build-killed" / "chunks.jsonl").write_text("{")


def test_what_a_killed_build_left_is_removed_by_later_ones(
    invented_library: Library, vector_cache: VectorCache, tmp_path: Path
) -> None:
    build_index(invented_library, tmp_path, None, vector_cache, no_progress)
    leave_killed_build(tmp_path)
    assert open_index(tmp_path, fingerprint(invented_library), None).rows
    for _ in range(2):
        build_index(invented_library, tmp_path, None, vector_cache, no_progress)
    assert "build-killed" not in names(tmp_path)
    assert len(names(tmp_path)) == 3


def test_what_a_killed_build_left_does_not_displace_the_predecessor(
    invented_library: Library, vector_cache: VectorCache, tmp_path: Path
) -> None:
    build_index(invented_library, tmp_path, None, vector_cache, no_progress)
    predecessor = target_of(tmp_path).name
    leave_killed_build(tmp_path)
    build_index(invented_library, tmp_path, None, vector_cache, no_progress)
    assert predecessor in names(tmp_path)


# --- What is not opened ------------------------------------------------------------------------------------------------------


def test_an_index_of_another_corpus_is_refused(folder: Path, changed: Library) -> None:
    with pytest.raises(IndexMismatchError, match="another corpus"):
        open_index(folder, fingerprint(changed), SPACE)


def test_an_index_of_another_space_is_refused_and_both_are_named(folder: Path, invented_library: Library) -> None:
    with pytest.raises(IndexMismatchError, match=f"{SPACE}.*multilingual-e5-small"):
        open_index(folder, fingerprint(invented_library), "multilingual-e5-small")


def test_an_index_without_vectors_is_refused_to_an_embedder(
    invented_library: Library, vector_cache: VectorCache, tmp_path: Path
) -> None:
    build_index(invented_library, tmp_path, None, vector_cache, no_progress)
    with pytest.raises(IndexMismatchError):
        open_index(tmp_path, fingerprint(invented_library), SPACE)


@pytest.mark.parametrize(("name", "value"), [("FORMAT", FORMAT + 1), ("CHUNKING_VERSION", "another")])
def test_an_index_by_another_version_is_refused(
    name: str, value: object, folder: Path, invented_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, name, value)
    with pytest.raises(IndexMismatchError, match="another version"):
        open_index(folder, fingerprint(invented_library), SPACE)


def rewrite(path: str, content: bytes | Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Return a damage: the file of the index gets other content."""

    def damage(folder: Path) -> None:
        file = folder / path if path == "current" else target_of(folder) / path
        file.write_bytes(content(file.read_bytes()) if callable(content) else content)

    return damage


def remove(path: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        victim = folder / path if path == "current" else target_of(folder) / path
        shutil.rmtree(victim) if victim.is_dir() else victim.unlink()

    return damage


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def with_flipped_byte(content: bytes) -> bytes:
    """Return the content of an archive with another byte in what its checksums are of: the first number of the last column."""
    place = content.rindex(b"\x93NUMPY") + 128
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


def change_columns(name: str, change: Callable[[dict[str, np.ndarray]], object]) -> Callable[[Path], None]:
    """Return a damage: the columns of a table of the index are others."""

    def damage(folder: Path) -> None:
        file = target_of(folder) / name
        with np.load(file) as arrays:
            columns = {name: arrays[name] for name in arrays.files}
        change(columns)
        np.savez(file, **columns)

    return damage


def without_last_row(columns: dict[str, np.ndarray]) -> None:
    for name in ("provision", "segment", "last", "question"):
        columns[name] = columns[name][:-1]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(remove("current"), id="no pointer"),
        pytest.param(rewrite("current", b""), id="empty pointer"),
        pytest.param(rewrite("current", b"build-gone"), id="pointer to nothing"),
        pytest.param(rewrite("current", b"\xff\xfe\x00"), id="garbage pointer"),
        pytest.param(remove("manifest.json"), id="no manifest"),
        pytest.param(rewrite("manifest.json", b""), id="empty manifest"),
        pytest.param(rewrite("manifest.json", b"\x00\xff garbage"), id="garbage manifest"),
        pytest.param(rewrite("manifest.json", half), id="truncated manifest"),
        pytest.param(rewrite("manifest.json", b"[1, 2]"), id="manifest that is a list"),
        pytest.param(rewrite("manifest.json", b"null"), id="manifest that is null"),
        pytest.param(rewrite("manifest.json", b'{"format": 1}'), id="manifest without fields"),
        pytest.param(rewrite("manifest.json", lambda old: old.replace(b'"space"', b'"room"')), id="manifest of other fields"),
        pytest.param(remove("rows.npz"), id="no rows"),
        pytest.param(rewrite("rows.npz", b""), id="empty rows"),
        pytest.param(rewrite("rows.npz", half), id="truncated rows"),
        pytest.param(rewrite("rows.npz", b"garbage"), id="garbage rows"),
        pytest.param(rewrite("rows.npz", with_flipped_byte), id="rows with a wrong byte"),
        pytest.param(change_columns("rows.npz", lambda c: c.pop("segment")), id="rows without a column"),
        pytest.param(change_columns("rows.npz", lambda c: c.update(more=c["segment"])), id="rows with another column"),
        pytest.param(change_columns("rows.npz", lambda c: c.update(segment=c["segment"][:-1])), id="rows of unequal columns"),
        pytest.param(change_columns("rows.npz", without_last_row), id="rows cut at a row"),
        pytest.param(change_columns("rows.npz", lambda c: c.update(provision=c["provision"] + 100)), id="rows of no provision"),
        pytest.param(change_columns("rows.npz", lambda c: c.update(levels=c["levels"][:-1])), id="a provision without level"),
        pytest.param(remove("provisions.json"), id="no provisions"),
        pytest.param(rewrite("provisions.json", b""), id="empty provisions"),
        pytest.param(rewrite("provisions.json", half), id="truncated provisions"),
        pytest.param(rewrite("provisions.json", b"[]"), id="no provision in the list"),
        pytest.param(rewrite("provisions.json", b"{}"), id="provisions that are an object"),
        pytest.param(rewrite("provisions.json", b"[1, 2]"), id="provisions that are no pairs"),
        pytest.param(remove("chroma"), id="no vectors"),
        pytest.param(remove("chroma/chroma.sqlite3"), id="no database"),
        pytest.param(rewrite("chroma/chroma.sqlite3", half), id="truncated database"),
        pytest.param(remove("stems"), id="no stems"),
        pytest.param(remove("whole_grams/vocab.index.json"), id="no vocabulary"),
        pytest.param(rewrite("whole_grams/vocab.index.json", half), id="truncated vocabulary"),
        pytest.param(rewrite("stems/data.csc.index.npy", half), id="truncated scores"),
        pytest.param(rewrite("stems/data.csc.index.npy", b""), id="empty scores"),
        pytest.param(rewrite("whole_grams/indptr.csc.index.npy", b""), id="empty pointers"),
        pytest.param(remove("whole_stems"), id="no stems of whole provisions"),
        pytest.param(remove("profiles.npz"), id="no profiles"),
        pytest.param(rewrite("profiles.npz", b""), id="empty profiles"),
        pytest.param(rewrite("profiles.npz", half), id="truncated profiles"),
        pytest.param(rewrite("profiles.npz", b"garbage"), id="garbage profiles"),
        pytest.param(rewrite("profiles.npz", with_flipped_byte), id="profiles with a wrong byte"),
        pytest.param(change_columns("profiles.npz", lambda c: c.pop("bias")), id="profiles without a column"),
        pytest.param(change_columns("profiles.npz", lambda c: c.update(more=c["bias"])), id="profiles with another column"),
        pytest.param(change_columns("profiles.npz", lambda c: c.update(bias=c["bias"][:-1])), id="a profile without bias"),
        pytest.param(change_columns("profiles.npz", lambda c: c.update(provision=c["provision"] + 100)), id="profiles of no provision"),
        pytest.param(change_columns("profiles.npz", lambda c: c.update(weight=c["weight"][:, :-1])), id="profiles of another space"),
    ],
)  # fmt: skip
def test_a_damaged_index_counts_as_missing(
    damage: Callable[[Path], None], folder: Path, invented_library: Library
) -> None:
    damage(folder)
    with pytest.raises(IndexMissingError):
        open_index(folder, fingerprint(invented_library), SPACE)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(remove("current"), id="no pointer"),
        pytest.param(rewrite("current", b"build-gone"), id="pointer to nothing"),
        pytest.param(
            rewrite("current", b"\xff\xfe\x00"), id="garbage pointer",
        ),
        pytest.param(rewrite("manifest.json", b"garbage"), id="garbage manifest"),
        pytest.param(remove("chroma"), id="no vectors"),
    ],
)  # fmt: skip
def test_the_next_build_mends_a_damaged_index(
    damage: Callable[[Path], None], folder: Path, invented_library: Library, vector_cache: VectorCache
) -> None:
    damage(folder)
    build_index(invented_library, folder, HashedEmbedder(), vector_cache, no_progress)
    assert isinstance(open_index(folder, fingerprint(invented_library), SPACE), OpenIndex)


def test_no_folder_is_no_index(tmp_path: Path, invented_library: Library) -> None:
    with pytest.raises(IndexMissingError):
        open_index(tmp_path / "index", fingerprint(invented_library), SPACE)
    assert names(tmp_path) == set()
