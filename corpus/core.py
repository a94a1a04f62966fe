"""Reader of the core corpus: acts restated in our own words, and guidance notes. The format is docs/core-format.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from corpus.address import Portion, find_addresses, normalise_section
from corpus.document import Document, Kind, Level, Provision, Segment
from corpus.errors import AddressError, FormatError
from corpus.industry import TABLE_PROVISION, IndustryRow
from corpus.lay_questions import LayQuestions

CORE_FOLDER = Path(__file__).with_name("core")
_FIELDS = frozenset(
    [
        "binds",
        "in_force",
        "amended_by",
        "repealed",
        "note",
        "source",
        "url",
        "source_date",
        "date_kind",
        "level",
        "explains",
        "certainty",
    ]
)
_FIELD = re.compile(r"([a-z_]+):\s*(.*)")
_SECTION_HEADING = re.compile(r"## § (?P<section>[\dA-Za-z -]+?)\.\s+(?P<title>.+)")
_NOTE_HEADING = re.compile(r"## (?P<slug>[a-z0-9-]+) \| (?P<title>.+)")
_SUBSECTION = re.compile(r"\((\d+)\)\s+(.+)")
_ITEM = re.compile(r"([a-zæøå]|\d{1,2})\)\s+(.+)")
_DASH = re.compile(r"[-–]\s+(.+)")
_AFTER_LIST = re.compile(r"(?:…|\.\.\.)\)\s+(.+)")


@dataclass
class _Draft:
    """A provision while its lines are read."""

    heading: str
    name: str
    path: tuple[str, ...]
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    length: int = 0
    segments: list[Segment] = field(default_factory=list)
    subsection: Portion = field(default_factory=Portion)

    def add(self, portion: Portion, marker: str, text: str) -> None:
        """Append a line of text; the marker stands in the text but outside the segment's span."""
        start = self.length + len(marker)
        self.segments.append(Segment(portion=portion, start=start, end=start + len(text)))
        self.text.append(marker + text)
        self.length += len(marker) + len(text) + 1


def read_core(folder: Path = CORE_FOLDER, rows: tuple[IndustryRow, ...] = ()) -> tuple[Document, ...]:
    """Return all documents of the core, acts in the order of their files' names, then the notes.

    Args:
        folder: Where the core lies.
        rows: The table of OLM § 13-1, whose rows become addressable parts of its second ledd.

    Raises:
        FormatError: A file breaks the format.
    """
    acts = [read_act(path, rows) for path in sorted(folder.glob("*.md"))]
    known = frozenset(p.provision_id for act in acts for p in act)
    notes = [read_notes(path, known) for path in sorted((folder / "veiledning").glob("*.md"))]
    return (*acts, *notes)


def read_act(path: Path, rows: tuple[IndustryRow, ...] = ()) -> Document:
    """Return the act in the file.

    Raises:
        FormatError: The file breaks the format.
    """
    front, drafts = _read_file(path, _SECTION_HEADING, "section")
    try:
        level, text_date, checked = Level(int(front["level"])), _date(front["text_date"]), _date(front["checked"])
        work, name, url = front["id"], front["name"], front["url"]
        title, abbreviation = front["title"], front["abbreviation"]
    except (KeyError, ValueError) as error:
        raise FormatError(f"{path.name}:1: front matter lacks or has a bad {error}") from error
    asked, provisions = LayQuestions.beside(path), []
    for draft in drafts:
        try:
            section = normalise_section(draft.name)
        except AddressError as error:
            raise FormatError(f"{path.name}:{draft.line}: {error}") from error
        if f"{work}/§{section}" == TABLE_PROVISION:
            _add_rows(draft, rows)
        provisions.append(
            Provision(
                provision_id=f"{work}/§{section}",
                kind=Kind.RESTATEMENT,
                level=level,
                source=name,
                label=f"{name} § {draft.name}",
                url=f"{url}/§{section}",
                text_date=text_date,
                checked=checked,
                in_force=_field_date(path, draft, "in_force"),
                amended_by=draft.fields.get("amended_by"),
                repealed=_field_date(path, draft, "repealed"),
                binds=tuple(b.strip() for b in draft.fields.get("binds", "").split(",") if b.strip()),
                note=draft.fields.get("note", ""),
                **_common(draft, asked),
            )
        )
    asked.finish()
    return Document(
        document_id=work, title=title, name=name, abbreviation=abbreviation, level=level, url=url,
        provisions=tuple(provisions), text_date=text_date, checked=checked,
    )  # fmt: skip


