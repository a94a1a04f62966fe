"""The optional log-in before page and API: names and passwords of a file, or the word of a proxy on the same machine."""

import base64
import hmac
import secrets

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api import texts
from assistant.api.doors import is_door
from assistant.api.guard import HEALTH, is_loopback
from assistant.api.rate import SlidingWindow
from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.users import Users

_TRIES_A_MINUTE = 20


def asks_log_in(settings: Settings) -> bool:
    """Return whether anybody has to log in: somebody can, or a proxy says who has.

    Raises:
        SettingsError: A proxy is to be believed, but others than it could reach the page.
        UsersError: The users cannot be read.
    """
    if settings.user_header and not is_loopback(settings.host):
        raise SettingsError(texts.PROXY_ELSEWHERE.format(host=settings.host))
    return bool(settings.user_header or Users(settings.users).names())


class LogIn:
    """Lets in who has logged in. Where the API has a token, it asks for that itself. `open_paths` are open to all."""

    def __init__(self, app: ASGIApp, settings: Settings, open_paths: frozenset[str] = frozenset()) -> None:
        self.app, self._open = app, open_paths | {HEALTH}
        self._header, self._has_token = settings.user_header, settings.api_token is not None
        self._users = Users(settings.users)
        self._tries = SlidingWindow(_TRIES_A_MINUTE)
        # What was checked once is remembered by a digest under a key of this process: a password hash takes a third of a second.
        self._key, self._checked = secrets.token_bytes(32), dict[bytes, str]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or ask for a log-in."""
        path = scope.get("path", "")
        is_open = scope["type"] == "lifespan" or path in self._open or (self._has_token and is_door(path))
        refusal = None if is_open else await self._refuse(scope)
        if not is_open and refusal is None:  # for the limit of each client (rate.py)
            scope = {**scope, "state": {**scope.get("state", {}), "user": self._name(Headers(scope=scope))}}
        if refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, send)

    def _name(self, headers: Headers) -> str:
        """Return who has logged in."""
        given = _read(headers.get("authorization", ""))
        return headers.get(self._header, "").strip() if self._header else given[0] if given else ""

    async def _refuse(self, scope: Scope) -> Response | None:
        """Return what to answer who has not logged in, None for who has."""
        headers = Headers(scope=scope)
        if self._header:
            return None if headers.get(self._header, "").strip() else PlainTextResponse(texts.LOG_IN_AT_PROXY, 401)
        asked = {"www-authenticate": 'Basic realm="BHT-assistenten", charset="UTF-8"'}
        given = _read(headers.get("authorization", ""))
        if given is None:
            return PlainTextResponse(texts.LOG_IN, 401, asked)
        name, password = given
        now = self._users.fingerprint(name)
        mark = hmac.digest(self._key, f"{name}:{password}".encode(), "sha256")
        if now and self._checked.get(mark) == now:
            return None
        if wait := self._tries.admit(str((scope.get("client") or ("",))[0])):  # before the work of a hash
            return PlainTextResponse(texts.TOO_MANY_LOG_INS, 429, {"retry-after": str(wait)})
        if not await anyio.to_thread.run_sync(self._users.check, name, password):
            return PlainTextResponse(texts.LOG_IN, 401, asked)
        self._checked[mark] = now
        return None


def _read(authorization: str) -> tuple[str, str] | None:
    """Return name and password, None when there are none."""
    kind, _, encoded = authorization.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(encoded, validate=True).decode("utf-8").partition(":")
    except ValueError:
        return None
    return (name, password) if colon else None
