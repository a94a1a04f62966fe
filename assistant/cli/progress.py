"""A progress bar on stderr while an index is built."""

from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from index.progress import Progress

_STAGES = {"embed": "Leser kildene", "store": "Lagrer indeksen"}


@contextmanager
def build_progress() -> Iterator[Progress]:
    """Give a callback that shows (stage, done, total) as a bar; nothing is shown while nothing is built."""
    bars: dict[str, tqdm[None]] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            bars[stage] = tqdm(total=total, desc=_STAGES[stage], unit=" tekster", leave=False, dynamic_ncols=True)
        bars[stage].n = done
        bars[stage].refresh()
        if done >= total:
            bars[stage].close()

    try:
        yield show
    finally:
        for bar in bars.values():
            bar.close()
