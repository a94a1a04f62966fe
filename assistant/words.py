"""What the words of a text weigh: the part of a small linear model that counts words and pairs of neighbours (tf-idf)."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

# A question mark is left out: whether somebody types it says nothing.
_WORD = re.compile(r"\w+")


def terms_of(text: str) -> list[str]:
    """Return the words of a text and the pairs of neighbours, lower case."""
    words = _WORD.findall(text.lower())
    return words + [f"{one} {two}" for one, two in pairwise(words)]


@dataclass(frozen=True, slots=True)
class WordWeights:
    """For each term its rarity (idf) and its weight for each of `n_classes`."""

    terms: Mapping[str, tuple[float, ...]]
    n_classes: int

    @classmethod
    def of(cls, numbers: Mapping[str, list[float]], n_classes: int) -> "WordWeights":
        """Return the weights from a model's file: for each term a list of 1 + n_classes numbers."""
        return cls({term: tuple(values) for term, values in numbers.items()}, n_classes)

    def weigh(self, text: str) -> tuple[float, ...]:
        """Return what the text says for each class, (n_classes,): weights by frequency and rarity, for a text of length one."""
        known = {
            term: (1 + math.log(count)) * self.terms[term][0]
            for term, count in Counter(terms_of(text)).items()
            if term in self.terms
        }
        length = math.sqrt(sum(value * value for value in known.values())) or 1.0
        return tuple(
            sum(value * self.terms[term][1 + n] for term, value in known.items()) / length
            for n in range(self.n_classes)
        )
