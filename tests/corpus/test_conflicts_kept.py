"""Conflicts in the store: written when a document is added, read back as they were."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.address import Address, Portion
from corpus.conflicts import Conflict, ConflictKind
from corpus.conflicts.kept import note_name, read_conflicts, write_conflicts
from corpus.document import Document
from corpus.library import Library
from corpus.store import StoreReader, open_writer
from tests.conftest import store_documents
from tests.corpus.test_conflicts import make_document

CONFLICT = Conflict(
    kind=ConflictKind.THRESHOLD, provision_id="eget/papir/1", start=3, end=9, claim="«50» | æøå\n§",
    rule="Utvalget er påbudt fra 30.", reason="Loven går foran (nivå 1 mot 5).",
    provisions=(Address("lov/2005-06-17-62", "7-1", Portion.parse("ledd/1")), Address("lov/2005-06-17-62", "2A-6")),
)  # fmt: skip
_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
_CONFLICTS = st.builds(
    Conflict, kind=st.sampled_from(ConflictKind), provision_id=_TEXT, start=st.integers(0, 9), end=st.integers(0, 9),
    claim=_TEXT, rule=_TEXT, reason=_TEXT,
    provisions=st.lists(
        st.builds(
            Address, work=st.just("lov/2005-06-17-62"), section=st.sampled_from(["3-3", "18-10a", "2A-6"]),
            portion=st.sampled_from(["", "ledd/1", "ledd/1/bokstav/e", "ledd/2/rad/85"]).map(Portion.parse),
        ),
        max_size=3,
    ).map(tuple),
)  # fmt: skip


def keep(path: Path, document: Document, *conflicts: Conflict) -> None:
    store_documents(path, document)
    with open_writer(path) as writer:
        writer.note(note_name(document.document_id), write_conflicts(conflicts))


def read(path: Path) -> tuple[Conflict, ...]:
    with StoreReader(path) as reader:
        return read_conflicts(reader)


def test_a_conflict_comes_back_as_it_was(tmp_path: Path) -> None:
    keep(tmp_path / "store.sqlite", make_document("Tekst."), CONFLICT)
    assert read(tmp_path / "store.sqlite") == (CONFLICT,)


@settings(max_examples=15)
@given(st.lists(_CONFLICTS, max_size=3).map(tuple))
def test_any_conflicts_come_back(conflicts: tuple[Conflict, ...]) -> None:
    with TemporaryDirectory() as folder:
        keep(Path(folder) / "store.sqlite", make_document("Tekst."), *conflicts)
        assert read(Path(folder) / "store.sqlite") == conflicts


def test_a_document_without_a_note_has_none(tmp_path: Path) -> None:
    store_documents(tmp_path / "store.sqlite", make_document("Tekst."))
    assert read(tmp_path / "store.sqlite") == ()


def test_the_note_of_a_document_that_is_gone_is_not_read(tmp_path: Path) -> None:
    """Only documents that are there are told about"""
    path = tmp_path / "store.sqlite"
    keep(path, make_document("Tekst."), CONFLICT)
    with open_writer(path) as writer:
        writer.remove("eget/papir")
    assert read(path) == ()


def test_the_library_holds_them(tmp_path: Path, library: Library) -> None:
    assert library.conflicts == ()
    keep(tmp_path / "store.sqlite", make_document("Tekst."), CONFLICT)
    with StoreReader(tmp_path / "store.sqlite") as reader:
        assert Library(library.core, reader).conflicts == (CONFLICT,)
