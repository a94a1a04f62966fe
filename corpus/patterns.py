"""Word patterns of the data files: "ansatt*" matches any ending, several words match in a row; case and spacing aside."""

import re
from dataclasses import dataclass
from functools import cache

# A pattern that ignores case takes these for s and i; "İ" in lower case is an i with a dot above it.
_LOOKALIKES = str.maketrans("ſı", "si", "\u0307")


def fold_case(text: str) -> str:
    """Return what a pattern that ignores case has matched, in the letters of the pattern: to look it up."""
    return text.lower().translate(_LOOKALIKES)


@cache
def word_pattern(pattern: str) -> re.Pattern[str]:
    """Return the compiled pattern; it matches whole words in folded text."""
    pieces = [re.escape(piece).replace(r"\*", r"[\wæøå'’-]*") for piece in pattern.lower().split()]
    return re.compile(r"(?<![\wæøå])" + r"[\s-]+".join(pieces) + r"(?![\wæøå])")


@dataclass(frozen=True, slots=True)
class TermGroups:
    """Matches a text that holds a pattern of every group."""

    groups: tuple[tuple[str, ...], ...]

    def match(self, text: str) -> bool:
        """Return whether each group has a pattern in the folded text."""
        return all(any(word_pattern(p).search(text) for p in group) for group in self.groups)
