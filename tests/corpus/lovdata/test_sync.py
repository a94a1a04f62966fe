"""Syncing: what changed is read, the earlier wording is kept, and whatever fails leaves the old state."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.act_names import acts_by_id
from corpus.document import Kind, Level, Provision
from corpus.errors import ArchiveError, LovdataError, StoreBusyError, StoreError
from corpus.lovdata import sync as sync_module
from corpus.lovdata.client import LovdataClient
from corpus.lovdata.parse import ParsedAct, parse_act
from corpus.lovdata.sync import SyncReport, document_id_of, sync
from corpus.store import StoredDocument, StoreReader, Version, open_writer, writer
from tests.assistant.cli.run import ROOT
from tests.corpus.lovdata.archives import LAWS, REGULATIONS, make_act, member_of, pack, pack_acts
from tests.corpus.lovdata.server import GET, FakeLovdata, serving

# Ids that sources.toml has; what they say here is invented.
ACT, OTHER, RULES, UNWANTED = "lov/2005-06-17-62", "lov/1997-02-28-19", "forskrift/1996-12-06-1127", "lov/2099-01-02-1"
KETTLE, TEA = f"{ACT}/§1-1", f"{ACT}/§1-2"
FIRST, SECOND, TODAY = date(2025, 11, 8), date(2026, 3, 1), date(2026, 8, 1)
OLD = {"1-1": "Kjelen skal være hel.\nDen skal skylles.", "1-2": "Te er ikke kaffe."}
NEW = OLD | {"1-1": "Kjelen skal være hel.\nDen skal skylles to ganger."}
AMENDED = 'Endret ved <a href="lov/2025-12-19-99">lov 19 des 2025 nr. 99</a> (i kraft 1 jan 2026).'
ACTS = {
    ACT: make_act(ACT, OLD),
    OTHER: make_act(OTHER, {"1-1": "Trygd for tekanner."}),
    RULES: make_act(RULES, {"1": "Vannet skal koke."}),
    UNWANTED: make_act(UNWANTED, {"1": "Kopper skal ha hank."}),
}
CHANGED = ACTS | {ACT: make_act(ACT, NEW, s1_1=AMENDED)}


@dataclass
class Home:
    """A store, the folder of its archives, and the server they come from."""

    server: FakeLovdata
    folder: Path
    told: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def store(self) -> Path:
        return self.folder / "corpus.sqlite"

    def offer(self, acts: Mapping[str, bytes], day: date = FIRST) -> None:
        """Put the acts in the archives of the day."""
        self.server.archives, self.server.modified = pack_acts(acts), f"{day}T01:31:59.418Z"

    def sync(self, *, everything: bool = False, today: date = TODAY) -> SyncReport:
        return sync(
            LovdataClient(self.server.url, attempts=1), self.store, self.folder / "lovdata", everything=everything,
            today=today, report=lambda *args: self.told.append(args),
        )  # fmt: skip

    def transfers(self) -> list[str]:
        """Return the archives asked for since the last call."""
        asked = [path.removeprefix(GET) for path, _ in self.server.requests if path.startswith(GET)]
        self.server.requests.clear()
        return asked

    def documents(self) -> dict[str, StoredDocument]:
        with StoreReader(self.store) as reader:
            return dict(reader.documents)

    def wording(self, provision_id: str) -> list[str]:
        """Return the current texts of a provision."""
        return [p.text for p in self.find(provision_id)]

    def find(self, provision_id: str) -> tuple[Provision, ...]:
        with StoreReader(self.store) as reader:
            return reader.find(provision_id)

    def versions(self, provision_id: str) -> tuple[Version, ...]:
        with StoreReader(self.store) as reader:
            return reader.versions(provision_id)

    def state(self) -> list[Any]:
        """Return everything that is stored."""
        with sqlite3.connect(f"file:{self.store}?mode=ro", uri=True) as connection:
            tables = ("document", "provision", "note")
            rows = [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]
        connection.close()
        return rows


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home that nothing has been synced to."""
    with serving() as server:
        found = Home(server, tmp_path)
        found.offer(ACTS)
        yield found


@pytest.fixture
def synced(home: Home) -> Home:
    """A home with the first archives."""
    home.sync()
    home.transfers()
    home.told.clear()
    return home


