"""Puts the API together: the routes, MCP beside them, and the guard before all of it."""

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer
from starlette.routing import Route

from assistant.api import texts
from assistant.api.guard import OPENAPI, Guard
from assistant.api.login import LogIn, asks_log_in
from assistant.api.metrics import Metrics
from assistant.api.problems import add_handlers
from assistant.api.rate import SlidingWindow
from assistant.api.routes import (
    make_health_route,
    make_metrics_route,
    make_routes,
    problems,
)
from assistant.mcp.http import MCP_PATH, MCPEndpoint
from assistant.mcp.server import make_server
from assistant.settings import Settings
from assistant.version import read_version

if TYPE_CHECKING:
    from assistant.dialogue import Assistant


def create_api(assistant: "Assistant", settings: Settings, window: SlidingWindow | None = None) -> FastAPI:
    """Return the API with MCP beside it. Run its lifespan: MCP needs it.

    Args:
        assistant: Who answers.
        settings: Token, rate and log, and the host that it will be served on.
        window: What counts the requests of each client, at the page too; one of its own when None.
    """
    mcp = MCPEndpoint(make_server(lambda: assistant, version=read_version()))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with mcp.run():
            yield

    metrics = Metrics()
    # No page of documentation: FastAPI's fetches its scripts from another server.
    app = FastAPI(
        title=texts.TITLE, description=texts.DESCRIPTION, version=read_version(), openapi_url=OPENAPI,
        docs_url=None, redoc_url=None, lifespan=lifespan, redirect_slashes=False,
    )  # fmt: skip
    add_handlers(app)
    app.add_middleware(Guard, settings=settings, metrics=metrics, window=window or SlidingWindow(0))
    locked = [Depends(HTTPBearer(auto_error=False))] if settings.api_token else []
    refused = problems(401) if settings.api_token else {}
    app.include_router(make_routes(assistant), dependencies=locked, responses=refused)
    app.include_router(make_health_route(assistant))
    app.include_router(make_metrics_route(metrics))
    app.router.routes.append(Route(MCP_PATH, endpoint=mcp, include_in_schema=False))
    return app


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def serve_api(app: FastAPI, settings: Settings, announce: Callable[[str], None] = _say) -> None:
    """Serve the API alone, without the page, until Ctrl + C.

    Args:
        app: The API.
        settings: Where to serve.
        announce: Gets the line that says where it is; writes to stdout.

    Raises:
        SettingsError: The log-in is set up in a way that lets anybody in.
    """
    import uvicorn  # not needed by those who serve the API with the page

    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    announce(texts.READY.format(url=f"http://{host}:{settings.port}/"))
    served = LogIn(app, settings) if asks_log_in(settings) else app
    uvicorn.run(served, host=settings.host, port=settings.port, log_level="warning", access_log=False)
