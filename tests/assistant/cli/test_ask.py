"""`bht ask`: one question, and files of them."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import texts
from assistant.answer import Answer, Engine
from assistant.cli.ask import format_answer
from corpus.library import Library
from eval.questions import read_questions
from tests.assistant.cli.run import Shell, assert_one_line
from tests.assistant.test_answer import ANSWER, KEYS

pytestmark = pytest.mark.index
QUESTION = "Må vi ha BHT?"
HISTORY = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "Hva driver dere med?"}]


def write_lines(path: Path, rows: Iterable[Any]) -> str:
    path.write_text(
        "".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows),
        encoding="utf-8",
    )
    return str(path)


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_an_answer_is_plain_text_with_its_sources(ready: Shell, answers: dict[str, Answer]) -> None:
    run = ready("ask", "Jeg driver en frisørsalong med to ansatte. Må vi ha bedriftshelsetjeneste?")
    assert (run.code, run.err) == (0, "")
    assert "**" not in run.out
    for citation in answers["dev-023"].citations:
        assert f"[{citation.n}] {citation.label}" in run.out
        assert citation.url in run.out


def test_an_answer_as_json_keeps_the_contract(ready: Shell) -> None:
    run = ready("ask", QUESTION, "--json")
    assert (run.code, run.err) == (0, "")
    assert list(run.json) == KEYS
    assert (run.json["id"], run.json["question"], run.json["outcome"]) == (None, QUESTION, "asks_back")


@pytest.mark.parametrize(("name", "begins"), [("svar.md", b"# "), ("svar.docx", b"PK"), ("svar.PDF", b"%PDF")])
def test_an_answer_is_written_to_a_file(
    opened: Shell, name: str, begins: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the format of its ending, beside what is written to the terminal; a file that is there is left as it is"""
    monkeypatch.chdir(tmp_path)
    run = opened("ask", "Frisørsalong med tre ansatte, må vi ha BHT?", "--export", name)
    assert (run.code, run.err) == (0, "")
    assert "Kilder:" in run.out
    made = Path(name).read_bytes()
    assert made.startswith(begins)
    assert_one_line(opened("ask", QUESTION, "--export", name), 2)
    assert Path(name).read_bytes() == made


@pytest.mark.parametrize(
    "more", [("svar.txt",), ("svar",), ("finnes/ikke/svar.md",), ("svar.md", "--batch", "a", "--out", "b")]
)
def test_what_an_answer_cannot_be_written_to_is_one_line_and_two(opened: Shell, more: tuple[str, ...]) -> None:
    question = () if "--batch" in more else (QUESTION,)
    assert_one_line(opened("ask", *question, "--export", *more), 2)


def test_what_a_model_wrote_is_said_in_a_terminal() -> None:
    """And nothing of it where the sources' own words stand"""
    assert texts.WRITTEN_BY_MODEL in format_answer(replace(ANSWER, engine=Engine.LLM))
    assert texts.WRITTEN_BY_MODEL not in format_answer(ANSWER)


def test_an_abstention_is_no_failure(opened: Shell) -> None:
    run = opened("ask", "Hvem vant Tippeligaen i 1998?", "--json")
    assert (run.code, run.json["refused"], run.json["citations"]) == (0, True, [])


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with byte order mark"])
def test_a_history_is_read_from_its_file(opened: Shell, mark: str) -> None:
    Path("samtale.json").write_text(mark + json.dumps(HISTORY), encoding="utf-8")
    run = opened("ask", "frisørsalong med tre ansatte", "--history", "samtale.json", "--json")
    assert (run.code, run.json["verdict"]) == (0, "ja")


@pytest.mark.parametrize(
    "question",
    ["", "   ", "x" * 10_000, "😀🎉", "\x00\x01", "?!"],
    ids=["empty", "blanks", "10 000 characters", "emoji", "control characters", "signs"],
)
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
def test_what_is_no_question_is_one_line_and_two(opened: Shell, question: str, form: tuple[str, ...]) -> None:
    assert len(assert_one_line(opened("ask", question, *form), 2)) < 300


