"""The README against the program: its answer, commands, fields, settings, folders and links are the real ones."""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Nearest
from assistant.cli.ask import format_answer
from assistant.cli.main import _COMMANDS
from assistant.cli.parser import make_parser
from assistant.dialogue import Assistant
from assistant.settings import SETTING_READERS, variable_of
from eval.questions import DATASETS, read_questions

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
QUESTION = "Frisørsalong med tre ansatte, må vi ha BHT?"


def section(heading: str) -> str:
    """Return what stands under a heading of the README."""
    return README.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def first_cells(table: str) -> list[str]:
    """Return the names in backticks in the first column of the tables in a text."""
    rows = [line.split(" | ")[0] for line in table.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def commands_of(parser: argparse.ArgumentParser, words: str = "bht") -> Iterator[tuple[str, set[str]]]:
    """Yield every command that does something, with its options."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield words, {option for action in parser._actions for option in action.option_strings} - {"-h", "--help"}
    for group in groups:
        for name, child in group.choices.items():
            yield from commands_of(child, f"{words} {name}")


PROGRAM = dict(commands_of(make_parser(defaultdict(lambda: lambda _: 0))))


# --- The answer --------------------------------------------------------------------------------------------------------------


@pytest.mark.index
def test_the_answer_is_what_the_program_prints(assistant: Assistant) -> None:
    """The README's answer is the program's. When it changed: copy the output of `bht ask` into the README."""
    shown = re.search(r"<!-- answer -->\n```\n(.*?)\n```\n<!-- /answer -->", README, re.DOTALL)
    answer = replace(assistant.ask(QUESTION), warnings=())  # the age of the check is a warning one day
    assert shown
    assert f'bht ask "{QUESTION}"' in README
    assert shown[1] == format_answer(answer)


# --- Commands ----------------------------------------------------------------------------------------------------------------


def test_the_commands_tried_here_are_those_of_the_program() -> None:
    assert {command.removeprefix("bht ") for command in PROGRAM} == set(_COMMANDS)


@pytest.mark.parametrize("command", sorted(PROGRAM))
def test_every_command_and_option_is_in_the_readme(command: str) -> None:
    rows = "\n".join(line for line in section("Commands").splitlines() if line.startswith(f"| `{command}"))
    assert rows, f"{command} is missing"
    assert PROGRAM[command] <= set(re.findall(r"--[a-z-]+", rows))


def test_every_command_in_the_readme_exists() -> None:
    """No row for what the program lacks, and no option that its command does not take."""
    for row in section("Commands").splitlines():
        if row.startswith("| `bht "):
            command = max((c for c in PROGRAM if row.startswith(f"| `{c}")), key=len, default=None)
            assert command, row
            assert set(re.findall(r"--[a-z-]+", row)) <= PROGRAM[command]


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {target for text in DOCUMENTS for target in re.findall(r"(?:`|^)make ([a-z-]+)", text.read_text("utf-8"))}
    assert named <= targets


# --- The contract ------------------------------------------------------------------------------------------------------------


def test_the_fields_of_the_answer_are_the_contract(bare: Assistant) -> None:
    """Same names, same order, nothing left out."""
    answer = bare.ask(QUESTION)
    fields, citation = section("The answer as JSON").split("\nA citation:\n")
    assert first_cells(fields) == list(answer.to_json())
    assert first_cells(citation) == list(answer.citations[0].to_json())


def test_the_fields_of_the_nearest_are_the_contract() -> None:
    sentence = section("The answer as JSON").split("\nOne of `nearest` has ")[1]
    assert re.findall(r"`(\w+)`", sentence) == list(Nearest.__dataclass_fields__)


# --- Settings, folders, links --------------------------------------------------------------------------------------------------


def test_the_settings_are_those_the_program_reads() -> None:
    sources = [*(ROOT / "assistant").rglob("*.py"), *(ROOT / "index").rglob("*.py"), ROOT / "app.py"]
    read = {name for file in sources for name in re.findall(r'get\("(BHT_[A-Z_]+)"', file.read_text(encoding="utf-8"))}
    assert set(first_cells(section("Settings"))) == read | set(map(variable_of, SETTING_READERS))


def test_the_folders_exist_and_every_package_is_there() -> None:
    folders = first_cells(section("Where things are"))
    assert all((ROOT / folder).exists() for folder in folders)
    assert {f"{file.parent.name}/" for file in ROOT.glob("*/__init__.py")} <= set(folders)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", document.read_text(encoding="utf-8")):
        path = target.partition("#")[0]
        assert target.startswith("https://") or (document.parent / path).exists(), target


def test_the_datasets_are_as_large_as_the_documents_say() -> None:
    quality = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    sizes = {name: int(count) for name, count in re.findall(r"^\| `([\w-]+)` \| (\d+) \|", quality, re.MULTILINE)}
    assert sizes == {path.stem: len(read_questions(path.stem)) for path in DATASETS.glob("*.jsonl")}
    assert f"({len(read_questions('dev'))} questions, " in README
