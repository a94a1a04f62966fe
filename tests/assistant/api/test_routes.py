"""What the API answers."""

import asyncio
import json
import shlex
import time
from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from assistant.answer import Answer
from assistant.api import create_api, shapes
from assistant.dialogue import Assistant
from assistant.errors import NotReadyError
from assistant.show import show_provision
from assistant.workers import WORKERS
from corpus.document import Document
from corpus.library import Library
from tests.assistant.api.conftest import HERE, SETTINGS, Connect
from tests.assistant.cli.run import ROOT
from tests.assistant.test_workers import run
from tests.conftest import NoSearch, make_edition, make_official

QUESTION = "Må en frisørsalong med tre ansatte ha BHT?"


def without_time(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "latency_s"}


def test_a_question_is_answered_as_everywhere_else(client: TestClient, bare: Assistant) -> None:
    response = client.post("/api/v1/ask", json={"question": QUESTION, "id": "7"})
    assert response.status_code == 200
    assert response.json()["verdict"] == "ja"
    assert without_time(response.json()) == without_time(bare.ask(QUESTION).identified("7").to_json())


class Counting:
    """Answers as another assistant does, and remembers how many questions it had at a time."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._lock = Lock()
        self._now = self.most = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)

    def stream(self, *arguments: Any) -> Iterator[Answer]:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(0.02)
        yield from self._assistant.stream(*arguments)
        with self._lock:
            self._now -= 1


def test_many_at_once_are_answered_a_few_at_a_time(bare: Assistant) -> None:
    """All of them, by no more threads than help: more would keep the event loop from running"""
    counting = Counting(bare)

    async def ask_all() -> list[httpx.Response]:
        transport = httpx.ASGITransport(create_api(counting, SETTINGS))  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
            asked = (client.post("/api/v1/ask", json={"question": QUESTION, "id": str(n)}) for n in range(12))
            return list(await asyncio.gather(*asked))

    assert [answer.json()["id"] for answer in run(ask_all())] == [str(n) for n in range(12)]
    assert counting.most == WORKERS


def test_a_follow_up_is_understood_by_the_talk_before_it(client: TestClient, bare: Assistant) -> None:
    first = bare.ask("Må vi ha BHT?")
    history = [{"role": "user", "content": "Må vi ha BHT?"}, {"role": "assistant", "content": first.text}]
    response = client.post("/api/v1/ask", json={"question": "vi er frisør", "history": history})
    assert response.json()["verdict"] == "ja"


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/api/v1/ask?stream=true", {}), ("/api/v1/ask", {"accept": "text/event-stream"})],
    ids=["asked for", "accepted"],
)
def test_a_streamed_answer_is_the_same_answer(client: TestClient, path: str, headers: dict[str, str]) -> None:
    """The pieces are together its text, and the last event is all of it"""
    response = client.post(path, json={"question": QUESTION}, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    events = [
        dict(line.split(": ", 1) for line in event.splitlines()) for event in response.text.split("\n\n") if event
    ]
    whole = json.loads(events[-1]["data"])
    assert [event["event"] for event in events] == ["text"] * (len(events) - 1) + ["answer"]
    assert len(events) > 2
    assert "".join(json.loads(event["data"])["text"] for event in events[:-1]) == whole["answer"]
    assert without_time(whole) == without_time(client.post("/api/v1/ask", json={"question": QUESTION}).json())


@pytest.mark.parametrize(
    "address", ["aml 3-3", "aml § 3-3", "lov/2005-06-17-62/§3-3", "arbeidsmiljøloven 3-3 første ledd"]
)
@pytest.mark.parametrize("safe", ["", "/"], ids=["encoded", "with slashes"])
def test_a_provision_is_found_as_people_write_it(client: TestClient, library: Library, address: str, safe: str) -> None:
    response = client.get(f"/api/v1/provisions/{quote(address, safe=safe)}")
    assert response.status_code == 200
    assert response.json() == show_provision(library.look_up("lov/2005-06-17-62/§3-3")[0], library)


def test_a_search_by_address_finds_the_part(client: TestClient) -> None:
    hits = client.get("/api/v1/search", params={"q": "OLM § 13-2 bokstav e"}).json()["hits"]
    assert hits[0]["provision_id"] == "forskrift/2011-12-06-1355/§13-2"
    assert hits[0]["portion"] == "ledd/1/bokstav/e"
    whole = client.get(f"/api/v1/provisions/{quote(hits[0]['provision_id'])}").json()
    text = {text["kind"]: text["text"] for text in whole["texts"]}[hits[0]["kind"]]
    assert text[hits[0]["start"] : hits[0]["end"]] == hits[0]["text"]


def test_the_duty_check_asks_for_what_it_needs(client: TestClient) -> None:
    listed = client.post("/api/v1/duty", json={"industries": ["frisør"], "employees": 3})
    assert (listed.status_code, listed.json()["outcome"]) == (200, "listed")
    for body, named in (({}, "frisørsalong"), ({"industries": ["xyzzy"]}, "xyzzy"), ({"codes": ["99.999"]}, "99.999")):
        response = client.post("/api/v1/duty", json=body)
        assert response.status_code == 422
        assert named in response.json()["error"]


def test_the_claims_of_a_text_are_checked(client: TestClient) -> None:
    text = "Alle bedrifter med over 20 ansatte må ha BHT. Hva mener du?"
    checked = client.post("/api/v1/verify", json={"text": text}).json()
    (claim,) = checked["claims"]
    assert (claim["finding"], text[claim["start"] : claim["end"]]) == ("contradicted", claim["claim"])
    assert checked["counts"] == {"supported": 0, "contradicted": 1, "not_found": 0}


def test_the_health_says_what_the_answers_rest_on(client: TestClient, library: Library) -> None:
    health = client.get("/api/v1/health").json()
    assert (health["status"], health["provisions"]) == ("ok", len(library.known))


@pytest.mark.parametrize(
    ("body", "status", "named"),
    [
        pytest.param("{", 400, "JSON", id="broken JSON"),
        pytest.param('{"question": "\xe6'.encode("latin-1") + b'"}', 400, "UTF-8", id="latin-1"),
        pytest.param("{}", 422, "Mangler «question»", id="nothing asked"),
        pytest.param('{"question": 7}', 422, "«question» må være tekst", id="a number"),
        pytest.param('{"question": "??"}', 422, "ingen ord", id="no words"),
        pytest.param(json.dumps({"question": "a" * 2001}), 422, "2000", id="too long"),
        pytest.param('{"question": "a", "historie": []}', 422, "«historie» er ukjent", id="misspelt"),
        pytest.param('{"question": "a", "history": [{"role": "system", "content": ""}]}', 422, "'user' eller", id="role"),
        pytest.param('{"question": "a", "as_of": "i går"}', 422, "2026-01-31", id="a day in words"),
        pytest.param('{"question": "\\ud800 hei"}', 422, "Unicode", id="half a letter"),
        pytest.param('{"\\ud800": 1, "question": "a"}', 422, "Unicode", id="half a letter as a name"),
        pytest.param("[" * 5000, 400, "JSON", id="too deep"),
        pytest.param('"a"', 422, "JSON-objekt", id="no object"),
    ],
)  # fmt: skip
def test_a_bad_request_is_one_norwegian_sentence(
    client: TestClient, body: str | bytes, status: int, named: str
) -> None:
    response = client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code == status
    assert list(response.json()) == ["error"]
    assert named in response.json()["error"]


@pytest.mark.parametrize(
    ("method", "path", "status", "named"),
    [
        ("GET", "/api/v1/provisions/aml%2099-99", 404, "99-99"),
        ("GET", "/api/v1/provisions/tull", 404, "tull"),
        ("GET", "/api/v1/tull", 404, "openapi.json"),
        ("GET", "/api/v1/search", 422, "Mangler «q»"),
        ("GET", "/api/v1/search?q=hei&limit=0", 422, "«limit» må være 1 eller mer"),
        ("GET", "/api/v1/ask", 405, "GET"),
        ("GET", "/docs", 404, "openapi.json"),
    ],
)
def test_what_is_not_there_is_said_with_a_remedy(
    client: TestClient, method: str, path: str, status: int, named: str
) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    assert named in response.json()["error"]


class Broken:
    """An assistant that fails."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def stream(self, *_: object) -> Iterator[Answer]:
        """Fail."""
        raise self._error


