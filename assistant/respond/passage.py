"""Everything else: find the passages, decide whether they answer, and choose what to quote."""

from dataclasses import dataclass, replace

from assistant import texts
from assistant.answer import Outcome
from assistant.cite import Evidence, quote_segment
from assistant.decide import Decision, decide
from assistant.draft import Draft, Paragraph, abstain
from assistant.understand.question import Understood
from assistant.understand.stance import Modality, read_modality
from corpus.address import Portion
from corpus.document import Level, Verdict
from corpus.library import Library
from index.hit import Hit, SegmentScore
from index.retrieve import Retriever
from index.text import content_words

TOP_K = 12
_MAX_WORDS = 120
_MAX_PASSAGES = 3
# A further passage must come this close to the best one. Fitted on eval/datasets, see docs/quality.md.
_NEAR = 0.82
_SAME_PROVISION_NEAR = 0.72
_VERDICT_SIMILARITY = 0.925
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
    return choose_passages(question, hits)


def choose_passages(question: Understood, hits: list[Hit]) -> Draft | None:
    """Return the draft that quotes the best passages, None when there is none."""
    if not hits:
        return None
    ranked = _rank(hits)
    chosen = _choose(ranked)
    paragraphs = [Paragraph(evidence=_evidence(hit, score)) for hit, score in chosen]
    verdict = _verdict(question, hits[0].segments[:3], hits[0])
    opening = replace(paragraphs[0], is_lead=True)
    paragraphs = [opening, *paragraphs[1:]]
    if verdict:
        paragraphs = [Paragraph(text=_VERDICT_WORDS[verdict], evidence=opening.evidence, is_lead=True), *paragraphs]
    return Draft(outcome=Outcome.ANSWERED, verdict=verdict, paragraphs=tuple(paragraphs))


Ranked = tuple[Hit, SegmentScore]


def _rank(hits: list[Hit]) -> list[Ranked]:
    pairs = [(hit, score) for hit in hits for score in hit.segments]
    return sorted(pairs, key=lambda pair: (-pair[1].score, pair[0].rank, pair[1].segment))


def _choose(ranked: list[Ranked]) -> list[Ranked]:
    """Return the passages to quote: the best, and those that come close and fit, law before guidance."""
    chosen = [ranked[0]]
    words = _length(ranked[0])
    seen = {_group(ranked[0])}
    for hit, score in ranked[1:]:
        same = hit.provision.provision_id == ranked[0][0].provision.provision_id
        near = _SAME_PROVISION_NEAR if same else _NEAR
        if len(chosen) >= _MAX_PASSAGES or score.score < near * ranked[0][1].score:
            continue
        length = _length((hit, score))
        if _group((hit, score)) in seen or words + length > _MAX_WORDS:
            continue
        chosen.append((hit, score))
        seen.add(_group((hit, score)))
        words += length
    # A duty rests on law or regulation: a note from a lower level never leads when a rule says the same.
    return sorted(chosen, key=lambda pair: pair[0].provision.level > Level.AUTHORITY)


def _group(pair: Ranked) -> tuple[str, str]:
    hit, score = pair
    return hit.provision.provision_id, hit.provision.segments[score.segment].portion.path


def _length(pair: Ranked) -> int:
    return sum(len(e.quote.split()) for e in _evidence(*pair))


def _evidence(hit: Hit, score: SegmentScore) -> tuple[Evidence, ...]:
    """Return the evidence for a segment: itself, with the lead-in of its list, or the whole list when it is the lead-in."""
    provision = hit.provision
    segment = provision.segments[score.segment]
    parts = segment.portion.parts
    if len(parts) == 1 and provision.text[segment.end - 1] == ":":
        whole = [s for s in provision.segments if s.portion.starts_with(segment.portion)]
        return (Evidence(provision=provision, start=segment.start, end=whole[-1].end, portion=segment.portion),)
    evidence = quote_segment(provision, score.segment)
    if len(parts) < 2 or "rad" in dict(parts):
        return (evidence,)
    lead = next(n for n, s in enumerate(provision.segments) if s.portion.parts[:1] == parts[:1])
    lead_in = quote_segment(provision, lead)
    needs_it = provision.segments[lead].portion == Portion(parts[:1]) and not evidence.quote[:1].isupper()
    return (lead_in, evidence) if needs_it and len(lead_in.quote.split()) <= _LEAD_IN_WORDS else (evidence,)


def _verdict(question: Understood, scores: tuple[SegmentScore, ...], hit: Hit) -> Verdict | None:
    """Return the verdict of the lay question that the user's question comes down to, when it is a yes/no question."""
    if not question.is_yes_no:
        return None
    for score in scores:
        if score.lay_question is None or score.lay_similarity < _VERDICT_SIMILARITY:
            continue
        lay = hit.provision.segments[score.segment].questions[score.lay_question]
        if lay.verdict and _asks_alike(question, lay.text):
            return lay.verdict
    return None


def _asks_alike(question: Understood, lay: str) -> bool:
    """Return whether two questions ask for the same thing in the same direction."""
    modality = read_modality(lay)
    if Modality.NEED_NOT in (modality, question.modality) and modality is not question.modality:
        return False
    negated = {w for w in ("ikke", "ikkje", "not", "uten", "utan", "aldri") if f" {w} " in f" {lay.lower()} "}
    asked = {w for w in ("ikke", "ikkje", "not", "uten", "utan", "aldri") if f" {w} " in f" {question.folded} "}
    shared = set(content_words(lay)) & set(content_words(question.text))
    return bool(negated) == bool(asked) and bool(shared)


