"""`bht corpus sync`, `add` and `remove`: what changes the sources. Each ends with the index up to date."""

import argparse
import json
import resource
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

from assistant import texts
from assistant.change_sources import add_own, fetch_official, update_index
from assistant.cli.parser import read_date, write_line
from assistant.cli.progress import build_progress
from assistant.errors import UsageError
from assistant.settings import Settings, load_settings
from corpus.address import Address
from corpus.conflicts import Conflict, ConflictKind
from corpus.document import Level
from corpus.library import load_library
from corpus.merge import Searchable
from corpus.store import has_leftovers

if TYPE_CHECKING:
    from corpus.own.add import Added

_MEGABYTE = 1024 if sys.platform != "darwin" else 1024**2  # ru_maxrss is in kilobytes, on macOS in bytes
_SHOWN = 10


def run_sync(arguments: argparse.Namespace) -> int:
    """Fetch the official texts."""
    from corpus.lovdata.client import LovdataClient

    settings, begin = load_settings(), time.perf_counter()
    client = LovdataClient() if arguments.url is None else LovdataClient(arguments.url)
    with build_progress() as progress:
        report = fetch_official(settings, client, progress, everything=arguments.all)
    row: dict[str, Any] = {
        "text_date": report.text_date.isoformat() if report.text_date else None,
        "downloaded_bytes": report.downloaded, "new": report.new, "changed": report.changed,
        "unchanged": report.unchanged, "withdrawn": report.withdrawn, "changed_provisions": report.changed_provisions,
        "provisions_read": report.provisions, "failed": report.failed, "missing": report.missing,
        "seconds": round(time.perf_counter() - begin, 1),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MEGABYTE,
    }  # fmt: skip
    if report.has_news and not arguments.no_index:
        row["index"] = _update_index(settings)
    if arguments.json:
        write_line(json.dumps(row, ensure_ascii=False, indent=2))
    else:
        _tell_sync(row)
    return 0 if not report.failed else 1


def _tell_sync(row: dict[str, Any]) -> None:
    if not row["downloaded_bytes"] and not row["new"] and not row["changed"]:
        write_line(f"Ingenting er nytt hos Lovdata: tekstene er per {row['text_date']}. Ingenting ble overført.")
    else:
        write_line(
            f"Tekst per {row['text_date']}: {row['new']} nye, {row['changed']} endrede og {row['unchanged']} uendrede "
            f"dokumenter, {row['provisions_read']} paragrafer lest på {row['seconds']} s."
        )
    if row["changed_provisions"]:
        write_line(f"{row['changed_provisions']} paragrafer er endret siden sist. Se hvilke: bht corpus changes")
    for name in row["withdrawn"]:
        write_line(f"Ikke lenger i arkivet, og regnet som opphevet: {name}")
    for name, reason in row["failed"].items():
        write_line(f"Ikke lest: {name}: {reason}")
    if row["missing"]:
        write_line(f"Fantes ikke i arkivene: {', '.join(row['missing'])}")
    if index := row.get("index"):
        write_line(
            f"Indeksen er klar: {index['chunks']} tekstbiter på {index['seconds']} s ({index['chunks_per_second']} i sekundet)."
        )
    write_line(texts.ATTRIBUTION)


def run_add(arguments: argparse.Namespace) -> int:
    """Add documents of the user's own."""
    from corpus.own.add import Labels

    settings = load_settings()
    labels = Labels(
        level=_level(arguments.level), title=arguments.title or "", publisher=arguments.publisher or "",
        published=read_date(arguments.date),
    )  # fmt: skip
    report = add_own(settings, arguments.places, labels)
    index = _update_index(settings) if report.added and not arguments.no_index else None
    if arguments.json:
        row = {
            "added": [_added_json(item) for item in report.added],
            "known": report.known, "failed": report.failed, "index": index,
        }  # fmt: skip
        write_line(json.dumps(row, ensure_ascii=False, indent=2))
    else:
        for item in report.added:
            _tell_added(item)
        for name in report.known:
            write_line(f"Finnes fra før: {name}")
    for name, reason in report.failed.items():
        sys.stderr.write(f"Ikke lagt til: {name}: {' '.join(reason.split())}\n")
    return 1 if report.failed else 0


