"""What a search needs to know of each chunk, as arrays: small enough to hold for all Norwegian law."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.chunking import Chunk, Role

_NO_QUESTION = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The chunks of an index in their order, a row each, and the provisions they belong to.

    `keys` are (provision id, kind), `levels` and `repealed` go with them. `provision` (n_rows,) int32 is a position in
    `keys`, `segment` and `last` (n_rows,) int32 its first and last segment, `question` (n_rows,) int32 the number of the lay question or -1,
    `enabling` (n_rows,) bool whether the segment only empowers the ministry.
    """

    keys: tuple[tuple[str, str], ...]
    levels: np.ndarray
    repealed: np.ndarray
    provision: np.ndarray
    segment: np.ndarray
    last: np.ndarray
    question: np.ndarray
    enabling: np.ndarray

    def __len__(self) -> int:
        return len(self.provision)

    @classmethod
    def of(cls, chunks: Iterable[Chunk]) -> "Rows":
        """Return the rows of the chunks."""
        positions: dict[tuple[str, str], int] = {}
        about: list[tuple[int, bool]] = []
        columns: list[tuple[int, int, int, int, bool]] = []
        for chunk in chunks:
            key = (chunk.provision_id, chunk.kind.value)
            if key not in positions:
                positions[key] = len(about)
                about.append((chunk.level, chunk.is_repealed))
            question = chunk.question if chunk.role is Role.QUESTION and chunk.question is not None else _NO_QUESTION
            columns.append((positions[key], chunk.segment, chunk.last, question, chunk.is_enabling))
        table = np.array(columns, dtype=np.int32).reshape(-1, 5)
        return cls(
            keys=tuple(positions),
            levels=np.array([level for level, _ in about], dtype=np.int8),
            repealed=np.array([is_repealed for _, is_repealed in about], dtype=bool),
            provision=table[:, 0].copy(), segment=table[:, 1].copy(), last=table[:, 2].copy(), question=table[:, 3].copy(),
            enabling=table[:, 4].astype(bool),
        )  # fmt: skip

    def save(self, folder: Path) -> None:
        """Write the rows into the folder."""
        (folder / "provisions.json").write_text(json.dumps(self.keys, ensure_ascii=False), encoding="utf-8")
        np.savez(
            folder / "rows.npz", levels=self.levels, repealed=self.repealed, provision=self.provision,
            segment=self.segment, last=self.last, question=self.question, enabling=self.enabling,
        )  # fmt: skip

    @classmethod
    def load(cls, folder: Path) -> "Rows":
        """Return the rows that `save` wrote.

        Raises:
            OSError, EOFError, ValueError, TypeError, BadZipFile: The files are missing or damaged.
        """
        keys = json.loads((folder / "provisions.json").read_text(encoding="utf-8"))
        # Opened here, because NumPy leaves a damaged file that it opened itself unclosed.
        with (folder / "rows.npz").open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            columns = {name: arrays[name] for name in arrays.files}
        rows = cls(keys=tuple((provision_id, kind) for provision_id, kind in keys), **columns)
        if len({len(rows.provision), len(rows.segment), len(rows.last), len(rows.question), len(rows.enabling)}) != 1:
            raise ValueError("the columns are of different lengths")
        if {len(rows.levels), len(rows.repealed)} != {len(rows.keys)}:
            raise ValueError("what is told of the provisions is not told of all")
        if len(rows) and not 0 <= rows.provision.min() <= rows.provision.max() < len(rows.keys):
            raise ValueError("a row belongs to no provision")
        return rows
