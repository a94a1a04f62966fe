"""`bht corpus list` and `bht corpus show`."""

import argparse
import json
from typing import Any

from assistant import texts
from assistant.cli.parser import write_line
from assistant.settings import load_settings
from assistant.show import earlier_wordings, remark_on, show_provision
from corpus.address import Portion
from corpus.document import DATE_UNKNOWN, Document, Kind, Provision
from corpus.library import Library, load_library
from corpus.store import StoredDocument

_KIND_NAMES = {Kind.OFFICIAL: "Ordrett fra Lovdata", Kind.RESTATEMENT: "Kort sagt (vår gjengivelse)"}


def run_list(arguments: argparse.Namespace) -> int:
    """List the sources."""
    library = load_library(load_settings().store)
    stored = library.store.documents if library.store else {}
    if arguments.json:
        rows = [_describe(d) for d in library.core] + [_describe_stored(d, library) for d in stored.values()]
        write_line(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    write_line("Kjernen (våre gjengivelser og notater):")
    for document in library.core:
        name = f"{document.abbreviation:5}{document.name}" if document.abbreviation else document.title
        write_line(f"  {name}: {len(document.provisions)} {'paragrafer' if document.abbreviation else 'notater'}"
                   + (f", tekst per {document.text_date}" if document.text_date else ""))  # fmt: skip
    counts = library.store.counts() if library.store else {}
    for source, title in (("lovdata", "Fra Lovdata (NLOD 2.0):"), ("own", "Egne dokumenter:")):
        documents = [d for d in stored.values() if d.source == source]
        if documents:
            write_line(f"\n{title}")
        for kept in documents:
            write_line(f"  {_stored_line(kept, counts.get(kept.document_id, 0))}")
    write_line(f'\n{len(library.known)} paragrafer, notater og sider. Vis en: bht corpus show "aml § 3-3"')
    if not library.has_official:
        write_line(texts.HOW_TO_SYNC)
    return 0


def _stored_line(document: StoredDocument, count: int) -> str:
    if document.source == "own":
        published = f", datert {document.text_date}" if document.text_date else ""
        return f"{document.document_id}: «{document.title}», {count} {'del' if count == 1 else 'deler'}{published}, nivå {int(document.level)}"
    gone = f", ikke lenger i arkivet fra {document.withdrawn}" if document.withdrawn else ""
    changed = f", siste endring {document.last_change}" if document.last_change else ""
    return f"{document.name}: {count} paragrafer, tekst per {document.text_date}{changed}{gone}"


def _describe(document: Document) -> dict[str, Any]:
    return {
        "document_id": document.document_id,
        "source": "core",
        "title": document.title,
        "abbreviation": document.abbreviation,
        "level": int(document.level),
        "url": document.url,
        "text_date": _iso(document.text_date),
        "checked": document.checked.isoformat(),
        "provisions": [p.provision_id for p in document],
    }


def _describe_stored(document: StoredDocument, library: Library) -> dict[str, Any]:
    provisions = library.store.ids_of(document.document_id) if library.store else ()
    return {
        "document_id": document.document_id,
        "source": document.source,
        "title": document.title,
        "abbreviation": document.abbreviation,
        "level": int(document.level),
        "url": document.url,
        "text_date": _iso(document.text_date),
        "checked": document.checked.isoformat(),
        "last_change": _iso(document.last_change),
        "provisions": list(provisions),
    }


def run_show(arguments: argparse.Namespace) -> int:
    """Show one provision with all its texts."""
    library = load_library(load_settings().store)
    provisions, portion = library.look_up(" ".join(arguments.address))
    if arguments.json:
        write_line(json.dumps(show_provision(provisions, library), ensure_ascii=False, indent=2))
        return 0
    write_line("\n\n".join(_show_text(provision, portion, library) for provision in provisions))
    for version in earlier_wordings(provisions[0], library):
        write_line(f"\nTidligere ordlyd, til {version.replaced}:\n{version.provision.text}")
    return 0


def _show_text(provision: Provision, portion: Portion, library: Library) -> str:
    about = [texts.LEVEL_NAMES[provision.level], provision.kind.value]
    if provision.repealed == DATE_UNKNOWN:
        about.append("opphevet")
    elif provision.repealed:
        about.append(texts.REPEALED.format(date=provision.repealed).lower().rstrip("."))
    if provision.pending:
        about.append("vedtatt, ikke i kraft")
    if provision.in_force:
        about.append(f"gjelder fra {provision.in_force}")
    if provision.amended_by:
        about.append(f"sist endret ved {provision.amended_by}")
    if provision.text_date:
        about.append(f"tekst per {provision.text_date}")
    about.append(f"kontrollert {provision.checked}")
    lines = [f"{provision.label}. {provision.heading}", ", ".join(about), provision.url]
    lines += [remark] if (remark := remark_on(provision, library)) else []
    title = _KIND_NAMES.get(provision.kind)
    both = title and len(library.texts_of(provision.provision_id)) > 1
    lines += ["", *([f"{title}:"] if both else []), provision.text]
    part = provision.resolve(portion) if portion.parts else None
    span = provision.span_of(part) if part else None
    if part and span:
        lines += ["", f"{part.format().capitalize()}:", provision.text[slice(*span)]]
    lines += ["", *(f"Fotnote {note}" for note in provision.footnotes)] if provision.footnotes else []
    lines += ["", *provision.changes] if provision.changes else []
    if provision.note:
        lines += ["", f"Merk: {provision.note}"]
    if provision.kind is Kind.OFFICIAL:
        lines += ["", texts.ATTRIBUTION]
    return "\n".join(lines)


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
