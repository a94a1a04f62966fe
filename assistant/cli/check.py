"""`bht check`: a BHT plan, annual report or contract against the rules."""

import argparse
import json
from contextlib import closing
from pathlib import Path

from assistant.cli.parser import write_line
from assistant.documents.check import check_document
from assistant.documents.render import render_report
from assistant.errors import UsageError
from assistant.settings import load_settings
from corpus.document_requirements import DocumentKind
from corpus.library import load_library
from corpus.own.raw import RawDocument
from corpus.own.read import MAX_BYTES
from corpus.own.sandbox import read_safely


def run(arguments: argparse.Namespace) -> int:
    """Check the document and return the exit code: 0 also when something is lacking."""
    document = _read(Path(arguments.file).expanduser())
    with closing(load_library(load_settings().store)) as library:
        report = check_document(document.pages, DocumentKind(arguments.kind), library)
    if arguments.json:
        row = {"file": Path(arguments.file).name, **report.to_json(), "problems": list(document.problems)}
        write_line(json.dumps(row, ensure_ascii=False, indent=2))
        return 0
    write_line(render_report(report))
    for problem in document.problems:
        write_line(f"\nMerk: {problem}")
    return 0


def _read(path: Path) -> RawDocument:
    if not path.is_file():
        raise UsageError(
            f"Finner ikke fila {path}. Sjekk stien; det som leses er PDF, Word (.docx), HTML, Markdown og tekst."
        )
    with path.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)  # what is longer is refused by its length
    return read_safely(data, path.name)
