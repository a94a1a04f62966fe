"""The duties of plikter.toml: read from the file, each resting on parts that are there."""

from pathlib import Path

import pytest

from corpus.document import Verdict
from corpus.duties import Duty, DutyTable, read_duties
from corpus.library import load_library
from tests.corpus.reference import numbers_in, stated_numbers

LIBRARY = load_library()
TABLE = read_duties(LIBRARY.known)
each_duty = pytest.mark.parametrize("duty", TABLE.duties, ids=[d.duty_id for d in TABLE.duties])
FILE = """
[[group]]
id = "bad"
title = "Badeplassen"
[[fact]]
id = "bølger"
forms = ["bølge*", "høy sjø"]
[[duty]]
id = "badevakt"
group = "bad"
title = "Badevakt"
facts = ["bølger"]
action = "Ansett en badevakt."
deadline = "Før sesongen."
rules = [["lov/1999-01-02-9002 § 1-1", "ledd/2", "vakt"], ["lov/1999-01-02-9002 § 1-2", ""]]
[[duty.band]]
from = 3
verdict = "avhenger"
[[duty.band]]
from = 8
verdict = "ja"
"""


@pytest.fixture
def table(tmp_path: Path) -> DutyTable:
    (tmp_path / "plikter.toml").write_text(FILE, encoding="utf-8")
    return read_duties(frozenset(), tmp_path)


def test_a_duty_is_read_with_its_rules_and_the_highest_bound_first(table: DutyTable) -> None:
    (duty,) = table.duties
    assert (duty.duty_id, duty.verdict, duty.facts) == ("badevakt", Verdict.YES, {"bølger"})
    assert [(step.start, step.verdict) for step in duty.steps] == [(8, Verdict.YES), (3, Verdict.DEPENDS)]
    assert [(r.address.provision_id, r.address.portion.path, r.words) for r in duty.rules] == [
        ("lov/1999-01-02-9002/§1-1", "ledd/2", "vakt"), ("lov/1999-01-02-9002/§1-2", "", ""),
    ]  # fmt: skip
    assert table.groups == {"bad": "Badeplassen"}


@pytest.mark.parametrize(
    ("text", "found"),
    [("BØLGER", {"bølger"}), ("her er  høy sjø", {"bølger"}), ("stille vann", set()), ("", set())],
)
def test_a_fact_is_found_by_what_people_call_it(table: DutyTable, text: str, found: set[str]) -> None:
    assert table.find_facts(text) == found


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("støy", {"støy"}),
        ("mye bråk og vibrasjoner", {"støy", "vibrasjoner"}),
        ("asbestsanering", {"asbest"}),
        ("vold", {"vold og trusler"}),
        ("voldsomt kjekt", set()),
        ("turnus om natta", {"skift", "nattarbeid"}),
        ("hjulskift", set()),
        ("blyanter", set()),
    ],
)
def test_our_facts_are_told_from_words_like_them(text: str, facts: set[str]) -> None:
    assert TABLE.find_facts(text) == facts


@pytest.mark.parametrize("fact", TABLE.facts, ids=[f.fact_id for f in TABLE.facts])
def test_every_fact_is_found_by_its_own_name_and_brings_a_duty(fact: object) -> None:
    name = fact.fact_id  # type: ignore[attr-defined]
    assert name in TABLE.find_facts(name)
    assert any(name in duty.facts | duty.or_facts for duty in TABLE.duties)


def test_ids_are_unique_and_every_name_used_is_known() -> None:
    ids = [duty.duty_id for duty in TABLE.duties]
    facts = {fact.fact_id for fact in TABLE.facts}
    thresholds = {threshold.threshold_id for threshold in LIBRARY.thresholds}
    assert len(ids) == len(set(ids)) > 50
    for number, duty in enumerate(TABLE.duties):
        assert duty.group in TABLE.groups
        assert duty.facts | duty.or_facts <= facts
        assert {duty.threshold} - {""} <= thresholds
        assert {duty.follows} - {""} <= set(ids[:number])  # what it follows stands before it


@each_duty
def test_something_brings_each_duty_and_what_depends_says_on_what(duty: Duty) -> None:
    ways = (duty.everyone, duty.threshold, duty.steps, duty.facts, duty.codes, duty.follows, duty.weeks, duty.bht_check)
    assert any(ways)
    can_depend = Verdict.DEPENDS in (duty.verdict, duty.code_verdict, *(s.verdict for s in duty.steps))
    assert duty.depends or not (can_depend or duty.threshold or duty.follows)
    assert duty.action.endswith(".")
    assert duty.deadline.endswith(".")


@each_duty
def test_every_rule_is_a_part_of_a_provision_with_the_words(duty: Duty) -> None:
    assert duty.rules
    for rule in duty.rules:
        text = LIBRARY.working_text(rule.address.provision_id)
        span = text.span_of(rule.address.portion)
        assert span, (rule.address.provision_id, rule.address.portion.path)
        assert rule.words in text.text[slice(*span)]


@each_duty
def test_every_number_in_our_words_stands_in_a_part_that_is_quoted(duty: Duty) -> None:
    quoted: set[str] = set()
    for rule in duty.rules:
        text = LIBRARY.working_text(rule.address.provision_id)
        quoted |= numbers_in(text.text[slice(*(text.span_of(rule.address.portion) or (0, 0)))])
    said = " ".join((duty.action, duty.deadline, duty.scope, duty.depends, duty.note))
    assert stated_numbers(said) <= quoted
    weeks = {str(duty.weeks)} if duty.weeks else set()
    assert weeks <= quoted
