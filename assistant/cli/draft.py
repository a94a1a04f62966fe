"""`bht draft`: a Word draft of a BHT plan, annual report or contract."""

import argparse
from contextlib import closing
from pathlib import Path

from assistant.cli.parser import write_line
from assistant.documents.answers import read_answers
from assistant.documents.draft import answer_fields, draft_document, task_fields, write_draft
from assistant.settings import load_settings
from corpus.document_requirements import DocumentKind
from corpus.library import load_library


def run(arguments: argparse.Namespace) -> int:
    """Write the draft and return the exit code."""
    fields, tasks = answer_fields(), task_fields()
    answers = read_answers(Path(arguments.answers).expanduser(), fields, tasks)
    out = Path(arguments.out).expanduser()
    with closing(load_library(load_settings().store)) as library:
        draft = draft_document(DocumentKind(arguments.kind), answers, library)
    write_draft(draft, out, force=arguments.force)
    write_line(f"Utkastet ligger i {out}.")
    if draft.blanks:
        asked = fields | tasks
        write_line(f"{len(draft.blanks)} felt er merket gult og må fylles inn:")
        for name in draft.blanks:
            write_line(f"  {name}: {asked[name]}")
    write_line(f'Kontroller det ferdige dokumentet med: bht check "{out}" --as {arguments.kind}')
    return 0
