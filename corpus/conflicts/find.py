"""Search a document for claims that contradict the law, and for references to rules that were changed after it was written."""

from collections.abc import Iterator

from corpus.address import Address, find_addresses
from corpus.conflicts.codes import find_codes
from corpus.conflicts.dates import find_dates
from corpus.conflicts.duties import find_misunderstandings
from corpus.conflicts.record import Conflict, ConflictKind, document_date, find_text
from corpus.conflicts.references import find_references
from corpus.conflicts.statements import Statement, read_statements
from corpus.conflicts.thresholds import find_limits
from corpus.document import DATE_UNKNOWN, Document, Level, Provision
from corpus.library import Library
from corpus.numerals import format_day


def compare_with_law(document: Document, library: Library) -> tuple[Conflict, ...]:
    """Return the conflicts of a document with the law, and then its references to what was amended after it."""
    return (*find_conflicts(document, library), *find_outdated(document, library))


def find_conflicts(document: Document, library: Library) -> tuple[Conflict, ...]:
    """Return the claims of a document that contradict law or regulation, in the order of the text.

    One statement is reported once for each thing that is wrong with it. Acts and regulations have none.
    """
    if document.level <= Level.REGULATION:
        return ()
    return tuple(c for statement in read_statements(document) for c in _conflicts_of(statement, document, library))


def _conflicts_of(statement: Statement, document: Document, library: Library) -> Iterator[Conflict]:
    limit = find_limits(statement, document, library)
    found = [
        *([limit] if limit else []),
        *find_references(statement, document, library),
        *find_codes(statement, document, library),
        *find_dates(statement, document, library),
        *find_misunderstandings(statement, document, library),
    ]
    seen: set[str] = set()
    for conflict in found:
        # The lists overlap on purpose; what the same provision corrects is the same mistake.
        proofs = {a.provision_id for a in conflict.provisions}
        if not proofs & seen:
            yield conflict
        seen |= proofs


def find_outdated(document: Document, library: Library) -> tuple[Conflict, ...]:
    """Return where a document refers to rules that were changed after it was written, at most once for each provision of it.

    The document need not be wrong: the change may concern something else in the section.
    """
    found = (_outdated(document, provision, library) for provision in document)
    return tuple(conflict for conflict in found if conflict) if document.level > Level.REGULATION else ()


def _outdated(document: Document, provision: Provision, library: Library) -> Conflict | None:
    written = document_date(document, provision)
    if written is None or written == DATE_UNKNOWN:
        return None
    places: dict[Address, tuple[int, int]] = {}
    for mention in find_addresses(provision.text, library.known):
        address = Address(mention.candidates[0].work, mention.candidates[0].section)
        if mention.named or len(mention.candidates) == 1:
            places.setdefault(address, (mention.start, mention.end))
    cited = dict.fromkeys((*places, *(Address(a.work, a.section) for a in provision.explains)))
    changed = [
        (text.in_force, address)
        for address in cited
        if (text := find_text(address, library)) and text.in_force and text.in_force > written
    ]
    if not changed:
        return None
    changed.sort(key=lambda pair: (-pair[0].toordinal(), pair[1]))
    latest, first = changed[0]
    start, end = places.get(first, (0, len(provision.text)))
    return Conflict(
        kind=ConflictKind.OUTDATED,
        provision_id=provision.provision_id,
        start=start,
        end=end,
        claim=provision.text[start:end],
        rule=f"{_capital(first.format())} ble endret {format_day(latest)}. Det som står her, kan være utdatert, så kontroller det mot dagens regel.",
        provisions=tuple(address for _, address in changed),
        reason=f"Endret {format_day(latest)}; dokumentet er fra {written.year}.",
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
