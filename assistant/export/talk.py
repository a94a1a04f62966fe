"""What is taken away of a talk: each question with its answer and the sources, as records that survive a trip through a browser."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from assistant import texts
from assistant.answer import Answer, Citation, Engine
from corpus.numerals import format_day

MAX_EXCHANGES = 200
_LONGEST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A quote and where it stands. `kind` is whose words it is in; `url` is a web address or ""."""

    n: int
    label: str
    quote: str
    kind: str
    url: str
    text_date: str = ""

    @classmethod
    def of(cls, citation: Citation) -> "Source":
        """Return what is taken away of a citation."""
        return cls(
            n=citation.n, label=citation.label, quote=citation.quote, kind=citation.kind.value, url=web_address(citation.url),
            text_date=citation.text_date.isoformat() if citation.text_date else "",
        )  # fmt: skip

    @property
    def day(self) -> date | None:
        """The date of the text."""
        try:
            return date.fromisoformat(self.text_date)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question and its answer; `text` is Markdown with markers such as [1]. `by_model` says that a language model wrote it."""

    question: str
    text: str
    sources: tuple[Source, ...] = ()
    warnings: tuple[str, ...] = ()
    by_model: bool = False

    @classmethod
    def of(cls, answer: Answer) -> "Exchange":
        """Return what is taken away of an answer; a question back that its text does not hold goes along."""
        back = answer.follow_up_question or ""
        text = answer.text if back.lower() in answer.text.lower() else f"{answer.text}\n\n{back}".strip()
        return cls(
            question=answer.question, text=text, sources=tuple(map(Source.of, answer.citations)), warnings=answer.warnings,
            by_model=answer.engine is Engine.LLM,
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """Return the exchange as plain values, as `read_exchanges` takes them."""
        return asdict(self)


def read_exchanges(rows: Any) -> tuple[Exchange, ...]:
    """Return the exchanges in what a browser or a file gave; whatever is none is left out."""
    found = (_read_exchange(row) for row in (rows if isinstance(rows, list) else [])[:MAX_EXCHANGES])
    return tuple(exchange for exchange in found if exchange)


def format_citation(label: str, text_date: date | None, url: str) -> str:
    """Return a citation as it is pasted into a text: "arbeidsmiljøloven § 3-3 første ledd, tekst per 2. juli 2026, https://…"."""
    day = texts.TEXT_OF.format(date=format_day(text_date)) if text_date else ""
    return ", ".join(filter(None, (label, day, web_address(url))))


def web_address(url: str) -> str:
    """Return the address when it is one on the web, "" for any other: where a file lies is nobody else's business."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"https", "http"} and parts.hostname else ""


def _read_exchange(row: Any) -> Exchange | None:
    if not isinstance(row, Mapping) or not (question := _text(row, "question")):
        return None
    sources, warnings = row.get("sources"), row.get("warnings")
    return Exchange(
        question=question, text=_text(row, "text"),
        sources=tuple(s for s in map(_read_source, sources) if s) if isinstance(sources, list | tuple) else (),
        warnings=tuple(w for w in warnings if isinstance(w, str)) if isinstance(warnings, list | tuple) else (),
        by_model=row.get("by_model") is True,
    )  # fmt: skip


def _read_source(row: Any) -> Source | None:
    if not isinstance(row, Mapping) or not isinstance(row.get("n"), int) or not (label := _text(row, "label")):
        return None
    return Source(
        n=row["n"], label=label, quote=_text(row, "quote"), kind=_text(row, "kind"), url=web_address(_text(row, "url")),
        text_date=_text(row, "text_date"),
    )  # fmt: skip


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value[:_LONGEST] if isinstance(value, str) else ""
