"""One core, thin faces: whoever asks, and however, gets the same."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from mcp import Client

import assistant as package
from assistant import texts
from assistant.api import create_api
from assistant.dialogue import Assistant
from assistant.mcp.server import make_server
from assistant.settings import Settings
from tests.assistant.cli.run import ROOT, Shell, run_python
from tests.assistant.page.fake import tidy_gradio

QUESTIONS = [
    "Må en frisørsalong med tre ansatte ha BHT?",
    "hvem velger verneombudet",
    "hva sier olm 13-2 bokstav e",
    "Stemmer det at BHT er påbudt fra 50 ansatte?",
    "Hva er hovedstaden i Frankrike?",
    "Må vi ha BHT?",
]


def bare_answer(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the answer without what differs from one asking to the next."""
    return {key: value for key, value in answer.items() if key not in ("latency_s", "id")}


@pytest.mark.index
def test_the_same_question_gives_the_same_everywhere(ready: Shell, assistant: Assistant, bht_settings: Settings) -> None:
    """From the command line, the API, MCP and Python"""
    server = make_server(lambda: assistant)

    async def ask_mcp(question: str) -> Any:
        async with Client(server) as client:
            return (await client.call_tool("sporsmal", {"sporsmal": question})).structured_content

    with TestClient(create_api(assistant, replace(bht_settings, api_rate=0)), base_url="http://127.0.0.1") as client:
        for question in QUESTIONS:
            answers = {
                "python": assistant.ask(question).to_json(),
                "command line": ready("ask", question, "--json").json,
                "api": client.post("/api/v1/ask", json={"question": question}).json(),
                "mcp": asyncio.run(ask_mcp(question)),
            }
            expected = bare_answer(answers["python"])
            assert {face: bare_answer(answer) == expected for face, answer in answers.items()} == dict.fromkeys(answers, True)


@pytest.mark.index
def test_five_lines_of_python_answer(assistant: Assistant, bht_settings: Settings) -> None:
    """Those of the README"""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    code = readme.partition("<!-- python -->\n```python\n")[2].partition("```")[0]
    assert 4 <= len(code.splitlines()) <= 6
    run = run_python("-c", code, BHT_HOME=str(bht_settings.home), BHT_CACHE=str(bht_settings.cache))
    assert (run.code, run.err) == (0, "")
    answer = assistant.ask("Må en frisørsalong med tre ansatte ha BHT?")
    assert answer.text in run.out
    assert all(citation.label in run.out for citation in answer.citations)


def test_the_package_is_light_until_it_is_used() -> None:
    """And its names are there for who looks"""
    script = "import sys, assistant; assistant.load_settings; print(sorted({'chromadb', 'gradio', 'fastapi', 'mcp', 'numpy'} & set(sys.modules)))"
    assert run_python("-c", script).out.strip() == "[]"
    assert package.Assistant is Assistant
    assert all(hasattr(package, name) for name in package.__all__)
    assert not hasattr(package, "finnes_ikke")


def test_the_types_are_shipped() -> None:
    """Marked so in each package that a type of ours comes from, and packaged"""
    for name in ("assistant", "corpus", "index"):
        assert files(name).joinpath("py.typed").is_file()
    assert '"py.typed"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.fixture
def page(bare: Assistant) -> Iterator[str]:
    """The page with the API beside it."""
    from assistant.page import start

    settings = Settings(home=Path(), cache=Path(), port=0, api_rate=0)
    with tidy_gradio():
        app = start(bare, settings, api=create_api(bare, settings))
        yield app.local_url
        app.close(verbose=False)


def test_page_api_and_mcp_are_served_on_one_port(page: str) -> None:
    """Each with its own headers and errors, and the page as it was"""
    html = httpx.get(page)
    assert html.status_code == 200
    assert '<html lang="nb"' in html.text
    assert "default-src 'self'" in html.headers["content-security-policy"]
    answer = httpx.post(f"{page}api/v1/ask", json={"question": QUESTIONS[0]})
    assert answer.json()["verdict"] == "ja"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "error" in httpx.get(f"{page}api/tull").json()

    async def list_tools() -> int:
        async with Client(f"{page}mcp") as client:
            return len((await client.list_tools()).tools)

    assert asyncio.run(list_tools()) == 6
    assert 'route="/mcp"' in httpx.get(f"{page}metrics").text


def test_the_api_is_served_alone_without_the_page(bht_settings: Settings, tmp_path: Path) -> None:
    """Gradio is not even loaded; the access log has a line of JSON for each request"""
    script = (
        "import sys, threading, urllib.request\n"
        "from assistant.api import build, create_api\n"
        "from assistant.cli.log import log_access\n"
        "from assistant.dialogue import Assistant\n"
        "from assistant.port import find_port\n"
        "from assistant.settings import Settings\n"
        "from corpus.library import load_library\n"
        "from pathlib import Path\n"
        "from tests.conftest import NoSearch\n"
        "import uvicorn, time, os, signal\n"
        "settings = Settings(home=Path(), cache=Path(), port=find_port('127.0.0.1', 0), api_log=True)\n"
        "log_access()\n"
        "def visit():\n"
        "    for _ in range(200):\n"
        "        time.sleep(0.05)\n"
        "        try:\n"
        "            urllib.request.urlopen(f'http://127.0.0.1:{settings.port}/api/v1/health').read()\n"
        "            break\n"
        "        except OSError:\n"
        "            pass\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "threading.Thread(target=visit).start()\n"
        "try:\n"
        "    build.serve_api(create_api(Assistant(load_library(), NoSearch()), settings), settings)\n"
        "except KeyboardInterrupt:\n"
        "    pass\n"
        "print('gradio' in sys.modules)\n"
    )
    run = run_python("-c", script)
    assert run.code == 0, run.err
    assert "API-et er klart på http://127.0.0.1:" in run.out
    assert run.out.endswith("False\n")
    rows = [json.loads(line) for line in run.err.splitlines()]
    assert [(row["route"], row["status"]) for row in rows] == [("/api/v1/health", 200)]
