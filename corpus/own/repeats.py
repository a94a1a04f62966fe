"""Text that a document holds more than once: found by runs of words, so that other line and page breaks do not hide it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from corpus.own.boilerplate import words_of
from corpus.own.raw import Block

# Eight words in a row are hardly written twice by chance; a block of them can be told from all others.
_RUN = 8
# A shorter repeat may mean something new under another heading ("Opplæringen skal vare i minst 40 timer.").
_SURE_WORDS = 25
_WEIGHTY = frozenset(
    [
        "ikke",
        "ingen",
        "uten",
        "unntatt",
        "bare",
        "må",
        "skal",
        "bør",
        "kan",
        "plikt",
        "plikter",
        "krav",
        "forbudt",
        "pålagt",
        "over",
        "under",
        "minst",
        "mer",
        "mindre",
        "før",
        "etter",
        "eller",
        "og",
        "alle",
        "noen",
    ]
)


def find_repeats(blocks: Sequence[Block]) -> set[int]:
    """Return the positions of the blocks that repeat earlier ones.

    A long block repeats when all its words stand in runs of words seen earlier, or when it is the same as an earlier block
    but for a few letters. A short one repeats only together with such a block. A list or a short paragraph under another
    heading than the first time is kept: there it says something else.
    """
    words = [words_of(block.text) for block in blocks]
    twins, by_chance = _find_twins(blocks, words)
    headings = _headings(blocks)
    # Said twice in a row, as title and heading often are.
    repeats = {n for n in twins if n and words[n] == words[n - 1] and blocks[n].kind == "text"}
    for start, end in _runs_of(twins):
        while end > start and end - 1 in by_chance:
            end -= 1  # it opens what comes next
        long = [n for n in range(start, end) if len(words[n]) >= _RUN]
        if not long:
            continue
        if _is_sure(blocks, words, headings, (start, end, long[0], twins[long[0]])):
            repeats.update(range(start, end))
    return repeats


def _is_sure(
    blocks: Sequence[Block],
    words: Sequence[Sequence[str]],
    headings: Sequence[tuple[str, ...]],
    stretch: tuple[int, int, int, int],
) -> bool:
    """Return whether a stretch says nothing new where it stands.

    Args:
        blocks: All blocks.
        words: Their words.
        headings: The heading that each stands under.
        stretch: Start and end, the first long block of it, and the earlier block which that one repeats.
    """
    start, end, first, twin = stretch
    total = sum(len(words[n]) for n in range(start, end))
    if any(blocks[n].heading for n in range(start, first + 1)) or (
        headings[first] and headings[first] == headings[twin]
    ):
        return True
    if not _goes_on(blocks[start]):
        return total >= _SURE_WORDS
    holds_paragraph = any(len(words[n]) >= _RUN and not _goes_on(blocks[n]) for n in range(start, end))
    return holds_paragraph and total >= 4 * _SURE_WORDS


def _goes_on(block: Block) -> bool:
    """Return whether the block belongs to what stands before it, as the items of a list do."""
    return block.kind != "text" or block.text[:1].islower()


def _find_twins(blocks: Sequence[Block], words: list[list[str]]) -> tuple[dict[int, int], set[int]]:
    """Return, for each block that may be a repeat, the earlier block that it repeats; and which of them are so by chance.

    A short block is a repeat by chance when its words were seen, but not after or before the same other words.
    """
    found = _seen_runs(words)
    short: dict[tuple[str, ...], int] = {}
    twins: dict[int, int] = {}
    by_chance: set[int] = set()
    start = 0
    for number, own in enumerate(words):
        reach = range(max(0, start - _RUN + 1), start + len(own))
        earlier = [(at, found[at]) for at in reach if at in found]
        covered = {at + n for at, _ in earlier for n in range(_RUN)}
        likely = Counter(block for _, block in earlier).most_common(1)
        same = short.setdefault(tuple(own), number)
        twin = likely[0][0] if likely else number
        if covered.issuperset(range(start, start + len(own))) or (
            twin != number and len(own) >= _RUN and _is_same(blocks[number].text, blocks[twin].text)
        ):
            twins[number] = twin
        elif len(own) < _RUN and same != number:
            twins[number] = same
            by_chance.add(number)
        start += len(own)
    return twins, by_chance


def _seen_runs(words: Sequence[Sequence[str]]) -> dict[int, int]:
    """Return where in the document a run of words begins that was there before, and the block it was in.

    Runs go across blocks: a sentence cut by the end of a page is still the same sentence.
    """
    stream = [word for own in words for word in own]
    block_of = [number for number, own in enumerate(words) for _ in own]
    first: dict[int, int] = {}
    found: dict[int, int] = {}
    for at in range(len(stream) - _RUN + 1):
        # Hashes, since a long document has a million runs.
        earlier = first.setdefault(hash(tuple(stream[at : at + _RUN])), at)
        if earlier + _RUN <= at:
            found[at] = block_of[earlier]
    return found


def _is_same(text: str, other: str) -> bool:
    """Return whether two texts differ by misspelt words only: a negation, a figure or another word makes another rule."""
    one, two = words_of(text), words_of(other)
    return len(one) == len(two) and all(a == b or _is_misspelt(a, b) for a, b in zip(one, two, strict=True))


def _is_misspelt(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    if len(short) < 5 or {word, other} & _WEIGHTY or not (word.isalpha() and other.isalpha()):
        return False
    if long in {f"u{short}", f"in{short}", f"im{short}"}:  # "lovlig" and "ulovlig"
        return False
    return Levenshtein.distance(word, other) <= (1 if len(short) < 8 else 2)  # "førti" and "femti" are two apart


def _headings(blocks: Sequence[Block]) -> list[tuple[str, ...]]:
    """Return, for each block, the words of the heading that it stands under."""
    current: tuple[str, ...] = ()
    found = []
    for block in blocks:
        current = tuple(words_of(block.text)) if block.heading else current
        found.append(current)
    return found


def _runs_of(twins: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the half-open stretches of consecutive positions."""
    start = previous = -2
    for number in sorted(twins):
        if number != previous + 1:
            if start >= 0:
                yield start, previous + 1
            start = number
        previous = number
    if start >= 0:
        yield start, previous + 1
