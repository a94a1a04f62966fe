"""The tools, through the SDK's own client: in memory, over HTTP and on standard input and output."""

import asyncio
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from mcp import Client, StdioServerParameters
from mcp.server.lowlevel import Server
from mcp_types import CallToolResult, TextContent

from assistant.api import create_api
from assistant.dialogue import Assistant
from assistant.errors import NotReadyError
from assistant.mcp import texts
from assistant.mcp.server import make_server
from assistant.quotes import check_quote
from assistant.settings import Settings
from assistant.show import show_provision
from corpus.document import Document
from corpus.library import Library
from tests.assistant.cli.run import ROOT
from tests.conftest import NoSearch, make_edition, make_official

TOOLS = ["sok", "paragraf", "bht_plikt", "sporsmal", "verifiser_sitat", "endringer"]
QUESTION = "Må en frisørsalong med tre ansatte ha BHT?"
LAW = "lov/2005-06-17-62/§3-3"
Target = Server[Any] | StdioServerParameters | str


def use(target: Target, work: Callable[[Client], Awaitable[Any]], mode: str = "auto") -> Any:
    """Do something with a client that is connected."""

    async def run() -> Any:
        async with Client(target, mode=mode) as client:
            return await work(client)

    return asyncio.run(run())


def call(target: Target, name: str, **arguments: Any) -> CallToolResult:
    """Call one tool."""
    return use(target, lambda client: client.call_tool(name, arguments))  # type: ignore[no-any-return]


def said(result: CallToolResult) -> str:
    """Return the text of a result."""
    assert isinstance(result.content[0], TextContent)
    return result.content[0].text


@pytest.fixture(scope="module")
def server(bare: Assistant) -> Server[Any]:
    return make_server(lambda: bare, "1")


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_tools_are_listed_with_what_they_take(server: Server[Any], mode: str) -> None:
    """In the present protocol and the one before it"""
    tools = use(server, lambda client: client.list_tools(), mode).tools
    assert [tool.name for tool in tools] == TOOLS
    for tool in tools:
        assert tool.description
        assert len(tool.description) < 200
        assert tool.input_schema["type"] == "object"
        assert tool.input_schema["additionalProperties"] is False
        assert tool.annotations
        assert tool.annotations.read_only_hint
    asked = {tool.name: tool.input_schema.get("required", []) for tool in tools}
    assert asked["sporsmal"] == ["sporsmal"]
    assert asked["verifiser_sitat"] == ["paragraf", "sitat"]


def test_a_question_is_answered_as_everywhere_else(server: Server[Any], bare: Assistant) -> None:
    """The text is the same JSON, for clients that read only that"""
    result = call(server, "sporsmal", sporsmal=QUESTION)
    answer = {key: value for key, value in bare.ask(QUESTION).to_json().items() if key != "latency_s"}
    assert not result.is_error
    assert {key: value for key, value in result.structured_content.items() if key != "latency_s"} == answer
    assert json.loads(said(result)) == result.structured_content


def test_a_follow_up_is_understood_by_the_talk_before_it(server: Server[Any], bare: Assistant) -> None:
    talk = [
        {"role": "user", "content": "Må vi ha BHT?"},
        {"role": "assistant", "content": bare.ask("Må vi ha BHT?").text},
    ]
    assert call(server, "sporsmal", sporsmal="vi er frisør", samtale=talk).structured_content["verdict"] == "ja"


def test_a_provision_is_shown_as_everywhere_else(server: Server[Any], library: Library) -> None:
    result = call(server, "paragraf", adresse="aml 3-3")
    assert result.structured_content == show_provision(library.look_up(LAW)[0], library)


def test_a_search_finds_the_part_that_is_named(server: Server[Any]) -> None:
    hits = call(server, "sok", sporring="aml § 3-3", antall=1).structured_content["hits"]
    assert [hit["provision_id"] for hit in hits] == [LAW]


