"""The doors for other programs from outside: Python, its types, and the API served alone."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

import assistant as package
from assistant.dialogue import Assistant
from assistant.settings import Settings
from tests.assistant.cli.run import ROOT, run_python


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
