"""Everything else: find the passages, decide whether they answer, and choose what to quote."""

import re
from dataclasses import dataclass, replace

from assistant import texts
from assistant.answer import Outcome
from assistant.cite import Evidence, quote_segment
from assistant.decide import Decision, decide
from assistant.draft import Draft, Paragraph, abstain
from assistant.understand.question import Understood
from assistant.understand.stance import Modality, read_modality, yes_no_clause
from corpus.address import Portion
from corpus.document import Level, Provision, Verdict
from corpus.library import Library
from index.hit import Hit, SegmentScore
from index.retrieve import Retriever
from index.text import stems_of

TOP_K = 12
_MAX_WORDS = 120
_MAX_PASSAGES = 3
# A further passage must come this close to the best one. Fitted on eval/datasets, see docs/quality.md.
_NEAR = 0.82
_SAME_PROVISION_NEAR = 0.72
_VERDICT_SIMILARITY = 0.9
_VERDICT_DEPTH = 3
_ASKED_SHARE, _LAY_SHARE = 0.6, 0.5
_NEGATION = re.compile(r"\b(?:ikke|ikkje|not|uten|utan|without|aldri|never)\b", re.IGNORECASE)
_LEAD_IN_WORDS = 35
_VERDICT_WORDS = {Verdict.YES: texts.YES, Verdict.NO: texts.NO, Verdict.DEPENDS: texts.DEPENDS}


@dataclass(frozen=True, slots=True)
class Search:
    """The retriever with the library it searches."""

    retriever: Retriever
    library: Library

    def find(self, question: Understood) -> list[Hit]:
        """Return the hits for a question, best first; repealed provisions are never among them."""
        hits = self.retriever.retrieve(question.text, question.expanded, TOP_K)
        return [hit for hit in hits if not hit.provision.repealed]

    def within(self, question: Understood, provision_ids: frozenset[str]) -> list[Hit]:
        """Return the hits among some provisions."""
        return [h for h in self.retriever.retrieve(question.text, question.expanded, 50) if h.provision.provision_id in provision_ids]


def answer_passage(question: Understood, library: Library, search: Search) -> Draft | None:
    """Return the answer found in the corpus, or the abstention with what is near."""
    hits = search.find(question)
    decision = decide(question, hits)
    if decision is Decision.OUT_OF_SCOPE:
        return abstain(texts.NOT_ENOUGH.format(missing=texts.OUT_OF_SCOPE))
    if decision is Decision.NOT_ENOUGH:
        return abstain(texts.NOT_ENOUGH.format(missing=texts.MISSING_SOURCE), [hit.provision for hit in hits[:3]])
    return choose_passages(question, hits, library)


