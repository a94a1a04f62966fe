"""Everything else: find the passages, decide whether they answer, and choose what to quote."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant import texts
from assistant.answer import Outcome
from assistant.cite import Evidence, first_sentences, quote_segment, split_sentences
from assistant.decide import Decision, decide, likeliest_topic
from assistant.draft import Draft, Paragraph, abstain
from assistant.respond.order import in_order, only_enables, rule_first, sanction_first
from assistant.respond.own import asks_own, closest_lines, find_own
from assistant.respond.verdict import read_verdict
from assistant.understand.question import Understood
from assistant.understand.stance import Modality, duty_clause, read_modality, yes_no_clause
from corpus.address import Portion
from corpus.document import Kind, Level, Provision, Segment, Verdict
from corpus.library import Library
from index.hit import Hit, SegmentScore
from index.retrieve import Retriever
from index.text import stems_of, words_of

TOP_K = 12
_MAX_PASSAGES = 4
# With so many words quoted, no passage is added.
_MAX_WORDS = 135
# A further passage must come this close to the best one. Fitted on eval/datasets, see docs/quality.md.
_NEAR = 0.60
_SAME_PROVISION_NEAR = 0.50
_EXPLAINED_NEAR = 0.65
# So many items of one list near the top mean the list is asked for. A list of figures that is so short is never taken apart: one limit beside others misleads.
_LIST_ITEMS, _LIST_DEPTH, _LIST_NEAR = 3, 8, 0.75
_SHORT_FIGURES = 70
_VERDICT_SIMILARITY = 0.93
_VERDICT_DEPTH = 3
_ASKED_SHARE, _LAY_SHARE = 0.75, 0.7
_NEGATION = re.compile(r"\b(?:ikke|ikkje|not|uten|utan|without|aldri|never)\b", re.IGNORECASE)
_LEAD_IN_WORDS = 35
_FIGURE_GAIN = 1.15
# A document of the user's own leads where it matches so much better than any rule that the question must be about it.
_OWN_LEADS = 0.6
# A longer quote is cut to what matters: the leading one to so many words, those beside it to fewer.
_LONG, _SHORT = 80, 45
_ASKS_FIGURE = re.compile(
    r"\b(?:hvor|kor)\s+(?:mange|mye|mykje|lang\w*|lenge|lenge|ofte|høy\w*|stor\w*|dyp\w*|gammel)|\bnår\b|\bfrist\w*|how\s+(?:many|much|long|often)|when|grense\w*",
    re.IGNORECASE,
)
# Of these the first thing to know is how big they are; the sentence that says so may take so many words more.
_FOR_AMOUNT = 10
_NAMES_AMOUNT = re.compile(
    r"\b(?:gebyr|overtredelsesgebyr|bot|bota|boten|bøter|mulkt|tvangsmulkt|fine|fines)(?:et|en|a)?\b"
)
_VERDICT_WORDS = {Verdict.YES: texts.YES, Verdict.NO: texts.NO, Verdict.DEPENDS: texts.DEPENDS}


@dataclass(frozen=True, slots=True)
class Search:
    """The retriever with the library it searches. `today` None is the day it is asked; `as_of` is a day asked about."""

    retriever: Retriever
    library: Library
    today: date | None = None
    as_of: date | None = None

    def find(self, question: Understood) -> list[Hit]:
        """Return the hits for a question, best first; what does not hold on the day is never among them."""
        hits = self.retriever.retrieve(question.text, question.expanded, TOP_K)
        return [hit for hit in hits if self._holds(hit.provision)]

    def within(self, question: Understood, provision_ids: frozenset[str]) -> list[Hit]:
        """Return the hits among some provisions."""
        return [
            h
            for h in self.retriever.retrieve(question.text, question.expanded, 50)
            if h.provision.provision_id in provision_ids
        ]

    def text(self, provision_id: str) -> Provision:
        """Return the text that leads, on a day that is asked about the one that held then where it is stored.

        Raises:
            UnknownProvision: No document holds the provision.
        """
        then = self.library.find_on(provision_id, self.as_of).text if self.as_of else None
        return then or self.library.find(provision_id)

    @property
    def day(self) -> date:
        """The day that the answer is about."""
        return self.as_of or self.today or date.today()

    def _holds(self, provision: Provision) -> bool:
        if self.as_of is None:
            return provision.is_current(self.day)
        return self.library.find_on(provision.provision_id, self.as_of).text is not None


def answer_passage(question: Understood, hits: list[Hit], search: Search) -> Draft | None:
    """Return the answer found in the corpus, or the abstention with what is near.

    Args:
        question: What was asked.
        hits: What `search` found for it.
        search: Looks among the user's own documents where they are asked about, and has the library.
    """
    library = search.library
    if own := find_own(question, library, search.retriever):
        return choose_passages(question, own, library)
    decision = decide(question, hits)
    if decision is not Decision.ANSWER and (topic := likeliest_topic(hits)) is not None:
        return abstain(texts.NOT_ENOUGH.format(missing=library.outside[topic].where))
    if decision is Decision.OUT_OF_SCOPE:
        return abstain(texts.NOT_ENOUGH.format(missing=texts.OUT_OF_SCOPE))
    if decision is Decision.NOT_ENOUGH:
        return abstain(texts.NOT_ENOUGH.format(missing=texts.MISSING_SOURCE), [hit.provision for hit in hits[:3]])
    return choose_passages(question, hits, library)


def choose_passages(question: Understood, hits: list[Hit], library: Library) -> Draft | None:
    """Return the draft that quotes the best passages, None when there is none."""
    if not hits:
        return None
    ranked = sanction_first(_rank(hits, wants_figure=_wants_figure(question)), question)
    ranked = _asked_before(rule_first(ranked, question), question)
    if not asks_own(question):
        ranked = _law_first(ranked)
    # What only lets somebody make rules is nothing to stand beside a rule.
    chosen = _choose([ranked[0], *(p for p in ranked[1:] if not only_enables(p, question))])
    verdict, settled_by = _verdict(question, ranked[:_VERDICT_DEPTH])
    if settled_by:  # a verdict stands before the passage that it rests on
        chosen = [settled_by, *(p for p in chosen if p.part != settled_by.part)][:_MAX_PASSAGES]
    paragraphs = [_paragraph(question, passage, _LONG if n == 0 else _SHORT) for n, passage in enumerate(chosen)]
    may_judge = any(p.hit.provision.level <= Level.AUTHORITY for p in chosen)
    if verdict is None and may_judge and (clause := duty_clause(question.text)):
        verdict = read_verdict(clause, question.text, chosen[0].text, chosen[0].hit)
    paragraphs[0] = replace(paragraphs[0], is_lead=True, prefix=_VERDICT_WORDS[verdict] if verdict else "")
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
    def text(self) -> str:
        """The words of the segment."""
        segment = self.hit.provision.segments[self.segment.segment]
        return self.hit.provision.text[segment.start : segment.end]

    @property
    def words(self) -> int:
        """Length of the quotes."""
        return sum(len(e.quote.split()) for e in self.evidence)

    @property
    def portion(self) -> Portion:
        """The address within the provision."""
        return self.hit.provision.segments[self.segment.segment].portion

    @property
    def part(self) -> tuple[str, str]:
        """The part of the provision it stands in."""
        return self.hit.provision.provision_id, self.portion.path

    @property
    def lay_question(self) -> str:
        """The lay question of the segment that is nearest, "" when none is near."""
        number = self.segment.lay_question
        return "" if number is None else self.hit.provision.segments[self.segment.segment].questions[number].text

    def repeats(self, other: "Passage") -> bool:
        """Return whether the other passage says the same: the same part, or one that this lies in, in any text of it."""
        same = self.hit.provision.provision_id == other.hit.provision.provision_id
        if same and self.hit.provision.kind is not other.hit.provision.kind:
            return self.portion.starts_with(other.portion) or other.portion.starts_with(self.portion)
        within = self.hit.provision is other.hit.provision and any(
            whole.start <= piece.start and piece.end <= whole.end
            for whole in other.evidence
            for piece in self.evidence[-1:]
        )
        return self.part == other.part or within


def _rank(hits: list[Hit], *, wants_figure: bool) -> list[Passage]:
    """Return the passages, best first; one with a figure in it gains when the question asks for a figure."""
    passages = [
        Passage(
            hit, segment, hit.score * segment.score / hit.segments[0].score * _figure_gain(hit, segment, wants_figure)
        )
        for hit in hits
        for segment in hit.segments
        if hit.segments[0].score
    ]
    return sorted(passages, key=lambda p: (-p.score, p.hit.rank, p.segment.segment))


def _asked_before(ranked: list[Passage], question: Understood) -> list[Passage]:
    """Return the passages with the one first that answers this very question, as somebody has asked it before."""
    asked = words_of(question.text)
    same = next((p for p in ranked if p.lay_question and words_of(p.lay_question) == asked), None)
    return [same, *(p for p in ranked if p is not same)] if same else ranked


def _law_first(ranked: list[Passage]) -> list[Passage]:
    """Return the passages with what a document of the user's own says behind what the law says about as well.

    Such a document may illustrate; a duty rests on the law, unless the question is about the document.
    """
    first = next((p for p in ranked if p.hit.provision.kind is not Kind.OWN), None)
    if first is None or first.score < _OWN_LEADS * ranked[0].score:
        return ranked
    return sorted(ranked, key=lambda p: (p is not first, p.hit.provision.kind is Kind.OWN))


def _figure_gain(hit: Hit, score: SegmentScore, wants_figure: bool) -> float:
    segment = hit.provision.segments[score.segment]
    has_figure = re.search(
        r"(?<![§-])\b\d", re.sub(r"§+\s*[\d A-Z-]+", "", hit.provision.text[segment.start : segment.end])
    )
    return _FIGURE_GAIN if wants_figure and has_figure else 1.0


def _wants_figure(question: Understood) -> bool:
    return bool(_ASKS_FIGURE.search(question.folded))


def _choose(ranked: list[Passage]) -> list[Passage]:
    """Return the passages to quote: the best, the rule that a leading note explains, and what comes close and fits."""
    chosen = [_whole_list(ranked) or ranked[0]]
    explained = _explained(ranked)
    if explained:
        chosen.append(explained)
    for passage in ranked[1:]:
        same = passage.hit.provision.provision_id == ranked[0].hit.provision.provision_id
        near = _SAME_PROVISION_NEAR if same else _NEAR
        if len(chosen) >= _MAX_PASSAGES or passage.score < near * ranked[0].score:
            continue
        # A list is shown whole; anything else is cut.
        spent = chosen[0].words + sum(min(_SHORT, p.words) for p in (*chosen[1:], passage))
        if spent > _MAX_WORDS or _is_sold_beside_law(passage, ranked[0]):
            continue
        if not any(passage.repeats(other) for other in chosen):
            chosen.append(passage)
    chosen = [chosen[0], *in_order(chosen[1:])]
    if explained is None:
        return chosen
    # A duty rests on law or regulation: the rule comes before the note that explains it, and before rules that are only near.
    return sorted(chosen, key=lambda p: (p.hit.provision.level > Level.REGULATION, p is not explained, -p.score))


def _is_sold_beside_law(passage: Passage, lead: Passage) -> bool:
    """Return whether the passage is a commercial page's that would stand beside a rule: nothing is added to law by it."""
    provision = passage.hit.provision
    is_sold = provision.level is Level.COMMERCIAL and provision.kind is Kind.GUIDANCE
    return is_sold and lead.hit.provision.level <= Level.REGULATION


