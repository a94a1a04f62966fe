"""A model server for the tests: real HTTP on loopback, the OpenAI protocol as three servers speak it, and every way to fail.

    with serving("ollama") as server:
        server.play(says("Ja, ", "det må dere."))

A script is a list of steps, or a function from the request (as JSON) to one, so that a test can play a model that reads what it is
told. Scripts are played one a request; the last is played again for every request after it.
"""

import json
import select
import socket
import ssl
import struct
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Event, Thread
from typing import Any, Literal

from tests.assistant.llm.script import Answer, Cut, End, Hang, Piece, Raw, Repeat, Script, Step, fails, says

Dialect = Literal["openai", "ollama", "llamacpp"]
DIALECTS: tuple[Dialect, ...] = ("openai", "ollama", "llamacpp")
MODEL = "norsk-modell"
_WAKE_SECONDS = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the server was asked. The names of headers are in lower case."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]


@dataclass
class ModelServer:
    """The running server. `requests` is what it was asked, `left` counts clients that went before the script was over."""

    dialect: Dialect
    url: str = ""
    requests: list[Request] = field(default_factory=list)
    left: int = 0
    stopping: Event = field(default_factory=Event)
    _scripts: list[Script] = field(default_factory=lambda: [says("Hei.")])
    _changed: Condition = field(default_factory=Condition)

    def play(self, *scripts: Script) -> None:
        """Play these from the next request on."""
        self._scripts = list(scripts)

    def next_steps(self, request: Request) -> Sequence[Step]:
        """Return what to do about a request."""
        with self._changed:
            self.requests.append(request)
            script = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
        if request.body.get("model") != MODEL:
            return fails(404, "model not found")
        return script(request.body) if callable(script) else script

    def note_left(self) -> None:
        """A client has gone."""
        with self._changed:
            self.left += 1
            self._changed.notify_all()

    def wait_left(self, count: int = 1, seconds: float = 5) -> bool:
        """Return whether so many clients have gone, waiting for it."""
        with self._changed:
            return self._changed.wait_for(lambda: self.left >= count, seconds)

    def chunk(self, delta: Mapping[str, Any] | None, reason: str | None = None) -> bytes:
        """Return one event of the stream, as this server writes it; None is the last chunk, that tells of tokens."""
        common: dict[str, Any] = {"object": "chat.completion.chunk", "created": 1_790_000_000, "model": MODEL}
        choice = {"index": 0, "delta": dict(delta or {}), "finish_reason": reason}
        if self.dialect == "ollama":  # every chunk names the role; the one that ends has empty content
            common |= {"id": "chatcmpl-311", "system_fingerprint": "fp_ollama"}
            choice["delta"] = {"role": "assistant", "content": "", **choice["delta"]}
        elif self.dialect == "llamacpp":  # a fuller last chunk, and a build number
            common |= {"id": "chatcmpl-Qq8", "system_fingerprint": "b6000-1a2b3c4"}
        else:  # padding, and log probabilities that are null
            common |= {
                "id": "chatcmpl-C1",
                "service_tier": "default",
                "system_fingerprint": None,
                "obfuscation": "x7Qa",
            }
            choice["logprobs"] = None
        event = (
            {**common, "choices": [choice]}
            if delta is not None
            else {**common, "choices": [], "usage": {"prompt_tokens": 12, "total_tokens": 19}}
        )
        if delta is None and self.dialect == "llamacpp":
            event["timings"] = {"prompt_n": 12, "predicted_n": 7}
        return b"data: " + json.dumps(event, ensure_ascii=self.dialect == "openai").encode() + b"\n\n"


class _ClientLeft(Exception):
    """Nobody listens any more."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    model_server: ModelServer

    def do_GET(self) -> None:
        listed = json.dumps({"object": "list", "data": [{"id": MODEL, "object": "model"}]})
        self._send_whole(Answer(body=listed.encode()))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        steps = self.model_server.next_steps(Request(path=self.path, headers=headers, body=body))
        self.close_connection = True
        try:
            if self.path != "/v1/chat/completions":
                self._send_whole(Answer(status=404, body=b"404 page not found"))
            elif isinstance(steps[0], Answer):
                self._send_whole(steps[0])
            elif body.get("stream"):
                self._stream(steps)
            else:
                self._send_whole(Answer(body=_whole_answer(steps)))
        except (OSError, _ClientLeft):
            self.model_server.note_left()

    def _send_whole(self, answer: Answer) -> None:
        self._wait(answer.delay)
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Connection", "close")
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def _stream(self, steps: Sequence[Step]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if self.model_server.dialect != "ollama":  # a first chunk with the role alone
            content = None if self.model_server.dialect == "llamacpp" else ""
            self._write(self.model_server.chunk({"role": "assistant", "content": content}))
        for step in steps:
            self._do(step)
        self.wfile.write(b"0\r\n\r\n")

    def _do(self, step: Step) -> None:
        match step:
            case Piece():
                self._wait(step.delay)
                self._write(self.model_server.chunk({step.field: step.text}))
            case End():
                self._write(self.model_server.chunk({}, step.reason))
                if step.done:
                    self._write(self.model_server.chunk(None) + b"data: [DONE]\n\n")
            case Raw():
                self._write_raw(step)
            case Repeat():
                while True:
                    self._wait(step.pause)
                    for inner in step.steps:
                        self._do(inner)
            case Hang():
                self._wait(float("inf"))
            case Cut():
                self._cut(step)

    def _cut(self, step: Cut) -> None:
        if step.reset:  # without lingering
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        raise _ClientLeft

    def _write_raw(self, step: Raw) -> None:
        for part in [step.data[n : n + 1] for n in range(len(step.data))] if step.pause else [step.data]:
            self._wait(step.pause)
            self._write(part)

    def _write(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def _wait(self, seconds: float) -> None:
        """Wait, but not for a client that has gone or a server that ends."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            readable, _, _ = select.select([self.connection], [], [], min(left, _WAKE_SECONDS))
            if self.model_server.stopping.is_set() or (readable and not self.connection.recv(1)):
                raise _ClientLeft

    def log_message(self, *_: object) -> None:
        pass


def _whole_answer(steps: Sequence[Step]) -> bytes:
    text = "".join(step.text for step in steps if isinstance(step, Piece) and step.field == "content")
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return json.dumps({"object": "chat.completion", "model": MODEL, "choices": [choice]}).encode()


@contextmanager
def serving(dialect: Dialect = "openai", certificate: Path | None = None) -> Iterator[ModelServer]:
    """Serve a model on a free port of this machine; `url` is the root of its API, https with a certificate for localhost."""
    running = ModelServer(dialect)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"model_server": running}))
    server.daemon_threads = False  # the end waits for every answer: none is left behind
    running.url = f"http://127.0.0.1:{server.server_port}/v1"
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        running.url = f"https://localhost:{server.server_port}/v1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield running
    finally:
        running.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()