def test_the_duty_is_checked(server: Server[Any]) -> None:
    result = call(server, "bht_plikt", bransjer=["frisør"], antall_ansatte=3).structured_content
    assert (result["outcome"], [row["code"] for row in result["rows"]]) == ("listed", ["96.21"])


def test_a_quote_is_exact_or_shown_as_it_stands(server: Server[Any], library: Library) -> None:
    text = library.find(LAW).text
    segment = library.find(LAW).segments[0]
    words = text[segment.start : segment.end]
    exact = call(server, "verifiser_sitat", paragraf="aml 3-3", sitat=words).structured_content
    assert exact["exact"] is True
    assert (exact["found"]["start"], exact["found"]["end"]) == (segment.start, segment.end)
    assert exact["found"]["label"] == "arbeidsmiljøloven § 3-3 første ledd"
    wrong = words.replace("plikter", "bør")
    assert wrong != words
    near = call(server, "verifiser_sitat", paragraf="aml 3-3", sitat=wrong).structured_content
    assert near["exact"] is False
    assert text[near["found"]["start"] : near["found"]["end"]] == near["found"]["quote"]
    assert "plikter" in near["found"]["quote"]
    far = call(server, "verifiser_sitat", paragraf="aml 3-3", sitat="Kaffe og kake til alle").structured_content
    assert (far["exact"], far["found"]) == (False, None)


def test_a_quote_over_several_parts_is_cited_by_what_holds_them_all(library: Library) -> None:
    provision = library.find("forskrift/2011-12-06-1355/§13-2")
    first, second = [s for s in provision.segments if dict(s.portion.parts).get("bokstav") in ("a", "b")]
    check = check_quote(provision.provision_id, provision.text[first.start : second.end], library)
    assert check.exact
    assert check.to_json()["found"]["portion"] == "ledd/1"


def test_changes_are_listed_where_there_are_any(
    server: Server[Any], invented: tuple[Document, ...], with_store: Callable[..., Library]
) -> None:
    assert call(server, "endringer").structured_content == {"changes": [], "note": texts.NOTHING_FETCHED}
    rule = invented[0].provisions[0]
    old = make_edition(invented[0], make_official(rule), text_date=date(2026, 7, 2))
    new = make_edition(invented[0], make_official(rule, [("ledd/1", "Noe annet.")]), text_date=date(2026, 9, 1))
    synced = Assistant(with_store(invented, old, new), NoSearch())
    changed = call(make_server(lambda: synced), "endringer").structured_content
    assert [(row["provision_id"], row["change"], row["new"]) for row in changed["changes"]] == [
        (rule.provision_id, "endret", "Noe annet.")
    ]
    later = call(make_server(lambda: synced), "endringer", siden="2026-09-01").structured_content
    assert later == {"changes": [], "note": None}


@pytest.mark.parametrize(
    ("name", "arguments", "named"),
    [
        pytest.param("tull", {}, "sporsmal", id="no such tool"),
        pytest.param("sporsmal", {}, "Mangler «sporsmal»", id="nothing asked"),
        pytest.param("sporsmal", {"sporsmal": "??"}, "ingen ord", id="no words"),
        pytest.param("sporsmal", {"sporsmal": "Hei?", "dato": "i går"}, "2026-01-31", id="a day in words"),
        pytest.param("sporsmal", {"spørsmål": "Hei?"}, "«spørsmål» er ukjent", id="misspelt argument"),
        pytest.param("paragraf", {"adresse": "aml 99-99"}, "99-99", id="no such provision"),
        pytest.param("bht_plikt", {"bransjer": ["xyzzy"]}, "xyzzy", id="unknown industry"),
        pytest.param("bht_plikt", {"antall_ansatte": -1}, "0 eller mer", id="fewer than none"),
        pytest.param("verifiser_sitat", {"paragraf": "aml 3-3", "sitat": "..."}, "tomt", id="nothing quoted"),
        pytest.param("sok", {"sporring": "hei", "antall": 900}, "50 eller mindre", id="too many"),
    ],
)
def test_an_error_is_a_norwegian_sentence_that_helps(
    server: Server[Any], name: str, arguments: dict[str, Any], named: str
) -> None:
    result = call(server, name, **arguments)
    assert result.is_error
    assert named in said(result)


