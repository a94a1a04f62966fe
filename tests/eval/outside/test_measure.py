"""A task through the product's index and retriever, and its figures: hand-computed cases on invented texts."""

import math
from pathlib import Path

import pytest

from eval.outside.measure import Engines, RememberingEmbedder, measure_rankings, measure_task, write_table
from eval.outside.norquad import _document, _name, _provision
from eval.outside.task import Query, Task
from index.embedding import VectorCache
from tests.conftest import HashedEmbedder

TEXTS = {
    "p1": "Badevakten skal sitte i en høy stol ved bassenget.",
    "p2": "Karusellen stanser når noen roper.",
    "p3": "Om vinteren er bassenget tomt.",
}
WORDS = ("stems of chunks", "stems", "4-grams")


def make_query(number: int, text: str, gold: str, shared: float = 1.0) -> Query:
    return Query(query_id=f"q{number}", text=text, expected=_name(gold), shared=shared)


@pytest.fixture
def task() -> Task:
    documents = tuple(
        _document(n, title, [_provision({"id": i, "title": title, "text": TEXTS[i]}) for i in ids])
        for n, (title, ids) in enumerate({"Badet": ("p1", "p3"), "Tivoliet": ("p2",)}.items())
    )
    queries = (
        make_query(1, "badevakt i høy stol", "p1"),
        make_query(2, "når stanser karusellen", "p2"),
        make_query(3, "xyzzy", "p2", shared=0.0),
    )
    return Task(name="Badet", documents=documents, queries=queries)


def run(task: Task, cache: VectorCache, embedder: HashedEmbedder | None) -> dict[str, dict[str, dict[str, float]]]:
    return measure_task(task, Engines(embedder=embedder, cache=cache))


def test_every_leg_and_the_whole_search_are_measured(
    task: Task, vector_cache: VectorCache, embedder: HashedEmbedder
) -> None:
    measured = run(task, vector_cache, embedder)
    assert list(measured) == [*WORDS, "vectors of chunks", "fused"]
    for leg in measured.values():
        assert leg["q1"] == leg["q2"] == {"nDCG@10": 1.0, "R@10": 1.0}


def test_by_words_alone_there_is_no_dense_leg(task: Task, vector_cache: VectorCache) -> None:
    assert list(run(task, vector_cache, None)) == [*WORDS, "fused"]


def test_a_query_without_known_words_counts_zero(task: Task, vector_cache: VectorCache) -> None:
    assert run(task, vector_cache, None)["stems"]["q3"] == {"nDCG@10": 0.0, "R@10": 0.0}


def test_vectors_are_kept_for_the_next_time(task: Task, vector_cache: VectorCache, embedder: HashedEmbedder) -> None:
    run(task, vector_cache, embedder)
    count = len(embedder.embedded)
    run(task, vector_cache, embedder)
    assert count == len(embedder.embedded) == len(TEXTS)


def test_a_query_is_embedded_once(embedder: HashedEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(embedder, "embed_query", lambda text: asked.append(text))
    remembering = RememberingEmbedder(embedder)
    remembering.embed_query("stol")
    remembering.embed_query("stol")
    assert asked == ["stol"]


@pytest.mark.parametrize(
    ("ranking", "ndcg", "recall"),
    [
        (("norquad/p1",), 1.0, 1.0),
        (("a", "b", "norquad/p1"), 1 / math.log2(4), 1.0),
        (("a", "a", "norquad/p1"), 1 / math.log2(3), 1.0),  # two texts of a provision take one place
        ((*"abcdefghij", "norquad/p1"), 0.0, 0.0),
        ((), 0.0, 0.0),
    ],
    ids=["first", "third", "second", "eleventh", "nothing"],
)
def test_the_place_of_the_right_text_gives_the_measure(ranking: tuple[str, ...], ndcg: float, recall: float) -> None:
    measured = measure_rankings([make_query(1, "stol", "p1")], {"q1": ranking})
    assert measured["q1"] == {"nDCG@10": pytest.approx(ndcg), "R@10": pytest.approx(recall)}


def test_the_table_has_a_row_a_leg_and_the_queries_that_share_few_words(task: Task) -> None:
    values = {
        "q1": {"nDCG@10": 1.0, "R@10": 1.0},
        "q2": {"nDCG@10": 0.5, "R@10": 1.0},
        "q3": {"nDCG@10": 0.0, "R@10": 0.0},
    }
    lines = write_table(task, {"stem": values}).splitlines()
    assert lines[0].startswith("Badet: 3 texts, 3 queries, 1 of them")
    cells = [cell.strip() for cell in lines[4].strip("|").split("|")]
    assert [cell.split()[0] for cell in cells] == ["stem", "0.500", "0.667", "0.000", "0.000"]


def test_a_table_without_such_queries_leaves_them_blank(task: Task) -> None:
    only = Task(name="Badet", documents=task.documents, queries=task.queries[:1])
    values = {"q1": {"nDCG@10": 1.0, "R@10": 1.0}}
    assert write_table(only, {"stem": values}).splitlines()[-1].endswith("| - | - |")


def test_the_folder_of_the_index_is_removed(
    task: Task, vector_cache: VectorCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    run(task, vector_cache, None)
    assert not list((tmp_path / "temp").iterdir())
