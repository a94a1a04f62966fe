"""Vectors that ship with the core, so that the first start embeds next to nothing, and every machine searches the same vectors.

One file for a vector space: 8 bytes of the hash of each text, and its vector in one byte a dimension. Written by scripts/ship-vectors
(docs/adr/0012). What is not in it, because the core has changed since, is embedded on the spot: an old file costs time, not correctness.
"""

import hashlib
import logging
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

logger = logging.getLogger(__name__)
FOLDER = Path(__file__).with_name("vectors")
_STEPS = 127  # a dimension is a whole number from -127 to 127 times the scale of its vector


def key_of(text: str) -> int:
    """Return the key of a text, 64 bits: among a hundred thousand texts two share one in a billionth of all cases."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")


class ShippedVectors:
    """Passage vectors by text. `keys` (n,) uint64 ascending, `rows` (n, dim) int8, `scales` (n,) float32."""

    def __init__(self, keys: np.ndarray, rows: np.ndarray, scales: np.ndarray) -> None:
        self._keys, self._rows, self._scales = keys, rows, scales

    @classmethod
    def of(cls, texts: Sequence[str], vectors: np.ndarray) -> "ShippedVectors":
        """Return the vectors in the form that ships.

        Args:
            texts: What was embedded, each once.
            vectors: Their vectors, (n_texts, dim) float32 unit rows.
        """
        keys = np.array([key_of(text) for text in texts], dtype=np.uint64)
        order = np.argsort(keys)
        scales = np.abs(vectors).max(axis=1) / _STEPS
        rows = np.round(vectors / scales[:, None]).astype(np.int8)
        return cls(keys[order], rows[order], scales[order].astype(np.float32))

    @classmethod
    def load(cls, path: Path, dimensions: int) -> "ShippedVectors":
        """Return the vectors of a file.

        Args:
            path: Where `save` wrote them.
            dimensions: Length of a vector of the space.

        Raises:
            OSError, EOFError, ValueError, KeyError, BadZipFile: The file is missing, damaged or of another space.
        """
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            keys, rows, scales = arrays["keys"], arrays["rows"], arrays["scales"]
        if rows.shape != (len(keys), dimensions) or scales.shape != keys.shape:
            raise ValueError(f"{path.name} holds vectors of another space")
        return cls(keys, rows, scales)

    def save(self, path: Path) -> None:
        """Write the file."""
        path.parent.mkdir(exist_ok=True)
        np.savez(path, keys=self._keys, rows=self._rows, scales=self._scales)

    def __len__(self) -> int:
        """Return the number of vectors."""
        return len(self._keys)

    def read(self, texts: Sequence[str]) -> dict[str, np.ndarray]:
        """Return the vectors that are there, by text, (dim,) float32 unit length."""
        if not len(self._keys) or not texts:
            return {}
        wanted = np.array([key_of(text) for text in texts], dtype=np.uint64)
        places = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        found = {}
        for text, place, is_there in zip(texts, places, self._keys[places] == wanted, strict=True):
            if is_there:
                vector = self._rows[place].astype(np.float32) * self._scales[place]
                found[text] = vector / np.linalg.norm(vector)
        return found


@cache
def load_shipped(space: str, dimensions: int) -> ShippedVectors:
    """Return the vectors that ship for a space, none where there is no such file or it cannot be read.

    Args:
        space: Name of the vector space.
        dimensions: Length of its vectors.
    """
    path = FOLDER / f"{space}.npz"
    if path.is_file():
        try:
            return ShippedVectors.load(path, dimensions)
        except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
            logger.warning("the vectors that ship cannot be read, embedding anew: %s", error)
    nothing = np.zeros(0)
    return ShippedVectors(nothing.astype(np.uint64), nothing.astype(np.int8), nothing)
