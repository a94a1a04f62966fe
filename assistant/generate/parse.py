"""What a language model streams, as sentences: JSON of the asked form, or any text with markers where it does not keep to it."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic_core import from_json

# A stop, with what closes a quotation and the markers that belong to the sentence before it.
_END = re.compile(
    r"(?<!\bnr)(?<!\bkap)(?<!\bf\.eks)(?<!\bbl\.a)(?<!\d)[.!?]+[»\")]*(?:\s*\[\d{1,3}\])*(?=\s|$)|(?<=\d)\.(?:\s*\[\d{1,3}\])*(?=\s+[A-ZÆØÅ«]|\s*$)|\n+"
)
_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_GROUP = re.compile(r"\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})+)\]")
_FENCE = re.compile(r"^\s*```\w*\s*|\s*```\s*$")
_MAY_BE_FENCE = re.compile(r"\s*(?:`{1,3}\w*\s*)?")
# After a sentence: nothing yet, or what may become a marker of it.
_OPEN_END = re.compile(r"\s*(?:\[[\d\s,;]*\]\s*)*(?:\[[\d\s,;]*)?")
_LONGEST = 900


def read_sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the sentences of a stream as soon as each is whole, with its markers: "Arbeidsgiveren skal … [1]".

    Args:
        pieces: What the model sends, cut anywhere. However it is cut, the sentences are the same.
    """
    buffer, given = "", 0
    is_json: bool | None = None
    for piece in pieces:
        buffer += piece
        if is_json is None and not _MAY_BE_FENCE.fullmatch(buffer):
            is_json = _FENCE.sub("", buffer).lstrip().startswith(("{", "["))
        if is_json is None:
            continue
        whole = _from_json(buffer, is_done=False) if is_json else _from_text(buffer, is_done=False)
        yield from whole[given:]
        given = max(given, len(whole))
    whole = _from_json(buffer, is_done=True) if is_json else _from_text(buffer, is_done=True)
    yield from whole[given:]


def read_value(text: str, name: str) -> str:
    """Return a text of a JSON object that a model wrote, "" when there is none."""
    data = _load(text)
    value = data.get(name) if isinstance(data, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _from_json(buffer: str, *, is_done: bool) -> list[str]:
    data = _load(buffer)
    rows = data.get("setninger", data.get("sentences")) if isinstance(data, dict) else data
    if not isinstance(rows, list):
        return []
    # The last row may still be growing until something follows it.
    done = rows if is_done or _is_closed(buffer) else rows[:-1]
    return [sentence for row in done if (sentence := _row(row))]


def _is_closed(buffer: str) -> bool:
    """Return whether the last row has ended: with what would close the rest behind it, the text is whole."""
    whole = buffer[_start(buffer) :].rstrip().rstrip(",")
    return any(_is_json(whole + rest) for rest in ("]}", "]", "}", ""))


def _is_json(text: str) -> bool:
    try:
        from_json(text)
    except ValueError:
        return False
    return True


def _start(buffer: str) -> int:
    return min((i for i in (buffer.find("{"), buffer.find("[")) if i >= 0), default=0)


def _row(row: Any) -> str:
    if isinstance(row, str):
        return _tidy(row)
    if not isinstance(row, dict) or not isinstance(text := row.get("tekst", row.get("text")), str):
        return ""
    cited = row.get("kilder", row.get("sources", row.get("evidence", [])))
    numbers = [
        n for n in (cited if isinstance(cited, list) else [cited]) if isinstance(n, int) and not isinstance(n, bool)
    ]
    written = [int(n) for n in re.findall(r"\[(\d{1,3})\]", text)]
    plain = " ".join(re.sub(r"\s*\[\d{1,3}\]", "", text).split())
    markers = "".join(f"[{n}]" for n in dict.fromkeys((*numbers, *written)))
    return f"{plain} {markers}".strip()[:_LONGEST] if plain else ""


def _load(buffer: str) -> Any:
    text = buffer[_start(buffer) :]
    end = text.rfind("```")
    try:
        return from_json(text[:end] if end > 0 else text, allow_partial="trailing-strings")
    except ValueError:
        return None


def _from_text(buffer: str, *, is_done: bool) -> list[str]:
    found, start = [], 0
    for match in _END.finditer(buffer):
        # What ends the buffer may still get a marker behind it.
        if not is_done and _OPEN_END.fullmatch(buffer, match.end()):
            break
        found.append(buffer[start : match.end()])
        start = match.end()
    if is_done:
        found.append(buffer[start:])
    return [sentence for piece in found if (sentence := _tidy(piece))]


def _tidy(sentence: str) -> str:
    sentence = _GROUP.sub(lambda m: "".join(f"[{n.strip()}]" for n in re.split("[,;]", m[1])), sentence)
    sentence = _LIST_MARK.sub("", sentence).replace("**", "").strip()
    return " ".join(sentence.split())[:_LONGEST] if re.search(r"\w", re.sub(r"\[\d+\]", "", sentence)) else ""
