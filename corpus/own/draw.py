"""The lines of a PDF page as pypdf finds them: their text, their place and their looks, in reading order."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corpus.own.columns import is_side_by_side, split_layout
from corpus.own.lines import mend_characters, squeeze

if TYPE_CHECKING:
    from pypdf import PageObject

_SHOW_OPERATORS = frozenset({b"Tj", b"TJ", b"'", b'"'})
# A line of a table of contents: dots lead to the number of a page.
_CONTENTS_ENTRY = re.compile(r"(?:\. ?){5}[\s|]*(?:\d{1,4}|[ivxlc]{1,6})$")
_LONGEST_ENTRY_END = 40
# Sizes that differ less are the same.
SAME_SIZE = 0.5


@dataclass(slots=True)
class Drawn:
    """A line as it is drawn: where it begins, in points from the lower left corner, and how."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    is_row: bool = False


@dataclass(slots=True)
class _Collector:
    """Takes what pypdf reports while it extracts a page; only the page's own reading order is kept."""

    lines: list[Drawn] = field(default_factory=list)
    starts: list[tuple[float, float]] = field(default_factory=list)
    is_open: bool = False

    def see_operand(self, operator: Any, _operands: Any, cm: Sequence[float], tm: Sequence[float]) -> None:
        """Note where a piece of text begins."""
        if operator in _SHOW_OPERATORS:
            x, y, _ = _place(tm, cm, 1.0)
            self.starts.append((x, y))

    def see_text(self, text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        """Add a piece of text to its line."""
        for number, piece in enumerate(text.split("\n")):
            self.is_open = self.is_open and number == 0
            if not piece.strip():
                if self.is_open:
                    self.lines[-1].text += piece
                continue
            x, y, scaled = _place(tm, cm, size)
            is_bold = bool(font) and "bold" in str(font.get("/BaseFont", "")).lower()
            if self.is_open:
                line = self.lines[-1]
                line.text += piece
                line.size, line.bold = max(line.size, scaled), line.bold and is_bold
            else:
                self.lines.append(Drawn(piece, x, y, scaled, is_bold))
                self.is_open = True


def _place(tm: Sequence[float], cm: Sequence[float], size: float) -> tuple[float, float, float]:
    """Return where on the page text begins and how large it is; turned text as if it were upright."""
    a = tm[0] * cm[0] + tm[1] * cm[2]
    b = tm[0] * cm[1] + tm[1] * cm[3]
    scale = math.hypot(tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    if abs(b) > abs(a):
        x, y = (y, -x) if b > 0 else (-y, x)
    elif a < 0:
        x, y = -x, -y
    return x, y, abs(size) * scale


def draw_page(page: "PageObject") -> list[Drawn]:
    """Return the lines of a page that hold text, columns one after the other."""
    collector = _Collector()
    page.extract_text(visitor_operand_before=collector.see_operand, visitor_text=collector.see_text)
    lines = collector.lines
    if lines and is_side_by_side(collector.starts, float(page.mediabox.width)):
        lines = _read_layout(page, lines)
    for line in lines:
        line.text = squeeze(mend_characters(line.text))
    return [line for line in lines if line.text and not _CONTENTS_ENTRY.search(line.text[-_LONGEST_ENTRY_END:])]


def _read_layout(page: "PageObject", lines: list[Drawn]) -> list[Drawn]:
    """Return the lines as pypdf's layout mode orders them, with the looks of the same lines in plain mode."""
    layout = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False)
    looks = {_bare(line.text): line for line in lines}
    found = []
    size = body_size([lines])
    y = max(line.y for line in lines)
    for text, is_row in split_layout(layout):
        known = looks.get(_bare(text))
        y = known.y if known else y - size
        found.append(Drawn(text, 0.0, y, known.size if known else size, bool(known and known.bold), is_row))
    kept = sum(len(_bare(line.text)) for line in found)
    # Layout mode leaves out turned text: never trade order for words.
    return found if kept >= sum(len(_bare(line.text)) for line in lines) else lines


def _bare(text: str) -> str:
    return re.sub(r"[\s|]", "", text)


def body_size(pages: Sequence[Sequence[Drawn]]) -> float:
    """Return the size that most of the text has."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size / SAME_SIZE) * SAME_SIZE] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
