"""Query to provisions, in two layers, each fused by score.

Chunks, gathered by segment, say which part of a provision matches: stems and vectors. Provisions are then ranked by their best chunks,
by all their words together, and by the profile of their lay questions.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from heapq import nlargest
from typing import Protocol

import numpy as np

from corpus.document import Kind, Provision
from corpus.errors import UnknownProvision
from corpus.library import Library
from index.build import OpenIndex
from index.coverage import WordCoverage
from index.embedding import Embedder
from index.fusion import fuse
from index.hit import AskedAlike, Hit, SegmentScore
from index.outside import OutsideMatch
from index.text import stems_of

_LEAST = 1e-6  # the worst candidate is normalised to 0, and a score is above 0
Key = tuple[int, int]  # position of the provision in the index, number of its segment


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalSettings:
    """Weights and sizes. Source of the weights: NorQuAD, then the development questions in eval/datasets."""

    # Of a chunk's score: what is quoted.
    stem_weight: float = 0.375
    dense_weight: float = 0.625
    # Of a provision's score: its best chunks, all its words as stems and as 4-grams, and its profile. Without a profile to
    # go by, its share is the chunks'.
    chunk_weight: float = 0.4
    whole_stem_weight: float = 0.15
    whole_gram_weight: float = 0.15
    profile_weight: float = 0.3
    candidates: int = 300
    provision_candidates: int = 100
    # Of so many of the provisions found, all lay questions are compared with the query, not only those that were found.
    compared: int = 1
    # Search the lay questions as chunks of their own; without them, only their profiles count.
    lay_questions: bool = True
    # The core restates what HMS questions are about; the rest of the fetched acts loses this much when the match is equal.
    unrestated_prior: float = 0.93


class Retriever(Protocol):
    """Finds provisions for a query."""

    def retrieve(self, query: str, expanded: str, top_k: int) -> list[Hit]:
        """Return at most top_k hits, best first, one per provision and kind."""

    def has_word(self, word: str) -> bool:
        """Return whether a text has the word in some form."""


class HybridRetriever:
    """Chunks by stems and vectors, provisions by all their words and by their profiles. Read-only, safe to share between threads."""

    def __init__(
        self,
        library: Library,
        index: OpenIndex,
        embedder: Embedder | None,
        settings: RetrievalSettings | None = None,
    ) -> None:
        self._library, self._index, self.embedder = library, index, embedder
        self.settings = settings or RetrievalSettings()
        rows = index.rows
        self._keys: list[Key] = list(zip(rows.provision.tolist(), rows.segment.tolist(), strict=True))
        longer = np.flatnonzero(rows.last > rows.segment).tolist()
        self._last = {self._keys[row]: int(rows.last[row]) for row in longer}
        self._place = {key: position for position, key in enumerate(rows.keys)}
        self._words = WordCoverage(rows, index.lexical)

    def tuned(self, settings: RetrievalSettings | None = None, embedder: Embedder | None = None) -> "HybridRetriever":
        """Return the same search with other settings or another embedder of the same space; None keeps what it has."""
        other = copy(self)
        other.settings = settings or self.settings
        other.embedder = embedder or self.embedder
        return other

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
        text = f"{query} {expanded}".strip()
        vector = self.embedder.embed_query(query) if self.embedder and self._index.store else None
        dense_rows = self._dense_rows(vector)
        segments = self._segments(self._segment_scores(query, text, dense_rows), dense_rows)
        if vector is None:
            segments = self._misspelt(text) | segments
        profiles = self._index.profiles.scores(vector) if self._index.profiles and vector is not None else {}
        inside = {provision: score for provision, score in profiles.items() if provision < len(self._index.rows.keys)}
        hits = self._hits(segments, self._provision_scores(segments, text, inside), query, top_k)
        outside = self._outside(vector, profiles, inside)
        return [replace(hit, outside=outside) for hit in self._with_alike(hits, dense_rows, vector)]

    def has_word(self, word: str) -> bool:
        """Return whether a text has the word in some form."""
        stems = stems_of(word)
        return bool(stems) and all(len(self._index.lexical.rows_with(stem)) for stem in stems)

    def _dense_rows(self, vector: np.ndarray | None) -> dict[int, float]:
        if vector is None or not self._index.store:
            return {}
        return self._index.store.search(vector, self.settings.candidates)

    def _segment_scores(self, query: str, text: str, dense_rows: dict[int, float]) -> dict[Key, float]:
        """Return how well each segment matches, by its best chunk."""
        settings = self.settings
        stems = self._gather(self._top(self._index.lexical.stem_scores(text), settings.candidates))
        return fuse((stems, self._gather(dense_rows)), (settings.stem_weight, settings.dense_weight))

    def _misspelt(self, text: str) -> dict[int, tuple[SegmentScore, ...]]:
        """Return the provisions that 4-grams find, by their first part: without vectors, all there is for a word with an error."""
        first = SegmentScore(segment=0, score=0.0, dense=0.0, lay_similarity=0.0, lay_question=None)
        likest = self._top(self._index.lexical.whole_gram_scores(text), self.settings.provision_candidates)
        return dict.fromkeys(likest, (first,))

    def _provision_scores(
        self, segments: dict[int, tuple[SegmentScore, ...]], text: str, profiles: dict[int, float]
    ) -> dict[int, float]:
        """Return the score of each provision that has a matching segment, in (0, 1]."""
        settings, most = self.settings, self.settings.provision_candidates
        by_chunks = {provision: ranked[0].score for provision, ranked in segments.items()}
        best = nlargest(most, by_chunks, key=by_chunks.__getitem__)
        likest = nlargest(most, profiles, key=profiles.__getitem__)
        fused = fuse(
            (
                {provision: by_chunks[provision] for provision in best},
                self._top(self._index.lexical.whole_stem_scores(text), most),
                self._top(self._index.lexical.whole_gram_scores(text), most),
                {provision: profiles[provision] for provision in likest},
            ),
            (settings.chunk_weight, settings.whole_stem_weight, settings.whole_gram_weight, settings.profile_weight),
        )
        return {p: max(_LEAST, fused.get(p, 0.0) * self._prior(p)) for p in segments}

    def _outside(
        self, vector: np.ndarray | None, profiles: dict[int, float], inside: dict[int, float]
    ) -> OutsideMatch | None:
        """Return how near the query is to the topics outside the sources, None where there are none to compare with."""
        topics = profiles.keys() - inside.keys()
        if vector is None or not topics or not inside or self._index.outside is None:
            return None
        likeliest = max(topics, key=lambda topic: (profiles[topic], -topic))
        return OutsideMatch(
            topic=likeliest - len(self._index.rows.keys),
            similarity=self._index.outside.nearest(vector),
            margin=profiles[likeliest] - max(inside.values()),
        )

    @staticmethod
    def _top(scores: np.ndarray, most: int) -> dict[int, float]:
        count = min(most, len(scores))
        best = np.argpartition(-scores, count - 1)[:count] if count else np.zeros(0, dtype=int)
        return {int(row): float(scores[row]) for row in best if scores[row] > 0}

    def _gather(self, rows: dict[int, float]) -> dict[Key, float]:
        """Return the best score of each segment, over its text and its lay questions."""
        best: dict[Key, float] = {}
        for row, score in rows.items():
            if not self.settings.lay_questions and self._index.rows.question[row] >= 0:
                continue
            key = self._keys[row]
            if score > best.get(key, -math.inf):
                best[key] = score
        return best

    def _prior(self, provision: int) -> float:
        return self.settings.unrestated_prior if self._index.rows.keys[provision][1] == Kind.OFFICIAL else 1.0

    def _segments(self, fused: dict[Key, float], dense_rows: dict[int, float]) -> dict[int, tuple[SegmentScore, ...]]:
        """Return the segments that match, by provision, best first."""
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
        return {k: tuple(sorted(scored, key=lambda s: (-s.score, s.segment))) for k, scored in segments.items()}

    def _hits(
        self, ranked: dict[int, tuple[SegmentScore, ...]], scores: dict[int, float], query: str, top_k: int
    ) -> list[Hit]:
        # Ties go to the higher authority, then by address, so that the same question always gives the same order.
        rows = self._index.rows
        order = sorted(scores, key=lambda p: (-scores[p], rows.levels[p], rows.keys[p]))[:top_k]
        coverage, unknown = self._words.coverage(query, order)
        asked = {word: self._words.rarity(word) for word in set(stems_of(query))}
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

    def _with_alike(self, hits: list[Hit], dense_rows: dict[int, float], vector: np.ndarray | None) -> list[Hit]:
        """Return the hits with the lay questions of theirs that are near the query: of the first few hits, all they have."""
        found: dict[int, dict[int, float]] = {
            self._place[hit.provision.provision_id, hit.provision.kind.value]: {} for hit in hits
        }
        for row, similarity in dense_rows.items():
            provision = int(self._index.rows.provision[row])
            if provision in found and self._index.rows.question[row] >= 0:
                found[provision][row] = similarity
        if vector is not None and self._index.store:
            for provision in list(found)[: self.settings.compared]:
                asked = (self._index.rows.provision == provision) & (self._index.rows.question >= 0)
                found[provision] = self._index.store.similarities(vector, np.flatnonzero(asked).tolist())
        return [
            replace(hit, alike=tuple(
                AskedAlike(self._keys[row][1], int(self._index.rows.question[row]), similarity)
                for row, similarity in sorted(rows.items(), key=lambda pair: (-pair[1], pair[0]))
            ))
            for hit, rows in zip(hits, found.values(), strict=True)
        ]  # fmt: skip

    def _closest_questions(self, dense_rows: dict[int, float]) -> dict[Key, tuple[float, int]]:
        """Return for each segment the cosine and number of its closest lay question."""
        closest: dict[Key, tuple[float, int]] = {}
        for row, score in dense_rows.items():
            question = int(self._index.rows.question[row])
            if question >= 0 and score > closest.get(self._keys[row], (0.0, 0))[0]:
                closest[self._keys[row]] = (score, question)
        return closest


def _distinct(scores: Iterable[SegmentScore]) -> tuple[SegmentScore, ...]:
    """Return the scores, of each segment the first."""
    first: dict[int, SegmentScore] = {}
    for score in scores:
        first.setdefault(score.segment, score)
    return tuple(first.values())
