"""Every way a server can fail ends in time, with one error that says what happened and what to do."""

import re
import socket
import time
from collections.abc import Callable
from threading import Thread

import pytest

from assistant.llm import (
    LanguageModel,
    Message,
    ModelBrokenError,
    ModelError,
    ModelRefusedError,
    ModelTimeoutError,
    ModelUnreachableError,
    load_language_model,
)
from tests.assistant.llm.conftest import make_settings
from tests.assistant.llm.script import Answer, Cut, End, Hang, Piece, Raw, Repeat, Step, fails, says
from tests.assistant.llm.server import MODEL, ModelServer, serving

QUESTION = (Message(role="user", content="Må vi ha BHT?"),)
STREAM = (("Content-Type", "text/event-stream"),)
FIRST, TOTAL = 0.4, 0.9
SLACK = 1.5  # what a slow machine takes beside the limits
Make = Callable[..., LanguageModel]


@pytest.fixture(scope="module", autouse=True)
def engine() -> None:
    """The engine is imported before time is taken."""
    with serving() as server:
        model = load_language_model(make_settings(server.url))
        assert model
        model.complete(QUESTION)


def ask(model: LanguageModel) -> tuple[str, ModelError]:
    """Return what came, and the error that it ended with."""
    came: list[str] = []
    with pytest.raises(ModelError) as caught:
        came.extend(model.stream(QUESTION))  # extend keeps what came before the error
    return "".join(came), caught.value


def data(text: str) -> Raw:
    return Raw(data=f"data: {text}\n\n".encode())


PING = Raw(data=b": ping\n\n")
ROLE = data('{"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": null}]}')


# --- Time ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "script",
    [
        pytest.param([Hang()], id="silence"),
        pytest.param([Answer(body=b"", headers=STREAM, delay=5)], id="silence before the status"),
        pytest.param([Repeat(steps=(PING,), pause=0.02)], id="signs of life for ever"),
        pytest.param([Repeat(steps=(ROLE,), pause=0.02)], id="empty chunks for ever"),
        pytest.param([Raw(data=b"data: " + b"x" * 1000, pause=0.05)], id="a byte at a time"),
        pytest.param([Piece(text="Ja.", delay=3), End()], id="a late first piece"),
    ],
)
def test_no_first_piece_in_time_ends_the_wait(script: list[Step], model_server: ModelServer, make_model: Make) -> None:
    model_server.play(script)
    begin = time.monotonic()
    came, error = ask(make_model(llm_first_seconds=FIRST, llm_total_seconds=TOTAL))
    assert FIRST <= time.monotonic() - begin < FIRST + SLACK
    assert came == ""
    assert isinstance(error, ModelTimeoutError)
    assert error.reason == "Språkmodellen svarte ikke innen 0,4 sekunder."
    assert model_server.wait_left(seconds=2)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param([Piece(text="Ja. "), Hang()], id="silence"),
        pytest.param([Piece(text="Ja. "), Repeat(steps=(PING,), pause=0.02)], id="signs of life for ever"),
        pytest.param([Piece(text="Ja. "), Raw(data=b"x" * 1000, pause=0.05)], id="a byte at a time"),
        pytest.param([Piece(text="Ja. "), Repeat(steps=(Piece(text="a"), Piece(text="b ")), pause=0.1)], id="a word now and then"),
        pytest.param([Piece(text="<think>Ja. "), Repeat(steps=(Piece(text="hm"),), pause=0.1)], id="thinking for ever"),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_end_in_time_is_ended(
    script: list[Step], model_server: ModelServer, make_model: Make
) -> None:
    model_server.play(script)
    begin = time.monotonic()
    _, error = ask(make_model(llm_first_seconds=FIRST, llm_total_seconds=TOTAL))
    assert TOTAL <= time.monotonic() - begin < TOTAL + SLACK
    assert isinstance(error, ModelTimeoutError)
    assert error.reason == "Språkmodellen ble ikke ferdig innen 0,9 sekunder."
    assert model_server.wait_left(seconds=2)


