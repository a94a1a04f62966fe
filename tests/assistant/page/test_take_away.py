"""The talk as a file in the browser."""

from base64 import b64decode

import pytest

from assistant.export import Exchange
from assistant.page import texts
from assistant.page.take_away import render_keep, take_away
from tests.assistant.page.fake import TWO_SOURCES

TALK = [Exchange.of(TWO_SOURCES).to_json()]


@pytest.mark.parametrize(("form", "begins"), [("md", b"# Samtale"), ("docx", b"PK"), ("pdf", b"%PDF")])
def test_each_format_comes_as_its_bytes(form: str, begins: bytes) -> None:
    file = take_away({"format": form, "talk": TALK})
    assert b64decode(file["data"]).startswith(begins)
    assert file["name"].endswith(f".{form}")
    assert file["name"] in file["notice"]


@pytest.mark.parametrize("sent", [None, 7, {}, {"format": "exe", "talk": TALK}, {"format": "md", "talk": [7]}])
def test_anything_else_is_refused_in_words(sent: object) -> None:
    assert take_away(sent) == {"problem": texts.NOT_TAKEN}


def test_it_is_told_where_the_talks_lie() -> None:
    assert texts.KEPT_HERE in render_keep()
