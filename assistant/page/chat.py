"""The handlers of the chat as plain functions: no Gradio here. All state is in the arguments, so users never meet."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from html import escape
from typing import Any, Protocol, TypedDict

from assistant.answer import Answer, Engine, Turn
from assistant.browse import Browser, Surroundings
from assistant.errors import AssistantError
from assistant.export import Exchange
from assistant.feedback import Rated
from assistant.llm import LanguageModel, Stop
from assistant.nynorsk import Language, say_html
from assistant.page import facts, message, panel, rating, texts
from assistant.page.watch import FAILED, OK, UNUSABLE
from assistant.verify.text import VerifiedText
from corpus.document import Kind, Provision
from corpus.errors import UnknownProvision
from corpus.library import Library
from index.hit import Hit

logger = logging.getLogger(__name__)

MAX_QUESTION_LENGTH = 2_000


class Assistant(facts.Understanding, Protocol):
    """What the page needs of the assistant."""

    library: Library
    notices: tuple[str, ...]

    def search(self, query: str, top_k: int = 20) -> list[Hit]:
        """Return the provisions that hold what is searched for, best first.

        Raises:
            QuestionError: There is nothing in it to search for.
        """
        ...

    @property
    def model(self) -> LanguageModel | None:
        """The language model that may write answers."""
        ...

    def stream(
        self,
        question: str,
        history: Sequence[Turn],
        as_of: date | None = None,
        engine: Engine = Engine.EXTRACTIVE,
        stop: Stop | None = None,
    ) -> Iterator[Answer]:
        """Yield the answer to the question that follows the history as it grows, the whole of it last.

        Raises:
            AssistantError: With a Norwegian sentence for the user.
        """
        ...

    def verify(self, text: str) -> VerifiedText:
        """Return the claims of a text with what the sources say of them.

        Raises:
            QuestionError: The text is empty or too long.
        """
        ...

    def provision(self, provision_id: str, kind: Kind) -> Provision:
        """Return a provision that an answer cites.

        Raises:
            KeyError: There is none of that id and kind.
        """
        ...


class Message(TypedDict):
    """One message of the talk, as it travels between the browser and the handlers.

    `content` is the plain text that goes into the history ("" for what is no part of it, such as an error and the question
    before it), `html` what is shown, `sources` the panel of an answer, `record` what is taken away of it, as JSON, and `facts`
    what was understood about the company when it was given.
    """

    role: str
    content: str
    html: str
    sources: str
    record: str
    facts: str


def make_message(
    role: str, html: str, *, content: str = "", sources: str = "", record: str = "", facts: str = ""
) -> Message:
    """Return a message of the talk."""
    return Message(role=role, content=content, html=html, sources=sources, record=record, facts=facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the page shows. None leaves a part as it is: the user may be typing. `rated` is the answer that `rating` asks about.

    The last view of an event says what became of it: `status`, one of HTTP's, and the outcome of an answer.
    """

    messages: list[Message] | None = None
    panel: str | None = None
    box: str | None = None
    notice: str | None = None
    rating: str | None = None
    rated: Rated | None = None
    status: int | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How an answer is to be written. `told` is said with it as a warning, "" nothing; setting `stop` ends what a model does.

    In another language than bokmål the answer is said to the reader; what goes into the history is as it was given.
    """

    engine: Engine = Engine.EXTRACTIVE
    stop: Stop | None = None
    told: str = ""
    language: Language = Language.BOKMAAL

    @property
    def by_model(self) -> bool:
        """Whether a language model writes."""
        return self.engine is Engine.LLM


_PLAIN = Writing()


def ask(
    assistant: Assistant,
    question: str | None,
    messages: Sequence[Mapping[str, Any]] | None,
    browser: Browser | None = None,
    writing: Writing = _PLAIN,
) -> Iterator[View]:
    """Yield the page while a question is answered: that it is being looked for, at once, and the answer; what a model writes as it grows.

    Each view costs the server several messages, so what is ready at once is shown bit by bit by the browser (page.css).

    Args:
        assistant: Who answers.
        question: What stands in the text box.
        messages: The talk so far, as the browser sent it.
        browser: What stands beside the provisions that are cited; nothing does when None.
        writing: Who writes the answer.
    """
    text = question.strip() if isinstance(question, str) else ""  # the browser may send anything
    if problem := find_problem(text):
        yield refuse(problem, writing.language)
        return
    talk = read_messages(messages)
    spoken = partial(say_html, language=writing.language)
    asked = make_message("user", spoken(message.render_question(text)), content=text)
    pending = make_message("assistant", spoken(message.render_pending(by_model=writing.by_model)))
    said = texts.WRITING if writing.by_model else texts.SEARCHING
    yield View(messages=[*talk, asked, pending], box="", notice=spoken(_status(said)), rating=rating.NOTHING)
    try:
        sources, turn = "", len(talk) + 1
        for answer in assistant.stream(text, read_history(talk), None, writing.engine, writing.stop):
            beside = find_beside(browser, answer)
            sources = spoken(panel.render_panel(answer, find_provisions(assistant, answer), turn, beside))
            if writing.by_model:
                html = spoken(message.render_partial(answer, turn))
                yield View(messages=[*talk, asked, make_message("assistant", html)], panel=sources)
        known = spoken(facts.render_facts(facts.read_facts(assistant, read_history([*talk, asked]))))
    except AssistantError as error:
        yield _failed(talk, asked, str(error), UNUSABLE, writing)
        return
    except Exception as error:  # the page is an entry point: whatever happens, the user gets a sentence
        logger.exception("Question not answered: %s", type(error).__name__)
        yield _failed(talk, asked, texts.UNEXPECTED_ERROR, FAILED, writing)
        return
    yield _answered([*talk, asked], _tell(answer, writing.told), sources, known, writing.language)


def stop_writing(
    assistant: Assistant,
    messages: Sequence[Mapping[str, Any]] | None,
    browser: Browser | None = None,
    language: Language = Language.BOKMAAL,
) -> Iterator[View]:
    """Yield the page while a question whose answer was stopped is answered without a model; nothing when none was under way.

    Args:
        assistant: Who answers.
        messages: The talk so far, as the browser sent it.
        browser: What stands beside the provisions that are cited.
        language: What the reader is answered in.
    """
    talk = read_messages(messages)
    if len(talk) > 1 and talk[-2]["content"] and not talk[-1]["content"]:
        writing = Writing(told=texts.STOPPED, language=language)
        yield from ask(assistant, talk[-2]["content"], talk[:-2], browser, writing)


def start_over(language: Language = Language.BOKMAAL) -> View:
    """Return the page as it was at first."""
    return View(messages=[], panel=say_html(panel.render_legend(), language), box="", notice="", rating=rating.NOTHING)


def refuse(problem: str, language: Language) -> View:
    """Return the page as it was, with what hinders the question by its box."""
    return View(notice=say_html(f'<p class="problem">{escape(problem)}</p>', language), status=UNUSABLE)


def find_problem(text: str) -> str:
    """Return what is wrong with a question, "" when nothing is."""
    if not text:
        return texts.EMPTY_QUESTION
    return texts.too_long(len(text), MAX_QUESTION_LENGTH) if len(text) > MAX_QUESTION_LENGTH else ""


def read_messages(rows: Sequence[Mapping[str, Any]] | None) -> list[Message]:
    """Return the messages that the browser sent back; whatever is no message is left out."""
    talk = []
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and row.get("role") in {"user", "assistant"}:
            fields = {key: row.get(key) for key in ("content", "html", "sources", "record", "facts")}
            texts_only = {key: value if isinstance(value, str) else "" for key, value in fields.items()}
            talk.append(Message(role=row["role"], **texts_only))  # type: ignore[typeddict-item]
    return talk


def read_history(talk: Sequence[Message]) -> tuple[Turn, ...]:
    """Return the turns of the talk: plain texts, without what failed."""
    return tuple(Turn(role=row["role"], content=row["content"]) for row in talk if row["content"])


def find_provisions(assistant: Assistant, answer: Answer) -> panel.Provisions:
    """Return the provisions that the answer cites; one that is missing is logged, and its quote is shown alone."""
    found = {}
    for citation in answer.citations:
        key = citation.provision_id, citation.kind
        if key in found:
            continue
        try:
            found[key] = assistant.provision(*key)
        except (KeyError, UnknownProvision):
            logger.warning("Cited provision is missing: %s (%s)", *key)
    return found


def find_beside(browser: Browser | None, answer: Answer) -> dict[str, Surroundings]:
    """Return what stands beside the provisions that the answer cites."""
    return {c.provision_id: browser.around(c.provision_id) for c in answer.citations} if browser else {}


def _tell(answer: Answer, told: str) -> Answer:
    return replace(answer, warnings=(told, *answer.warnings)) if told else answer


def _answered(talk: list[Message], answer: Answer, sources: str, known: str, language: Language) -> View:
    """Return the page with the whole answer."""
    content = answer.text or answer.follow_up_question or ""
    record = json.dumps(Exchange.of(answer).to_json(), ensure_ascii=False)
    html = message.render_answer(answer, len(talk), language)
    done = make_message("assistant", html, content=content, sources=sources, record=record, facts=known)
    badges = " ".join(f"{label}." for _, label in message.badge_labels(answer))
    notice = say_html(_status(texts.announce_answer(badges, len(answer.citations))), language)
    rated = Rated(question=talk[-1]["content"], history=read_history(talk[:-1]), answer=answer.to_json())
    asks = say_html(rating.render_ask(), language)
    told = View(messages=[*talk, done], panel=sources, notice=notice, rating=asks, rated=rated)
    return replace(told, status=OK, outcome=answer.outcome.value)


def _failed(talk: list[Message], asked: Message, reason: str, status: int, writing: Writing) -> View:
    """Return the talk with an error as its last message; neither it nor the question goes into the history."""
    question = make_message("user", asked["html"])
    error = make_message("assistant", say_html(message.render_error(reason), writing.language))
    return View(messages=[*talk, question, error], notice=say_html(_status(reason), writing.language), status=status)


def _status(text: str) -> str:
    return f'<p class="visually-hidden">{escape(text)}</p>'
