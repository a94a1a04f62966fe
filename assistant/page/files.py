"""Opens the user's own documents from a citation: the copies that were kept when they were added, and nothing else."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from starlette.responses import FileResponse
from starlette.types import ASGIApp, Receive, Scope, Send

PREFIX = "/eget/"
_NAME = re.compile(r"[0-9a-f]{16}\.[a-z]{2,8}")
# Shown by the browser itself; everything else is saved, so that no document runs as a page of ours.
_SHOWN = {".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8", ".md": "text/plain; charset=utf-8"}


class OwnFiles:
    """Serves the files of a folder by their names."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self.app, self._folder = app, folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the file, or pass the request on."""
        path = str(scope.get("path", "")) if scope["type"] == "http" else ""
        name = path.removeprefix(PREFIX)
        file = self._folder / name
        if not path.startswith(PREFIX) or not _NAME.fullmatch(name) or not file.is_file():
            await self.app(scope, receive, send)
            return
        shown = _SHOWN.get(file.suffix)
        response = FileResponse(
            file,
            media_type=shown or "application/octet-stream",
            content_disposition_type="inline" if shown else "attachment",
            filename=name,
            headers={
                "x-content-type-options": "nosniff",
                "referrer-policy": "no-referrer",
                "cache-control": "no-store",
            },
        )
        await response(scope, receive, send)


def page_address(url: str) -> str:
    """Return where the page serves the copy that a file address names, "" for any other address."""
    try:
        parts = urlsplit(url)
    except ValueError:  # "http://[" is no address
        return ""
    name = Path(unquote(parts.path)).name
    if parts.scheme != "file" or not _NAME.fullmatch(name):
        return ""
    return f"{PREFIX}{name}" + (f"#{parts.fragment}" if parts.fragment else "")
