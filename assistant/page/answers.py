"""What the ways past Gradio answer: HTML in the language of the page that asks."""

from starlette.requests import Request
from starlette.responses import HTMLResponse

from assistant.nynorsk import Language, say_html

_HEADERS = {"x-content-type-options": "nosniff", "cache-control": "no-store", "referrer-policy": "no-referrer"}


def read_language(request: Request) -> Language:
    """Return what the page that asks is written in; form.js and result.js tell."""
    return Language.NYNORSK if request.query_params.get("language") == Language.NYNORSK else Language.BOKMAAL


def answer_html(html: str, language: Language) -> HTMLResponse:
    """Return the response that shows HTML in the language, kept nowhere."""
    return HTMLResponse(say_html(html, language), headers=_HEADERS)
