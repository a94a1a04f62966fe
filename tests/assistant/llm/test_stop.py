"""Ending a model's answer from another thread."""

import time
from collections.abc import Callable
from threading import Timer

from assistant.llm import LanguageModel, Message, Stop, StoppableModel
from tests.assistant.llm.script import Hang, Piece
from tests.assistant.llm.server import ModelServer

ASKED = [Message(role="user", content="Hei")]


def test_a_stop_ends_what_is_waited_for_and_what_comes_later(
    model_server: ModelServer, make_model: Callable[..., LanguageModel]
) -> None:
    """The server sees the client go at once, and the one who waits gets no error"""
    model_server.play([Piece(text="Ja."), Hang()])
    model, stop = make_model(llm_total_seconds=60.0), Stop()
    stoppable = StoppableModel(model=model, stop=stop)
    pieces = stoppable.stream(ASKED)
    assert next(pieces) == "Ja."
    begin = time.monotonic()
    Timer(0.2, stop.set).start()
    assert list(pieces) == []
    assert time.monotonic() - begin < 5
    assert model_server.wait_left()
    asked = len(model_server.requests)
    assert stoppable.complete(ASKED) == ""
    assert len(model_server.requests) == asked
    assert (stoppable.name, stoppable.host, stoppable.is_local) == (model.name, model.host, True)
