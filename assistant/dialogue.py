"""One turn of a talk: understand, then ask each responder in order; the first draft is composed into the answer."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import date

from assistant import texts
from assistant.answer import Answer, Engine, Turn, last_answer
from assistant.compose import Composer
from assistant.draft import Draft, abstain
from assistant.duty.reader import IndustryReader
from assistant.errors import NotReadyError, UsageError
from assistant.generate.engine import Base, ModelEngine
from assistant.generate.rewrite import rewrite_question
from assistant.llm import LanguageModel, Stop, StoppableModel, load_language_model
from assistant.register.register import Register
from assistant.respond.absence import answer_absence
from assistant.respond.address import answer_address
from assistant.respond.company import know_company, tell_company
from assistant.respond.consequence import answer_consequence
from assistant.respond.definition import answer_definition
from assistant.respond.documents import answer_documents
from assistant.respond.duties import answer_duties
from assistant.respond.duty import answer_duty
from assistant.respond.headcount import answer_headcount
from assistant.respond.passage import Search, answer_passage
from assistant.respond.premise import correct_premise
from assistant.respond.refuse import refuse
from assistant.respond.sick_leave import answer_sick_leave
from assistant.settings import Settings
from assistant.understand.facts import Fact
from assistant.understand.question import Reader, Understood
from assistant.understand.spelling import Speller
from assistant.verify.support import Likeness
from assistant.verify.text import TextVerifier, VerifiedText
from corpus.document import Kind, Provision
from corpus.errors import StoreError
from corpus.industry import read_words
from corpus.library import Library, load_library
from index.build import OpenIndex, build_index, fingerprint, open_index
from index.embedding import Embedder, VectorCache, load_serving_embedder
from index.errors import IndexFailure, IndexMismatchError, IndexMissingError, IndexOutdatedError
from index.hit import Hit
from index.progress import Progress
from index.retrieve import HybridRetriever, Retriever

logger = logging.getLogger(__name__)
# With more new provisions than this, an index takes longer than anybody waits for an answer.
_MOST_AT_ONCE = 8000


class Assistant:
    """Answers questions. Read-only after it is made, so one serves many talks at once."""

    def __init__(
        self,
        library: Library,
        retriever: Retriever,
        *,
        today: date | None = None,
        notices: Iterable[str] = (),
        embedder: Embedder | None = None,
        model: LanguageModel | None = None,
        register: Register | None = None,
    ) -> None:
        self.library = library
        self._likeness = Likeness(embedder) if embedder else None
        self._model_engine = ModelEngine(model=model, library=library, likeness=self._likeness) if model else None
        self._industries = IndustryReader(embedder)
        self.notices = tuple(notices)
        self._today = today
        self._register = register
        self.retriever = retriever
        self._search = Search(retriever, library, today)
        self._reader = Reader(_make_speller(library, retriever), library.glossary, library.known, library.act_names)

    @classmethod
    def open(cls, settings: Settings, progress: Progress | None = None) -> "Assistant":
        """Return the assistant on the index in BHT_HOME; builds the index first when there is none that fits.

        Raises:
            NotReadyError: The index could neither be opened nor built; the message says what to do.
        """
        notices = []
        try:
            library = load_library(settings.store)
        except StoreError as error:
            logger.error("the core alone answers: %s", error)
            library = load_library()
            notices.append(texts.STORE_UNREADABLE)
        embedder = load_serving_embedder()
        if not embedder:
            notices.append(texts.NO_VECTORS)
        index, is_old = _open_or_build(settings, library, embedder.space if embedder else None, progress)
        if is_old:
            notices.append(texts.OLD_INDEX)
        retriever = HybridRetriever(library, index, embedder)
        assistant = cls(
            library,
            retriever,
            notices=notices,
            embedder=embedder,
            model=load_language_model(settings),
            register=Register(settings.register_folder, allow_network=settings.online),
        )
        assistant.ask("Hvem velger verneombudet?")  # the first question builds what the others share
        return assistant

    @property
    def model(self) -> LanguageModel | None:
        """The language model that may write answers, None where none is set up."""
        return self._model_engine.model if self._model_engine else None

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        engine: Engine = Engine.EXTRACTIVE,
    ) -> Answer:
        """Return the answer to a question.

        Args:
            question: What the user wrote.
            history: The turns before it, oldest first.
            as_of: The day whose law is asked about; None for today's.
            engine: Who writes the answer. Of a day in the past only wording is told, without a model.

        Raises:
            QuestionError: The question cannot be taken as one.
            UsageError: A language model is asked for, and none is set up.
        """
        return last_answer(self.stream(question, history, as_of, engine))

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        engine: Engine = Engine.EXTRACTIVE,
        stop: Stop | None = None,
    ) -> Iterator[Answer]:
        """Yield the answer as it grows, the whole of it last; the extractive engine has it all at once.

        Args: as `ask`, and
            stop: Ends what the model does, from another thread, when it is set; the answer then ends where it is.

        Raises:
            QuestionError: The question cannot be taken as one.
            UsageError: A language model is asked for, and none is set up.
        """
        begin = time.perf_counter()
        if engine is Engine.LLM and self._model_engine is None:
            raise UsageError(texts.NO_MODEL)
        understood = self._reader.read(question, history)
        if self._register:
            understood = know_company(understood, self._register)
        model = self._model_engine if engine is Engine.LLM and not as_of else None
        if model and stop:
            model = replace(model, model=StoppableModel(model=model.model, stop=stop))
        if model and understood.standalone != understood.asked:
            understood = self._rewritten(understood, history, model)
        composer = Composer(self.library, self._today or date.today())
        draft, hits = self._respond(understood, as_of)
        draft = tell_company(draft, understood)
        answer = composer.compose(draft, understood, as_of)
        answers = (
            model.stream(Base(draft=draft, answer=answer, question=understood, hits=hits), composer)
            if model
            else (answer,)
        )
        is_masked = understood.asked != " ".join(question.split()) and "fjernet]" in understood.asked
        for part in answers:
            warnings = (*((texts.MASKED,) if is_masked else ()), *part.warnings, *self.notices)
            yield replace(part, warnings=warnings, latency_seconds=time.perf_counter() - begin)

    def _rewritten(self, understood: Understood, history: Sequence[Turn], model: ModelEngine) -> Understood:
        """Return a follow-up read as the model puts it, or as it was read where that is not to be trusted."""
        rewritten = rewrite_question(understood.asked, history, model.model, self.library.known)
        if not rewritten:
            return understood
        again = self._reader.read(rewritten, history)
        return replace(again, raw=understood.raw, asked=understood.asked, company=understood.company)

    def verify(self, text: str) -> VerifiedText:
        """Return the claims of a text, each supported, contradicted or not found in the sources.

        Raises:
            QuestionError: The text is empty or too long.
        """
        verifier = TextVerifier(
            library=self.library, retriever=self.retriever, reader=self._reader, likeness=self._likeness
        )
        return verifier.verify(text)

    def understand(self, question: str, history: Sequence[Turn] = ()) -> Understood:
        """Return the question understood, as `ask` works from it.

        Raises:
            QuestionError: The question cannot be taken as one.
        """
        return self._reader.read(question, history)

    def forget(self, history: Sequence[Turn], fact: Fact) -> tuple[Turn, ...]:
        """Return the talk as it would be had the user never told the fact; a turn that told nothing else is left empty."""
        return self._reader.forget(history, fact)

    def search(self, query: str, top_k: int = 20) -> list[Hit]:
        """Return the provisions that hold what is searched for, best first, in force or not.

        Raises:
            QuestionError: There is nothing in it to search for.
        """
        understood = self._reader.read(query, ())
        return self.retriever.retrieve(understood.text, understood.expanded, top_k)

    def searching(self, retriever: Retriever) -> "Assistant":
        """Return the same assistant with another search of the same library."""
        other = copy(self)
        other.retriever, other._search = retriever, replace(self._search, retriever=retriever)
        return other

    def writing_with(self, model: LanguageModel) -> "Assistant":
        """Return the same assistant with another language model."""
        other = copy(self)
        other._model_engine = ModelEngine(model=model, library=self.library, likeness=self._likeness)
        return other

    def evidence(self, understood: Understood) -> list[Hit] | None:
        """Return the hits that decide whether there is an answer, None when the question never comes to a search."""
        if any(respond(understood) for respond in self._before_search()) or understood.mentions:
            return None
        return self._search.find(understood)

    def _before_search(self) -> tuple[Callable[[Understood], Draft | None], ...]:
        library = self.library
        return (
            self._refuse,
            lambda question: answer_documents(question, library),
            lambda question: answer_absence(question, library),
            lambda question: answer_sick_leave(question, library, self._today or date.today()),
            lambda question: correct_premise(question, library),
            lambda question: answer_consequence(question, library),
            lambda question: answer_duty(question, library, self._industries),
            lambda question: answer_headcount(question, library),
            lambda question: answer_duties(question, library),
            lambda question: answer_definition(question, library),
        )

    def _refuse(self, question: Understood) -> Draft | None:
        return refuse(question, self._today or date.today())

    def _respond(self, question: Understood, as_of: date | None) -> tuple[Draft, Sequence[Hit]]:
        """Return what to say, and what the search found where it was asked."""
        # The corrections and verdicts are about today's law; of a day in the past only wording is told.
        for respond in (self._refuse,) if as_of else self._before_search():
            if draft := respond(question):
                return draft, ()
        search = replace(self._search, as_of=as_of)
        if draft := answer_address(question, self.library, search):
            return draft, ()
        hits = search.find(question)
        draft = answer_passage(question, hits, search)
        return draft or abstain(texts.NOT_ENOUGH.format(missing=texts.MISSING_SOURCE)), hits

    def provision(self, provision_id: str, kind: Kind) -> Provision:
        """Return a provision that an answer cites.

        Raises:
            UnknownProvision: There is none.
        """
        return self.library.find(provision_id, kind)


def _open_or_build(
    settings: Settings, library: Library, space: str | None, progress: Progress | None
) -> tuple[OpenIndex, bool]:
    """Return the index, built first when it does not fit the sources, and whether it is one of older sources all the same.

    An older one serves where a new one cannot be made, or would take hours.
    """
    folder, corpus_hash = settings.index_folder, fingerprint(library)
    old = None
    try:
        return open_index(folder, corpus_hash, space), False
    except IndexOutdatedError:
        old = open_index(folder, None, space)
        if len(library.known) - old.manifest.provisions > _MOST_AT_ONCE:
            return old, True
    except (IndexMissingError, IndexMismatchError) as reason:
        logger.info("building the index: %s", reason)
    try:
        rebuild_index(settings, library, progress)
        return open_index(folder, corpus_hash, space), False
    except IndexFailure as error:
        if old is not None:
            logger.error("the old index serves: %s", error)
            return old, True
        raise NotReadyError(
            f"Kan ikke lage indeksen i {folder}: {error.__cause__ or error}. "
            "Sjekk at disken har plass og at mappa kan skrives til, eller velg en annen med BHT_HOME."
        ) from error


def rebuild_index(
    settings: Settings, library: Library, progress: Progress | None = None, *, keep_old: bool = True
) -> None:
    """Build the index of the library in BHT_HOME.

    Args:
        settings: Where it lies.
        library: What to index.
        progress: Told of the stages.
        keep_old: Keep the index before it, which another process may still be reading; not after something was removed.

    Raises:
        IndexFailure: It could not be written; the old one, if any, still serves.
    """
    from index.bulk import BulkEngine  # only a build needs it

    embedder = load_serving_embedder()
    build_index(
        library,
        settings.index_folder,
        embedder,
        VectorCache(settings.cache),
        progress or (lambda stage, done, total: None),
        BulkEngine(cache=settings.cache) if embedder else None,
        keep_old=keep_old,
    )


def _make_speller(library: Library, retriever: Retriever) -> Speller:
    def corpus_texts() -> Iterator[str]:
        for document in library.core:
            for provision in document:
                yield provision.heading
                yield provision.text
                for segment in provision.segments:
                    yield from (question.text for question in segment.questions)

    def extra() -> Iterator[str]:
        for topic in library.outside:
            yield from topic.questions
        for misunderstanding in library.misunderstandings:
            yield from misunderstanding.variants
            yield misunderstanding.rule
        for term in library.glossary.terms:
            yield from [" ".join((term.term, *term.forms))] * 3
        for word in read_words():
            yield from [word.word] * 3

    return Speller(corpus_texts(), extra(), retriever.has_word)
