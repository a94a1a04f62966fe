"""Takes the file of the document check in the body of a request: read in a child process from a file without a name, then gone."""

import logging
from collections.abc import Callable
from functools import partial

import anyio.to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.page.answers import answer_html, read_language
from assistant.page.tabs import documents, texts
from assistant.page.tabs.result import render_problems
from assistant.page.tabs.tool import guard
from assistant.page.watch import NOBODY, UNUSABLE, Noted, Watch
from corpus.library import Library
from corpus.own.sandbox import Limits, read_safely

logger = logging.getLogger(__name__)
_AT_ONCE = 2
_INSIDE_AT_MOST = 8  # each may hold a whole file in memory
_LIMITS = Limits(seconds=60.0, seconds_per_megabyte=5.0)


class DocumentUpload:
    """Answers the post of a file with the result as HTML; passes every other request on."""

    def __init__(self, app: ASGIApp, library: Callable[[], Library], watch: Watch = NOBODY) -> None:
        self.app, self._library, self._watch = app, library, watch
        self._places = anyio.CapacityLimiter(_AT_ONCE)
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or pass on; see the class."""
        if scope["type"] != "http" or scope["path"].rstrip("/") != documents.PATH:
            await self.app(scope, receive, send)
            return
        if self._inside >= _INSIDE_AT_MOST:
            busy = render_problems({"": texts.CHECK_BUSY})
            await answer_html(busy, read_language(Request(scope)))(scope, receive, send)
            return
        self._inside += 1
        try:
            with self._watch.event("check-form", scope) as noted:
                response = await self._answer(Request(scope, receive), noted)
        except ClientDisconnect:
            return
        finally:
            self._inside -= 1
        await response(scope, receive, send)

    async def _answer(self, request: Request, noted: Noted) -> Response:
        # Another site's form cannot send this type, and its script may not without asking.
        is_ours = request.headers.get("content-type") == "application/octet-stream"
        if request.method != "POST" or not is_ours or request.headers.get("sec-fetch-site") == "cross-site":
            noted.status = 405
            return Response(status_code=405, headers={"allow": "POST"})
        language = read_language(request)
        name, kind = request.query_params.get("name", ""), request.query_params.get("kind", "")
        if noted.refusal:
            return answer_html(render_problems({"": noted.refusal}), language)
        data = bytearray()
        async for piece in request.stream():
            data += piece
            if len(data) > documents.MAX_BYTES:
                break
        if problem := documents.find_problem(name, len(data)):
            noted.status = UNUSABLE
            return answer_html(render_problems({"file": problem}), language)
        produce = partial(_check, bytes(data), name, kind, self._library)
        return answer_html(await anyio.to_thread.run_sync(guard, produce, noted, limiter=self._places), language)


def _check(data: bytes, name: str, kind: str, library: Callable[[], Library]) -> str:
    wanted = documents.read_kind(kind)
    return documents.check(read_safely(data, name, limits=_LIMITS), name, wanted, library())
