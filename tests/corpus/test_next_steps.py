"""What to do next: read from its file, and the most specific step found."""

import tomllib
from pathlib import Path

import pytest

from corpus.address import Portion
from corpus.core import CORE_FOLDER
from corpus.library import Library
from corpus.next_steps import find_next_step, read_next_steps

WORK = "lov/1999-01-02-9002"
FILE = f"""
[[step]]
provisions = ["{WORK} § 1-1"]
step = "Kjøp fløyte."

[[step]]
provisions = ["{WORK} § 1-1 andre ledd bokstav a", "{WORK} § 1-2"]
step = "Mål dybden."

[[step]]
provisions = ["veiledning/solkrem"]
step = "Tørk av."
"""


@pytest.fixture
def steps(tmp_path: Path) -> dict[tuple[str, Portion], str]:
    (tmp_path / "neste_steg.toml").write_text(FILE, encoding="utf-8")
    return read_next_steps(frozenset({"veiledning/solkrem"}), tmp_path)


@pytest.mark.parametrize(
    ("provision_id", "path", "step"),
    [
        pytest.param(f"{WORK}/§1-1", "", "Kjøp fløyte.", id="the provision"),
        pytest.param(f"{WORK}/§1-1", "ledd/1", "Kjøp fløyte.", id="a part without a step of its own"),
        pytest.param(f"{WORK}/§1-1", "ledd/2", "Kjøp fløyte.", id="what holds a part with a step"),
        pytest.param(f"{WORK}/§1-1", "ledd/2/bokstav/a", "Mål dybden.", id="a part with a step of its own"),
        pytest.param(f"{WORK}/§1-1", "ledd/2/bokstav/a/nr/1", "Mål dybden.", id="what lies in that part"),
        pytest.param(f"{WORK}/§1-2", "ledd/4", "Mål dybden.", id="second address of a step"),
        pytest.param("veiledning/solkrem", "", "Tørk av.", id="a note"),
        pytest.param(f"{WORK}/§1-3", "", "", id="none"),
    ],
)
def test_the_most_specific_step_is_found(
    provision_id: str, path: str, step: str, steps: dict[tuple[str, Portion], str]
) -> None:
    assert find_next_step(steps, provision_id, Portion.parse(path)) == step


def test_every_step_of_ours_belongs_to_a_part_that_is_there(library: Library) -> None:
    steps = read_next_steps(library.known)
    assert len(steps) > 200
    for provision_id, portion in steps:
        assert library.find(provision_id).span_of(portion), (provision_id, portion.path)
        assert library.next_step(provision_id, portion)


def test_no_address_of_the_file_is_lost_in_reading(library: Library) -> None:
    rows = tomllib.loads((CORE_FOLDER / "neste_steg.toml").read_text(encoding="utf-8"))["step"]
    written = [text for row in rows for text in row["provisions"]]
    assert len(written) == len(set(written)) == len(read_next_steps(library.known))
