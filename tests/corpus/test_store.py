"""The store: what is put in comes out, what changed keeps its earlier wording, and nothing is half written or half removed."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.address import Portion
from corpus.document import Document, Kind, Provision, Segment
from corpus.errors import StoreBusyError, StoreError
from corpus.store import StoreReader, StoreWriter, open_writer, writer
from tests.conftest import DATA, make_edition, make_official
from tests.corpus.test_rows import PROVISIONS

BATHS = "lov/1999-01-02-9002"
FIRST, SECOND, THIRD = date(2025, 11, 8), date(2026, 2, 1), date(2026, 7, 2)
Invented = tuple[Document, ...]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "corpus.sqlite"


@pytest.fixture
def act(invented: Invented) -> Document:
    """The invented act in official words, of the first edition."""
    return make_edition(invented[0], *(make_official(p) for p in invented[0]), text_date=FIRST)


def edition(act: Document, day: date, *gone: str, **words: str) -> Document:
    """Return a later edition of the act: other words by number of the section, and sections that are gone."""
    provisions = []
    for provision in act:
        number = provision.provision_id.rsplit("-", 1)[1]
        if number in gone:
            continue
        rows = [("ledd/1", words[f"s{number}"])] if f"s{number}" in words else None
        provisions.append(make_official(provision, rows, text_date=day) if rows else provision)
    return make_edition(act, *provisions, text_date=day)


def put(path: Path, document: Document, source: str = "lovdata", last_change: date | None = None) -> int:
    """Put an edition in the store and return how many provisions it changed."""
    with open_writer(path) as writer:
        return writer.put(
            document,
            source=source,
            file=f"{document.name}.xml",
            sha256=f"{document.text_date}",
            last_change=last_change,
        )


def wordings(path: Path, provision_id: str) -> list[tuple[str, date, date | None]]:
    with StoreReader(path) as reader:
        return [(v.provision.text, v.seen, v.replaced) for v in reader.versions(provision_id)]


def bytes_of(path: Path) -> bytes:
    """Return all that lies beside the store: the file and its logs."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


# --- In and out --------------------------------------------------------------------------------------------------------------


def test_a_document_comes_out_as_it_was_put_in(path: Path, act: Document) -> None:
    put(path, act, last_change=date(2025, 1, 1))
    with StoreReader(path) as reader:
        assert reader.read(act.document_id) == act
        (kept,) = reader.documents.values()
        assert (kept.source, kept.file, kept.sha256) == ("lovdata", "badeanleggloven.xml", str(FIRST))
        assert (kept.text_date, kept.checked, kept.last_change, kept.withdrawn) == (
            FIRST, act.checked, date(2025, 1, 1), None,
        )  # fmt: skip
        assert [reader.find(p.provision_id) for p in act] == [(p,) for p in act]
        assert reader.ids() == {p.provision_id for p in act}
        assert reader.ids_of(act.document_id) == tuple(p.provision_id for p in act)
        assert reader.counts() == {act.document_id: 4}


@given(st.lists(PROVISIONS, min_size=1, max_size=4, unique_by=lambda p: (p.provision_id, p.kind)), st.dates())
@settings(max_examples=25)
def test_any_provisions_come_out_as_they_were_put_in(
    tmp_path_factory: pytest.TempPathFactory, invented: Invented, provisions: list[Provision], day: date
) -> None:
    document = make_edition(invented[0], *provisions, text_date=day)
    path = tmp_path_factory.mktemp("store") / "corpus.sqlite"
    put(path, document)
    with StoreReader(path) as reader:
        assert reader.read(document.document_id) == document


def test_documents_come_in_the_order_of_their_ids(path: Path, act: Document) -> None:
    for name in ("lov/3", "lov/1", "lov/2"):
        put(path, replace(act, document_id=name, provisions=()))
    with StoreReader(path) as reader:
        assert list(reader.documents) == ["lov/1", "lov/2", "lov/3"]


def test_what_is_not_stored_is_not_found(path: Path, act: Document) -> None:
    put(path, act)
    with StoreReader(path) as reader:
        assert reader.find("lov/finnes/§ikke") == ()
        assert reader.versions("lov/finnes/§ikke") == ()
        with pytest.raises(KeyError):
            reader.read("lov/finnes-ikke")


def test_a_note_is_kept_and_written_over(path: Path) -> None:
    with open_writer(path) as writer:
        assert writer.read_note("arkiv") is None
        writer.note("arkiv", "en")
        writer.note("arkiv", "to")
        assert writer.read_note("arkiv") == "to"
    with StoreReader(path) as reader:
        assert (reader.note("arkiv"), reader.note("annet")) == ("to", None)


