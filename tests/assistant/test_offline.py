"""The product runs with the network cut off, and does not even try; and it runs without the heavy libraries."""

import json
from pathlib import Path

import pytest

from assistant.dialogue import Assistant
from assistant.settings import Settings
from tests.assistant.cli.run import Run, run_python
from tests.conftest import DATA

pytestmark = pytest.mark.index

# Read by every Python process that starts with its folder on the path, children too.
CUT_OFF = """
import os, socket

def _note(what, address):
    with open(os.environ["ATTEMPTS"], "a") as log:
        log.write(f"{what} {address}\\n")
    raise OSError("the network is cut off")

def _is_local(sock, address):
    host = address[0] if isinstance(address, tuple) else address
    return sock.family == getattr(socket, "AF_UNIX", None) or str(host).startswith("127.") or host in ("::1", "localhost")

for _name in ("connect", "connect_ex", "sendto"):
    def _guarded(self, *arguments, _name=_name, _real=getattr(socket.socket, _name)):
        address = arguments[-1]
        return _real(self, *arguments) if _is_local(self, address) else _note(_name, address)
    setattr(socket.socket, _name, _guarded)

for _name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    def _looked_up(host, *arguments, _name=_name, _real=getattr(socket, _name), **options):
        return _real(host, *arguments, **options) if host in (None, "", "localhost", "127.0.0.1", "::1") else _note(_name, host)
    setattr(socket, _name, _looked_up)
"""
WITHOUT_HEAVY = """
import sys

class _Blocked:
    names = ("torch", "sentence_transformers", "transformers", "tokenizers")

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in self.names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, _Blocked())
"""
ASK_TWENTY = """
import json, sys
from assistant.cli.main import main
from assistant.dialogue import Assistant
from assistant.settings import load_settings
from eval.questions import read_questions

assistant = Assistant.open(load_settings())
answers = [assistant.ask(q.question, q.history).to_json() for q in read_questions("dev")[:40:2]]
codes = [main(arguments) for arguments in (["ask", "Må vi ha BHT?"], ["corpus", "list"], ["corpus", "show", "aml 3-3"], ["index", "status"])]
sys.stderr.write(json.dumps({"answers": answers, "codes": codes}))
"""
BUILD_TINY = """
import json, sys
from pathlib import Path
from corpus.core import read_core
from corpus.library import Library
from index.build import build_index, fingerprint, open_index
from index.bulk import BulkEngine
from index.embedding import VectorCache, load_serving_embedder
from index.retrieve import HybridRetriever

folder = Path(sys.argv[2])
library, embedder, cache = Library(read_core(Path(sys.argv[1]))), load_serving_embedder(), VectorCache(folder)
bulk = BulkEngine(cache=folder, least_texts=1, least_characters=1)
build_index(library, folder / "index", embedder, cache, lambda *_: None, bulk)
index = open_index(folder / "index", fingerprint(library), embedder.space)
found = HybridRetriever(library, index, embedder).retrieve("hvor varmt skal vannet være", "", 3)
print(json.dumps([hit.provision.provision_id for hit in found]))
"""


def run_cut_off(tmp_path: Path, *arguments: str, start: str = CUT_OFF, **environ: str) -> tuple[Run, list[str]]:
    """Run Python with something done at the start of every process; return how it went and the attempts on the network."""
    (tmp_path / "site").mkdir(exist_ok=True)
    (tmp_path / "site" / "sitecustomize.py").write_text(start, encoding="utf-8")
    log = tmp_path / "attempts"
    run = run_python(*arguments, PYTHONPATH=str(tmp_path / "site"), ATTEMPTS=str(log), **environ)
    return run, log.read_text(encoding="utf-8").splitlines() if log.exists() else []


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('192.0.2.1', 80), timeout=1)",
        "socket.getaddrinfo('example.org', 80)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))",
        "__import__('urllib.request').request.urlopen('http://example.org', timeout=1)",
        "__import__('subprocess').run([__import__('sys').executable, '-c', 'import socket; socket.getaddrinfo(\"example.org\", 80)'], check=True)",
    ],
    ids=["connect", "look-up", "datagram", "http", "child"],
)
def test_an_attempt_would_be_noticed(tmp_path: Path, attempt: str) -> None:
    run, attempts = run_cut_off(tmp_path, "-c", f"import socket\n{attempt}")
    assert run.code != 0
    assert len(attempts) == 1


def test_questions_are_answered_with_the_network_cut_off(
    tmp_path: Path, assistant: Assistant, bht_settings: Settings
) -> None:
    environ = {"BHT_HOME": str(bht_settings.home), "BHT_CACHE": str(bht_settings.cache)}
    run, attempts = run_cut_off(tmp_path, "-c", ASK_TWENTY, **environ)
    assert run.code == 0, run.err
    result = json.loads(run.err)
    assert attempts == []
    assert result["codes"] == [0, 0, 0, 0]
    assert len(result["answers"]) == 20
    assert sum(not answer["refused"] for answer in result["answers"]) > 15


def test_an_index_is_built_with_the_network_cut_off(
    tmp_path: Path, assistant: Assistant, bht_settings: Settings
) -> None:
    environ = {"BHT_HOME": str(tmp_path / "home"), "BHT_CACHE": str(bht_settings.cache)}
    run, attempts = run_cut_off(tmp_path, "-m", "assistant.cli.main", "index", "build", "--json", **environ)
    assert run.code == 0, run.err
    assert json.loads(run.out)["provisions"] == len(assistant.library.known)
    assert attempts == []


def test_the_page_is_put_together_with_the_network_cut_off(tmp_path: Path) -> None:
    run, attempts = run_cut_off(tmp_path, "-c", "import app; from assistant.page import build")
    assert run.code == 0, run.err
    assert attempts == []


def test_the_heavy_libraries_are_blocked(tmp_path: Path) -> None:
    """So that the two tests below can fail"""
    for name in ("torch", "sentence_transformers", "transformers", "tokenizers"):
        assert run_cut_off(tmp_path, "-c", f"import {name}", start=WITHOUT_HEAVY)[0].code != 0


def test_questions_are_answered_without_the_heavy_libraries(
    tmp_path: Path, assistant: Assistant, bht_settings: Settings
) -> None:
    environ = {"BHT_HOME": str(bht_settings.home), "BHT_CACHE": str(bht_settings.cache)}
    run, _ = run_cut_off(
        tmp_path,
        "-m",
        "assistant.cli.main",
        "ask",
        "hvor ofte skal AMU ha møter",
        "--json",
        start=WITHOUT_HEAVY,
        **environ,
    )
    assert (run.code, run.err) == (0, "")
    assert run.json["outcome"] == "answered"


def test_an_index_is_built_without_the_heavy_libraries(tmp_path: Path) -> None:
    run, _ = run_cut_off(tmp_path, "-c", BUILD_TINY, str(DATA / "kjerne"), str(tmp_path / "work"), start=WITHOUT_HEAVY)
    assert run.code == 0, run.err
    assert json.loads(run.out)[0] == "lov/1999-01-02-9002/§1-3"
