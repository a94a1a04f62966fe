"""A search task: texts, and queries that each have one right text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import Stemmer

from corpus.document import Document

# A query that shares at most this much of its words with the right text is asked in other words than the text's.
FEW_WORDS = 1 / 3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query and the provision that answers it. `shared` is the share of its words that stand in that text."""

    query_id: str
    text: str
    expected: str
    shared: float

    @property
    def shares_few_words(self) -> bool:
        """Whether the query is put in other words than the text that answers it."""
        return self.shared <= FEW_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Texts to search, and what is asked of them."""

    name: str
    documents: tuple[Document, ...]
    queries: tuple[Query, ...]

    @property
    def topics(self) -> dict[str, str]:
        """The document that answers each query, by query id: queries of one document are alike."""
        document_of = {p.provision_id: d.document_id for d in self.documents for p in d}
        return {query.query_id: document_of[query.expected] for query in self.queries}


def measure_shared(query: str, text: str) -> float:
    """Return the share of the query's words that stand in the text, by their stems, 0 for a query without words.

    Every word counts, "hvor" and "er" too: so NorQuAD's development half has the 145 questions that share few words.
    """
    asked = _stems(query)
    return len(asked & _stems(text)) / len(asked) if asked else 0.0


def _stems(text: str) -> set[str]:
    words: Sequence[str] = _WORD.findall(text.lower())
    return set(Stemmer.Stemmer("norwegian").stemWords(words))