def test_a_server_that_takes_no_connection_is_given_up_in_time() -> None:
    """The queue of the socket is full: nobody answers, and nobody refuses."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        queued = []
        for _ in range(4):
            waiting = socket.socket()
            waiting.setblocking(False)
            waiting.connect_ex(listening.getsockname())
            queued.append(waiting)
        model = load_language_model(
            make_settings(f"http://127.0.0.1:{listening.getsockname()[1]}", llm_first_seconds=FIRST)
        )
        assert model
        begin = time.monotonic()
        _, error = ask(model)
        assert time.monotonic() - begin < FIRST + SLACK
        assert isinstance(error, ModelTimeoutError)
        for waiting in queued:
            waiting.close()


@pytest.mark.parametrize(("seconds", "words"), [(1.0, "1 sekund."), (10.0, "10 sekunder."), (0.5, "0,5 sekunder.")])
def test_the_limit_is_told_as_people_say_it(seconds: float, words: str) -> None:
    from assistant.llm.reasons import no_beginning

    assert no_beginning(seconds).reason == f"Språkmodellen svarte ikke innen {words}"


# --- No contact ----------------------------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_a_server_that_is_down_is_told_of_by_its_address() -> None:
    port = free_port()
    model = load_language_model(make_settings(f"http://127.0.0.1:{port}"))
    assert model
    begin = time.monotonic()
    came, error = ask(model)
    assert time.monotonic() - begin < 3
    assert (came, type(error)) == ("", ModelUnreachableError)
    assert error.reason == f"Får ikke kontakt med språkmodellen på 127.0.0.1:{port}."


def test_a_server_that_is_just_starting_is_tried_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as server:
        model = load_language_model(make_settings(server.url))
        assert model
        connect, refusals = socket.socket.connect, [ConnectionRefusedError()]

        def refuse_once(self: socket.socket, where: object) -> None:
            if refusals:
                raise refusals.pop()
            connect(self, where)  # type: ignore[arg-type]

        monkeypatch.setattr(socket.socket, "connect", refuse_once)
        assert model.complete(QUESTION) == "Hei."


def test_a_name_that_leads_out_of_the_own_network_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not one packet: the name is looked up, and that is all."""
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 80))]
    )
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it connected"))
    for url, host in (("http://ollama:80", "ollama:80"), ("http://localhost:80", "localhost:80")):
        model = load_language_model(make_settings(url))
        assert model
        _, error = ask(model)
        assert isinstance(error, ModelUnreachableError)
        assert error.reason == f"{host} ligger ikke på ditt eget nett, så ingenting er sendt ukryptert dit."