def read_notes(path: Path, known: frozenset[str] = frozenset()) -> Document:
    """Return the guidance notes in the file as one document.

    Args:
        path: The file.
        known: Provision ids of the acts, to read the addresses that the notes explain.

    Raises:
        FormatError: The file breaks the format.
    """
    front, drafts = _read_file(path, _NOTE_HEADING, "slug")
    if "checked" not in front:
        raise FormatError(f"{path.name}:1: front matter lacks 'checked'")
    checked = _read_date(path, 1, front["checked"])
    asked, provisions = LayQuestions.beside(path), []
    for draft in drafts:
        try:
            level, source, url = Level(int(draft.fields["level"])), draft.fields["source"], draft.fields["url"]
        except (KeyError, ValueError) as error:
            raise FormatError(f"{path.name}:{draft.line}: note lacks or has a bad {error}") from error
        source_date = draft.fields.get("source_date", "")
        provisions.append(
            Provision(
                provision_id=f"veiledning/{draft.name}",
                kind=Kind.GUIDANCE,
                level=level,
                source=source,
                label=source,
                url=url,
                text_date=_field_date(path, draft, "source_date")
                if re.fullmatch(r"\d{4}-\d\d-\d\d", source_date)
                else None,
                checked=checked,
                explains=tuple(m.candidates[0] for m in find_addresses(draft.fields.get("explains", ""), known)),
                certainty=draft.fields.get("certainty", ""),
                date_kind=draft.fields.get("date_kind", ""),
                **_common(draft, asked),
            )
        )
    asked.finish()
    title = f"Veiledning: {path.stem}"
    return Document(
        document_id=f"veiledning/{path.stem}", title=title, name=title, abbreviation="", level=Level.AUTHORITY, url="",
        provisions=tuple(provisions), text_date=None, checked=checked,
    )  # fmt: skip


def _common(draft: _Draft, asked: LayQuestions) -> dict[str, Any]:
    return {
        "heading": draft.heading,
        "path": draft.path,
        "text": "\n".join(draft.text),
        "segments": asked.attach(draft.name, tuple(draft.segments)),
    }


def _date(text: str) -> date:
    return date.fromisoformat(text.strip())


def _read_date(path: Path, line: int, text: str) -> date:
    try:
        return _date(text)
    except ValueError as error:
        raise FormatError(f"{path.name}:{line}: not a date: {text!r}") from error


def _field_date(path: Path, draft: _Draft, name: str) -> date | None:
    return _read_date(path, draft.line, draft.fields[name]) if name in draft.fields else None


def _add_rows(draft: _Draft, rows: tuple[IndustryRow, ...]) -> None:
    """Put the table of § 13-1 behind the second ledd, each row a part of its own."""
    after = [i for i, s in enumerate(draft.segments) if s.portion.path.startswith("ledd/2")][-1] + 1
    tail = [(s, line) for s, line in zip(draft.segments[after:], draft.text[after:], strict=True)]
    del draft.segments[after:], draft.text[after:]
    draft.length = sum(len(line) + 1 for line in draft.text)
    ledd = Portion.parse("ledd/2")
    for row in rows:
        draft.add(ledd.child("rad", row.code), "", f"{row.code} {row.name}")
    for segment, line in tail:
        marker = line[: len(line) - (segment.end - segment.start)]
        draft.add(segment.portion, marker, line[len(marker) :])


