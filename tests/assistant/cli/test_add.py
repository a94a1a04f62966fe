"""`bht corpus add`, `remove`, `list` and `purge` with documents of the user's own."""

import gc
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.settings import Settings
from corpus.merge import Searchable
from corpus.own import add as module
from corpus.own.read import read_raw
from corpus.store import StoreReader
from index.chunking import split_all
from index.embedding import E5_SMALL, VectorCache
from tests.assistant.cli.run import Shell, assert_one_line

ROUTINE = "# Rutine for vernerunder\n\nVernerunden går første tirsdag i kvartalet, og kvistfuglen er med.\n"
WRONG = "# Brosjyre om utvalg\n\nArbeidsmiljøutvalg er påbudt fra 50 ansatte.\n"
HANDBOOK = """# Håndbok for Fjordblikk

## Kvistfuglrunden

Hver torsdag klokka 11 går kvistfuglrunden gjennom verkstedet, og Kari fører loggen i den gule permen.

## Kantina

Kantina er åpen fra 10 til 13. Fredager er det suppe.
"""


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process: a child for every file takes time."""
    monkeypatch.setattr(module, "read_safely", read_raw)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papirer"
    folder.mkdir()
    (folder / "brosjyre.md").write_text(WRONG, encoding="utf-8")
    (folder / "rutine.md").write_text(ROUTINE, encoding="utf-8")
    return folder


def holds(folder: Path, words: str) -> list[str]:
    """Return the files that hold the words in any of the encodings they may have there."""
    forms = {words.encode(encoding) for encoding in ("utf-8", "latin-1", "utf-16-le")}
    return [str(f) for f in folder.rglob("*") if f.is_file() and any(form in f.read_bytes() for form in forms)]


def searched(shell: Shell, document_id: str) -> list[str]:
    """Return the texts that the index embeds of a stored document."""
    with StoreReader(shell.home / "corpus.sqlite") as reader:
        return [chunk.searched for chunk in split_all(Searchable(provision=p) for p in reader.read(document_id))]


def test_what_is_added_is_told_with_its_conflicts(shell: Shell, papers: Path) -> None:
    run = shell("corpus", "add", str(papers), "--no-index")
    assert (run.code, run.err) == (0, "")
    assert "Lagt til: «Brosjyre om utvalg», 1 del (eget/brosjyre-om-utvalg-" in run.out
    assert "Lagt til: «Rutine for vernerunder», 1 del (eget/" in run.out
    assert "arbeidsmiljøloven § 7-1" in run.out
    assert "«Arbeidsmiljøutvalg er påbudt fra 50 ansatte.»" in run.out
    assert "minst 30 arbeidstakere" in run.out
    assert "Loven går foran" in run.out


def test_what_is_added_is_told_as_json(shell: Shell, papers: Path) -> None:
    (papers / "tom.txt").write_text(" ")
    run = shell("corpus", "add", str(papers), "--json", "--no-index")
    row = run.json
    assert run.code == 1
    assert (row["known"], list(row["failed"]), row["index"]) == ([], ["tom.txt"], None)
    assert [(a["title"], a["parts"]) for a in row["added"]] == [
        ("Brosjyre om utvalg", 1),
        ("Rutine for vernerunder", 1),
    ]
    (conflict,) = row["added"][0]["conflicts"]
    assert conflict["kind"] == "terskel"
    assert conflict["claim"] == "Arbeidsmiljøutvalg er påbudt fra 50 ansatte."
    assert conflict["prevails"][0] == {
        "provision_id": "lov/2005-06-17-62/§7-1", "portion": "ledd/1", "label": "arbeidsmiljøloven § 7-1 første ledd",
    }  # fmt: skip
    shown = shell("corpus", "show", conflict["provision_id"], "--json").json["texts"][0]["text"]
    assert shown[conflict["start"] : conflict["end"]] == conflict["claim"]
    again = shell("corpus", "add", str(papers / "rutine.md"), "--json", "--no-index").json
    assert (again["added"], again["known"], again["failed"]) == ([], ["rutine.md"], {})


def test_the_rest_is_added_when_something_fails(shell: Shell, papers: Path) -> None:
    """What failed is one line each on stderr, with its name and a remedy"""
    run = shell("corpus", "add", "mangler.pdf", "http://bedrift.example/", str(papers), "--no-index")
    assert run.code == 1
    assert run.out.count("Lagt til:") == 2
    lines = run.err.splitlines()
    assert [line.split(":")[1].strip() for line in lines] == ["mangler.pdf", "http"]
    assert all("https://" in line for line in lines)


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--date", "2020-13-01", "ÅÅÅÅ-MM-DD"),
        ("--date", "i går", "ÅÅÅÅ-MM-DD"),
        ("--level", "6", "fra 1 (lov) til 5"),
        ("--level", "0", "fra 1 (lov) til 5"),
        ("--level", "lov", "må være et tall"),
    ],
)
def test_a_wrong_label_is_wrong_use(shell: Shell, papers: Path, option: str, value: str, words: str) -> None:
    """And nothing is added"""
    assert words in assert_one_line(shell("corpus", "add", str(papers), option, value, "--no-index"), 2)
    assert not (shell.home / "corpus.sqlite").exists()


def test_nothing_to_add_is_wrong_use(shell: Shell) -> None:
    assert "STED" in assert_one_line(shell("corpus", "add"), 2)


def test_the_list_shows_own_documents(shell: Shell, papers: Path) -> None:
    labels = ("--title", "Runder", "--level", "4", "--date", "2024-05-01", "--publisher", "Fjordblikk")
    (added,) = shell("corpus", "add", str(papers / "rutine.md"), *labels, "--json", "--no-index").json["added"]
    document_id = added["document_id"]
    out = shell("corpus", "list").out
    assert "Egne dokumenter:" in out
    assert f"{document_id}: «Runder», 1 " in out
    assert "datert 2024-05-01, nivå 4" in out
    (row,) = [r for r in shell("corpus", "list", "--json").json if r["source"] == "own"]
    assert (row["document_id"], row["title"], row["level"], row["text_date"], row["provisions"]) == (
        document_id, "Runder", 4, "2024-05-01", [f"{document_id}/s1"],
    )  # fmt: skip
    shown = shell("corpus", "show", f"{document_id}/s1").out
    assert "«Runder», del 1" in shown
    assert "kvistfuglen" in shown


def test_nothing_is_left_of_what_is_removed(shell: Shell, papers: Path) -> None:
    """Neither in the store, among the copies, nor a vector in the cache; the other document keeps all of its own"""
    first, second = shell("corpus", "add", str(papers), "--json", "--no-index").json["added"]
    gone, kept = searched(shell, first["document_id"]), searched(shell, second["document_id"])
    cache = VectorCache(shell.cache)
    cache.write(E5_SMALL, [*gone, *kept], np.ones((len([*gone, *kept]), 4), dtype=np.float32))
    assert len(holds(shell.home, "påbudt fra 50")) >= 2
    run = shell("corpus", "remove", first["document_id"], "--no-index")
    assert (run.code, run.out) == (0, f"Slettet: «Brosjyre om utvalg» ({first['document_id']})\n")
    assert holds(shell.home, "påbudt fra 50") == holds(shell.home, first["document_id"]) == []
    assert set(cache.read(E5_SMALL, [*gone, *kept], 4)) == set(kept)
    assert holds(shell.home, "kvistfuglen")
    assert first["document_id"] not in shell("corpus", "list").out


@pytest.mark.parametrize("name", ["borte", "eget/borte-12345678", "lov/2005-06-17-62", ""])
def test_an_unknown_document_is_one_line_with_a_remedy(shell: Shell, papers: Path, name: str) -> None:
    """An act is none of the user's documents either"""
    shell("corpus", "add", str(papers), "--no-index")
    assert "bht corpus list" in assert_one_line(shell("corpus", "remove", name, "--no-index"), 1)
    assert len(json.loads(shell("corpus", "list", "--json").out)) > 2