# --- The first sync ----------------------------------------------------------------------------------------------------------


def test_the_first_sync_stores_the_acts_of_the_list(home: Home) -> None:
    report = home.sync()
    assert sorted(home.transfers()) == [LAWS, REGULATIONS]
    assert (report.new, report.changed, report.unchanged, report.provisions) == (3, 0, 0, 4)
    assert (report.text_date, report.has_news, report.failed, report.withdrawn) == (FIRST, True, {}, [])
    assert report.downloaded == sum(map(len, home.server.archives.values()))
    assert set(home.documents()) == {ACT, OTHER, RULES}
    (provision,) = home.find(KETTLE)
    assert provision.text.split() == OLD["1-1"].split()
    assert (provision.kind, provision.text_date, provision.checked) == (Kind.OFFICIAL, FIRST, TODAY)
    act = home.documents()[ACT]
    assert (act.name, act.abbreviation, act.level) == ("arbeidsmiljøloven", "AML", Level.LAW)
    assert provision.label == "arbeidsmiljøloven § 1-1"


def test_the_acts_of_the_list_that_no_archive_has_are_named(home: Home) -> None:
    assert home.sync().missing == sorted(set(acts_by_id()) - {ACT, OTHER, RULES})


def test_progress_is_told_of_both_stages(home: Home) -> None:
    home.sync()
    packed = {len(data) for data in home.server.archives.values()}
    assert {total for stage, done, total in home.told if stage == "download" and done == total} == packed
    # The second act of the laws and of the regulations is not the first member of its archive.
    assert [done for stage, done, _ in home.told if stage == "read"] == [2, 3, 2]


@pytest.mark.parametrize(
    ("member", "document_id"),
    [
        pytest.param("nl/nl-20050617-062.xml", "lov/2005-06-17-62", id="act"),
        pytest.param("sf/sf-20111206-1355.xml", "forskrift/2011-12-06-1355", id="regulation"),
        pytest.param("nl/nl-19670210-000.xml", "lov/1967-02-10", id="no number"),
        pytest.param("nl/nl-18140517-000-nn.xml", "lov/1814-05-17", id="parallel text"),
        pytest.param("sf/sf-19210101-K01.xml", "forskrift/1921-01-01-K01", id="number with a letter"),
    ],
)
def test_a_member_says_which_document_it_is(member: str, document_id: str) -> None:
    assert document_id_of(member) == document_id


@pytest.mark.parametrize("work", sorted(acts_by_id()))
def test_every_act_of_the_list_is_found_by_its_member(work: str) -> None:
    assert document_id_of(member_of(work)) == work


# --- Later syncs -------------------------------------------------------------------------------------------------------------


def test_a_second_sync_transfers_nothing(synced: Home) -> None:
    before = synced.state()
    report = synced.sync()
    assert synced.transfers() == []
    assert (report.has_news, report.downloaded, report.new, report.changed, report.unchanged) == (False, 0, 0, 0, 0)
    assert report.text_date == FIRST
    assert synced.told == []
    assert synced.state() == before


def test_of_a_newer_archive_the_new_wording_is_stored_and_the_earlier_kept(synced: Home) -> None:
    synced.offer(CHANGED, SECOND)
    report = synced.sync()
    assert (report.new, report.changed, report.unchanged, report.changed_provisions) == (0, 1, 2, 1)
    new, old = synced.versions(KETTLE)
    assert (new.provision.text.split(), new.seen, new.replaced) == (NEW["1-1"].split(), SECOND, None)
    assert (old.provision.text.split(), old.seen, old.replaced) == (OLD["1-1"].split(), FIRST, SECOND)
    assert (new.provision.in_force, old.provision.in_force) == (date(2026, 1, 1), date(2006, 1, 1))
    assert new.provision.amended_by == "lov/2025-12-19-99"
    with StoreReader(synced.store) as reader:
        (change,) = reader.changes()
        assert (change.provision_id, change.day) == (KETTLE, SECOND)
        assert change.old == old.provision
        assert change.new == new.provision


def test_what_a_newer_archive_did_not_change_keeps_the_day_it_was_first_seen(synced: Home) -> None:
    synced.offer(CHANGED, SECOND)
    synced.sync()
    for provision_id in (TEA, f"{OTHER}/§1-1", f"{RULES}/§1"):
        (version,) = synced.versions(provision_id)
        assert (version.seen, version.replaced) == (FIRST, None)
        assert version.provision.text_date == SECOND  # the newer archive says the same


