"""A talk taken away: as Markdown, Word or PDF, with its sources, the date and the reservation. Made in memory; nothing is stored."""

from assistant.export.blocks import Block, Run, build_blocks
from assistant.export.formats import Exported, Format, export_talk
from assistant.export.talk import Exchange, Source, format_citation, read_exchanges

__all__ = [
    "Block",
    "Exchange",
    "Exported",
    "Format",
    "Run",
    "Source",
    "build_blocks",
    "export_talk",
    "format_citation",
    "read_exchanges",
]
