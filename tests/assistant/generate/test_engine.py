"""A model's prose in an answer: proven sentence by sentence, over a real connection."""

import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from assistant import texts
from assistant.answer import Answer, Engine, Outcome, Turn
from assistant.dialogue import Assistant
from assistant.errors import UsageError
from corpus.document import Verdict
from tests.assistant.generate.conftest import Connect, timed
from tests.assistant.generate.players import LIES, answer_with, honest, liar, lies_of, read_sources, true_rows
from tests.assistant.llm.script import Cut, End, Hang, Piece, Raw, Repeat, Script, Step, fails, says
from tests.assistant.llm.server import ModelServer

QUESTION = "Må vi ha BHT? Vi er en frisørsalong med 4 ansatte."
QUESTIONS = (
    QUESTION,
    "Må vi ha verneombud når vi er 7 ansatte?",
    "Stemmer det at BHT er pliktig først fra 20 ansatte?",
)


def ask(assistant: Assistant, question: str = QUESTION, engine: Engine = Engine.LLM) -> Answer:
    return assistant.ask(question, engine=engine)


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", re.sub(r"\\(\W)", r"\1", re.sub(r"(?<!\\)\[\d+\]", "", text))).strip().lower()


def without_time(answer: Answer) -> dict[str, Any]:
    return {**answer.to_json(), "latency_s": 0}


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_an_honest_model_says_is_shown_with_its_sources(
    connect: Connect, server: ModelServer, question: str
) -> None:
    server.play(honest)
    assistant = connect()
    answer, extractive = ask(assistant, question), ask(assistant, question, Engine.EXTRACTIVE)
    assert (answer.outcome, answer.verdict) == (extractive.outcome, extractive.verdict)
    for citation in answer.citations:
        text = assistant.provision(citation.provision_id, citation.kind).text
        assert text[citation.start : citation.end] == citation.quote
    rows = true_rows(server.requests[-1].body)
    shown = [sentence for sentence, _ in rows if plain(sentence) in plain(answer.text)]
    assert rows
    assert len(shown) >= 0.9 * len(rows)
    assert answer.warnings == extractive.warnings
    assert (answer.engine, extractive.engine) == (Engine.LLM, Engine.EXTRACTIVE)


@pytest.mark.parametrize("trick", LIES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_lie_is_shown(connect: Connect, server: ModelServer, trick: str, question: str) -> None:
    server.play(liar(trick))
    assistant = connect()
    answer, extractive = ask(assistant, question), ask(assistant, question, Engine.EXTRACTIVE)
    said = [plain(sentence) for sentence, _ in lies_of(trick, server.requests[-1].body)]
    quotes = [plain(citation.quote) for citation in answer.citations]
    shown = [s for s in said if s in plain(answer.text) and not any(s in quote for quote in quotes)]
    assert shown == []
    assert (answer.outcome, answer.verdict) == (extractive.outcome, extractive.verdict)
    assert (texts.MODEL_UNPROVEN in answer.warnings) <= (answer.engine is Engine.EXTRACTIVE)
    if said:
        assert texts.MODEL_UNPROVEN in answer.warnings or any("språkmodellen" in warning for warning in answer.warnings)


def test_a_sentence_that_fails_is_replaced_by_its_sources_own(connect: Connect, server: ModelServer) -> None:
    def half(body: Mapping[str, Any]) -> list[Step]:
        (text, number), *_ = true_rows(body)
        last = len(read_sources(body))
        return answer_with([(text, number), ("Dere må alltid sende 99 skjemaer til politiet.", [last])])

    server.play(half)
    answer = ask(connect(), QUESTIONS[1])
    assert "99" not in answer.text
    assert any(re.search("byttet ut|utelatt", warning) for warning in answer.warnings)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        pytest.param(fails(429), "opptatt|mange", id="429"),
        pytest.param(fails(500), "feil|svar", id="500"),
        pytest.param(fails(401), "nøkkel|tilgang", id="401"),
        pytest.param([Piece(text='{"setninger": [{"tekst": "Verne'), Cut()], "", id="half a stream"),
        pytest.param([Raw(data=b"data: {garbage\n\n"), End()], "", id="broken JSON of the protocol"),
        pytest.param(says('{"svar": "Ja"}'), "", id="another form"),
        pytest.param(says(""), "", id="empty"),
        pytest.param([Hang()], "sekund", id="hangs"),
        pytest.param([Repeat(steps=(Piece(text="Dere må ha BHT. "),)), End()], "", id="endless"),
    ],
)
def test_a_model_that_fails_leaves_the_extractive_answer(
    connect: Connect, server: ModelServer, script: Script, said: str
) -> None:
    server.play(script)
    assistant = connect(llm_first_seconds=0.6, llm_total_seconds=2.0)
    extractive = ask(assistant, engine=Engine.EXTRACTIVE)
    with timed(4.0):
        answer = ask(assistant)
    assert (answer.text, answer.citations, answer.verdict) == (
        extractive.text,
        extractive.citations,
        extractive.verdict,
    )
    (warning,) = set(answer.warnings) - set(extractive.warnings)
    assert re.search(said, warning.lower())
    assert "\n" not in warning


