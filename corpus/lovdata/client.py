"""The client of Lovdata's open API: which archives there are, and fetching one of them.

What comes from the server is data to be checked: names, sizes and dates of the list, the length and the range of an answer,
the content of an archive. Every failure is one Norwegian sentence or two, with a remedy.
Source: LOVDATA_FORMAT § 1.
"""

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from pydantic import BaseModel, Field
from pydantic_core import from_json

from corpus.errors import ArchiveError, LovdataAnswerError
from corpus.lovdata.archive import verify_archive
from corpus.lovdata.connection import LATER, Connection, Passing, Patience
from corpus.lovdata.part import Part

logger = logging.getLogger(__name__)

LOVDATA_URL = "https://api.lovdata.no"
MAX_ARCHIVE_BYTES = 2 * 1024**3  # the largest of 2025-11-08 is 65.5 MB
_MAX_LIST_BYTES = 1024**2
_MAX_ARCHIVES = 1000
_FILENAME = re.compile(r"(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9._-]{0,100}\.tar\.bz2")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveInfo:
    """An archive that the server offers. Size and time (UTC) together tell one version of it from the next."""

    filename: str
    description: str
    size_bytes: int
    last_modified: datetime


class _Row(BaseModel):
    """A row of the list, as the server sends it; the size comes as a string."""

    filename: str
    description: str = ""
    size_bytes: int = Field(alias="sizeBytes", ge=0, le=10**15)
    last_modified: datetime = Field(alias="lastModified")

    def info(self) -> ArchiveInfo:
        when = self.last_modified
        words = "".join(c if c.isprintable() else " " for c in self.description[:1000]).split()
        return ArchiveInfo(
            filename=self.filename,
            description=" ".join(words)[:300],
            size_bytes=self.size_bytes,
            last_modified=when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC),
        )


