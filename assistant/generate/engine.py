"""Answers in a language model's prose, each sentence proven before it is shown; what cannot be proven is not said.

The model sees the evidence of the extractive answer. It never changes the outcome, the verdict or what is asked back. When it fails, the
extractive answer stands, with a line on why.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from threading import Event, Thread

from assistant import texts
from assistant.answer import Answer, Citation, Engine, Outcome
from assistant.cite import Evidence, quote_segment
from assistant.compose import Composer, escape
from assistant.draft import Draft, Paragraph
from assistant.generate.parse import read_sentences
from assistant.generate.prompt import ANSWER_SCHEMA, INVISIBLE, write_answer_prompt
from assistant.generate.verdict import contradicts_verdict, without_verdict
from assistant.llm import LanguageModel, ModelError
from assistant.understand.question import Company, Understood
from assistant.verify import Judgement, Source, judge_sentence
from assistant.verify.sentence import MARKER
from assistant.verify.support import Measure
from assistant.wording import cite_wording
from corpus.document import Level
from corpus.errors import UnknownProvision
from corpus.library import Library
from index.hit import Hit

logger = logging.getLogger(__name__)
_MOST_SOURCES, _MOST_SENTENCES = 8, 8
_ANSWERABLE = frozenset({Outcome.ANSWERED, Outcome.PARTIAL, Outcome.CORRECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The extractive answer that a model's prose is measured against: what was drafted, and what came of it."""

    draft: Draft
    answer: Answer
    question: Understood
    hits: Sequence[Hit] = ()


@dataclass(frozen=True, kw_only=True)
class ModelEngine:
    """Writes answers with a model. Read-only: one serves many talks."""

    model: LanguageModel
    library: Library
    likeness: Measure | None

    def stream(self, base: Base, composer: Composer) -> Iterator[Answer]:
        """Yield the answer as it grows, the whole of it last.

        Args:
            base: The extractive answer.
            composer: Puts sentences and citations together.
        """
        sources = self._collect(base) if base.answer.outcome in _ANSWERABLE else {}
        if not sources:
            yield base.answer
            return
        written = _Written(base, sources, self.library.known, self.likeness)
        messages = write_answer_prompt(
            base.question.text,
            tuple(sources.values()),
            language=base.question.language,
            verdict=base.answer.verdict,
            facts=_facts(base.question.company),
        )
        stream = self.model.stream(messages, schema=ANSWER_SCHEMA)
        try:
            with closing(stream), self._reading(sources.values()):
                for sentence in read_sentences(stream):
                    if written.take(sentence):
                        yield written.signed(composer.compose(written.draft(is_done=False), base.question))
                    if written.is_full:
                        break
        except ModelError as error:
            logger.warning("the language model failed: %s", error)
            yield replace(base.answer, warnings=(*base.answer.warnings, texts.MODEL_FAILED.format(reason=error.reason)))
            return
        if not written.has_own:
            warning = texts.MODEL_UNPROVEN if written.failed else texts.MODEL_EMPTY
            yield replace(base.answer, warnings=(*base.answer.warnings, warning))
            return
        yield written.signed(composer.compose(written.draft(is_done=True), base.question))

    @contextmanager
    def _reading(self, sources: Iterable[Source]) -> Iterator[None]:
        """Read the sources' sentences while the model thinks, so that none of its own waits for that."""
        done = Event()

        def read() -> None:
            for text in dict.fromkeys(text for source in sources for text in source.sentences):
                if done.is_set() or self.likeness is None:
                    return
                self.likeness(text, text)

        reader = Thread(target=read, name="sources")
        reader.start()
        try:
            yield
        finally:
            done.set()
            reader.join()

    def _collect(self, base: Base) -> dict[int, Source]:
        """Return what the answer cites, by the numbers it has there, and then what else the search found."""
        found = [item for citation in base.answer.citations if (item := self._evidence(citation))]
        if base.draft.paragraphs[0].text is None:  # found by search, not told by a rule of the product
            found += self._further(base.hits, found)
        return {number: Source(number, item) for number, item in enumerate(found[:_MOST_SOURCES], 1)}

    def _evidence(self, citation: Citation) -> Evidence | None:
        try:
            provision = self.library.find(citation.provision_id, citation.kind)
        except UnknownProvision:
            return None
        return Evidence(provision=provision, start=citation.start, end=citation.end, portion=citation.portion)

    def _further(self, hits: Iterable[Hit], found: Sequence[Evidence]) -> list[Evidence]:
        cited = {item.provision.provision_id for item in found}
        best = [
            quote_segment(hit.provision, hit.segments[0].segment)
            for hit in hits
            if hit.provision.provision_id not in cited
        ]
        worded = cite_wording((Paragraph(evidence=(item,)) for item in best), self.library, None)
        return [item for paragraph in worded.paragraphs for item in paragraph.evidence]


