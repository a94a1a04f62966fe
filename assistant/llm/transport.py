"""One request over the wire: what is sent of headers, and what of an answer is let through to be read."""

import ssl
from collections.abc import Iterator

import httpcore
import httpx

from assistant.llm import reasons
from assistant.llm.wire import Wire
from assistant.secret import Secret

# The client adds the system, its versions, and what it finds in the environment. None of it is the server's business.
_SENT_AS_THEY_ARE = frozenset({b"host", b"content-type", b"content-length"})
_LONGEST_EVENT_BYTES = 64 * 1024
_LONGEST_WAIT_DIGITS = 9


class StatusError(Exception):
    """The server answered with another status than 200; the rest of what it said is left unread.

    Args:
        status: The status code.
        wait_seconds: How long it asks us to wait; 0 when it does not say.
    """

    def __init__(self, status: int, wait_seconds: int) -> None:
        super().__init__(status)
        self.status = status
        self.wait_seconds = wait_seconds


class ModelTransport(httpx.BaseTransport):
    """Carries one request and its stream. Knows no proxy, no cookies, no redirects, no packing.

    Args:
        wire: The connection.
        key: The key of the server; put on the request here and nowhere before.
        most_bytes: How much an answer may be.
        ssl_context: Which certificates are trusted; None for plain http.
    """

    def __init__(self, wire: Wire, key: Secret, most_bytes: int, ssl_context: ssl.SSLContext | None) -> None:
        self._wire = wire
        self._key = key
        self._most_bytes = most_bytes
        self._pool = httpcore.ConnectionPool(ssl_context=ssl_context, network_backend=wire, max_keepalive_connections=0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer when it is a stream of events.

        Raises:
            StatusError: The status is not 200.
            ModelError: It is not in time, or not a stream.
        """
        url = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        answer = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=self._headers(request), content=request.read())
        )
        try:
            headers = {name.lower(): value.strip().lower() for name, value in answer.headers}
            if answer.status != httpx.codes.OK:
                raise StatusError(answer.status, _read_wait(headers.get(b"retry-after", b"")))
            content_type = headers.get(b"content-type", b"").partition(b";")[0].strip()
            if content_type != b"text/event-stream" or headers.get(b"content-encoding", b"identity") != b"identity":
                raise reasons.unreadable()
        except BaseException:
            answer.close()
            raise
        body = _BoundedStream(answer, self._wire, self._most_bytes)
        return httpx.Response(answer.status, headers={"Content-Type": "text/event-stream"}, stream=body)

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()

    def _headers(self, request: httpx.Request) -> list[tuple[bytes, bytes]]:
        sent = [(name, value) for name, value in request.headers.raw if name.lower() in _SENT_AS_THEY_ARE]
        sent += [
            (b"Accept", b"text/event-stream"),
            (b"Accept-Encoding", b"identity"),
            (b"User-Agent", b"bht-assistenten"),
            (b"Connection", b"close"),
        ]
        if self._key:
            sent.append((b"Authorization", f"Bearer {self._key.reveal()}".encode("ascii")))
        return sent


class _BoundedStream(httpx.SyncByteStream):
    """The events, broken off when they are too many, when one of them does not end, or when the time is up."""

    def __init__(self, answer: httpcore.Response, wire: Wire, most_bytes: int) -> None:
        self._answer = answer
        self._wire = wire
        self._most_bytes = most_bytes

    def __iter__(self) -> Iterator[bytes]:
        brought, unfinished, before = 0, 0, b""
        for chunk in self._answer.iter_stream():
            self._wire.deadline.remaining()
            brought += len(chunk)
            end = _end_of_events(before[-3:] + chunk)
            unfinished = unfinished + len(chunk) if end is None else end
            if brought > self._most_bytes or unfinished > _LONGEST_EVENT_BYTES:
                raise reasons.too_long()
            before = before[-3:] + chunk
            yield chunk

    def close(self) -> None:
        self._answer.close()


def _end_of_events(data: bytes) -> int | None:
    """Return how many bytes stand behind the last event that ends here, or None when none does."""
    ends = [at + len(mark) for mark in (b"\n\n", b"\r\n\r\n", b"\r\r") if (at := data.rfind(mark)) >= 0]
    return len(data) - max(ends) if ends else None


def _read_wait(value: bytes) -> int:
    is_number = value.isdigit() and len(value) <= _LONGEST_WAIT_DIGITS
    return int(value) if is_number else 0
