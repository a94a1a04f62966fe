"""Running heads, running feet and page numbers: lines that stand at the same place of most pages."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

# How many lines at the top and at the bottom of a page may be running ones.
DEPTH = 3
# Running lines stand apart from the text by a gap this much wider than between the lines of the text.
_WIDE_GAP = 1.3
_LEAST_PAGES = 3
_MOST = 0.5
# Books have one head on the left pages and another on the right ones.
_LEAST_PAGES_TWO_SIDED = 6
_MOST_OF_A_SIDE = 0.8
_PAGE_OF = re.compile(
    r"(?:side|s\.|page|p\.)?\s*[-–]?\s*(\d{1,4})\s*[-–]?(?:\s*(?:av|of|/|\|)\s*\d{1,4})?", re.IGNORECASE
)
# "3 Kapittel 2: Roller" or "Kapittel 2: Roller 3": the head of a chapter with the number of the page.
_NUMBER_AT_END = re.compile(r"(\d{1,4})\s+\D.{0,100}|\D.{0,100}?\s(\d{1,4})")
_UNMISTAKABLE = re.compile(
    r"(?:(?:side|page)\s*\d{1,4}(?:\s*(?:av|of|/|\|)\s*\d{1,4})?|\d{1,4}\s*(?:av|of)\s*\d{1,4}|[-–]\s*\d{1,4}\s*[-–])",
    re.IGNORECASE,
)


def find_running(placed_pages: Sequence[Sequence[tuple[str, float]]]) -> list[set[int]]:
    """Return for each page the positions of its running lines.

    Args:
        placed_pages: The lines of each page from top to bottom, each with its height above the lower edge.
    """
    edges = [_edges([height for _, height in lines]) for lines in placed_pages]
    pages = [[text for text, _ in lines] for lines in placed_pages]
    keys = [{i: key for i in edge if (key := _key(lines[i]))} for lines, edge in zip(pages, edges, strict=True)]
    running = _frequent(keys)
    found = [{i for i, key in of_page.items() if key in running[number % 2]} for number, of_page in enumerate(keys)]
    offset = _numbering(pages, edges)
    for number, (lines, edge, running_lines) in enumerate(zip(pages, edges, found, strict=True)):
        wanted = None if offset is None else number + offset
        for i in edge:
            if _UNMISTAKABLE.fullmatch(lines[i].strip()) or (wanted is not None and wanted in _numbers(lines, i)):
                running_lines.add(i)
    return found


def _numbers(lines: Sequence[str], position: int) -> set[int]:
    """Return what may be the page's number: a number alone, or on the outermost lines one before or after a head."""
    line = lines[position].strip()
    if match := _PAGE_OF.fullmatch(line):
        return {int(match[1])}
    if position in {0, len(lines) - 1} and (match := _NUMBER_AT_END.fullmatch(line)):
        return {int(match[1] or match[2])}
    return set()


def _edges(heights: Sequence[float]) -> set[int]:
    """Return the positions that running lines may have: those beyond a gap near the top or bottom, or the outermost."""
    count = len(heights)
    distances = [above - below for above, below in pairwise(heights)]
    usual = sorted(distance for distance in distances if distance > 1)
    wide = _WIDE_GAP * usual[len(usual) // 3] if usual else 0.0
    depths = range(1, min(DEPTH, count // 3) + 1)  # most of a page is text
    top = max((n for n in depths if distances[n - 1] > wide), default=1)
    bottom = max((n for n in depths if distances[-n] > wide), default=1)
    return set(range(min(top, count))) | set(range(max(0, count - bottom), count))


def _key(line: str) -> str:
    """Return the line with digits aside; "" for a bare number, which `_numbering` judges."""
    key = re.sub(r"\d+", "#", re.sub(r"\s+", " ", line)).strip().casefold()
    return key if re.search(r"[^\W\d_]", key) else ""


def _frequent(pages: Sequence[dict[int, str]]) -> tuple[set[str], set[str]]:
    """Return the keys that are running ones on the even and on the odd positions."""
    if len(pages) < _LEAST_PAGES:
        return set(), set()
    counts = Counter(key for page in pages for key in set(page.values()))
    common = {key for key, count in counts.items() if count >= _LEAST_PAGES and count > _MOST * len(pages)}
    if len(pages) < _LEAST_PAGES_TWO_SIDED:
        return common, common
    sides = []
    for side in (pages[::2], pages[1::2]):
        of_side = Counter(key for page in side for key in set(page.values()))
        most = {key for key, count in of_side.items() if count >= _LEAST_PAGES and count >= _MOST_OF_A_SIDE * len(side)}
        sides.append(common | most)
    return sides[0], sides[1]


def _numbering(pages: Sequence[Sequence[str]], edges: Sequence[set[int]]) -> int | None:
    """Return what to add to a page's position for its printed number, None where pages carry none."""
    offsets: Counter[int] = Counter()
    for number, (lines, edge) in enumerate(zip(pages, edges, strict=True)):
        numbers = {value for i in edge for value in _numbers(lines, i)}
        offsets.update(value - number for value in numbers)
    if not offsets:
        return None
    offset, count = offsets.most_common(1)[0]
    return offset if count >= _LEAST_PAGES and count > _MOST * len(pages) else None
