"""`bht verify`: the claims of a text against the sources."""

import argparse
import json
from pathlib import Path

from assistant.cli.ask import open_assistant
from assistant.cli.parser import write_line
from assistant.errors import UsageError
from assistant.verify.render import render_table

_MOST_BYTES = 200_000


def run(arguments: argparse.Namespace) -> int:
    """Check the text and return the exit code: 0 also when something is wrong with it."""
    text = _read(" ".join(arguments.text))
    verified = open_assistant().verify(text)
    write_line(
        json.dumps(verified.to_json(), ensure_ascii=False, indent=2) if arguments.json else render_table(verified)
    )
    return 0


def _read(given: str) -> str:
    """Return the text, from the file where it is the name of one."""
    path = Path(given).expanduser()
    try:
        is_file = path.is_file()
    except OSError:  # too long for a name
        is_file = False
    if not is_file:
        return given
    if path.stat().st_size > _MOST_BYTES:
        raise UsageError(f"{path.name} er for stor. Grensen er {_MOST_BYTES // 1000} kB; del teksten opp.")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path.name} er ikke ren tekst i UTF-8. Lagre den som .txt, eller lim inn teksten."
        ) from error
