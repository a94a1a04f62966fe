"""What the tests of all packages share: a deterministic embedder, an invented corpus, and the real one."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from corpus.core import read_core
from corpus.document import Document
from corpus.library import Library, load_library
from index.embedding import VectorCache

DATA = Path(__file__).with_name("data")

# The same examples in every run, with no time limit an example: a test fails for what the code does, never for the machine.
settings.register_profile("tests", deadline=None, derandomize=True, database=None, max_examples=100)
settings.load_profile("tests")


@dataclass
class HashedEmbedder:
    """Unit vectors of hashed words: texts that share words are near each other. `embedded` records every passage."""

    space: str = "hashed-words"
    dimensions: int = 256
    embedded: list[str] = field(default_factory=list)

    def embed_query(self, text: str) -> np.ndarray:
        # The constant part keeps a text without words from being a zero vector.
        vector = np.zeros(self.dimensions, dtype=np.float32)
        vector[0] = 0.1
        for word in re.findall(r"\w+", text.lower()):
            vector[1 + zlib.crc32(f"{self.space} {word}".encode()) % (self.dimensions - 1)] += 1
        return vector / np.linalg.norm(vector)

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded += texts
        return np.stack([self.embed_query(text) for text in texts])


@pytest.fixture
def embedder() -> HashedEmbedder:
    return HashedEmbedder()


@pytest.fixture
def vector_cache(tmp_path: Path) -> VectorCache:
    return VectorCache(tmp_path / "cache")


@pytest.fixture(scope="session")
def invented() -> tuple[Document, ...]:
    """An invented act on baths, an invented regulation on fairgrounds, and two notes; tests/data/kjerne."""
    return read_core(DATA / "kjerne")


@pytest.fixture(scope="session")
def library() -> Library:
    """The real core."""
    return load_library()
