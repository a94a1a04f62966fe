"""The client against a server that fails in every way: what it fetches is right, what it says is a remedy."""

import bz2
import io
import logging
import os
import random
import re
import socket
import ssl
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path

import httpx
import pytest

from corpus.errors import (
    ArchiveError,
    LovdataAddressError,
    LovdataAnswerError,
    LovdataError,
    LovdataStorageError,
    LovdataUnreachable,
)
from corpus.lovdata.archive import verify_archive
from corpus.lovdata.client import MAX_ARCHIVE_BYTES, ArchiveInfo, LovdataClient
from tests.corpus.lovdata.server import FakeLovdata, Fault, serving
from tests.corpus.reference import reference_folder

NAME = "oppdiktede-lover.tar.bz2"


def make_archive(seed: int, size: int = 200_000) -> bytes:
    """Return an archive of an invented act; noise, so that it stays about as large when packed."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        info = tarfile.TarInfo("nl/nl-20990102-001.xml")
        info.size = size
        tar.addfile(info, io.BytesIO(random.Random(seed).randbytes(size)))
    return bz2.compress(packed.getvalue(), 1)


ARCHIVE = make_archive(1)
OLDER = make_archive(2)


class Pauses(list[float]):
    """The pauses the client would have made."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def fake() -> Iterator[FakeLovdata]:
    with serving() as server:
        server.archives[NAME] = ARCHIVE
        yield server


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def client(fake: FakeLovdata, pauses: Pauses) -> LovdataClient:
    return LovdataClient(fake.url, timeout_seconds=2, sleep=pauses)


def nothing(done: int, total: int) -> None:
    """Show no progress."""


def fetch(client: LovdataClient, folder: Path) -> Path:
    return client.download(client.list_archives()[0], folder, nothing)