def test_a_question_must_be_given(opened: Shell) -> None:
    assert "bht ask" in assert_one_line(opened("ask"), 2)


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "{",
        "{}",
        '"hei"',
        "[7]",
        '[{"role": "system", "content": "a"}]',
        '[{"role": ["user"], "content": "a"}]',
        "[" * 100_000,
    ],
    ids=["missing", "empty", "cut off", "object", "text", "numbers", "another role", "a list for role", "too deep"],
)
def test_a_bad_history_is_one_line_and_two(opened: Shell, content: str | None) -> None:
    if content is not None:
        Path("samtale.json").write_text(content, encoding="utf-8")
    assert "samtale.json" in assert_one_line(opened("ask", QUESTION, "--history", "samtale.json"), 2)


def test_a_history_that_is_no_text_is_one_line_and_two(opened: Shell) -> None:
    Path("samtale.json").write_bytes(b"\xff\xfe\x00[")
    assert_one_line(opened("ask", QUESTION, "--history", "samtale.json"), 2)


@pytest.mark.parametrize(
    "arguments",
    [("--batch", "inn.jsonl"), ("--out", "ut.jsonl"), (QUESTION, "--batch", "inn.jsonl", "--out", "ut.jsonl")],
    ids=["no out", "no batch", "a question too"],
)
def test_batch_and_out_belong_together(opened: Shell, arguments: tuple[str, ...]) -> None:
    line = assert_one_line(opened("ask", *arguments), 2)
    assert "--batch" in line
    assert "--out" in line


@pytest.mark.parametrize("path", ["finnes-ikke.jsonl", "."], ids=["missing", "a folder"])
def test_a_batch_that_cannot_be_read_is_one_line(opened: Shell, path: str) -> None:
    run = opened("ask", "--batch", path, "--out", "ut.jsonl")
    assert run.code in {1, 2}
    assert path in assert_one_line(run, run.code)
    assert not Path("ut.jsonl").exists()


def test_an_out_folder_that_cannot_be_written_is_one_line_and_one(opened: Shell) -> None:
    batch = write_lines(Path("inn.jsonl"), [{"id": "a", "question": QUESTION}])
    Path("fil").write_text("", encoding="utf-8")
    for out in ("finnes-ikke/ut.jsonl", "fil/ut.jsonl"):
        assert_one_line(opened("ask", "--batch", batch, "--out", out), 1)
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["fil", "inn.jsonl"]


BAD_LINES = [
    "{", "[]", '"Må vi?"', "null", "7", '{"id": "x"}', '{"question": 7}', '{"question": null}', "[" * 100_000,
    '{"question": "Må vi ha BHT?", "history": "hei"}', '{"question": "Må vi ha BHT?", "history": [{"role": ["user"], "content": "a"}]}',
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD_LINES, ids=lambda line: line[:60])
def test_a_bad_line_is_said_and_the_others_answered(opened: Shell, bad: str) -> None:
    batch = write_lines(
        Path("inn.jsonl"), [{"id": "a", "question": QUESTION}, "", bad, "   ", {"id": "b", "question": "hva er BHT?"}]
    )
    run = opened("ask", "--batch", batch, "--out", "ut.jsonl")
    assert run.code == 1
    assert len(run.err.splitlines()) == 1
    assert "3" in run.err
    rows = read_lines(Path("ut.jsonl"))
    assert [list(row) for row in rows] == [KEYS] * 3
    assert [(row["id"], row["refused"]) for row in rows[::2]] == [("a", False), ("b", False)]
    assert (rows[1]["refused"], rows[1]["citations"]) == (True, [])
    assert rows[1]["answer"]


def test_an_empty_question_in_a_batch_is_refused_with_a_reason(opened: Shell) -> None:
    batch = write_lines(
        Path("inn.jsonl"),
        [{"id": "a", "question": ""}, {"id": "b", "question": "x" * 10_000}, {"id": "c", "question": QUESTION}],
    )
    run = opened("ask", "--batch", batch, "--out", "ut.jsonl")
    assert run.code in {0, 1}
    rows = read_lines(Path("ut.jsonl"))
    assert [(row["id"], row["refused"]) for row in rows] == [("a", True), ("b", True), ("c", False)]
    assert all(row["answer"] and row["citations"] == [] for row in rows[:2])


