"""Drafts of a BHT plan, an annual report and a contract: Word files made of sections, each with its paragraph, from a few answers."""

import io
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant import texts
from assistant.errors import UsageError
from corpus.document_requirements import DocumentKind, requirements_for
from corpus.library import Library

_LONGEST_PROPERTY = 255
BLANK = "[fyll inn: {what}]"
_FILE = Path(__file__).with_name("utkast.toml")
_FIELD = re.compile(r"\{(\w+)\}")
_BLANK = re.compile(r"(\[fyll inn: [^\]]*\])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of a draft. `requirement_id` is "" for one that no rule is behind."""

    requirement_id: str
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDocument:
    """A draft before it is written: what it says, and the fields that are still blank."""

    title: str
    sections: tuple[Section, ...]
    blanks: tuple[str, ...]


@cache
def _template() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def answer_fields() -> dict[str, str]:
    """Return the fields of the answers, with what each asks for."""
    return dict(_template()["answers"])


def task_fields() -> dict[str, str]:
    """Return the tasks that the answers may describe, with what each asks for."""
    return dict(_template()["tasks"])


def draft_document(kind: DocumentKind, answers: Mapping[str, str], library: Library) -> DraftDocument:
    """Return the draft of a document. What was not answered is a marked blank.

    Args:
        kind: What to draft.
        answers: Answers by field and by task; text, never read as a template.
        library: The rules whose addresses stand in the headings.
    """
    template = _template()[kind.value]
    asked = answer_fields() | task_fields()
    blanks: list[str] = []

    def fill(text: str) -> str:
        return _FIELD.sub(lambda match: answers.get(match[1]) or _blank(match[1]), text)

    def _blank(name: str) -> str:
        blanks.append(name)
        return BLANK.format(what=asked[name])

    labels = {
        r.requirement_id: library.find(r.provision_id).label_of(r.portion)
        for r in requirements_for(kind)
        if r.is_binding
    }
    title = fill(template["title"])
    sections = tuple(
        Section(
            requirement_id=row.get("requirement", ""),
            heading=f"{row['heading']} ({labels[row['requirement']]})" if "requirement" in row else row["heading"],
            paragraphs=tuple(fill(paragraph) for paragraph in row["paragraphs"]),
        )
        for row in template["section"]
    )
    return DraftDocument(title=title, sections=sections, blanks=tuple(dict.fromkeys(blanks)))


def write_draft(draft: DraftDocument, out: Path, *, force: bool = False) -> None:
    """Write the draft as a Word file, whole or not at all.

    Args:
        draft: What to write.
        out: The file, ending in .docx.
        force: Whether a file that is there may be replaced.

    Raises:
        UsageError: The file is there already, or its name or folder cannot be used.
    """
    if out.suffix.lower() != ".docx":
        raise UsageError(f"Utkastet er en Word-fil. La navnet slutte på .docx: --out {out.with_suffix('.docx')}")
    if out.is_dir() or not out.parent.is_dir():
        raise UsageError(f"Kan ikke skrive til {out}. Mappa må finnes, og navnet må være en fil.")
    if out.exists() and not force:
        raise UsageError(
            f"{out} finnes fra før, og er urørt. Velg et annet navn, eller bruk --force for å erstatte den."
        )
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        _build(draft).save(str(part))
        if force:
            part.replace(out)
        else:
            _put_new(part, out)
    finally:
        part.unlink(missing_ok=True)


def draft_bytes(draft: DraftDocument) -> bytes:
    """Return the draft as the bytes of a Word file."""
    buffer = io.BytesIO()
    _build(draft).save(buffer)
    return buffer.getvalue()


def _put_new(part: Path, out: Path) -> None:
    """Give the file its name unless somebody else has just made one of that name."""
    try:
        os.link(part, out)
    except FileExistsError as error:
        raise UsageError(f"{out} finnes fra før, og er urørt. Velg et annet navn, eller bruk --force.") from error
    except OSError:  # a file system without links
        part.replace(out)


def _build(draft: DraftDocument) -> Any:
    import docx  # a fifth of a second: only when a file is written

    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.title = draft.title[:_LONGEST_PROPERTY]
    document.core_properties.language = "nb-NO"
    _write(document.add_heading("", 0), draft.title)
    document.add_paragraph(texts.DRAFT_INTRO)
    for section in draft.sections:
        document.add_heading(section.heading, 1)
        for paragraph in section.paragraphs:
            _write(document.add_paragraph(), paragraph)
    return document


def _write(paragraph: Any, text: str) -> None:
    """Write text to a paragraph, its blanks marked in yellow."""
    from docx.enum.text import WD_COLOR_INDEX

    for piece in _BLANK.split(text):
        run = paragraph.add_run(piece)
        if _BLANK.fullmatch(piece):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