def test_a_crash_is_a_sentence_without_its_cause(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    response = connect(Broken(RuntimeError("/hemmelig/sti"))).post("/api/v1/ask", json={"question": "Hei?"})
    assert response.status_code == 500
    assert "hemmelig" not in response.text
    assert "galt" in response.json()["error"]
    assert "RuntimeError" in caplog.text


def test_an_index_that_cannot_be_used_is_no_crash(connect: Connect) -> None:
    response = connect(Broken(NotReadyError("Indeksen mangler."))).post("/api/v1/ask", json={"question": "Hei?"})
    assert (response.status_code, response.json()) == (503, {"error": "Indeksen mangler."})


def test_the_documentation_shows_what_is_sent(
    client: TestClient, invented: tuple[Document, ...], with_store: Callable[..., Library]
) -> None:
    """Each field is there, and no other: the models are not what writes the answers"""
    rule = invented[0].provisions[0]
    official = with_store(invented, make_edition(invented[0], make_official(rule)))
    assistant = Assistant(official, NoSearch())

    def holds(shape: type[BaseModel], row: dict[str, Any]) -> None:
        shape.model_validate_json(json.dumps(row), strict=True)
        assert set(row) == set(shape.model_fields)

    for question in (QUESTION, "Hva er hovedstaden i Frankrike?", "Må vi ha BHT?"):
        holds(shapes.AnswerOut, client.post("/api/v1/ask", json={"question": question}).json())
    for body in ({"industries": ["frisør"]}, {"industries": ["IT-selskap"]}, {"codes": ["96.02"]}, {"employees": 0}):
        holds(shapes.DutyOut, client.post("/api/v1/duty", json=body).json())
    holds(shapes.SearchOut, client.get("/api/v1/search?q=aml+3-3").json())
    holds(shapes.ProvisionOut, client.get("/api/v1/provisions/aml%203-3").json())
    holds(shapes.ProvisionOut, show_provision(official.look_up(rule.provision_id)[0], official))
    holds(shapes.HealthOut, client.get("/api/v1/health").json())
    assert assistant.library is official


def test_the_examples_in_the_documentation_run(client: TestClient) -> None:
    """Each is sent as it stands"""
    for path, methods in client.get("/api/v1/openapi.json").json()["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            name = body.get("$ref", "").rpartition("/")[2]
            given = {p["name"]: p["schema"]["examples"][0] for p in operation.get("parameters", []) if p["required"]}
            fields = getattr(shapes, name).model_fields if name else {}
            sent = {key: field.examples[0] for key, field in fields.items() if field.examples}
            url = path.format(**{key: quote(value, safe="") for key, value in given.items() if key in path})
            response = client.request(method, url, params=given if "{" not in path else None, json=sent or None)
            assert response.status_code == 200, (path, response.text)


def test_the_examples_in_the_readme_run(client: TestClient) -> None:
    """As they stand, to where they say"""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = readme.partition("<!-- http -->\n```\n")[2].partition("```")[0].splitlines()
    assert len(lines) == 5
    for line in lines:
        _, url, *options = shlex.split(line)
        assert url.startswith(HERE)
        given = dict(zip(options[::2], options[1::2], strict=True))
        name, _, value = given.get("-H", "accept: */*").partition(": ")
        body = given.get("-d", "").encode()
        response = client.request("POST" if body else "GET", url, content=body or None, headers={name: value})
        assert response.status_code == 200, line
