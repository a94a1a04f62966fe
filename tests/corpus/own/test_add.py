"""Adding and removing documents of the user's own: what is kept of each, and that nothing is left when it goes."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from fpdf import FPDF

from corpus.address import Address
from corpus.conflicts import ConflictKind, compare_with_law
from corpus.document import Document, Kind, Level
from corpus.errors import FetchError, SlowDocument, StoreBusyError, UnknownProvision
from corpus.library import Library
from corpus.own import add as module
from corpus.own.add import AddReport, Labels, add_documents, remove_document
from corpus.own.fetch import Fetched
from corpus.own.raw import RawDocument
from corpus.own.read import read_raw
from corpus.store import StoreReader, open_writer
from tests.conftest import store_documents

TODAY = date(2026, 11, 22)
ROUTINE = "Rutine for vernerunder\n\nVernerunden går den første tirsdagen i hvert kvartal, og kvistfuglen er med.\n"
WRONG = "# Brosjyre om utvalg\n\nArbeidsmiljøutvalg er påbudt fra 50 ansatte.\n"
OFFICIAL = "lov/2005-06-17-62"


@dataclass
class Own:
    """A home of its own, with what is in it."""

    home: Path
    core: Library

    @property
    def store(self) -> Path:
        return self.home / "corpus.sqlite"

    @property
    def folder(self) -> Path:
        return self.home / "own"

    @contextmanager
    def library(self) -> Iterator[Library]:
        """The core with what is stored now."""
        with closing(Library(self.core.core, StoreReader(self.store) if self.store.exists() else None)) as library:
            yield library

    def add(self, *places: Path | str, labels: Labels | None = None) -> AddReport:
        with self.library() as library:
            return add_documents([str(p) for p in places], library, self.store, self.folder, labels or Labels(), TODAY)

    def remove(self, document_id: str) -> str:
        return remove_document(document_id, self.store, self.folder)

    def documents(self) -> list[Document]:
        if not self.store.exists():
            return []
        with StoreReader(self.store) as reader:
            return [reader.read(document_id) for document_id in reader.documents]

    def copies(self) -> list[Path]:
        return sorted(self.folder.glob("*"))

    def holds(self, text: str) -> list[str]:
        """Return the files that hold the words in any of the encodings they may have there."""
        forms = {text.encode(encoding) for encoding in ("utf-8", "latin-1", "utf-16-le")}
        files = (path for path in self.home.rglob("*") if path.is_file())
        return [str(path) for path in files if any(form in path.read_bytes() for form in forms)]


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process, but for the tests that ask for `in_child`: a child for every file takes time."""
    if "in_child" not in request.fixturenames:
        monkeypatch.setattr(module, "read_safely", read_raw)


@pytest.fixture
def in_child() -> None:
    """Read as always: each file in a child process."""


@pytest.fixture
def own(tmp_path: Path, library: Library) -> Own:
    return Own(tmp_path / "home", library)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papirer"
    folder.mkdir()
    return folder