def test_a_crash_and_a_missing_index_are_sentences_too(caplog: pytest.LogCaptureFixture) -> None:
    def crash() -> Assistant:
        raise RuntimeError("/hemmelig/sti")

    def unready() -> Assistant:
        raise NotReadyError("Indeksen mangler.")

    assert "hemmelig" not in said(call(make_server(crash), "sporsmal", sporsmal="Hei?"))
    assert "RuntimeError" in caplog.text
    assert said(call(make_server(unready), "sporsmal", sporsmal="Hei?")) == "Indeksen mangler."


@pytest.fixture(scope="module")
def address(bare: Assistant) -> Iterator[str]:
    """The API on a port of its own."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_api(bare, Settings(home=Path(), cache=Path(), api_rate=0, api_token="en-lang-hemmelig-nokkel"))
    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    for _ in range(1000):
        if running.started:
            break
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}/mcp"
    running.should_exit = True
    thread.join(timeout=10)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_tools_are_called_over_http(address: str, mode: str) -> None:
    """With the token that the API asks for"""
    import httpx2
    from mcp.client.streamable_http import streamable_http_client

    async def run(token: str) -> Any:
        async with (
            httpx2.AsyncClient(headers={"authorization": f"Bearer {token}"}) as http,
            Client(streamable_http_client(address, http_client=http), mode=mode) as client,
        ):
            assert [tool.name for tool in (await client.list_tools()).tools] == TOOLS
            return (await client.call_tool("sporsmal", {"sporsmal": QUESTION})).structured_content

    assert asyncio.run(run("en-lang-hemmelig-nokkel"))["verdict"] == "ja"


ON_STDIO = """
import sys
from assistant.dialogue import Assistant
from assistant.mcp.stdio import serve_stdio
from corpus.library import load_library
from tests.conftest import NoSearch

def open_assistant():
    print("støy")
    return Assistant(load_library(), NoSearch())

serve_stdio(open_assistant, "1")
"""


def test_the_tools_are_called_on_standard_input_and_output() -> None:
    """Whatever is printed on the way"""
    target = StdioServerParameters(command=sys.executable, args=["-c", ON_STDIO], cwd=ROOT)

    async def work(client: Client) -> Any:
        names = [tool.name for tool in (await client.list_tools()).tools]
        return names, (await client.call_tool("paragraf", {"adresse": "aml 3-3"})).structured_content

    names, shown = use(target, work)
    assert names == TOOLS
    assert shown["provision_id"] == LAW


def test_the_command_lists_the_tools_before_the_index_is_opened_and_ends_with_its_input(tmp_path: Path) -> None:
    """Every line on standard output is the protocol's; a home that cannot be used is said by the tool"""
    (tmp_path / "home").write_text("no folder", encoding="utf-8")
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    rows = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
    ]
    environ = {"BHT_HOME": str(tmp_path / "home"), "BHT_CACHE": str(tmp_path / "cache"), "PATH": ""}
    with subprocess.Popen(
        [sys.executable, "-m", "assistant.cli.main", "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, encoding="utf-8", env=environ, cwd=ROOT,
    ) as server:  # fmt: skip
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write("".join(json.dumps(row) + "\n" for row in rows))
        server.stdin.flush()
        # A client waits for its answers: the end of the input ends what is not answered yet.
        answers = [json.loads(server.stdout.readline()) for _ in range(2)]
        rest, errors = server.communicate(timeout=60)
    assert (server.returncode, rest, errors) == (0, "", "")
    assert [answer["id"] for answer in answers] == [1, 2]
    assert [tool["name"] for tool in answers[1]["result"]["tools"]] == TOOLS
