"""`bht index build` and `bht index status`."""

import argparse
import json
from dataclasses import asdict

from assistant.cli.parser import write_line
from assistant.cli.progress import build_progress
from assistant.settings import load_settings
from corpus.library import load_library
from index.errors import IndexMissingError


def run_build(arguments: argparse.Namespace) -> int:
    """Build the index anew."""
    from assistant.dialogue import rebuild_index  # imports Chroma
    from index.build import read_manifest

    settings = load_settings()
    with build_progress() as progress:
        rebuild_index(settings, load_library(settings.store), progress)
    manifest = read_manifest(settings.index_folder)
    if arguments.json:
        write_line(json.dumps(asdict(manifest), ensure_ascii=False))
    else:
        write_line(f"Indeksen er klar: {manifest.provisions} paragrafer og notater, {manifest.chunks} tekstbiter.")
    return 0


def run_status(arguments: argparse.Namespace) -> int:
    """Say whether there is an index and whether it fits the corpus."""
    from index.build import fingerprint, read_manifest

    settings = load_settings()
    try:
        manifest = read_manifest(settings.index_folder)
    except IndexMissingError:
        if arguments.json:
            write_line(json.dumps({"status": "missing", "folder": str(settings.index_folder)}))
        else:
            write_line("Det finnes ingen indeks ennå. Den lages ved første spørsmål, eller med: bht index build")
        return 0
    fits = manifest.corpus_hash == fingerprint(load_library(settings.store))
    if arguments.json:
        status = "ready" if fits else "outdated"
        write_line(json.dumps({"status": status, "folder": str(settings.index_folder), **asdict(manifest)}))
    else:
        state = "passer til kildene" if fits else "er laget av eldre kilder og fornyes ved neste spørsmål"
        write_line(
            f"Indeksen {state}: {manifest.provisions} paragrafer og notater, {manifest.chunks} tekstbiter, vektorer fra {manifest.space}."
        )
    return 0
