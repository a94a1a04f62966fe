"""A model on a server: what is asked of it, what comes of it, and how an answer is cut short."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import SettingsError
from assistant.llm import LanguageModel, Message, ModelError, ModelRefusedError, load_language_model
from assistant.settings import Settings
from tests.assistant.cli.run import run_python
from tests.assistant.llm.conftest import KEY, make_settings
from tests.assistant.llm.script import Cut, End, Hang, Piece, Raw, Repeat, Step, fails, refusing_schema, says
from tests.assistant.llm.server import DIALECTS, MODEL, Dialect, ModelServer, serving

QUESTION = (Message(role="system", content="Svar kort."), Message(role="user", content="Må vi ha BHT? Æ, ø, å."))
SCHEMA = {"type": "object", "properties": {"answer": {"type": "string"}}, "required": ["answer"]}
Make = Callable[..., LanguageModel]


# --- Off and on ----------------------------------------------------------------------------------------------------------------


def test_there_is_no_model_until_an_address_is_set() -> None:
    assert load_language_model(Settings(home=Path("a"), cache=Path("b"))) is None
    assert load_language_model(make_settings("")) is None


def test_an_address_without_a_model_is_refused() -> None:
    with pytest.raises(SettingsError, match="BHT_LLM_MODEL"):
        load_language_model(make_settings("http://127.0.0.1:1", llm_model=""))


def test_an_address_that_was_not_checked_before_is_checked() -> None:
    with pytest.raises(SettingsError, match="ukryptert"):
        load_language_model(make_settings("http://api.example.com"))


def test_nothing_is_sent_before_the_first_piece_is_asked_for(model_server: ModelServer, make_model: Make) -> None:
    model = make_model()
    stream = model.stream(QUESTION)
    assert model_server.requests == []
    assert next(stream) == "Hei."
    assert len(model_server.requests) == 1


def test_a_model_says_what_it_is_called_and_where_the_text_goes(model_server: ModelServer, make_model: Make) -> None:
    model = make_model()
    assert (model.name, f"http://{model.host}/v1", model.is_local) == (MODEL, model_server.url, True)


def test_reading_the_settings_imports_nothing_heavy() -> None:
    """Most commands start in a blink, and never ask a model."""
    code = "import sys, assistant.settings; print(sorted({'httpx', 'httpcore', 'llama_index', 'openai'} & set(sys.modules)))"
    assert run_python("-c", code).out.strip() == "[]"


# --- What is asked and what comes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_server_is_understood(dialect: Dialect) -> None:
    with serving(dialect) as server:
        model = load_language_model(make_settings(server.url))
        assert model
        server.play(says("Ja, ", "det må ", "dere: § 3-3 «æøå» 😀."))
        assert list(model.stream(QUESTION)) == ["Ja, ", "det må ", "dere: § 3-3 «æøå» 😀."]
        assert model.complete(QUESTION) == "Ja, det må dere: § 3-3 «æøå» 😀."


def test_what_is_asked_is_the_same_every_time(model_server: ModelServer, make_model: Make) -> None:
    model = make_model()
    for _ in range(2):
        model.complete(QUESTION, schema=SCHEMA)
    first, second = model_server.requests
    assert first.body == second.body
    assert first.path == "/v1/chat/completions"
    assert first.body["messages"] == [{"role": m.role, "content": m.content} for m in QUESTION]
    assert (first.body["temperature"], first.body["max_tokens"], first.body["stream"]) == (0, 200, True)
    assert isinstance(first.body["seed"], int)
    assert first.body["response_format"]["json_schema"]["schema"] == SCHEMA


def test_a_model_can_be_played_that_reads_what_it_is_told(model_server: ModelServer, make_model: Make) -> None:
    def parrot(request: Mapping[str, Any]) -> Sequence[Step]:
        return says(*request["messages"][-1]["content"].split(" "))

    model_server.play(parrot)
    assert make_model().complete(QUESTION) == QUESTION[1].content.replace(" ", "")


def test_pieces_come_as_they_are_said(model_server: ModelServer, make_model: Make) -> None:
    model_server.play([Piece(text="Ja."), Piece(text=" Nei.", delay=1.5), End()])
    stream = make_model().stream(QUESTION)
    next(stream)  # the first of all imports the engine, which takes its time
    stream.close()
    begin = time.monotonic()
    stream = make_model().stream(QUESTION)
    assert next(stream) == "Ja."
    assert time.monotonic() - begin < 1.2
    assert next(stream) == " Nei."
    assert time.monotonic() - begin >= 1.5


def test_an_answer_is_over_when_the_model_says_so(model_server: ModelServer, make_model: Make) -> None:
    """The server may go on, or hang, behind the end."""
    model_server.play([Piece(text="Ja."), End(done=False), Hang()])
    assert make_model().complete(QUESTION) == "Ja."


def test_an_unusual_reason_to_end_is_an_end(model_server: ModelServer, make_model: Make) -> None:
    model_server.play([Piece(text="Ja."), End(reason="eos")])
    assert make_model().complete(QUESTION) == "Ja."


def test_thoughts_are_left_out_of_the_answer(model_server: ModelServer, make_model: Make) -> None:
    thoughts = [Piece(text="Hm, ", field="reasoning_content"), Piece(text="50?", field="reasoning")]
    model_server.play([*thoughts, *says("<th", "ink>Hm, ", "nei</thi", "nk>\n", "\nJa", ".")])
    assert make_model().complete(QUESTION) == "Ja."


def test_thoughts_count_as_a_beginning(model_server: ModelServer, make_model: Make) -> None:
    """A model that thinks for long has answered within the limit for the first piece; the limit for the whole holds."""
    for field, end in (("reasoning_content", ""), ("content", "</think>")):
        begin = [Piece(text="<think>")] if end else []
        thinking = [Piece(text=f"tanke {n}. ", field=field, delay=0.1) for n in range(9)]
        model_server.play([*begin, *thinking, *says(f"{end}Ja.")])
        assert make_model(llm_first_seconds=0.7).complete(QUESTION) == "Ja."


def test_many_may_ask_at_once(model_server: ModelServer, make_model: Make) -> None:
    model_server.play(lambda request: says(*request["messages"][-1]["content"], delay=0.005))
    model, answers = make_model(), {}

    def ask(text: str) -> None:
        answers[text] = model.complete([Message(role="user", content=text)])

    texts = [f"spørsmål nummer {n}" for n in range(20)]
    threads = [threading.Thread(target=ask, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {text: text for text in texts}


# --- A schema, and a second attempt --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 422])
def test_a_server_without_schemas_is_asked_once_more_and_never_again(
    status: int, model_server: ModelServer, make_model: Make
) -> None:
    model_server.play(refusing_schema(says("Ja."), status))
    model = make_model()
    assert model.complete(QUESTION, schema=SCHEMA) == "Ja."
    with_schema, without = (request.body for request in model_server.requests)
    assert {**without, "response_format": with_schema["response_format"]} == with_schema
    assert model.complete(QUESTION, schema=SCHEMA) == "Ja."
    assert len(model_server.requests) == 3
    assert make_model().complete(QUESTION, schema=SCHEMA) == "Ja."
    assert len(model_server.requests) == 5


def test_what_is_refused_with_and_without_a_schema_says_nothing_of_schemas(
    model_server: ModelServer, make_model: Make
) -> None:
    model = make_model()
    model_server.play(fails(400, "prompt is too long"))
    with pytest.raises(ModelRefusedError):
        model.complete(QUESTION, schema=SCHEMA)
    assert len(model_server.requests) == 2
    model_server.play(says("Ja."))
    model.complete(QUESTION, schema=SCHEMA)
    assert "response_format" in model_server.requests[-1].body


def test_other_refusals_of_a_schema_are_not_tried_again(model_server: ModelServer, make_model: Make) -> None:
    model_server.play(fails(500))
    with pytest.raises(ModelRefusedError):
        make_model().complete(QUESTION, schema=SCHEMA)
    assert len(model_server.requests) == 1


def test_a_server_that_is_busy_is_asked_once_more(model_server: ModelServer, make_model: Make) -> None:
    model_server.play(fails(503), says("Ja."))
    assert make_model().complete(QUESTION) == "Ja."
    model_server.play(fails(503), fails(503), says("Ja."))
    with pytest.raises(ModelRefusedError, match="ikke klar"):
        make_model().complete(QUESTION)
    assert len(model_server.requests) == 4


# --- Cut short -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "script",
    [
        pytest.param([Piece(text="Ja. "), Hang()], id="silence"),
        pytest.param([Piece(text="Ja. "), Repeat(steps=(Raw(data=b": ping\n\n"),), pause=0.02)], id="signs of life"),
        pytest.param([Piece(text="Ja. "), Repeat(steps=(Piece(text="mer "),), pause=0.02)], id="more text"),
    ],
)
def test_closing_the_stream_closes_the_connection_at_once(
    script: list[Step], model_server: ModelServer, make_model: Make
) -> None:
    model_server.play(script)
    stream = make_model().stream(QUESTION)
    assert next(stream) == "Ja. "
    stream.close()
    assert model_server.wait_left(seconds=2)
    assert list(stream) == []


def test_a_stream_that_nobody_holds_any_more_is_closed(model_server: ModelServer, make_model: Make) -> None:
    model_server.play([Piece(text="Ja. "), Hang()])
    stream = make_model().stream(QUESTION)
    next(stream)
    del stream
    assert model_server.wait_left(seconds=2)


def test_a_stream_within_a_generator_is_closed_with_it(model_server: ModelServer, make_model: Make) -> None:
    def shout() -> Any:
        yield from make_model().stream(QUESTION)

    model_server.play([Piece(text="Ja. "), Hang()])
    around = shout()
    next(around)
    around.close()
    assert model_server.wait_left(seconds=2)


@pytest.mark.parametrize(
    "script", [[Hang()], [Piece(text="Ja. "), Hang()], [Raw(data=b": ping\n\n", pause=0.3), Hang()]]
)
def test_another_thread_can_close_while_one_waits(
    script: list[Step], model_server: ModelServer, make_model: Make
) -> None:
    model_server.play(script)
    stream, got = make_model().stream(QUESTION), []
    reader = threading.Thread(target=lambda: got.extend(stream))
    reader.start()
    while not model_server.requests:
        time.sleep(0.01)
    time.sleep(0.1)
    begin = time.monotonic()
    stream.close()
    reader.join()
    assert time.monotonic() - begin < 2.5
    assert got in ([], ["Ja. "])
    assert model_server.wait_left(seconds=2)


def test_a_stream_that_was_closed_sends_nothing(model_server: ModelServer, make_model: Make) -> None:
    stream = make_model().stream(QUESTION)
    stream.close()
    assert list(stream) == []
    assert model_server.requests == []


def test_no_thread_and_no_connection_is_left_behind(model_server: ModelServer, make_model: Make) -> None:
    before = threading.active_count()
    scripts = [says("Ja."), [Piece(text="Ja."), Cut()], [Piece(text="Ja. "), Hang()], fails(500)]
    for script in scripts:
        model_server.play(script)
        stream = make_model(llm_total_seconds=0.5, llm_first_seconds=0.5).stream(QUESTION)
        try:
            next(stream)
        except ModelError:
            continue
        stream.close()
    end = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < end:
        time.sleep(0.01)
    assert threading.active_count() == before
    assert KEY not in repr(stream)
