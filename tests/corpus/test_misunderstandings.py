"""The list of widespread misunderstandings."""

import re
import tomllib
from pathlib import Path

import pytest

from corpus.address import Address, Portion
from corpus.core import CORE_FOLDER
from corpus.library import Library, load_library
from corpus.misunderstandings import Misunderstanding, read_misunderstandings

FILE = """
[[misunderstanding]]
id = "bare-sommer"
claim = "Badevakt trengs bare om sommeren."
rule = "Badevakt trengs hele året."
provisions = ["lov/1999-01-02-9002 § 1-1 første ledd", "lov/1999-01-02-9002 § 1-2"]
seen = "et blogginnlegg"
terms = [["badevakt*"], ["sommer*", "jul*"]]
unless = ["hele året", "ikke"]
presupposed = true
numbers = [3.5, 6]
variants = ["Badevakt trengs jo bare om sommeren?"]
near_misses = ["Trenger vi badevakt om sommeren?"]
"""


def test_an_entry_is_read_with_its_addresses_in_order_and_decimal_commas(tmp_path: Path) -> None:
    (tmp_path / "misforstaelser.toml").write_text(FILE, encoding="utf-8")
    (entry,) = read_misunderstandings(frozenset(), tmp_path)
    work = "lov/1999-01-02-9002"
    assert entry.misunderstanding_id == "bare-sommer"
    assert entry.provisions == (Address(work, "1-1", Portion.parse("ledd/1")), Address(work, "1-2"))
    assert entry.numbers == ("3,5", "6")
    assert entry.terms.match("badevakten i juli")
    assert (entry.claim, entry.rule) == ("Badevakt trengs bare om sommeren.", "Badevakt trengs hele året.")
    assert (len(entry.variants), len(entry.near_misses)) == (1, 1)
    assert (entry.unless, entry.is_presupposed) == (("hele året", "ikke"), True)


@pytest.mark.parametrize(
    ("text", "is_in"),
    [
        pytest.param("badevakt trengs bare i juli, fra kl. 6", True, id="terms and a wrong number"),
        pytest.param("badevakt trengs bare i juli, fra kl. 6, ikke sant", True, id="a tag denies nothing"),
        pytest.param("badevakt trengs bare i juli", False, id="no wrong number"),
        pytest.param("badevakt fra kl. 6", False, id="a group without a pattern"),
        pytest.param("badevakt trengs ikke bare i juli fra kl. 6", False, id="a true claim"),
        pytest.param("badevakt trengs hele året, også juli, fra kl. 6", False, id="another true claim"),
    ],
)
def test_a_claim_is_known_by_its_words(tmp_path: Path, text: str, is_in: bool) -> None:
    (tmp_path / "misforstaelser.toml").write_text(FILE, encoding="utf-8")
    (entry,) = read_misunderstandings(frozenset(), tmp_path)
    assert entry.is_in(text) is is_in


# --- Our list ----------------------------------------------------------------------------------------------------------------

ENTRIES = load_library().misunderstandings
each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.misunderstanding_id)


def test_ids_are_unique() -> None:
    assert len({e.misunderstanding_id for e in ENTRIES}) == len(ENTRIES)


def test_claims_and_variants_are_unique() -> None:
    for texts in ([e.claim for e in ENTRIES], [v for e in ENTRIES for v in (*e.variants, *e.near_misses)]):
        assert len({t.lower() for t in texts}) == len(texts)


@each_entry
def test_every_way_of_claiming_it_matches_its_own_terms(entry: Misunderstanding) -> None:
    assert [v for v in entry.variants if not entry.terms.match(v.lower())] == []


@each_entry
def test_every_way_of_claiming_it_holds_one_of_the_wrong_numbers(entry: Misunderstanding) -> None:
    def holds_one(text: str) -> bool:
        return not entry.numbers or bool(set(re.findall(r"\d+(?:,\d+)?", text.replace(".", ","))) & set(entry.numbers))

    assert [v for v in entry.variants if not holds_one(v)] == []


@each_entry
def test_the_right_rule_is_not_taken_for_the_claim(entry: Misunderstanding) -> None:
    assert [s for s in re.split(r"(?<=[.!?])\s+", entry.rule) if entry.is_in(s.lower())] == []


@each_entry
def test_there_are_enough_variants_to_test_with(entry: Misunderstanding) -> None:
    assert len(entry.variants) >= 6
    assert len(entry.near_misses) >= 2


@each_entry
def test_what_proves_the_rule_is_in_the_core(entry: Misunderstanding, library: Library) -> None:
    assert entry.provisions
    for address in entry.provisions:
        assert library.find(address.provision_id).span_of(address.portion), address.format()
        assert library.find(address.provision_id).repealed is None


def test_no_address_of_the_file_is_lost_in_reading() -> None:
    rows = tomllib.loads((CORE_FOLDER / "misforstaelser.toml").read_text(encoding="utf-8"))["misunderstanding"]
    assert [len(row["provisions"]) for row in rows] == [len(e.provisions) for e in ENTRIES]
