"""The source panel: an answer and the provisions it cites, as HTML. Pure functions; everything is escaped here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from types import MappingProxyType

from assistant.answer import Answer, Citation, Nearest
from assistant.browse import Surroundings
from assistant.page import texts
from assistant.page.card import (
    all_lines,
    open_attributes,
    render_beside,
    render_copy,
    render_dates,
    render_level,
    render_link,
    render_note,
    render_paragraph,
)
from corpus.address import Portion
from corpus.document import Kind, Provision
from corpus.merge import matching_span

Provisions = Mapping[tuple[str, Kind], Provision]
_NOTHING_BESIDE: Mapping[str, Surroundings] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Quote:
    """One or more citations of the same lines of a provision: shown as one excerpt.

    `lines` are spans of the provision's text; none when the quote is not where it should be.
    """

    citations: tuple[Citation, ...]
    lines: tuple[tuple[int, int], ...]


def render_panel(
    answer: Answer, provisions: Provisions, turn: int, beside: Mapping[str, Surroundings] = _NOTHING_BESIDE
) -> str:
    """Return the panel of an answer.

    Args:
        answer: What to show the sources of.
        provisions: The provisions cited, as far as they could be found.
        turn: Which message of the talk the answer is, so that the page can tell the panels apart.
        beside: What stands beside the provisions, by their ids.
    """
    if answer.citations:
        title, hint = texts.SOURCES, _kind_notes(answer.citations)
        body = render_cards(answer.citations, provisions, beside)
    elif answer.nearest:
        title, hint = texts.NEAREST, texts.NEAREST_HINT
        body = f'<ul class="nearest">{"".join(map(_nearest, answer.nearest))}</ul>'
    else:
        title, hint, body = texts.SOURCES, texts.NO_SOURCES, ""
    about = texts.SOURCES_OF.format(question=_shorten(answer.question))
    return (
        f'<section class="sources" data-turn="{turn}" aria-labelledby="sources-title">'
        f'<header><h2 id="sources-title" tabindex="-1">{title}</h2><p class="about-answer">{escape(about)}</p>'
        f"{render_paragraph('hint', hint)}</header>{body}"
        f'<p class="back"><button type="button" data-back="{turn}">↑ {texts.BACK_TO_ANSWER}</button></p></section>'
    )


def render_cards(
    citations: Sequence[Citation], provisions: Provisions, beside: Mapping[str, Surroundings] = _NOTHING_BESIDE
) -> str:
    """Return a card for each provision that is cited, with every quote that is taken from it."""
    return "".join(
        _card(group, provisions.get(key), beside.get(key[0], Surroundings()))
        for key, group in _by_provision(citations).items()
    )


def render_legend() -> str:
    """Return the panel before the first answer: how to read the sources."""
    rows = "".join(
        f"<div><dt>{render_level(level, Kind.RESTATEMENT)}</dt><dd>{meaning}</dd></div>"
        for level, meaning in texts.LEGEND_LEVELS
    )
    hint = f"{texts.LEGEND_HINT} <mark>{texts.LEGEND_MARK}</mark>."
    return (
        f'<section class="sources legend" aria-labelledby="sources-title"><h2 id="sources-title">{texts.LEGEND}</h2>'
        f"<p>{hint}</p><dl>{rows}</dl></section>"
    )


def mark_quotes(text: str, start: int, end: int, citations: Iterable[Citation]) -> str:
    """Return text[start:end] as HTML with the quotes in <mark>; without its tags it is the text, character for character."""
    spans = [(c.n, max(c.start, start), min(c.end, end)) for c in citations if c.start < end and c.end > start]
    pieces = []
    for left, right in pairwise(sorted({start, end, *(s for _, s, _ in spans), *(e for _, _, e in spans)})):
        numbers = " ".join(str(n) for n, first, last in spans if first <= left and right <= last)
        piece = escape(text[left:right])
        pieces.append(f'<mark data-n="{numbers}">{piece}</mark>' if numbers else piece)
    return "".join(pieces)


def _by_provision(citations: Sequence[Citation]) -> dict[tuple[str, Kind], list[Citation]]:
    groups: dict[tuple[str, Kind], list[Citation]] = {}
    for citation in citations:
        groups.setdefault((citation.provision_id, citation.kind), []).append(citation)
    return groups


def _kind_notes(citations: Sequence[Citation]) -> str:
    """Return what the kinds of the sources mean, each said once."""
    return " ".join(
        texts.KIND_NOTES[kind] for kind in dict.fromkeys(c.kind for c in citations) if kind in texts.KIND_NOTES
    )


def _card(citations: Sequence[Citation], provision: Provision | None, around: Surroundings) -> str:
    """Return the card of one provision with every quote the answer takes from it."""
    first = citations[0]
    one_label = len({c.label for c in citations}) == 1
    title = first.label if one_label or provision is None else provision.label
    body = "".join(_quote(quote, provision, titled=not one_label) for quote in _quotes(citations, provision))
    return (
        f'<article class="source"><header><p class="tags">{render_level(first.level, first.kind)}'
        f'<span class="kind">{texts.KINDS[first.kind]}</span></p>'
        f"<h3>{_numbers(citations) if one_label else ''}{escape(title)}</h3>"
        f"{render_paragraph('heading', provision.heading if provision else '')}</header>{body}"
        f"{render_paragraph('kind-note', texts.NLOD_NOTE if first.kind is Kind.OFFICIAL else '')}"
        f"{_plain(citations, provision, around.plain)}{_whole(citations, provision)}{render_note(provision)}"
        f"{render_dates(first.in_force, first.text_date, provision)}"
        f'<div class="actions">{render_link(first.url, first.provision_id)}'
        f"{render_copy((c.label, c.text_date, c.url) for c in citations)}</div>{render_beside(around)}</article>"
    )


def _quotes(citations: Sequence[Citation], provision: Provision | None) -> list[Quote]:
    """Group the citations of a provision: those whose excerpts share a line (a ledd, a list's lead-in) are one excerpt."""
    quotes: list[Quote] = []
    for citation in citations:
        placed = provision is not None and is_in_place(provision, citation)
        lines = set(_excerpt(provision, citation)) if provision and placed else set()
        shared = [quote for quote in quotes if lines & set(quote.lines)]
        together = (*(c for quote in shared for c in quote.citations), citation)
        lines |= {line for quote in shared for line in quote.lines}
        merged = Quote(tuple(sorted(together, key=lambda c: c.n)), tuple(sorted(lines)))
        quotes = [*(quote for quote in quotes if quote not in shared), merged]
    return sorted(quotes, key=lambda quote: quote.citations[0].n)


def is_in_place(provision: Provision, citation: Citation) -> bool:
    """Return whether the quote stands in the provision exactly where the citation says."""
    return bool(citation.quote) and provision.text[citation.start : citation.end] == citation.quote


def _quote(quote: Quote, provision: Provision | None, *, titled: bool) -> str:
    first = quote.citations[0]
    numbers = " ".join(str(c.n) for c in quote.citations)
    title = "".join(
        f"<h4>{_numbers([c])}{escape(c.portion.format() or c.label)}</h4>" for c in quote.citations if titled
    )
    if provision is not None and quote.lines:
        text, problem = _lines(provision, quote.lines, quote.citations), ""
    else:
        text = f'<p class="line"><mark data-n="{first.n}">{escape(first.quote)}</mark></p>'
        problem = texts.MISSING_WHOLE if provision is None else texts.MISPLACED_QUOTE
    return (
        f'<div class="quote{" several" if len(quote.citations) > 1 else ""}" data-sources="{numbers}" tabindex="-1">{title}'
        f"<blockquote>{text}</blockquote>{render_paragraph('hint', problem)}</div>"
    )


def _excerpt(provision: Provision, citation: Citation) -> tuple[tuple[int, int], ...]:
    """Return the lines that the quote stands in, with the lead-in of its list before them."""
    every = all_lines(provision.text)
    lines = [line for line in every if line[0] < citation.end and line[1] > citation.start]
    parts = _portion_at(provision, citation.start).parts
    for segment in provision.segments if len(parts) > 1 else ():
        if segment.portion == Portion(parts[:-1]) and segment.end <= lines[0][0]:
            return next(line for line in every if line[0] <= segment.start < line[1]), *lines
    return tuple(lines)


def _portion_at(provision: Provision, start: int) -> Portion:
    try:
        return provision.segment_at(start).portion
    except IndexError:  # the quote begins in a marker such as "(1) "
        return Portion()


def _lines(provision: Provision, lines: Sequence[tuple[int, int]], citations: Sequence[Citation]) -> str:
    """Return the lines as paragraphs, with a gap mark where lines are left out."""
    items = {s.end for s in provision.segments if len(s.portion.parts) > 1}
    html, previous = [], None
    for start, end in lines:
        if previous is not None and start > previous + 1 and provision.text[previous:start].strip():
            html.append('<p class="gap" aria-hidden="true">…</p>')
        name = "line item" if end in items else "line"
        html.append(f'<p class="{name}">{mark_quotes(provision.text, start, end, citations)}</p>')
        previous = end
    return "".join(html)


def _plain(citations: Sequence[Citation], provision: Provision | None, plain: Provision | None) -> str:
    """Return what the quoted parts say in our own words, where official ones are quoted."""
    if provision is None or plain is None or provision.kind is not Kind.OFFICIAL:
        return ""
    spans = [matching_span(provision, c.start, c.end, plain) for c in citations if is_in_place(provision, c)]
    wanted = [(span[0], span[1]) for span in spans if span]
    lines = [line for line in all_lines(plain.text) if any(line[0] < end and line[1] > start for start, end in wanted)]
    if not lines:
        return ""
    return f'<div class="plain"><h4>{texts.PLAINLY}</h4>{_lines(plain, lines, ())}</div>'


def _whole(citations: Sequence[Citation], provision: Provision | None) -> str:
    """Return the whole provision behind a disclosure, or nothing when the excerpt already is all of it."""
    if provision is None:
        return ""
    lines = all_lines(provision.text)
    placed = [c for c in citations if is_in_place(provision, c)]
    if any(quote.lines == tuple(lines) for quote in _quotes(placed, provision)):
        return ""
    summary = texts.SHOW_WHOLE if citations[0].kind in {Kind.RESTATEMENT, Kind.OFFICIAL} else texts.SHOW_WHOLE_NOTE
    label = escape(texts.WHOLE_OF.format(label=provision.label), quote=True)
    return (
        f"<details><summary>{summary}</summary>"
        f'<div class="whole" tabindex="0" role="region" aria-label="{label}">{_lines(provision, lines, placed)}</div></details>'
    )


def _nearest(nearest: Nearest) -> str:
    label = f"<a {open_attributes(nearest.provision_id)}>{escape(nearest.label)}</a>"
    return f"<li>{label}{render_paragraph('heading', nearest.heading)}</li>"


def _numbers(citations: Sequence[Citation]) -> str:
    return "".join(f'<span class="number">{c.n}</span>' for c in citations)


def _shorten(question: str, limit: int = 90) -> str:
    words = " ".join(question.split())
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + " …"
