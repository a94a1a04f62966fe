"""An answer as server-sent events."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from assistant.answer import Answer

MEDIA_TYPE = "text/event-stream"
# Of each event.
EVENT_SCHEMA = {
    "type": "object",
    "properties": {
        "event": {"type": "string", "enum": ["partial", "text", "answer"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
    "required": ["event", "data"],
}
_PIECE = re.compile(r".+?(?:\n\n|$)", re.DOTALL)


def stream_answers(answers: Iterable[Answer]) -> Iterator[str]:
    """Yield an answer as it grows, and then whole.

    While a language model writes, `partial` events have all that is proven so far. Then come `text` events whose
    texts are together the answer's, and the whole answer as `answer`.
    """
    last = None
    for answer in answers:
        if last is not None:
            yield _event("partial", {"text": last.text})
        last = answer
    if last is None:
        return
    for piece in _PIECE.findall(last.text):
        yield _event("text", {"text": piece})
    yield _event("answer", last.to_json())


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
