"""What must hold for every document that a parser returns: what the store, the index and the answers rely on."""

import json
from collections import Counter
from datetime import date
from functools import cache

from corpus.conflicts import find_conflicts, find_outdated
from corpus.conflicts.kept import write_conflicts
from corpus.document import Document
from corpus.library import Library, load_library
from corpus.merge import Searchable
from corpus.own.build import build_document
from corpus.own.clean import clean
from corpus.own.raw import RawDocument
from corpus.rows import provision_from_row, provision_to_row
from index.chunking import split_provision


class Finding(Exception):
    """What a reader returned is wrong."""


@cache
def core() -> Library:
    """Return the library that own documents are compared with."""
    return load_library()


def check_own(raw: RawDocument, *, cleaned: bool = True) -> None:
    """Take a raw document all the way: cleaned, built, compared with the law.

    Raises:
        Finding: Something on the way is wrong.
        EmptyDocument: Nothing is left of it.
    """
    document = build_document(
        clean(raw).raw if cleaned else raw, source_name="fil", url="file:///fil", added=date(2099, 1, 2),
        sha256="0" * 64, published=raw.published or date(2015, 1, 1), known=core().known,
    )  # fmt: skip
    check_document(document)
    texts = {provision.provision_id: provision.text for provision in document}
    conflicts = (*find_conflicts(document, core()), *find_outdated(document, core()))
    write_conflicts(conflicts).encode()
    for conflict in conflicts:
        if texts[conflict.provision_id][conflict.start : conflict.end] != conflict.claim:
            raise Finding(f"the claim {conflict.claim!r} does not stand there")


def check_document(document: Document) -> None:
    """Check that ids are unique, that spans fit, and that the document can be stored and cut for the index.

    Raises:
        Finding: Something does not hold.
    """
    ids = [provision.provision_id for provision in document]
    if len(ids) != len(set(ids)):
        raise Finding(f"an id stands twice: {Counter(ids).most_common(1)}")
    for provision in document:
        edges = [0, *(edge for s in provision.segments for edge in (s.start, s.end)), len(provision.text)]
        if edges != sorted(edges) or any(not provision.text[s.start : s.end].strip() for s in provision.segments):
            raise Finding(f"{provision.provision_id}: spans {edges[1:-1]} in {len(provision.text)} characters")
        row = json.dumps(provision_to_row(provision), ensure_ascii=False).encode().decode()
        if provision_from_row(json.loads(row), checked=provision.checked, text_date=provision.text_date) != provision:
            raise Finding(f"{provision.provision_id} comes out of the store as another")
        for chunk in split_provision(Searchable(provision=provision)):
            if not provision.text[chunk.start : chunk.end].strip():
                raise Finding(f"{provision.provision_id}: a chunk without text")
