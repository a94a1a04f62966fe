"""Changing the sources while the assistant serves: one change at a time, and a new assistant only when all is ready."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any, cast

import pytest

from assistant import administration as changing
from assistant import texts
from assistant.administration import Administration, Work, follow
from assistant.dialogue import Assistant
from assistant.errors import NotReadyError, UsageError
from assistant.settings import Settings
from corpus.lovdata.client import LovdataClient
from corpus.store import StoreReader
from tests.corpus.lovdata.archives import make_act, pack_acts
from tests.corpus.lovdata.server import serving

WRONG = (
    "Alle bedrifter med over 50 ansatte må ha bedriftshelsetjeneste.\n\nKvistfuglrunden går hver torsdag klokka 11.\n"
)
ACT = "lov/2005-06-17-62"


class Stub:
    """Stands for an assistant: only which of them is in use matters here."""

    def __init__(self, name: str) -> None:
        self.name = name


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", cache=tmp_path / "cache", admin=True)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done about the index and the assistant; both are made for show."""
    done: list[str] = []
    monkeypatch.setattr(changing, "update_index", lambda *_: done.append("index"))
    monkeypatch.setattr(Assistant, "open", lambda *_: done.append("open") or Stub("new"))
    return done


def administer(settings: Settings) -> Administration:
    settings.home.mkdir(exist_ok=True)
    return Administration(cast(Assistant, Stub("old")), settings)


def wait(work: Work) -> Work:
    end = time.monotonic() + 30
    while not work.is_over and time.monotonic() < end:
        time.sleep(0.02)
    assert work.is_over
    return work


def documents(settings: Settings) -> dict[str, str]:
    with StoreReader(settings.store) as reader:
        return {document.document_id: document.file for document in reader.documents.values()}


def test_an_added_document_is_flagged_and_the_assistant_replaced(settings: Settings, calls: list[str]) -> None:
    """The conflict comes with the report; who held the old assistant keeps it; nothing of the upload is left but the copy"""
    administration = administer(settings)
    old, newest = administration.assistant, cast(Any, follow(administration))
    assert newest.name == "old"
    work = wait(administration.add("håndbok.txt", WRONG.encode()))
    assert work.problem == ""
    assert work.added
    assert [c.claim for c in work.added.added[0].conflicts] == [
        "Alle bedrifter med over 50 ansatte må ha bedriftshelsetjeneste."
    ]
    assert calls == ["index", "open"]
    assert newest.name == "new"
    assert cast(Any, old).name == "old"
    assert not settings.upload_folder.exists()
    assert len(list(settings.own_folder.iterdir())) == 1


def test_the_same_name_replaces_and_the_same_words_change_nothing(settings: Settings, calls: list[str]) -> None:
    """A new version takes the place of the old one"""
    administration = administer(settings)
    wait(administration.add("rutine.txt", WRONG.encode()))
    wait(administration.add("rutine.txt", WRONG.replace("11", "12").encode()))
    assert len(documents(settings)) == 1
    before = list(calls)
    known = wait(administration.add("rutine.txt", WRONG.replace("11", "12").encode()))
    assert known.added
    assert known.added.known == ["rutine.txt"]
    assert not known.is_changed
    assert calls == before


@pytest.mark.parametrize("name", ["../../ute.txt", "..\\ute.txt", "/etc/ute.txt", ".ute.txt"])
def test_a_name_leads_nowhere_else(name: str, settings: Settings, calls: list[str], tmp_path: Path) -> None:
    """Only its last part counts"""
    administration = administer(settings)
    assert wait(administration.add(name, WRONG.encode())).problem == ""
    assert documents(settings).popitem()[1] == str(settings.upload_folder / "ute.txt")
    assert not list(tmp_path.rglob("*ute.txt"))


@pytest.mark.parametrize("name", ["", "..", "a\nb.txt", "/"])
def test_a_file_without_a_usable_name_is_refused(name: str, settings: Settings) -> None:
    """Before anything is begun"""
    administration = administer(settings)
    with pytest.raises(UsageError, match="navn"):
        administration.add(name, b"x")
    assert administration.work is None


def test_what_cannot_be_read_leaves_everything_as_it_was(settings: Settings, calls: list[str]) -> None:
    """A sentence on why, and the old assistant"""
    administration = administer(settings)
    work = wait(administration.add("rar.pdf", b"%PDF-1.7\nikke mer"))
    assert work.problem
    assert calls == []
    assert cast(Any, administration.assistant).name == "old"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NotReadyError("Ikke plass på disken."), "Ikke plass på disken."),
        (RuntimeError("noe internt: /hemmelig/sti"), texts.CHANGE_FAILED),
    ],
)
def test_an_assistant_that_cannot_be_opened_replaces_nothing(
    error: Exception, said: str, settings: Settings, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old one goes on, and what was stored is taken into use with the next attempt"""

    def fail(*_: object) -> None:
        raise error

    make = Assistant.open
    monkeypatch.setattr(Assistant, "open", fail)
    administration = administer(settings)
    assert wait(administration.add("håndbok.txt", WRONG.encode())).problem == said
    assert cast(Any, administration.assistant).name == "old"
    monkeypatch.setattr(Assistant, "open", make)
    assert wait(administration.add("håndbok.txt", WRONG.encode())).problem == ""
    assert cast(Any, administration.assistant).name == "new"


def test_one_change_at_a_time(settings: Settings, calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A second one is told to wait, and the first goes on"""
    go = Event()
    monkeypatch.setattr(changing, "update_index", lambda *_: go.wait(30))
    administration = administer(settings)
    work = administration.add("en.txt", WRONG.encode())
    with pytest.raises(UsageError, match="endres allerede"):
        administration.add("to.txt", WRONG.encode())
    go.set()
    assert wait(work).problem == ""


def test_the_official_text_is_fetched(settings: Settings, calls: list[str]) -> None:
    """From a server, with how far it has come; a second time there is nothing to do; one that is down is said in a sentence"""
    administration = administer(settings)
    with serving() as server:
        server.archives, server.modified = (
            pack_acts({ACT: make_act(ACT, {"3-3": "Kjelen skal være hel."})}),
            "2026-03-01T01:31:59Z",
        )
        make: Callable[[], LovdataClient] = lambda: LovdataClient(server.url, sleep=lambda _: None)  # noqa: E731
        work = wait(administration.fetch(make))
        assert work.problem == ""
        assert work.fetched
        assert work.fetched.new == 1
        assert set(documents(settings)) == {ACT}
        assert calls == ["index", "open"]
        assert not wait(administration.fetch(make)).is_changed
        assert calls == ["index", "open"]
    assert wait(administration.fetch(make)).problem
