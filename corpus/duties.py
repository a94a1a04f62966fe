"""HMS duties of an employer as one list, with what brings each of them, and the facts about a workplace that do."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.address import Address, Portion, find_addresses
from corpus.core import CORE_FOLDER
from corpus.document import Verdict
from corpus.patterns import word_pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something about a workplace that brings duties with it: an exposure, shift work, young workers. `fact_id` is its name."""

    fact_id: str
    forms: tuple[str, ...]

    def match(self, folded: str) -> bool:
        """Return whether the folded text names the fact."""
        return folded == self.fact_id or any(word_pattern(form).search(folded) for form in self.forms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A part of a provision that a duty rests on; `words` stand in the sentence that is quoted, "" quotes the part whole."""

    address: Address
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What holds from a number of employees upwards."""

    start: int
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty with what brings it; the head of plikter.toml says what each field means."""

    duty_id: str
    group: str
    title: str
    action: str
    deadline: str
    rules: tuple[Rule, ...]
    verdict: Verdict
    code_verdict: Verdict
    scope: str
    depends: str
    note: str
    everyone: bool
    threshold: str
    counts: str
    follows: str
    steps: tuple[Step, ...]
    facts: frozenset[str]
    or_facts: frozenset[str]
    codes: tuple[str, ...]
    bht_check: bool
    weeks: int
    full_leave_only: bool
    self_employed: bool
    in_chat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyTable:
    """The duties in the order they are shown, the titles of their groups, and the facts that are known."""

    duties: tuple[Duty, ...]
    groups: dict[str, str]
    facts: tuple[Fact, ...]

    def find_facts(self, text: str) -> frozenset[str]:
        """Return the facts that a text names.

        Args:
            text: What somebody wrote, in any case.
        """
        folded = " ".join(text.lower().split())
        return frozenset(fact.fact_id for fact in self.facts if fact.match(folded))


@cache
def read_duties(known: frozenset[str], folder: Path = CORE_FOLDER) -> DutyTable:
    """Return the table of plikter.toml.

    Args:
        known: The ids of the provisions there are; they settle which § an address means.
        folder: Where the file lies.
    """
    rows = tomllib.loads((folder / "plikter.toml").read_text(encoding="utf-8"))
    return DutyTable(
        duties=tuple(_read_duty(row, known) for row in rows["duty"]),
        groups={row["id"]: row["title"] for row in rows["group"]},
        facts=tuple(Fact(fact_id=row["id"], forms=tuple(row["forms"])) for row in rows["fact"]),
    )


def _read_duty(row: dict[str, Any], known: frozenset[str]) -> Duty:
    verdict = Verdict(row.get("verdict", "ja"))
    return Duty(
        duty_id=row["id"],
        group=row["group"],
        title=row["title"],
        action=row["action"],
        deadline=row["deadline"],
        rules=tuple(_read_rule(known, *rule) for rule in row["rules"]),
        verdict=verdict,
        code_verdict=Verdict(row.get("code_verdict", verdict)),
        scope=row.get("scope", ""),
        depends=row.get("depends", ""),
        note=row.get("note", ""),
        everyone=row.get("everyone", False),
        threshold=row.get("threshold", ""),
        counts=row.get("counts", ""),
        follows=row.get("follows", ""),
        steps=tuple(
            sorted(
                (Step(start=band["from"], verdict=Verdict(band["verdict"])) for band in row.get("band", ())),
                key=lambda step: -step.start,
            )
        ),
        facts=frozenset(row.get("facts", ())),
        or_facts=frozenset(row.get("or_facts", ())),
        codes=tuple(row.get("codes", ())),
        bht_check=row.get("bht_check", False),
        weeks=row.get("weeks", 0),
        full_leave_only=row.get("full_leave_only", False),
        self_employed=row.get("self_employed", False),
        in_chat=row.get("chat", False),
    )


def _read_rule(known: frozenset[str], written: str, portion: str, words: str = "") -> Rule:
    found = next(iter(find_addresses(written, known))).candidates[0]
    return Rule(address=Address(found.work, found.section, Portion.parse(portion)), words=words)
