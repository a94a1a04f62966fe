"""`bht corpus list` and `bht corpus show`."""

import argparse
import json
from typing import Any

from assistant import texts
from assistant.cli.parser import write_line
from corpus.address import Portion
from corpus.document import Document, Provision
from corpus.library import load_library


def run_list(arguments: argparse.Namespace) -> int:
    """List the sources."""
    documents = load_library().documents
    if arguments.json:
        write_line(json.dumps([_describe(d) for d in documents], ensure_ascii=False, indent=2))
        return 0
    for document in documents:
        name = f"{document.abbreviation:5}{document.name}" if document.abbreviation else document.title
        write_line(f"{name}: {len(document.provisions)} {'paragrafer' if document.abbreviation else 'notater'}"
                   + (f", tekst per {document.text_date}" if document.text_date else ""))  # fmt: skip
    write_line(
        f'\n{sum(len(d.provisions) for d in documents)} paragrafer og notater. Vis en: bht corpus show "aml § 3-3"'
    )
    return 0


def _describe(document: Document) -> dict[str, Any]:
    return {
        "document_id": document.document_id,
        "title": document.title,
        "abbreviation": document.abbreviation,
        "level": int(document.level),
        "url": document.url,
        "text_date": document.text_date.isoformat() if document.text_date else None,
        "checked": document.checked.isoformat(),
        "provisions": [p.provision_id for p in document],
    }


def run_show(arguments: argparse.Namespace) -> int:
    """Show one provision with all its texts."""
    provisions, portion = load_library().look_up(" ".join(arguments.address))
    if arguments.json:
        write_line(json.dumps(_show_json(provisions), ensure_ascii=False, indent=2))
        return 0
    for provision in provisions:
        write_line(_show_text(provision, portion))
    return 0


def _show_json(provisions: tuple[Provision, ...]) -> dict[str, Any]:
    first = provisions[0]
    return {
        "provision_id": first.provision_id,
        "label": first.label,
        "heading": first.heading,
        "level": int(first.level),
        "texts": [
            {
                "kind": p.kind.value,
                "text": p.text,
                "in_force": p.in_force.isoformat() if p.in_force else None,
                "text_date": p.text_date.isoformat() if p.text_date else None,
                "checked": p.checked.isoformat(),
                "repealed": p.repealed.isoformat() if p.repealed else None,
                "last_amended": p.amended_by,
                "url": p.url,
                "note": p.note,
            }
            for p in provisions
        ],
        "changes": [],
    }


def _show_text(provision: Provision, portion: Portion) -> str:
    about = [texts.LEVEL_NAMES[provision.level], provision.kind.value]
    if provision.repealed:
        about.append(texts.REPEALED.format(date=provision.repealed).lower().rstrip("."))
    if provision.in_force:
        about.append(f"gjelder fra {provision.in_force}")
    if provision.amended_by:
        about.append(f"sist endret ved {provision.amended_by}")
    if provision.text_date:
        about.append(f"tekst per {provision.text_date}")
    about.append(f"kontrollert {provision.checked}")
    lines = [f"{provision.label}. {provision.heading}", ", ".join(about), provision.url, "", provision.text]
    part = provision.resolve(portion) if portion.parts else None
    span = provision.span_of(part) if part else None
    if part and span:
        lines += ["", f"{part.format().capitalize()}:", provision.text[slice(*span)]]
    if provision.note:
        lines += ["", f"Merk: {provision.note}"]
    return "\n".join(lines)