def test_purge_removes_store_copies_and_archives(shell: Shell, papers: Path) -> None:
    """The user's own files stay where they are"""
    shell("corpus", "add", str(papers), "--no-index")
    archive = shell.home / "lovdata" / "gjeldende-lover.tar.bz2"
    archive.parent.mkdir()
    archive.write_bytes(b"BZh9")
    assert shell("purge", "--yes").code == 0
    assert not shell.home.exists()
    assert (papers / "rutine.md").read_text(encoding="utf-8") == ROUTINE


@pytest.mark.index
def test_a_handbook_answers_what_it_alone_says_until_it_is_removed(
    shell: Shell, bht_settings: Settings, thin_core: None, thin_home: Path, tmp_path: Path
) -> None:
    """Cited by document and part, told to be no law; then gone from index and store to the last byte"""
    shell.cache.mkdir()
    shutil.copy(bht_settings.cache / "vectors.sqlite", shell.cache / "vectors.sqlite")
    file = tmp_path / "handbok.md"
    file.write_text(HANDBOOK, encoding="utf-8")
    added = shell("corpus", "add", str(file), "--json")
    assert added.code == 0
    (document,) = added.json["added"]
    assert added.json["index"]["chunks"] > 1000
    row = shell("ask", "hva sier håndboka vår om kvistfuglrunden?", "--json").json
    assert row["outcome"] == "answered"
    assert {(c["kind"], c["label"], c["level"]) for c in row["citations"]} == {
        ("eget", "«Håndbok for Fjordblikk», del 1", 5)
    }
    assert "Hver torsdag klokka 11" in row["answer"]
    assert any("ikke på lov eller forskrift" in warning for warning in row["warnings"])
    law = shell("ask", "hvem velger verneombudet?", "--json").json
    assert {c["kind"] for c in law["citations"]} <= {"gjengivelse", "lovtekst", "veiledning"}
    texts = searched(shell, document["document_id"])
    assert VectorCache(shell.cache).read(E5_SMALL, texts, 384).keys() == set(texts)
    assert any("index" in name for name in holds(shell.home, "kvistfugl"))
    gc.collect()  # a command is a process, and its reader of the store ends with it; here they all share one
    assert shell("corpus", "remove", document["document_id"]).code == 0
    assert holds(shell.home, "kvistfugl") == holds(shell.home, "Kvistfugl") == []
    assert VectorCache(shell.cache).read(E5_SMALL, texts, 384) == {}
    assert shell("ask", "hva sier håndboka vår om kvistfuglrunden?", "--json").json["refused"]