def parts(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.part"))


# --- The list ----------------------------------------------------------------------------------------------------------------


def test_the_list_gives_name_size_and_time(fake: FakeLovdata, client: LovdataClient) -> None:
    assert client.list_archives() == (
        ArchiveInfo(
            filename=NAME,
            description=f"Arkivet {NAME}",
            size_bytes=len(ARCHIVE),
            last_modified=datetime(2099, 1, 2, 1, 31, 59, 418000, tzinfo=UTC),
        ),
    )
    assert fake.requests == [("/v1/publicData/list", "")]
    assert fake.headers[0]["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    ("text", "hour"), [("2099-01-02T03:00:00Z", 3), ("2099-01-02T03:00:00+02:00", 1), ("2099-01-02T03:00:00", 3)]
)
def test_times_are_utc(fake: FakeLovdata, client: LovdataClient, text: str, hour: int) -> None:
    fake.modified = text
    assert client.list_archives()[0].last_modified == datetime(2099, 1, 2, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    ["../x.tar.bz2", "a/b.tar.bz2", "a\\b.tar.bz2", "a..b.tar.bz2", ".x.tar.bz2", "-x.tar.bz2", "x.zip", "x.tar.bz2\n",
     "x\0.tar.bz2", "å.tar.bz2", "%2e%2e.tar.bz2", "?.tar.bz2", "", "x" * 300 + ".tar.bz2", ".tar.bz2"],
)  # fmt: skip
def test_names_that_are_no_archives_are_left_out(fake: FakeLovdata, client: LovdataClient, name: str) -> None:
    fake.rows = [{"filename": name, "sizeBytes": "for stor"}, *fake.true_rows()]
    assert [archive.filename for archive in client.list_archives()] == [NAME]


def test_control_characters_of_a_description_do_not_reach_the_terminal(
    fake: FakeLovdata, client: LovdataClient
) -> None:
    fake.rows = [fake.true_rows()[0] | {"description": "Lover\x1b[31m\nog\u202e mer" + "x" * 5000}]
    text = client.list_archives()[0].description
    assert text.startswith("Lover [31m og mer")
    assert text.isprintable()
    assert len(text) <= 300


def row(**changes: object) -> list[dict[str, object]]:
    return [{"filename": NAME, "description": "", "sizeBytes": "5", "lastModified": "2099-01-02T01:31:59Z"} | changes]


BAD_LISTS = {
    "object": {"archives": []},
    "text": "x",
    "numbers": [1],
    "texts": ["x.tar.bz2"],
    "no name": [{"sizeBytes": "1"}],
    "name is a list": row(filename=[NAME]),
    "size is text": row(sizeBytes="stor"),
    "size is negative": row(sizeBytes="-1"),
    "size is endless": row(sizeBytes="9" * 5000),
    "no size": row(sizeBytes=None),
    "time is text": row(lastModified="i går"),
    "time is out of range": row(lastModified="0001-01-01T00:00:00+14:00"),
    "description is a list": row(description=["x"]),
    "twice": row() + row(),
    "too many": [{"filename": str(number)} for number in range(1001)],
    "too large": row(description="x" * (1 << 20)),
}


@pytest.mark.parametrize("rows", BAD_LISTS.values(), ids=BAD_LISTS.keys())
def test_a_malformed_list_is_refused_in_a_sentence(fake: FakeLovdata, client: LovdataClient, rows: object) -> None:
    fake.rows = rows
    with pytest.raises(LovdataAnswerError, match=r"^127\.0\.0\.1:\d+ svarte med .*--url") as caught:
        client.list_archives()
    assert "\n" not in str(caught.value)
    assert len(fake.requests) == 1


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe", b"[" * 500_000, b'[{"filename": '])
def test_what_is_not_json_is_refused(fake: FakeLovdata, client: LovdataClient, body: bytes) -> None:
    fake.faults.append(Fault(body=body))
    with pytest.raises(LovdataAnswerError, match="i stedet for listen"):
        client.list_archives()


def test_a_login_page_is_named(fake: FakeLovdata, client: LovdataClient) -> None:
    fake.faults.append(Fault(body=b"<!DOCTYPE html>", headers=(("Content-Type", "text/html; charset=utf-8"),)))
    with pytest.raises(LovdataAnswerError, match="en nettside i stedet for listen"):
        client.list_archives()


# --- Failures that may pass --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(fake: FakeLovdata, client: LovdataClient, pauses: Pauses, status: int) -> None:
    fake.faults.extend([Fault(status=status), Fault(status=status)])
    assert len(client.list_archives()) == 1
    assert pauses == [1, 2]


def test_four_tries_are_enough(fake: FakeLovdata, client: LovdataClient, pauses: Pauses) -> None:
    fake.faults.extend([Fault(status=503)] * 9)
    with pytest.raises(LovdataUnreachable, match=r"har ikke tid nå \(kode 503\).*senere"):
        client.list_archives()
    assert len(fake.requests) == 4
    assert pauses == [1, 2, 4]


@pytest.mark.parametrize(
    ("text", "pause"), [("7", 7), ("0", 1), ("soon", 1), ("-5", 1), ("Wed, 21 Oct 2015 07:28:00 GMT", 1)]
)
def test_the_pause_the_server_asks_for_is_made(
    fake: FakeLovdata, client: LovdataClient, pauses: Pauses, text: str, pause: float
) -> None:
    fake.faults.append(Fault(status=429, headers=(("Retry-After", text),)))
    client.list_archives()
    assert pauses == [pause]


def test_the_pause_may_be_a_point_in_time(fake: FakeLovdata, client: LovdataClient, pauses: Pauses) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    fake.faults.append(Fault(status=503, headers=(("Retry-After", when),)))
    client.list_archives()
    assert 50 < pauses[0] <= 60


@pytest.mark.parametrize("text", ["3600", "9" * 5000, "Wed, 21 Oct 2099 07:28:00 GMT"])
def test_too_long_a_pause_is_left_to_the_user(
    fake: FakeLovdata, client: LovdataClient, pauses: Pauses, text: str
) -> None:
    fake.faults.append(Fault(status=503, headers=(("Retry-After", text),)))
    with pytest.raises(LovdataUnreachable, match=r"ber oss vente \d+ minutter"):
        client.list_archives()
    assert pauses == []


def test_a_closed_port_is_unreachable(pauses: Pauses) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        client = LovdataClient(f"http://127.0.0.1:{taken.getsockname()[1]}", sleep=pauses)
        with pytest.raises(LovdataUnreachable, match="Får ikke kontakt med 127"):
            client.list_archives()
    assert len(pauses) == 3


def test_silence_is_unreachable(fake: FakeLovdata, pauses: Pauses) -> None:
    fake.faults.extend([Fault(delay=0.15)] * 2)
    with pytest.raises(LovdataUnreachable, match=r"svarte ikke innen 0\.05 sekunder"):
        LovdataClient(fake.url, timeout_seconds=0.05, attempts=2, sleep=pauses).list_archives()


def test_pauses_end_with_the_deadline(fake: FakeLovdata, pauses: Pauses) -> None:
    fake.faults.extend([Fault(status=503, headers=(("Retry-After", "60"),))] * 9)
    with pytest.raises(LovdataUnreachable):
        LovdataClient(fake.url, deadline_seconds=30, sleep=pauses).list_archives()
    assert pauses == []


# --- Failures that stay ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_not_repeated(fake: FakeLovdata, client: LovdataClient, status: int) -> None:
    fake.faults.append(Fault(status=status))
    with pytest.raises(LovdataAnswerError, match=rf"kode {status}\)"):
        client.list_archives()
    assert len(fake.requests) == 1


def test_a_bad_certificate_is_named_and_not_tried_again(pauses: Pauses, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> httpx.Response:
        raise httpx.ConnectError("verify failed") from ssl.SSLCertVerificationError("self-signed certificate")

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", refuse)
    with pytest.raises(LovdataUnreachable, match=r"Sertifikatet til 127\.0\.0\.1.*klokke"):
        LovdataClient("https://127.0.0.1", sleep=pauses).list_archives()
    assert pauses == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(fake: FakeLovdata, client: LovdataClient, tmp_path: Path, status: int) -> None:
    archive = client.list_archives()[0]
    with serving() as other:
        other.archives[NAME] = ARCHIVE
        elsewhere = (("Location", f"{other.url}/v1/publicData/list"),)
        fake.faults.extend([Fault(status=status, headers=elsewhere)] * 2)
        with pytest.raises(LovdataAnswerError, match="viser videre"):
            client.list_archives()
        with pytest.raises(LovdataAnswerError, match="viser videre"):
            client.download(archive, tmp_path, nothing)
        assert other.requests == []


def test_content_that_unfolds_is_refused(fake: FakeLovdata, client: LovdataClient) -> None:
    fake.faults.append(Fault(headers=(("Content-Encoding", "gzip"),)))
    with pytest.raises(LovdataAnswerError, match="komprimert"):
        client.list_archives()


@pytest.mark.parametrize(
    "url",
    ["", "lovdata", "api.lovdata.no", "127.0.0.1:8765", "ftp://api.lovdata.no", "file:///etc/passwd", "https://", "http://[::1",
     "https://user:secret@api.lovdata.no", "https://api.lovdata.no?x=1", "https://api.lovdata.no/#x", "https://a b", "https://a\n.no"],
)  # fmt: skip
def test_addresses_that_are_no_servers_are_refused(url: str) -> None:
    with pytest.raises(LovdataAddressError, match="--url") as caught:
        LovdataClient(url)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_paths_go_under_the_root_given(fake: FakeLovdata) -> None:
    with pytest.raises(LovdataAnswerError, match="kode 404"):
        LovdataClient(f"{fake.url}/speil/").list_archives()
    assert fake.requests == [("/speil/v1/publicData/list", "")]


def test_a_proxy_of_the_environment_is_not_used_for_this_machine(
    fake: FakeLovdata, client: LovdataClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert len(client.list_archives()) == 1


# --- Fetching ----------------------------------------------------------------------------------------------------------------


def test_an_archive_is_fetched_whole(fake: FakeLovdata, client: LovdataClient, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    folder = tmp_path / "ny" / "mappe"
    path = client.download(client.list_archives()[0], folder, lambda done, total: seen.append((done, total)))
    assert path == folder / NAME
    assert path.read_bytes() == ARCHIVE
    assert list(folder.iterdir()) == [path]
    assert seen[0] == (0, len(ARCHIVE))
    assert seen[-1] == (len(ARCHIVE), len(ARCHIVE))
    assert seen == sorted(seen)


def test_an_archive_without_a_stated_length_is_fetched(
    fake: FakeLovdata, client: LovdataClient, tmp_path: Path
) -> None:
    archive = client.list_archives()[0]
    fake.faults.append(Fault(length=""))
    assert client.download(archive, tmp_path, nothing).read_bytes() == ARCHIVE


@pytest.mark.parametrize("cut", [1, 1000, 150_000, len(ARCHIVE) - 1])
def test_a_broken_transfer_is_continued(fake: FakeLovdata, client: LovdataClient, tmp_path: Path, cut: int) -> None:
    archive = client.list_archives()[0]
    fake.faults.append(Fault(cut=cut))
    assert client.download(archive, tmp_path, nothing).read_bytes() == ARCHIVE
    assert fake.ranges() == ["", f"bytes={cut}-"]


def test_a_short_answer_without_a_length_is_continued(fake: FakeLovdata, client: LovdataClient, tmp_path: Path) -> None:
    archive = client.list_archives()[0]
    fake.faults.append(Fault(length="", cut=70_000))
    assert client.download(archive, tmp_path, nothing).read_bytes() == ARCHIVE
    assert fake.ranges() == ["", "bytes=70000-"]


def test_a_later_call_continues_what_an_earlier_one_left(
    fake: FakeLovdata, client: LovdataClient, tmp_path: Path
) -> None:
    archive = client.list_archives()[0]
    fake.faults.extend([Fault(cut=80_000), *[Fault(status=503)] * 4])
    with pytest.raises(LovdataUnreachable):
        client.download(archive, tmp_path, nothing)
    assert [path.stat().st_size for path in parts(tmp_path)] == [80_000]
    seen: list[int] = []
    client.download(archive, tmp_path, lambda done, total: seen.append(done))
    assert fake.ranges()[-1] == "bytes=80000-"
    assert seen[0] == 80_000
    assert (tmp_path / NAME).read_bytes() == ARCHIVE


def test_tries_that_bring_something_do_not_count(fake: FakeLovdata, pauses: Pauses, tmp_path: Path) -> None:
    client = LovdataClient(fake.url, attempts=2, sleep=pauses)
    archive = client.list_archives()[0]
    fake.faults.extend([Fault(cut=66_000), Fault(status=503), Fault(cut=66_000), Fault(status=503)])
    assert client.download(archive, tmp_path, nothing).read_bytes() == ARCHIVE


def test_a_whole_part_is_only_checked(fake: FakeLovdata, client: LovdataClient, tmp_path: Path) -> None:
    """This ensures that a process killed just before the end has nothing to fetch again."""
    archive = leave_part(client, tmp_path, ARCHIVE)
    client.download(archive, tmp_path, nothing)
    assert fake.ranges() == []
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def leave_part(client: LovdataClient, folder: Path, data: bytes) -> ArchiveInfo:
    """Leave what a killed process would have: `data` as the part of the archive offered."""
    archive = client.list_archives()[0]
    stamp = archive.last_modified.strftime("%Y%m%dT%H%M%S%f")
    (folder / f"{NAME}.{archive.size_bytes}-{stamp}.part").write_bytes(data)
    return archive


@pytest.mark.parametrize(
    "fault",
    [
        Fault(ignore_range=True),
        Fault(status=416, body=b""),
        Fault(content_range=f"bytes 0-{len(ARCHIVE) - 1}/{len(ARCHIVE)}"),
        Fault(content_range=f"bytes 500-{len(ARCHIVE) - 1}/{len(ARCHIVE) + 1}"),
        Fault(content_range=f"bytes 500-600/{len(ARCHIVE)}"),
        Fault(content_range="nonsense"),
        Fault(content_range=""),
    ],
    ids=["200", "416", "from the start", "other total", "a piece", "nonsense", "none"],
)
def test_a_server_that_cannot_continue_makes_it_begin_again(
    fake: FakeLovdata, client: LovdataClient, tmp_path: Path, fault: Fault
) -> None:
    archive = leave_part(client, tmp_path, ARCHIVE[:500])
    fake.faults.append(fault)
    assert client.download(archive, tmp_path, nothing).read_bytes() == ARCHIVE
    assert fake.ranges() == (["bytes=500-"] if fault.ignore_range else ["bytes=500-", ""])
    assert parts(tmp_path) == []


def test_a_part_longer_than_the_archive_is_begun_again(
    fake: FakeLovdata, client: LovdataClient, tmp_path: Path
) -> None:
    archive = leave_part(client, tmp_path, ARCHIVE + b"x")
    assert client.download(archive, tmp_path, nothing).read_bytes() == ARCHIVE
    assert fake.ranges() == [""]


@pytest.mark.parametrize("held", [70_000, len(ARCHIVE)], ids=["part", "whole"])
def test_a_mixture_of_two_versions_is_fetched_anew(
    fake: FakeLovdata, client: LovdataClient, tmp_path: Path, held: int
) -> None:
    archive = leave_part(client, tmp_path, bytes(held))
    assert client.download(archive, tmp_path, nothing).read_bytes() == ARCHIVE
    assert fake.ranges()[-1] == ""


def test_a_version_that_changes_under_way_is_fetched_anew(
    fake: FakeLovdata, client: LovdataClient, tmp_path: Path
) -> None:
    archive = client.list_archives()[0]
    fake.faults.append(Fault(body=bytes(len(ARCHIVE)), cut=70_000))
    assert client.download(archive, tmp_path, nothing).read_bytes() == ARCHIVE
    assert fake.ranges() == ["", "bytes=70000-", ""]


def test_the_part_of_another_version_is_not_continued(fake: FakeLovdata, client: LovdataClient, tmp_path: Path) -> None:
    leave_part(client, tmp_path, OLDER[:1000])
    fake.modified = "2099-01-03T01:00:00Z"
    assert fetch(client, tmp_path).read_bytes() == ARCHIVE
    assert fake.ranges() == [""]
    assert parts(tmp_path) == []


def test_a_slow_trickle_is_a_standstill(fake: FakeLovdata, tmp_path: Path, pauses: Pauses) -> None:
    client = LovdataClient(fake.url, stall_seconds=0.05, attempts=1, sleep=pauses)
    archive = client.list_archives()[0]
    fake.faults.append(Fault(piece=10, pause=0.01))
    with pytest.raises(LovdataUnreachable, match="står nesten stille"):
        client.download(archive, tmp_path, nothing)
    assert 0 < parts(tmp_path)[0].stat().st_size < 1000
    assert client.download(archive, tmp_path, nothing).read_bytes() == ARCHIVE
    assert fake.ranges()[-1].startswith("bytes=")


def test_an_endless_transfer_ends(fake: FakeLovdata, tmp_path: Path, pauses: Pauses) -> None:
    client = LovdataClient(fake.url, deadline_seconds=0.1, sleep=pauses)
    archive = client.list_archives()[0]
    fake.faults.append(Fault(piece=10, pause=0.02))
    with pytest.raises(LovdataUnreachable, match="minutter"):
        client.download(archive, tmp_path, nothing)
    assert parts(tmp_path)


# --- What is refused, and what stays as it was ---------------------------------------------------------------------------------


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Path]:
    """An older version in the folder, which every failure must leave alone."""
    path = tmp_path / NAME
    path.write_bytes(OLDER)
    yield path
    assert path.read_bytes() == OLDER


@pytest.mark.parametrize(
    "fault",
    [
        Fault(body=ARCHIVE + b"x"),
        Fault(body=ARCHIVE + b"x" * 500_000, length=""),
        Fault(body=ARCHIVE[:-1]),
        Fault(body=b""),
    ],
    ids=["longer", "longer, no length", "shorter", "empty"],
)
def test_another_size_than_announced_is_refused(
    fake: FakeLovdata, client: LovdataClient, old: Path, fault: Fault
) -> None:
    archive = client.list_archives()[0]
    fake.faults.append(fault)
    with pytest.raises(LovdataAnswerError, match=r"ikke den størrelsen .* på nytt"):
        client.download(archive, old.parent, nothing)
    assert parts(old.parent) == []
    assert len(fake.ranges()) == 1


def test_no_more_is_read_than_announced(fake: FakeLovdata, client: LovdataClient, old: Path) -> None:
    archive = replace(client.list_archives()[0], size_bytes=1000)
    fake.faults.append(Fault(length="", piece=5000, pause=0.001))
    seen: list[int] = []
    with pytest.raises(LovdataAnswerError):
        client.download(archive, old.parent, lambda done, total: seen.append(done))
    assert max(seen) <= 1000


@pytest.mark.parametrize("kind", ["text/html", "application/json; charset=utf-8"])
def test_a_page_instead_of_an_archive_is_refused(
    fake: FakeLovdata, client: LovdataClient, old: Path, kind: str
) -> None:
    archive = client.list_archives()[0]
    fake.faults.append(Fault(body=b"x" * len(ARCHIVE), headers=(("Content-Type", kind),)))
    with pytest.raises(LovdataAnswerError, match="noe annet enn arkivet"):
        client.download(archive, old.parent, nothing)


def test_a_part_that_nobody_asked_for_is_refused(fake: FakeLovdata, client: LovdataClient, old: Path) -> None:
    archive = client.list_archives()[0]
    fake.faults.append(Fault(status=206, content_range=f"bytes 0-{len(ARCHIVE) - 1}/{len(ARCHIVE)}"))
    with pytest.raises(LovdataAnswerError, match="kode 206"):
        client.download(archive, old.parent, nothing)


@pytest.mark.parametrize(
    "data", [b"x" * 5000, ARCHIVE[:-10], bz2.compress(b"<html>" * 99)], ids=["text", "cut", "no tar"]
)
def test_a_damaged_archive_never_takes_the_name(
    fake: FakeLovdata, client: LovdataClient, old: Path, data: bytes
) -> None:
    fake.archives[NAME] = data
    with pytest.raises(ArchiveError, match=rf"Arkivet {re.escape(NAME)} er"):
        fetch(client, old.parent)
    assert parts(old.parent) == []
    assert len(fake.ranges()) == 1


def test_a_damaged_archive_is_fetched_anew_only_once(fake: FakeLovdata, client: LovdataClient, old: Path) -> None:
    archive = leave_part(client, old.parent, bytes(len(ARCHIVE)))
    fake.archives[NAME] = bytes(len(ARCHIVE))
    with pytest.raises(ArchiveError):
        client.download(archive, old.parent, nothing)
    assert fake.ranges() == [""]


@pytest.mark.parametrize("size", [0, -1, MAX_ARCHIVE_BYTES + 1])
def test_sizes_beyond_the_limit_are_not_fetched(fake: FakeLovdata, client: LovdataClient, old: Path, size: int) -> None:
    archive = replace(client.list_archives()[0], size_bytes=size)
    with pytest.raises(LovdataAnswerError, match="2 GiB"):
        client.download(archive, old.parent, nothing)
    assert fake.ranges() == []


@pytest.mark.parametrize("name", ["../ute.tar.bz2", "/ute.tar.bz2", "a..b.tar.bz2", "x.exe", "x.tar.bz2/../y.tar.bz2"])
def test_a_name_is_checked_before_it_is_a_path(fake: FakeLovdata, client: LovdataClient, old: Path, name: str) -> None:
    archive = replace(client.list_archives()[0], filename=name)
    with pytest.raises(LovdataAnswerError, match="ikke navnet på et arkiv"):
        client.download(archive, old.parent, nothing)
    assert fake.ranges() == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_leaves_the_old_archive(client: LovdataClient, old: Path) -> None:
    leave_part(client, old.parent, b"")
    part = parts(old.parent)[0]
    part.unlink()
    part.symlink_to("/dev/full")
    with pytest.raises(LovdataStorageError, match=r"Disken er full.*Frigjør plass"):
        fetch(client, old.parent)
    assert parts(old.parent) == []


def test_a_folder_that_is_a_file_is_told(client: LovdataClient, old: Path) -> None:
    with pytest.raises(LovdataStorageError, match="Kan ikke lagre i mappen"):
        fetch(client, old / "under")


def test_an_interrupt_leaves_the_part(fake: FakeLovdata, client: LovdataClient, old: Path) -> None:
    archive = client.list_archives()[0]

    def interrupt(done: int, total: int) -> None:
        if done > 60_000:
            raise KeyboardInterrupt

    fake.faults.append(Fault(piece=10_000))
    with pytest.raises(KeyboardInterrupt):
        client.download(archive, old.parent, interrupt)
    held = parts(old.parent)[0].stat().st_size
    assert held > 60_000
    assert old.read_bytes() == OLDER
    client.download(archive, old.parent, nothing)
    assert fake.ranges()[-1] == f"bytes={held}-"
    old.write_bytes(OLDER)


def test_every_error_is_the_lovdata_error_that_callers_catch() -> None:
    kinds = {ArchiveError, LovdataAddressError, LovdataAnswerError, LovdataStorageError, LovdataUnreachable}
    assert all(issubclass(kind, LovdataError) for kind in kinds)


def test_tries_are_logged(fake: FakeLovdata, client: LovdataClient, caplog: pytest.LogCaptureFixture) -> None:
    fake.faults.append(Fault(status=503))
    with caplog.at_level(logging.INFO, "corpus.lovdata"):
        client.list_archives()
    assert "try 1 failed" in caplog.text


# --- The real archives -------------------------------------------------------------------------------------------------------


@pytest.fixture
def served() -> Iterator[str]:
    """The address of the real archives on loopback; they lie beside the reference folder."""
    program = reference_folder().parent / "lovdata-api" / "serve"
    if not program.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"no {program}; set BHT_REFERENCE")
        pytest.skip("no server of the real archives; set BHT_REFERENCE")
    with subprocess.Popen([sys.executable, str(program), "0"], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@pytest.mark.index
def test_the_real_acts_are_fetched_and_continued(served: str, tmp_path: Path) -> None:
    client = LovdataClient(served, attempts=1)
    archives = {archive.filename: archive for archive in client.list_archives()}
    acts = archives["gjeldende-lover.tar.bz2"]

    def interrupt(limit: int, done: int, total: int) -> None:
        if limit <= done < total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        client.download(acts, tmp_path, partial(interrupt, 1 << 20))
    seen: list[int] = []
    path = client.download(acts, tmp_path, lambda done, total: seen.append(done))
    assert seen[0] >= 1 << 20
    assert path.stat().st_size == acts.size_bytes
    assert verify_archive(path) == 755
