"""A search as every face shows it: provisions named in the query first, then what it is about, each with the part that fits best."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.understand.question import Understood
from corpus.document import Provision, Segment
from corpus.errors import UnknownProvision

if TYPE_CHECKING:
    from assistant.dialogue import Assistant

DEFAULT_HITS, MOST_HITS = 10, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A provision found, and the part of it that matches best. `score` is in (0, 1], 1 for one named by its address."""

    provision: Provision
    segment: Segment | None
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What was found for a query, best first. `query` is as it was understood, personal data masked."""

    query: str
    found: tuple[Found, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the result as the contract writes it (README, the search)."""
        return {"query": self.query, "hits": [_to_json(rank, found) for rank, found in enumerate(self.found, 1)]}


def search(query: str, assistant: "Assistant", most: int = DEFAULT_HITS) -> SearchResult:
    """Return the provisions that hold today and match the query, best first.

    Args:
        query: Words, a question or an address.
        assistant: Whose sources are searched.
        most: Number of provisions, 1-50.

    Raises:
        QuestionError: The query is empty, too long, or has no word in it.
    """
    understood = assistant.understand(query)
    unique: dict[str, Found] = {}
    for found in (*_named(understood, assistant), *_matching(understood, assistant, most)):
        if found.provision.is_current(date.today()):
            unique.setdefault(found.provision.provision_id, found)
    return SearchResult(query=understood.asked, found=tuple(unique.values())[:most])


def _named(understood: Understood, assistant: "Assistant") -> Iterator[Found]:
    for mention in understood.mentions:
        address = mention.candidates[0]
        try:
            provision = assistant.library.find(address.provision_id)
        except UnknownProvision:
            continue
        part = provision.resolve(address.portion) if address.portion.parts else None
        segment = next((s for s in provision.segments if part and s.portion.starts_with(part)), None)
        yield Found(provision=provision, segment=segment, score=1.0)


def _matching(understood: Understood, assistant: "Assistant", most: int) -> Iterator[Found]:
    for hit in assistant.retriever.retrieve(understood.text, understood.expanded, most):
        segment = hit.provision.segments[hit.segments[0].segment] if hit.segments else None
        yield Found(provision=hit.provision, segment=segment, score=hit.score)


def _to_json(rank: int, found: Found) -> dict[str, Any]:
    provision, segment = found.provision, found.segment
    start, end = (segment.start, segment.end) if segment else (0, len(provision.text))
    return {
        "rank": rank,
        "score": round(found.score, 4),
        "provision_id": provision.provision_id,
        "label": provision.label_of(segment.portion) if segment else provision.label,
        "heading": provision.heading,
        "portion": segment.portion.path if segment else "",
        "level": int(provision.level),
        "kind": provision.kind.value,
        "text": provision.text[start:end],
        "start": start,
        "end": end,
        "url": provision.url,
        "in_force": provision.in_force.isoformat() if provision.in_force else None,
        "text_date": provision.text_date.isoformat() if provision.text_date else None,
    }
