"""Addresses: every form people write, what is no address, and that parsing undoes formatting."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.act_names import acts_by_id, all_acts
from corpus.address import (
    ORDINALS,
    Address,
    Portion,
    find_addresses,
    format_section,
    normalise_section,
    parse_address,
)
from corpus.document import Kind
from corpus.errors import AddressError
from corpus.library import Library, load_library

WORKS = {act.abbreviation: act.work for act in all_acts()}
# What exists, for these tests: § 3-3 in two acts, § 13-2 in two, § 5 in one, and sections with letters.
KNOWN = frozenset(
    f"{WORKS[abbreviation]}/§{section}"
    for abbreviation, sections in {
        "AML": "2A-1 2A-6 3-3 4-1 4-6 7-1 14-9 18-10 18-10a",
        "OLM": "3-3 13-1 13-2 13-3",
        "IK": "5",
        "UTF": "13-2",
        "BIL": "3",
    }.items()
    for section in sections.split()
)
ABBREVIATIONS = {work: abbreviation for abbreviation, work in WORKS.items()}


def read(text: str) -> list[str]:
    """Return the likeliest address of each mention, short: "AML 3-3 ledd/1"."""
    likeliest = (mention.candidates[0] for mention in find_addresses(text, KNOWN))
    return [f"{ABBREVIATIONS[a.work]} {a.section} {a.portion.path}".strip() for a in likeliest]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The act named before the number, in each of its forms; no § sign is needed then.
        pytest.param("aml 3-3", ["AML 3-3"], id="abbreviation in lower case"),
        pytest.param("AML § 3-3", ["AML 3-3"], id="abbreviation in capitals"),
        pytest.param("aml. § 3-3", ["AML 3-3"], id="abbreviation with a full stop"),
        pytest.param("arbeidsmiljøloven 3-3", ["AML 3-3"], id="full name"),
        pytest.param("arbeidsmiljølovens § 3-3", ["AML 3-3"], id="genitive"),
        pytest.param("arbeidsmijøloven 3-3", ["AML 3-3"], id="common misspelling"),
        pytest.param("arbeidsmiljølova § 3-3", ["AML 3-3"], id="nynorsk name"),
        pytest.param("Working Environment Act section 3-3", ["AML 3-3"], id="English name"),
        pytest.param("forskrift om organisering § 13-1", ["OLM 13-1"], id="short name of a regulation"),
        pytest.param("forskrift om organisering, ledelse og medvirkning § 13-1", ["OLM 13-1"], id="name with commas"),
        pytest.param("org.forskr. 13-1 bokstav b", ["OLM 13-1 bokstav/b"], id="abbreviation with inner full stops"),
        pytest.param("ik-hms § 5", ["IK 5"], id="abbreviation with a hyphen"),
        pytest.param("Arbeidsmiljøloven kap. 3 § 3-3", ["AML 3-3"], id="chapter between name and number"),
        pytest.param("AML: § 3-3", ["AML 3-3"], id="colon between name and number"),
        pytest.param("(aml § 3-3)", ["AML 3-3"], id="in brackets"),
        pytest.param("aml§3-3", ["AML 3-3"], id="without a blank"),
        # The act named after the number; § 3-3 alone would be read as AML.
        pytest.param("§ 13-2 bokstav e i OLM", ["OLM 13-2 bokstav/e"], id="named after a letter"),
        pytest.param("§ 3-3 første ledd i forskrift om organisering", ["OLM 3-3 ledd/1"], id="named after a ledd"),
        pytest.param("section 3-3 of the Working Environment Act", ["AML 3-3"], id="named after, English"),
        pytest.param("3-3 i olm", ["OLM 3-3"], id="named after, no sign"),
        pytest.param(
            "paragraf 3-3 første ledd i OLM",
            ["OLM 3-3 ledd/1"],
            id="named after a ledd, no sign",
        ),
        pytest.param("§ 5 etter internkontrollforskriften", ["IK 5"], id="named after, etter"),
        pytest.param("§ 3-3 i arbeidsmiljøloven", ["AML 3-3"], id="i before the act is a word, not a letter"),
        pytest.param("§ 3-3 i loven", ["AML 3-3"], id="i before another word is a word"),
        pytest.param("§§ 13-2 og 13-3 i OLM", ["OLM 13-2", "OLM 13-3"], id="list, the act named behind it"),
        pytest.param("§ 3-3 i OLM", ["OLM 3-3"], id="act right behind i"),
        pytest.param("§ 3-3 OLM", ["OLM 3-3"], id="act right behind the number"),
        pytest.param("3-3 olm", ["OLM 3-3"], id="act right behind a bare number"),
        pytest.param("§ 13-2 e i OLM", ["OLM 13-2 bokstav/e"], id="letter, i and act"),
        pytest.param("§ 5 i internkontrollforskriften", ["IK 5"], id="one number, i and act"),
        # Signs and words for "section".
        pytest.param("§ 3-3", ["AML 3-3"], id="sign with blank"),
        pytest.param("§3-3", ["AML 3-3"], id="sign without blank"),
        pytest.param("paragraf 3-3", ["AML 3-3"], id="the word paragraf"),
        pytest.param("paragrafen 3-3", ["AML 3-3"], id="the word paragrafen"),
        pytest.param("pgf. 3-3", ["AML 3-3"], id="the abbreviation pgf"),
        pytest.param("aml 3–3", ["AML 3-3"], id="en dash"),
        pytest.param("aml 3‑3", ["AML 3-3"], id="no-break hyphen"),
        pytest.param("3-3", ["AML 3-3"], id="nothing but the number"),
        pytest.param("18-10a?", ["AML 18-10a"], id="nothing but the number, asked"),
        # Chapter letters and section letters.
        pytest.param("§ 2 A-6", ["AML 2A-6"], id="chapter letter as the law writes it"),
        pytest.param("§2A-6", ["AML 2A-6"], id="chapter letter without blanks"),
        pytest.param("aml 2 a-6", ["AML 2A-6"], id="chapter letter in lower case"),
        pytest.param("18-10a", ["AML 18-10a"], id="section letter"),
        pytest.param("§ 18-10 a", ["AML 18-10a"], id="section letter as the law writes it"),
        pytest.param("§ 18-10 A", ["AML 18-10a"], id="section letter in capitals"),
        pytest.param("aml § 18-10 a første ledd", ["AML 18-10a ledd/1"], id="section letter with ledd"),
        pytest.param("§ 13-2 e", ["OLM 13-2 bokstav/e"], id="a letter that is no section is a letter of the ledd"),
        pytest.param("OLM 13-2e", ["OLM 13-2 bokstav/e"], id="the same without a blank"),
        pytest.param("§ 13-2 i", ["OLM 13-2 bokstav/i"], id="i at the end is a letter"),
        pytest.param(
            "aml § 15-13 a",
            ["AML 15-13a"],
            id="unknown section letter",
        ),
        # Ledd, letters and numbers.
        pytest.param("aml § 3-3 første ledd", ["AML 3-3 ledd/1"], id="ordinal word"),
        pytest.param("aml § 14-9 annet ledd bokstav a", ["AML 14-9 ledd/2/bokstav/a"], id="old ordinal and letter"),
        pytest.param("aml 4-6 4. ledd", ["AML 4-6 ledd/4"], id="ordinal in digits"),
        pytest.param("aml § 4-1 ledd 2", ["AML 4-1 ledd/2"], id="number behind ledd"),
        pytest.param("aml § 4-1 fyrste ledd", ["AML 4-1 ledd/1"], id="nynorsk first"),
        pytest.param("aml § 4-1 anna ledd", ["AML 4-1 ledd/2"], id="nynorsk second"),
        pytest.param("aml § 4-1 sjuande ledd", ["AML 4-1 ledd/7"], id="nynorsk seventh"),
        pytest.param("aml § 4-1 syvende ledd", ["AML 4-1 ledd/7"], id="conservative seventh"),
        pytest.param("AML section 4-1 second paragraph letter c", ["AML 4-1 ledd/2/bokstav/c"], id="English ordinal"),
        pytest.param("AML section 4-1 third subsection", ["AML 4-1 ledd/3"], id="English subsection"),
        pytest.param("§ 13-2 litra e", ["OLM 13-2 bokstav/e"], id="litra"),
        pytest.param("IK § 5 andre ledd nr. 6", ["IK 5 ledd/2/nr/6"], id="number in the list"),
        pytest.param("IK § 5, 2. ledd, punkt 6", ["IK 5 ledd/2/nr/6"], id="punkt, with commas"),
        pytest.param("IK § 5 nr 6 andre ledd", ["IK 5 ledd/2/nr/6"], id="parts in another order"),
        pytest.param("hva sier 13-2 bokstav e", ["OLM 13-2 bokstav/e"], id="letter without sign or act"),
        pytest.param("AML § 3-3 andre ledd andre punktum", ["AML 3-3 ledd/2"], id="the sentence is left out"),
        pytest.param(
            "OLM § 13-1 (2)",
            ["OLM 13-1 ledd/2"],
            id="ledd in brackets",
        ),
        pytest.param("aml § 3-3 0. ledd", ["AML 3-3"], id="ledd zero"),
        pytest.param("OLM §§ 13-2 (1) og 13-3 (2)", ["OLM 13-2 ledd/1", "OLM 13-3 ledd/2"], id="list with brackets"),
        pytest.param("§ 13-1 (2) bokstav a", ["OLM 13-1 ledd/2/bokstav/a"], id="brackets and letter"),
        # Paths and ids, as our own output writes them.
        pytest.param("lov/2005-06-17-62/§3-3", ["AML 3-3"], id="provision id"),
        pytest.param("lov/2005-06-17-62/§3-3/ledd/1", ["AML 3-3 ledd/1"], id="provision id with portion"),
        pytest.param("forskrift/2011-12-06-1355/§13-1/ledd/2/rad/02", ["OLM 13-1 ledd/2/rad/02"], id="table row"),
        pytest.param("OLM § 13-1 andre ledd rad/96.21", ["OLM 13-1 ledd/2/rad/96.21"], id="table row with full stop"),
        pytest.param("OLM § 13-1 ledd/1 strek/3", ["OLM 13-1 ledd/1/strek/3"], id="dash"),
        # Several at once.
        pytest.param("OLM §§ 13-2, 13-3", ["OLM 13-2", "OLM 13-3"], id="list with a comma"),
        pytest.param("aml §§ 2A-1 til 2A-6", ["AML 2A-1", "AML 2A-6"], id="from and to"),
        pytest.param("AML § 3-3 og § 4-1", ["AML 3-3", "AML 4-1"], id="og with two signs"),
        pytest.param("jf. aml. § 3-3, jf. OLM § 13-1", ["AML 3-3", "OLM 13-1"], id="two acts"),
        pytest.param("OLM 13-2 og 13-3, jf. aml 7-1", ["OLM 13-2", "OLM 13-3", "AML 7-1"], id="list, then another act"),
        pytest.param("Etter OLM skal dere bruke BHT, se § 13-2", ["OLM 13-2"], id="act named earlier in the sentence"),
        # The act decides, also when we do not hold the section.
        pytest.param("aml § 99-9", ["AML 99-9"], id="unknown section of a named act"),
        pytest.param("OLM § 5", ["OLM 5"], id="section of another act"),
    ],
)
def test_an_address_is_read_as_people_write_it(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("vi er 10-30 ansatte", id="range of employees"),
        pytest.param("Hva sier aml om 10-30 ansatte?", id="range behind a named act"),
        pytest.param("jeg kjører bil 3-4 timer", id="an act's abbreviation as an everyday word"),
        pytest.param("hold det rent, ren 3-4 ganger", id="another such word"),
        pytest.param("vi jobber 08-16", id="working hours"),
        pytest.param("møtet er 12-10-2024", id="date"),
        pytest.param("ring 22-33 44 55", id="telephone number"),
        pytest.param("er 4-6 uker nok?", id="range of weeks"),
        pytest.param("4-6 uker er nok", id="range in front"),
        pytest.param("nok er 4-6", id="range at the end"),
        pytest.param("fra 1.5-2.5 prosent", id="range of decimals"),
        pytest.param("org.nr. 912-34", id="three digits"),
        pytest.param("§ 99-9", id="section that no act has"),
        pytest.param("aml kapittel 3", id="chapter"),
        pytest.param("lov/2005-06-17-62", id="the act alone: its date is no section"),
        pytest.param("", id="nothing"),
        pytest.param(
            "vi er 10-30 ansatte, må vi ha AMU etter arbeidsmiljøloven?",
            id="range with an act named later",
        ),
    ],
)
def test_other_numbers_are_no_address(text: str) -> None:
    assert read(text) == []


def test_an_abbreviation_that_is_an_everyday_word_counts_in_capitals() -> None:
    assert read("BIL § 3") == ["BIL 3"]


@pytest.mark.parametrize(
    ("text", "written", "named"),
    [
        ("se § 13-2 bokstav e, takk", "§ 13-2 bokstav e", False),
        ("se aml paragraf 3-3 første ledd.", "paragraf 3-3 første ledd", True),
        ("§ 3-3 i loven", "§ 3-3", False),
        ("§ 13-2 e", "§ 13-2 e", False),
    ],
)
def test_a_mention_tells_where_it_stands_and_whether_the_act_was_named(text: str, written: str, named: bool) -> None:
    (mention,) = find_addresses(text, KNOWN)
    assert (text[mention.start : mention.end], mention.named) == (written, named)


def test_all_acts_with_the_section_are_candidates_in_our_order() -> None:
    (mention,) = find_addresses("§ 13-2", KNOWN)
    assert [a.work for a in mention.candidates] == [WORKS["OLM"], WORKS["UTF"]]
    (mention,) = find_addresses("UTF § 13-2", KNOWN)
    assert [a.work for a in mention.candidates] == [WORKS["UTF"]]


def test_a_text_without_an_address_is_refused_with_an_example_of_one() -> None:
    with pytest.raises(AddressError, match=r"«hei på deg».*«aml § 3-3»"):
        parse_address("hei på deg", KNOWN)


@pytest.mark.parametrize(
    ("written", "section", "formatted"),
    [
        ("3-3", "3-3", "3-3"),
        ("2 A-6", "2A-6", "2 A-6"),
        ("2a-6", "2A-6", "2 A-6"),
        ("§ 18-10 A", "18-10a", "18-10 a"),
        ("13 – 2", "13-2", "13-2"),
        ("5", "5", "5"),
        ("12 A", "12a", "12 a"),
        ("2A-1 b", "2A-1b", "2 A-1 b"),
        ("1-1-3", "1-1-3", "1-1-3"),
        ("3-3-3-1", "3-3-3-1", "3-3-3-1"),
        ("5-1-1 a", "5-1-1a", "5-1-1 a"),
        ("8 cb", "8cb", "8 cb"),
        ("12 bis", "12bis", "12 bis"),
        ("13a-1", "13A-1", "13 A-1"),
        ("20-7ca", "20-7ca", "20-7 ca"),
    ],
)
def test_a_section_number_has_one_form_inside_and_the_laws_form_outside(
    written: str, section: str, formatted: str
) -> None:
    assert normalise_section(written) == section
    assert format_section(section) == formatted


@pytest.mark.parametrize("text", ["", "§", "abc", "3-", "-3", "3-3-", "3-3abcd", "3-3-3-3-3", "tre"])
def test_what_is_no_section_number_is_refused(text: str) -> None:
    with pytest.raises(AddressError, match=re.escape(f"«{text}»")):
        normalise_section(text)


@pytest.mark.parametrize(
    ("path", "formatted"),
    [
        ("", ""),
        ("ledd/1", "første ledd"),
        ("ledd/2/bokstav/e", "andre ledd bokstav e"),
        ("ledd/12", "tolvte ledd"),
        ("ledd/13", "13. ledd"),
        ("ledd/1/nr/6", "første ledd nr. 6"),
        ("ledd/1/strek/2", "første ledd strekpunkt 2"),
        ("ledd/2/rad/96.21", "andre ledd næringskode 96.21"),
        ("bokstav/å", "bokstav å"),
        ("ledd/2a", "ledd 2a"),
        ("nr/1/bokstav/a", "nr. 1 bokstav a"),
        ("ledd/1/nr/3.3.2", "første ledd nr. 3.3.2"),
        ("ledd/1/tabellrad/5", "første ledd rad 5"),
        ("ledd/2~2/bokstav/a~3", "andre ledd (forekomst 2) bokstav a (forekomst 3)"),
    ],
)
def test_a_portion_is_cited_in_words(path: str, formatted: str) -> None:
    assert Portion.parse(path).format() == formatted


@pytest.mark.parametrize("path", ["ledd", "ledd/", "ledd/1/", "avsnitt/1", "/ledd/1", "ledd/1/bokstav"])
def test_a_path_that_is_not_pairs_of_kind_and_name_is_refused(path: str) -> None:
    with pytest.raises(AddressError, match=re.escape(f"«{path}»")):
        Portion.parse(path)


@pytest.mark.parametrize(
    ("part", "whole", "inside"),
    [
        ("ledd/1/bokstav/a", "ledd/1", True),
        ("ledd/1", "ledd/1", True),
        ("ledd/1", "", True),
        ("ledd/1", "ledd/1/bokstav/a", False),
        ("ledd/12", "ledd/1", False),
        ("ledd/2/bokstav/a", "ledd/1", False),
    ],
)
def test_a_part_lies_in_what_its_path_begins_with(part: str, whole: str, inside: bool) -> None:
    assert Portion.parse(part).starts_with(Portion.parse(whole)) is inside


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(" ".join(ORDINALS), id="bokmål"),
        pytest.param("fyrste andre tredje fjerde femte sjette sjuande åttande niande tiande", id="nynorsk"),
        pytest.param("første annet tredje fjerde femte sjette syvende", id="conservative"),
        pytest.param("fyrste anna", id="neuter nynorsk"),
        pytest.param("fyrste andra", id="older nynorsk"),
        pytest.param("first second third fourth fifth sixth", id="English"),
    ],
)
def test_ordinals_count_from_one(words: str) -> None:
    for number, word in enumerate(words.split(), 1):
        assert read(f"aml § 3-3 {word} ledd") == [f"AML 3-3 ledd/{number}"]


@pytest.mark.parametrize(
    ("address", "citation"),
    [
        (Address(WORKS["AML"], "2A-6", Portion.parse("ledd/1")), "arbeidsmiljøloven § 2 A-6 første ledd"),
        (Address(WORKS["OLM"], "13-1"), "forskrift om organisering, ledelse og medvirkning § 13-1"),
        (Address("lov/1900-01-01-1", "5", Portion.parse("bokstav/b")), "lov/1900-01-01-1 § 5 bokstav b"),
    ],
)
def test_an_address_is_cited_with_the_name_of_its_act_or_else_its_id(address: Address, citation: str) -> None:
    assert address.format() == citation


@pytest.mark.parametrize(
    ("written", "section"),
    [
        ("§ 1-1-3", "1-1-3"),
        ("§ 3-3-3-1", "3-3-3-1"),
        ("§ 5-1-1 a", "5-1-1a"),
        ("§ 7-30b-1", "7-30b-1"),
        ("§ 8 cb", "8cb"),
        ("§ 20-7ca", "20-7ca"),
        ("§ 13 a-1", "13A-1"),
        ("§ 6-2 (forekomst 2)", "6-2~2"),
        ("/§6-2~2", "6-2~2"),
        ("§ 8 av 1990", "8"),
        ("§ 8 og", "8"),
    ],
)
def test_every_numbering_of_the_law_is_read(written: str, section: str) -> None:
    work = "forskrift/2099-01-02-9999"
    known = frozenset(f"{work}/§{s}" for s in (section, "1-1", "3-3", "5-1", "7-30", "20-7", "8", "6-2"))
    assert parse_address(f"{work} {written}" if written[0] != "/" else work + written, known) == Address(work, section)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        pytest.param("bokstav a nr. 1", "bokstav/a/nr/1", id="a number below a letter"),
        pytest.param("nr. 1 bokstav a", "nr/1/bokstav/a", id="a letter below a number"),
        pytest.param("bokstav a, bokstav b", "bokstav/b", id="listed letters: the last"),
        pytest.param("bokstav aa", "bokstav/aa", id="the letter after z"),
        pytest.param("første ledd bokstav b nr. ii", "ledd/1/bokstav/b/nr/ii", id="roman number"),
        pytest.param("nr. i", "nr/i", id="the first roman number"),
        pytest.param("nr. i lista", "", id="i before a word is a word"),
        pytest.param("første ledd rad 0,9", "ledd/1/tabellrad/0,9", id="row of a table"),
        pytest.param("ledd 2a", "ledd/2a", id="ledd with a letter"),
        pytest.param("nr. 3.3.2 (forekomst 2) bokstav a", "nr/3.3.2~2/bokstav/a", id="the second with that number"),
    ],
)
def test_parts_are_read_in_the_order_they_nest(written: str, path: str) -> None:
    address = parse_address(f"forskrift/2099-01-02-9999 § 5 {written}", frozenset(["forskrift/2099-01-02-9999/§5"]))
    assert address.portion.path == path


def test_a_path_behind_an_id_is_read_whole_whatever_its_names() -> None:
    path = "ledd/1/nr/1~2/nr/ane-033/tabellrad/1,4-bis/strek/2"
    assert parse_address(f"lov/2005-06-17-62/§3-3/{path}.", KNOWN).portion.path == path


def test_an_id_gives_its_address() -> None:
    assert Address.from_id("lov/2005-06-17-62/§2A-6") == Address(WORKS["AML"], "2A-6")
    for text in ("veiledning/hva-bht-er", "lov/2005-06-17-62/§", "lov/2005-06-17-62/KAPITTEL_1", ""):
        with pytest.raises(AddressError, match=re.escape(f"«{text}»")):
            Address.from_id(text)


# --- Invariants ----------------------------------------------------------------------------------------------------------

LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz")
NUMBERS = st.integers(1, 99).map(str)
KINDS = {"ledd": NUMBERS, "bokstav": LETTERS | st.sampled_from("æøå"), "nr": NUMBERS}
ALL_KINDS = KINDS | {"strek": NUMBERS, "rad": st.from_regex(r"\A\d\d(\.\d{1,3})?\Z")}


@st.composite
def portions(draw: st.DrawFn, kinds: dict[str, st.SearchStrategy[str]] = KINDS) -> Portion:
    """Return a portion of some of the kinds, in the order of citation."""
    chosen = draw(st.lists(st.sampled_from(list(kinds)), unique=True))
    return Portion(tuple((kind, draw(kinds[kind])) for kind in kinds if kind in chosen))


@st.composite
def addresses(draw: st.DrawFn) -> Address:
    chapter, letter = draw(NUMBERS), draw(st.just("") | LETTERS.map(str.upper))
    number, trailing = draw(NUMBERS), draw(st.just("") | LETTERS)
    work = draw(st.sampled_from(all_acts())).work
    return Address(work, f"{chapter}{letter}-{number}{trailing}", draw(portions()))


@given(portions(ALL_KINDS))
def test_a_portion_reads_back_from_its_path(portion: Portion) -> None:
    assert Portion.parse(portion.path) == portion


@given(portions(ALL_KINDS), st.sampled_from(list(ALL_KINDS)), NUMBERS)
def test_a_child_lies_in_its_parent(portion: Portion, kind: str, name: str) -> None:
    child = portion.child(kind, name)
    assert child.starts_with(portion)
    assert not portion.starts_with(child)
    assert child.path == f"{portion.path}/{kind}/{name}".removeprefix("/")


@given(addresses())
def test_an_address_reads_back_from_its_citation_and_from_its_id(address: Address) -> None:
    known = frozenset({address.provision_id})
    assert parse_address(address.format(), known) == address
    assert parse_address(f"{address.provision_id}/{address.portion.path}", known) == address


def core_addresses(with_list_parts: bool) -> list[Address]:
    """Return the address of each part of the core, of list parts (dashes, table rows) or of all others."""
    found = {
        Address(*p.provision_id.split("/§"), portion=s.portion)
        for document in load_library().core
        for p in document
        if p.kind is Kind.RESTATEMENT
        for s in p.segments
    }
    return sorted(a for a in found if any(k in ("strek", "rad") for k, _ in a.portion.parts) is with_list_parts)


def test_every_address_of_the_core_reads_back(library: Library) -> None:
    everything = core_addresses(with_list_parts=False)
    assert len(everything) > 1000
    for address in everything:
        assert parse_address(address.format(), library.known) == address
    for address in [*everything, *core_addresses(with_list_parts=True)]:
        assert parse_address(f"{address.provision_id}/{address.portion.path}", library.known) == address


def test_every_dash_and_table_row_of_the_core_reads_back_from_its_citation(library: Library) -> None:
    everything = core_addresses(with_list_parts=True)
    assert len(everything) > 300
    for address in everything:
        assert parse_address(address.format(), library.known) == address


PIECES = (
    "§", "§§", "§ ", " ", " ", "3-3", "13-2", "2 A-6", "18-10a", "99", "10-30", "aml", "OLM", "arbeidsmiljøloven", "bil", "ledd",
    "første", "2.", "bokstav", "e", "i", "nr.", "og", ",", ".", "?", "(2)", "lov/2005-06-17-62", "/", "rad/02", "-", "–", "å", "\n",
    "ſ", "\u0130", "\u0131", "\u212a",  # match a-z when case is ignored, and are none of them
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3)).map("".join))
def test_no_text_breaks_the_reader_and_mentions_lie_in_order(text: str) -> None:
    end = 0
    for mention in find_addresses(text, KNOWN):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.candidates
        end = mention.end


@given(st.text())
def test_parsing_gives_an_address_or_the_error_for_it(text: str) -> None:
    with suppress(AddressError):
        assert isinstance(parse_address(text), Address)


def test_names_of_acts_lead_to_one_act_each() -> None:
    names = [name.lower() for act in all_acts() for name in (act.name, act.abbreviation, *act.aliases)]
    assert len(names) == len(set(names))
    assert len(acts_by_id()) == len(all_acts()) >= 20
