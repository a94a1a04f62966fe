"""A talk as a row of blocks of text, the same for every format. What answers hold is text here: no HTML, no pictures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant import texts
from assistant.export.talk import Exchange, Source, format_citation
from assistant.nynorsk import Language, say
from corpus.numerals import format_day


class Style(StrEnum):
    """What a block is."""

    TITLE = "title"
    HEADING = "heading"
    LABEL = "label"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the document."""

    style: Style
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The words without their weight."""
        return "".join(run.text for run in self.runs)


def build_blocks(talk: Sequence[Exchange], today: date) -> list[Block]:
    """Return the talk as blocks: title, date and reservation first, then each question with its answer and sources.

    Args:
        talk: The questions and answers, oldest first.
        today: The day that is noted as the day it was taken out.
    """
    blocks = [
        _block(Style.TITLE, texts.EXPORT_TITLE),
        _block(Style.SMALL, texts.EXPORTED.format(date=format_day(today))),
        _block(Style.SMALL, texts.EXPORT_RESERVATION),
    ]
    for exchange in talk:
        blocks += _exchange(exchange)
    if any(source.kind == "lovtekst" for exchange in talk for source in exchange.sources):
        blocks.append(_block(Style.SMALL, texts.ATTRIBUTION))
    return blocks


def say_blocks(blocks: Iterable[Block], language: Language) -> list[Block]:
    """Return the blocks in the language: what was asked and what is quoted stay as they are."""
    return [
        block
        if block.style in {Style.HEADING, Style.QUOTE}
        else Block(block.style, tuple(replace(run, text=say(run.text, language)) for run in block.runs))
        for block in blocks
    ]


def _exchange(exchange: Exchange) -> Iterator[Block]:
    yield _block(Style.HEADING, " ".join(exchange.question.split()))
    yield from _read_markdown(exchange.text)
    if exchange.by_model:
        yield _block(Style.SMALL, f"{texts.WRITTEN_BY_MODEL}.")
    if exchange.warnings:
        yield _block(Style.LABEL, texts.EXPORT_WARNINGS)
        yield from (_block(Style.ITEM, warning) for warning in exchange.warnings)
    if exchange.sources:
        yield _block(Style.LABEL, texts.EXPORT_SOURCES)
        for source in exchange.sources:
            yield from _source(source)


def _source(source: Source) -> Iterator[Block]:
    about = format_citation(source.label, source.day, source.url)
    kind = f" ({source.kind})" if source.kind else ""
    yield Block(Style.PARAGRAPH, (Run(f"[{source.n}] ", bold=True), Run(f"{about}{kind}")))
    if source.quote:
        yield _block(Style.QUOTE, f"«{source.quote}»")


def _block(style: Style, text: str) -> Block:
    return Block(style, (Run(text),))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(["reference", "html_block"])


def _read_markdown(text: str) -> Iterator[Block]:
    """Yield the blocks of an answer's Markdown."""
    within: list[str] = []
    for token in _parser().parse(text):
        if token.nesting > 0:
            within.append(token.type)
        elif token.nesting < 0:
            within.pop()
        elif token.type == "inline":
            runs = tuple(_runs(token.children or []))
            if any(run.text.strip() for run in runs):
                yield Block(_style(within), runs)
        elif token.content.strip():  # code
            yield _block(Style.QUOTE, token.content.strip())


def _style(within: Iterable[str]) -> Style:
    names = set(within)
    if names & {"list_item_open", "tr_open"}:
        return Style.ITEM
    if "blockquote_open" in names:
        return Style.QUOTE
    return Style.LABEL if "heading_open" in names else Style.PARAGRAPH


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    bold, links = 0, list[str]()
    for token in tokens:
        if token.type == "strong_open":
            bold += 1
        elif token.type == "strong_close":
            bold -= 1
        elif token.type == "link_open":
            links.append(str(token.attrs.get("href", "")))
        elif token.type == "link_close":
            yield Run(f" ({links.pop()})", bold > 0)
        elif token.type in {"softbreak", "hardbreak"}:
            yield Run(" ", bold > 0)
        elif token.type in {"text", "code_inline"} and token.content:
            yield Run(token.content, bold > 0)