def _added_json(item: "Added") -> dict[str, Any]:
    return {
        "document_id": item.document_id, "title": item.title, "parts": item.parts, "problems": list(item.problems),
        "dropped": item.dropped, "conflicts": [conflict_json(c) for c in item.conflicts],
    }  # fmt: skip


def _tell_added(item: "Added") -> None:
    parts = f"{item.parts} {'del' if item.parts == 1 else 'deler'}"
    write_line(f"Lagt til: «{item.title}», {parts} ({item.document_id})")
    for problem in item.problems:
        write_line(f"  Merk: {problem}")
    if item.dropped:
        write_line("  Utelatt: " + ", ".join(f"{reason} ({count})" for reason, count in sorted(item.dropped.items())))
    write_conflicts(item.conflicts)


def write_conflicts(conflicts: tuple[Conflict, ...]) -> None:
    """Write conflicts for a terminal, a few lines each."""
    for conflict in conflicts:
        claim = " ".join(conflict.claim.split())
        if conflict.kind is ConflictKind.OUTDATED:
            write_line(f"  Kan være foreldet: «{claim}». {conflict.rule} {conflict.reason}")
            continue
        write_line(f"  Strider mot {_labels(conflict.provisions)} ({conflict.kind.value}): «{claim}»")
        write_line(f"    {conflict.rule} {conflict.reason}")


def conflict_json(conflict: Conflict) -> dict[str, Any]:
    """Return a conflict as the command line writes it."""
    return {
        "kind": conflict.kind.value, "provision_id": conflict.provision_id, "start": conflict.start, "end": conflict.end,
        "claim": conflict.claim, "rule": conflict.rule, "reason": conflict.reason,
        "prevails": [{"provision_id": a.provision_id, "portion": a.portion.path, "label": a.format()} for a in conflict.provisions],
    }  # fmt: skip


def _labels(provisions: tuple[Address, ...]) -> str:
    return ", ".join(address.format() for address in provisions) or "lov og forskrift"


def run_remove(arguments: argparse.Namespace) -> int:
    """Take documents of the user's own out of everything: store, copy, index and vectors."""
    from corpus.own.add import remove_document
    from index.chunking import split_all
    from index.embedding import E5_SMALL, VectorCache

    settings = load_settings()
    for name in arguments.documents:
        document_id = name if name.startswith("eget/") else f"eget/{name}"
        searched = []
        with closing(load_library(settings.store)) as library:
            if library.store and document_id in library.store.documents:
                provisions = library.store.read(document_id).provisions
                searched = [chunk.searched for chunk in split_all(Searchable(provision=p) for p in provisions)]
        title = remove_document(document_id, settings.store, settings.own_folder)
        VectorCache(settings.cache).remove(E5_SMALL, searched)
        write_line(f"Slettet: «{title}» ({document_id})")
    if not arguments.no_index:
        _update_index(settings, keep_old=False)
    if has_leftovers(settings.store):
        write_line(texts.LEFTOVERS)
    return 0


def _update_index(settings: Settings, *, keep_old: bool = True) -> dict[str, Any]:
    """Build the index of what is stored now, and return what it holds."""
    from index.build import read_manifest

    begin = time.perf_counter()
    with build_progress() as progress:
        update_index(settings, progress, keep_old=keep_old)
    manifest = read_manifest(settings.index_folder)
    seconds = time.perf_counter() - begin
    return {
        "provisions": manifest.provisions, "chunks": manifest.chunks, "seconds": round(seconds, 1),
        "chunks_per_second": round(manifest.chunks / seconds, 1),
    }  # fmt: skip


def _level(number: int) -> Level:
    try:
        return Level(number)
    except ValueError as error:
        raise UsageError(
            f"--level må være et tall fra 1 (lov) til 5 (kommersiell eller egen kilde), ikke {number}."
        ) from error
