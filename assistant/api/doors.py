"""Lets the API and MCP be served by the process and port of the page: their paths go to them, all others to the page."""

from starlette.types import ASGIApp, Receive, Scope, Send

_PATHS = ("/api/", "/mcp", "/metrics")


def is_door(path: str) -> bool:
    """Return whether an address is the API's or MCP's."""
    return path.startswith(_PATHS)


class Doors:
    """The middleware before the page. The API's own lifespan must be run by the page's app."""

    def __init__(self, app: ASGIApp, api: ASGIApp) -> None:
        self.app, self._api = app, api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request to whom it is for."""
        is_ours = scope["type"] == "http" and is_door(scope["path"])
        await (self._api if is_ours else self.app)(scope, receive, send)
