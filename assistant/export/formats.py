"""The formats a talk can be taken away in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.export.blocks import build_blocks, say_blocks
from assistant.export.talk import Exchange
from assistant.nynorsk import Language


class Format(StrEnum):
    """A kind of file. The values are its ending."""

    MARKDOWN = "md"
    WORD = "docx"
    PDF = "pdf"


MEDIA_TYPES = {
    Format.MARKDOWN: "text/markdown; charset=utf-8",
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file in memory."""

    name: str
    media_type: str
    data: bytes


def export_talk(talk: Sequence[Exchange], form: Format, today: date, language: Language = Language.BOKMAAL) -> Exported:
    """Return a talk as a file.

    Args:
        talk: The questions and answers, oldest first.
        form: What kind of file.
        today: The day that is noted as the day it was taken out.
        language: What it is written in, but for what is quoted.
    """
    blocks = say_blocks(build_blocks(talk, today), language)
    if form is Format.MARKDOWN:
        from assistant.export.markdown import write_markdown as write
    elif form is Format.WORD:
        from assistant.export.word import write_word as write  # python-docx and fpdf2 are slow to import
    else:
        from assistant.export.pdf import write_pdf as write
    return Exported(name=f"bht-samtale-{today.isoformat()}.{form}", media_type=MEDIA_TYPES[form], data=write(blocks))
