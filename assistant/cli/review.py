"""`bht corpus verify` and `bht corpus changes`: what in the sources has been overtaken by the law."""

import argparse
import json
from datetime import date
from typing import Any

from assistant import texts
from assistant.cli.parser import read_date, write_line
from assistant.cli.sources import conflict_json, write_conflicts
from assistant.settings import load_settings
from assistant.show import show_changes
from corpus.conflicts import Conflict, compare_with_law
from corpus.library import load_library
from corpus.review import Finding, review_core, review_official

_TITLES = {
    "newer": "Gjengivelsen er nyere enn ordlyden fra Lovdata (ordlyden er endret siden)",
    "outdated": "Gjengivelsen er eldre enn siste endring i lovteksten",
    "stale": "Ordlyden fra Lovdata er endret siden den ble hentet",
    "note": "Notatet er eldre enn siste endring i paragrafen det forklarer",
    "unchecked": "Ikke kontrollert på mer enn seks måneder",
}


def run_verify(arguments: argparse.Namespace) -> int:
    """Compare everything with the official texts."""
    library = load_library(load_settings().store)
    findings = [*review_core(library, date.today()), *review_official(library, date.today())]
    conflicts: dict[str, tuple[Conflict, ...]] = {}
    for document in library.store.documents.values() if library.store else ():
        if document.source == "own" and library.store:
            conflicts[document.title] = compare_with_law(library.store.read(document.document_id), library)
    if arguments.json:
        rows = {
            "findings": [_finding_json(f) for f in findings],
            "conflicts": {title: [conflict_json(c) for c in found] for title, found in conflicts.items()},
        }
        write_line(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    _tell_findings(findings)
    for title, found_conflicts in conflicts.items():
        if found_conflicts:
            write_line(f"«{title}»:")
            write_conflicts(found_conflicts)
    if not findings and not any(conflicts.values()):
        write_line(
            "Alt stemmer: ingen gjengivelser, notater eller egne dokumenter er foreldet eller i strid med loven."
        )
    if not library.store:
        write_line(texts.HOW_TO_SYNC)
    return 0


def _tell_findings(findings: list[Finding]) -> None:
    for kind, title in _TITLES.items():
        found = [f for f in findings if f.kind == kind]
        if found:
            write_line(f"{title}:")
        for finding in found:
            write_line(f"  {finding.label}: {finding.detail}")


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind, "provision_id": finding.provision_id, "label": finding.label, "detail": finding.detail,
    }  # fmt: skip


def run_changes(arguments: argparse.Namespace) -> int:
    """List what syncs have changed since the first one."""
    library = load_library(load_settings().store)
    since = read_date(arguments.since)
    changes = show_changes(library, since)
    if arguments.json:
        write_line(json.dumps(changes, ensure_ascii=False, indent=2))
        return 0
    for change in changes:
        what = "ikke lenger i teksten" if change["change"] == "borte" else change["change"]
        begins = f", gjelder fra {change['in_force']}" if change["in_force"] else ""
        write_line(f"{change['text_date']} {change['label']}: {what}{begins}")
        if change["touches"]:
            write_line(f"    berører: {', '.join(change['touches'])}")
    if not changes:
        write_line("Ingen endringer siden teksten ble hentet første gang." if library.store else texts.HOW_TO_SYNC)
    return 0
