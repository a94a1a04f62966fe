"""What goes wrong, as JSON with one Norwegian sentence and the right status."""

import json
from collections.abc import Mapping

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from assistant.api import texts
from assistant.errors import AssistantError, HistoryError, QuestionError, UsageError
from assistant.explain import explain
from corpus.errors import AddressError, CorpusError, UnknownProvision


def problem(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the response that says what is wrong. What cannot be written as UTF-8 is left out: it is from the request."""
    body = json.dumps({"error": " ".join(sentence.split())}, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, status, dict(headers or {}), "application/json")


def add_handlers(app: FastAPI) -> None:
    """Make the app answer every error that is raised on purpose with a sentence."""
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(AssistantError, _on_purpose)
    app.add_exception_handler(CorpusError, _on_purpose)


def _not_valid(_: Request, error: Exception) -> Response:
    errors = error.errors() if isinstance(error, RequestValidationError) else []
    unreadable = any(one["type"] == "json_invalid" for one in errors)
    return problem(400 if unreadable else 422, texts.NOT_READABLE if unreadable else explain(errors))


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    if status == 405:
        return problem(status, texts.NO_SUCH_METHOD.format(method=request.method[:10]), headers)
    return problem(status, texts.NO_SUCH_PATH if status == 404 else texts.NOT_READABLE, headers)


def _on_purpose(_: Request, error: Exception) -> Response:
    if isinstance(error, QuestionError | HistoryError | UsageError):
        return problem(422, str(error))
    return problem(404 if isinstance(error, UnknownProvision | AddressError) else 503, str(error))