def test_reading_makes_no_file_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        StoreReader(tmp_path / "corpus.sqlite")
    assert list(tmp_path.iterdir()) == []


# --- Editions ----------------------------------------------------------------------------------------------------------------


def test_the_first_edition_changes_nothing(path: Path, act: Document) -> None:
    assert put(path, act) == 0
    with StoreReader(path) as reader:
        assert list(reader.changes()) == []


def test_the_same_edition_again_changes_nothing(path: Path, act: Document) -> None:
    put(path, act)
    assert put(path, edition(act, SECOND)) == 0
    with StoreReader(path) as reader:
        assert [len(reader.versions(p.provision_id)) for p in act] == [1, 1, 1, 1]
        assert list(reader.changes()) == []
        assert {p.text_date for p in reader.read(BATHS)} == {SECOND}
    assert wordings(path, f"{BATHS}/§1-1")[0][1:] == (FIRST, None)


def test_of_what_changed_the_earlier_wording_is_kept_and_of_the_rest_not(path: Path, act: Document) -> None:
    put(path, act)
    assert put(path, edition(act, SECOND, s2="Fløyta avskaffes.")) == 1
    assert wordings(path, f"{BATHS}/§1-2") == [
        ("Fløyta avskaffes.", SECOND, None),
        (act.provisions[1].text, FIRST, SECOND),
    ]
    assert len(wordings(path, f"{BATHS}/§1-1")) == 1
    with StoreReader(path) as reader:
        assert [p.text for p in reader.find(f"{BATHS}/§1-2")] == ["Fløyta avskaffes."]


def test_an_earlier_wording_is_dated_by_the_edition_it_was_read_from(path: Path, act: Document) -> None:
    put(path, act)
    put(path, edition(act, SECOND, s2="Fløyta avskaffes."))
    with StoreReader(path) as reader:
        assert [v.provision.text_date for v in reader.versions(f"{BATHS}/§1-2")] == [SECOND, FIRST]


def test_three_wordings_are_kept_the_newest_first(path: Path, act: Document) -> None:
    put(path, act)
    put(path, edition(act, SECOND, s1="To."))
    put(path, edition(act, THIRD, s1="Tre."))
    assert wordings(path, f"{BATHS}/§1-1") == [
        ("Tre.", THIRD, None),
        ("To.", SECOND, THIRD),
        (act.provisions[0].text, FIRST, SECOND),
    ]


def test_what_is_gone_counts_as_repealed_and_its_wording_is_kept(path: Path, act: Document) -> None:
    put(path, act)
    assert put(path, edition(act, SECOND, "4")) == 1
    with StoreReader(path) as reader:
        assert [(p.text, p.repealed) for p in reader.find(f"{BATHS}/§1-4")] == [(act.provisions[3].text, SECOND)]
        assert f"{BATHS}/§1-4" not in reader.ids() | set(reader.ids_of(BATHS))
        assert reader.counts() == {BATHS: 3}
    assert wordings(path, f"{BATHS}/§1-4") == [(act.provisions[3].text, FIRST, SECOND)]


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        pytest.param({"text": "Annen tekst.", "segments": ()}, 1, id="text"),
        pytest.param({"heading": "Annen overskrift"}, 1, id="heading"),
        pytest.param({"repealed": date(2026, 1, 1)}, 1, id="repealed"),
        pytest.param({"pending": True}, 1, id="not in force"),
        pytest.param({"url": "https://example.org/flyttet"}, 0, id="address"),
        pytest.param({"footnotes": ("1 Rettet.",)}, 0, id="footnote"),
        pytest.param({"in_force": date(2000, 1, 1)}, 0, id="date"),
    ],
)
def test_wording_and_whether_it_holds_make_a_version_and_all_else_is_brought_up_to_date(
    changes: dict[str, object], counts: int, path: Path, act: Document
) -> None:
    put(path, act)
    changed = make_edition(act, replace(act.provisions[0], **changes), *act.provisions[1:], text_date=SECOND)
    assert put(path, changed) == counts
    with StoreReader(path) as reader:
        assert reader.read(BATHS) == changed
        assert len(reader.versions(f"{BATHS}/§1-1")) == 1 + counts


def test_the_order_of_the_newest_edition_holds(path: Path, act: Document) -> None:
    put(path, act)
    put(path, make_edition(act, *reversed(act.provisions), text_date=SECOND))
    with StoreReader(path) as reader:
        assert reader.ids_of(BATHS) == tuple(p.provision_id for p in reversed(act.provisions))
        assert [p.provision_id for p in reader.read(BATHS)] == list(reader.ids_of(BATHS))


