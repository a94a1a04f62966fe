"""What did not help becomes a question to measure by."""

import json
import sys
from pathlib import Path

import pytest

from assistant.answer import Turn
from assistant.feedback import FeedbackStore, Rated, Rating, Reason
from eval.questions import read_questions
from tests.assistant.cli.run import Shell, assert_one_line, run_python
from tests.eval.records import BATH, FEE, cite, make_answer

QUESTION = "Må vi ha badevakt om natta?"
RATED = Rated(question=QUESTION, history=(), answer=make_answer("", cite(1), cite(2, FEE), cite(3, BATH)))


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    """A shell in an empty folder, with a home that has three ratings."""
    monkeypatch.chdir(tmp_path)
    store = FeedbackStore(tmp_path / "home" / "feedback.sqlite")
    store.add(Rating.UP, Rated(question="Takk for hjelpen?", history=(), answer={}))
    store.add(Rating.DOWN, RATED, Reason.WRONG_SOURCE)
    talk = (Turn(role="user", content="Hva er badevakt?"), Turn(role="assistant", content="En som passer på. [1]"))
    store.add(Rating.DOWN, Rated(question="og om natta?", history=talk, answer={}), Reason.MISUNDERSTOOD)
    return Shell(capsys, monkeypatch, tmp_path / "home", tmp_path / "cache")


def test_without_a_number_what_did_not_help_is_listed(shell: Shell) -> None:
    run = shell("eval", "from-feedback")
    first, second, hint = run.out.splitlines()
    assert first.startswith("   2  20")
    assert first.endswith(f"Feil kilde: {QUESTION}")
    assert second.endswith("Spørsmålet ble misforstått: og om natta?")
    assert "from-feedback NUMMER" in hint
    assert not Path("own-questions.jsonl").exists()


def test_nothing_to_list_is_said(shell: Shell, tmp_path: Path) -> None:
    shell.use(tmp_path / "other", tmp_path / "cache")
    assert shell("eval", "from-feedback").out == "Ingen har sagt at et svar ikke hjalp.\n"
    assert not (tmp_path / "other").exists()


def test_a_number_becomes_a_question_that_is_read(shell: Shell) -> None:
    """What the answer cited is a beginning, to be graded by hand"""
    run = shell("eval", "from-feedback", "2")
    assert (run.code, run.err) == (0, "")
    (question,) = read_questions("own-questions.jsonl")
    assert (question.question_id, question.question, question.kind) == ("tilbakemelding-2", QUESTION, "fact")
    assert question.relevant == {BATH: 1, FEE: 1}
    assert (question.outcomes, question.verdicts, question.needed) == (("answered",), (None,), ())
    assert question.why.startswith("TODO: ")
    assert question.source.endswith(": Feil kilde")
    for word in (
        "tilbakemelding-2",
        "relevant",
        "expected_outcome",
        "must_contain",
        "why",
        "--dataset own-questions.jsonl",
    ):
        assert word in run.out


def test_the_talk_before_it_comes_along(shell: Shell, tmp_path: Path) -> None:
    shell("eval", "from-feedback", "3", "--out", "mine.jsonl")
    (question,) = read_questions("mine.jsonl")
    assert question.kind == "follow_up"
    assert [turn.content for turn in question.history] == ["Hva er badevakt?", "En som passer på. [1]"]


def test_more_are_added_behind_what_is_there(shell: Shell) -> None:
    """A file without a line break at its end too"""
    Path("mine.jsonl").write_text(
        json.dumps({"id": "a", "question": "Hei?", "expected_outcome": "answered"}), encoding="utf-8"
    )
    shell("eval", "from-feedback", "2", "--out", "mine.jsonl")
    shell("eval", "from-feedback", "3", "--out", "mine.jsonl")
    assert [q.question_id for q in read_questions("mine.jsonl")] == ["a", "tilbakemelding-2", "tilbakemelding-3"]


def test_the_same_twice_is_refused_and_nothing_is_written(shell: Shell) -> None:
    shell("eval", "from-feedback", "2")
    before = Path("own-questions.jsonl").read_bytes()
    assert "står allerede i own-questions.jsonl" in assert_one_line(shell("eval", "from-feedback", "2"), 1)
    assert Path("own-questions.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("7",), 1, "ingen tilbakemelding nr. 7"),
        (("to",), 2, "må være et tall, ikke «to»"),
        (("2", "--out", "finnes/ikke/mine.jsonl"), 1, "Velg en annen fil med --out"),
        (("2", "--out", "other.txt"), 1, "other.txt, linje 1"),
        (("2", "--out", "odd.txt"), 1, "Kan ikke lese"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(shell: Shell, arguments: tuple[str, ...], code: int, message: str) -> None:
    Path("other.txt").write_text("noe annet\n", encoding="utf-8")
    Path("odd.txt").write_bytes(b"\xff\xfe")
    assert message in assert_one_line(shell("eval", "from-feedback", *arguments), code)


def test_nothing_heavy_is_imported_for_its_help() -> None:
    heavy = "{'numpy', 'scipy', 'gradio', 'chromadb', 'ir_measures'}"
    run = run_python("-c", f"import sys, eval.feedback; sys.exit(bool({heavy} & set(sys.modules)))")
    assert run.code == 0, run.err
    assert "eval.feedback" in sys.modules