def _read_file(path: Path, heading: re.Pattern[str], name: str) -> tuple[dict[str, str], list[_Draft]]:
    """Return the front matter and the drafts of the provisions in the file."""
    lines = list(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))
    front, rest = _split_front_matter(path, lines)
    drafts: list[_Draft] = []
    chapter: tuple[str, ...] = ()
    for number, line in rest:
        stripped = line.strip()
        if not stripped:
            continue
        if line.startswith("# "):
            chapter = (line[2:].strip(),)
        elif line.startswith("## "):
            match = heading.fullmatch(stripped)
            if not match:
                raise FormatError(f"{path.name}:{number}: not a heading of a provision: {line!r}")
            drafts.append(_Draft(match["title"].strip(), match[name].strip(), chapter, number))
        elif not drafts:
            raise FormatError(f"{path.name}:{number}: text before the first provision: {line!r}")
        else:
            _read_line(path, number, stripped, drafts[-1])
    names = [draft.name for draft in drafts]
    for draft in drafts:
        if names.count(draft.name) > 1:
            raise FormatError(f"{path.name}:{draft.line}: {draft.name} stands more than once")
        if not draft.segments:
            raise FormatError(f"{path.name}:{draft.line}: {draft.name} has no text")
        _drop_lone_marker(draft)
    return front, drafts


def _split_front_matter(path: Path, lines: list[tuple[int, str]]) -> tuple[dict[str, str], Iterator[tuple[int, str]]]:
    if not lines or lines[0][1].strip() != "---":
        raise FormatError(f"{path.name}:1: no front matter")
    front: dict[str, str] = {}
    rest = iter(lines[1:])
    for number, line in rest:
        if line.strip() == "---":
            return front, rest
        match = _FIELD.fullmatch(line.strip())
        if not match:
            raise FormatError(f"{path.name}:{number}: not a field: {line!r}")
        front[match[1]] = match[2].strip()
    raise FormatError(f"{path.name}:1: front matter does not end")


def _read_line(path: Path, number: int, line: str, draft: _Draft) -> None:
    """Add one line to the draft, by its form."""
    try:
        if not draft.segments and (match := _FIELD.fullmatch(line)):
            if match[1] not in _FIELDS:
                raise FormatError(f"unknown field {match[1]!r}")
            draft.fields[match[1]] = match[2].strip()
        else:
            _read_text(line, draft)
    except FormatError as error:
        raise FormatError(f"{path.name}:{number}: {error}") from error


def _read_text(line: str, draft: _Draft) -> None:
    ledd = draft.subsection
    if line.startswith("? "):
        raise FormatError("lay questions stand in a file of their own, sporsmal/")
    if match := _SUBSECTION.fullmatch(line):
        draft.subsection = Portion().child("ledd", match[1])
        if any(s.portion == draft.subsection for s in draft.segments):
            raise FormatError(f"ledd {match[1]} stands more than once")
        draft.add(draft.subsection, f"({match[1]}) ", match[2].strip())
    elif match := _ITEM.fullmatch(line):
        kind = "nr" if match[1].isdigit() else "bokstav"
        draft.add(ledd.child(kind, match[1]), f"{match[1]}) ", match[2].strip())
    elif match := _AFTER_LIST.fullmatch(line):
        draft.add(ledd, "", match[1].strip())
    elif match := _DASH.fullmatch(line):
        dashes = sum(s.portion.path.startswith(f"{ledd.path}/strek" if ledd.path else "strek") for s in draft.segments)
        draft.add(ledd.child("strek", str(dashes + 1)), "– ", match[1].strip())
    elif not draft.segments or not ledd.parts:
        draft.add(Portion(), "", line)
    else:
        raise FormatError(f"not a line of the format: {line!r}")


def _drop_lone_marker(draft: _Draft) -> None:
    """Leave "(1)" out of the text of a provision with one ledd."""
    ledd = {s.portion.parts[0] for s in draft.segments if s.portion.parts}
    if ledd == {("ledd", "1")} and draft.text[0].startswith("(1) "):
        draft.text[0] = draft.text[0][4:]
        draft.length -= 4
        draft.segments = [Segment(portion=s.portion, start=s.start - 4, end=s.end - 4) for s in draft.segments]
