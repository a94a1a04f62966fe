"""`bht backup` and `bht restore`: what is stored, into a file and back."""

import argparse
import sys
from pathlib import Path

from assistant.backup import restore_backup, write_backup
from assistant.cli.parser import write_line
from assistant.settings import load_settings


def run_backup(arguments: argparse.Namespace) -> int:
    """Write the copy."""
    target = Path(arguments.file)
    names = write_backup(load_settings(), target)
    write_line(f"Skrevet til {target}: {', '.join(names)}. Indeksen er ikke med; den lages på nytt.")
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    """Put the copy back; ask first when somebody is there to answer."""
    settings = load_settings()
    if not arguments.yes and sys.stdin.isatty():
        sys.stderr.write(f"Det som er lagret i {settings.home}, blir byttet ut. Er du sikker? [j/N] ")
        if sys.stdin.readline().strip().lower() not in {"j", "ja", "y", "yes"}:
            write_line("Ingenting er endret.")
            return 0
    names = restore_backup(settings, Path(arguments.file))
    write_line(
        f"Hentet tilbake: {', '.join(names)}. Start nettsiden på nytt hvis den er åpen; indeksen lages ved neste start."
    )
    return 0
