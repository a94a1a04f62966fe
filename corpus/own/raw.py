"""What a reader finds in a file, before anything is cleaned: pages of blocks, and what went wrong on the way."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar

KINDS = ("text", "item", "row")
CELL_SEPARATOR = " | "
_EARLIEST_YEAR = 1950
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading, list item or table row, with no hard line breaks inside.

    `heading` is 1-6 for a heading and 0 for body text, `kind` one of `KINDS`. The cells of a row are divided by " | ".
    """

    text: str
    heading: int = 0
    kind: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """A page with its blocks in reading order; `number` is None where the format has no pages."""

    number: int | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """A file as it was read. `problems` are Norwegian sentences to show; unknown fields are "" or None."""

    title: str = ""
    publisher: str = ""
    published: date | None = None
    language: str = ""
    pages: tuple[RawPage, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def blocks(self) -> Iterator[Block]:
        """The blocks of all pages."""
        return (block for page in self.pages for block in page.blocks)


def to_json(document: RawDocument) -> str:
    """Return the document as one line of JSON; `from_json` reads it back."""
    published = document.published.isoformat() if document.published else None
    return json.dumps(asdict(document) | {"published": published}, ensure_ascii=False)


def from_json(text: str) -> RawDocument:
    """Return the document that `to_json` wrote.

    Raises:
        ValueError: The text is not such a document; nothing in it is trusted.
    """
    try:
        values = json.loads(text)
        published = values["published"]
        return RawDocument(
            **{name: _typed(values[name], str) for name in ("title", "publisher", "language")},
            published=None if published is None else date.fromisoformat(published),
            pages=tuple(_page(page) for page in _typed(values["pages"], list)),
            problems=tuple(_typed(problem, str) for problem in values["problems"]),
        )
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"not a raw document: {error!r}") from error


def _page(values: Any) -> RawPage:
    number = values["number"]
    if number is not None:
        _typed(number, int)
    return RawPage(number=number, blocks=tuple(_block(block) for block in _typed(values["blocks"], list)))


def _block(values: Any) -> Block:
    if set(values) != {field.name for field in fields(Block)} or values["kind"] not in KINDS:
        raise ValueError(f"not a block: {str(values)[:100]}")
    return Block(
        text=_typed(values["text"], str), heading=_typed(values["heading"], int), kind=_typed(values["kind"], str)
    )


def _typed(value: Any, wanted: type[_T]) -> _T:
    if type(value) is not wanted:
        raise TypeError(f"{wanted.__name__} wanted, got {type(value).__name__}")
    return value


def row_text(cells: list[str]) -> str:
    """Return the cells as the text of a row, "" when all are empty."""
    return CELL_SEPARATOR.join(cell.replace("|", "/") for cell in cells) if any(cells) else ""


def sane_date(value: object) -> date | None:
    """Return the day in what a file says about its date, None where it has none or it cannot be right."""
    found: date | None = None
    if isinstance(value, datetime):
        found = value.date()
    elif isinstance(value, date):
        found = value
    elif match := re.search(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)", str(value or "")):
        found = _date_of(match[1], match[2], match[3])
    elif match := re.search(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)", str(value or "")):
        found = _date_of(match[3], match[2], match[1])
    if found is None or not date(_EARLIEST_YEAR, 1, 1) <= found <= date.today():
        return None
    return found


def _date_of(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def sane_language(tag: object) -> str:
    """Return "nb", "nn" or another two-letter language of a language tag ("no", "nb-NO", "nn_NO"), "" when unclear."""
    match = re.fullmatch(r"\s*([A-Za-z]{2})(?:[-_][\w-]*)?\s*", str(tag or ""))
    if not match:
        return ""
    language = match[1].lower()
    return "nb" if language == "no" else language


def sane_title(value: object) -> str:
    """Return the title a file gives itself, without what word processors put there, "" where it says nothing."""
    # Not str.split: it also splits at the no-break space that mojibake needs for its repair.
    title = re.sub(r"[ \t\r\n]+", " ", str(value or "")).strip(" ")
    title = re.sub(
        r"^(?:Microsoft (?:Word|PowerPoint|Excel)|Adobe InDesign)\s*[-–:]\s*", "", title, flags=re.IGNORECASE
    )
    title = re.sub(r"\.(?:docx?|pptx?|xlsx?|pdf|indd|rtf|odt|txt|md|html?)$", "", title, flags=re.IGNORECASE).strip()
    empty = re.fullmatch(
        r"(?:untitled|uten navn|uten tittel|document|dokument|presentation|powerpoint[- ]presentasjon|presentasjon|slide|lysbilde|scan|skann\w*)?[\s\d_-]*",
        title,
        flags=re.IGNORECASE,
    )
    return "" if empty or "\ufffd" in title else title[:300]
