"""The HTML document round the app: Gradio's own is English, names outside addresses and has no title or icon.

Gradio has no setting for its index.html, so a middleware rewrites it on the way out and sends headers with it. The
content security policy makes the browser itself refuse any outside request.
"""

import re
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.nynorsk import Language, say
from assistant.page import texts

FOLDER = Path(__file__).parent
STYLES = ("page.css", "tabs.css", "reading.css")
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="15" fill="#0b5b54"/>'
    '<path d="M41 20.500c-1.600-4-5-6-9.200-6-5.400 0-9.100 2.900-9.100 7.200 0 8.800 19.300 7.600 19.300 17.200 0 3.800-3.300 6.300-7.600 6.300'
    'm-11.400-1.700c1.600 4 5 6 9.200 6 5.400 0 9.100-2.900 9.100-7.200 0-8.800-19.300-7.600-19.300-17.200 0-3.800 3.300-6.300 7.600-6.300" '
    'fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round"/></svg>'
)  # fmt: skip
# 'unsafe-eval' and 'unsafe-inline': Gradio compiles the templates of its HTML components in the browser.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
# Gradio takes the language of its own few words from the browser, and an English browser would get them in English.
_SPEAK_NORWEGIAN = (
    "<script>for (const [name, value] of [['language', 'nb'], ['languages', ['nb']]])"
    " Object.defineProperty(navigator, name, {get: () => value});</script>"
)
_CHOOSE_LANGUAGE = '<script data-default="{default}">{script}</script>'
_OUTSIDE_META = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*')
_MANIFEST = re.compile(r'<link rel="manifest"[^>]*>\s*')


def icon_address() -> str:
    """Return the icon as an address that holds the picture itself."""
    return f"data:image/svg+xml,{quote(ICON)}"


def _styles() -> str:
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in STYLES)


def page_path(language: Language, default: Language) -> str:
    """Return where the page lies in a language: "" in the one it has for who has not chosen."""
    return "" if language is default else language.value


def rewrite_document(html: str, language: Language = Language.BOKMAAL, default: Language = Language.BOKMAAL) -> str:
    """Return Gradio's index.html in Norwegian, with our title, icon and styles and without addresses of others.

    Args:
        html: The document.
        language: What the page is written in.
        default: What it is written in at the address without a language.
    """
    script = _CHOOSE_LANGUAGE.format(script=(FOLDER / "language.js").read_text(encoding="utf-8"), default=default.value)
    head = (
        f'<title>{texts.NAME}</title><meta name="description" content="{escape(say(texts.DESCRIPTION, language), quote=True)}">'
        f'<link rel="icon" type="image/svg+xml" href="{icon_address()}">{_SPEAK_NORWEGIAN}{script}'
    )
    # In the body: Gradio adds its style sheets to the head, and of equal rules the later one holds.
    body = (
        f"<style>{_styles()}</style>"
        f"<noscript>{say(texts.NEEDS_SCRIPT, language)}<style>#opening {{ display: none; }}</style></noscript>"
        f'<p id="opening">{say(texts.OPENING, language)}</p>'
    )
    html = _MANIFEST.sub("", _OUTSIDE_META.sub("", html))
    html = re.sub(r'<html\s+lang="[^"]*"', f'<html lang="{language.value}"', html, count=1)
    html = re.sub(r"<meta charset=[^>]*>", lambda match: match[0] + head, html, count=1)
    return re.sub(r"<body[^>]*>", lambda match: match[0] + body, html, count=1)


class FrameMiddleware:
    """Rewrites the index page as it is sent, and refuses Gradio's uploads: the one file that is taken has a way of its own (upload.py)."""

    def __init__(self, app: ASGIApp, default: Language = Language.BOKMAAL) -> None:
        self.app, self._default = app, default
        self._pages = {f"/{page_path(language, default)}": language for language in Language}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; see the class."""
        if scope["type"] == "http" and scope["path"].rstrip("/").endswith("/upload"):
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        elif scope["type"] == "http" and (language := self._pages.get(scope["path"] or "/")):
            rewrite = partial(rewrite_document, language=language, default=self._default)
            await self.app(scope, receive, _Rewriter(send, rewrite).send)
        else:
            await self.app(scope, receive, send)


class _Rewriter:
    """Holds one response back until it is whole, and sends it rewritten."""

    def __init__(self, send: Send, rewrite: Callable[[str], str]) -> None:
        self._send, self._rewrite = send, rewrite
        self._start: Message = {}
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        """Take one message of the response."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        headers = [(k, v) for k, v in self._start["headers"] if k.lower() != b"content-length"]
        body = bytes(self._body)
        if any(k.lower() == b"content-type" and v.startswith(b"text/html") for k, v in headers):
            body = self._rewrite(body.decode()).encode() if body else body
            headers += [(name.encode(), value.encode()) for name, value in HEADERS.items()]
        headers.append((b"content-length", str(len(body)).encode()))
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})
