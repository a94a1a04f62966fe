"""Text that stands side by side on a page: two columns are read one after the other, table rows cell by cell."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.own.raw import row_text

_LEAST_LINES = 5
_LEAST_SHARE = 0.4
# Where on the page (as shares of the width) a second column or cell may begin.
_MIDDLE = (0.15, 0.85)
_GUTTER_MIDDLE = (0.25, 0.75)
_ALIGNED_POINTS = 3.0
# A column of running text has lines of at least this many characters on average; cells of tables are shorter.
_LEAST_COLUMN_CHARACTERS = 20
_CELLS = re.compile(r" {3,}")


def is_side_by_side(starts: Sequence[tuple[float, float]], width: float) -> bool:
    """Return whether the page draws several texts on one line before it goes on to the next.

    Args:
        starts: Where each piece of text begins, x and y in points, in the order it is drawn.
        width: Width of the page in points.
    """
    seconds: Counter[int] = Counter()
    rows = 0
    seen: set[int] = set()
    last_y: float | None = None
    for x, y in starts:
        if last_y is None or abs(y - last_y) > 1:
            rows += 1
            seen = set()
        else:
            seen.add(round(x / _ALIGNED_POINTS))
            seconds.update({round(x / _ALIGNED_POINTS)} if _MIDDLE[0] * width < x < _MIDDLE[1] * width else ())
        last_y = y
    most = max(seconds.values(), default=0)
    return most >= _LEAST_LINES and most >= _LEAST_SHARE * rows


def split_layout(layout: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines of a page in reading order, each with whether it is a row of a table.

    Args:
        layout: The page as pypdf's layout mode draws it with spaces.
    """
    lines = [line.rstrip() for line in layout.expandtabs().split("\n")]
    gutter = _find_gutter(lines)
    if gutter is None:
        yield from (_read_row(line) for line in lines if line.strip())
        return
    waiting: list[str] = []
    for line in lines:
        if _crosses(line, gutter):
            yield from ((text, False) for text in waiting)
            waiting = []
            yield line.strip(), False
            continue
        if left := line[:gutter].strip():
            yield left, False
        if right := line[gutter:].strip():
            waiting.append(right)
    yield from ((text, False) for text in waiting)


def _read_row(line: str) -> tuple[str, bool]:
    cells = _CELLS.split(line.strip())
    return (row_text(cells), True) if len(cells) > 1 else (cells[0], False)


def _crosses(line: str, gutter: int) -> bool:
    return (
        len(line) > gutter
        and (line[gutter - 1] != " " or line[gutter - 2 : gutter] != "  ")
        and bool(line[:gutter].strip())
    )


def _find_gutter(lines: Sequence[str]) -> int | None:
    """Return the position at which the second column begins, None where there are no two columns of running text."""
    width = max(map(len, lines), default=0)
    begins: Counter[int] = Counter()
    for line in lines:
        begins.update(match.end() for match in re.finditer(r"\S {2,}(?=\S)", line))
        if match := re.match(r" {10,}(?=\S)", line):
            begins[match.end()] += 1
    for position, count in begins.most_common(3):
        if count < _LEAST_LINES or not _GUTTER_MIDDLE[0] * width < position < _GUTTER_MIDDLE[1] * width:
            continue
        both = [
            line for line in lines if len(line) > position and line[:position].strip() and not _crosses(line, position)
        ]
        crossing = sum(_crosses(line, position) for line in lines)
        if len(both) < _LEAST_LINES or crossing > len(both):
            continue
        left = sum(len(line[:position].strip()) for line in both) / len(both)
        right = sum(len(line[position:].strip()) for line in both) / len(both)
        if min(left, right) >= _LEAST_COLUMN_CHARACTERS and not any(
            _CELLS.search(line[:position].strip()) for line in both
        ):
            return position
    return None
