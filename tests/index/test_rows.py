"""The rows of an index: what a search is told of each chunk, written and read back unchanged."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Kind, Level
from corpus.library import Library
from index.chunking import Chunk, Role, split_all
from index.rows import Rows

COLUMNS = ("levels", "provision", "segment", "last", "question")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10)
CHUNKS = st.builds(
    Chunk, provision_id=TEXTS, kind=st.sampled_from(Kind), level=st.sampled_from([int(level) for level in Level]),
    segment=st.integers(0, 2**20), last=st.integers(0, 2**20), role=st.sampled_from(Role), start=st.just(0), end=st.just(1), text=TEXTS, context=TEXTS,
    question=st.none() | st.integers(0, 50),
)  # fmt: skip


@pytest.fixture(scope="module")
def chunks(invented_library: Library) -> list[Chunk]:
    return list(split_all(invented_library.searchables()))


@pytest.fixture
def rows(chunks: list[Chunk]) -> Rows:
    return Rows.of(chunks)


def assert_equal(one: Rows, other: Rows) -> None:
    assert one.keys == other.keys
    for name in COLUMNS:
        ours, theirs = getattr(one, name), getattr(other, name)
        np.testing.assert_array_equal(ours, theirs)
        assert ours.dtype == theirs.dtype


def test_each_row_tells_of_its_chunk(rows: Rows, chunks: list[Chunk]) -> None:
    assert len(rows) == len(chunks)
    for row, chunk in enumerate(chunks):
        position = rows.provision[row]
        assert rows.keys[position] == (chunk.provision_id, chunk.kind.value)
        assert rows.levels[position] == chunk.level
        assert (rows.segment[row], rows.last[row]) == (chunk.segment, chunk.last)
        assert rows.question[row] == (chunk.question if chunk.role is Role.QUESTION else -1)


def test_each_provision_is_told_of_once_in_the_order_of_the_chunks(rows: Rows, chunks: list[Chunk]) -> None:
    assert list(rows.keys) == list(dict.fromkeys((c.provision_id, c.kind.value) for c in chunks))
    assert len(rows.levels) == len(rows.keys) == 11


def test_no_chunk_is_no_row(tmp_path: Path) -> None:
    empty = Rows.of([])
    empty.save(tmp_path)
    assert (len(Rows.load(tmp_path)), empty.keys) == (0, ())


def test_what_is_saved_is_loaded(rows: Rows, tmp_path: Path) -> None:
    rows.save(tmp_path)
    assert_equal(Rows.load(tmp_path), rows)


@given(st.lists(CHUNKS, max_size=8))
@settings(max_examples=25)
def test_saved_and_loaded_is_identity(tmp_path_factory: pytest.TempPathFactory, chunks: list[Chunk]) -> None:
    folder = tmp_path_factory.mktemp("rows")
    rows = Rows.of(chunks)
    rows.save(folder)
    assert_equal(Rows.load(folder), rows)


def change(**values: Callable[[np.ndarray], np.ndarray]) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        with np.load(folder / "rows.npz") as arrays:
            columns = {name: arrays[name] for name in arrays.files}
        np.savez(folder / "rows.npz", **{n: values[n](c) if n in values else c for n, c in columns.items()})

    return damage


def cut(folder: Path) -> None:
    whole = (folder / "rows.npz").read_bytes()
    (folder / "rows.npz").write_bytes(whole[: len(whole) // 2])


def pickled(folder: Path) -> None:
    np.savez(folder / "rows.npz", provision=np.array([{"a": 1}], dtype=object))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        pytest.param(cut, "zip", id="truncated"),
        pytest.param(pickled, "pickle", id="pickled objects are never loaded"),
        pytest.param(lambda f: (f / "rows.npz").unlink(), "rows.npz", id="no rows"),
        pytest.param(lambda f: (f / "rows.npz").write_bytes(b""), "No data", id="empty"),
        pytest.param(lambda f: (f / "provisions.json").unlink(), "provisions.json", id="no provisions"),
        pytest.param(lambda f: (f / "provisions.json").write_text("["), "Expecting", id="truncated provisions"),
        pytest.param(lambda f: (f / "provisions.json").write_text("[]"), "not told of all", id="fewer provisions"),
        pytest.param(change(segment=lambda c: c[:-1]), "different lengths", id="a column shorter"),
        pytest.param(change(last=lambda c: c[:-1]), "different lengths", id="the last segments shorter"),
        pytest.param(change(question=lambda c: np.append(c, 0)), "different lengths", id="a column longer"),
        pytest.param(change(levels=lambda c: c[:-1]), "not told of all", id="a level missing"),
        pytest.param(change(provision=lambda c: c - 1), "no provision", id="below the first provision"),
        pytest.param(change(provision=lambda c: c + 1), "no provision", id="beyond the last provision"),
    ],
)  # fmt: skip
def test_damaged_rows_are_refused(damage: Callable[[Path], None], said: str, rows: Rows, tmp_path: Path) -> None:
    rows.save(tmp_path)
    damage(tmp_path)
    with pytest.raises(Exception, match=said):
        Rows.load(tmp_path)
