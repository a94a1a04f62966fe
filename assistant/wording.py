"""Evidence to the wording that is cited: the official text where it is there and holds, on the day that is asked about."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assistant import texts
from assistant.cite import Evidence
from assistant.draft import Paragraph
from corpus.document import Kind, Provision
from corpus.library import Library
from corpus.merge import Standing, matching_span


@dataclass(frozen=True, slots=True)
class Worded:
    """Paragraphs with the wording they cite, and what there is to say about it."""

    paragraphs: tuple[Paragraph, ...]
    warnings: tuple[str, ...]


def cite_wording(paragraphs: Iterable[Paragraph], library: Library, as_of: date | None) -> Worded:
    """Return the paragraphs citing the wording that holds, today or on a day in the past.

    A restatement stays what is shown; the official text of the same part is what is cited. On a day in the past the wording
    of that day is both, and a paragraph whose wording did not hold or is not stored is left out.
    """
    if as_of is None:
        kept = tuple(_today(paragraph, library) for paragraph in paragraphs)
        provisions = dict.fromkeys(e.provision for p in kept for e in p.evidence)
        return Worded(kept, tuple(w for provision in provisions if (w := _standing_warning(provision, library))))
    return _on_day(paragraphs, library, as_of)


def _today(paragraph: Paragraph, library: Library) -> Paragraph:
    cited = tuple(dict.fromkeys(_official(item, library) for item in paragraph.evidence))
    if cited == paragraph.evidence:
        return paragraph
    return replace(paragraph, evidence=cited, shown=paragraph.shown or paragraph.evidence)


def _official(evidence: Evidence, library: Library) -> Evidence:
    provision = evidence.provision
    if provision.kind is not Kind.RESTATEMENT or library.standing(provision.provision_id) is not Standing.MATCHES:
        return evidence
    official = library.official(provision.provision_id)
    return _move(evidence, official) or evidence if official else evidence


def _move(evidence: Evidence, target: Provision) -> Evidence | None:
    """Return the evidence in another text of the same provision, None when that has no such part."""
    found = matching_span(evidence.provision, evidence.start, evidence.end, target)
    if found is None:
        return None
    start, end, portion = found
    return Evidence(provision=target, start=start, end=end, portion=portion)


def _standing_warning(provision: Provision, library: Library) -> str:
    official = library.official(provision.provision_id)
    standing = library.standing(provision.provision_id)
    if official is None or standing in (None, Standing.ALONE, Standing.MATCHES):
        return ""
    if standing is Standing.NEWER:
        return texts.WORDING_CHANGED_SINCE.format(label=provision.label, date=official.text_date)
    return texts.RESTATEMENT_OUTDATED.format(label=provision.label, date=official.in_force or official.text_date)


def _on_day(paragraphs: Iterable[Paragraph], library: Library, day: date) -> Worded:
    kept: list[Paragraph] = []
    shown: set[Evidence] = set()
    warnings = [texts.AS_OF.format(date=day)]
    for paragraph in paragraphs:
        moved = [_on(item, library, day) for item in paragraph.evidence]
        warnings += [problem for _, problem in moved if problem]
        if any(item is None for item, _ in moved):
            continue
        cited = tuple(dict.fromkeys(item for item, _ in moved if item))
        is_same = cited == tuple(dict.fromkeys(paragraph.evidence))
        is_plain = paragraph.prefix == texts.PLAINLY
        if not is_same and paragraph.text is None and (is_plain or shown.issuperset(cited)):
            continue  # it is shown already: one part then said what several say now
        if paragraph.text is None:
            shown.update(cited)
        kept.append(replace(paragraph, evidence=cited, shown=paragraph.shown if is_same else ()))
    return Worded(tuple(kept), tuple(dict.fromkeys(warnings)))


def _on(evidence: Evidence, library: Library, day: date) -> tuple[Evidence | None, str]:
    """Return the evidence in the wording of the day, or None and why."""
    provision = evidence.provision
    found = library.find_on(provision.provision_id, day)
    if found.text is None:
        if found.reaches:
            return None, texts.NOT_STORED.format(label=provision.label, date=found.reaches)
        return None, texts.NOT_IN_FORCE_THEN.format(label=provision.label, date=day)
    if found.text.kind is provision.kind and found.text.text == provision.text:
        return replace(evidence, provision=found.text), ""
    moved = _move(evidence, found.text)
    return moved, "" if moved else texts.NOT_IN_FORCE_THEN.format(label=provision.label, date=day)
