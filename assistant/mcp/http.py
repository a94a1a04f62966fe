"""MCP over HTTP, as an endpoint of the API: no sessions, each request answered with JSON."""

from contextlib import AbstractAsyncContextManager
from typing import Any

from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.types import Receive, Scope, Send

MCP_PATH = "/mcp"


class MCPEndpoint:
    """The endpoint. Who may reach it, and how much they may send, is the guard's to say."""

    def __init__(self, server: Server[Any]) -> None:
        self._manager = StreamableHTTPSessionManager(server, json_response=True, stateless=True)

    def run(self) -> AbstractAsyncContextManager[None]:
        """Return the context in which it answers; it can be entered once."""
        return self._manager.run()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        await self._manager.handle_request(scope, receive, send)
