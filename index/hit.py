"""What a retriever returns."""

from dataclasses import dataclass, field

from corpus.document import Provision
from index.outside import OutsideMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentScore:
    """How well one segment of a provision matches; `lay_similarity` is the cosine to its closest lay question."""

    segment: int
    score: float
    dense: float
    lay_similarity: float
    lay_question: int | None


@dataclass(frozen=True, slots=True)
class AskedAlike:
    """A lay question of a provision that is near the query: where it stands, and its cosine."""

    segment: int
    question: int
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A provision found for a query. `score` is in (0, 1], higher is better; `rank` starts at 1.

    `segments` are its matching segments, best first, `alike` the nearest of its lay questions, nearest first. `dense` is the highest cosine of any chunk, `coverage` the share of
    the query's words (weighted by rarity) that the provision holds, `unknown` the share that no provision holds. `outside` is how near the query is to what no source answers.
    """

    provision: Provision
    score: float
    rank: int
    dense: float
    coverage: float
    unknown: float
    segments: tuple[SegmentScore, ...] = field(default=())
    alike: tuple[AskedAlike, ...] = field(default=())
    outside: OutsideMatch | None = None
