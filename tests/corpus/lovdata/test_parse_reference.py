"""The parser on real acts (`BHT_REFERENCE`): counts, the sections that the traps name, and the core against the official text."""

import os
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from corpus.address import Portion, parse_address
from corpus.core import read_core
from corpus.document import Document, Kind, Provision
from corpus.industry import read_table
from corpus.lovdata.parse import ParsedAct
from corpus.lovdata.words import check_words
from tests.corpus.lovdata.acts import REFERENCE_DATE, find, parts, real
from tests.corpus.reference import reference_folder

# Provisions of the core whose parts are its own: the official text has no ledd or letters to agree with (the notes there say so).
OWN_STRUCTURE = frozenset(["forskrift/2011-12-06-1357/§1-3"])


@pytest.fixture(scope="module", autouse=True)
def reference() -> None:
    """This ensures that CI never passes without the official texts."""
    if not reference_folder().is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"no reference folder at {reference_folder()}; set BHT_REFERENCE")
        pytest.skip("no reference folder; set BHT_REFERENCE")


@cache
def act(name: str) -> ParsedAct:
    return real(name)


def names() -> list[str]:
    return [path.name for path in sorted((reference_folder() / "lovdata").glob("*.xml"))]


@cache
def core() -> tuple[Document, ...]:
    return tuple(d for d in read_core(rows=read_table()) if d.document_id.startswith(("lov/", "forskrift/")))


@cache
def official() -> dict[str, Provision]:
    return {p.provision_id: p for name in names() for p in act(name).document}


AML, OLM, IK = "nl-20050617-062.xml", "sf-20111206-1355.xml", "sf-19961206-1127.xml"


@pytest.mark.parametrize(
    ("name", "count", "first", "tenth", "last"),
    [
        (AML, 197, "§1-1", "§2-1", "§20-3"),
        (OLM, 98, "§1-1", "§2-4", "§16-3"),
        (IK, 18, "§1", "§10", "til-9"),
    ],
)
def test_an_act_has_all_its_provisions_in_order(name: str, count: int, first: str, tenth: str, last: str) -> None:
    provisions = act(name).document.provisions
    tails = [p.provision_id.rpartition("/")[2] for p in provisions]
    assert (len(tails), tails[0], tails[9], tails[-1]) == (count, first, tenth, last)


def test_every_act_keeps_every_word_and_has_one_address_for_each_provision() -> None:
    assert len(names()) == 49
    for name in names():
        data = (reference_folder() / "lovdata" / name).read_bytes()
        check = check_words(data, act(name))
        assert check.is_whole, (name, check.lost, check.added)
    assert len(official()) == sum(len(act(name).document.provisions) for name in names())


def test_every_part_of_every_act_is_addressable() -> None:
    count = 0
    for provision in official().values():
        for segment in provision.segments:
            span = provision.span_of(segment.portion)
            assert span
            assert span[0] <= segment.start < segment.end <= span[1]
            assert Portion.parse(segment.portion.path) == segment.portion
            count += 1
    assert count > 12_000


def test_every_section_reads_back_from_its_citation() -> None:
    known = frozenset(official())
    for provision in official().values():
        work, sign, _ = provision.provision_id.partition("/§")
        if sign and provision.kind is Kind.OFFICIAL:
            assert (
                parse_address(f"{work} §{provision.label.rpartition('§')[2]}", known).provision_id
                == provision.provision_id
            )
            assert parse_address(provision.provision_id, known).provision_id == provision.provision_id


def test_sections_with_letters_are_found_by_the_number_of_the_law() -> None:
    assert find(act(AML), "§18-10a").label == "arbeidsmiljøloven § 18-10 a"
    assert find(act(AML), "§2A-1").path[-1] == "Kapittel 2 A. Varsling"


