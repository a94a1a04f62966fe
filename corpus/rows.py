"""Provisions as JSON values and back: how the store keeps them. `text_date` and `checked` are the document's, kept there."""

from datetime import date
from typing import Any

from corpus.address import Address, Portion
from corpus.document import Kind, Level, Provision, Segment


def provision_to_row(provision: Provision) -> dict[str, Any]:
    """Return the provision as JSON values; what is empty is left out."""
    row: dict[str, Any] = {
        "id": provision.provision_id,
        "kind": provision.kind.value,
        "level": int(provision.level),
        "source": provision.source,
        "label": provision.label,
        "heading": provision.heading,
        "path": list(provision.path),
        "text": provision.text,
        "segments": [[s.portion.path, s.start, s.end] for s in provision.segments],
        "url": provision.url,
        "in_force": provision.in_force.isoformat() if provision.in_force else None,
        "amended_by": provision.amended_by,
        "repealed": provision.repealed.isoformat() if provision.repealed else None,
        "pending": provision.pending,
        "changes": list(provision.changes),
        "footnotes": list(provision.footnotes),
        "explains": [[a.work, a.section, a.portion.path] for a in provision.explains],
        "language": provision.language,
        "date_kind": provision.date_kind,
    }
    return {name: value for name, value in row.items() if value not in (None, "", [], False)}


def provision_from_row(row: dict[str, Any], *, checked: date, text_date: date | None) -> Provision:
    """Return the provision that `provision_to_row` wrote, with the dates of its document."""
    return Provision(
        provision_id=row["id"],
        kind=Kind(row["kind"]),
        level=Level(row["level"]),
        source=row.get("source", ""),
        label=row.get("label", ""),
        heading=row.get("heading", ""),
        path=tuple(row.get("path", ())),
        text=row.get("text", ""),
        segments=tuple(Segment(portion=Portion.parse(p), start=a, end=b) for p, a, b in row.get("segments", ())),
        url=row.get("url", ""),
        checked=checked,
        text_date=text_date,
        in_force=_day(row.get("in_force")),
        amended_by=row.get("amended_by"),
        repealed=_day(row.get("repealed")),
        pending=row.get("pending", False),
        changes=tuple(row.get("changes", ())),
        footnotes=tuple(row.get("footnotes", ())),
        explains=tuple(Address(work, section, Portion.parse(path)) for work, section, path in row.get("explains", ())),
        language=row.get("language", "nb"),
        date_kind=row.get("date_kind", ""),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
