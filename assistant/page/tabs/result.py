"""What all results of the tools share: the frame that is printed and copied, warnings, and sources in the look of the source panel."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape

from assistant.answer import Citation
from assistant.page import panel
from assistant.page import texts as page_texts
from assistant.page.card import render_anchor
from assistant.page.tabs import texts
from corpus.document import Kind, Provision
from corpus.errors import UnknownProvision
from corpus.library import Library
from corpus.numerals import format_day


def render_result(asked: str, title: str, body: str, today: date, *, verdict: str = "") -> str:
    """Return a result.

    Args:
        asked: The question it answers; only shown where the form is not, on paper and in a copy.
        title: What it says, as HTML.
        body: The rest, as HTML.
        today: The day it was made.
        verdict: The style of the title where it is a verdict: "ja", "nei" or "avhenger".
    """
    made = texts.MADE.format(day=format_day(today))
    style = f' class="verdict verdict-{verdict}"' if verdict else ""
    return (
        f'<section class="tool-result"><p class="print-only">{asked}</p><h3 tabindex="-1" data-focus{style}>{title}</h3>{body}'
        f'<p class="made">{made}</p><p class="result-actions no-copy"><button type="button" data-print>{texts.PRINT}</button>'
        f'<button type="button" data-copy>{texts.COPY}</button><span class="copied" role="status" '
        f'data-done="{texts.COPIED}" data-failed="{texts.NOT_COPIED}"></span></p></section>'
    )


def render_empty(gives: Sequence[str]) -> str:
    """Return what stands in the result's place before there is one."""
    return f'<section class="tool-empty"><h3>{texts.GIVES}</h3>{render_list(gives)}</section>'


def render_problems(problems: Mapping[str, str]) -> str:
    """Return what is wrong, by field; the script puts each by its field."""
    told = "".join(
        f'<p class="problem" data-field="{escape(name, quote=True)}">{escape(text)}</p>'
        if name
        else f'<p class="problem whole-problem" tabindex="-1" data-focus>{escape(text)}</p>'
        for name, text in problems.items()
    )
    return f'<div class="problems" role="alert">{told}</div>'


def render_warnings(warnings: Sequence[str]) -> str:
    """Return the warnings, nothing when there are none."""
    if not warnings:
        return ""
    items = "".join(f"<li>{escape(warning)}</li>" for warning in warnings)
    return f'<div class="warnings"><h4>{texts.WARNINGS}</h4><ul>{items}</ul></div>'


def render_block(title: str, body: str, name: str = "") -> str:
    """Return a titled part of a result."""
    return f'<section class="block {name}"><h4>{title}</h4>{body}</section>'


def render_list(items: Iterable[str]) -> str:
    """Return texts as a list."""
    return f'<ul class="plain">{"".join(f"<li>{escape(item)}</li>" for item in items)}</ul>'


def render_sources(citations: Sequence[Citation], library: Library) -> str:
    """Return the cards of what is cited, as the panel of the talk shows them."""
    if not citations:
        return ""
    return (
        f'<section class="sources block" aria-label="{texts.SOURCES}"><h4>{texts.SOURCES}</h4>'
        f"{panel.render_cards(citations, find_provisions(citations, library))}</section>"
    )


def render_rule(citations: Sequence[Citation]) -> str:
    """Return a few quotes behind a line that names them."""
    if not citations:
        return ""
    labels = list(dict.fromkeys(c.label for c in citations))
    named = labels[0] if len(labels) == 1 else texts.MORE_RULES.format(first=labels[0], count=len(labels) - 1)
    return (
        f'<details class="rule"><summary>{escape(texts.SEE_RULE.format(labels=named))}</summary>'
        f"{''.join(map(render_quote, citations))}</details>"
    )


def render_quote(citation: Citation) -> str:
    """Return one quote with where it stands, whose words it is, and the way to the source."""
    link = render_anchor(citation.url, citation.label)
    kind = page_texts.KINDS[citation.kind]
    note = f" {page_texts.NLOD_NOTE}" if citation.kind is Kind.OFFICIAL else ""
    return (
        f'<figure class="rule-quote"><blockquote>{escape(citation.quote)}</blockquote>'
        f"<figcaption>{link} · {kind}.{note}</figcaption></figure>"
    )


def find_provisions(citations: Iterable[Citation], library: Library) -> dict[tuple[str, Kind], Provision]:
    """Return the provisions that are cited, as far as the library has them."""
    found = {}
    for citation in citations:
        key = citation.provision_id, citation.kind
        try:
            found[key] = library.find(*key)
        except (KeyError, UnknownProvision):
            continue
    return found
