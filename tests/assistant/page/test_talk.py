"""What the tab Spør costs the server: what is sent for an answer, and what is kept of a visit."""

import inspect
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import gradio as gr
import httpx
import pytest
from gradio.queueing import Queue

from assistant.page import start
from assistant.page.build import SESSIONS_AT_MOST
from tests.assistant.page.fake import TWO_SOURCES, FakeAssistant, make_settings, tidy_gradio

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # Gradio leaves event loops open


@pytest.fixture(scope="module", autouse=True)
def tidy() -> Iterator[None]:
    with tidy_gradio():
        yield


@pytest.fixture(scope="module")
def page(tidy: None) -> Iterator[gr.Blocks]:
    app = start(FakeAssistant(), make_settings())
    yield app
    app.close(verbose=False)


def ask(client: httpx.Client, question: str, session: str) -> list[dict[str, Any]]:
    """Return what the page is sent when a question is asked, as its own script asks."""
    config = client.get("/config").raise_for_status().json()
    names = {part["id"]: part["props"].get("elem_id") for part in config["components"]}
    event = next(d for d in config["dependencies"] if [names[part] for part in d["inputs"][:2]] == ["question", "talk"])
    body = {"data": [question, [], None], "fn_index": event["id"], "session_hash": session}
    client.post("/gradio_api/queue/join", json=body).raise_for_status()
    stream = client.get("/gradio_api/queue/data", params={"session_hash": session}).raise_for_status()
    return [json.loads(line.removeprefix("data: ")) for line in stream.text.splitlines() if line.startswith("data: ")]


@pytest.fixture(scope="module")
def sent(page: gr.Blocks) -> list[dict[str, Any]]:
    with httpx.Client(base_url=page.local_url, timeout=30, trust_env=False) as client:
        return ask(client, "Må vi ha BHT?", "one")


def test_an_answer_takes_three_messages(sent: list[dict[str, Any]]) -> None:
    """That it is looked for, the answer, and Gradio's own last word, which repeats it"""
    kinds = [message["msg"] for message in sent if "output" in message]
    assert kinds == ["process_generating", "process_generating", "process_completed"]
    assert sent[-2]["output"]["data"][0][1]["content"] == TWO_SOURCES.text


def test_an_answer_is_sent_no_more_than_twice(sent: list[dict[str, Any]]) -> None:
    """Once when it is there and once by Gradio; with what is round it that is less than three times the talk and its panel"""
    last = sent[-2]["output"]["data"]
    needed = len(json.dumps([last[0], last[1]]))
    assert sum(len(json.dumps(message)) for message in sent) < 3 * needed


def test_what_the_user_types_meanwhile_is_left_alone(sent: list[dict[str, Any]]) -> None:
    """The box is emptied with the first message, and in the others it has no value"""
    first, *others = (message["output"]["data"][2] for message in sent if "output" in message)
    assert first == ""
    assert all("value" not in str(other) for other in others)


def test_only_so_many_visits_are_kept(page: gr.Blocks) -> None:
    """What Gradio keeps of each page that was open would else grow until the server is started again"""
    held = page.state_holder
    for visit in range(SESSIONS_AT_MOST + 5):
        held[f"visit {visit}"]
    assert len(held.session_data) == SESSIONS_AT_MOST
    assert len(held.time_last_used) == SESSIONS_AT_MOST


def test_the_queue_rests_when_nobody_asks(page: gr.Blocks) -> None:
    """Gradio would look a thousand times a second; the name of what it rests by is Gradio's own"""
    assert page._queue.sleep_when_free >= 0.01
    assert "asyncio.sleep(self.sleep_when_free)" in inspect.getsource(Queue.start_processing)


def test_no_question_waits_for_a_drawing_library() -> None:
    """Gradio asks matplotlib at each event how it draws, and the first time that loads all of it"""
    program = (
        "import sys, assistant.page; from gradio.utils import MatplotlibBackendMananger as Manager\n"
        "with Manager(): pass\n"
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