def test_only_the_archive_that_is_newer_is_transferred(synced: Home) -> None:
    rows = synced.server.true_rows()
    for row in rows:
        if row["filename"] == REGULATIONS:
            row["lastModified"] = f"{SECOND}T01:00:00Z"
    synced.server.rows = rows
    report = synced.sync()
    assert synced.transfers() == [REGULATIONS]
    assert (report.unchanged, report.text_date) == (1, SECOND)
    assert {i: d.text_date for i, d in synced.documents().items()} == {ACT: FIRST, OTHER: FIRST, RULES: SECOND}


def test_an_act_that_is_gone_from_the_archive_counts_as_repealed(synced: Home) -> None:
    synced.offer({work: data for work, data in ACTS.items() if work != ACT}, SECOND)
    report = synced.sync()
    assert report.withdrawn == ["arbeidsmiljøloven"]
    assert synced.documents()[ACT].withdrawn == SECOND
    (provision,) = synced.find(KETTLE)
    assert provision.repealed == SECOND
    assert provision.is_repealed(SECOND)
    assert not provision.is_repealed(FIRST)
    assert synced.find(f"{OTHER}/§1-1")[0].repealed is None
    assert synced.find(f"{RULES}/§1")[0].repealed is None  # of the other archive


@pytest.mark.parametrize("acts", [pytest.param(ACTS, id="as it was"), pytest.param(CHANGED, id="in another wording")])
def test_an_act_that_comes_back_holds_again(synced: Home, acts: Mapping[str, bytes]) -> None:
    synced.offer({OTHER: ACTS[OTHER], RULES: ACTS[RULES]}, SECOND)
    synced.sync()
    synced.offer(acts, date(2026, 4, 1))
    assert synced.sync().withdrawn == []
    assert synced.documents()[ACT].withdrawn is None
    assert synced.find(KETTLE)[0].repealed is None


