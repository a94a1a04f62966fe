"""Reading archives: what is in them comes out, and nothing in them can do harm."""

import bz2
import hashlib
import io
import random
import tarfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ArchiveError
from corpus.lovdata.archive import DEFAULT_LIMITS, Limits, Member, read_members, verify_archive

ACT = "nl/nl-20990102-001.xml"
REGULATION = "sf/sf-20990103-0002.xml"


def entry(name: str, data: bytes = b"<html/>", **fields: object) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    for field, value in fields.items():
        setattr(info, field, value)
    return info, data


def tar_of(*entries: tuple[tarfile.TarInfo, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=form) as tar:
        for info, data in entries:
            tar.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def write(folder: Path, data: bytes, *, packed: bool = False) -> Path:
    path = folder / "oppdiktet.tar.bz2"
    path.write_bytes(data if packed else bz2.compress(data))
    return path


def names(path: Path, limits: Limits = DEFAULT_LIMITS) -> list[str]:
    return [member.name for member in read_members(path, limits)]


def test_members_come_with_their_bytes_and_checksum(tmp_path: Path) -> None:
    text = "<html>Æ ø å</html>".encode()
    path = write(tmp_path, tar_of(entry(ACT, text), entry(REGULATION)))
    assert list(read_members(path)) == [
        Member(name=ACT, data=text, sha256=hashlib.sha256(text).hexdigest()),
        Member(name=REGULATION, data=b"<html/>", sha256=hashlib.sha256(b"<html/>").hexdigest()),
    ]
    assert verify_archive(path) == 2


@pytest.mark.parametrize(
    ("name", "read_as"),
    [
        ("nl/nl-20990102-001.xml", "nl/nl-20990102-001.xml"),
        ("./sf/sf-20990102-0001.xml", "sf/sf-20990102-0001.xml"),
        ("nl/nl-18140517-000-nn.xml", "nl/nl-18140517-000-nn.xml"),  # the parallel text in Nynorsk
        ("lti/2099/nl-20990102-001.xml", "lti/2099/nl-20990102-001.xml"),
        ("lti/2099/sf-20990102-0001.xml", "lti/2099/sf-20990102-0001.xml"),
    ],
)
def test_names_of_documents_are_taken(tmp_path: Path, name: str, read_as: str) -> None:
    assert names(write(tmp_path, tar_of(entry(name)))) == [read_as]


UNWANTED = {
    "absolute": entry("/nl/nl-20990102-001.xml"),
    "parent": entry("nl/../../nl-20990102-001.xml"),
    "leading parent": entry("../nl/nl-20990102-001.xml"),
    "twice dotted": entry("././nl/nl-20990102-001.xml"),
    "other folder": entry("nl/sub/nl-20990102-001.xml"),
    "other base": entry("nl/sf-20990102-001.xml"),
    "other ending": entry("nl/nl-20990102-001.xml.exe"),
    "newline": entry("nl/nl-20990102-001.xml\n"),
    "backslash": entry("nl\\nl-20990102-001.xml"),
    "symlink": entry(ACT, b"", type=tarfile.SYMTYPE, linkname="/etc/passwd"),
    "hard link": entry(ACT, b"", type=tarfile.LNKTYPE, linkname="../outside"),
    "device": entry(ACT, b"", type=tarfile.CHRTYPE),
    "pipe": entry(ACT, b"", type=tarfile.FIFOTYPE),
}


@pytest.mark.parametrize("unwanted", UNWANTED.values(), ids=UNWANTED.keys())
def test_everything_else_is_left_out_and_told(tmp_path: Path, unwanted: tuple[tarfile.TarInfo, bytes]) -> None:
    path = write(tmp_path, tar_of(unwanted, entry(REGULATION)))
    told: list[tuple[str, str]] = []
    found = [member.name for member in read_members(path, on_skipped=lambda name, reason: told.append((name, reason)))]
    assert found == [REGULATION]
    assert [name for name, _ in told] == [unwanted[0].name]
    assert all(reason for _, reason in told)
    assert list(tmp_path.iterdir()) == [path]


def test_folders_are_not_told(tmp_path: Path) -> None:
    told: list[str] = []
    path = write(tmp_path, tar_of(entry("./", b"", type=tarfile.DIRTYPE), entry(ACT)))
    assert [m.name for m in read_members(path, on_skipped=lambda name, _: told.append(name))] == [ACT]
    assert told == []


def test_the_second_of_one_name_is_left_out(tmp_path: Path) -> None:
    told: list[str] = []
    path = write(tmp_path, tar_of(entry(ACT, b"first"), entry(f"./{ACT}", b"second")))
    assert [m.data for m in read_members(path, on_skipped=lambda name, _: told.append(name))] == [b"first"]
    assert told == [f"./{ACT}"]


def test_what_is_left_out_counts_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    list(read_members(write(tmp_path, tar_of(entry("a"), entry("b"), entry(ACT)))))
    assert "left out 2 of 3" in caplog.text


# --- Damage ------------------------------------------------------------------------------------------------------------------

NOISE = random.Random(3).randbytes(300_000)
WHOLE = bz2.compress(tar_of(entry(ACT, NOISE[:150_000]), entry(REGULATION, NOISE[150_000:])), 1)
TAR = tar_of(entry(ACT, b"a" * 700), entry(REGULATION, b"b" * 700))


@pytest.mark.parametrize("length", [0, 1, 3, 4, 10, 5_000, len(WHOLE) // 2, len(WHOLE) - 5, len(WHOLE) - 1])
def test_a_truncated_archive_is_refused(tmp_path: Path, length: int) -> None:
    with pytest.raises(ArchiveError, match=r"oppdiktet\.tar\.bz2 er (avkortet|skadet).*på nytt"):
        verify_archive(write(tmp_path, WHOLE[:length], packed=True))


@pytest.mark.parametrize("length", [512, 1024, 2048, 2560, len(TAR.rstrip(b"\0")), 3 * 512 + 1200])
def test_a_tar_without_its_end_is_refused_also_when_bzip2_is_whole(tmp_path: Path, length: int) -> None:
    with pytest.raises(ArchiveError, match="skadet"):
        verify_archive(write(tmp_path, TAR[:length]))


def test_a_damaged_header_is_not_taken_for_the_end(tmp_path: Path) -> None:
    second = TAR.index(REGULATION.encode())
    with pytest.raises(ArchiveError, match="skadet"):
        verify_archive(write(tmp_path, TAR[:second] + b"\x80" + TAR[second + 1 :]))


@pytest.mark.parametrize("position", [5, 40, len(WHOLE) // 2, len(WHOLE) - 3])
def test_a_changed_byte_is_refused(tmp_path: Path, position: int) -> None:
    data = bytearray(WHOLE)
    data[position] ^= 0x55
    with pytest.raises(ArchiveError):
        verify_archive(write(tmp_path, bytes(data), packed=True))


@pytest.mark.parametrize(
    "data", [b"<!DOCTYPE html><html></html>" * 100, b"PK\x03\x04" * 200, bz2.compress(b"x" * 5000)]
)
def test_something_else_than_an_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ArchiveError, match="skadet eller ikke et"):
        verify_archive(write(tmp_path, data, packed=True))


def test_an_archive_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="ingen lover"):
        verify_archive(write(tmp_path, tar_of(entry("lesmeg.txt"))))


def test_a_missing_archive_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="kan ikke leses"):
        verify_archive(tmp_path / "borte.tar.bz2")


@given(st.lists(st.tuples(st.integers(0, len(TAR) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_whatever_is_changed_gives_members_or_our_error(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    data = bytearray(TAR)
    for position, value in changes:
        data[position] = value
    try:
        found = list(read_members(write(tmp_path_factory.getbasetemp(), bytes(data))))
    except ArchiveError:
        return
    assert all(len(member.data) < len(TAR) for member in found)


# --- Bombs -------------------------------------------------------------------------------------------------------------------


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, tar_of(*(entry(f"nl/nl-20990102-{number:03}.xml") for number in range(5))))
    assert len(names(path, Limits(members=5))) == 5
    with pytest.raises(ArchiveError, match="mer enn 4 filer"):
        names(path, Limits(members=4))


def test_members_left_out_count_too(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="mer enn 4 filer"):
        names(write(tmp_path, tar_of(*(entry(f"x{n}") for n in range(5)))), Limits(members=4))


@pytest.mark.parametrize("name", [ACT, "annet.bin"])
def test_a_member_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, tar_of(entry(name, bytes(3_000_000))))
    limits = Limits(member_bytes=1 << 20)
    names(path, Limits(member_bytes=3_000_000))
    tracemalloc.start()
    with pytest.raises(ArchiveError, match="en fil på over 1 MiB"):
        names(path, limits)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 20


def test_a_stated_size_that_is_not_there_is_refused(tmp_path: Path) -> None:
    header = entry(ACT, b"")[0]
    header.size = 8 << 30
    with pytest.raises(ArchiveError, match="en fil på over 32 MiB"):
        names(write(tmp_path, header.tobuf(tarfile.GNU_FORMAT)))


def test_a_long_run_of_members_is_stopped_at_the_total(tmp_path: Path) -> None:
    path = write(tmp_path, tar_of(*(entry(f"nl/nl-20990102-{n:03}.xml", bytes(1 << 20)) for n in range(4))))
    with pytest.raises(ArchiveError, match="mer enn 3 MiB utpakket"):
        names(path, Limits(total_bytes=3 << 20))
    with pytest.raises(ArchiveError, match="mer enn 2 MiB utpakket"):
        names(path, Limits(ratio=1, free_bytes=2 << 20))


def test_zeros_behind_the_end_are_counted(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="mer enn 1 MiB utpakket"):
        names(write(tmp_path, TAR + bytes(2 << 20)), Limits(ratio=1, free_bytes=1 << 20))


@pytest.mark.parametrize("before", [b"", TAR.rstrip(b"\0").ljust(3072, b"\0")], ids=["first", "later"])
@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME])
def test_an_extended_header_is_not_read_into_memory(tmp_path: Path, kind: bytes, before: bytes) -> None:
    """This ensures that what tarfile reads in one piece, before it shows a member, is bounded."""
    header, data = entry("x", b"9" * (4 << 20), type=kind)
    path = write(tmp_path, before + header.tobuf() + data + TAR)
    tracemalloc.start()
    with pytest.raises(ArchiveError, match="skadet"):
        names(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 20


def test_a_chain_of_extended_headers_is_no_recursion(tmp_path: Path) -> None:
    header, data = entry("x", b"nl/nl-20990102-001.xml\0".ljust(512, b"\0"), type=tarfile.GNUTYPE_LONGNAME)
    with pytest.raises(ArchiveError, match="skadet"):
        names(write(tmp_path, (header.tobuf() + data) * 2000 + TAR))


def test_sparse_files_are_left_out(tmp_path: Path) -> None:
    """This ensures that a hole is not unfolded: such a file is larger than what stands in the archive."""
    info, data = entry(ACT)
    info.pax_headers = {"GNU.sparse.map": "0,7", "GNU.sparse.size": "1000000"}
    assert names(write(tmp_path, tar_of((info, data), entry(REGULATION)))) == [REGULATION]


def test_a_sparse_file_is_measured_by_what_it_takes_up(tmp_path: Path) -> None:
    info, data = entry(ACT, bytes(2 << 20))
    info.pax_headers = {"GNU.sparse.map": "0,7", "GNU.sparse.size": "7"}
    with pytest.raises(ArchiveError, match="en fil på over 1 MiB"):
        names(write(tmp_path, tar_of((info, data))), Limits(member_bytes=1 << 20))


def test_a_negative_size_is_refused(tmp_path: Path) -> None:
    header = entry(ACT, b"")[0]
    header.size = -1
    with pytest.raises(ArchiveError, match="skadet"):
        next(read_members(write(tmp_path, header.tobuf(tarfile.GNU_FORMAT) + TAR)))