def test_changes_name_what_each_edition_did_the_newest_first(path: Path, act: Document) -> None:
    put(path, act)
    put(path, edition(act, SECOND, "4", s2="To."))
    put(path, edition(act, THIRD, s2="Tre."))
    with StoreReader(path) as reader:
        told = [
            (c.provision_id.rsplit("/", 1)[1], c.day, c.old and c.old.text[:3], c.new and c.new.text[:5])
            for c in reader.changes()
        ]
    assert told == [
        ("§1-2", THIRD, "To.", "Tre."),
        ("§1-4", THIRD, None, "Det e"),
        ("§1-2", SECOND, "Det", "To."),
        ("§1-4", SECOND, "Det", None),
    ]


def test_changes_since_a_day_are_those_after_it(path: Path, act: Document) -> None:
    put(path, act)
    put(path, edition(act, SECOND, s2="To."))
    put(path, edition(act, THIRD, s3="Tre."))
    with StoreReader(path) as reader:
        assert {c.day for c in reader.changes(SECOND)} == {THIRD}
        assert {c.day for c in reader.changes(SECOND - timedelta(days=1))} == {SECOND, THIRD}
        assert list(reader.changes(THIRD)) == []


def test_a_new_act_is_no_change_to_another(path: Path, act: Document) -> None:
    put(path, act)
    other = replace(
        act, document_id="lov/2000-01-01-1",
        provisions=tuple(replace(p, provision_id=p.provision_id.replace(BATHS, "lov/2000-01-01-1")) for p in act),
    )  # fmt: skip
    put(path, edition(other, SECOND))
    with StoreReader(path) as reader:
        assert list(reader.changes()) == []


def test_an_unchanged_document_is_confirmed_without_being_written_again(path: Path, act: Document) -> None:
    put(path, act)
    with open_writer(path) as writer:
        writer.confirm(BATHS, THIRD, date(2026, 8, 3))
    with StoreReader(path) as reader:
        assert {(p.text_date, p.checked) for p in reader.read(BATHS)} == {(THIRD, date(2026, 8, 3))}


def test_what_the_archive_no_longer_holds_counts_as_repealed_from_then(path: Path, act: Document) -> None:
    repealed = replace(act.provisions[3], repealed=date(2020, 1, 1))
    put(path, make_edition(act, *act.provisions[:3], repealed, text_date=FIRST))
    for day in (SECOND, THIRD):
        with open_writer(path) as writer:
            writer.withdraw(BATHS, day)
    with StoreReader(path) as reader:
        assert reader.documents[BATHS].withdrawn == SECOND
        assert [p.repealed for p in reader.read(BATHS)] == [SECOND, SECOND, SECOND, date(2020, 1, 1)]
        (rule,) = reader.find(f"{BATHS}/§1-1")
        assert rule.is_repealed(SECOND)
        assert rule.is_repealed(rule.checked)


@pytest.mark.parametrize("way", ["confirmed", "put again"])
def test_what_comes_back_holds_again(way: str, path: Path, act: Document) -> None:
    put(path, act)
    with open_writer(path) as writer:
        writer.withdraw(BATHS, SECOND)
        if way == "confirmed":
            writer.confirm(BATHS, THIRD, THIRD)
        else:
            writer.put(edition(act, THIRD), source="lovdata", file="x", sha256="x")
    with StoreReader(path) as reader:
        assert reader.documents[BATHS].withdrawn is None
        assert {p.repealed for p in reader.read(BATHS)} == {None}


@pytest.mark.parametrize("step", ["put", "confirm", "withdraw", "remove", "rank"])
def test_the_revision_follows_what_is_stored(step: str, path: Path, act: Document) -> None:
    put(path, act)
    with StoreReader(path) as reader:
        before = reader.revision
        assert reader.revision == before
    with open_writer(path) as writer:
        if step == "put":
            writer.put(edition(act, SECOND, s1="To."), source="lovdata", file="x", sha256="annen")
        elif step == "confirm":
            writer.confirm(BATHS, SECOND, SECOND)
        elif step == "withdraw":
            writer.withdraw(BATHS, SECOND)
        elif step == "rank":
            writer.put(replace(act, level=type(act.level)(4)), source="lovdata", file="x", sha256=str(FIRST))
        else:
            writer.remove(BATHS)
    with StoreReader(path) as reader:
        assert reader.revision != before


def test_a_note_leaves_the_revision_alone(path: Path, act: Document) -> None:
    put(path, act)
    with StoreReader(path) as reader:
        before = reader.revision
    with open_writer(path) as writer:
        writer.note("arkiv", "sett")
    with StoreReader(path) as reader:
        assert reader.revision == before


