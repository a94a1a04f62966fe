"""Lovdata's archives (tar, bzip2): read as a stream, within limits, and never written to the disk as files.

The decompression is done here and not by tarfile's "r|bz2": that mode takes a truncated stream for a whole one, and unpacks
each block of input in one go, however much comes out of it.
"""

import bz2
import hashlib
import logging
import re
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from corpus.errors import ArchiveError

logger = logging.getLogger(__name__)

# LOVDATA_FORMAT § 1: "nl/nl-20050617-062.xml", "sf/sf-20111206-1355.xml", "nl/nl-18140517-000-nn.xml", "lti/2024/sf-….xml"
_NAME = re.compile(r"(?:nl/nl|sf/sf|lti/[0-9]{4}/(?:nl|sf))-[0-9]{8}-[0-9A-Za-z_]{1,16}(?:-[a-z]{2})?\.xml")

MIB = 1024 * 1024
# What may stand between two members. tarfile reads a header's extensions in one piece, by recursion, and in quadratic time.
_HEADER_BYTES = 8 * 1024
_STREAM_BYTES = 2 * 1024  # tarfile reads ahead this much; it must be well below _HEADER_BYTES
_DRAIN_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an archive may contain. The real ones (2025-11-08): 3,459 members, 200 MB, 4 MB the largest, ratio 10.

    `ratio` is bytes out per byte in; it counts from `free_bytes` on, since a small file may well be very regular.
    """

    members: int = 20_000
    member_bytes: int = 32 * MIB
    total_bytes: int = 4096 * MIB
    ratio: int = 100
    free_bytes: int = 64 * MIB

    def ceiling(self, packed_bytes: int) -> int:
        """Return the most bytes that an archive of this size may unpack to."""
        return min(self.total_bytes, self.free_bytes + self.ratio * packed_bytes)


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A document of an archive: its name there (without "./"), its bytes and their sha256 (hexadecimal)."""

    name: str
    data: bytes
    sha256: str


def read_members(
    path: Path, limits: Limits = DEFAULT_LIMITS, on_skipped: Callable[[str, str], None] | None = None
) -> Iterator[Member]:
    """Yield the documents of an archive in its order, one in memory at a time.

    Everything else in it (links, devices, absolute names, "..", other files, a name seen before) is left out and counted.
    Read to the end, the archive is whole: the checksums of bzip2 and the end mark of tar have been seen.

    Args:
        path: The archive.
        limits: What it may contain.
        on_skipped: Called with the name and the reason (Norwegian) of each member left out; folders are not mentioned.

    Yields:
        The documents.

    Raises:
        ArchiveError: The archive is damaged, truncated, not an archive, or breaks a limit.
    """
    seen: set[str] = set()
    count = skipped = 0
    with _opened(path, limits) as archive:
        while (info := archive.next()) is not None:
            count += 1
            if count > limits.members:
                raise _over_limit(path, f"mer enn {limits.members} filer")
            name = info.name.removeprefix("./")
            reason = _objection(info, name, seen)
            if reason is None:
                seen.add(name)
                data = archive.data(info)
                yield Member(name=name, data=data, sha256=hashlib.sha256(data).hexdigest())
            elif not info.isdir():
                skipped += 1
                logger.debug("%s: left out %a: %s", path.name, info.name, reason)
                if on_skipped:
                    on_skipped(info.name, reason)
    if skipped:
        logger.warning("%s: left out %d of %d members", path.name, skipped, count)


def verify_archive(path: Path, limits: Limits = DEFAULT_LIMITS) -> int:
    """Read an archive to its end, and return the number of documents in it.

    Args:
        path: The archive.
        limits: What it may contain.

    Returns:
        The number of documents, at least 1.

    Raises:
        ArchiveError: The archive is damaged, truncated, not an archive, breaks a limit, or holds no document.
    """
    count = sum(1 for _ in read_members(path, limits))
    if not count:
        raise ArchiveError(
            f"Arkivet {_shown(path)} inneholder ingen lover eller forskrifter. Kontroller at adressen er Lovdatas, og prøv igjen."
        )
    return count


def _objection(info: tarfile.TarInfo, name: str, seen: set[str]) -> str | None:
    """Return why a member is left out (Norwegian), None for a document."""
    if info.issym() or info.islnk():
        return "lenke"
    if not info.isreg() or info.issparse():
        return "ikke en vanlig fil"
    if not _NAME.fullmatch(name):
        return "navnet er ikke et dokument hos Lovdata"
    if name in seen:
        return "samme navn to ganger"
    return None


