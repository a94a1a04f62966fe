"""Who may ask, how often and how much, and what is kept of it."""

import json
import logging

import pytest

from assistant.api.guard import MOST_BYTES
from assistant.api.rate import SlidingWindow
from tests.assistant.api.conftest import Connect

TOKEN = "en-lang-hemmelig-nokkel"
ASKED = {"question": "Må en frisørsalong med tre ansatte ha BHT?"}


def test_a_token_is_asked_for_everywhere_but_in_the_open(connect: Connect) -> None:
    client = connect(api_token=TOKEN)
    for method, path in (
        ("GET", "/api/v1/search?q=hei"),
        ("POST", "/api/v1/ask"),
        ("POST", "/mcp"),
        ("GET", "/metrics"),
    ):
        for headers in (
            {},
            {"authorization": "Bearer feil"},
            {"authorization": TOKEN},
            {"authorization": f"Basic {TOKEN}"},
        ):
            response = client.request(method, path, headers=headers)
            assert response.status_code == 401
            assert response.headers["www-authenticate"] == "Bearer"
            assert "api_token" in response.json()["error"]
    for path in ("/api/v1/health", "/api/v1/openapi.json"):
        assert client.get(path).status_code == 200
    right = {"authorization": f"Bearer {TOKEN}"}
    assert client.post("/api/v1/ask", json=ASKED, headers=right).status_code == 200
    assert client.get("/metrics", headers=right).status_code == 200  # fmt: skip


def test_the_documentation_says_that_a_token_is_needed(connect: Connect) -> None:
    paths = connect(api_token=TOKEN).get("/api/v1/openapi.json").json()["paths"]
    assert paths["/api/v1/ask"]["post"]["security"]
    assert "401" in paths["/api/v1/ask"]["post"]["responses"]
    assert "security" not in paths["/api/v1/health"]["get"]


def test_too_much_is_refused_before_it_is_read(connect: Connect) -> None:
    """By what is declared, and by what comes"""
    client = connect()
    body = b'{"question": "' + b"a" * MOST_BYTES + b'"}'
    for content in (body, iter([body])):
        response = client.post("/api/v1/ask", content=content, headers={"content-type": "application/json"})
        assert response.status_code == 413
        assert "256 kB" in response.json()["error"]


def test_who_asks_too_often_is_told_when_to_come_back(connect: Connect) -> None:
    client = connect(api_rate=2)
    answers = [client.post("/api/v1/ask", json=ASKED) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert "i minuttet" in answers[-1].json()["error"]
    assert client.get("/api/v1/health").status_code == 200


def test_the_window_slides_and_each_client_has_its_own() -> None:
    now = [0.0]
    window = SlidingWindow(2, lambda: now[0])
    assert [window.admit("a"), window.admit("b"), window.admit("a")] == [0, 0, 0]
    now[0] = 30
    assert (window.admit("a"), window.admit("b")) == (30, 0)
    now[0] = 60
    assert (window.admit("a"), window.admit("a"), window.admit("a")) == (0, 0, 60)


def test_a_page_elsewhere_cannot_reach_in_under_another_name(connect: Connect) -> None:
    """Neither by a name that it points at this machine, nor from its own address"""
    assert connect(base_url="http://evil.example:7860").get("/api/v1/search?q=hei").status_code == 421
    client = connect()
    assert client.get("/api/v1/search?q=hei", headers={"origin": "https://evil.example"}).status_code == 421
    assert client.get("/api/v1/search?q=hei", headers={"origin": "http://localhost:3000"}).status_code == 200
    assert connect(base_url="http://[::1]:7860").get("/api/v1/search?q=hei").status_code == 200
    assert connect(base_url="http://bht.example", host="0.0.0.0").get("/api/v1/search?q=hei").status_code == 200


def test_figures_are_for_this_machine_alone(connect: Connect) -> None:
    client = connect(host="0.0.0.0", client=("203.0.113.9", 1))
    assert client.get("/metrics").status_code == 403
    assert client.get("/api/v1/health").status_code == 200


def test_what_is_counted_and_logged_never_holds_what_was_asked(
    connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    client = connect(api_log=True)
    with caplog.at_level(logging.INFO, "assistant.api.access"):
        client.post("/api/v1/ask", json=ASKED)
        client.get("/api/v1/search?q=hemmelig")
        client.get("/api/v1/provisions/aml%203-3")
        client.get("/api/v1/hemmelig")
    figures = client.get("/metrics").text
    assert 'bht_requests_total{method="POST",route="/api/v1/ask",status="200"} 1.0' in figures
    assert 'bht_outcomes_total{outcome="answered",route="/api/v1/ask"} 1.0' in figures
    assert 'route="/api/v1/provisions/{address:path}"' in figures
    assert 'route="other",status="404"' in figures
    rows = [json.loads(r.getMessage()) for r in caplog.records if r.name == "assistant.api.access"]
    assert [row["status"] for row in rows] == [200, 200, 200, 404]
    assert list(rows[0]) == ["time", "method", "route", "status", "ms", "outcome"]
    for kept in (figures, caplog.text):
        for word in ("frisør", "hemmelig", "3-3", "127.0.0.1"):
            assert word not in kept


def test_nothing_is_logged_unless_it_is_asked_for(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    client = connect()
    with caplog.at_level(logging.INFO, "assistant.api.access"):
        client.post("/api/v1/ask", json=ASKED)
    assert [r for r in caplog.records if r.name == "assistant.api.access"] == []
