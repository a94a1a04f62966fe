"""The fourth leg: what kind of question a provision answers, learnt from all its lay questions at once.

The dense leg compares a query with one lay question at a time, so that one odd wording decides. Here each provision is a class, and its
lay questions are samples of it; linear discriminant analysis with a shared, shrunken covariance tells the classes apart.
It is computed whenever an index is built: nothing is trained beforehand, and nothing has to be shipped.

Source: Ledoit and Wolf (2004) for the shrinkage towards a multiple of the identity; docs/quality.md for what the leg is worth.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.rows import Rows

# Chosen on the development questions among .1, .3 and .6.
_SHRINKAGE = 0.6
FILE = "profiles.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profiles:
    """One linear score for each provision that has lay questions.

    `provision` (n_profiles,) int32 is its position in `Rows.keys`, or behind them the number of an outside topic, `weight` (n_profiles, dim) and `bias` (n_profiles,) float32 its
    score as a function of the query vector.
    """

    provision: np.ndarray
    weight: np.ndarray
    bias: np.ndarray

    @classmethod
    def fit(cls, provision: np.ndarray, vectors: np.ndarray) -> "Profiles":
        """Return the profiles of the provisions.

        Args:
            provision: The provision that each lay question belongs to, (n_questions,) int32.
            vectors: Their vectors, (n_questions, dim) float32.
        """
        if not len(provision):
            return cls(provision=provision, weight=vectors, bias=np.zeros(0, dtype=np.float32))
        classes, member = np.unique(provision, return_inverse=True)
        centre = vectors.mean(axis=0, dtype=np.float64)
        centred = vectors - centre
        means = np.zeros((len(classes), vectors.shape[1]))
        np.add.at(means, member, centred)
        means /= np.bincount(member)[:, None]
        within = centred - means[member]
        covariance = within.T @ within / len(within)
        dim = len(covariance)
        spread = np.trace(covariance) / dim or 1.0
        shrunken = (1 - _SHRINKAGE) * covariance + _SHRINKAGE * spread * np.eye(dim)
        weight = np.linalg.solve(shrunken, means.T).T
        bias = -0.5 * np.einsum("ij,ij->i", weight, means) - weight @ centre
        return cls(provision=classes.astype(np.int32), weight=weight.astype(np.float32), bias=bias.astype(np.float32))

    def scores(self, vector: np.ndarray) -> dict[int, float]:
        """Return the score of each provision that has a profile, higher is better, by its position in `Rows.keys`.

        Args:
            vector: Query vector, (dim,) float32, unit length.
        """
        return dict(zip(self.provision.tolist(), (self.weight @ vector + self.bias).tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Write the profiles into the folder."""
        np.savez(folder / FILE, provision=self.provision, weight=self.weight, bias=self.bias)

    @classmethod
    def load(cls, folder: Path, classes: int, dimensions: int) -> "Profiles":
        """Return the profiles that `save` wrote.

        Args:
            folder: Where they lie.
            classes: How many provisions and outside topics the index has.
            dimensions: Length of its vectors.

        Raises:
            OSError, EOFError, ValueError, TypeError, BadZipFile: The file is missing or damaged.
        """
        with (folder / FILE).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            profiles = cls(**{name: arrays[name] for name in arrays.files})
        if not len(profiles.provision) == len(profiles.weight) == len(profiles.bias):
            raise ValueError("the profiles are of different lengths")
        if profiles.weight.ndim != 2 or profiles.weight.shape[1] != dimensions:
            raise ValueError("the profiles are of another space")
        if len(profiles.provision) and not 0 <= profiles.provision.min() <= profiles.provision.max() < classes:
            raise ValueError("a profile belongs to no provision")
        return profiles


class ProfileFitter:
    """Gathers the vectors of the lay questions while an index is filled block by block."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._provision: list[np.ndarray] = []
        self._vectors: list[np.ndarray] = []

    def add(self, vectors: np.ndarray, first_row: int) -> None:
        """Take what is a lay question of a block.

        Args:
            vectors: Vectors of consecutive rows, (n_rows, dim) float32.
            first_row: The row of the first of them.
        """
        rows = slice(first_row, first_row + len(vectors))
        asked = self._rows.question[rows] >= 0
        self._provision.append(self._rows.provision[rows][asked])
        self._vectors.append(vectors[asked])

    def add_outside(self, topic: np.ndarray, vectors: np.ndarray) -> None:
        """Take the questions of the topics outside the sources: each topic is a class of its own, numbered behind the provisions.

        Args:
            topic: Number of the topic of each question, (n_questions,) int32.
            vectors: Their vectors, (n_questions, dim) float32.
        """
        self._provision.append((topic + len(self._rows.keys)).astype(np.int32))
        self._vectors.append(vectors)

    def fit(self, dimensions: int) -> Profiles:
        """Return the profiles of what was taken."""
        return Profiles.fit(
            np.concatenate([np.zeros(0, dtype=np.int32), *self._provision]),
            np.concatenate([np.zeros((0, dimensions), dtype=np.float32), *self._vectors]),
        )
