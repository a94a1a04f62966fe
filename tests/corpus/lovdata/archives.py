"""Archives as Lovdata packs them: of invented acts, and of the real ones in the reference folder, fetched once a run."""

import bz2
import io
import os
import tarfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from corpus.library import load_library
from corpus.lovdata.client import LovdataClient
from corpus.lovdata.sync import sync
from tests.corpus.lovdata.acts import REFERENCE_DATE
from tests.corpus.lovdata.server import serving
from tests.corpus.reference import reference_folder

LAWS, REGULATIONS = "gjeldende-lover.tar.bz2", "gjeldende-sentrale-forskrifter.tar.bz2"


def member_of(work: str) -> str:
    """Return the name of an act in its archive."""
    kind, _, rest = work.partition("/")
    year, month, day, *number = rest.split("-")
    base, digits = ("nl", 3) if kind == "lov" else ("sf", 4)
    return f"{base}/{base}-{year}{month}{day}-{int(number[0]) if number else 0:0{digits}}.xml"


def make_act(work: str, sections: Mapping[str, str], in_force: str = "2006-01-01", **notes: str) -> bytes:
    """Return an invented act as XML.

    Args:
        work: Its id.
        sections: The words of each § by its number; ledd are lines.
        in_force: When it took effect.
        notes: XML of the change note of a §, by its number with "_" for "-" and "s" before it: "s1_2".
    """
    articles = "".join(
        f'<article class="legalArticle" data-lovdata-URL="NL/{work}/§{number}" data-name="§{number}"><h2 class="legalArticleHeader">'
        f'<span class="legalArticleValue">§ {number}</span>. <span class="legalArticleTitle">Om te</span></h2>'
        + "".join(f'<article class="legalP">{ledd}</article>' for ledd in words.splitlines())
        + (f'<article class="changesToParent">{note}</article>' if (note := notes.get(f"s{number.replace('-', '_')}")) else "")
        + "</article>"
        for number, words in sections.items()
    )  # fmt: skip
    fields = {"dokid": f"NL/{work}", "refid": work, "dateInForce": in_force, "title": f"Lov om te nr. {work[-2:]}"}
    shown = "".join(f'<dt class="{name}">x</dt><dd class="{name}">{value}</dd>' for name, value in fields.items())
    return (
        f'<!DOCTYPE html><html lang="no"><head><title>x</title></head><body><header><dl>{shown}</dl></header>'
        f'<main data-lovdata-URL="NL/{work}"><h1>Lov om te</h1>{articles}</main></body></html>'
    ).encode()


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of files by their names in it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return bz2.compress(packed.getvalue(), 1)


def pack_acts(acts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the two archives of consolidated law that hold acts given by their ids; none is ever empty."""
    files = {member_of(work): data for work, data in acts.items()}
    fillers = {"lov/1905-01-01-1": LAWS, "forskrift/1905-01-01-1": REGULATIONS}
    found = {}
    for filler, archive in fillers.items():
        base = member_of(filler)[:3]
        inside = {name: data for name, data in files.items() if name.startswith(base)}
        found[archive] = pack({member_of(filler): make_act(filler, {"1": "Te."}), **inside})
    return found


def read_reference(work: str) -> bytes:
    """Return the real file of an act."""
    return (reference_folder() / "lovdata" / Path(member_of(work)).name).read_bytes()


def has_reference(work: str) -> bool:
    """Return whether the reference folder has the act."""
    return (reference_folder() / "lovdata" / Path(member_of(work)).name).is_file()


def need_reference() -> None:
    """Skip where there is no reference folder; CI never passes without one."""
    if not reference_folder().is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"no reference folder at {reference_folder()}; set BHT_REFERENCE")
        pytest.skip("no reference folder; set BHT_REFERENCE")


def fetch_reference(factory: pytest.TempPathFactory, *works: str) -> Path:
    """Return a store with real acts of 2025-11-08, synced from a server once a run; those of the core when none are named."""
    need_reference()
    return _fetch(factory.getbasetemp(), works)


@cache
def _fetch(base: Path, works: tuple[str, ...]) -> Path:
    named = works or tuple(
        d.document_id for d in load_library().core if d.document_id.startswith(("lov/", "forskrift/"))
    )
    folder = base / f"reference-{len(named)}"
    store = folder / "corpus.sqlite"
    with serving() as server:
        server.archives = pack_acts({work: read_reference(work) for work in named if has_reference(work)})
        server.modified = f"{REFERENCE_DATE}T01:31:59.418Z"
        report = sync(
            LovdataClient(server.url), store, folder / "lovdata", everything=False, today=date(2026, 8, 1),
            report=lambda *_: None,
        )  # fmt: skip
    if report.failed:
        pytest.fail(f"not read: {report.failed}")
    return store
