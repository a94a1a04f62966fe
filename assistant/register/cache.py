"""Companies that were looked up before: one JSON file each, on this machine only."""

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from assistant.register.records import Company

if TYPE_CHECKING:
    from pydantic import TypeAdapter

logger = logging.getLogger(__name__)

_SCHEMA = 1
_MAX_FILE_BYTES = 4 * 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file of the cache. `source` is the address of the register that it came from."""

    schema: int
    source: str
    company: Company


@cache
def _adapter() -> "TypeAdapter[Entry]":
    from pydantic import TypeAdapter  # not needed to import the package

    return TypeAdapter(Entry)


class CompanyCache:
    """The files of one register in a folder, made at the first of them. A file that cannot be read is as one that is not there.

    Args:
        folder: Where the files lie.
        source: The address of the register; what came from another one is not used.
    """

    def __init__(self, folder: Path, source: str) -> None:
        self._folder = folder
        self._source = source

    def get(self, orgnr: str) -> Company | None:
        """Return a company, None when it is not there.

        Args:
            orgnr: Nine digits.
        """
        return self._read(self._path(orgnr))

    def put(self, company: Company) -> None:
        """Store a company in the place of what was there. A cache that cannot be written is only logged.

        Args:
            company: The company.
        """
        data = _adapter().dump_json(Entry(schema=_SCHEMA, source=self._source, company=company), indent=1)
        written: Path | None = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, prefix=f"{company.orgnr}.", suffix=".part", delete=False) as part:
                written = Path(part.name)
                part.write(data)
            os.replace(written, self._path(company.orgnr))  # noqa: PTH105  # replaces on every system, in one step
        except OSError as error:
            logger.warning("the cache in %s cannot be written: %s", self._folder, error)
            if written is not None:
                with suppress(OSError):
                    written.unlink(missing_ok=True)

    def remove(self, orgnr: str) -> None:
        """Forget a company.

        Args:
            orgnr: Nine digits.
        """
        with suppress(OSError):
            self._path(orgnr).unlink(missing_ok=True)

    def all(self) -> Iterator[Company]:
        """Yield the companies, by their numbers."""
        if self._folder.is_dir():
            for path in sorted(self._folder.glob("[0-9]*.json")):
                if company := self._read(path):
                    yield company

    def _path(self, orgnr: str) -> Path:
        return self._folder / f"{orgnr}.json"

    def _read(self, path: Path) -> Company | None:
        from pydantic import ValidationError

        try:
            if path.stat().st_size > _MAX_FILE_BYTES:
                return None
            entry = _adapter().validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            logger.warning("%s in the cache cannot be read: %s", path.name, error)
            return None
        usable = entry.schema == _SCHEMA and entry.source == self._source and entry.company.orgnr == path.stem
        return entry.company if usable else None
