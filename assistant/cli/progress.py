"""Progress bars on stderr while sources are fetched and an index is built."""

from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from index.progress import Progress

# Stage of the work: what is shown, and what is counted.
_STAGES = {
    "download": ("Henter fra Lovdata", "B"),
    "read": ("Leser lover og forskrifter", " dokumenter"),
    "embed": ("Leser kildene", " tekster"),
    "store": ("Lagrer indeksen", " tekster"),
}


@contextmanager
def build_progress() -> Iterator[Progress]:
    """Give a callback that shows (stage, done, total) as a bar; nothing is shown while nothing is done. A total of 0 is unknown."""
    bars: dict[str, tqdm[None]] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            name, unit = _STAGES[stage]
            bars[stage] = tqdm(
                total=total or None,
                desc=name,
                unit=unit,
                unit_scale=unit == "B",
                leave=False,
                dynamic_ncols=True,
                disable=None,
                mininterval=0.2,
            )
        bars[stage].update(done - bars[stage].n)
        if total and done >= total:
            bars.pop(stage).close()

    try:
        yield show
    finally:
        for bar in bars.values():
            bar.close()