def test_an_act_that_is_wanted_no_longer_is_kept_up_to_date_not_withdrawn(
    synced: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer = {work: act for work, act in acts_by_id().items() if work != ACT}
    monkeypatch.setattr(sync_module, "acts_by_id", lambda: fewer)
    synced.offer(CHANGED, SECOND)
    assert synced.sync().withdrawn == []
    assert synced.find(KETTLE)[0].repealed is None
    assert synced.wording(KETTLE)[0].split() == NEW["1-1"].split()


# --- Everything --------------------------------------------------------------------------------------------------------------


def test_everything_stays_everything(home: Home) -> None:
    report = home.sync(everything=True)
    assert set(home.documents()) == {*ACTS, "lov/1905-01-01-1", "forskrift/1905-01-01-1"}
    assert report.missing == []
    home.offer(ACTS | {UNWANTED: make_act(UNWANTED, {"1": "Kopper skal ha to hanker."})}, SECOND)
    report = home.sync()
    assert (report.changed, report.unchanged, report.withdrawn) == (1, 5, [])
    assert home.wording(f"{UNWANTED}/§1") == ["Kopper skal ha to hanker."]


def test_from_the_list_to_everything_the_archives_are_read_again_without_a_transfer(synced: Home) -> None:
    report = synced.sync(everything=True)
    assert synced.transfers() == []
    assert (report.new, report.unchanged, report.downloaded) == (3, 3, 0)
    assert UNWANTED in synced.documents()


def test_another_version_of_the_parser_reads_again_without_making_changes(
    synced: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parse_otherwise(data: bytes, *arguments: Any) -> ParsedAct:
        return parse_act(data.replace(b"hel.", b"HEL."), *arguments)

    monkeypatch.setattr(sync_module, "parse_act", parse_otherwise)
    monkeypatch.setattr(sync_module, "PARSER_VERSION", "of tomorrow")
    report = synced.sync()
    assert synced.transfers() == []
    assert (report.changed, report.unchanged, report.changed_provisions, report.has_news) == (0, 3, 0, True)
    assert "HEL." in synced.wording(KETTLE)[0]
    (version,) = synced.versions(KETTLE)
    assert (version.seen, version.replaced) == (FIRST, None)
    with StoreReader(synced.store) as reader:
        assert list(reader.changes()) == []
    assert synced.sync().has_news is False


# --- Documents that cannot be read -------------------------------------------------------------------------------------------

ENTITIES = ACTS[ACT].replace(b"<!DOCTYPE html>", b'<!DOCTYPE html [<!ENTITY te SYSTEM "file:///etc/hostname">]>')
BROKEN = {
    "not well-formed": ACTS[ACT][:-20],
    "entities": ENTITIES.replace(b"Kjelen", b"&te;"),
    "no bytes": b"",
    "no XML": b"\x00\xff\xfe te",
    "another form": b"<kanne/>",
    "no id": ACTS[ACT].replace(ACT.encode(), b"te"),
    "nested too deep": ACTS[ACT].replace(b"Kjelen", b"<b>" * 5000 + b"Kjelen" + b"</b>" * 5000),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_document_that_cannot_be_read_is_named_and_its_old_edition_stays(synced: Home, data: bytes) -> None:
    before = synced.find(KETTLE), synced.documents()[ACT]
    synced.offer(ACTS | {ACT: data, OTHER: make_act(OTHER, {"1-1": "Trygd for kopper."})}, SECOND)
    report = synced.sync()
    assert list(report.failed) == [member_of(ACT)]
    assert member_of(ACT) in report.failed[member_of(ACT)]
    assert (report.changed, report.unchanged, report.withdrawn) == (1, 1, [])
    assert (synced.find(KETTLE), synced.documents()[ACT]) == before
    assert synced.wording(f"{OTHER}/§1-1") == ["Trygd for kopper."]


def test_a_document_that_could_not_be_read_is_read_when_it_is_mended(synced: Home) -> None:
    synced.offer(ACTS | {ACT: BROKEN["not well-formed"]}, SECOND)
    synced.sync()
    synced.offer(CHANGED, date(2026, 4, 1))
    report = synced.sync()
    assert (report.failed, report.changed) == ({}, 1)
    assert [v.replaced for v in synced.versions(KETTLE)] == [None, date(2026, 4, 1)]


def test_a_document_that_cannot_be_read_the_first_time_is_named_and_left_out(home: Home) -> None:
    home.offer(ACTS | {ACT: BROKEN["entities"]})
    report = home.sync()
    assert list(report.failed) == [member_of(ACT)]
    assert ACT in report.missing
    assert set(home.documents()) == {OTHER, RULES}


# --- What fails leaves the old state -----------------------------------------------------------------------------------------


def _bomb() -> bytes:
    return pack({member_of(RULES): bytes(80 * 1024 * 1024)})


BAD_ARCHIVES = {
    "truncated": lambda: pack_acts(CHANGED)[REGULATIONS][:-40],
    "no archive": lambda: b"en kopp te" * 50,
    "only names that lead out": lambda: pack({f"../../{member_of(RULES)}": ACTS[RULES]}),
    "a bomb": _bomb,
}


@pytest.mark.parametrize("name", BAD_ARCHIVES)
def test_an_archive_that_is_refused_leaves_the_old_state(synced: Home, name: str) -> None:
    """Also of the archive before it, which was stored already"""
    before = synced.state()
    synced.offer(CHANGED, SECOND)
    synced.server.archives[REGULATIONS] = BAD_ARCHIVES[name]()
    with pytest.raises(ArchiveError, match=REGULATIONS):
        synced.sync()
    assert ("read", 2, 0) in synced.told  # the laws
    assert synced.state() == before
    assert not [path for path in synced.folder.rglob("*") if path.suffix == ".xml"]
    synced.offer(CHANGED, SECOND)
    assert synced.sync().changed == 1


def test_a_name_that_leads_out_of_the_folder_is_left_out(synced: Home) -> None:
    files = {member_of(ACT): ACTS[ACT], member_of(OTHER): ACTS[OTHER], "../ute.xml": b"ute"}
    synced.offer(ACTS, SECOND)
    synced.server.archives[LAWS] = pack(files)
    assert synced.sync().unchanged == 3
    assert not list(synced.folder.parent.rglob("ute.xml"))


def test_an_archive_damaged_on_the_disk_is_fetched_again(synced: Home) -> None:
    path = synced.folder / "lovdata" / LAWS
    path.write_bytes(bytes(path.stat().st_size))
    before = synced.state()
    with pytest.raises(ArchiveError, match="på nytt"):
        synced.sync(everything=True)
    assert synced.state() == before
    assert synced.sync(everything=True).new == 3
    assert synced.transfers() == [LAWS]


def test_a_list_without_consolidated_law_is_an_error(synced: Home) -> None:
    synced.server.archives = {"lovtidend-avd1-2001-2024.tar.bz2": b"te"}
    before = synced.state()
    with pytest.raises(LovdataError, match="Sjekk adressen"):
        synced.sync()
    assert synced.state() == before


def test_two_syncs_at_once_are_told_apart_in_one_sentence(synced: Home) -> None:
    before = synced.state()
    synced.offer(CHANGED, SECOND)
    with open_writer(synced.store), pytest.raises(StoreBusyError) as caught:
        synced.sync()
    assert "Vent til det er ferdig" in str(caught.value)
    assert synced.transfers() == []
    assert synced.state() == before
    assert synced.sync().changed == 1


def test_a_full_disk_leaves_the_old_state(synced: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = synced.state()
    open_for_writing = writer._open_for_writing

    def open_full(path: Path) -> sqlite3.Connection:
        connection = open_for_writing(path)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        return connection

    large = {f"1-{number}": "Te og vann. " * 200 for number in range(1, 40)}
    synced.offer(ACTS | {OTHER: make_act(OTHER, large)}, SECOND)
    with monkeypatch.context() as patch:
        patch.setattr(writer, "_open_for_writing", open_full)
        with pytest.raises(StoreError, match="Sjekk plass"):
            synced.sync()
    assert synced.state() == before
    assert synced.sync().changed == 1


def test_a_disk_that_is_full_for_the_archive_leaves_the_old_state(synced: Home) -> None:
    before = synced.state()
    synced.offer(CHANGED, SECOND)
    shutil.rmtree(synced.folder / "lovdata")
    (synced.folder / "lovdata").write_text("ingen mappe")
    with pytest.raises(LovdataError, match="Kontroller at mappen"):
        synced.sync()
    assert synced.state() == before


# Blocks in the middle of the reading, after the first act has been stored, until it is killed.
_HANGS = """
import sys, time
from datetime import date
from pathlib import Path
from corpus.lovdata.client import LovdataClient
from corpus.lovdata.sync import sync

def report(stage, done, total):
    if stage == "read" and done > 2:
        print("reading", flush=True)
        time.sleep(60)

folder = Path(sys.argv[2])
sync(LovdataClient(sys.argv[1]), folder / "corpus.sqlite", folder / "lovdata", everything=False, today=date(2026, 8, 1), report=report)
"""


def test_a_sync_that_is_killed_leaves_the_old_state_and_no_lock(synced: Home) -> None:
    before = synced.state()
    synced.offer(CHANGED, SECOND)
    command = [sys.executable, "-c", _HANGS, synced.server.url, str(synced.folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "reading\n"
            assert synced.wording(KETTLE)[0].split() == OLD["1-1"].split()  # while it goes on, the old state is read
        finally:
            process.send_signal(signal.SIGKILL)
    assert synced.state() == before
    assert synced.wording(KETTLE)[0].split() == OLD["1-1"].split()
    report = synced.sync()
    assert (report.changed, report.failed) == (1, {})
    assert synced.wording(KETTLE)[0].split() == NEW["1-1"].split()


def test_the_notes_say_which_archives_were_read(synced: Home) -> None:
    with StoreReader(synced.store) as reader:
        noted = json.loads(reader.note(f"archive {LAWS}") or "null")
    version = f"{len(synced.server.archives[LAWS])} {FIRST}T01:31:59.418000+00:00"
    assert noted[0] == version
    assert (synced.folder / "lovdata" / f"{LAWS}.version").read_text(encoding="utf-8") == version


def test_a_sync_without_news_notes_the_day_of_the_check(synced: Home) -> None:
    """Else the texts would pass for unchecked after six months"""
    later = date(2031, 1, 1)
    synced.sync(today=later)
    with StoreReader(synced.store) as reader:
        assert {document.checked for document in reader.documents.values()} == {later}