@dataclass
class _Written:
    """The sentences of one answer as they come. A sentence that fails is replaced by its source's own, or left out."""

    base: Base
    sources: Mapping[int, Source]
    known: frozenset[str]
    likeness: Measure | None
    paragraphs: list[Paragraph] = field(default_factory=list)
    has_own: bool = False
    failed: int = 0
    replaced: int = 0

    @property
    def is_full(self) -> bool:
        """Whether no more sentences are taken."""
        return len(self.paragraphs) >= _MOST_SENTENCES

    def signed(self, answer: Answer) -> Answer:
        """Return the answer with who wrote it: while all of it is the sources' own words, nobody else."""
        return replace(answer, engine=Engine.LLM) if self.has_own else answer

    def take(self, sentence: str) -> bool:
        """Take a sentence of the model; return whether there is something new to show."""
        verdict = self.base.answer.verdict
        judgement = judge_sentence(
            self._on_rules(sentence),
            self.sources,
            known=self.known,
            likeness=self.likeness,
            own=_own_words(self.base.question),
        )
        may_say = not contradicts_verdict(judgement.sentence, verdict) and not _is_of_low_rank(judgement.sources)
        if judgement.is_carried and may_say:
            text = without_verdict(judgement.sentence) if verdict else judgement.sentence
            return bool(text) and self._add(
                Paragraph(text=escape(text), evidence=tuple(s.evidence for s in judgement.sources)), is_own=True
            )
        self.failed += 1
        logger.info("a sentence of the model was stopped: %s", judgement.reason or "verdict")
        return self._replace(judgement)

    def _on_rules(self, sentence: str) -> str:
        """Return the sentence with the markers of rules and authorities alone, if it has any: no other paper proves it beside them."""
        numbers = [int(n) for n in MARKER.findall(sentence)]
        low = {n for n in numbers if n in self.sources and _is_of_low_rank((self.sources[n],))}
        if not low or low.issuperset(numbers):
            return sentence
        return MARKER.sub(lambda m: "" if int(m[1]) in low else m[0], sentence)

    def draft(self, *, is_done: bool) -> Draft:
        """Return the draft of what there is."""
        draft = self.base.draft
        first = draft.paragraphs[0]
        if first.text is not None:
            paragraphs = [first, *self.paragraphs]
        else:
            lead = replace(self.paragraphs[0], is_lead=True, prefix=first.prefix)
            paragraphs = [lead, *self.paragraphs[1:]]
        warnings = draft.warnings
        if is_done and self.failed:
            left_out = self.failed - self.replaced
            warnings += (texts.model_stopped(self.replaced, left_out),)
        kept = replace(draft, paragraphs=tuple(paragraphs), warnings=warnings)
        return kept if is_done else replace(kept, next_step="", follow_up_question=None, choices=())

    def _replace(self, judgement: Judgement) -> bool:
        nearest = judgement.nearest
        if nearest is None:
            return False
        said = f"{nearest.provision.label}: «{' '.join(nearest.quote.split())}»"
        text = escape(INVISIBLE.sub("", said)) if _is_of_low_rank(judgement.sources) else None
        if not self._add(Paragraph(text=text, evidence=(nearest,)), is_own=False):
            return False
        self.replaced += 1
        return True

    def _add(self, paragraph: Paragraph, *, is_own: bool) -> bool:
        said = [_plain(p) for p in self.paragraphs]
        if _plain(paragraph) in said:
            return False
        self.paragraphs.append(replace(paragraph, runs_on=bool(self.paragraphs)))
        self.has_own = self.has_own or is_own
        return True


def _is_of_low_rank(sources: Sequence[Source]) -> bool:
    """Return whether a sentence rests on papers below the authorities alone: these are quoted by name, never retold."""
    return all(source.evidence.provision.level > Level.AUTHORITY for source in sources)


def _plain(paragraph: Paragraph) -> str:
    text = paragraph.text if paragraph.text is not None else " ".join(item.quote for item in paragraph.evidence)
    return re.sub(r"\W+", " ", text).strip().lower()


def _own_words(question: Understood) -> str:
    """Return what the asker said, with how many they are: numbers that may be repeated about them."""
    employees = question.company.employees
    return f"{question.text} {employees} ansatte" if employees is not None else question.text


def _facts(company: Company) -> list[str]:
    """Return what the talk has said about the asker's company, for the prompt."""
    facts = [f"Virksomheten har {company.employees} ansatte."] if company.employees is not None else []
    facts += [f"Bransje: {', '.join(industry.name for industry in company.industries)}."] if company.industries else []
    return facts
