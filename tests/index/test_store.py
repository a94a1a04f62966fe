"""The vectors in Chroma: nearest neighbours as exact search finds them, metadata as it was written."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Kind, Level
from corpus.library import Library
from index.chunking import Chunk, Role, split_all
from index.errors import IndexMissingError
from index.store import ChunkStore
from tests.conftest import HashedEmbedder

CLUSTERS, PER_CLUSTER, DIMENSIONS = 30, 50, 64
COUNT = CLUSTERS * PER_CLUSTER
CHUNK = Chunk(
    provision_id="lov/2000-01-01-1/§1", kind=Kind.RESTATEMENT, level=int(Level.LAW), segment=0, last=0,
    role=Role.TEXT, start=0, end=5, text="Tekst", context="loven § 1 Tittel.",
)  # fmt: skip


def no_progress(done: int) -> None:
    """Leave the progress unseen."""


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


def clustered(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return 1,500 vectors in 30 clusters, as texts of one subject lie, and 60 queries near them."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(CLUSTERS, DIMENSIONS))
    rows = np.repeat(centres, PER_CLUSTER, axis=0) + 0.3 * random.normal(size=(COUNT, DIMENSIONS))
    queries = np.repeat(centres, 2, axis=0) + 0.3 * random.normal(size=(2 * CLUSTERS, DIMENSIONS))
    return unit(rows), unit(queries)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of the clustered vectors."""
    folder = tmp_path_factory.mktemp("chroma")
    steps: list[int] = []
    chunks = [replace(CHUNK, segment=n) for n in range(COUNT)]
    ChunkStore.create(folder).add(chunks, clustered()[0], 0, steps.append)
    assert steps == [1000, COUNT]
    return folder


@pytest.fixture(scope="module")
def store(folder: Path) -> ChunkStore:
    return ChunkStore.open(folder)


def test_every_chunk_is_in_the_store(store: ChunkStore) -> None:
    assert store.count() == COUNT


def test_the_ten_nearest_are_those_of_exact_search(store: ChunkStore) -> None:
    vectors, queries = clustered()
    for query in queries:
        exact = {int(row) for row in np.argsort(-(vectors @ query))[:10]}
        assert set(store.search(query, 10)) == exact


def test_scores_are_cosines_best_first(store: ChunkStore) -> None:
    vectors, queries = clustered()
    found = store.search(queries[0], 200)
    assert len(found) == 200
    scores = list(found.values())
    assert scores == sorted(scores, reverse=True)
    np.testing.assert_allclose(scores, [vectors[row] @ queries[0] for row in found], atol=1e-5)


def test_the_same_vector_is_nearest_to_itself(store: ChunkStore) -> None:
    vectors, _ = clustered()
    for row in (0, 9, COUNT - 1):
        ((found, score),) = store.search(vectors[row], 1).items()
        assert found == row
        assert score == pytest.approx(1.0, abs=1e-5)


def test_more_than_there_are_gives_all(tmp_path: Path) -> None:
    vectors, queries = clustered()
    store = ChunkStore.create(tmp_path)
    store.add([CHUNK] * 3, vectors[:3], 0, no_progress)
    assert set(store.search(queries[0], 10)) == {0, 1, 2}


def test_each_chunk_needs_a_vector(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zip"):
        ChunkStore.create(tmp_path).add([CHUNK], clustered()[0][:2], 0, no_progress)


@pytest.mark.parametrize("made", [True, False], ids=["empty folder", "no folder"])
def test_a_folder_without_a_store_is_refused(made: bool, tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    if made:
        folder.mkdir()
    with pytest.raises(IndexMissingError, match="Chroma cannot read"):
        ChunkStore.open(folder)


def test_a_damaged_database_is_refused(folder: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(folder, damaged)
    whole = (damaged / "chroma.sqlite3").read_bytes()
    (damaged / "chroma.sqlite3").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(IndexMissingError, match="Chroma cannot read"):
        ChunkStore.open(damaged)


def test_a_store_without_its_vector_file_is_refused(folder: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(folder, damaged)
    for path in damaged.rglob("data_level0.bin"):
        path.unlink()
    with pytest.raises(IndexMissingError):
        ChunkStore.open(damaged)


def test_chunks_are_found_by_their_numbers_in_the_index_whatever_block_they_were_added_in(tmp_path: Path) -> None:
    vectors, _ = clustered()
    store = ChunkStore.create(tmp_path)
    for first, last in ((0, 2), (2, 7), (7, 8)):
        store.add([CHUNK] * (last - first), vectors[first:last], first, no_progress)
    assert store.count() == 8
    assert [next(iter(store.search(vectors[row], 1))) for row in range(8)] == list(range(8))


# --- Through LlamaIndex and back ---------------------------------------------------------------------------------------------


def read_back(store: ChunkStore, vectors: np.ndarray) -> dict[str, dict[str, object]]:
    """Return what is stored of the chunks, by their numbers, as LlamaIndex's store gives it."""
    from llama_index.core.vector_stores import VectorStoreQuery

    found = store.vector_store().query(
        VectorStoreQuery(query_embedding=vectors[0].tolist(), similarity_top_k=len(vectors))
    )
    return {node.node_id: {**node.metadata, "text": node.text} for node in found.nodes or []}


def stored_of(chunks: list[Chunk]) -> dict[str, dict[str, object]]:
    """Return what the store is to hold of the chunks: what they are of, and their own text."""
    names = ("provision_id", "kind", "segment", "role", "start", "end", "text")
    return {str(row): {name: getattr(chunk, name) for name in names} for row, chunk in enumerate(chunks)}


def test_metadata_and_text_come_back_through_llamaindex_as_they_were(
    invented_library: Library, embedder: HashedEmbedder, tmp_path: Path
) -> None:
    chunks = list(split_all(invented_library.searchables()))
    vectors = embedder.embed_passages([chunk.searched for chunk in chunks])
    store = ChunkStore.create(tmp_path)
    store.add(chunks, vectors, 0, no_progress)
    assert read_back(store, vectors) == stored_of(chunks)


# Surrogates cannot be written as UTF-8 and never come out of a decoded file; a NUL would end a string in SQLite's own shell.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)


@given(st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 2**31), st.sampled_from(Role)), min_size=1, max_size=8))
@settings(max_examples=6)
def test_metadata_to_chroma_and_back_is_identity(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, int, Role]]
) -> None:
    chunks = [
        replace(CHUNK, provision_id=provision, text=text, start=start, end=start + 1, role=role)
        for provision, text, start, role in rows
    ]
    vectors = clustered()[0][: len(chunks)]
    store = ChunkStore.create(tmp_path_factory.mktemp("chroma"))
    store.add(chunks, vectors, 0, no_progress)
    assert read_back(store, vectors) == stored_of(chunks)