def _paragraph(question: Understood, passage: Passage, most: int) -> Paragraph:
    """Return the paragraph that quotes the passage: a long ledd by its sentences that matter, a long list by its items.

    Args:
        question: What it is to answer.
        passage: What is quoted.
        most: How many words it may have, about.
    """
    evidence = passage.evidence
    if passage.words <= most:
        return Paragraph(evidence=evidence)
    last = evidence[-1]
    if "\n" in last.quote and last.provision.kind is Kind.OWN:
        return Paragraph(evidence=evidence, shown=closest_lines(question, last, most))
    if "\n" in last.quote and most == _LONG:
        return Paragraph(evidence=evidence, shown=tuple(_first_of_each_line(last)))
    return Paragraph(evidence=(*evidence[:-1], *_focus(question, last, most)))


def _first_of_each_line(evidence: Evidence) -> list[Evidence]:
    """Return each line of a list cut to its first sentence."""
    lines = [m.span() for m in re.finditer(r"[^\n]+", evidence.quote)]
    return [first_sentences(replace(evidence, start=evidence.start + a, end=evidence.start + b)) for a, b in lines]


def _focus(question: Understood, evidence: Evidence, most: int) -> list[Evidence]:
    """Return the first sentence and those that share most words with the question, neighbours joined, in their order."""
    sentences = split_sentences(evidence)
    asked = set(stems_of(f"{question.text} {question.expanded}"))
    wants_figure = _wants_figure(question)
    if _NAMES_AMOUNT.search(question.folded):
        wants_figure, most = True, most + _FOR_AMOUNT

    def worth(number: int) -> float:
        quote = sentences[number].quote
        return len(asked & set(stems_of(quote))) + 1.5 * (wants_figure and any(c.isdigit() for c in quote))

    kept, words = {0}, len(sentences[0].quote.split())
    for number in sorted(range(1, len(sentences)), key=lambda n: (-worth(n), n)):
        length = len(sentences[number].quote.split())
        if words + length <= most and (worth(number) > 0 or words < most // 2):
            kept.add(number)
            words += length
    spans: list[Evidence] = []
    for number in sorted(kept):
        if spans and number - 1 in kept:
            spans[-1] = replace(spans[-1], end=sentences[number].end)
        else:
            spans.append(sentences[number])
    return spans


def _explained(ranked: list[Passage]) -> Passage | None:
    """Return the best passage of the rule that the leading passage explains, when that is a note."""
    note = ranked[0].hit.provision
    if note.level <= Level.REGULATION:
        return None
    ids = {address.provision_id for address in note.explains}
    best = next((p for p in ranked if p.hit.provision.provision_id in ids), None)
    return best if best and best.score >= _EXPLAINED_NEAR * ranked[0].score else None


def _whole_list(ranked: list[Passage]) -> Passage | None:
    """Return the passage of a whole list when several of its items lead: then the question is about the list."""
    first = ranked[0]
    parts = first.portion.parts
    if len(parts) < 2 or parts[-1][0] == "rad":
        return None
    near = [p for p in ranked[:_LIST_DEPTH] if p.score >= _LIST_NEAR * first.score and p.hit is first.hit]
    siblings = [p for p in near if p.portion.parts[:-1] == parts[:-1] and len(p.portion.parts) == len(parts)]
    segments = first.hit.provision.segments
    items = [s for s in segments if s.portion.parts[:-1] == parts[:-1] and len(s.portion.parts) == len(parts)]
    lead = next((n for n, s in enumerate(segments) if s.portion.parts == parts[:-1]), None)
    if lead is None:
        return None
    whole = Passage(first.hit, replace(first.segment, segment=lead), first.score)
    has_figures = all(re.search(r"\d", first.hit.provision.text[s.start : s.end]) for s in items)
    is_asked = len(siblings) >= min(_LIST_ITEMS, max(2, len(items)))
    return whole if is_asked or (has_figures and whole.words <= _SHORT_FIGURES) else None


def _evidence(provision: Provision, number: int) -> tuple[Evidence, ...]:
    """Return the evidence for a segment: itself, with the lead-in of its list, or the whole list when it is the lead-in."""
    segment = provision.segments[number]
    parts = segment.portion.parts
    whole = [
        s for s in provision.segments if s.portion.starts_with(segment.portion) and "rad" not in dict(s.portion.parts)
    ]
    if len(parts) == 1 and len(whole) > 1 and segment is whole[0] and _introduces(provision, segment):
        return (Evidence(provision=provision, start=segment.start, end=whole[-1].end, portion=segment.portion),)
    evidence = quote_segment(provision, number)
    if len(parts) < 2 or "rad" in dict(parts):
        return (evidence,)
    lead = next(n for n, s in enumerate(provision.segments) if s.portion.parts[:1] == parts[:1])
    lead_in = quote_segment(provision, lead)
    needs_it = provision.segments[lead].portion == Portion(parts[:1]) and not evidence.quote[:1].isupper()
    return (lead_in, evidence) if needs_it and len(lead_in.quote.split()) <= _LEAD_IN_WORDS else (evidence,)


def _verdict(question: Understood, ranked: list[Passage]) -> tuple[Verdict | None, Passage | None]:
    """Return the verdict of the lay question that a yes/no question comes down to, and the passage it belongs to."""
    if not question.is_yes_no:
        return None, None
    for passage in ranked:
        segment = passage.segment
        if segment.lay_question is None or segment.lay_similarity < _VERDICT_SIMILARITY:
            continue
        lay = passage.hit.provision.segments[segment.segment].questions[segment.lay_question]
        if lay.verdict and _asks_alike(question, lay.text):
            return lay.verdict, passage
    return None, None


def _introduces(provision: Provision, segment: Segment) -> bool:
    """Return whether the segment is no rule by itself but the lead-in of a list."""
    text = provision.text[segment.start : segment.end]
    return text.endswith(":") or len(text.split()) <= _LEAD_IN_WORDS // 2


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
