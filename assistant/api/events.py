"""An answer as server-sent events."""

import json
import re
from collections.abc import Iterator
from typing import Any

from assistant.answer import Answer

MEDIA_TYPE = "text/event-stream"
# Of each event.
EVENT_SCHEMA = {
    "type": "object",
    "properties": {
        "event": {"type": "string", "enum": ["text", "answer"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
    "required": ["event", "data"],
}
_PIECE = re.compile(r".+?(?:\n\n|$)", re.DOTALL)


def stream_answer(answer: Answer) -> Iterator[str]:
    """Yield `text` events whose texts are together the answer's, then the whole answer as `answer`."""
    for piece in _PIECE.findall(answer.text):
        yield _event("text", {"text": piece})
    yield _event("answer", answer.to_json())


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