# --- Removal -----------------------------------------------------------------------------------------------------------------


def test_of_a_removed_document_nothing_remains_in_any_file(path: Path, act: Document) -> None:
    """Neither of what it says nor of what it said"""
    secret = "Hemmelighet nummer {day}. " * 40
    own = replace(act, document_id="eget/notat", title="Tittelhemmelighet", name="notat")
    own = replace(own, provisions=tuple(replace(p, provision_id=f"eget/notat/{n}") for n, p in enumerate(act)))
    put(path, act)
    for day in (FIRST, SECOND):
        rows = [("", secret.format(day=day))]
        put(path, make_edition(own, *(make_official(p, rows) for p in own), text_date=day), source="own")
    assert b"Hemmelighet" in bytes_of(path)
    assert b"Tittelhemmelighet" in bytes_of(path)
    with open_writer(path) as writer:
        writer.remove("eget/notat")
    for word in ("emmelighet", "eget/notat"):
        assert word.encode() not in bytes_of(path)
    with StoreReader(path) as reader:
        assert list(reader.documents) == [BATHS]
        assert reader.read(BATHS) == act
        assert reader.versions("eget/notat/0") == ()


def test_removing_what_is_not_there_changes_nothing(path: Path, act: Document) -> None:
    put(path, act)
    with open_writer(path) as writer:
        writer.remove("eget/finnes-ikke")
    with StoreReader(path) as reader:
        assert reader.read(BATHS) == act


# --- All or nothing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [ValueError("galt"), KeyboardInterrupt()], ids=["error", "interrupted"])
def test_a_writer_that_raises_leaves_the_old_state(error: BaseException, path: Path, act: Document) -> None:
    put(path, act)
    with pytest.raises(type(error)), open_writer(path) as writer:  # noqa: PT012 - what was done before it raised is the test
        writer.put(edition(act, SECOND, s1="To."), source="lovdata", file="x", sha256="annen")
        writer.remove(BATHS)
        writer.note("arkiv", "nytt")
        raise error
    with StoreReader(path) as reader:
        assert (reader.read(BATHS), reader.note("arkiv")) == (act, None)
    assert put(path, edition(act, SECOND, s1="To.")) == 1


KILLED = """
import os, sys
from pathlib import Path
from corpus.core import read_core
from corpus.store import open_writer
documents = read_core(Path(sys.argv[2]))
with open_writer(Path(sys.argv[1])) as writer:
    for document in documents:
        writer.put(document, source="lovdata", file="x", sha256="x")
    writer.remove("lov/1999-01-02-9002")
    os._exit(9)
"""


def test_a_killed_writer_leaves_the_old_state_and_no_lock(path: Path, act: Document) -> None:
    put(path, act)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(DATA / "kjerne")],
        cwd=DATA.parents[1],
        env=os.environ,
        check=False,
    )
    assert killed.returncode == 9
    with StoreReader(path) as reader:
        assert list(reader.documents) == [BATHS]
        assert reader.read(BATHS) == act
    assert put(path, edition(act, SECOND, s1="To.")) == 1


def test_a_second_writer_is_refused_at_once_and_the_first_goes_on(path: Path, act: Document) -> None:
    with open_writer(path) as writer:
        writer.put(act, source="lovdata", file="x", sha256="x")
        with pytest.raises(StoreBusyError, match="Vent til det er ferdig"), open_writer(path):
            pass
    with StoreReader(path) as reader:
        assert reader.read(BATHS) == act


def test_a_writer_in_another_thread_is_refused_too(path: Path) -> None:
    caught: list[BaseException] = []

    def write() -> None:
        try:
            with open_writer(path):
                pass
        except StoreBusyError as error:
            caught.append(error)

    with open_writer(path):
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert len(caught) == 1


def test_a_lock_that_nobody_holds_is_no_obstacle(path: Path, act: Document) -> None:
    path.parent.mkdir()
    with FileLock(path.with_suffix(".lock")):
        pass
    path.with_suffix(".lock").touch()
    assert put(path, act) == 0


def test_a_reader_sees_the_state_it_opened_while_a_writer_writes_and_commits(path: Path, act: Document) -> None:
    put(path, act)
    with StoreReader(path) as before:
        with open_writer(path) as writer:
            writer.put(edition(act, SECOND, s1="To."), source="lovdata", file="x", sha256="annen")
            writer.note("arkiv", "nytt")
            with StoreReader(path) as meanwhile:
                assert meanwhile.read(BATHS) == act
        assert before.read(BATHS) == act
        assert [len(before.versions(p.provision_id)) for p in act] == [1, 1, 1, 1]
        assert (before.note("arkiv"), list(before.changes())) == (None, [])
        with StoreReader(path) as after:
            assert after.find(f"{BATHS}/§1-1")[0].text == "To."


