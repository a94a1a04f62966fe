"""Reader of the lay questions: what people ask that a part of the core answers. The format is docs/core-format.md."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.document import LayQuestion, Segment, Verdict
from corpus.errors import FormatError

FOLDER = "sporsmal"
_HEADING = re.compile(r"## (?:§ )?(.+)")
_PART = re.compile(r"@ (?P<portion>hele|[a-zæøå0-9./]+)(?: (?P<which>\d+))?")
_QUESTION = re.compile(r"\? (?:\[(?P<verdict>ja|nei|avhenger)\] )?(?P<text>[^\[].*)")
_WHOLE = "hele"


@dataclass(slots=True)
class _Asked:
    """The questions of one part, and the line that names the part."""

    line: int
    questions: list[LayQuestion]


class LayQuestions:
    """The questions of one file of the core, by the name of the provision, then by part and which of the parts with that address."""

    def __init__(self, path: Path, asked: Mapping[str, Mapping[tuple[str, int], _Asked]]) -> None:
        self._path, self._asked = path, asked
        self._taken: set[str] = set()

    @classmethod
    def beside(cls, path: Path) -> "LayQuestions":
        """Return the questions that belong to a file of the core; none when nobody has written any.

        Args:
            path: The file of the act or the notes.

        Raises:
            FormatError: A line is not of the format.
        """
        path = path.parent / FOLDER / f"{path.stem}.txt"
        if not path.is_file():
            return cls(path, {})
        asked: dict[str, dict[tuple[str, int], _Asked]] = {}
        parts: dict[tuple[str, int], _Asked] | None = None
        part: _Asked | None = None
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            stripped = line.strip()
            if match := _HEADING.fullmatch(stripped):
                parts, part = asked.setdefault(match[1], {}), None
            elif parts is not None and (match := _PART.fullmatch(stripped)):
                portion = "" if match["portion"] == _WHOLE else match["portion"]
                part = parts.setdefault((portion, int(match["which"] or 1)), _Asked(number, []))
            elif part is not None and (match := _QUESTION.fullmatch(stripped)):
                verdict = Verdict(match["verdict"]) if match["verdict"] else None
                part.questions.append(LayQuestion(text=match["text"], verdict=verdict))
            elif stripped:
                raise FormatError(f"{path.name}:{number}: not a line of the format: {line!r}")
        return cls(path, asked)

    def attach(self, name: str, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
        """Return the segments of a provision with their questions.

        Args:
            name: The provision as its heading names it: the number of the §, or the slug of a note.
            segments: Its segments.

        Raises:
            FormatError: A question belongs to a part that is not there.
        """
        self._taken.add(name)
        asked = dict(self._asked.get(name, {}))
        seen: Counter[str] = Counter()
        attached = []
        for segment in segments:
            seen[segment.portion.path] += 1
            found = asked.pop((segment.portion.path, seen[segment.portion.path]), None)
            attached.append(replace(segment, questions=tuple(found.questions)) if found else segment)
        for (portion, which), left in asked.items():
            where = f"{portion or _WHOLE} {which}" if which > 1 else portion or _WHOLE
            raise FormatError(f"{self._path.name}:{left.line}: {name} has no part {where!r}")
        return tuple(attached)

    def finish(self) -> None:
        """Check that every question found its provision.

        Raises:
            FormatError: One did not.
        """
        for name in self._asked.keys() - self._taken:
            line = min((asked.line for asked in self._asked[name].values()), default=1)
            raise FormatError(f"{self._path.name}:{line}: there is no provision {name!r}")
