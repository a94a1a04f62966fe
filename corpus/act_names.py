"""What acts are called: those of sources.toml as one pattern, further ones looked up, since all Norwegian law has too many for a pattern."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# An act's name is one word that ends so ("forurensningsloven"), or begins with such a word ("forskrift om vern av ...").
_HEAD = re.compile(r"(?<![\w-])[\w-]*(?:lov|loven|lova|forskrift|forskrifta|forskriften|instruks|instruksen|reglement|regler)s?(?![\w-])", re.IGNORECASE)  # fmt: skip
_WORD_END = re.compile(r"\S+")
_MOST_WORDS = 16
_EVERYDAY_WORDS = frozenset({"bil", "ren", "akt"})


@dataclass(frozen=True, slots=True)
class Act:
    """What an act is called. Source of the names: sources.toml."""

    work: str
    abbreviation: str
    name: str
    aliases: tuple[str, ...]


@cache
def all_acts() -> tuple[Act, ...]:
    """Return the acts we have names for, in the order an address without an act is tried."""
    rows = tomllib.loads(Path(__file__).with_name("sources.toml").read_text(encoding="utf-8"))["source"]
    return tuple(Act(row["id"], row["abbreviation"], row["name"], tuple(row["aliases"])) for row in rows)


@cache
def acts_by_id() -> dict[str, Act]:
    """Return the acts by the address of the work."""
    return {act.work: act for act in all_acts()}


@cache
def act_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of the names of our acts, and the works by name in lower case."""
    works: dict[str, str] = {}
    for act in all_acts():
        for name in (act.name, act.abbreviation, *act.aliases):
            works.setdefault(name.lower(), act.work)
    names = sorted(works, key=len, reverse=True)
    # An abbreviation that is also an everyday word ("bil", "ren") counts only in capitals.
    alternatives = "|".join(f"(?-i:{n.upper()})" if n in _EVERYDAY_WORDS else re.escape(n) for n in names)
    works_pattern = r"(?:lov|forskrift)/\d{4}-\d\d-\d\d(?:-\d+)?(?:-nn)?"
    return re.compile(
        rf"(?<![\w-])(?:(?P<name>{alternatives})s?|(?P<work>{works_pattern}))(?![\w-])", re.IGNORECASE
    ), works


def find_more_acts(
    text: str, acts: Mapping[str, str], taken: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str]]:
    """Yield where acts are named, half-open, with their works; the longest name that fits each place.

    Args:
        text: What somebody wrote.
        acts: Works by name, in lower case.
        taken: Places that name an act already, in order.
    """
    end = 0
    for head in _HEAD.finditer(text):
        start = head.start()
        if start < end or any(a < head.end() and start < b for a, b, _ in taken):
            continue
        for stop in _stops(text, start, head.end()):
            name = text[start:stop].lower()
            work = acts.get(name) or acts.get(name.removesuffix("s"))
            if work:
                yield start, stop, work
                end = stop
                break


def _stops(text: str, start: int, shortest: int) -> list[int]:
    """Return where a name that begins at `start` may end, the farthest first."""
    stops = [shortest]
    for number, word in enumerate(_WORD_END.finditer(text, shortest), 2):
        if number > _MOST_WORDS:
            break
        stops += [word.end(), word.start() + len(word[0].rstrip(".,:;?!)"))]
    return sorted({stop for stop in stops if stop > start}, reverse=True)