def test_readers_of_many_threads_share_one(path: Path, act: Document) -> None:
    put(path, act)
    found: list[object] = []
    with StoreReader(path) as reader:
        threads = [
            threading.Thread(target=lambda: found.extend(reader.find(p.provision_id) for p in act)) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(map(repr, found)) == sorted(repr((p,)) for p in act.provisions * 4)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the file of the store grow no further, as on a full disk."""
    real = writer._open_for_writing

    def open_full(path: Path) -> sqlite3.Connection:
        connection = real(path)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(writer, "_open_for_writing", open_full)
        yield


def test_a_full_disk_is_said_with_a_remedy_and_leaves_the_old_state(
    path: Path, act: Document, request: pytest.FixtureRequest
) -> None:
    put(path, act)
    request.getfixturevalue("full_disk")
    much = edition(act, SECOND, s1="Lang tekst. " * 10_000)
    with pytest.raises(StoreError, match=r"full.*Sjekk plass"):
        put(path, much)
    with StoreReader(path) as reader:
        assert reader.read(BATHS) == act


def test_a_folder_that_cannot_be_made_is_a_store_error(tmp_path: Path, act: Document) -> None:
    (tmp_path / "home").write_text("i veien")
    with pytest.raises(StoreError):
        put(tmp_path / "home" / "corpus.sqlite", act)


# --- Damage ------------------------------------------------------------------------------------------------------------------


def damage_header(path: Path) -> None:
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])


def damage_garbage(path: Path) -> None:
    path.write_bytes(b"dette er ingen database" * 100)


def damage_half(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def damage_empty(path: Path) -> None:
    path.write_bytes(b"")


def damage_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


DAMAGES = [
    pytest.param(damage_header, id="header"),
    pytest.param(damage_garbage, id="garbage"),
    pytest.param(damage_half, id="truncated"),
    pytest.param(damage_version, id="another version"),
]


@pytest.mark.parametrize("damage", [*DAMAGES, pytest.param(damage_empty, id="empty")])
def test_a_damaged_store_is_refused_with_a_remedy(damage, path: Path, act: Document) -> None:  # type: ignore[no-untyped-def]
    put(path, act)
    damage(path)
    with pytest.raises(StoreError, match="bht corpus sync"), StoreReader(path) as reader:
        reader.read(BATHS)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_not_written_to(damage, path: Path, act: Document) -> None:  # type: ignore[no-untyped-def]
    put(path, act)
    damage(path)
    before = path.read_bytes()
    with pytest.raises(StoreError):
        put(path, edition(act, SECOND, s1="To."))
    assert path.read_bytes() == before


def test_a_page_that_is_damaged_within_is_a_store_error(path: Path, act: Document) -> None:
    """Where opening cannot notice it"""
    much = [("ledd/1", "Lang tekst. " * 5000)]
    put(path, make_edition(act, *(make_official(p, much) for p in act), text_date=FIRST))
    whole = bytearray(path.read_bytes())
    middle = len(whole) // 2
    whole[middle:] = b"\xff" * (len(whole) - middle)
    path.write_bytes(bytes(whole))
    with pytest.raises(StoreError), StoreReader(path) as reader:
        reader.read(BATHS)


def test_the_writer_sees_its_own_work(path: Path, act: Document) -> None:
    with open_writer(path) as writer:
        assert isinstance(writer, StoreWriter)
        assert writer.documents == {}
        writer.put(act, source="lovdata", file="x", sha256="y")
        assert {d.document_id: d.sha256 for d in writer.documents.values()} == {BATHS: "y"}


def test_two_kinds_of_text_of_one_provision_are_kept_apart(path: Path, act: Document) -> None:
    """Commentary in a regulation's own file may carry the address of the section it explains"""
    note = replace(
        act.provisions[0], kind=Kind.GUIDANCE, text="Merknad.", segments=(Segment(portion=Portion(), start=0, end=8),)
    )
    put(path, make_edition(act, *act.provisions, note, text_date=FIRST))
    with StoreReader(path) as reader:
        assert {p.kind for p in reader.find(f"{BATHS}/§1-1")} == {Kind.OFFICIAL, Kind.GUIDANCE}
    assert put(path, make_edition(act, *act.provisions, replace(note, text="Ny merknad."), text_date=SECOND)) == 1
    with StoreReader(path) as reader:
        (change,) = reader.changes()
        assert (change.old and change.old.text, change.new and change.new.text) == ("Merknad.", "Ny merknad.")
