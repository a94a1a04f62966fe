"""What a model server is told to do: the steps of a script, and scripts in common use."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_JSON = (("Content-Type", "application/json"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Text of the answer, or of its thoughts (`field="reasoning_content"`), `delay` seconds after what came before."""

    text: str
    delay: float = 0
    field: str = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The model is done; `done` is whether the server says so at the end of the stream too."""

    reason: str = "stop"
    done: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """Bytes of the stream as they are, `pause` seconds before each of them when it is not 0."""

    data: bytes
    pause: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Steps again and again, until the client has gone."""

    steps: tuple["Step", ...]
    pause: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hang:
    """Nothing more, until the client has gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The connection is closed in the middle; with `reset` what was sent last may be lost on the way."""

    reset: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Another answer than a stream, sent after `delay` seconds; the only step of its script."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = _JSON
    delay: float = 0


Step = Piece | End | Raw | Repeat | Hang | Cut | Answer
Script = Sequence[Step] | Callable[[Mapping[str, Any]], Sequence[Step]]


def says(*pieces: str, delay: float = 0) -> list[Step]:
    """Return the script of a model that says this and is done."""
    return [*(Piece(text=piece, delay=delay) for piece in pieces), End()]


def fails(status: int, message: str = "no", **headers: str) -> list[Step]:
    """Return the script of a server that answers with a status."""
    body = json.dumps({"error": {"message": message, "type": "error", "code": status}}).encode()
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return [Answer(status=status, body=body, headers=(*_JSON, *named))]


def refusing_schema(script: Script, status: int = 400) -> Script:
    """Return a script that knows of no schemas."""

    def choose(request: Mapping[str, Any]) -> Sequence[Step]:
        if "response_format" in request:
            return fails(status, "response_format is not supported")
        return script(request) if callable(script) else script

    return choose
