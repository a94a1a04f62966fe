"""Query to provisions: three legs over chunks, gathered by segment, fused by score, best segment per provision."""

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from corpus.document import Document, Level, Provision
from index.build import OpenIndex
from index.chunking import Role
from index.embedding import Embedder
from index.fusion import fuse
from index.hit import Hit, SegmentScore
from index.text import stems_of

_EMPOWERS = re.compile(r"(?:Departementet|Kongen)\s+kan\b[^.]*\bforskrift")
_ASKS_WHO_RULES = re.compile(
    r"forskrift|departement|hjemmel|hvem\s+(?:lager|bestemmer|fastsetter)|kven\s+(?:lagar|bestemmer)|kongen",
    re.IGNORECASE,
)
_LEAST = 1e-6  # the worst candidate is normalised to 0, and a score is above 0
Key = tuple[str, str, int]  # provision id, kind, number of the segment


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
    # A ledd that only empowers the ministry answers hardly anybody.
    enabling_prior: float = 0.8


class Retriever(Protocol):
    """Finds provisions for a query."""

    def retrieve(self, query: str, expanded: str, top_k: int) -> list[Hit]:
        """Return at most top_k hits, best first, one per provision and kind."""


class HybridRetriever:
    """BM25 on stems, BM25 on 4-grams and dense vectors. Read-only, safe to share between threads."""

    def __init__(
        self,
        documents: tuple[Document, ...],
        index: OpenIndex,
        embedder: Embedder | None,
        settings: RetrievalSettings | None = None,
    ) -> None:
        self._index, self._embedder = index, embedder
        self._settings = settings or RetrievalSettings()
        self._provisions: dict[tuple[str, str], Provision] = {(p.provision_id, p.kind): p for d in documents for p in d}
        self._keys: list[Key] = [(c.provision_id, c.kind, c.segment) for c in index.chunks]
        self._rows = {chunk.chunk_id: row for row, chunk in enumerate(index.chunks)}

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
            fused[key] *= self._prior(self._provisions[key[:2]])
            if key in self._enabling and not _ASKS_WHO_RULES.search(query):
                fused[key] *= settings.enabling_prior
        return self._hits(fused, dense_rows, query, top_k)

    def _dense_rows(self, query: str) -> dict[int, float]:
        if not (self._embedder and self._index.store):
            return {}
        found = self._index.store.search(self._embedder.embed_query(query), self._settings.candidates)
        return {self._rows[chunk_id]: score for chunk_id, score in found.items()}

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

    def _prior(self, provision: Provision) -> float:
        prior = self._settings.level_prior[Level(provision.level) - 1]
        return prior * (self._settings.repealed_prior if provision.repealed else 1.0)

    def _hits(self, fused: dict[Key, float], dense_rows: dict[int, float], query: str, top_k: int) -> list[Hit]:
        segments: dict[tuple[str, str], list[SegmentScore]] = defaultdict(list)
        dense: dict[Key, float] = self._gather(dense_rows)
        lay = self._closest_questions(dense_rows)
        for key, score in fused.items():
            similarity, question = lay.get(key, (0.0, None))
            segments[key[:2]].append(
                SegmentScore(
                    segment=key[2],
                    score=score,
                    dense=dense.get(key, 0.0),
                    lay_similarity=similarity,
                    lay_question=question,
                )
            )
        ranked_segments = {
            k: tuple(sorted(scored, key=lambda s: (-s.score, s.segment))) for k, scored in segments.items()
        }
        scores = {key: self._provision_score(ranked) for key, ranked in ranked_segments.items()}
        # Ties are broken by address, so that the same question always gives the same order.
        order = sorted(scores, key=lambda k: (-scores[k], k))[:top_k]
        hits = []
        unknown = self._unknown_share(query)
        for rank, found in enumerate(order, 1):
            ranked = ranked_segments[found]
            hits.append(
                Hit(
                    provision=self._provisions[found],
                    score=scores[found],
                    rank=rank,
                    dense=max(s.dense for s in ranked),
                    coverage=self.coverage(query, found),
                    unknown=unknown,
                    segments=ranked,
                )
            )
        return hits

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
            chunk = self._index.chunks[row]
            if chunk.role is Role.QUESTION and score > closest.get(self._keys[row], (0.0, 0))[0]:
                closest[self._keys[row]] = (score, int(chunk.chunk_id.rsplit("|q", 1)[1]))
        return closest

    @cached_property
    def _enabling(self) -> frozenset[Key]:
        return frozenset(
            (provision.provision_id, provision.kind, number)
            for provision in self._provisions.values()
            for number, segment in enumerate(provision.segments)
            if _EMPOWERS.match(provision.text[segment.start : segment.end])
        )

    @cached_property
    def _document_frequency(self) -> Counter[str]:
        frequency: Counter[str] = Counter()
        for words in self._provision_stems.values():
            frequency.update(words)
        return frequency

    @cached_property
    def _provision_stems(self) -> dict[tuple[str, str], frozenset[str]]:
        stems: dict[tuple[str, str], set[str]] = defaultdict(set)
        for chunk in self._index.chunks:
            stems[(chunk.provision_id, chunk.kind)].update(stems_of(chunk.searched))
        return {key: frozenset(words) for key, words in stems.items()}

    def coverage(self, query: str, key: tuple[str, str]) -> float:
        """Return the share of the query's stems, weighted by rarity, that the provision holds; 0 without stems."""
        words = sorted(set(stems_of(query)))
        total = sum(self._rarity(word) for word in words)
        held = sum(self._rarity(word) for word in words if word in self._provision_stems[key])
        return held / total if total else 0.0

    def _unknown_share(self, query: str) -> float:
        words = sorted(set(stems_of(query)))
        return sum(self._document_frequency[word] == 0 for word in words) / len(words) if words else 1.0

    def _rarity(self, word: str) -> float:
        return math.log(1 + len(self._provisions) / (1 + self._document_frequency[word]))