def test_an_unknown_name_is_no_contact(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    model = load_language_model(make_settings("https://finnes.example"))
    assert model
    assert ask(model)[1].reason == "Får ikke kontakt med språkmodellen på finnes.example."


def test_a_server_without_tls_is_no_contact_over_https(model_server: ModelServer) -> None:
    model = load_language_model(make_settings(model_server.url.replace("http:", "https:")))
    assert model
    assert isinstance(ask(model)[1], ModelUnreachableError)


# --- No ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "reason", "remedy"),
    [
        (fails(401, "Incorrect API key"), "godtok ikke nøkkelen", "BHT_LLM_KEY"),
        (fails(403), "godtok ikke nøkkelen", "BHT_LLM_KEY"),
        (fails(404), f"Fant ikke modellen «{MODEL}»", "BHT_LLM_MODEL"),
        (fails(429, Retry_After="7"), "for mange spørsmål", "Vent 7 sekunder"),
        (fails(429, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT"), "for mange spørsmål", "Vent litt"),
        (fails(429, Retry_After="9" * 40), "for mange spørsmål", "Vent litt"),
        (fails(400), "godtok ikke spørsmålet (kode 400)", "mindre|annen modell"),
        (fails(413), "godtok ikke spørsmålet (kode 413)", "for liten plass"),
        (fails(500), "en feil hos seg (kode 500)", "logg"),
        (fails(502), "en feil hos seg (kode 502)", "logg"),
        (fails(307, Location="http://127.0.0.1:1/v1/chat/completions"), "videre til et annet sted", "BHT_LLM_URL"),
        (fails(301, Location="https://example.com/"), "videre til et annet sted", "BHT_LLM_URL"),
        ([Answer(status=500, body=b"x" * 5_000_000)], "en feil hos seg", "logg"),
        ([Answer(status=204)], "kode 204", "modell"),
    ],
)  # fmt: skip
def test_a_no_is_told_with_a_remedy(
    script: list[Step], reason: str, remedy: str, model_server: ModelServer, make_model: Make
) -> None:
    model_server.play(script)
    came, error = ask(make_model())
    assert (came, type(error)) == ("", ModelRefusedError)
    assert reason in error.reason
    assert re.search(remedy, error.remedy)
    assert len(model_server.requests) == 1


def test_a_model_that_the_server_has_not_is_told_by_name(make_model: Make) -> None:
    assert "Fant ikke modellen «finnes-ikke»" in ask(make_model(llm_model="finnes-ikke"))[1].reason


def test_a_missing_key_is_told_as_missing(model_server: ModelServer, make_model: Make) -> None:
    from assistant.secret import Secret

    model_server.play(fails(401))
    assert "krever en nøkkel" in ask(make_model(llm_key=Secret()))[1].reason


def test_a_redirect_is_not_followed(model_server: ModelServer, make_model: Make) -> None:
    with serving() as elsewhere:
        model_server.play(fails(308, Location=f"{elsewhere.url}/chat/completions"))
        ask(make_model())
        assert elsewhere.requests == []


# --- Broken --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "came", "reason"),
    [
        pytest.param([Piece(text="Ja, "), Cut()], "Ja, ", "brutt av", id="cut"),
        pytest.param([Cut()], "", "brutt av", id="cut before anything"),
        pytest.param([Piece(text="Ja, ")], "Ja, ", "brutt av", id="no reason to end"),
        pytest.param([Piece(text="Ja, "), data("[DONE]")], "Ja, ", "brutt av", id="done without a reason"),
        pytest.param([data("[DONE]")], "", "brutt av", id="done at once"),
        pytest.param([End()], "", "svarte ingenting", id="empty"),
        pytest.param(says(" ", "\n", "\n"), "", "svarte ingenting", id="white space"),
        pytest.param(says("<think>Hm."), "", "svarte ingenting", id="nothing but thoughts"),
        pytest.param([Piece(text="Hm", field="reasoning_content"), End()], "", "svarte ingenting", id="thoughts in their field"),
        pytest.param([Piece(text="Ja, "), End(reason="length")], "Ja, ", "for langt", id="out of tokens"),
        pytest.param([Piece(text="Ja, "), End(reason="content_filter")], "Ja, ", "stoppet før", id="filtered"),
        pytest.param([End(reason="tool_calls")], "", "stoppet før", id="a tool"),
        pytest.param(says("Hm, la meg se. ", "</think>Ja."), "Hm, la meg se. ", "tankene", id="the end of a thought"),
        pytest.param([Piece(text="Ja, "), data("{kaos")], "Ja, ", "kunne ikke leses", id="no JSON"),
        pytest.param([data("[1, 2]")], "", "kunne ikke leses", id="a list"),
        pytest.param([data("7")], "", "kunne ikke leses", id="a number"),
        pytest.param([data('{"choices": 7}')], "", "kunne ikke leses", id="a number for the choices"),
        pytest.param([data('{"choices": [{"delta": {"content": 7}}]}')], "", "kunne ikke leses", id="a number for the text"),
        pytest.param([data('{"choices": [{"delta": {"content": ["a"]}}]}')], "", "kunne ikke leses", id="a list for the text"),
        pytest.param([data('{"choices": [{"delta": {"role": "konge", "content": "a"}}]}')], "", "kunne ikke leses", id="a role of its own"),
        pytest.param([data("[" * 20_000)], "", "kunne ikke leses", id="a deep list"),
        pytest.param([Raw(data=b"data: \xff\xfe\n\n")], "", "kunne ikke leses", id="no UTF-8"),
        pytest.param([Piece(text="Ja, "), data('{"error": {"message": "CUDA out of memory"}}')], "Ja, ", "kunne ikke leses", id="a fault in the middle"),
        pytest.param([Answer(body=b'{"choices": []}')], "", "kunne ikke leses", id="no stream"),
        pytest.param([Answer(body=b"<html>Hei</html>", headers=(("Content-Type", "text/html"),))], "", "kunne ikke leses", id="a web page"),
        pytest.param([Answer(body=b"x", headers=())], "", "kunne ikke leses", id="no content type"),
        pytest.param([Answer(body=b"\x1f\x8b", headers=(*STREAM, ("Content-Encoding", "gzip")))], "", "kunne ikke leses", id="packed"),
        pytest.param([Answer(body=b"", headers=STREAM)], "", "brutt av", id="no events"),
        pytest.param([Answer(body=b"", headers=(*STREAM, ("X-Long", "x" * 200_000)))], "", "brutt av", id="huge headers"),
        pytest.param([Raw(data=b"data: " + b"x" * 10_000_000)], "", "for langt", id="an event that does not end"),
        pytest.param([Raw(data=b"data: x\n" * 1_000_000)], "", "for langt", id="lines that do not end"),
        pytest.param([Repeat(steps=(Raw(data=b": ping\n\n" * 1000),))], "", "for langt", id="a flood"),
        pytest.param([Piece(text="abcdefghij" * 1000)], "", "for langt", id="a huge piece"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_after_what_came(
    script: list[Step], came: str, reason: str, model_server: ModelServer, make_model: Make
) -> None:
    model_server.play(script)
    begin = time.monotonic()
    actual, error = ask(make_model())
    assert time.monotonic() - begin < 4
    assert (actual, type(error)) == (came, ModelBrokenError)
    assert reason in error.reason
    assert len(model_server.requests) == 1


def test_a_reset_is_told_as_cut(model_server: ModelServer, make_model: Make) -> None:
    """What the server sent just before it may be lost; what came is kept."""
    model_server.play([Piece(text="Ja, "), Cut(reset=True)])
    came, error = ask(make_model())
    assert came in {"", "Ja, "}
    assert (type(error), "brutt av" in error.reason) == (ModelBrokenError, True)


@pytest.mark.parametrize(
    "loop",
    [
        (Piece(text="Det må dere. "),),
        (Piece(text="ja"),),
        (Piece(text="\n"),),
        (Piece(text="tenk ", field="reasoning_content"),),
        tuple(Piece(text=word) for word in ("Arbeidsgiver ", "skal ", "sørge ", "for ", "det. ")),
    ],
)  # fmt: skip
def test_a_model_that_goes_in_circles_is_cut(
    loop: tuple[Step, ...], model_server: ModelServer, make_model: Make
) -> None:
    model_server.play([Piece(text="Ja. "), Repeat(steps=loop)])
    came, error = ask(make_model())
    assert "gjentok seg" in error.reason
    assert len(came) < 1000
    assert model_server.wait_left(seconds=2)


def test_a_server_that_speaks_another_protocol_is_told_of() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            accepted, _ = listening.accept()
            with accepted:
                accepted.sendall(b"220 post.example ESMTP\r\n")
                accepted.recv(4096)

        thread = Thread(target=greet)
        thread.start()
        model = load_language_model(make_settings(f"http://127.0.0.1:{listening.getsockname()[1]}"))
        assert model
        assert isinstance(ask(model)[1], ModelBrokenError)
        thread.join()