def test_a_server_that_is_down_leaves_the_extractive_answer(connect: Connect, server: ModelServer) -> None:
    server.url = "http://127.0.0.1:9/v1"
    assistant = connect(llm_first_seconds=0.6, llm_total_seconds=2.0)
    assert ask(assistant).text == ask(assistant, engine=Engine.EXTRACTIVE).text


def test_the_first_sentence_is_shown_while_the_model_writes_the_next(connect: Connect, server: ModelServer) -> None:
    def slow(body: Mapping[str, Any]) -> list[Step]:
        rows = true_rows(body)[:2]
        first, second = (json.dumps({"tekst": t, "kilder": n}, ensure_ascii=False) for t, n in rows)
        return [Piece(text=f'{{"setninger": [{first}, '), Piece(text=f'{second}], "mangler": ""}}', delay=1.5), End()]

    server.play(slow)
    stream = connect().stream(QUESTIONS[2], engine=Engine.LLM)
    begin = time.perf_counter()
    part = next(stream)
    assert time.perf_counter() - begin < 1.3
    assert part.citations
    *_, whole = stream
    assert len(whole.text) > len(part.text)


def test_whoever_stops_listening_ends_the_models_work(connect: Connect, server: ModelServer) -> None:
    def endless(body: Mapping[str, Any]) -> list[Step]:
        (text, numbers), *_ = true_rows(body)
        row = json.dumps({"tekst": text, "kilder": numbers}, ensure_ascii=False)
        return [Piece(text=f'{{"setninger": [{row}, {{"tekst": "'), Repeat(steps=(Piece(text="ord "),), pause=0.01)]

    server.play(endless)
    stream = connect().stream(QUESTION, engine=Engine.LLM)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert server.wait_left()


def test_the_same_question_gives_the_same_answer(connect: Connect, server: ModelServer) -> None:
    server.play(honest)
    assistant = connect()
    assert without_time(ask(assistant)) == without_time(ask(assistant))
    assert all(request.body["temperature"] == 0 for request in server.requests)


@pytest.mark.parametrize("question", ["Må vi ha BHT?", "Hvem vant cupfinalen i 1998?", "Hvilken medisin bør jeg ta?"])
def test_the_model_is_not_asked_where_there_is_nothing_to_say(
    connect: Connect, server: ModelServer, question: str
) -> None:
    server.play(honest)
    answer = ask(connect(), question)
    assert answer.outcome in {Outcome.ASKS_BACK, Outcome.ABSTAINED}
    assert server.requests == []


def test_nothing_is_sent_unless_the_model_is_asked_for(connect: Connect, server: ModelServer) -> None:
    server.play(honest)
    ask(connect(), engine=Engine.EXTRACTIVE)
    assert server.requests == []


def test_personal_data_never_reach_the_model(connect: Connect, server: ModelServer) -> None:
    server.play(honest)
    ask(connect(), f"{QUESTION} Ring meg på 91 23 45 67 eller kari@eksempel.no, fødselsnummer 01018012345.")
    sent = json.dumps(server.requests[-1].body, ensure_ascii=False)
    assert not re.search(r"91 ?23 ?45 ?67|kari@|01018012345", sent)


def test_a_model_must_be_set_up_to_be_asked(bare: Assistant) -> None:
    with pytest.raises(UsageError, match="BHT_LLM_URL"):
        bare.ask(QUESTION, engine=Engine.LLM)


def test_a_follow_up_may_be_put_by_the_model(connect: Connect, server: ModelServer) -> None:
    history = (
        Turn(role="user", content="Må vi ha verneombud når vi er 7 ansatte?"),
        Turn(role="assistant", content="Ja. Hver virksomhet skal ha verneombud."),
    )

    def model(body: Mapping[str, Any]) -> Sequence[Step]:
        if "<samtale>" in body["messages"][-1]["content"]:
            return says('{"spørsmål": "Må vi ha verneombud når vi er 3 ansatte?"}')
        return honest(body)

    server.play(model)
    answer = connect().ask("og med 3?", history, engine=Engine.LLM)
    assert answer.standalone_question == "Må vi ha verneombud når vi er 3 ansatte?"
    assert answer.question == "og med 3?"
    assert answer.verdict is Verdict.DEPENDS


def test_a_rewriting_that_asks_something_else_is_not_used(connect: Connect, server: ModelServer) -> None:
    history = (
        Turn(role="user", content="Må vi ha verneombud når vi er 7 ansatte?"),
        Turn(role="assistant", content="Ja. Hver virksomhet skal ha verneombud."),
    )
    server.play(says('{"spørsmål": "Må vi ha AMU når vi er 500 ansatte?"}'))
    assistant = connect()
    plain_answer = assistant.ask("og med 3?", history)
    answer = assistant.ask("og med 3?", history, engine=Engine.LLM)
    assert answer.standalone_question == plain_answer.standalone_question


def test_what_a_model_writes_is_escaped(connect: Connect, server: ModelServer) -> None:
    def marked(body: Mapping[str, Any]) -> list[Step]:
        (text, numbers), *_ = true_rows(body)
        return answer_with([(f"<b>*{text}*</b>", numbers)])

    server.play(marked)
    answer = ask(connect())
    assert "<b>" not in answer.text.replace("\\<b\\>", "")
    assert replace(answer, text="").citations
