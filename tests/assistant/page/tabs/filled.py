"""Forms as the browser sends them, and what a reader sees of the HTML that comes back."""

import re
from html import unescape

from assistant.page.tabs.form import Fields


def fill(*rows: tuple[str, str], **values: str) -> Fields:
    """Return a form that was filled in and sent with its own button; rows are for names that stand several times."""
    sent = [["fresh", "1"], *([name, value] for name, value in (*values.items(), *rows))]
    return Fields.read({"fields": sent})


def answer(*rows: tuple[str, str], **values: str) -> Fields:
    """Return the form as a button in the result sends it."""
    return Fields.read({"fields": [[name, value] for name, value in (*values.items(), *rows)]})


def text_of(html: str) -> str:
    """Return the words of the HTML, with one space between them."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
