"""Industry codes: the table of OLM § 13-1, the codes of SN2025 with their predecessors, and everyday words for industries.

The files are written by scripts/make-industry-data, which names the sources; bransjeord.toml and beskrivelser.csv are our own.
"""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("core") / "naering"
TABLE_PROVISION = "forskrift/2011-12-06-1355/§13-1"


@dataclass(frozen=True, slots=True)
class IndustryRow:
    """A code of § 13-1 andre ledd. `condition` limits it ("" when the whole code is covered)."""

    code: str
    name: str
    condition: str

    def covers(self, code: str) -> bool:
        """Return whether the code is the row's own or lies below it: row 96.21 covers 96.210, row 02 covers 02.1."""
        return code == self.code or code.startswith(self.code if "." in self.code else f"{self.code}.")


@dataclass(frozen=True, slots=True)
class IndustryWord:
    """An everyday word or phrase for an industry, with the SN2025 codes it may mean."""

    word: str
    codes: tuple[str, ...]
    certain: bool


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


@cache
def read_table() -> tuple[IndustryRow, ...]:
    """Return the codes of § 13-1 andre ledd, in the order of the table."""
    return tuple(IndustryRow(row["code"], row["name"], row["condition"]) for row in _read("tabell_13_1.csv"))


@dataclass(frozen=True, slots=True)
class Condition:
    """What settles whether a limited row of § 13-1 applies: words that do, and the question to ask when none does."""

    code: str
    question: str
    inside: tuple[str, ...]
    outside: tuple[str, ...]


@cache
def read_conditions() -> dict[str, Condition]:
    """Return the conditions by the code of the row."""
    rows = tomllib.loads((FOLDER / "vilkaar.toml").read_text(encoding="utf-8"))["condition"]
    return {r["code"]: Condition(r["code"], r["question"], tuple(r["inside"]), tuple(r["outside"])) for r in rows}


@cache
def read_codes() -> dict[str, str]:
    """Return the SN2025 codes with their names ("" where the source names none)."""
    return {row["code"]: row["name"] for row in _read("sn2025.csv")}


@dataclass(frozen=True, slots=True)
class Description:
    """What companies under a five-digit code do, in our words, and words that people use of them."""

    text: str
    words: tuple[str, ...]


@cache
def read_descriptions() -> dict[str, Description]:
    """Return our description of each five-digit SN2025 code."""
    return {
        row["code"]: Description(row["description"], tuple(row["words"].split("|")))
        for row in _read("beskrivelser.csv")
    }


@cache
def read_examples() -> tuple[tuple[str, str], ...]:
    """Return (code, text) of our example sentences: how employers under a five-digit code describe what they do."""
    lines = (FOLDER / "eksempler.tsv").read_text(encoding="utf-8").splitlines()
    return tuple((code, text) for code, text in (line.split("\t", 1) for line in lines))


def name_of(code: str) -> str:
    """Return what a code is called: the standard's name where the source has it, else our description, "" for a group without either."""
    if name := read_codes().get(code):
        return name
    if code in read_descriptions():
        return read_descriptions()[code].text
    row = next((row for row in read_table() if row.code == code), None)
    return row.name if row else ""


@cache
def read_successors() -> dict[str, tuple[str, ...]]:
    """Return the SN2025 codes that follow each retired SN2007 code."""
    return {row["sn2007"]: tuple(row["sn2025"].split("|")) for row in _read("sn2007_til_sn2025.csv")}


@cache
def read_words() -> tuple[IndustryWord, ...]:
    """Return the everyday words, ours before the reference's, longest first."""
    own = tomllib.loads((FOLDER / "bransjeord.toml").read_text(encoding="utf-8"))["industry"]
    words = {
        w.lower(): IndustryWord(w.lower(), tuple(entry["codes"]), entry["certain"])
        for entry in own
        for w in entry["words"]
    }
    for row in _read("hverdagsord.csv"):
        word = row["word"].lower()
        if "(" in word:  # means the industry only together with what stands in brackets
            continue
        words.setdefault(word, IndustryWord(word, tuple(row["sn2025"].split("|")), row["certainty"] != "lav"))
    return tuple(sorted(words.values(), key=lambda w: (-len(w.word), w.word)))
