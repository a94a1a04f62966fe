"""Query to provisions: three legs over chunks, gathered by segment, fused by score, best segment per provision."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from corpus.document import Kind, Provision
from corpus.errors import UnknownProvision
from corpus.library import Library
from index.build import OpenIndex
from index.embedding import Embedder
from index.fusion import fuse
from index.hit import Hit, SegmentScore
from index.text import stems_of

_ASKS_WHO_RULES = re.compile(
    r"forskrift|departement|hjemmel|hvem\s+(?:lager|bestemmer|fastsetter)|kven\s+(?:lagar|bestemmer)|kongen",
    re.IGNORECASE,
)
_LEAST = 1e-6  # the worst candidate is normalised to 0, and a score is above 0
Key = tuple[int, int]  # position of the provision in the index, number of its segment


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalSettings:
    """Weights and sizes. Source of the weights: NorQuAD, then the development questions in eval/datasets."""

    stem_weight: float = 0.25
    gram_weight: float = 0.25
    dense_weight: float = 0.5
    candidates: int = 300
    # How much a provision gains from its second and (half of it) third best segment: several near misses point at it.
    support: float = 0.2
    # What a level loses against the law itself when the match is equal.
    level_prior: tuple[float, ...] = (1.0, 0.99, 0.95, 0.93, 0.85)
    repealed_prior: float = 0.5
    # The core restates what HMS questions are about; the rest of the fetched acts loses this much when the match is equal.
    unrestated_prior: float = 0.93
    # A ledd that only empowers the ministry answers hardly anybody.
    enabling_prior: float = 0.8


class Retriever(Protocol):
    """Finds provisions for a query."""

    def retrieve(self, query: str, expanded: str, top_k: int) -> list[Hit]:
        """Return at most top_k hits, best first, one per provision and kind."""

    def has_word(self, word: str) -> bool:
        """Return whether a text has the word in some form."""


class HybridRetriever:
    """BM25 on stems, BM25 on 4-grams and dense vectors. Read-only, safe to share between threads."""

    def __init__(
        self,
        library: Library,
        index: OpenIndex,
        embedder: Embedder | None,
        settings: RetrievalSettings | None = None,
    ) -> None:
        self._library, self._index, self._embedder = library, index, embedder
        self._settings = settings or RetrievalSettings()
        rows = index.rows
        self._keys: list[Key] = list(zip(rows.provision.tolist(), rows.segment.tolist(), strict=True))
        longer = np.flatnonzero(rows.last > rows.segment).tolist()
        self._last = {self._keys[row]: int(rows.last[row]) for row in longer}
        self._enabling = {self._keys[row] for row in np.flatnonzero(rows.enabling).tolist()}

    def retrieve(self, query: str, expanded: str = "", top_k: int = 10) -> list[Hit]:
        """Return the hits for a query, best first.

        Args:
            query: One question, standing alone, spelling mended.
            expanded: Further words for the lexical legs: terms of the law for what the question says in lay words.
            top_k: Number of provisions, 1-50.

        Returns:
            At most top_k hits, one per provision and kind, score in (0, 1].
        """
        if not stems_of(query):
            return []
        settings, lexical = self._settings, self._index.lexical
        text = f"{query} {expanded}".strip()
        legs = [self._gather(self._top(lexical.stem_scores(text))), self._gather(self._top(lexical.gram_scores(text)))]
        dense_rows = self._dense_rows(query)
        legs.append(self._gather(dense_rows))
        fused = fuse(legs, (settings.stem_weight, settings.gram_weight, settings.dense_weight))
        for key in fused:
            fused[key] *= self._prior(key[0])
            if key in self._enabling and not _ASKS_WHO_RULES.search(query):
                fused[key] *= settings.enabling_prior
        return self._hits(fused, dense_rows, query, top_k)

    def has_word(self, word: str) -> bool:
        """Return whether a text has the word in some form."""
        stems = stems_of(word)
        return bool(stems) and all(len(self._index.lexical.rows_with(stem)) for stem in stems)

    def _dense_rows(self, query: str) -> dict[int, float]:
        if not (self._embedder and self._index.store):
            return {}
        return self._index.store.search(self._embedder.embed_query(query), self._settings.candidates)

    def _top(self, scores: np.ndarray) -> dict[int, float]:
        count = min(self._settings.candidates, len(scores))
        best = np.argpartition(-scores, count - 1)[:count] if count else np.zeros(0, dtype=int)
        return {int(row): float(scores[row]) for row in best if scores[row] > 0}

    def _gather(self, rows: dict[int, float]) -> dict[Key, float]:
        """Return the best score of each segment, over its text and its lay questions."""
        best: dict[Key, float] = {}
        for row, score in rows.items():
            key = self._keys[row]
            if score > best.get(key, -math.inf):
                best[key] = score
        return best

    def _prior(self, provision: int) -> float:
        prior = self._settings.level_prior[int(self._index.rows.levels[provision]) - 1]
        if self._index.rows.keys[provision][1] == Kind.OFFICIAL:
            prior *= self._settings.unrestated_prior
        return prior * (self._settings.repealed_prior if self._index.rows.repealed[provision] else 1.0)

    def _hits(self, fused: dict[Key, float], dense_rows: dict[int, float], query: str, top_k: int) -> list[Hit]:
        segments: dict[int, list[SegmentScore]] = defaultdict(list)
        dense: dict[Key, float] = self._gather(dense_rows)
        lay = self._closest_questions(dense_rows)
        for key, score in fused.items():
            similarity, question = lay.get(key, (0.0, None))
            segments[key[0]].append(
                SegmentScore(
                    segment=key[1],
                    score=score,
                    dense=dense.get(key, 0.0),
                    lay_similarity=similarity,
                    lay_question=question,
                )
            )
        ranked = {k: tuple(sorted(scored, key=lambda s: (-s.score, s.segment))) for k, scored in segments.items()}
        scores = {provision: self._provision_score(found) for provision, found in ranked.items()}
        # Ties are broken by address, so that the same question always gives the same order.
        order = sorted(scores, key=lambda p: (-scores[p], self._index.rows.keys[p]))[:top_k]
        coverage, unknown = self._coverage(query, order)
        asked = {word: self._rarity(word) for word in set(stems_of(query))}
        hits: list[Hit] = []
        for found in order:
            provision = self._provision(found)
            if provision is None or max(self._reach(found, s.segment) for s in ranked[found]) >= len(
                provision.segments
            ):
                continue  # the sources have changed since the index was built
            hits.append(
                Hit(
                    provision=provision,
                    score=scores[found],
                    rank=len(hits) + 1,
                    dense=max(s.dense for s in ranked[found]),
                    coverage=coverage[found],
                    unknown=unknown,
                    segments=_distinct(self._narrow(s, found, provision, asked) for s in ranked[found]),
                )
            )
        return hits

    def _narrow(self, score: SegmentScore, found: int, provision: Provision, asked: dict[str, float]) -> SegmentScore:
        """Return the score on the one segment of a chunk of several that holds most of the question."""
        last = self._reach(found, score.segment)
        if last == score.segment or (score.lay_question is not None and score.lay_similarity >= score.dense):
            return score  # one segment, or found by a question that it answers

        def held(number: int) -> float:
            segment = provision.segments[number]
            return sum(asked.get(word, 0.0) for word in set(stems_of(provision.text[segment.start : segment.end])))

        best = max(range(score.segment, last + 1), key=lambda number: (round(held(number), 6), -number))
        return score if best == score.segment else replace(score, segment=best, lay_similarity=0.0, lay_question=None)

    def _reach(self, found: int, segment: int) -> int:
        """Return the last segment of the chunks that begin with a segment."""
        return self._last.get((found, segment), segment)

    def _provision(self, position: int) -> Provision | None:
        provision_id, kind = self._index.rows.keys[position]
        try:
            return self._library.searched(provision_id, Kind(kind))
        except UnknownProvision:
            return None

    def _provision_score(self, ranked: tuple[SegmentScore, ...]) -> float:
        """Return the score of a provision from its segments, best first, in (0, 1]."""
        support = self._settings.support
        weights = (1.0, support, support / 2)
        total = sum(w * s.score for w, s in zip(weights, ranked, strict=False))
        return min(1.0, max(_LEAST, total / sum(weights)))

    def _closest_questions(self, dense_rows: dict[int, float]) -> dict[Key, tuple[float, int]]:
        """Return for each segment the cosine and number of its closest lay question."""
        closest: dict[Key, tuple[float, int]] = {}
        for row, score in dense_rows.items():
            question = int(self._index.rows.question[row])
            if question >= 0 and score > closest.get(self._keys[row], (0.0, 0))[0]:
                closest[self._keys[row]] = (score, question)
        return closest

    def _coverage(self, query: str, found: list[int]) -> tuple[dict[int, float], float]:
        """Return how much of the query each provision holds, and the share of its stems that none holds.

        The first is the share of the query's stems that stand in the provision, weighted by rarity; 0 without stems.
        """
        words = sorted(set(stems_of(query)))
        held = dict.fromkeys(found, 0.0)
        total, missing = 0.0, 0
        for word in words:
            holders = self._holders(word)
            total += self._rarity(word)
            missing += not len(holders)
            for provision in np.intersect1d(found, holders).tolist():
                held[int(provision)] += self._rarity(word)
        share = {provision: weight / total if total else 0.0 for provision, weight in held.items()}
        return share, missing / len(words) if words else 1.0

    def _holders(self, word: str) -> np.ndarray:
        """Return the positions of the provisions that hold a stem, (n_found,) int32, ascending."""
        return np.unique(self._index.rows.provision[self._index.lexical.rows_with(word)])

    def _rarity(self, word: str) -> float:
        return math.log(1 + len(self._index.rows.keys) / (1 + len(self._holders(word))))


def _distinct(scores: Iterable[SegmentScore]) -> tuple[SegmentScore, ...]:
    """Return the scores, of each segment the first."""
    first: dict[int, SegmentScore] = {}
    for score in scores:
        first.setdefault(score.segment, score)
    return tuple(first.values())
