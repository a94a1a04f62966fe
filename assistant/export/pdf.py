"""Blocks as a PDF. Only the fonts that every reader has are used, so nothing is embedded or fetched."""

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from assistant import texts
from assistant.export.blocks import Block, Style

_ENCODING = "windows-1252"
_FONT = "Helvetica"
# Size in points, space before in millimetres, indent in millimetres.
_LOOKS = {
    Style.TITLE: (20.0, 0.0, 0.0), Style.HEADING: (14.0, 7.0, 0.0), Style.LABEL: (11.0, 4.0, 0.0), Style.PARAGRAPH: (11.0, 2.0, 0.0),
    Style.ITEM: (11.0, 1.0, 5.0), Style.QUOTE: (10.0, 1.0, 7.0), Style.SMALL: (9.0, 1.5, 0.0),
}  # fmt: skip
_HEAVY = frozenset({Style.TITLE, Style.HEADING, Style.LABEL})
_INK, _MUTED = (21, 33, 31), (75, 90, 87)
_INSTEAD = str.maketrans({"≥": ">=", "≤": "<=", "−": "-", "‑": "-", "→": "->", "✓": "x", "\u202f": " ", "\u2009": " "})


class _Paper(FPDF):
    """A4 with the page's number at the foot."""

    def footer(self) -> None:
        """Write the number of the page."""
        self.set_y(-15)
        self.set_font(_FONT, size=8)
        self.set_text_color(*_MUTED)
        self.cell(0, 6, f"{texts.PRODUCT}  {self.page_no()}", align="R")


def write_pdf(blocks: Sequence[Block]) -> bytes:
    """Return the blocks as a PDF file. A character that the fonts lack becomes the nearest they have, or "?"."""
    paper = _Paper(format="A4", unit="mm")
    paper.core_fonts_encoding = _ENCODING
    paper.set_title(texts.EXPORT_TITLE)
    paper.set_lang("nb")
    paper.set_creation_date(datetime.now(UTC))
    paper.set_margins(22, 20, 22)
    paper.set_auto_page_break(True, margin=22)
    paper.add_page()
    for block in blocks:
        _write(paper, block)
    return bytes(paper.output())


def _write(paper: _Paper, block: Block) -> None:
    size, before, indent = _LOOKS[block.style]
    if paper.get_y() > paper.t_margin:
        paper.ln(before)
    left = paper.l_margin
    paper.set_left_margin(left + indent)
    paper.set_x(left + indent)
    paper.set_text_color(*(_MUTED if block.style in {Style.SMALL, Style.QUOTE} else _INK))
    height = size * 0.5
    if block.style is Style.ITEM:
        paper.set_font(_FONT, size=size)
        paper.set_x(left + 1)
        paper.cell(4, height, "•", new_x=XPos.LEFT, new_y=YPos.TOP)
        paper.set_x(left + indent)
    for run in block.runs:
        paper.set_font(_FONT, style="B" if run.bold or block.style in _HEAVY else "", size=size)
        paper.write(height, _encodable(run.text))
    paper.ln(height)
    paper.set_left_margin(left)


def _encodable(text: str) -> str:
    """Return the text in the characters that the fonts have."""
    pieces = []
    for character in unicodedata.normalize("NFC", text).translate(_INSTEAD):
        for candidate in (character, unicodedata.normalize("NFKD", character)[:1]):
            if _has(candidate):
                pieces.append(candidate)
                break
        else:
            pieces.append("?")
    return "".join(pieces)


def _has(character: str) -> bool:
    try:
        return bool(character.encode(_ENCODING)) and (character >= " " or character == "\n")
    except UnicodeEncodeError:
        return False
