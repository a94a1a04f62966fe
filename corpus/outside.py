"""What lies outside the sources: topics that people ask about at work, and where the answer is instead. Format: docs/core-format.md."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.core import CORE_FOLDER
from corpus.errors import FormatError

FILE = "utenfor.txt"
_HEADING = re.compile(r"## (?P<slug>[a-z0-9-]+) \| (?P<title>.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideTopic:
    """A topic that no source here covers. `where` is a sentence for the user: which law or agency has the answer."""

    slug: str
    title: str
    where: str
    questions: tuple[str, ...]


@cache
def read_outside(folder: Path = CORE_FOLDER) -> tuple[OutsideTopic, ...]:
    """Return the topics in the file's order, none where the folder has no such file.

    Args:
        folder: Where the core lies.

    Raises:
        FormatError: A line is not of the format, or a topic has no sentence or no question.
    """
    path = folder / FILE
    if not path.is_file():
        return ()
    topics: list[tuple[int, str, str]] = []
    where: list[list[str]] = []
    questions: list[list[str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        stripped = line.strip()
        if match := _HEADING.fullmatch(stripped):
            topics.append((number, match["slug"], match["title"]))
            where.append([])
            questions.append([])
        elif topics and stripped.startswith("> "):
            where[-1].append(stripped[2:].strip())
        elif topics and stripped.startswith("? "):
            questions[-1].append(stripped[2:].strip())
        elif stripped:
            raise FormatError(f"{path.name}:{number}: not a line of the format: {line!r}")
    for (number, slug, _), said, asked in zip(topics, where, questions, strict=True):
        if len(said) != 1 or not asked:
            raise FormatError(f"{path.name}:{number}: {slug} needs one sentence and some questions")
    return tuple(
        OutsideTopic(slug=slug, title=title, where=said[0], questions=tuple(asked))
        for (_, slug, title), said, asked in zip(topics, where, questions, strict=True)
    )
