"""What the talk has said about the asker's company, told one fact at a time, and a talk without one of them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from assistant import texts
from assistant.answer import Turn
from assistant.duty.industry import find_industries
from assistant.understand.company import is_owner_only, is_sole_proprietor, read_bare_number, read_employees

_SENTENCE_END = re.compile(r"(?<=[.?!;\n])\s+")
Reading = Callable[[str], object]


class Fact(StrEnum):
    """Something that a talk may tell of a company."""

    EMPLOYEES = "ansatte"
    INDUSTRY = "bransje"
    OWNER_ONLY = "eneste_ansatt"
    SOLE_PROPRIETOR = "foretaksform"


_READINGS: dict[Fact, Reading] = {
    Fact.EMPLOYEES: read_employees,
    Fact.INDUSTRY: find_industries,
    Fact.OWNER_ONLY: is_owner_only,
    Fact.SOLE_PROPRIETOR: is_sole_proprietor,
}


def said_by_user(turns: Sequence[Turn]) -> list[str]:
    """Return what the user has said, a bare number given to "how many are you" as the sentence it stands for."""
    said, asked = [], ""
    for turn in turns:
        if turn.role == "user":
            said.append(_as_sentence(turn.content, asked))
        else:
            asked = turn.content
    return said


def forget(turns: Sequence[Turn], fact: Fact, mend: Callable[[str], str]) -> tuple[Turn, ...]:
    """Return the talk as it would be had the user never told the fact; a turn that told nothing else is left empty.

    Args:
        turns: The talk, oldest first.
        fact: What no longer counts.
        mend: Corrects the spelling, as it is done before facts are read.
    """
    kept, asked = [], ""
    for turn in turns:
        if turn.role != "user":
            asked = turn.content
            kept.append(turn)
        elif fact is Fact.EMPLOYEES and _as_sentence(turn.content, asked) != turn.content:
            kept.append(replace(turn, content=""))
        else:
            kept.append(replace(turn, content=_without(turn.content, _READINGS[fact], mend)))
    return tuple(kept)


def _as_sentence(said: str, asked: str) -> str:
    number = read_bare_number(said) if texts.ASK_EMPLOYEES in asked else None
    return said if number is None or read_employees(said) is not None else f"Vi er {number} ansatte."


def _without(text: str, read: Reading, mend: Callable[[str], str]) -> str:
    """Return the text without the words that tell what is read of it; unchanged when it tells nothing of the kind."""
    if not _tells(read(mend(text))):
        return text
    sentences = [_strip(sentence, read) for sentence in _SENTENCE_END.split(mend(text))]
    stripped = _strip(" ".join(filter(None, sentences)), read)
    if not _tells(read(mend(stripped))):
        return stripped
    return " ".join(s for s in _SENTENCE_END.split(stripped) if not _tells(read(mend(s))))


def _strip(text: str, read: Reading) -> str:
    """Return the text without the words that what is read of it hangs on, one at a time."""
    words = text.split()
    while _tells(found := read(" ".join(words))):
        shorter = [words[:n] + words[n + 1 :] for n in range(len(words))]
        readings = [read(" ".join(rest)) for rest in shorter]
        silent = next((n for n, reading in enumerate(readings) if not _tells(reading)), None)
        changed = next((n for n, reading in enumerate(readings) if reading != found), None)
        chosen = silent if silent is not None else changed
        if chosen is None:
            break
        words = _keep_end(words, chosen)
    return " ".join(words) if re.search(r"\w", " ".join(words)) else ""


def _keep_end(words: list[str], number: int) -> list[str]:
    """Return the words without one of them, its question mark or full stop kept on the word before."""
    end = re.search(r"[.?!,;:]*$", words[number])
    before = words[:number]
    if end and end[0] and before:
        before = [*before[:-1], before[-1].rstrip(".?!,;:") + end[0]]
    return [*before, *words[number + 1 :]]


def _tells(reading: object) -> bool:
    return reading not in (None, False, ())
