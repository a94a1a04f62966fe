"""A user's document without what is no content: repaired characters, boilerplate out, everything once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.own.boilerplate import find_boilerplate, states_rule
from corpus.own.raw import Block, RawDocument, RawPage
from corpus.own.repair import repair_text
from corpus.own.repeats import find_repeats

REPEATED = "gjentatt tekst"
EMPTY_HEADING = "overskrifter uten innhold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A document after cleaning.

    `raw` is what is left, `dropped` counts the blocks taken out by reason, `problems` are sentences to show, those of the reader first.
    """

    raw: RawDocument
    dropped: Mapping[str, int]
    problems: tuple[str, ...]

    @property
    def pages(self) -> tuple[RawPage, ...]:
        """The pages that hold something, with the numbers they had."""
        return self.raw.pages


def clean(raw: RawDocument) -> Cleaned:
    """Return the document repaired, without boilerplate and without repeats.

    A block that states a rule goes only when it repeats an earlier one.
    """
    repaired = [
        (number, replace(block, text=text))
        for number, page in enumerate(raw.pages)
        for block in page.blocks
        if (text := " ".join(repair_text(block.text).split()))
    ]
    reasons = _reasons([block for _, block in repaired])
    kept: dict[int, list[Block]] = {}
    for position, (number, block) in enumerate(repaired):
        if position not in reasons:
            kept.setdefault(number, []).append(block)
    pages = tuple(RawPage(number=raw.pages[n].number, blocks=tuple(blocks)) for n, blocks in kept.items())
    problems = raw.problems + _problems(raw, repaired, reasons)
    document = replace(
        raw, title=_one_line(raw.title), publisher=_one_line(raw.publisher), pages=pages, problems=problems
    )
    return Cleaned(raw=document, dropped=dict(Counter(reasons.values())), problems=problems)


def _reasons(blocks: Sequence[Block]) -> dict[int, str]:
    """Return the positions of the blocks to take out, each with its reason."""
    reasons = find_boilerplate(blocks)
    left = [position for position in range(len(blocks)) if position not in reasons]
    repeats = find_repeats([blocks[position] for position in left])
    reasons |= {left[repeat]: REPEATED for repeat in repeats}
    return reasons | dict.fromkeys(_emptied_headings(blocks, reasons), EMPTY_HEADING)


def _emptied_headings(blocks: Sequence[Block], reasons: Mapping[int, str]) -> list[int]:
    """Return the headings whose whole content is taken out; those that never had any are kept."""
    emptied: list[int] = []
    for position, block in enumerate(blocks):
        if not block.heading or position in reasons or states_rule(block.text):
            continue
        below = position + 1
        while below < len(blocks) and not blocks[below].heading:
            below += 1
        content = range(position + 1, below)
        goes_deeper = below < len(blocks) and blocks[below].heading > block.heading
        if content and not goes_deeper and all(n in reasons for n in content):
            emptied.append(position)
    return emptied


def _problems(raw: RawDocument, blocks: Sequence[tuple[int, Block]], reasons: Mapping[int, str]) -> tuple[str, ...]:
    """Return what the user should know about what was taken out."""
    outcome: dict[int, Counter[str]] = {}
    for position, (number, _) in enumerate(blocks):
        outcome.setdefault(number, Counter())[reasons.get(position, "")] += 1
    repeated = [
        page
        for number, counts in outcome.items()
        if (page := raw.pages[number].number) is not None and not counts[""] and counts[REPEATED]
    ]
    problems = []
    if repeated:
        named = "Side" if len(repeated) == 1 else "Sidene"
        problems.append(
            f"{named} {_ranges(repeated)} gjentar det som står tidligere i dokumentet, og er tatt med én gang."
        )
    if blocks and len(reasons) == len(blocks):
        problems.append(
            "Ingenting ble igjen da menyer, tall og gjentakelser var tatt bort. Legg til en utgave med mer tekst."
        )
    return tuple(problems)


def _ranges(numbers: Sequence[int]) -> str:
    """Return page numbers as people write them: "3, 8–33"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in ranges)


def _one_line(text: str) -> str:
    return " ".join(repair_text(text).split())
