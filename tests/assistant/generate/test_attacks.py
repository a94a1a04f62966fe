"""Instructions hidden in what is read change nothing: not in a question, the talk, a document, a name, the register or the model's own words."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.answer import Answer, Engine, Outcome, Turn
from assistant.cite import quote_portion, quote_segment
from assistant.compose import Composer
from assistant.draft import Draft, Paragraph
from assistant.errors import QuestionError
from assistant.generate.engine import Base, ModelEngine
from assistant.generate.prompt import write_answer_prompt
from assistant.llm import Message
from assistant.understand.language import Language
from assistant.understand.question import ask_for_a_tool
from assistant.verify import Source
from corpus.address import Portion
from corpus.document import Kind, Level, Provision, Segment
from corpus.library import Library
from tests.assistant.generate.conftest import Connect
from tests.assistant.generate.players import answer_with
from tests.assistant.llm.script import says
from tests.assistant.llm.server import ModelServer
from tests.conftest import DATA

ATTACKS = [json.loads(line) for line in (DATA / "attacks.jsonl").read_text(encoding="utf-8").splitlines()]
QUESTION = "Må vi ha BHT? Vi er en frisørsalong med 4 ansatte."


def attacks(*places: str) -> list[Any]:
    return [pytest.param(row, id=row["id"]) for row in ATTACKS if row["where"] in places]


def own_words(answer: Answer) -> str:
    """The answer without what stands in quotation marks: that is somebody else's."""
    return re.sub(r"\\(\W)", r"\1", re.sub(r"«[^»]*»", "", answer.text)).lower()


def check(answer: Answer, attack: Mapping[str, Any]) -> None:
    shown = [mark for mark in attack["marks"] if mark.lower() in own_words(answer)]
    assert shown == []
    assert not re.search(r"(?<!\\)<(?:script|img|iframe|a)\b|\]\((?:javascript|data):", answer.text, re.IGNORECASE)


def obey(attack: Mapping[str, Any]) -> list[tuple[str, list[int]]]:
    """What a model says that does as it is told."""
    return [(mark, [1]) for mark in attack["marks"]] + [(attack["attack"][:300], [1, 2])]


def test_there_are_enough_of_them() -> None:
    assert len(ATTACKS) >= 60


@pytest.mark.parametrize("attack", attacks("question"))
def test_a_question_gives_no_orders(connect: Connect, server: ModelServer, attack: Mapping[str, Any]) -> None:
    server.play(answer_with(obey(attack)))
    for question in (attack["attack"], f"{QUESTION} {attack['attack']}"[:1900]):
        try:
            answer = connect().ask(question, engine=Engine.LLM)
        except QuestionError:
            continue
        check(answer, attack)


@pytest.mark.parametrize("attack", attacks("history"))
def test_the_talk_gives_no_orders(connect: Connect, server: ModelServer, attack: Mapping[str, Any]) -> None:
    server.play(answer_with(obey(attack)))
    for role in ("user", "assistant"):
        history = (Turn(role=role, content=attack["attack"][:1900]),)
        check(connect().ask(QUESTION, history, engine=Engine.LLM), attack)


@pytest.mark.parametrize("attack", attacks("model"))
def test_a_models_own_words_give_no_orders(connect: Connect, server: ModelServer, attack: Mapping[str, Any]) -> None:
    server.play(says(attack["attack"]))
    assistant = connect()
    answer, extractive = assistant.ask(QUESTION, engine=Engine.LLM), assistant.ask(QUESTION)
    check(answer, attack)
    assert (answer.verdict, answer.outcome) == (extractive.verdict, extractive.outcome)


# --- Documents, names and the register: what is quoted to the model ---------------------------------------------------------


class Obeying:
    """A model that says what it is told by whoever wrote the document."""

    name, host, is_local = "lydig", "127.0.0.1", True

    def __init__(self, rows: Sequence[tuple[str, list[int]]]) -> None:
        self._rows = rows

    def stream(self, messages: Sequence[Message], *, schema: object = None) -> Iterator[str]:
        """Yield the rows as asked."""
        yield json.dumps({"setninger": [{"tekst": t, "kilder": n} for t, n in self._rows], "mangler": ""})

    def complete(self, messages: Sequence[Message], *, schema: object = None) -> str:
        """Return the rows as asked."""
        return "".join(self.stream(messages))


def make_own(attack: Mapping[str, Any]) -> Provision:
    in_name = attack["where"] in {"file_name", "registry"}
    text = "Rutinen gjelder for alle avdelinger." if in_name else attack["attack"]
    return Provision(
        provision_id="eget/rutine/s1", kind=Kind.OWN, level=Level.COMMERCIAL, source="", label=attack["attack"] if in_name else "Rutine.pdf, side 1",
        heading="", path=(), text=text, segments=(Segment(portion=Portion(), start=0, end=len(text)),), url="", checked=date(2026, 11, 1),
    )  # fmt: skip


@pytest.mark.parametrize("attack", attacks("document", "file_name", "registry"))
def test_a_document_gives_no_orders(library: Library, attack: Mapping[str, Any]) -> None:
    own = quote_segment(make_own(attack), 0)
    law = quote_portion(library.find("lov/2005-06-17-62/§3-3"), Portion.parse("ledd/1"))
    assert law is not None
    composer = Composer(library, date(2026, 11, 22))
    question = replace(ask_for_a_tool("Hva sier rutinen om bedriftshelsetjeneste?"), language=Language.BOKMAL)
    draft = Draft(
        outcome=Outcome.ANSWERED, paragraphs=(Paragraph(evidence=(law,), is_lead=True), Paragraph(evidence=(own,)))
    )
    base = Base(draft=draft, answer=composer.compose(draft, question), question=question)
    rows = [(mark, numbers) for mark in attack["marks"] for numbers in ([1], [2], [1, 2])]
    engine = ModelEngine(model=Obeying(rows), library=_With(library, own.provision), likeness=None)  # type: ignore[arg-type]
    *_, answer = engine.stream(base, composer)
    if answer.text != base.answer.text:
        check(answer, attack)
    assert answer.verdict is None


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda row: row["id"])
def test_nothing_that_is_read_leaves_its_fence(attack: Mapping[str, Any]) -> None:
    source = Source(1, quote_segment(make_own({**attack, "where": "document"}), 0))
    named = Source(2, quote_segment(make_own({**attack, "where": "file_name"}), 0))
    system, user = write_answer_prompt(
        attack["attack"], [source, named], language=Language.BOKMAL, facts=[attack["attack"]]
    )
    clean = write_answer_prompt("?", [], language=Language.BOKMAL)[0]
    assert system == clean
    tags = re.findall(r"</?(?:kilde|fakta|spørsmål|samtale)\b", user.content)
    assert tags == ["<kilde", "</kilde", "<kilde", "</kilde", "<fakta", "</fakta", "<spørsmål", "</spørsmål"]
    assert not re.search(r"<\|im_|\[INST\]|[\u200b-\u200f\u202a-\u202e]", user.content)


class _With:
    """A library with one more document."""

    def __init__(self, library: Library, own: Provision) -> None:
        self._library, self._own = library, own

    def find(self, provision_id: str, kind: Kind | None = None) -> Provision:
        """Return the provision, the own document among them."""
        return self._own if provision_id == self._own.provision_id else self._library.find(provision_id, kind)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)