def test_the_industry_table_has_a_row_for_each_code() -> None:
    provision = find(act(OLM), "§13-1")
    rows = dict(parts(provision))
    assert rows["ledd/2/rad/02"] == "02 Skogbruk og tjenester tilknyttet skogbruk"
    assert rows["ledd/2/rad/03.2"] == "03.2 Akvakultur"
    assert rows["ledd/2/rad/96.21"] == "96.21 Frisering og barbering"
    assert rows["ledd/4"].startswith("Listen over næringsgrupper")
    assert sum("/rad/" in path for path in rows) == len(read_table())


def test_the_eight_points_of_internal_control_are_the_second_ledd() -> None:
    found = [path for path, _ in parts(find(act(IK), "§5"))]
    assert found == ["ledd/1", "ledd/2", *(f"ledd/2/nr/{n}" for n in range(1, 9)), "ledd/3", "ledd/4", "ledd/5"]


def test_commentary_on_internal_control_is_guidance_about_its_sections() -> None:
    notes = [p for p in act(IK).document if p.kind is Kind.GUIDANCE]
    assert [p.provision_id.rpartition("/")[2] for p in notes] == [f"til-{n}" for n in (2, 4, 5, 6, 7, 8, 9)]
    assert [a.provision_id for a in notes[2].explains] == ["forskrift/1996-12-06-1127/§5"]


def test_repealed_sections_say_from_when() -> None:
    electricity = act("nl-19290524-004.xml")
    assert find(act(AML), "§2-4").repealed == date(2017, 7, 1)  # from the change note
    assert find(electricity, "§13").repealed == date(2026, 1, 1)
    assert find(electricity, "§13").is_current(REFERENCE_DATE)
    # Marked 2007-07-01, the day on which they were added again; the law in force has them.
    assert find(electricity, "§8").is_current(REFERENCE_DATE)
    assert find(act("sf-20111206-1360.xml"), "§2-4").is_current(REFERENCE_DATE)


def test_an_announced_change_does_not_date_the_wording() -> None:
    provision = find(act(AML), "§4-3")
    assert (provision.in_force, provision.amended_by) == (date(2024, 1, 1), "lov/2023-06-16-37")
    assert "Endres ved lov 20 juni 2025 nr. 37 (i kraft 1 jan 2026" in provision.changes[-1]


def test_articles_of_the_data_protection_regulation_have_addresses_of_their_own() -> None:
    provision = find(act("nl-20180615-038.xml"), "gdpr/a6")
    assert provision.label == "personopplysningsloven (GDPR) artikkel 6"
    assert ("ledd/1/bokstav/a") in dict(parts(provision))


def comparable() -> list[tuple[Provision, Provision]]:
    """Return the provisions of the core with their official text, but for those amended after it and those without text."""
    pairs = [(p, official().get(p.provision_id)) for d in core() for p in d]
    return [
        (ours, theirs)
        for ours, theirs in pairs
        if theirs and theirs.text and (ours.in_force is None or ours.in_force <= REFERENCE_DATE)
    ]


def test_each_part_of_the_core_is_a_part_of_the_official_text() -> None:
    pairs = comparable()
    assert len(pairs) > 340
    missing = [
        f"{ours.provision_id} {segment.portion.path}"
        for ours, theirs in pairs
        for segment in ours.segments
        if ours.provision_id not in OWN_STRUCTURE and theirs.span_of(segment.portion) is None
    ]
    assert missing == []


def test_the_core_and_the_official_text_agree_on_dates_and_amending_acts() -> None:
    differing = [
        (ours.provision_id, ours.in_force, theirs.in_force, ours.amended_by, theirs.amended_by)
        for ours, theirs in comparable()
        if (ours.in_force, ours.amended_by) != (theirs.in_force, theirs.amended_by)
    ]
    assert differing == []


def test_only_what_is_newer_than_the_official_text_is_in_the_core_alone() -> None:
    folder = {Path(name).stem for name in names()}
    assert "nl-20050617-062" in folder
    alone = [
        p
        for d in core()
        for p in d
        if any(k.startswith(f"{d.document_id}/") for k in official()) and p.provision_id not in official()
    ]
    assert all(p.in_force and p.in_force > REFERENCE_DATE for p in alone)
