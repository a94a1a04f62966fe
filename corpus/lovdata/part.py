"""The part of an archive that has come over so far: a file of its own, kept from one try to the next.

Its name says which version it belongs to, so that a part can never be continued with the bytes of another version, and a
killed process leaves nothing that disagrees with itself. Only a whole and checked archive takes the final name.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from corpus.errors import LovdataStorageError

_FULL = {errno.ENOSPC, errno.EDQUOT}


class Part:
    """The file `<archive>.<size>-<time>.part` in a folder, and the archive it becomes."""

    def __init__(self, folder: Path, filename: str, size_bytes: int, last_modified: datetime) -> None:
        self.final = folder / filename
        self.whole = size_bytes
        self.path = folder / f"{filename}.{size_bytes}-{last_modified:%Y%m%dT%H%M%S%f}.part"
        self.continued = False  # more than one answer of the server went into it
        self._file: IO[bytes] | None = None

    def prepare(self) -> None:
        """Make the folder, and remove what is left of other versions of the archive."""
        with self._writing():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            for other in self.path.parent.glob(f"{self.final.name}.*.part"):
                if other != self.path:
                    other.unlink()
            self.continued = self.size() > 0

    def size(self) -> int:
        """Return the number of bytes that have come over."""
        with self._writing(), suppress(FileNotFoundError):
            return self.path.stat().st_size
        return 0

    @contextmanager
    def opened(self, offset: int) -> Iterator[None]:
        """Open the file for `write`, to go on at its end (`offset`) or to begin again (0); it is on the disk afterwards."""
        with self._writing():
            self._file = self.path.open("ab" if offset else "wb")
            self.continued = offset > 0
        try:
            yield
            with self._writing():
                self._file.flush()
                os.fsync(self._file.fileno())
        finally:
            with self._writing():
                self._file.close()

    def write(self, data: bytes) -> None:
        """Add bytes; only while `opened`."""
        if self._file is None:
            raise ValueError("the part is not open")
        with self._writing():
            self._file.write(data)

    def remove(self) -> None:
        """Remove the file, if it is there."""
        with self._writing():
            self.path.unlink(missing_ok=True)

    def finish(self) -> Path:
        """Give the file its final name, in place of an older version, and return that."""
        with self._writing():
            self.path.replace(self.final)
        return self.final

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Explain what the disk refuses. On a full disk the part goes: it would keep the space that is missing."""
        try:
            yield
        except OSError as error:
            folder = self.path.parent
            if error.errno not in _FULL:
                raise LovdataStorageError(
                    f"Kan ikke lagre i mappen {folder} ({error.strerror}). Kontroller at mappen finnes og at du kan skrive der."
                ) from error
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
            raise LovdataStorageError(
                f"Disken er full: {self.final.name} fikk ikke plass i {folder}. Frigjør plass og prøv igjen; "
                "det du hadde fra før, er urørt."
            ) from error
