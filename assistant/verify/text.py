"""A text that somebody pastes in, claim by claim: supported, contradicted or not found, with the provision that decides."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from assistant.answer import Citation
from assistant.cite import Evidence, first_sentences, number_citations, quote_portion, quote_segment
from assistant.draft import Draft, Paragraph
from assistant.errors import QuestionError
from assistant.respond.premise import correct_premise
from assistant.understand.question import Reader, Understood
from assistant.verify.sentence import Judgement, Reason, judge_sentence, plain_text
from assistant.verify.source import Source
from assistant.verify.support import Measure
from assistant.wording import cite_wording
from corpus.address import Address, Portion, find_addresses
from corpus.conflicts import find_conflicts
from corpus.conflicts.statements import read_statements
from corpus.document import Document, Kind, Level, Provision, Segment
from corpus.errors import UnknownProvision
from corpus.library import Library
from index.hit import Hit
from index.retrieve import Retriever

MAX_TEXT = 20_000
_HITS, _SEGMENTS = 6, 2
_FEWEST_WORDS = 4
# What a judgement says against a claim, and from which chance of support a source is about the same thing at all.
_TURNS = frozenset({Reason.DENIAL, Reason.FORCE, Reason.FIGURE, Reason.ABSOLUTE, Reason.ACTOR})
_ABOUT_IT = 0.9
# A source that the search found, and nobody cited, must say it more surely than one that was named.
_FOUND = 0.6


class Finding(StrEnum):
    """What became of a claim. The values stand in the product's output."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedClaim:
    """A claim of a text, half-open offsets in it, and the rule that decides; `reason` says in Norwegian why it is contradicted."""

    text: str
    start: int
    end: int
    finding: Finding
    citations: tuple[Citation, ...] = ()
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the claim as the contract writes it (README, verify)."""
        return {
            "claim": self.text,
            "start": self.start,
            "end": self.end,
            "finding": self.finding.value,
            "reason": self.reason or None,
            "citations": [citation.to_json() for citation in self.citations],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedText:
    """The claims of a text in their order; what claims nothing, such as a question, is left out."""

    claims: tuple[VerifiedClaim, ...]

    def count(self, finding: Finding) -> int:
        """Return how many claims have the finding."""
        return sum(claim.finding is finding for claim in self.claims)

    def to_json(self) -> dict[str, Any]:
        """Return the text's claims as the contract writes them."""
        counts = {finding.value: self.count(finding) for finding in Finding}
        return {"claims": [claim.to_json() for claim in self.claims], "counts": counts}


