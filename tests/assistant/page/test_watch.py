"""How often a client may do something on the page, and what is written of it."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import gradio as gr
import httpx
import pytest
from starlette.requests import Request

from assistant.api.rate import SlidingWindow, client_of
from assistant.nynorsk import Language
from assistant.page import Coverage, build_app, start, texts
from assistant.page.calls import callable_as
from assistant.page.tabs.tool import guard
from assistant.page.watch import Watch
from tests.assistant.page.fake import FakeAssistant, make_settings, tidy_gradio

COVERAGE = Coverage(acts=20, provisions=427, notes=213, text_date=date(2026, 7, 2))
HERE: dict[str, Any] = {"type": "http", "client": ("192.0.2.7", 1), "headers": [], "state": {}}

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # Gradio leaves event loops open


@pytest.fixture(scope="module", autouse=True)
def tidy() -> Iterator[None]:
    with tidy_gradio():
        yield


def rows_of(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [json.loads(r.getMessage()) for r in caplog.records if r.name == "assistant.api.access"]


def test_who_has_had_its_share_is_told_when_to_come_back() -> None:
    """In a sentence; others are not held up"""
    watch = Watch(window=SlidingWindow(0, lambda: 0.0), rate=2)
    told = []
    for client in ("192.0.2.7", "192.0.2.7", "192.0.2.8", "192.0.2.7"):
        with watch.event("ask", {**HERE, "client": (client, 1)}) as noted:
            told.append(noted.refusal)
    assert told[:3] == ["", "", ""]
    assert told[3] == texts.TOO_MANY.format(limit=2, seconds=60)


def test_a_limit_of_nought_holds_nobody_up() -> None:
    """And counts nothing"""
    for _ in range(1000):
        with Watch().event("ask", HERE) as noted:
            assert noted.refusal == ""


def test_all_doors_count_in_one_window() -> None:
    """What a client has asked the API counts on the page; each door has a limit of its own"""
    window = SlidingWindow(0, lambda: 0.0)
    assert [window.admit("192.0.2.7", 3) for _ in range(3)] == [0, 0, 0]
    with Watch(window=window, rate=3).event("ask", HERE) as noted:
        assert noted.refusal
    with Watch(window=window, rate=4).event("ask", HERE) as noted:
        assert noted.refusal == ""


def test_the_wait_is_until_there_is_room_under_the_door_s_limit() -> None:
    """Also when another door has let more in"""
    now = [0.0]
    window = SlidingWindow(0, lambda: now[0])
    for now[0] in (0.0, 10.0, 20.0, 30.0):
        assert window.admit("a", 9) == 0
    assert window.admit("a", 2) == 50


def test_who_has_logged_in_is_the_client_and_not_the_address() -> None:
    """Several behind one address are told apart, and a name is never an address"""
    assert client_of(HERE) == "192.0.2.7"
    assert client_of({**HERE, "state": {"user": "kari"}}) == "user kari"


def test_a_call_of_a_script_is_refused_in_the_language_of_the_page() -> None:
    """With the sentence where an answer would stand"""
    watch = Watch(window=SlidingWindow(0, lambda: 0.0), rate=1)
    call = callable_as("find", lambda sent: {"html": "<p>Kilder</p>"}, Language.NYNORSK, watch)
    request = gr.Request(Request({**HERE, "path": "/", "query_string": b""}))
    assert call({}, request) == {"html": "<p>Kjelder</p>"}
    assert call({}, request)["problem"].startswith("Du har spurt meir enn 1 gonger på eit minutt")


def test_a_line_has_what_happened_and_never_what_was_asked(caplog: pytest.LogCaptureFixture) -> None:
    """Event, status, milliseconds and outcome; nothing is written unless it is asked for"""
    with caplog.at_level(logging.INFO, "assistant.api.access"):
        with Watch(is_logged=True).event("duty-form", HERE) as noted:
            guard(lambda: 1 / 0, noted)  # type: ignore[arg-type, return-value]
        with Watch().event("ask", HERE):
            pass
    (row,) = rows_of(caplog)
    assert list(row) == ["time", "event", "status", "ms", "outcome"]
    assert (row["event"], row["status"], row["outcome"]) == ("duty-form", 500, None)
    assert "192.0.2.7" not in json.dumps(row)


def ask(address: str, question: str, config: dict[str, Any]) -> str:
    """Ask as the page does, and return what it shows at last."""
    index = next(d["id"] for d in config["dependencies"] if len(d["targets"]) == 3)
    body = {
        "data": [question, [], None],
        "fn_index": index,
        "session_hash": "s",
        "event_data": None,
        "trigger_id": None,
    }
    httpx.post(f"{address}gradio_api/queue/join", json=body).raise_for_status()
    with httpx.stream("GET", f"{address}gradio_api/queue/data?session_hash=s", timeout=20) as lines:
        for line in lines.iter_lines():
            if '"process_completed"' in line:
                return line
    return ""


def test_a_question_too_many_is_told_on_the_page(caplog: pytest.LogCaptureFixture) -> None:
    """By the box, without an answer; the log has all of them by what became of them"""
    settings = replace(make_settings(), page_rate=3, api_log=True)
    assistant = FakeAssistant()
    app = start(assistant, settings, COVERAGE)
    with caplog.at_level(logging.INFO, "assistant.api.access"):
        shown = [ask(app.local_url, question, app.config) for question in ("hemmelig ukjent", "", "krasj", "for mange")]
    app.close(verbose=False)
    assert "mer enn 3 ganger på et minutt" in json.loads(shown[3].removeprefix("data: "))["output"]["data"][3]
    assert [question for question, _ in assistant.asked] == ["hemmelig ukjent", "krasj"]
    rows = rows_of(caplog)
    assert [(row["event"], row["status"], row["outcome"]) for row in rows] == [
        ("ask", 200, "abstained"), ("ask", 422, None), ("ask", 500, None), ("ask", 429, None),
    ]  # fmt: skip
    assert "hemmelig" not in "".join(map(json.dumps, rows))


def test_a_function_of_a_script_counts_as_it_is_called(caplog: pytest.LogCaptureFixture) -> None:
    """Gradio calls it with another request than it gives to handlers"""
    app = start(FakeAssistant(), replace(make_settings(), page_rate=1, api_log=True), COVERAGE)
    lookup = next(c["id"] for c in app.config["components"] if c["props"].get("elem_id") == "lookup")
    body = {"session_hash": "s", "component_id": lookup, "fn_name": "chapters", "data": "tull"}
    with caplog.at_level(logging.INFO, "assistant.api.access"):
        told = [
            httpx.post(f"{app.local_url}gradio_api/component_server", json=body).json()["problem"] for _ in range(2)
        ]
    app.close(verbose=False)
    assert "Dokumentet finnes ikke" in told[0]
    assert "mer enn 1 ganger" in told[1]
    assert [row["status"] for row in rows_of(caplog)] == [200, 429]


def test_the_document_check_counts_too() -> None:
    """It does not go through Gradio"""
    app = start(FakeAssistant(), replace(make_settings(), page_rate=1), COVERAGE)
    url = f"{app.local_url}dokumentsjekk?kind=plan&name=a.exe&language=nn"
    posted = [
        httpx.post(url, content=b"x", headers={"content-type": "application/octet-stream"}).text for _ in range(2)
    ]
    app.close(verbose=False)
    assert "ikkje ein filtype" in posted[0]
    assert "meir enn 1 gonger" in posted[1]


def test_the_languages_share_their_limits() -> None:
    """Nobody gets twice the room by asking on both"""
    app = build_app(FakeAssistant(), COVERAGE)
    limited = [
        fn.concurrency_id for fn in app.fns.values() if fn.targets and fn.concurrency_id in {"ask", "claims-form"}
    ]
    assert sorted(limited) == ["ask", "ask", "claims-form", "claims-form"]
