"""Blocks as Markdown. Signs that Markdown would read are escaped: what was text stays text."""

import re
from collections.abc import Sequence

from assistant.export.blocks import Block, Run, Style

_SIGNS = re.compile(r"([\\`*_<>|~&]|!(?=\[)|\[(?!\d{1,3}\])|(?<!\d)\](?=[(\[:]))")
_LINE_STARTS = re.compile(r"^(\s*)(#|[-+](?=\s|-)|=|\d+(?=[.)]\s))")
_BEFORE = {
    Style.TITLE: "# ", Style.HEADING: "## ", Style.LABEL: "### ", Style.PARAGRAPH: "", Style.ITEM: "- ", Style.QUOTE: "> ",
    Style.SMALL: "",
}  # fmt: skip


def write_markdown(blocks: Sequence[Block]) -> bytes:
    """Return the blocks as a Markdown file."""
    lines: list[str] = []
    for number, block in enumerate(blocks):
        follows_item = number and block.style is Style.ITEM and blocks[number - 1].style is Style.ITEM
        lines += [] if follows_item or not number else [""]
        lines.append(_write(block))
    return ("\n".join(lines) + "\n").encode()


def _write(block: Block) -> str:
    text = "".join(map(_write_run, block.runs)).strip()
    text = f"_{text}_" if block.style is Style.SMALL else _LINE_STARTS.sub(r"\1\\\2", text)
    before = _BEFORE[block.style]
    if block.style is Style.QUOTE:
        return "\n".join(f"{before}{line}".rstrip() for line in text.split("\n"))
    return before + " ".join(text.split("\n"))


def _write_run(run: Run) -> str:
    text = _SIGNS.sub(r"\\\1", run.text)
    inner = text.strip()
    if not (run.bold and inner):
        return text
    start = len(text) - len(text.lstrip())
    return f"{text[:start]}**{inner}**{text[start + len(inner) :]}"
