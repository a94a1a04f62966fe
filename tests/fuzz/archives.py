"""Archives with broken headers, made on the fly."""

import bz2
import io
import random
import tarfile

from tests.fuzz.mutate import mutate_bytes

_BLOCK = 512
# Where the fields of a tar header begin: name, mode, owner, size, time, checksum, type, link, magic, prefix, sparse map.
_FIELDS = (0, 100, 108, 124, 136, 148, 156, 157, 257, 263, 345, 386, 482)
_NAMES = (
    "./nl/nl-20990102-001.xml",
    "sf/sf-20990103-0002.xml",
    "lti/2099/nl-20990102-001.xml",
    f"sf/{'x' * 80}/{'y' * 60}.xml",
)
_FORMS = (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT)


def pack(form: int) -> bytes:
    """Return a tar archive with acts of a kilobyte or two in it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=form) as tar:
        for name in _NAMES:
            info = tarfile.TarInfo(name)
            info.size, info.pax_headers = 2000, {"comment": "æ"}
            tar.addfile(info, io.BytesIO(b"<html/>" * 400))
    return packed.getvalue()


ARCHIVES = tuple(pack(form) for form in _FORMS)


def make_archive(rng: random.Random) -> bytes:
    """Return a compressed archive with fields of its headers changed, and often the checksums made right again."""
    data = bytearray(rng.choice(ARCHIVES))
    for _ in range(rng.choice((1, 2, 5))):
        at = _BLOCK * rng.randrange(len(data) // _BLOCK)
        field = at + rng.choice(_FIELDS)
        kind = rng.choice(b"0123457gxLKSDV").to_bytes(1, "big")
        new = rng.choice(
            (rng.randbytes(8), b"77777777777\0", b"\x80" + b"\xff" * 11, kind, kind, b"-1\0", b"../", b"\0" * 12)
        )
        data[field : field + len(new)] = new
        if rng.random() < 0.8:
            total = sum(data[at : at + 148]) + 8 * ord(" ") + sum(data[at + 156 : at + _BLOCK])
            data[at + 148 : at + 156] = b"%06o\0 " % (total % 0o1000000)
    packed = bz2.compress(mutate_bytes(rng, bytes(data)) if rng.random() < 0.3 else bytes(data), 1)
    return mutate_bytes(rng, packed) if rng.random() < 0.2 else packed