def test_an_empty_batch_gives_an_empty_file(opened: Shell) -> None:
    batch = write_lines(Path("inn.jsonl"), ["", "  "])
    assert opened("ask", "--batch", batch, "--out", "ut.jsonl").code == 0
    assert Path("ut.jsonl").read_text(encoding="utf-8") == ""


def test_a_batch_written_on_another_system_is_read(opened: Shell) -> None:
    lines = [json.dumps({"id": n, "question": "hva er BHT?"}) for n in (1, 2)]
    Path("inn.jsonl").write_bytes(("\ufeff" + "\r\n".join(lines)).encode())
    assert opened("ask", "--batch", "inn.jsonl", "--out", "ut.jsonl").code == 0
    assert [row["id"] for row in read_lines(Path("ut.jsonl"))] == ["1", "2"]


def test_a_line_break_within_a_question_does_not_split_the_line(opened: Shell) -> None:
    """U+2028 ends a line in some programs, but not in JSONL"""
    batch = write_lines(
        Path("inn.jsonl"), [{"id": "a", "question": "hva er\u2028BHT?"}, {"id": "b", "question": "hva er\nBHT?"}]
    )
    assert opened("ask", "--batch", batch, "--out", "ut.jsonl").code == 0
    assert [(row["id"], row["refused"]) for row in read_lines(Path("ut.jsonl"))] == [("a", False), ("b", False)]


def test_a_batch_remembers_the_history_of_each_line(opened: Shell) -> None:
    rows = [
        {"id": "a", "question": "frisør", "history": HISTORY},
        {"id": "b", "question": "vi er bare et IT-konsulentselskap", "history": HISTORY},
        {"id": "c", "question": QUESTION, "history": None},
    ]
    opened("ask", "--batch", write_lines(Path("inn.jsonl"), rows), "--out", "ut.jsonl")
    assert [row["verdict"] for row in read_lines(Path("ut.jsonl"))] == ["ja", "nei", "avhenger"]


@pytest.fixture(scope="module")
def hundred() -> list[dict[str, Any]]:
    """A hundred labelled questions as lines of a batch."""
    asked = read_questions("dev")
    return [
        {"id": q.question_id, "question": q.question, "history": [{"role": t.role, "content": t.content} for t in q.history]}
        for q in asked if q.question_id != "ref-024"
    ][:100]  # fmt: skip


def test_a_hundred_questions_give_a_hundred_answers_twice_the_same(
    ready: Shell, library: Library, hundred: list[dict[str, Any]]
) -> None:
    """Each keeps the contract, and each quote is an exact span of what `corpus show --json` shows"""
    batch = write_lines(Path("inn.jsonl"), hundred)
    runs = [ready("ask", "--batch", batch, "--out", name) for name in ("en.jsonl", "to.jsonl")]
    assert [(run.code, run.err) for run in runs] == [(0, ""), (0, "")]
    first, second = (
        re.sub(r'"latency_s": [\d.e-]+', "", Path(name).read_text(encoding="utf-8"))
        for name in ("en.jsonl", "to.jsonl")
    )
    assert first == second
    rows = read_lines(Path("en.jsonl"))
    assert [row["id"] for row in rows] == [line["id"] for line in hundred]
    assert [list(row) for row in rows] == [KEYS] * 100
    shown: dict[str, dict[str, str]] = {}
    cited = [citation for row in rows for citation in row["citations"]]
    assert len(cited) > 50
    for citation in cited:
        name = citation["provision_id"]
        if name not in shown:
            shown[name] = {text["kind"]: text["text"] for text in ready("corpus", "show", name, "--json").json["texts"]}
        assert shown[name][citation["kind"]][citation["start"] : citation["end"]] == citation["quote"]
