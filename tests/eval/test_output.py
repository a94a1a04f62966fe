"""The folder of a run: what is written is what is read."""

import csv
import logging
from pathlib import Path

import pytest

from eval.errors import ResultsError
from eval.generate import LEGS
from eval.output import (
    AGGREGATE,
    GENERATED,
    PROBLEMS,
    RESULTS,
    SETTINGS,
    describe,
    problems_logged,
    read_run,
    write_generated,
    write_results,
)  # fmt: skip
from tests.eval.invented import judge, make_generated, make_question, make_refusal, make_refused

QUESTIONS = [make_question("q1"), make_question("q2", kind="lay"), make_refused("q3")]
GENERATED_ALL = [make_generated("q1"), make_generated("q2", answer={"answer": "Vakten. [1]"}), make_refusal("q3")]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_settings_say_what_the_figures_depend_on() -> None:
    settings = describe("dev", "c0ffee", retrieval={"support": 0.2})
    assert (settings["dataset"], settings["corpus_hash"], settings["retrieval"]) == ("dev", "c0ffee", {"support": 0.2})
    assert set(settings) >= {"time", "python", "machine", "versions"}
    assert all(settings["versions"].values())


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    settings = describe("dev", "c0ffee")
    odd = make_generated("q4", answer={"answer": "Æ\u2028ø\n«å»"}, answerability=None, error="Skriv et spørsmål.")
    write_generated(tmp_path / "new" / "folder", settings, [*GENERATED_ALL, odd])
    run = read_run(tmp_path / "new" / "folder")
    assert run.settings == settings
    assert [g.to_json() for g in run.generated] == [g.to_json() for g in (*GENERATED_ALL, odd)]
    assert run.generated[0] == GENERATED_ALL[0]
    assert run.dataset == "dev"


@pytest.mark.parametrize(
    ("file", "text"),
    [(SETTINGS, None), (GENERATED, None), (SETTINGS, "{"), (GENERATED, '{"id": 1}\n'), (GENERATED, "[]\n")],
    ids=["no settings", "no answers", "settings cut short", "an answer without its parts", "a list"],
)
def test_a_broken_run_is_told_with_a_remedy(tmp_path: Path, file: str, text: str | None) -> None:
    write_generated(tmp_path, describe("dev", "c0ffee"), GENERATED_ALL)
    if text is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(ResultsError, match="bht eval run"):
        read_run(tmp_path)


def test_there_is_a_line_for_each_question_and_a_blank_for_what_does_not_apply(tmp_path: Path) -> None:
    write_results(tmp_path, judge(QUESTIONS, GENERATED_ALL))
    first, second, refused = rows_of(tmp_path / RESULTS)
    assert [row["id"] for row in (first, second, refused)] == ["q1", "q2", "q3"]
    assert (first["facts"], second["facts"], refused["facts"]) == ("1.0000", "0.0000", "")
    assert (first["R@5"], refused["R@5"]) == ("1.0000", "")
    assert (first["refusal_recall"], refused["refusal_recall"]) == ("", "1.0000")
    assert second["kind"] == "lay"


def test_there_is_a_line_for_each_group_and_measure(tmp_path: Path) -> None:
    write_results(tmp_path, judge(QUESTIONS, GENERATED_ALL))
    found = {(row["group"], row["measure"]): row for row in rows_of(tmp_path / AGGREGATE)}
    assert {group for group, _ in found} == {
        "all", "fact", "lay", "out_of_scope", *(f"leg:{leg}" for leg in LEGS)
    }  # fmt: skip
    assert (found["all", "facts"]["mean"], found["all", "facts"]["questions"]) == ("0.5000", "2")
    assert (found["lay", "facts"]["mean"], found["out_of_scope", "facts"]["mean"]) == ("0.0000", "")
    assert found["leg:stem", "R@5"]["mean"] == "1.0000"


def test_warnings_of_a_run_are_kept_even_where_only_errors_are_shown(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    root.setLevel(logging.ERROR)  # as the command line has it
    try:
        with problems_logged(tmp_path):
            logging.getLogger("index.store").warning("a vector is missing")
            logging.getLogger("index.store").info("all is well")
        assert root.level == logging.ERROR
        logging.getLogger("index.store").error("afterwards")
    finally:
        root.setLevel(before[0])
    assert root.handlers == before[1]
    (line,) = (tmp_path / PROBLEMS).read_text(encoding="utf-8").splitlines()
    assert "WARNING a vector is missing" in line