def write(path: Path, text: str = ROUTINE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def lock(pdf: FPDF) -> None:
    pdf.set_encryption(owner_password="eier", user_password="bruker")


def make_pdf(path: Path, *pages: str, change: Callable[[FPDF], None] = lambda pdf: None) -> Path:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    change(pdf)
    for text in pages:
        pdf.add_page()
        pdf.multi_cell(0, 6, text)
    path.write_bytes(bytes(pdf.output()))
    return path


def test_a_file_is_stored_with_a_copy_that_can_be_opened(own: Own, papers: Path) -> None:
    file = write(papers / "vernerunder.txt")
    report = own.add(file)
    assert [(a.title, a.parts, a.conflicts) for a in report.added] == [("Rutine for vernerunder", 1, ())]
    (document,) = own.documents()
    (copy,) = own.copies()
    assert copy.name == f"{hashlib.sha256(file.read_bytes()).hexdigest()[:16]}.txt"
    assert copy.read_bytes() == file.read_bytes()
    (provision,) = document.provisions
    assert (provision.kind, provision.level, provision.checked) == (Kind.OWN, Level.COMMERCIAL, TODAY)
    assert (provision.url, provision.source) == (copy.as_uri(), "vernerunder.txt")
    assert "kvistfuglen er med" in provision.text


def test_a_folder_is_read_with_what_is_below_it(own: Own, papers: Path, in_child: None) -> None:
    """Hidden files and other kinds are passed over, a broken one is named, and the rest is added"""
    write(papers / "a.txt")
    write(papers / "hms" / "b.md", WRONG)
    write(papers / ".skjult.txt", "Skjult fil om noe helt annet enn resten.")
    write(papers / ".git" / "c.txt", "Skjult mappe om noe helt annet enn resten.")
    write(papers / "~$b.docx", "Words låsefil.")
    (papers / "bilde.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (papers / "hms" / "plan.pdf").write_bytes(b"%PDF-1.7\ndette er ingen PDF")
    report = own.add(papers)
    assert [a.title for a in report.added] == ["Rutine for vernerunder", "Brosjyre om utvalg"]
    assert list(report.failed) == ["hms/plan.pdf"]
    assert "plan.pdf" in report.failed["hms/plan.pdf"]
    assert len(own.documents()) == len(own.copies()) == 2


def test_a_folder_with_nothing_to_read_or_too_much_is_named(
    own: Own, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ingen filer" in own.add(papers).failed[str(papers)]
    monkeypatch.setattr(module, "_MAX_FILES", 1)
    write(papers / "a.txt")
    write(papers / "b.txt", WRONG)
    report = own.add(papers)
    assert report.added == []
    assert "grensen er 1" in report.failed[str(papers)]


def test_the_same_file_twice_is_known(own: Own, papers: Path) -> None:
    file, twin = write(papers / "a.txt"), write(papers / "tvilling.txt")
    assert len(own.add(file, twin).added) == 1
    report = own.add(file, papers)
    assert (report.added, report.known, report.failed) == ([], ["a.txt", "a.txt", "tvilling.txt"], {})
    assert len(own.documents()) == len(own.copies()) == 1


def test_a_changed_file_replaces_what_it_was(own: Own, papers: Path) -> None:
    """Of the earlier version nothing is left: no text, no copy, no conflict"""
    file = write(papers / "a.md", WRONG)
    assert own.add(file).added[0].conflicts
    assert own.holds("påbudt fra 50")
    own.add(write(file, ROUTINE))
    (document,) = own.documents()
    assert "kvistfuglen" in document.provisions[0].text
    assert [copy.read_text(encoding="utf-8") for copy in own.copies()] == [ROUTINE]
    with open_writer(own.store):  # the reader that was open while it was replaced has let go of the old state
        pass
    assert own.holds("påbudt fra 50") == []
    with own.library() as library:
        assert library.conflicts == ()


def test_what_a_file_is_called_is_no_hindrance(own: Own, papers: Path) -> None:
    """The copy has a name that the page serves and that removing finds again"""
    files = [
        write(papers / name, f"{ROUTINE}{name}") for name in ("notat", "rutine.2024", "PLAN.TXT", "hei på deg.txt")
    ]
    added = own.add(*files).added
    assert sorted(copy.suffix for copy in own.copies()) == [".bin", ".bin", ".txt", ".txt"]
    for item in added:
        own.remove(item.document_id)
    assert (own.documents(), own.copies()) == ([], [])


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        pytest.param("tom.txt", lambda path: path.write_bytes(b" \n"), "er tom", id="empty"),
        pytest.param("låst.pdf", lambda path: make_pdf(path, "Hemmelig.", change=lock), "passord", id="encrypted"),
        pytest.param("tall.xlsx", lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "Office", id="unsupported"),
        pytest.param("skadet.pdf", lambda path: path.write_bytes(b"%PDF-1.7\n"), "skadet.pdf", id="broken"),
        pytest.param("skannet.pdf", lambda path: make_pdf(path, ""), "skannet.pdf", id="no text"),
        pytest.param("mangler.txt", lambda path: None, "https://", id="missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_reported_by_name(
    own: Own, papers: Path, name: str, make: Callable[[Path], object], words: str
) -> None:
    """The rest is added all the same"""
    make(papers / name)
    report = own.add(papers / name, write(papers / "a.txt"))
    assert len(report.added) == 1
    ((failed, reason),) = report.failed.items()
    assert failed.endswith(name)
    assert words in reason
    assert len(own.documents()) == len(own.copies()) == 1


@pytest.mark.parametrize("place", ["http://bedrift.example/plan.pdf", "file:///etc/passwd", "ftp://x.example/a", "://"])
def test_only_https_is_fetched(own: Own, place: str) -> None:
    report = own.add(place)
    assert list(report.failed) == [place]
    assert "https://" in report.failed[place] or "nettadresse" in report.failed[place]
    assert own.documents() == []


def test_a_web_page_is_cited_by_its_address(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is kept too, and the page at the same address replaces the one before it"""
    url = "https://bedrift.example/rutiner"
    pages: Iterator[str] = iter((ROUTINE, ROUTINE.replace("tirsdagen", "onsdagen")))

    def fetch(origin: str) -> Fetched:
        assert origin == url
        return Fetched(data=next(pages).encode(), content_type="text/plain", final_url=url, name="rutiner.txt")

    monkeypatch.setattr(module, "fetch", fetch)
    own.add(url)
    own.add(url)
    (document,) = own.documents()
    assert document.provisions[0].url == url
    assert "onsdagen" in document.provisions[0].text
    assert len(own.copies()) == 1


def test_a_page_that_cannot_be_fetched_is_reported(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(origin: str) -> Fetched:
        raise FetchError("Fikk ikke kontakt.")

    monkeypatch.setattr(module, "fetch", fetch)
    assert own.add("https://bedrift.example/").failed == {"https://bedrift.example/": "Fikk ikke kontakt."}


def test_nothing_is_left_behind_when_the_store_is_locked(own: Own, papers: Path) -> None:
    own.add(write(papers / "a.txt"))
    before = own.copies()
    with FileLock(own.store.with_suffix(".lock")), pytest.raises(StoreBusyError, match="Vent"):
        own.add(write(papers / "b.md", WRONG))
    assert own.copies() == before
    assert len(own.documents()) == 1
    assert own.holds("påbudt fra 50") == []


def test_nothing_is_left_behind_when_the_disk_is_full(own: Own, papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    file = write(papers / "a.txt")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        own.add(file)
    assert own.copies() == []
    assert own.documents() == []


def test_what_the_user_says_of_a_document_holds(own: Own, papers: Path) -> None:
    labels = Labels(level=Level.PUBLIC, title="Vår rutine", publisher="Fjord AS", published=date(2024, 5, 1))
    own.add(write(papers / "a.txt"), labels=labels)
    (document,) = own.documents()
    provision = document.provisions[0]
    assert (document.title, document.level, document.text_date) == ("Vår rutine", Level.PUBLIC, date(2024, 5, 1))
    assert (provision.label, provision.source, provision.level, provision.text_date) == (
        "«Vår rutine», del 1", "Fjord AS", Level.PUBLIC, date(2024, 5, 1),
    )  # fmt: skip


def test_pages_are_cited_by_their_numbers(own: Own, papers: Path) -> None:
    own.add(make_pdf(papers / "plan.pdf", "Plan for vernerunder i 2026.", "Kvistfuglen er med, og den er gul."))
    (document,) = own.documents()
    (copy,) = own.copies()
    assert [p.label.rpartition(", ")[2] for p in document] == ["side 1", "side 2"]
    assert document.provisions[1].url == f"{copy.as_uri()}#page=2"


def test_conflicts_are_kept_with_the_document(own: Own, papers: Path) -> None:
    """What the report tells is what the library holds, and what a new comparison gives"""
    (added,) = own.add(write(papers / "a.md", WRONG)).added
    (conflict,) = added.conflicts
    assert (conflict.kind, conflict.provisions[0]) == (
        ConflictKind.THRESHOLD,
        Address(OFFICIAL, "7-1", conflict.provisions[0].portion),
    )
    with own.library() as library:
        assert library.conflicts == added.conflicts
        assert compare_with_law(own.documents()[0], library) == added.conflicts


def test_an_old_document_is_told_from_a_wrong_one(own: Own, papers: Path) -> None:
    text = "# Om verneombud\n\nVerneombud er regulert i arbeidsmiljøloven § 6-1.\n\nSist oppdatert: 1. mai 2021\n"
    (added,) = own.add(write(papers / "a.md", text)).added
    (conflict,) = added.conflicts
    assert (conflict.kind, conflict.claim) == (ConflictKind.OUTDATED, "§ 6-1")
    assert "kan være utdatert" in conflict.rule


@pytest.mark.parametrize("with_prefix", [True, False], ids=["id", "id without its kind"])
def test_nothing_is_left_of_what_is_removed(own: Own, papers: Path, with_prefix: bool) -> None:
    """Neither in the store, in the log beside it, nor among the copies; other documents stay"""
    other, gone = own.add(write(papers / "a.txt"), write(papers / "b.md", WRONG)).added
    assert len(own.holds("påbudt fra 50")) >= 2
    title = own.remove(gone.document_id if with_prefix else gone.document_id.removeprefix("eget/"))
    assert title == "Brosjyre om utvalg"
    assert own.holds("påbudt fra 50") == own.holds("Brosjyre om utvalg") == own.holds(gone.document_id) == []
    assert own.holds("b.md") == []
    assert [d.document_id for d in own.documents()] == [other.document_id]
    assert own.holds("kvistfuglen")


def test_what_is_removed_can_be_added_again(own: Own, papers: Path) -> None:
    file = write(papers / "a.txt")
    own.remove(own.add(file).added[0].document_id)
    assert len(own.add(file).added) == 1


def test_an_unknown_document_is_not_removed(own: Own, papers: Path) -> None:
    own.add(write(papers / "a.txt"))
    with pytest.raises(UnknownProvision, match=r"«borte».*bht corpus list"):
        own.remove("borte")
    assert len(own.documents()) == 1


def test_an_official_document_is_not_removed_that_way(own: Own, library: Library) -> None:
    act = next(d for d in library.core if d.document_id == OFFICIAL)
    store_documents(own.store, act)
    with pytest.raises(UnknownProvision):
        own.remove(OFFICIAL)
    assert [d.document_id for d in own.documents()] == [OFFICIAL]


def test_no_copy_goes_when_the_store_is_locked(own: Own, papers: Path) -> None:
    (added,) = own.add(write(papers / "a.txt")).added
    with FileLock(own.store.with_suffix(".lock")), pytest.raises(StoreBusyError):
        own.remove(added.document_id)
    assert len(own.copies()) == len(own.documents()) == 1


def test_a_document_that_stops_the_reader_is_one_among_others(
    own: Own, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(data: bytes, name: str, content_type: str) -> RawDocument:
        if name == "a.txt":
            raise SlowDocument("«a.txt» tok for lang tid.")
        return read_raw(data, name, content_type)

    monkeypatch.setattr(module, "read_safely", stop)
    report = own.add(write(papers / "a.txt"), write(papers / "b.md", WRONG))
    assert (list(report.failed), len(report.added)) == (["a.txt"], 1)
