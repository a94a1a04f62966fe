"""What pypdf repaired while it read, taken from its log and said in plain words."""

import logging
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def repairs(problems: list[str]) -> Iterator[None]:
    """Add what pypdf says that it repaired, in plain words."""
    handler = _RepairHandler()
    pypdf_logger = logging.getLogger("pypdf")
    pypdf_logger.addHandler(handler)
    try:
        yield
    finally:
        pypdf_logger.removeHandler(handler)
        problems.extend(handler.sentences())


class _RepairHandler(logging.Handler):
    """Counts the warnings of this thread by what they mean to the reader."""

    _SENTENCES = (
        (
            re.compile(r"font|cmap|encod|character|unicode|widths", re.IGNORECASE),
            "Noen tegn i filen har ukjent skrift og kan være feil ({}).",
        ),
        (
            re.compile(r"", re.IGNORECASE),
            "Filen har feil som ble rettet under lesingen ({}). Kontroller at teksten er fullstendig.",
        ),
    )

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._thread = threading.get_ident()
        self._counts: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Count the warning."""
        if record.thread == self._thread:
            message = record.getMessage()
            self._counts[next(sentence for pattern, sentence in self._SENTENCES if pattern.search(message))] += 1

    def sentences(self) -> Iterator[str]:
        """Yield a sentence for each kind of repair."""
        for sentence, count in self._counts.items():
            yield sentence.format("1 sted" if count == 1 else f"{count} steder")
