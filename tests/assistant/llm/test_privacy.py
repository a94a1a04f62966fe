"""What leaves the machine, and what never does: the key is in one header, the question in one body, and both go to one place."""

import json
import logging
import pickle
import socket
from collections.abc import Callable, Iterator
from dataclasses import asdict

import pytest

from assistant.llm import LanguageModel, Message, ModelError
from assistant.secret import Secret
from tests.assistant.llm.conftest import KEY, make_settings
from tests.assistant.llm.script import Answer, Cut, Piece, Raw, fails, says
from tests.assistant.llm.server import ModelServer, serving

WORDS = "Må vi ha BHT når Kari er sykmeldt?"
QUESTION = (Message(role="user", content=WORDS),)
ECHO = f"Incorrect API key provided: {KEY}. You asked: {WORDS}"
Make = Callable[..., LanguageModel]

SCRIPTS = [
    says("Ja."),
    fails(401, ECHO),
    fails(500, ECHO),
    fails(400, ECHO),
    [Answer(body=ECHO.encode())],
    [Raw(data=b"data: " + json.dumps({"error": {"message": ECHO}}).encode() + b"\n\n")],
    [Raw(data=b"data: {" + ECHO.encode() + b"\n\n")],
    [Piece(text="Ja"), Cut()],
]


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Every address that is connected to or looked up."""
    seen: list[object] = []
    for owner, name in ((socket.socket, "connect"), (socket.socket, "connect_ex"), (socket.socket, "sendto")):
        real = getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda self, *a, _real=real: seen.append(a[-1]) or _real(self, *a))
    real_look_up = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: seen.append(a[:2]) or real_look_up(*a, **k))
    return seen


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_key_is_in_one_header_and_nowhere_else(
    script: list[object], model_server: ModelServer, make_model: Make, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor is the question logged, at any level, whatever the server makes of it."""
    caplog.set_level(logging.DEBUG)
    model_server.play(script)  # type: ignore[arg-type]
    model = make_model()
    shown = [repr(model), str(model)]
    try:
        shown.append(model.complete(QUESTION))
    except ModelError as error:
        below: BaseException | None = error
        while below is not None:
            shown += [str(below), repr(below), repr(vars(below))]
            below = below.__cause__ or below.__context__
    (request,) = model_server.requests
    assert request.headers["authorization"] == f"Bearer {KEY}"
    others = {name: value for name, value in request.headers.items() if name != "authorization"}
    assert KEY not in f"{others} {request.path} {request.body}"
    for text in [*shown, caplog.text]:
        assert KEY not in text
        assert WORDS not in text


def test_the_key_does_not_show_in_settings() -> None:
    settings = make_settings("http://127.0.0.1:1")
    shown = [
        repr(settings),
        str(settings),
        repr(asdict(settings)),
        f"{settings.llm_key}",
        "%s %r" % ((settings.llm_key,) * 2),
    ]
    shown.append(json.dumps(asdict(settings), default=str))
    assert not any(KEY in text for text in shown)
    assert settings.llm_key.reveal() == KEY


def test_the_key_is_not_pickled() -> None:
    """What is handed to another process, or kept, takes no key along."""
    with pytest.raises(TypeError, match="Secret"):
        pickle.dumps(make_settings("http://127.0.0.1:1"))


def test_nothing_is_sent_but_what_is_needed(
    model_server: ModelServer, make_model: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the system and its versions, and nothing that is in the environment for another program."""
    for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID"):
        monkeypatch.setenv(f"OPENAI_{name}", f"annet-{name}")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Annet: annet-header")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/annet")
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/annet")
    make_model(llm_key=Secret()).complete(QUESTION)
    (request,) = model_server.requests
    expected = {"host", "content-type", "content-length", "accept", "accept-encoding", "user-agent", "connection"}
    assert set(request.headers) == expected
    assert request.headers["user-agent"] == "bht-assistenten"
    assert "annet" not in f"{request}"


def test_no_proxy_of_the_environment_gets_the_question(
    model_server: ModelServer, make_model: Make, monkeypatch: pytest.MonkeyPatch, connections: list[object]
) -> None:
    with serving() as proxy:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        assert make_model().complete(QUESTION) == "Hei."
        assert proxy.requests == []
        port = int(proxy.url.split(":")[2].split("/")[0])
        assert ("127.0.0.1", port) not in connections


def test_no_connection_leaves_the_machine(make_model: Make, connections: list[object]) -> None:
    make_model().complete(QUESTION)
    assert connections
    assert {address[0] for address in connections if isinstance(address, tuple)} == {"127.0.0.1"}
