"""The duty check against the official text itself: § 13-1 read here from Lovdata's XML, the codes from the reference folder.

Nothing here uses the project's own table or reader, so an error in either shows.
"""

import csv
import re
import xml.etree.ElementTree as ET
from functools import cache

import pytest

from assistant.duty.check import DutyOutcome, check_duty
from assistant.duty.industry import Vintage, read_code
from tests.corpus.reference import reference_folder

LISTED, LIMITED, OFF, SEA, UNSURE = (
    DutyOutcome.LISTED, DutyOutcome.LISTED_WITH_CONDITION, DutyOutcome.NOT_LISTED, DutyOutcome.OUTSIDE_THE_ACT,
    DutyOutcome.CANNOT_TELL,
)  # fmt: skip
# How the table limits a code: after a dash or a full stop. "unntatt" behind a comma belongs to the name of the code.
LIMIT = re.compile(r"(?: [–-] (?:unntatt|bare)|\. (?:Kun|Gjelder)) ")
FISHING_AND_SHIPPING = ("03.1", "50")


@cache
def official_rows() -> dict[str, bool]:
    """Return the codes of § 13-1 and whether each is limited, from the act's XML."""
    text = (reference_folder() / "lovdata" / "sf-20111206-1355.xml").read_text(encoding="utf-8")
    section = next(
        e for e in ET.fromstring(text.split("<!DOCTYPE html>")[-1]).iter("article") if e.get("data-name") == "§13-1"
    )
    rows = {}
    for row in section.iter("tr"):
        cells = row.findall("td")
        if len(cells) != 2:
            continue
        division = "".join(cells[0].itertext()).strip()
        for line in "\n".join(cells[1].itertext()).split("\n"):
            code = re.match(r"\d\d\.\d+", line.strip())
            rows[code[0] if code else division] = bool(LIMIT.search(line))
    return rows


@cache
def read(name: str) -> tuple[dict[str, str], ...]:
    with (reference_folder() / "naering" / name).open(encoding="utf-8") as source:
        return tuple(csv.DictReader(source))


@cache
def all_codes() -> frozenset[str]:
    return frozenset(row["sn2025"] for row in read("sn2025_koder.csv"))


@cache
def former_codes() -> dict[str, tuple[str, ...]]:
    return {row["sn2007"]: tuple(row["sn2025"].split("|")) for row in read("sn2007_til_sn2025.csv")}


def is_at_or_below(code: str, above: str) -> bool:
    return code == above or code.startswith(above if "." in above else f"{above}.")


def outcome_of(codes: tuple[str, ...]) -> DutyOutcome:
    """Return what the five-digit codes at or below the codes have in common."""
    leaves = {leaf for leaf in all_codes() if len(leaf) == 6 and any(is_at_or_below(leaf, code) for code in codes)}
    found = set()
    for leaf in leaves:
        limits = [limited for code, limited in official_rows().items() if is_at_or_below(leaf, code)]
        if any(is_at_or_below(leaf, sector) for sector in FISHING_AND_SHIPPING):
            found.add(SEA)
        else:
            found.add((LIMITED if any(limits) else LISTED) if limits else OFF)
    return found.pop() if len(found) == 1 else UNSURE


def test_the_official_table_is_read_whole() -> None:
    rows = official_rows()
    assert len(rows) == 108
    assert sorted(code for code, limited in rows.items() if limited) == [
        "32.3", "32.4", "52.22", "56.22", "80.01", "84.23", "84.24", "95.23", "95.29",
    ]  # fmt: skip
    assert (len(all_codes()), len(former_codes())) == (1763, 834)


def test_every_listed_code_is_a_code_and_listed_with_its_limit() -> None:
    wrong = {
        code: check_duty((read_code(code),)).outcome
        for code, limited in official_rows().items()
        if check_duty((read_code(code),)).outcome is not (LIMITED if limited else LISTED)
    }
    assert wrong == {}


def test_every_code_of_sn2025_has_the_outcome_of_the_official_table() -> None:
    """Parents and children of the listed codes among them"""
    wrong = [code for code in sorted(all_codes()) if check_duty((read_code(code),)).outcome is not outcome_of((code,))]
    assert wrong == []


def test_every_retired_code_has_the_outcome_of_what_followed_it_and_says_so() -> None:
    retired = {code: after for code, after in former_codes().items() if code not in all_codes()}
    assert len(retired) == 455
    wrong = [
        code for code, after in retired.items()
        if (read_code(code).retired, check_duty((read_code(code),)).outcome) != (code, outcome_of(after))
    ]  # fmt: skip
    assert wrong == []


def test_every_code_read_by_the_old_standard_has_the_outcome_of_what_it_meant() -> None:
    wrong = [
        code for code, after in former_codes().items()
        if check_duty((read_code(code, Vintage.SN2007),)).outcome is not outcome_of(after)
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("code", ["96", "96.02", "32", "56", "84", "86", "95.2"])
def test_the_choices_of_a_code_that_differs_are_all_that_lies_below_it_and_each_agrees(code: str) -> None:
    industry = read_code(code)
    choices = check_duty((industry,)).choices
    assert [choice.code for choice in choices if outcome_of((choice.code,)) is not choice.outcome] == []
    leaves = {leaf for leaf in all_codes() if len(leaf) == 6 and any(is_at_or_below(leaf, c) for c in industry.codes)}
    covered = {leaf for leaf in leaves if any(is_at_or_below(leaf, choice.code) for choice in choices)}
    assert covered == leaves
