"""The way in for administrators: who gets in, what is refused, and what is shown of a change."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from assistant import administration as changing
from assistant.administration import Administration, Work
from assistant.dialogue import Assistant
from assistant.errors import SettingsError
from assistant.page.administer import AdministerSources, may_administer
from assistant.page.tabs import administer_texts as texts
from assistant.page.tabs import texts as tool_texts
from assistant.page.tabs.administer import ADD, FETCH, LIST, WORK, render_work
from assistant.page.tabs.documents import MAX_BYTES
from assistant.settings import Settings
from assistant.users import Users
from corpus.lovdata.sync import SyncReport
from tests.assistant.page.fake import LIBRARY, FakeAssistant
from tests.assistant.page.tabs.filled import text_of

TODAY = date(2026, 11, 22)
OURS = {"content-type": "application/octet-stream", "sec-fetch-site": "same-origin"}
WRONG = b"Alle bedrifter med over 50 ansatte skal ha bedriftshelsetjeneste. <script>alert(1)</script>\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "home").mkdir()
    return Settings(home=tmp_path / "home", cache=tmp_path / "cache", admin=True)


@pytest.fixture
def client(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(changing, "update_index", lambda *_: None)
    fake = cast(Assistant, FakeAssistant(library=LIBRARY))
    monkeypatch.setattr(Assistant, "open", lambda *_: fake)
    app = Starlette(middleware=[Middleware(AdministerSources, administration=Administration(fake, settings))])
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def post(client: TestClient, data: bytes = WRONG, name: str = "bok.txt", **changes: Any) -> Any:
    return client.post(ADD, **({"params": {"name": name}, "content": data, "headers": OURS} | changes))


def test_a_document_is_added_and_its_conflict_shown(client: TestClient) -> None:
    """First how far it has come, then the claim with the rule; nothing in it is obeyed"""
    first = post(client)
    assert first.status_code == 200
    for _ in range(200):
        html = client.get(WORK).text
        if "data-work" not in html:
            break
        time.sleep(0.05)
    assert texts.ADDED_WITH_CONFLICTS.format(count=1) in text_of(html)
    assert "50 ansatte" in html
    assert "<script" not in html
    assert "<h2>" in client.get(LIST).text


@pytest.mark.parametrize(
    "changes",
    [
        {"headers": OURS | {"sec-fetch-site": "cross-site"}},
        {"headers": OURS | {"sec-fetch-site": "same-site"}},
        {"headers": OURS | {"host": "ond.example"}},  # a name of somebody else's that leads here
        {"headers": {"content-type": "text/plain"}},  # what a form of another site can send
    ],
    ids=["another site", "a neighbour", "another name", "a form"],
)
def test_others_do_not_get_in(client: TestClient, changes: dict[str, Any]) -> None:
    """Nothing is begun"""
    assert post(client, **changes).status_code in {403, 405}
    assert client.get(WORK).text == ""


@pytest.mark.parametrize("path", [ADD, FETCH])
def test_a_link_changes_nothing(client: TestClient, path: str) -> None:
    """Only a post does"""
    assert client.get(path).status_code == 405
    assert client.get(WORK).text == ""


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("", b"x", tool_texts.FILE_NEEDED),
        ("a.txt", b"", tool_texts.FILE_NEEDED),
        ("a.exe", b"x", "ikke en filtype"),
        ("a.txt", b"x" * (MAX_BYTES + 1), "grensen er 20 MB"),
    ],
    ids=["no name", "empty", "type", "size"],
)
def test_what_is_no_document_is_said_by_the_field(client: TestClient, name: str, data: bytes, said: str) -> None:
    """Before anything is read"""
    html = post(client, data, name).text
    assert said in text_of(html)
    assert 'data-field="file"' in html
    assert client.get(WORK).text == ""


def test_the_setting_alone_opens_only_this_machine(settings: Settings) -> None:
    """Where others reach the page, there must be a log-in; the complaint says how"""
    assert may_administer(settings)
    assert not may_administer(replace(settings, admin=False, host="0.0.0.0"))
    with pytest.raises(SettingsError, match="bht user add"):
        may_administer(replace(settings, host="0.0.0.0"))
    Users(settings.users).add("kari", "et langt passord 123")
    assert may_administer(replace(settings, host="0.0.0.0"))


def test_what_is_under_way_and_what_came_of_it_is_told() -> None:
    """With how much is done, and without saying that anything is new when nothing is"""
    assert render_work(None, TODAY) == ""
    html = render_work(Work(stage="embed", done=1, total=4), TODAY)
    assert "25 %" in html
    assert "data-work" in html
    assert "Ikke plass" in render_work(Work(is_over=True, problem="Ikke plass."), TODAY)
    fetched = render_work(Work(is_over=True, fetched=SyncReport(new=2, failed={"<b>": "galt"})), TODAY)
    assert texts.FETCHED in fetched
    assert "<b>" not in fetched
    nothing = render_work(Work(is_over=True, fetched=SyncReport()), TODAY)
    assert texts.NOTHING_NEW in nothing
    assert "Tatt i bruk" not in nothing
