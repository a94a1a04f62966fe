"""How near a query is to what people ask that no source here answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FILE = "outside.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideMatch:
    """The outside topic that is nearest to a query.

    `similarity` is the highest cosine to a question of any topic, `margin` the score of the likeliest topic's profile minus that of the
    likeliest provision's, above 0 when the query is more like a topic than like any provision. `topic` is the number of the likeliest.
    """

    topic: int
    similarity: float
    margin: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideQuestions:
    """The questions of all outside topics. `topic` (n_questions,) int32, `vectors` (n_questions, dim) float32 unit rows."""

    topic: np.ndarray
    vectors: np.ndarray

    def nearest(self, vector: np.ndarray) -> float:
        """Return the highest cosine of a question to a query vector, (dim,) float32 unit length; 0 without questions."""
        return float((self.vectors @ vector).max()) if len(self.topic) else 0.0

    def save(self, folder: Path) -> None:
        """Write the questions into the folder."""
        np.savez(folder / FILE, topic=self.topic, vectors=self.vectors.astype(np.float16))

    @classmethod
    def of(cls, topic: Sequence[int], vectors: np.ndarray) -> "OutsideQuestions":
        """Return the questions by the number of their topic and their vectors, (n_questions, dim) float32 unit rows."""
        return cls(topic=np.asarray(topic, dtype=np.int32), vectors=vectors.astype(np.float32))

    @classmethod
    def load(cls, folder: Path, dimensions: int) -> "OutsideQuestions":
        """Return the questions that `save` wrote.

        Args:
            folder: Where they lie.
            dimensions: Length of a vector.

        Raises:
            OSError, EOFError, ValueError, KeyError, BadZipFile: The file is missing or damaged.
        """
        with (folder / FILE).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            questions = cls(topic=arrays["topic"], vectors=arrays["vectors"].astype(np.float32))
        if questions.vectors.shape != (len(questions.topic), dimensions):
            raise ValueError("the questions of the outside topics are of another space")
        return questions
