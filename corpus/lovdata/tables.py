"""Tables: each row is addressed, by the code or number it opens with, or else by its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from corpus.lovdata.elements import text_of

_CODE = re.compile(r"[\w.,()+§-]{1,12}")
_NUMBERED = re.compile(r"(\d+)\.\s+")
_LETTERED = re.compile(r"([a-z])([).])\s*(?:\|\s*|(?<=\s)(?=\S))")
# A table of industries is cited by industry code.
_INDUSTRY = re.compile(r"nærings(?:kode|gruppe|område|hovedområde)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as it stands in the text. `marker` is the part of it in front of what is cited; `name` is "" when rows are counted."""

    text: str
    kind: str = ""
    name: str = ""
    marker: str = ""
    is_header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: what stands over it, and its rows. `is_list` says that it is a numbered list with a lead-in."""

    lead: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    is_list: bool = False


def read_table(element: etree._Element) -> Table:
    """Return the table with its rows addressed."""
    lead = tuple(text_of(child) for child in element if child.tag == "caption")
    rows = list(_cells_of(element))
    head = [cells for is_header, cells in rows if is_header]
    body = [cells for is_header, cells in rows if not is_header]
    if _is_list(head, body):
        return Table(lead=tuple(t for t in lead if t), rows=tuple(_list_rows(rows)), is_list=True)
    kind = "rad" if head and any(_INDUSTRY.search(cells[0]) for cells in head) else "tabellrad"
    if _letters(body) == list("abcdefghijklmnopqrstuvwxyz"[: len(body)]) and len(body) > 1:
        return Table(lead=tuple(t for t in lead if t), rows=tuple(_lettered_rows(rows)))
    coded = _is_coded(body)
    found: list[Row] = []
    for is_header, cells in rows:
        if is_header:
            found.append(Row(text=_join(cells), is_header=True))
        elif coded and len(cells) == 2 and (lines := _coded_lines(cells)):
            found.extend(replace(row, kind=kind) for row in lines)
        else:
            text = " ".join(cells) if coded and len(cells) == 2 else _join(cells)
            found.append(Row(kind=kind, name=_name(cells[0]) if coded else "", text=text))
    return Table(lead=tuple(t for t in lead if t), rows=tuple(row for row in found if row.text))


def _cells_of(table: etree._Element) -> Iterator[tuple[bool, list[str]]]:
    for group in table:
        for row in [group] if group.tag == "tr" else group:
            if row.tag != "tr":
                continue
            cells = [text_of(cell) for cell in row]
            if any(cells):
                yield group.tag == "thead" or all(cell.tag == "th" for cell in row), cells


def _join(cells: list[str]) -> str:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return " | ".join(cells)


def _name(cell: str) -> str:
    return cell.strip(" .,()-").lower()


def _is_coded(body: list[list[str]]) -> bool:
    """Return whether each row opens with a short code of its own."""
    names = [_name(cells[0]) for cells in body]
    return all(_CODE.fullmatch(cells[0]) for cells in body) and all(names) and len(set(names)) == len(names)


def _coded_lines(cells: list[str]) -> list[Row]:
    """Return a row for each line of a cell whose lines have codes below the row's own: "03 | 03.2 Akvakultur"."""
    code = re.compile(rf"({re.escape(cells[0])}[.\d]*\d)\s+\S")
    lines = cells[1].split("\n")
    if not code.match(lines[0]):
        return []
    found: list[Row] = []
    for line in lines:
        if match := code.match(line):
            found.append(Row(name=match[1], text=line, marker="" if found else f"{cells[0]}: "))
        else:
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n{line}")
    return found


def _is_list(head: list[list[str]], body: list[list[str]]) -> bool:
    numbers = [match[1] if (match := _NUMBERED.match(cells[0])) else "" for cells in body]
    return len(head) == 1 and head[0][0].endswith(":") and numbers == [str(n) for n in range(1, len(body) + 1)] != []


def _letters(body: list[list[str]]) -> list[str]:
    """Return the letters that the rows open with, as far as they are lettered: "a)"."""
    return [match[1] for cells in body if (match := _LETTERED.match(_join(_filled(cells))))]


def _filled(cells: list[str]) -> list[str]:
    """Return the cells from the first that is not empty."""
    return cells[next((i for i, cell in enumerate(cells) if cell), 0) :]


def _lettered_rows(rows: list[tuple[bool, list[str]]]) -> Iterator[Row]:
    for is_header, cells in rows:
        text = _join(_filled(cells))
        match = _LETTERED.match(text)
        if is_header or not match:
            yield Row(text=text, is_header=True)
        else:
            yield Row(kind="bokstav", name=match[1], marker=f"{match[1]}{match[2]} ", text=text[match.end() :])


def _list_rows(rows: list[tuple[bool, list[str]]]) -> Iterator[Row]:
    for is_header, cells in rows:
        match = _NUMBERED.match(cells[0])
        if is_header or not match:
            yield Row(text=_join(cells), is_header=True)
        else:
            text = _join([cells[0][match.end() :], *cells[1:]])
            yield Row(kind="nr", name=match[1], marker=f"{match[1]}. ", text=text)
