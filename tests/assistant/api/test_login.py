"""The optional log-in before page and API."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from assistant.api import LogIn, asks_log_in
from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.users import Users

PASSWORD = "en lang og god setning"
Make = Callable[..., TestClient]


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    """What is behind the log-in."""
    await PlainTextResponse("inne")(scope, receive, send)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(home=tmp_path, cache=tmp_path)
    Users(settings.users).add("kari", PASSWORD)
    return settings


@pytest.fixture
def make(settings: Settings) -> Make:
    """Makes clients of a page behind the log-in."""

    def make(**changes: Any) -> TestClient:
        return TestClient(LogIn(page, replace(settings, **changes)), base_url="http://127.0.0.1")

    return make


def test_nobody_is_asked_to_log_in_until_somebody_can(tmp_path: Path, settings: Settings) -> None:
    assert asks_log_in(settings)
    assert not asks_log_in(replace(settings, home=tmp_path / "tom"))


def test_who_has_the_password_is_let_in(make: Make) -> None:
    client = make()
    for auth in (None, ("kari", "feil"), ("ola", PASSWORD)):
        response = client.get("/", auth=auth)
        assert response.status_code == 401
        assert response.headers["www-authenticate"].startswith("Basic ")
        assert "inne" not in response.text
    assert client.get("/", auth=("kari", PASSWORD)).text == "inne"
    for header in ("Basic", "Basic !!!", "Basic a2FyaQ==", "Bearer x"):
        assert client.get("/", headers={"authorization": header}).status_code == 401


def test_the_password_is_hashed_once_and_a_removed_user_is_out_at_once(
    make: Make, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, checks = make(), []
    real = Users.check
    monkeypatch.setattr(Users, "check", lambda self, *given: checks.append(given) or real(self, *given))
    assert {client.get("/", auth=("kari", PASSWORD)).status_code for _ in range(5)} == {200}
    assert len(checks) == 1
    Users(settings.users).remove("kari")
    assert client.get("/", auth=("kari", PASSWORD)).status_code == 401


def test_guessing_is_slowed(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the work of a hash is done; who is in already notices nothing"""
    client = make()
    client.get("/", auth=("kari", PASSWORD))
    monkeypatch.setattr(Users, "check", lambda *_: False)
    statuses = [client.get("/", auth=("kari", f"gjett {n}")).status_code for n in range(21)]
    assert statuses == [401] * 19 + [429] * 2
    assert client.get("/", auth=("kari", PASSWORD)).text == "inne"


def test_the_api_asks_for_its_token_where_it_has_one(make: Make) -> None:
    """And for the log-in where it has none; the health is open"""
    for path in ("/api/v1/ask", "/mcp", "/metrics"):
        assert make().get(path).status_code == 401
        assert make(api_token="x" * 16).get(path).text == "inne"
    assert make().get("/api/v1/health").text == "inne"
    assert make(api_token="x" * 16).get("/").status_code == 401


def test_a_proxy_on_this_machine_is_believed_and_no_other(make: Make, settings: Settings) -> None:
    client = make(user_header="X-Forwarded-User")
    assert client.get("/").status_code == 401
    assert client.get("/", auth=("kari", PASSWORD)).status_code == 401
    assert client.get("/", headers={"x-forwarded-user": " "}).status_code == 401
    assert client.get("/", headers={"x-forwarded-user": "kari"}).text == "inne"
    with pytest.raises(SettingsError, match=r"0\.0\.0\.0"):
        asks_log_in(replace(settings, user_header="X-Forwarded-User", host="0.0.0.0"))