class _Unpacked:
    """What comes out of the bzip2 stream, counted: not more than `allowed`, which moves with each member."""

    def __init__(self, stream: IO[bytes], allowed: int) -> None:
        self._stream = stream
        self.allowed = allowed
        self.total = 0
        self.content_end = 0  # behind the last byte that is not zero

    def read(self, size: int) -> bytes:
        data = self._stream.read(min(size, self.allowed - self.total + 1))
        self.total += len(data)
        if self.total > self.allowed:
            raise _TooMuch
        if content := len(data.rstrip(b"\0")):
            self.content_end = self.total - len(data) + content
        return data


class _TooMuch(Exception):
    """More came out of the stream than may."""


class _Archive:
    """A tar stream walked member by member, the errors of bz2 and tarfile turned into ArchiveError."""

    def __init__(self, path: Path, stream: IO[bytes], limits: Limits, ceiling: int) -> None:
        self._path = path
        self._limits = limits
        self._ceiling = ceiling
        self._unpacked = _Unpacked(stream, min(_HEADER_BYTES, ceiling))
        with self._explained():
            source = cast("IO[bytes]", self._unpacked)  # of a file, the stream mode only reads
            self._tar = tarfile.open(fileobj=source, mode="r|", bufsize=_STREAM_BYTES)  # noqa: SIM115 - closed by close()

    def next(self) -> tarfile.TarInfo | None:
        with self._explained():
            info = self._tar.next()
            if info is None:
                self._check_end()
                return None
            if info.size < 0:
                raise tarfile.ReadError("negative size")
            # What it takes up, not the size it states: a link may state one it has not, a sparse file a smaller one.
            if self._tar.offset - info.offset_data >= self._limits.member_bytes + tarfile.BLOCKSIZE:
                size = self._limits.member_bytes // MIB
                raise _over_limit(self._path, f"en fil på over {size} MiB")
            self._unpacked.allowed = min(self._tar.offset + _HEADER_BYTES, self._ceiling)
            return info

    def data(self, info: tarfile.TarInfo) -> bytes:
        with self._explained():
            file = self._tar.extractfile(info)
            return file.read() if file else b""

    def close(self) -> None:
        self._tar.close()

    def _check_end(self) -> None:
        """Read the rest: the checksum of bzip2 stands last, and tarfile takes a damaged header for the end of the archive."""
        self._unpacked.allowed = self._ceiling
        while self._unpacked.read(_DRAIN_BYTES):
            pass
        if self._unpacked.content_end > self._tar.offset or self._unpacked.total < self._tar.offset + tarfile.BLOCKSIZE:
            raise tarfile.ReadError("no end mark")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except _TooMuch as error:
            if self._unpacked.allowed == self._ceiling:
                raise _over_limit(self._path, f"mer enn {self._ceiling // MIB} MiB utpakket") from error
            raise _damaged(self._path) from error
        except EOFError as error:
            raise ArchiveError(
                f"Arkivet {_shown(self._path)} er avkortet: slutten mangler. Kjør «bht corpus sync» på nytt, så blir det hentet igjen."
            ) from error
        except (tarfile.TarError, OSError, ValueError, OverflowError) as error:
            raise _damaged(self._path) from error


@contextmanager
def _opened(path: Path, limits: Limits) -> Iterator[_Archive]:
    try:
        packed = path.open("rb")
    except OSError as error:
        raise ArchiveError(
            f"Arkivet {path} kan ikke leses ({error.strerror}). Kjør «bht corpus sync» på nytt, så blir det hentet igjen."
        ) from error
    with (
        packed,
        bz2.BZ2File(packed) as stream,
        closing(_Archive(path, stream, limits, limits.ceiling(path.stat().st_size))) as archive,
    ):
        yield archive


def _damaged(path: Path) -> ArchiveError:
    return ArchiveError(
        f"Arkivet {_shown(path)} er skadet eller ikke et tar.bz2-arkiv. Kjør «bht corpus sync» på nytt, så blir det hentet igjen."
    )


def _over_limit(path: Path, what: str) -> ArchiveError:
    return ArchiveError(
        f"Arkivet {_shown(path)} inneholder {what}; det er mer enn Lovdatas arkiver skal ha. "
        "Kontroller at adressen er Lovdatas."
    )


def _shown(path: Path) -> str:
    """Return the archive's name without what marks a file that is not whole yet."""
    name, mark, _ = path.name.partition(".tar.bz2")
    return name + mark
