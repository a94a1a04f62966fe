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

    `keys` are (provision id, kind), `levels` (n_keys,) int8 their authority. `provision` (n_rows,) int32 is a position in
    `keys`, `segment` and `last` (n_rows,) int32 its first and last segment, `question` (n_rows,) int32 the number of the lay question or -1.
    """

    keys: tuple[tuple[str, str], ...]
    levels: np.ndarray
    provision: np.ndarray
    segment: np.ndarray
    last: np.ndarray
    question: np.ndarray

    def __len__(self) -> int:
        return len(self.provision)

    @classmethod
    def of(cls, chunks: Iterable[Chunk]) -> "Rows":
        """Return the rows of the chunks."""
        positions: dict[tuple[str, str], int] = {}
        levels: list[int] = []
        columns: list[tuple[int, int, int, int]] = []
        for chunk in chunks:
            key = (chunk.provision_id, chunk.kind.value)
            if key not in positions:
                positions[key] = len(levels)
                levels.append(chunk.level)
            question = chunk.question if chunk.role is Role.QUESTION and chunk.question is not None else _NO_QUESTION
            columns.append((positions[key], chunk.segment, chunk.last, question))
        table = np.array(columns, dtype=np.int32).reshape(-1, 4)
        return cls(
            keys=tuple(positions),
            levels=np.array(levels, dtype=np.int8),
            provision=table[:, 0].copy(), segment=table[:, 1].copy(), last=table[:, 2].copy(), question=table[:, 3].copy(),
        )  # fmt: skip

    def save(self, folder: Path) -> None:
        """Write the rows into the folder."""
        (folder / "provisions.json").write_text(json.dumps(self.keys, ensure_ascii=False), encoding="utf-8")
        np.savez(
            folder / "rows.npz", levels=self.levels, provision=self.provision, segment=self.segment, last=self.last, question=self.question,
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
        if len({len(rows.provision), len(rows.segment), len(rows.last), len(rows.question)}) != 1:
            raise ValueError("the columns are of different lengths")
        if len(rows.levels) != len(rows.keys):
            raise ValueError("what is told of the provisions is not told of all")
        if len(rows) and not 0 <= rows.provision.min() <= rows.provision.max() < len(rows.keys):
            raise ValueError("a row belongs to no provision")
        return rows
