"""Blocks as a Word document."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.shared import Pt

from assistant import texts
from assistant.export.blocks import Block, Style

_STYLES = {
    Style.TITLE: "Title", Style.HEADING: "Heading 1", Style.LABEL: "Heading 2", Style.PARAGRAPH: "Normal",
    Style.ITEM: "List Bullet", Style.QUOTE: "Quote", Style.SMALL: "Normal",
}  # fmt: skip
# What XML cannot hold, a document cannot either.
_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)))


def write_word(blocks: Sequence[Block]) -> bytes:
    """Return the blocks as a .docx file."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = texts.EXPORT_TITLE, texts.PRODUCT, "nb-NO"
    for block in blocks:
        paragraph = document.add_paragraph(style=_STYLES[block.style])
        for run in block.runs:
            written = paragraph.add_run(run.text.translate(_FORBIDDEN))
            written.bold = True if run.bold else None
            if block.style is Style.SMALL:
                written.italic, written.font.size = True, Pt(9)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
