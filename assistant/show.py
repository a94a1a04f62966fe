"""A provision and what has changed, as every face shows them: the JSON of the command line, the API and MCP is written here."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant import texts
from corpus.coming import changed_since
from corpus.document import Kind, Provision
from corpus.library import Library
from corpus.merge import Standing
from corpus.review import notes_touched
from corpus.store import Version


def show_provision(provisions: Sequence[Provision], library: Library) -> dict[str, Any]:
    """Return a provision with all its texts and earlier wordings, as the contract writes it.

    Args:
        provisions: Its texts, the one that leads first, as `Library.look_up` returns them.
        library: Where they are from.
    """
    first = provisions[0]
    return {
        "provision_id": first.provision_id,
        "label": first.label,
        "heading": first.heading,
        "level": int(first.level),
        "texts": [_show_text(provision, library) for provision in provisions],
        "changes": [
            {
                "until": _iso(version.replaced),
                "text": version.provision.text,
                "in_force": _iso(version.provision.in_force),
            }
            for version in earlier_wordings(first, library)
        ],
    }


def _show_text(provision: Provision, library: Library) -> dict[str, Any]:
    return {
        "kind": provision.kind.value,
        "text": provision.text,
        "in_force": _iso(provision.in_force),
        "text_date": _iso(provision.text_date),
        "checked": provision.checked.isoformat(),
        "repealed": _iso(provision.repealed),
        "last_amended": provision.amended_by,
        "url": provision.url,
        "note": provision.note,
        "remark": remark_on(provision, library),
        "attribution": texts.ATTRIBUTION if provision.kind is Kind.OFFICIAL else "",
    }


def earlier_wordings(provision: Provision, library: Library) -> list[Version]:
    """Return the stored wordings that no longer hold, the newest first."""
    versions = library.store.versions(provision.provision_id) if library.store else ()
    return [version for version in versions if version.replaced]


def remark_on(provision: Provision, library: Library) -> str:
    """Return what the two texts of a provision make of each other, "" when they go together."""
    standing = library.standing(provision.provision_id)
    official = library.official(provision.provision_id)
    changed = changed_since(provision, date.today())
    if changed and standing is not Standing.NEWER:
        return texts.CHANGED_SINCE.format(label=provision.label, day=changed, date=provision.text_date)
    if standing is Standing.NEWER and provision.kind is Kind.OFFICIAL:
        return texts.WORDING_OF.format(date=provision.text_date)
    if standing is Standing.OUTDATED and provision.kind is Kind.RESTATEMENT and official:
        return texts.RESTATEMENT_OUTDATED.format(label=provision.label, date=official.in_force or official.text_date)
    return ""


def show_changes(library: Library, since: date | None = None) -> list[dict[str, Any]]:
    """Return what syncs have changed since the first one, as the contract writes it.

    Args:
        library: The sources.
        since: Only what changed after this day.
    """
    return [
        {
            "provision_id": change.provision_id, "label": change.label, "text_date": change.day.isoformat(),
            "change": "ny" if change.old is None else "borte" if change.new is None else "endret",
            "in_force": _iso(change.new.in_force) if change.new else None,
            "old": change.old.text if change.old else None, "new": change.new.text if change.new else None,
            "touches": notes_touched(change.provision_id, library),
        }
        for change in (library.store.changes(since) if library.store else ())
    ]  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
