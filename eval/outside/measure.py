"""A search task to figures: each leg by itself and the whole search, through the product's own index and retriever."""

import math
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import R, nDCG

from corpus.library import Library
from eval.outside.task import Query, Task
from eval.statistics import estimate
from index.build import OpenIndex, build_index, fingerprint, open_index
from index.embedding import Embedder, VectorCache
from index.retrieve import HybridRetriever
from index.store import ChunkStore

DEPTH = 10
_MEASURES = (nDCG @ DEPTH, R @ DEPTH)
_HEAD = ("leg", "nDCG@10", "R@10", "nDCG@10, few words shared", "R@10, few words shared")
Ranking = tuple[str, ...]  # provision ids, best first
Search = Callable[[str], Ranking]
Values = dict[str, dict[str, float]]  # by query id, then by measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """What embeds the texts; None searches by words alone."""

    embedder: Embedder | None
    cache: VectorCache
    bulk: Callable[..., bool] | None = None


def measure_task(task: Task, engines: Engines) -> dict[str, Values]:
    """Return the measures of every query, by leg.

    The texts are indexed in a folder that is removed afterwards; their vectors stay in the cache.

    Args:
        task: What to search and what to ask.
        engines: What embeds the texts.
    """
    with tempfile.TemporaryDirectory() as folder:
        library = Library(task.documents)
        build_index(library, Path(folder), engines.embedder, engines.cache, _ignore, engines.bulk)
        embedder = RememberingEmbedder(engines.embedder) if engines.embedder else None
        index = open_index(Path(folder), fingerprint(library), embedder.space if embedder else None)
        legs = dict(searches_of(index, HybridRetriever(library, index, embedder), embedder))
        return {
            name: measure_rankings(task.queries, {query.query_id: search(query.text) for query in task.queries})
            for name, search in legs.items()
        }


def searches_of(
    index: OpenIndex, retriever: HybridRetriever, embedder: Embedder | None
) -> Iterator[tuple[str, Search]]:
    """Yield each leg and the whole search by its name; the dense leg only where there are vectors.

    Args:
        index: What the legs search.
        retriever: The whole search over the same index.
        embedder: Makes the vector of a query.
    """
    provisions, names = index.rows.provision, [name for name, _ in index.rows.keys]

    def rank(scores: Iterable[tuple[int, float]]) -> Ranking:
        """Return the provisions at the positions, each by its best score; ties by name, as the product breaks them."""
        best: dict[str, float] = {}
        for position, score in scores:
            name = names[position]
            best[name] = max(score, best.get(name, -math.inf))
        return tuple(sorted(best, key=lambda name: (-best[name], name))[:DEPTH])

    def by_chunks(scores: np.ndarray) -> Ranking:
        return rank((int(provisions[row]), float(scores[row])) for row in np.flatnonzero(scores > 0))

    def by_provisions(scores: np.ndarray) -> Ranking:
        return rank((int(position), float(scores[position])) for position in np.flatnonzero(scores > 0))

    def by_vectors(embedder: Embedder, store: ChunkStore, text: str) -> Ranking:
        found = store.search(embedder.embed_query(text), retriever.settings.candidates)
        return rank((int(provisions[row]), score) for row, score in found.items())

    lexical, store = index.lexical, index.store
    yield "stems of chunks", lambda text: by_chunks(lexical.stem_scores(text))
    yield "stems", lambda text: by_provisions(lexical.whole_stem_scores(text))
    yield "4-grams", lambda text: by_provisions(lexical.whole_gram_scores(text))
    if store and embedder:
        yield "vectors of chunks", lambda text: by_vectors(embedder, store, text)
    yield "fused", lambda text: tuple(hit.provision.provision_id for hit in retriever.retrieve(text, top_k=DEPTH))


def measure_rankings(queries: Sequence[Query], rankings: Mapping[str, Ranking]) -> Values:
    """Return nDCG@10 and R@10 of each query; a query that nothing was found for counts 0.

    Args:
        queries: What was asked.
        rankings: What was found, by query id.
    """
    measured: Values = {query.query_id: {str(measure): 0.0 for measure in _MEASURES} for query in queries}
    qrels = {query.query_id: {query.expected: 1} for query in queries}
    # Ranks, not scores: equal scores must keep the order they came in. One of two texts of a provision counts, the first.
    run = {
        query_id: {name: -float(rank) for rank, name in enumerate(dict.fromkeys(ranking))}
        for query_id, ranking in rankings.items()
        if ranking
    }
    for metric in ir_measures.iter_calc(_MEASURES, qrels, run):
        measured[metric.query_id][str(metric.measure)] = float(metric.value)
    return measured


def write_table(task: Task, measured: Mapping[str, Values]) -> str:
    """Return the figures as a Markdown table: the mean over the queries and a 95 % interval, documents drawn anew.

    Args:
        task: What was asked.
        measured: The measures, by leg.
    """
    few = {query.query_id for query in task.queries if query.shares_few_words}
    lines = [
        f"{task.name}: {sum(len(d.provisions) for d in task.documents)} texts, {len(task.queries)} queries,"
        f" {len(few)} of them with at most a third of their words in the right text.",
        "",
        f"| {' | '.join(_HEAD)} |",
        "| --- " * len(_HEAD) + "|",
    ]
    for leg, values in measured.items():
        cells = [
            str(estimate({i: v[str(measure)] for i, v in chosen.items()}, task.topics))
            for chosen in (values, {i: v for i, v in values.items() if i in few})
            for measure in _MEASURES
        ]
        lines.append(f"| {leg} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def run_task(task: Task, cache: Path) -> None:
    """Measure the task with the serving embedder and print the table.

    Args:
        task: What to search and what to ask.
        cache: Where vectors are kept.
    """
    from index.bulk import BulkEngine  # only a build needs it
    from index.embedding import load_serving_embedder

    embedder = load_serving_embedder()
    engines = Engines(embedder=embedder, cache=VectorCache(cache), bulk=BulkEngine(cache=cache) if embedder else None)
    sys.stdout.write(write_table(task, measure_task(task, engines)))


class RememberingEmbedder:
    """An embedder that embeds each query once, for two of the searches ask for it."""

    def __init__(self, embedder: Embedder) -> None:
        self.space, self.dimensions = embedder.space, embedder.dimensions
        self.embed_passages = embedder.embed_passages
        self.embed_query = lru_cache(maxsize=None)(embedder.embed_query)


def _ignore(stage: str, done: int, total: int) -> None:
    """Leave the progress unseen."""
