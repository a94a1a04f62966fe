"""The core against tests/data/facts.toml: numbers and dates of the law, taken from the official text and never from the core.

Needs no reference folder; test_core_reference.py compares with the official texts themselves.
"""

import os
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.address import Portion
from corpus.industry import TABLE_PROVISION
from corpus.library import Library, load_library
from tests.conftest import DATA
from tests.corpus.reference import numbers_in

FACTS = tomllib.loads((DATA / "facts.toml").read_text(encoding="utf-8"))
KNOWN = load_library().known
HELD = [fact for fact in FACTS["fact"] if fact["provision"] in KNOWN]
MOST_MISSING = 20


def comparable(number: str) -> str:
    """Return the number without blanks, leading zeros and empty decimals: 06.00 and 6 are one hour."""
    return number.replace(" ", "").removesuffix(",00").lstrip("0") or "0"


def lacking(text: str, numbers: list[str]) -> set[str]:
    """Return the numbers that the text states neither as digits nor as words."""
    return {comparable(n) for n in numbers} - {comparable(n) for n in numbers_in(text)}


def name_of(fact: dict[str, Any]) -> str:
    return f"{fact['provision'].split('/', 1)[1]} {fact['portion']} {'+'.join(fact['numbers'])}"


def test_few_facts_are_about_provisions_that_the_core_leaves_out() -> None:
    assert len(FACTS["fact"]) - len(HELD) <= MOST_MISSING
    assert len(HELD) >= 150


def test_the_file_states_each_fact_once_and_in_its_form() -> None:
    assert len({name_of(f) + f["what"] for f in FACTS["fact"]}) == len(FACTS["fact"])
    for fact in FACTS["fact"]:
        Portion.parse(fact["portion"])
        assert date.fromisoformat(fact["in_force"]) <= date(2026, 7, 2)
        assert fact["numbers"]


@pytest.mark.parametrize("fact", HELD, ids=name_of)
def test_the_restatement_holds_the_numbers_of_the_law(fact: dict[str, Any], library: Library) -> None:
    provision = library.find(fact["provision"])
    span = provision.span_of(Portion.parse(fact["portion"]))
    assert span, "no such part in the restatement"
    text = provision.text[slice(*span)]
    assert lacking(text, fact["numbers"]) == set(), f"{fact['what']}: {text}"


@pytest.mark.parametrize("fact", HELD, ids=name_of)
def test_the_restatement_holds_from_the_day_the_law_does(fact: dict[str, Any], library: Library) -> None:
    assert library.find(fact["provision"]).in_force == date.fromisoformat(fact["in_force"])


def test_the_table_of_industries_holds_from_the_day_the_law_does(library: Library) -> None:
    meta = FACTS["industry_meta"]
    assert meta["provision"] == TABLE_PROVISION
    provision = library.find(meta["provision"])
    assert provision.in_force == date.fromisoformat(meta["in_force"])
    start, end = provision.span_of(Portion.parse(meta["portion"])) or (0, 0)
    written = [line.split()[0] for line in provision.text[start:end].splitlines()[1:]]
    assert written == [row["code"] for row in FACTS["industry"]]


# --- The check itself --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "numbers", "missing"),
    [
        pytest.param("minst 5 arbeidstakere", ["5"], set(), id="digits"),
        pytest.param("minst fem arbeidstakere", ["5"], set(), id="word"),
        pytest.param("minst 50 arbeidstakere", ["5"], {"5"}, id="digit within a number"),
        pytest.param("fra kl. 06.00 til 23.00", ["6", "23"], set(), id="hours"),
        pytest.param("kl. 2300", ["23"], set(), id="hours without a full stop"),
        pytest.param("to og en halv time", ["2,5"], set(), id="and a half"),
        pytest.param("12 000 kroner", ["12000"], set(), id="thousands in the text"),
        pytest.param("12000 kroner", ["12 000"], set(), id="thousands in the fact"),
        pytest.param("0,6 mg", ["0,6"], set(), id="below one"),
        pytest.param("0,6 mg", ["6"], {"6"}, id="another magnitude"),
        pytest.param("ingen tall", ["5", "2"], {"5", "2"}, id="none"),
    ],
)
def test_a_number_that_is_not_stated_is_found_lacking(text: str, numbers: list[str], missing: set[str]) -> None:
    assert lacking(text, numbers) == missing


def test_the_check_needs_no_reference_folder(tmp_path: Path) -> None:
    code = "from tests.corpus.reference import numbers_in; print(sorted(numbers_in('3 av fem')))"
    env = os.environ | {"BHT_REFERENCE": str(tmp_path / "missing")}
    command = [sys.executable, "-c", code]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, env=env, cwd=DATA.parents[1]).stdout
    assert printed.strip() == "['3', '5']"