class LovdataClient:
    """Asks a server of Lovdata's open API. Holds no connection between two calls.

    Args:
        url: The server's root. Plain http is taken, since only the user gives another address than Lovdata's own.
        timeout_seconds: Longest wait for a connection, and for the next bytes.
        stall_seconds: A transfer that brings less than 64 KiB in this time is broken off, and tried again.
        deadline_seconds: Longest time for the transfer of a call, all tries and pauses included. What has come over is kept.
        attempts: Number of tries; for an archive, of tries in a row that bring nothing.
        pause_seconds: The first pause; each is twice the one before.
        sleep: Waits that long.

    Raises:
        LovdataAddressError: `url` is not the root of a server.
    """

    def __init__(
        self,
        url: str = LOVDATA_URL,
        *,
        timeout_seconds: float = 30,
        stall_seconds: float = 60,
        deadline_seconds: float = 3600,
        attempts: int = 4,
        pause_seconds: float = 1,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        patience = Patience(
            timeout_seconds=timeout_seconds,
            stall_seconds=stall_seconds,
            deadline_seconds=deadline_seconds,
            attempts=attempts,
            pause_seconds=pause_seconds,
            sleep=sleep,
        )
        self._server = Connection(url, patience)

    def list_archives(self) -> tuple[ArchiveInfo, ...]:
        """Return the archives of the list, in its order; files that are not archives are left out.

        Raises:
            LovdataUnreachable: The server does not answer, or not now.
            LovdataAnswerError: It answers something else than the list.
        """
        return self._server.retrying(lambda: 0)(self._fetch_list, self._server.deadline())

    def download(self, archive: ArchiveInfo, folder: Path, progress: Callable[[int, int], None]) -> Path:
        """Fetch an archive into a folder and return its path there.

        What an earlier, broken call brought over is continued. The file of the same name is replaced only when the new one is
        whole and has been read to its end. Two calls for the same folder at once are the caller's to prevent.

        Args:
            archive: One of `list_archives`.
            folder: Where to put it; made if it is not there.
            progress: Called with the bytes that are there and the bytes there will be.

        Returns:
            `folder / archive.filename`.

        Raises:
            LovdataUnreachable: The server does not answer, not now or not fast enough.
            LovdataAnswerError: It sends something else than the list announced.
            LovdataStorageError: The disk is full, or the folder cannot be written to.
            ArchiveError: What it sends is not an archive, or breaks a limit.
        """
        _check(archive)
        part = Part(folder, archive.filename, archive.size_bytes, archive.last_modified)
        part.prepare()
        deadline = self._server.deadline()
        self._fetch_whole(part, deadline, progress)
        try:
            verify_archive(part.path)
        except ArchiveError:
            # The open API gives no mark of a version to continue by; the checksums of bzip2 tell when two were mixed.
            continued = part.continued
            part.remove()
            if not continued:
                raise
            logger.warning("%s: damaged after it was continued; fetching it anew", archive.filename)
            self._fetch_whole(part, deadline, progress)
            verify_archive(part.path)
        return part.finish()

    def _fetch_list(self, deadline: float) -> tuple[ArchiveInfo, ...]:
        data = bytearray()
        with self._server.get("/v1/publicData/list", {}) as response:
            if response.status_code != httpx.codes.OK:
                raise self._server.bad_status(response)
            for chunk in self._server.chunks(response, deadline):
                data += chunk
                if len(data) > _MAX_LIST_BYTES:
                    raise self._server.bad_answer(f"en liste på over {_MAX_LIST_BYTES // 1024} KiB")
        try:
            return _read_list(bytes(data))
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            is_page = response.headers.get("Content-Type", "").startswith("text/html")
            what = "en nettside" if is_page else "noe annet"
            raise self._server.bad_answer(f"{what} i stedet for listen over arkiver") from error

    def _fetch_whole(self, part: Part, deadline: float, progress: Callable[[int, int], None]) -> None:
        self._server.retrying(part.size)(self._fetch_rest, part, deadline, progress)

    def _fetch_rest(self, part: Part, deadline: float, progress: Callable[[int, int], None]) -> None:
        """Fetch what is missing of an archive, as far as it goes in one try."""
        done = part.size()
        if done > part.whole:
            part.remove()
            done = 0
        progress(done, part.whole)
        if done == part.whole:
            return
        headers = {"Range": f"bytes={done}-"} if done else {}
        with self._server.get(f"/v1/publicData/get/{part.final.name}", headers) as response:
            done = self._check_start(response, part, done)
            with part.opened(done):
                for chunk in self._server.chunks(response, deadline):
                    done += len(chunk)
                    if done > part.whole:
                        break
                    part.write(chunk)
                    progress(done, part.whole)
        if done > part.whole:
            raise self._changed(part)
        if done < part.whole:
            raise Passing(f"Bare {done} av {part.whole} byte av {part.final.name} kom fram. {LATER}")

    def _check_start(self, response: httpx.Response, part: Part, done: int) -> int:
        """Return where the answer goes on: at `done`, or at 0 if the server sends all of it. Refuses any other answer."""
        code = response.status_code
        if code == httpx.codes.OK:
            if response.headers.get("Content-Type", "").startswith(("text/html", "application/json")):
                raise self._server.bad_answer(f"noe annet enn arkivet {part.final.name}")
            if response.headers.get("Content-Length", str(part.whole)) != str(part.whole):
                raise self._changed(part)
            return 0
        if not done or code not in {httpx.codes.PARTIAL_CONTENT, httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE}:
            raise self._server.bad_status(response)
        expected = f"bytes {done}-{part.whole - 1}/{part.whole}"
        if code == httpx.codes.PARTIAL_CONTENT and response.headers.get("Content-Range") == expected:
            return done
        part.remove()
        raise Passing(f"{self._server.host} kunne ikke sende resten av {part.final.name}. {LATER}")

    def _changed(self, part: Part) -> LovdataAnswerError:
        """Return the error for an archive of another size than announced; what has come over of it is worth nothing."""
        part.remove()
        return LovdataAnswerError(
            f"{part.final.name} har ikke den størrelsen {self._server.host} opplyste ({part.whole} byte); "
            "trolig kom det en ny utgave imens. Kjør «bht corpus sync» på nytt."
        )


def _read_list(data: bytes) -> tuple[ArchiveInfo, ...]:
    """Return the archives of a list.

    Raises:
        ValueError: It is not such a list, too long, or names an archive twice.
        TypeError: A row is not an object with a name.
        KeyError: A row has no name.
        OverflowError: A date is at the end of time.
    """
    rows = from_json(data)
    if not isinstance(rows, list) or len(rows) > _MAX_ARCHIVES:
        raise ValueError("not a list, or too long")
    found = tuple(_Row.model_validate(row).info() for row in rows if _FILENAME.fullmatch(row["filename"]))
    if len({archive.filename for archive in found}) < len(found):
        raise ValueError("an archive stands twice")
    return found


def _check(archive: ArchiveInfo) -> None:
    """Refuse an archive that cannot be fetched: the record may come from anywhere."""
    if not _FILENAME.fullmatch(archive.filename):
        raise LovdataAnswerError(f"{archive.filename!a} er ikke navnet på et arkiv. Hent listen over arkiver på nytt.")
    if not 0 < archive.size_bytes <= MAX_ARCHIVE_BYTES:
        raise LovdataAnswerError(
            f"{archive.filename} skal være på {archive.size_bytes} byte; bare arkiver på inntil "
            f"{MAX_ARCHIVE_BYTES // 1024**3} GiB blir hentet. Kontroller at adressen er Lovdatas."
        )
