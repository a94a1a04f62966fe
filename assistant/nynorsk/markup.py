"""HTML of ours in nynorsk: its texts and the attributes that are read or shown, not what quotes or shows others' words."""

import re
from html import escape, unescape

from assistant.nynorsk.language import Language
from assistant.nynorsk.translate import say

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_SAID = frozenset(
    [
        "aria-label",
        "title",
        "placeholder",
        "data-ask",
        "data-copied",
        "data-deleted",
        "data-delete-label",
        "data-done",
        "data-empty",
        "data-fact",
        "data-failed",
        "data-label",
        "data-none",
        "data-not-copied",
        "data-not-taken",
        "data-open-label",
        "data-sure",
        "data-too-large",
    ]
)
# Words of the sources and of those who ask.
_VERBATIM_TAGS = frozenset({"blockquote", "script", "style"})
_VERBATIM_CLASSES = frozenset({"line", "heading", "excerpt"})
_VERBATIM = re.compile(r"\b(?:data-verbatim|data-n=)")  # the latter is a quote within its paragraph
_EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "rect"})


def say_html(html: str, language: Language) -> str:
    """Return HTML in the language.

    Args:
        html: Well formed, with every attribute in double quotes and escaped.
        language: The language.
    """
    if language is Language.BOKMAAL or not html:
        return html
    said, hidden_in, depth = [], "", 0  # the tag whose words are others', and how many of its name are open in it
    for piece in _TAG.split(html):
        match = _NAME.match(piece)
        if not match:
            said.append(piece if hidden_in or not piece.strip() else _say_text(piece, language))
            continue
        closes, name = match.groups()
        said.append(piece if hidden_in else _ATTRIBUTE.sub(lambda found: _say_attribute(found, language), piece))
        if hidden_in:
            depth += 0 if name != hidden_in else -1 if closes else 1
            hidden_in = hidden_in if depth else ""
        elif not closes and name not in _EMPTY and _is_verbatim(name, piece):
            hidden_in, depth = name, 1
    return "".join(said)


def _say_text(text: str, language: Language) -> str:
    return escape(say(unescape(text), language), quote=False)


def _say_attribute(found: re.Match[str], language: Language) -> str:
    name, value = found.groups()
    if name not in _SAID:
        return found[0]
    text = unescape(value)
    said = say_html(text, language) if text.startswith("<") else say(text, language)
    return f'{name}="{escape(said, quote=True)}"'


def _is_verbatim(name: str, tag: str) -> bool:
    classes = _CLASSES.search(tag)
    return (
        name in _VERBATIM_TAGS
        or _VERBATIM.search(tag) is not None
        or (classes is not None and not _VERBATIM_CLASSES.isdisjoint(classes[1].split()))
    )
