"""The way in for those who change the sources on the page. Only set up where they may (build.py)."""

from collections.abc import Callable
from datetime import date

import anyio.to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.administration import Administration, Work
from assistant.api import asks_log_in
from assistant.api.guard import is_loopback
from assistant.browse import Browser
from assistant.errors import SettingsError
from assistant.page.answers import answer_html, read_language
from assistant.page.tabs import administer, administer_texts, texts
from assistant.page.tabs.documents import MAX_BYTES, MAX_MEGABYTES
from assistant.page.tabs.result import render_problems
from assistant.page.tabs.sources import render_sources
from assistant.page.tabs.tool import guard
from assistant.page.watch import NOBODY, UNUSABLE, Noted, Watch
from assistant.settings import Settings
from corpus.lovdata.client import LovdataClient

_EVENTS = {administer.ADD: "add-form", administer.FETCH: "fetch-form"}


def may_administer(settings: Settings) -> bool:
    """Return whether those who use the page may change the sources.

    Raises:
        SettingsError: They may, but anybody who reaches the page could then.
    """
    if settings.admin and not is_loopback(settings.host) and not asks_log_in(settings):
        raise SettingsError(
            f"BHT_ADMIN=1 lar alle som når siden på {settings.host}, endre kildene. Lag en innlogging med «bht user add», "
            "eller sett BHT_HOST til 127.0.0.1."
        )
    return settings.admin


class AdministerSources:
    """Answers what changes the sources with HTML of how far it has come; passes every other request on."""

    def __init__(
        self,
        app: ASGIApp,
        administration: Administration,
        make_client: Callable[[], LovdataClient] = LovdataClient,
        watch: Watch = NOBODY,
    ) -> None:
        self.app, self._administration, self._make_client, self._watch = app, administration, make_client, watch
        settings = administration.settings
        # Without a log-in, another site must not reach this under a name of its own that leads here.
        self._is_open = not asks_log_in(settings)
        self._reading = anyio.CapacityLimiter(1)  # a whole file is held in memory

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or pass on; see the class."""
        path = scope.get("path", "").rstrip("/")
        if scope["type"] != "http" or path not in {administer.ADD, administer.FETCH, administer.WORK, administer.LIST}:
            await self.app(scope, receive, send)
            return
        try:
            if path in {administer.WORK, administer.LIST}:  # asked for by the script, again and again
                response = await self._answer(path, Request(scope, receive), Noted())
            else:
                with self._watch.event(_EVENTS[path], scope) as noted:
                    response = await self._answer(path, Request(scope, receive), noted)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _answer(self, path: str, request: Request, noted: Noted) -> Response:
        is_ours = request.headers.get("sec-fetch-site") in {None, "same-origin"}
        if not is_ours or (self._is_open and not is_loopback(request.url.hostname or "")):
            noted.status = 403
            return Response(administer_texts.REFUSED, status_code=403)
        if path in {administer.WORK, administer.LIST}:
            produce = self._show_work if path == administer.WORK else self._list
            return answer_html(await anyio.to_thread.run_sync(guard, produce), read_language(request))
        # Another site's form cannot send this type, and its script may not without asking.
        if request.method != "POST" or request.headers.get("content-type") != "application/octet-stream":
            noted.status = 405
            return Response(status_code=405, headers={"allow": "POST"})
        if noted.refusal:
            return answer_html(render_problems({"": noted.refusal}), read_language(request))
        if path == administer.FETCH:
            shown = guard(lambda: _shown(self._administration.fetch(self._make_client)), noted)
            return answer_html(shown, read_language(request))
        async with self._reading:
            return await self._add(request, noted)

    async def _add(self, request: Request, noted: Noted) -> Response:
        name, data = request.query_params.get("name", ""), bytearray()
        async for piece in request.stream():
            data += piece
            if len(data) > MAX_BYTES:
                break
        if problem := _find_problem(name, len(data)):
            noted.status = UNUSABLE
            return answer_html(render_problems({"file": problem}), read_language(request))
        shown = guard(lambda: _shown(self._administration.add(name, bytes(data))), noted)
        return answer_html(shown, read_language(request))

    def _show_work(self) -> str:
        return administer.render_work(self._administration.work, date.today())

    def _list(self) -> str:
        assistant = self._administration.assistant
        return render_sources(Browser(assistant.library), assistant.notices, date.today())


def _find_problem(name: str, size: int) -> str:
    if not name or not size:
        return texts.FILE_NEEDED
    if not name.lower().endswith(administer.ENDINGS):
        return texts.FILE_WRONG_TYPE.format(name=name[:80])
    return texts.FILE_TOO_LARGE.format(size=-(-size // 2**20), limit=MAX_MEGABYTES) if size > MAX_BYTES else ""


def _shown(work: Work) -> str:
    return administer.render_work(work, date.today())