@dataclass(frozen=True, kw_only=True)
class TextVerifier:
    """Checks texts against a library."""

    library: Library
    retriever: Retriever
    reader: Reader
    likeness: Measure | None

    def verify(self, text: str) -> VerifiedText:
        """Return the claims of a text with what the sources say of them.

        Raises:
            QuestionError: The text is empty or too long.
        """
        if not text.strip():
            raise QuestionError("Lim inn en tekst med påstander, for eksempel et svar du har fått.")
        if len(text) > MAX_TEXT:
            raise QuestionError(f"Teksten er på {len(text)} tegn, og grensen er {MAX_TEXT}. Del den opp.")
        document = _as_document(text)
        claims = []
        for statement in read_statements(document):
            sentence = plain_text(statement.text)
            if (not statement.is_asserted and sentence.endswith("?")) or len(
                re.findall(r"\w+", sentence)
            ) < _FEWEST_WORDS:
                continue
            found = self._decide(sentence)
            claims.append(replace(found, text=statement.text, start=statement.start, end=statement.end))
        return VerifiedText(claims=tuple(claims))

    def _decide(self, sentence: str) -> VerifiedClaim:
        if conflict := next(iter(find_conflicts(_as_document(sentence), self.library)), None):
            evidence = [item for a in conflict.provisions if (item := self._quote(a))]
            return _claim(Finding.CONTRADICTED, self._cite(evidence[:2]), f"{conflict.rule} {conflict.reason}".strip())
        understood = self._read(sentence)
        if understood and (draft := correct_premise(understood, self.library)):
            return _claim(Finding.CONTRADICTED, self._cite(_evidence_of(draft)), _lead_of(draft))
        judged = [self._judge(sentence, evidence) for evidence in self._candidates(sentence, understood)]
        best = max(judged, key=lambda j: (j.is_carried, j.score), default=None)
        if best and best.is_carried and best.score >= _FOUND:
            return _claim(Finding.SUPPORTED, self._cite(_nearest(best)))
        turned = max((j for j in judged if j.reason in _TURNS), key=lambda j: j.score, default=None)
        if turned and turned.reason and turned.score >= _ABOUT_IT:
            return _claim(Finding.CONTRADICTED, self._cite(_nearest(turned)), f"{turned.reason.value.capitalize()}.")
        return _claim(Finding.NOT_FOUND, ())

    def _read(self, sentence: str) -> Understood | None:
        try:
            return self.reader.read(sentence, ())
        except QuestionError:
            return None

    def _candidates(self, sentence: str, understood: Understood | None) -> Iterator[Evidence]:
        """Yield what may decide a claim: the provisions it names, then what the search finds."""
        seen: set[tuple[str, int]] = set()
        for mention in find_addresses(sentence, self.library.known):
            if item := self._quote(mention.candidates[0], whole=True):
                seen.add((item.provision.provision_id, item.start))
                yield item
        text, expanded = (understood.text, understood.expanded) if understood else (sentence, "")
        for hit in self.retriever.retrieve(text, expanded, _HITS):
            for item in _best_parts(hit):
                if (item.provision.provision_id, item.start) not in seen:
                    seen.add((item.provision.provision_id, item.start))
                    yield item

    def _judge(self, sentence: str, evidence: Evidence) -> Judgement:
        return judge_sentence(
            f"{sentence} [1]",
            {1: Source(1, evidence)},
            known=self.library.known,
            likeness=self.likeness,
            with_score=True,
        )

    def _quote(self, address: Address, *, whole: bool = False) -> Evidence | None:
        try:
            provision = self.library.working_text(address.provision_id)
        except UnknownProvision:
            return None
        portion = provision.resolve(address.portion) or Portion()
        quoted = quote_portion(provision, portion)
        return quoted if whole or quoted is None else first_sentences(quoted, 2)

    def _cite(self, evidence: list[Evidence]) -> tuple[Citation, ...]:
        worded = cite_wording((Paragraph(evidence=(item,)) for item in evidence), self.library, None)
        return number_citations(item for paragraph in worded.paragraphs for item in paragraph.evidence)


def _nearest(judgement: Judgement) -> list[Evidence]:
    return [judgement.nearest] if judgement.nearest else [judgement.sources[0].evidence]


def _claim(finding: Finding, citations: tuple[Citation, ...], reason: str = "") -> VerifiedClaim:
    return VerifiedClaim(text="", start=0, end=0, finding=finding, citations=citations, reason=reason)


def _best_parts(hit: Hit) -> list[Evidence]:
    return [quote_segment(hit.provision, score.segment) for score in hit.segments[:_SEGMENTS]]


def _evidence_of(draft: Draft) -> list[Evidence]:
    return [item for paragraph in draft.paragraphs for item in paragraph.evidence][:2]


def _lead_of(draft: Draft) -> str:
    return draft.paragraphs[0].text or ""


def _as_document(text: str) -> Document:
    """Return a text as a document of the lowest rank, whose statements the law prevails over."""
    provision = Provision(
        provision_id="eget/limt-inn/s1", kind=Kind.OWN, level=Level.COMMERCIAL, source="", label="Innlimt tekst", heading="", path=(), text=text,
        segments=(Segment(portion=Portion(), start=0, end=len(text)),), url="", checked=date.min,
    )  # fmt: skip
    return Document(
        document_id="eget/limt-inn", title="Innlimt tekst", name="Innlimt tekst", abbreviation="", level=Level.COMMERCIAL, url="",
        provisions=(provision,), text_date=None, checked=date.min,
    )  # fmt: skip
