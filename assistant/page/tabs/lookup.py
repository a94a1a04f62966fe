"""The tab "Slå opp": a provision by its address or by words, and the documents by chapter. Plain functions and the tab."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any, Protocol

import gradio as gr

from assistant.browse import Browser, Chapter, Listed, Reference
from assistant.nynorsk import Language, say_html
from assistant.page import texts as page_texts
from assistant.page.calls import callable_as
from assistant.page.card import open_attributes, render_level, render_paragraph, short_name
from assistant.page.frame import FOLDER
from assistant.page.provision import open_provision, render_provision
from assistant.page.tabs import corpus_texts as texts
from assistant.page.watch import NOBODY, Watch
from corpus.document import Kind, Level, Provision
from corpus.errors import UnknownProvision
from corpus.numerals import format_day
from index.hit import Hit

MAX_LENGTH = 200
_MOST = 20
_FEW = 30
_EXCERPT = 260
# What can be ticked, and the levels it stands for; "egne" is what the user has added, of any level.
_LEVELS: dict[str, tuple[Level, ...]] = {
    "lov": (Level.LAW,), "forskrift": (Level.REGULATION,), "veiledning": (Level.AUTHORITY,),
    "andre": (Level.PUBLIC, Level.COMMERCIAL), "egne": (),
}  # fmt: skip


class Searcher(Protocol):
    """What the tab needs of the assistant."""

    def search(self, query: str, top_k: int = 20) -> list[Hit]:
        """Return the provisions that hold what is searched for, best first.

        Raises:
            QuestionError: There is nothing in it to search for.
        """
        ...


def find(searcher: Searcher, browser: Browser, sent: Any) -> dict[str, str]:
    """Return what was searched for: the provision of an address opened, or what holds the words, as {"html", "id"}.

    Args:
        searcher: Who finds words.
        browser: The sources.
        sent: What the browser sent: {"query", "levels"}.
    """
    values: Mapping[str, Any] = sent if isinstance(sent, Mapping) else {}
    query = str(values.get("query") or "").strip()[:MAX_LENGTH]
    if not query:
        return {"problem": texts.LOOKUP_EMPTY}
    try:
        provisions, portion = browser.library.look_up(query)
        return {"id": provisions[0].provision_id, "html": render_provision(provisions, browser, portion)}
    except UnknownProvision as error:
        missing = str(error) if any(character.isdigit() for character in query) else ""
    levels = values.get("levels")
    chosen = [level for level in levels if level in _LEVELS] if isinstance(levels, list) else []
    found = _unique(hit for hit in searcher.search(query, _MOST) if _is_chosen(hit.provision, chosen or list(_LEVELS)))
    return {"id": "", "html": render_found(query, found, missing if not found else "")}


def list_chapters(browser: Browser, sent: Any) -> dict[str, str]:
    """Return the contents of a document, as {"html"}.

    Args:
        browser: The sources.
        sent: The id of the document, as the browser sent it.
    """
    listed = next((document for document in browser.documents if document.document_id == sent), None)
    if listed is None:
        return {"problem": texts.DOCUMENT_GONE}
    return {"html": render_chapters(listed, browser.chapters(listed.document_id))}


def render_found(query: str, hits: Sequence[Hit], missing: str = "") -> str:
    """Return the list of what was found."""
    rows = "".join(map(_render_hit, hits))
    found = {0: texts.FOUND_NOTHING, 1: texts.FOUND_ONE}.get(len(hits), texts.FOUND)
    count = missing or found.format(count=len(hits), query=query)
    return (
        f'<section class="found"><h3 tabindex="-1">{escape(count)}</h3>'
        f"{'' if hits else render_paragraph('hint', texts.FOUND_NOTHING_HINT)}<ol>{rows}</ol></section>"
    )


def _render_hit(hit: Hit) -> str:
    provision = hit.provision
    segment = provision.segments[hit.segments[0].segment] if hit.segments else None
    text = provision.text[segment.start : segment.end] if segment else provision.text
    words = " ".join(text.split())
    excerpt = words if len(words) <= _EXCERPT else words[:_EXCERPT].rsplit(" ", 1)[0] + " …"
    return (
        f'<li><p class="tags">{render_level(provision.level, provision.kind)}</p>'
        f"<h4><a {open_attributes(provision.provision_id)}>{escape(provision.label)}</a></h4>"
        f"{render_paragraph('heading', provision.heading)}{render_paragraph('excerpt', excerpt)}</li>"
    )


def render_documents(documents: Iterable[Listed]) -> str:
    """Return the documents as a list to open, by group."""
    groups: dict[str, list[Listed]] = {}
    for document in documents:
        groups.setdefault(_group(document), []).append(document)
    parts = []
    for group, title in texts.GROUPS.items():
        rows = "".join(
            f'<li><button type="button" class="quiet" data-document="{escape(d.document_id, quote=True)}">'
            f"{escape(name(d))}</button></li>"
            for d in groups.get(group, ())
        )
        if rows:
            parts.append(f'<section data-group="{group}"><h4>{title}</h4><ul>{rows}</ul></section>')
    return "".join(parts)


def render_chapters(document: Listed, chapters: Sequence[Chapter]) -> str:
    """Return the contents of a document: chapters that fold out, with their provisions."""
    is_open = len(chapters) == 1 or document.count <= _FEW
    parts = "".join(
        f"<details{' open' if is_open else ''}><summary>{escape(chapter.title or texts.WITHOUT_CHAPTER)}</summary>"
        f"<ul>{''.join(map(_render_reference, chapter.provisions))}</ul></details>"
        for chapter in chapters
    )
    days = texts.TEXT_PER.format(date=format_day(document.text_date)) if document.text_date else ""
    return (
        f'<section class="contents"><p class="tags">{render_level(document.level, Kind.OWN if document.source == "own" else Kind.OFFICIAL)}</p>'
        f'<h3 tabindex="-1">{escape(name(document))}</h3>{render_paragraph("hint", days)}{parts}</section>'
    )


def _render_reference(reference: Reference) -> str:
    gone = f' <span class="status">{page_texts.REPEALED}</span>' if reference.is_gone else ""
    called = short_name(reference)
    heading = "" if called == reference.heading else f" {escape(reference.heading)}"
    return f"<li><a {open_attributes(reference.provision_id)}>{escape(called)}</a>{heading}{gone}</li>"


def name(document: Listed) -> str:
    """Return what a document is called: guidance of ours by what it is about."""
    return texts.GUIDANCE.get(document.document_id, document.title)


def _group(document: Listed) -> str:
    if document.source == "own":
        return "egne"
    return next((group for group, levels in _LEVELS.items() if document.level in levels), "andre")


def _is_chosen(provision: Provision, chosen: Sequence[str]) -> bool:
    if provision.kind is Kind.OWN:
        return "egne" in chosen
    return any(provision.level in _LEVELS[group] for group in chosen)


def _unique(hits: Iterable[Hit]) -> list[Hit]:
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.provision.provision_id, hit)
    return list(first.values())


def render_ticks(documents: Sequence[Listed]) -> str:
    """Return the kinds of sources that there are, to be left out of a search or not."""
    groups = {_group(document) for document in documents}
    return "".join(
        f'<li><label><input type="checkbox" name="level" value="{group}" checked> {title}</label></li>'
        for group, title in texts.GROUPS.items()
        if group in groups
    )


def render_lookup(documents: Sequence[Listed], *, may_change: bool = False) -> str:
    """Return the tab before anything is looked up.

    Args:
        documents: The sources.
        may_change: Whether they may be others when the page is opened, so that the script asks for them.
    """
    changes = " data-changes" if may_change else ""
    return (
        f'<section class="lookup"{changes} data-failed="{page_texts.CALL_FAILED}"><h2>{texts.LOOKUP}</h2><p class="lead">{texts.LOOKUP_HINT}</p>'
        f'<form role="search" aria-label="{texts.LOOKUP}"><div class="field"><label for="lookup-query">{texts.LOOKUP_LABEL}</label>'
        f'<input id="lookup-query" name="query" type="search" autocomplete="off" maxlength="{MAX_LENGTH}" placeholder="{texts.LOOKUP_PLACEHOLDER}"></div>'
        f'<button type="submit" class="main">{texts.LOOKUP_SEARCH}</button>'
        f'<fieldset><legend>{texts.LOOKUP_LEVELS}</legend><ul class="ticks">{render_ticks(documents)}</ul></fieldset>'
        f'<p class="problem" role="alert"></p></form><div class="shelves"><nav aria-label="{texts.LOOKUP_BROWSE}"><h3>{texts.LOOKUP_BROWSE}</h3>'
        f'<div class="field"><label for="lookup-filter">{texts.LOOKUP_FILTER}</label><input id="lookup-filter" type="search" autocomplete="off"></div>'
        f'<div class="documents">{render_documents(documents)}</div></nav><div class="opened-here" data-empty="{texts.LOOKUP_SEARCHING}">'
        f'<p class="hint">{texts.LOOKUP_NOTHING}</p></div></div><p class="visually-hidden" role="status"></p></section>'
    )


def list_documents(browser: Browser, _: Any = None) -> dict[str, str]:
    """Return the documents as they are now, as {"html", "ticks"}."""
    return {"html": render_documents(browser.documents), "ticks": render_ticks(browser.documents)}


def build_lookup(
    searcher: Searcher, browser: Browser, language: Language, watch: Watch = NOBODY, *, may_change: bool = False
) -> gr.HTML:
    """Return the tab.

    Args:
        searcher: Who finds words.
        browser: The sources.
        language: What the page is written in.
        watch: Counts and logs each look-up.
        may_change: Whether the sources are changed on the page.
    """
    calls = [
        callable_as("find", partial(find, searcher, browser), language, watch),
        callable_as("chapters", partial(list_chapters, browser), language, watch),
        callable_as("provision", partial(open_provision, browser), language, watch),
        callable_as("documents", partial(list_documents, browser), language, watch),
    ]
    return gr.HTML(
        say_html(render_lookup(browser.documents, may_change=may_change), language), elem_id="lookup", apply_default_css=False, server_functions=calls,
        js_on_load=(FOLDER / "lookup.js").read_text(encoding="utf-8"),
    )  # fmt: skip