def choose_passages(question: Understood, hits: list[Hit], library: Library) -> Draft | None:
    """Return the draft that quotes the best passages, None when there is none."""
    if not hits:
        return None
    ranked = _rank(hits)
    paragraphs = [Paragraph(evidence=passage.evidence) for passage in _choose(ranked)]
    verdict = _verdict(question, ranked[:_VERDICT_DEPTH])
    opening = replace(paragraphs[0], is_lead=True)
    paragraphs = [opening, *paragraphs[1:]]
    if verdict:
        paragraphs = [Paragraph(text=_VERDICT_WORDS[verdict], evidence=opening.evidence, is_lead=True), *paragraphs]
    steps = (library.next_step(e.provision.provision_id, e.portion) for p in paragraphs for e in p.evidence)
    return Draft(
        outcome=Outcome.ANSWERED,
        verdict=verdict,
        paragraphs=tuple(paragraphs),
        next_step=next((step for step in steps if step), ""),
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment that may be quoted. `score` orders passages of different provisions."""

    hit: Hit
    segment: SegmentScore
    score: float

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What quoting it takes."""
        return _evidence(self.hit.provision, self.segment.segment)

    @property
    def words(self) -> int:
        """Length of the quotes."""
        return sum(len(e.quote.split()) for e in self.evidence)

    @property
    def part(self) -> tuple[str, str]:
        """The part of the provision it stands in."""
        return self.hit.provision.provision_id, self.hit.provision.segments[self.segment.segment].portion.path


def _rank(hits: list[Hit]) -> list[Passage]:
    passages = [
        Passage(hit, segment, hit.score * segment.score / hit.segments[0].score)
        for hit in hits
        for segment in hit.segments
        if hit.segments[0].score
    ]
    return sorted(passages, key=lambda p: (-p.score, p.hit.rank, p.segment.segment))


def _choose(ranked: list[Passage]) -> list[Passage]:
    """Return the passages to quote: the best, the rule that a leading note explains, and what comes close and fits."""
    chosen = [ranked[0]]
    explained = _explained(ranked)
    if explained:
        chosen.append(explained)
    for passage in ranked[1:]:
        same = passage.hit.provision.provision_id == ranked[0].hit.provision.provision_id
        near = _SAME_PROVISION_NEAR if same else _NEAR
        if len(chosen) >= _MAX_PASSAGES or passage.score < near * ranked[0].score:
            continue
        fits = sum(p.words for p in chosen) + passage.words <= _MAX_WORDS
        if fits and passage.part not in {p.part for p in chosen}:
            chosen.append(passage)
    # A duty rests on law or regulation: the rule comes before the note that explains it.
    return sorted(chosen, key=lambda p: p.hit.provision.level > Level.REGULATION) if explained else chosen


def _explained(ranked: list[Passage]) -> Passage | None:
    """Return the best passage of the rule that the leading passage explains, when that is a note."""
    note = ranked[0].hit.provision
    if note.level <= Level.REGULATION:
        return None
    ids = {address.provision_id for address in note.explains}
    return next((p for p in ranked if p.hit.provision.provision_id in ids), None)


def _evidence(provision: Provision, number: int) -> tuple[Evidence, ...]:
    """Return the evidence for a segment: itself, with the lead-in of its list, or the whole list when it is the lead-in."""
    segment = provision.segments[number]
    parts = segment.portion.parts
    if len(parts) == 1 and provision.text[segment.end - 1] == ":":
        whole = [s for s in provision.segments if s.portion.starts_with(segment.portion)]
        return (Evidence(provision=provision, start=segment.start, end=whole[-1].end, portion=segment.portion),)
    evidence = quote_segment(provision, number)
    if len(parts) < 2 or "rad" in dict(parts):
        return (evidence,)
    lead = next(n for n, s in enumerate(provision.segments) if s.portion.parts[:1] == parts[:1])
    lead_in = quote_segment(provision, lead)
    needs_it = provision.segments[lead].portion == Portion(parts[:1]) and not evidence.quote[:1].isupper()
    return (lead_in, evidence) if needs_it and len(lead_in.quote.split()) <= _LEAD_IN_WORDS else (evidence,)


def _verdict(question: Understood, ranked: list[Passage]) -> Verdict | None:
    """Return the verdict of the lay question that the user's question comes down to, when it is a yes/no question."""
    if not question.is_yes_no:
        return None
    for passage in ranked:
        segment = passage.segment
        if segment.lay_question is None or segment.lay_similarity < _VERDICT_SIMILARITY:
            continue
        lay = passage.hit.provision.segments[segment.segment].questions[segment.lay_question]
        if lay.verdict and _asks_alike(question, lay.text):
            return lay.verdict
    return None


def _asks_alike(question: Understood, lay: str) -> bool:
    """Return whether two yes/no questions ask for the same thing in the same direction.

    Nearness in meaning is not enough: "må jeg gå på hørselstest" and "må jeg betale hørselstesten" are near. The words of the
    clause that asks must stand in the other question, and most of the other's words in this one.
    """
    modality = read_modality(lay)
    if Modality.NEED_NOT in (modality, question.modality) and modality is not question.modality:
        return False
    if _is_negated(lay) != _is_negated(question.folded):
        return False
    asked = set(stems_of(yes_no_clause(question.text) or question.text))
    whole, other = set(stems_of(f"{question.text} {question.expanded}")), set(stems_of(lay))
    if not asked or not other:
        return False
    return len(asked & other) >= _ASKED_SHARE * len(asked) and len(whole & other) >= _LAY_SHARE * len(other)


def _is_negated(text: str) -> bool:
    return bool(_NEGATION.search(text))
