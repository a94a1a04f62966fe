"""A server of Lovdata's open API for the tests: real HTTP on loopback, that fails when it is told to."""

import json
import re
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

LIST = "/v1/publicData/list"
GET = "/v1/publicData/get/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one answer; the fields that are not given are as they should be.

    `length` is the Content-Length stated, "" for none (the body then ends with the connection). `cut` is the number of bytes
    after which the connection breaks. `piece` and `pause` send the body in pieces, with a pause before each.
    """

    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    content_range: str | None = None
    length: str | None = None
    cut: int | None = None
    delay: float = 0
    piece: int = 1 << 16
    pause: float = 0
    ignore_range: bool = False


@dataclass
class FakeLovdata:
    """The archives it has by name, the faults of the next answers, and the requests it got: path and Range, and all headers."""

    url: str = ""
    archives: dict[str, bytes] = field(default_factory=dict)
    modified: str = "2099-01-02T01:31:59.418Z"
    rows: object = None  # the list to send instead of the true one
    faults: deque[Fault] = field(default_factory=deque)
    requests: list[tuple[str, str]] = field(default_factory=list)
    headers: list[Message] = field(default_factory=list)

    def ranges(self) -> list[str]:
        """Return the ranges asked for, "" for a whole archive."""
        return [asked for path, asked in self.requests if path.startswith(GET)]

    def true_rows(self) -> list[dict[str, str]]:
        return [
            {
                "filename": name,
                "description": f"Arkivet {name}",
                "sizeBytes": str(len(data)),
                "lastModified": self.modified,
            }
            for name, data in self.archives.items()
        ]


@contextmanager
def serving() -> Iterator[FakeLovdata]:
    """Run a server until the block ends."""
    fake = FakeLovdata()

    class Handler(_Handler):
        lovdata = fake

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    lovdata: FakeLovdata

    def do_GET(self) -> None:
        asked = self.headers.get("Range", "")
        self.lovdata.requests.append((self.path, asked))
        self.lovdata.headers.append(self.headers)
        fault = self.lovdata.faults.popleft() if self.lovdata.faults else Fault()
        time.sleep(fault.delay)
        status, body, content_range = self._answer("" if fault.ignore_range else asked)
        body = body if fault.body is None else fault.body
        content_range = content_range if fault.content_range is None else fault.content_range
        self.close_connection = True
        with suppress(ConnectionError):  # the client may have had enough
            self.send_response(fault.status or status)
            if content_range:
                self.send_header("Content-Range", content_range)
            for name, value in fault.headers:
                self.send_header(name, value)
            length = str(len(body)) if fault.length is None else fault.length
            if length:
                self.send_header("Content-Length", length)
            self.end_headers()
            self._send(body[: fault.cut], fault)

    def _answer(self, asked: str) -> tuple[int, bytes, str]:
        if self.path == LIST:
            rows = self.lovdata.true_rows() if self.lovdata.rows is None else self.lovdata.rows
            return 200, json.dumps(rows).encode(), ""
        data = self.lovdata.archives.get(self.path.removeprefix(GET))
        if data is None or not self.path.startswith(GET):
            return 404, b"{}", ""
        if found := re.fullmatch(r"bytes=(\d+)-", asked):
            first = int(found[1])
            if first >= len(data):
                return 416, b"", f"bytes */{len(data)}"
            return 206, data[first:], f"bytes {first}-{len(data) - 1}/{len(data)}"
        return 200, data, ""

    def _send(self, body: bytes, fault: Fault) -> None:
        for start in range(0, len(body), fault.piece):
            time.sleep(fault.pause)
            self.wfile.write(body[start : start + fault.piece])
            self.wfile.flush()

    def log_message(self, *args: object) -> None:
        """Say nothing."""
