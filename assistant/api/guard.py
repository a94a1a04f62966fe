"""Stands before every route: who may ask, how often and how much; and what is counted and logged of it, never what was asked."""

import hmac
import logging
import time

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api import texts
from assistant.api.access import write_access
from assistant.api.metrics import Metrics
from assistant.api.problems import problem
from assistant.api.rate import SlidingWindow, client_of
from assistant.mcp.http import MCP_PATH
from assistant.settings import Settings

logger = logging.getLogger(__name__)

MOST_BYTES = 256 * 1024
API = "/api/v1"
HEALTH, OPENAPI, METRICS = f"{API}/health", f"{API}/openapi.json", "/metrics"
# Open to everybody: they tell nothing that the README does not.
_OPEN = frozenset({HEALTH, OPENAPI})
# Addresses without a template; every other is counted by the one it matched.
_PLAIN = frozenset({OPENAPI, MCP_PATH})
_UNCOUNTED = frozenset({HEALTH, METRICS})
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
)


def is_loopback(host: str) -> bool:
    """Return whether an address is this machine's own."""
    return host in _LOOPBACK


class Guard:
    """Refuses what may not pass, answers what crashes with a sentence, and counts all of it."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics, window: SlidingWindow) -> None:
        self.app = app
        self._token = settings.api_token
        self._is_local = settings.host in _LOOPBACK
        self._is_logged = settings.api_log
        self._metrics, self._window, self._rate = metrics, window, settings.api_rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it; see the class."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begin, status = time.perf_counter(), 0

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message.get("headers", ()), *_HEADERS]}
            await send(message)

        try:
            await self._answer(scope, receive, watch)
        except Exception as error:  # an entry point: whatever happens, the other program gets a sentence
            logger.exception("Request not answered: %s", type(error).__name__)
            if status:
                raise
            await problem(500, texts.UNEXPECTED)(scope, receive, watch)
        finally:
            self._record(scope, status, time.perf_counter() - begin)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refuse(scope)
        if refusal is None:
            messages = await _read(receive)
            if messages is not None:
                await self.app(scope, _replay(messages, receive), send)
                return
            refusal = _too_large()
        await refusal(scope, receive, send)

    def _refuse(self, scope: Scope) -> Response | None:
        """Return what to answer without asking further, None when the request may pass."""
        headers, path = Headers(scope=scope), scope["path"]
        client = str((scope.get("client") or ("",))[0])
        if path not in _UNCOUNTED and (wait := self._window.admit(client_of(scope), self._rate)):
            sentence = texts.TOO_MANY.format(limit=self._rate, seconds=wait)
            return problem(429, sentence, {"retry-after": str(wait)})
        if self._token and path not in _OPEN and not _has_token(headers, self._token):
            return problem(401, texts.TOKEN_NEEDED, {"www-authenticate": "Bearer"})
        # A page of somebody else's must not reach this machine's own address by a name that it has pointed here.
        if not self._token and self._is_local and not _is_own(headers):
            return problem(421, texts.WRONG_HOST)
        if not self._token and path == METRICS and client not in _LOOPBACK:
            return problem(403, texts.ONLY_HERE)
        length = headers.get("content-length", "0")
        return _too_large() if length.isdecimal() and int(length) > MOST_BYTES else None

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", None) or (scope["path"] if scope["path"] in _PLAIN else "other")
        outcome = scope.get("state", {}).get("outcome")
        self._metrics.count(route=route, method=scope["method"], status=status, seconds=seconds, outcome=outcome)
        if self._is_logged:
            write_access(method=scope["method"], route=route, status=status, seconds=seconds, outcome=outcome)


def _has_token(headers: Headers, token: str) -> bool:
    kind, _, given = headers.get("authorization", "").partition(" ")
    return kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())


def _is_own(headers: Headers) -> bool:
    """Return whether host and, in a browser, origin name this machine."""
    origin = headers.get("origin")
    return _name(headers.get("host", "")) in _LOOPBACK and (
        not origin or _name(origin.partition("://")[2]) in _LOOPBACK
    )


def _name(host: str) -> str:
    """Return a host without its port: "[::1]:7860" is "::1"."""
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0].lower()


async def _read(receive: Receive) -> list[Message] | None:
    """Return the messages of the request's body, None when it is too large."""
    messages, size = [], 0
    while True:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if size > MOST_BYTES:
            return None
        if message["type"] != "http.request" or not message.get("more_body"):
            return messages


def _replay(messages: list[Message], receive: Receive) -> Receive:
    waiting = iter(messages)

    async def give() -> Message:
        for message in waiting:
            return message
        return await receive()

    return give


def _too_large() -> Response:
    return problem(413, texts.TOO_LARGE.format(limit=MOST_BYTES // 1024))
