"""Invented provisions and hits in the real records."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from corpus.address import Portion
from corpus.document import Document, Kind, LayQuestion, Level, Provision, Segment
from corpus.library import Library
from index.hit import Hit, SegmentScore

CHECKED = date(2026, 8, 1)


def make_provision(
    provision_id: str, rows: Sequence[tuple[str, str]], questions: Sequence[LayQuestion] = (), **fields: Any
) -> Provision:
    """Return a provision of lines given as portion and text; the lay questions belong to the first."""
    segments, length = [], 0
    for number, (portion, text) in enumerate(rows):
        asked = tuple(questions) if number == 0 else ()
        segments.append(Segment(portion=Portion.parse(portion), start=length, end=length + len(text), questions=asked))
        length += len(text) + 1
    values = {
        "kind": Kind.RESTATEMENT, "level": Level.LAW, "source": "badeloven", "label": f"badeloven § {provision_id.split('§')[-1]}",
        "heading": "Badevakt", "path": (), "url": "https://example.org/bad", "checked": CHECKED, "text_date": date(2026, 7, 2),
        "in_force": date(1999, 6, 1),
    }  # fmt: skip
    text = "\n".join(text for _, text in rows)
    return Provision(provision_id=provision_id, text=text, segments=tuple(segments), **(values | fields))  # type: ignore[arg-type]


def make_library(*provisions: Provision) -> Library:
    """Return a library of one document."""
    document = Document(
        document_id="lov/1999-01-02-9002", title="Badeloven", name="badeloven", abbreviation="BAD", level=Level.LAW,
        url="https://example.org/bad", provisions=provisions, text_date=date(2026, 7, 2), checked=CHECKED,
    )  # fmt: skip
    return Library((document,))


def make_hit(provision: Provision, score: float = 1.0, *segments: SegmentScore, **fields: Any) -> Hit:
    """Return a hit; by default on the first segment."""
    values = {"rank": 1, "dense": 0.9, "coverage": 0.5, "unknown": 0.0}
    return Hit(provision=provision, score=score, segments=segments or (make_score(),), **(values | fields))


def make_score(
    segment: int = 0, score: float = 1.0, lay_similarity: float = 0.0, lay_question: int | None = None
) -> SegmentScore:
    """Return the score of a segment."""
    return SegmentScore(
        segment=segment, score=score, dense=0.9, lay_similarity=lay_similarity, lay_question=lay_question
    )


class FixedSearch:
    """A retriever that always finds the same."""

    def __init__(self, *hits: Hit) -> None:
        self.hits = list(hits)

    def retrieve(self, query: str, expanded: str = "", top_k: int = 10) -> list[Hit]:
        """Return the hits."""
        return self.hits[:top_k]

    def has_word(self, word: str) -> bool:
        """Return that no text has the word."""
        return False
