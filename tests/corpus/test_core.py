"""The reader of the core's format, on an invented act and regulation (tests/data/kjerne) and on broken files."""

import re
from datetime import date
from pathlib import Path

import pytest

from corpus.address import Address, Portion
from corpus.core import read_act, read_core, read_notes
from corpus.document import Document, Kind, Level, Provision, Verdict
from corpus.errors import FormatError
from corpus.industry import TABLE_PROVISION, IndustryRow

TIVOLI = "forskrift/2001-02-03-9001"
BATHS = "lov/1999-01-02-9002"
FRONT = f"""---
id: {TIVOLI}
title: Forskrift om drift av tivoli
name: tivoliforskriften
abbreviation: TIV
level: 2
url: https://example.org/tivoli
text_date: 2026-07-02
checked: 2026-08-01
---
"""
NOTES_FRONT = "---\ncollection: veiledning\nchecked: 2026-08-01\n---\n"


@pytest.fixture
def tivoli(invented: tuple[Document, ...]) -> Document:
    return invented[1]


def find(document: Document, provision_id: str) -> Provision:
    return next(p for p in document if p.provision_id == provision_id)


def parts(provision: Provision) -> list[tuple[str, str]]:
    return [(s.portion.path, provision.text[s.start : s.end]) for s in provision.segments]


def test_acts_come_in_the_order_of_their_files_and_notes_last(invented: tuple[Document, ...]) -> None:
    assert [d.document_id for d in invented] == [BATHS, TIVOLI, "veiledning/baderaad"]


def test_front_matter_becomes_the_document(tivoli: Document) -> None:
    assert (tivoli.title, tivoli.name) == ("Forskrift om drift av tivoli (tivoliforskriften)", "tivoliforskriften")
    assert (tivoli.abbreviation, tivoli.level, tivoli.url) == ("TIV", Level.REGULATION, "https://example.org/tivoli")
    assert (tivoli.text_date, tivoli.checked) == (date(2026, 7, 2), date(2026, 8, 1))


def test_every_provision_is_read_in_order(tivoli: Document) -> None:
    assert [p.provision_id.split("/§")[1] for p in tivoli] == ["1", "2", "2A-1", "2A-1a", "3-1"]
    assert {p.provision_id.split("/§")[0] for p in tivoli} == {TIVOLI}


def test_fields_become_the_provisions(tivoli: Document) -> None:
    provision = find(tivoli, f"{TIVOLI}/§2A-1")
    assert (provision.kind, provision.level, provision.source) == (
        Kind.RESTATEMENT,
        Level.REGULATION,
        "tivoliforskriften",
    )
    assert (provision.label, provision.heading) == ("tivoliforskriften § 2 A-1", "Plikter for driveren")
    assert provision.path == ("Kapittel 2 A. Drift",)
    assert provision.url == "https://example.org/tivoli/§2A-1"
    assert provision.binds == ("tivolidriver", "billettør", "maskinist")
    assert (provision.in_force, provision.amended_by) == (date(2020, 1, 1), "forskrift/2019-12-12-1700")
    assert provision.note == "Før 2020 gjaldt plikten bare pariserhjul."
    assert (provision.text_date, provision.checked) == (tivoli.text_date, tivoli.checked)
    assert provision.repealed is None


def test_fields_left_out_are_empty(tivoli: Document) -> None:
    provision = find(tivoli, f"{TIVOLI}/§3-1")
    assert (provision.binds, provision.amended_by, provision.note, provision.repealed) == ((), None, "", None)


def test_a_repealed_provision_says_since_when(tivoli: Document) -> None:
    provision = find(tivoli, f"{TIVOLI}/§2")
    assert (provision.repealed, provision.in_force) == (date(2017, 7, 1), None)
    assert provision.text == "Regelen om pariserhjul står nå i § 2 A-1."


def test_ledd_letters_numbers_and_closing_text_are_parts_with_their_own_spans(tivoli: Document) -> None:
    provision = find(tivoli, f"{TIVOLI}/§2A-1")
    assert provision.text == (
        "(1) Tivolidriveren skal hver morgen:\n"
        "a) prøvekjøre karusellen i 10 minutter\n"
        "b) telle sikkerhetsbeltene\n"
        "Resultatet skal skrives i driftsdagboka.\n"
        "(3) Billettøren kan nekte en gjest å kjøre. Nekt skal begrunnes.\n"
        "1) Gjester under 120 cm kan nektes uten begrunnelse.\n"
        "2) Gjester med is i handa kan nektes til isen er spist.\n"
        "Nekt kan påklages til maskinisten."
    )
    assert parts(provision) == [
        ("ledd/1", "Tivolidriveren skal hver morgen:"),
        ("ledd/1/bokstav/a", "prøvekjøre karusellen i 10 minutter"),
        ("ledd/1/bokstav/b", "telle sikkerhetsbeltene"),
        ("ledd/1", "Resultatet skal skrives i driftsdagboka."),
        ("ledd/3", "Billettøren kan nekte en gjest å kjøre. Nekt skal begrunnes."),
        ("ledd/3/nr/1", "Gjester under 120 cm kan nektes uten begrunnelse."),
        ("ledd/3/nr/2", "Gjester med is i handa kan nektes til isen er spist."),
        ("ledd/3", "Nekt kan påklages til maskinisten."),
    ]


def test_dashes_are_counted_within_their_ledd(tivoli: Document) -> None:
    assert parts(find(tivoli, f"{TIVOLI}/§2A-1a")) == [
        ("ledd/1", "Maskinisten skal ha pause når:"),
        ("ledd/1/strek/1", "karusellen har gått i 2 timer"),
        ("ledd/1/strek/2", "maskinisten er svimmel"),
        ("ledd/2", "Disse kan overta i pausen:"),
        ("ledd/2/strek/1", "billettøren"),
        ("ledd/2/strek/2", "tivolidriveren"),
    ]


def test_the_marker_of_a_lone_ledd_is_left_out_of_the_text(tivoli: Document) -> None:
    provision = find(tivoli, f"{TIVOLI}/§1")
    assert provision.text == "Forskriften skal gjøre karuseller trygge for gjestene."
    assert parts(provision) == [("ledd/1", provision.text)]
    assert len(provision.segments[0].questions) == 2


def test_the_marker_of_a_lone_ledd_with_a_list_is_left_out_and_the_lists_spans_follow(tmp_path: Path) -> None:
    path = tmp_path / "tivoli.md"
    path.write_text(f"{FRONT}\n## § 1. Tittel\n(1) Dette trengs:\na) tau\nb) ved\n...) Alt må være tørt.\n")
    (provision,) = read_act(path)
    assert provision.text == "Dette trengs:\na) tau\nb) ved\nAlt må være tørt."
    assert parts(provision) == [
        ("ledd/1", "Dette trengs:"),
        ("ledd/1/bokstav/a", "tau"),
        ("ledd/1/bokstav/b", "ved"),
        ("ledd/1", "Alt må være tørt."),
    ]


def test_the_marker_stays_when_the_only_ledd_is_not_the_first(tmp_path: Path) -> None:
    path = tmp_path / "tivoli.md"
    path.write_text(f"{FRONT}\n## § 1. Tittel\n(2) Bare andre ledd har en regel.\n")
    (provision,) = read_act(path)
    assert provision.text == "(2) Bare andre ledd har en regel."


def test_text_without_ledd_is_the_provision_itself(tivoli: Document) -> None:
    provision = find(tivoli, f"{TIVOLI}/§3-1")
    assert parts(provision) == [
        ("", "Skiltet skal henge ved inngangen."),
        ("", "Bokstavene skal være minst 5 cm høye."),
    ]
    assert [q.text for q in provision.segments[1].questions] == ["hvor store må bokstavene på skiltet være"]


def test_questions_belong_to_the_text_right_above_them(tivoli: Document) -> None:
    provision = find(tivoli, f"{TIVOLI}/§2A-1")
    asked = [[(q.text, q.verdict) for q in s.questions] for s in provision.segments]
    assert asked == [
        [("hva må jeg gjøre før vi åpner", None)],
        [
            ("hvor lenge skal karusellen prøvekjøres", None),
            ("holder det å kjøre en runde før vi slipper inn folk", Verdict.NO),
        ],
        [],
        [("må vi skrive ned at vi har sjekket", None)],
        [("kan vi sende hjem en gjest som er full", Verdict.DEPENDS)],
        [],
        [],
        [],
    ]
    assert find(tivoli, f"{TIVOLI}/§1").segments[0].questions[1].verdict is Verdict.YES


def test_a_note_keeps_its_source_and_what_it_explains(invented: tuple[Document, ...]) -> None:
    first, second = invented[2]
    assert first.provision_id == "veiledning/hvor-mange-badevakter"
    assert (first.kind, first.level, first.heading) == (
        Kind.GUIDANCE,
        Level.AUTHORITY,
        "Hvor mange badevakter som trengs",
    )
    assert first.label == first.source == "Badetilsynet: Vakthold"
    assert (first.url, first.path) == ("https://example.org/badetilsynet/vakthold", ("Om vakthold",))
    assert (first.text_date, first.checked) == (date(2026, 1, 15), date(2026, 8, 1))
    assert (first.date_kind, first.certainty) == ("oppdatert", "høy")
    assert first.explains == (Address(BATHS, "1-1"), Address(BATHS, "1-2", Portion.parse("ledd/1")))
    assert [q.text for q in first.segments[0].questions] == ["hvor mange vakter må vi ha når det er fullt"]
    assert (second.level, second.url, second.text_date) == (Level.COMMERCIAL, "", None)
    assert second.text.splitlines()[1] == "Forbehold: Dette er ikke undersøkt."


# --- The table of OLM § 13-1 -------------------------------------------------------------------------------------------------

ROWS = (IndustryRow("02", "Skogbruk", ""), IndustryRow("96.21", "Frisering", ""))
WITH_TABLE = FRONT.replace(TIVOLI, TABLE_PROVISION.split("/§")[0]) + (
    "\n## § 13-1. Tabell\n(1) Risikoen avgjør.\n(2) Disse næringene skal ha tjenesten:\n"
    "(3) Tilsynet kan bestemme mer.\n(4) Lista fornyes.\n"
)


@pytest.fixture
def with_table(tmp_path: Path) -> Provision:
    (tmp_path / "olm.md").write_text(WITH_TABLE)
    (provision,) = read_act(tmp_path / "olm.md", ROWS)
    return provision


def test_table_rows_are_parts_of_the_second_ledd_and_what_follows_keeps_its_spans(with_table: Provision) -> None:
    assert with_table.text == (
        "(1) Risikoen avgjør.\n(2) Disse næringene skal ha tjenesten:\n02 Skogbruk\n96.21 Frisering\n"
        "(3) Tilsynet kan bestemme mer.\n(4) Lista fornyes."
    )
    assert parts(with_table) == [
        ("ledd/1", "Risikoen avgjør."),
        ("ledd/2", "Disse næringene skal ha tjenesten:"),
        ("ledd/2/rad/02", "02 Skogbruk"),
        ("ledd/2/rad/96.21", "96.21 Frisering"),
        ("ledd/3", "Tilsynet kan bestemme mer."),
        ("ledd/4", "Lista fornyes."),
    ]


def test_the_span_of_the_second_ledd_holds_the_whole_table(with_table: Provision) -> None:
    start, end = with_table.span_of(Portion.parse("ledd/2")) or (0, 0)
    assert with_table.text[start:end] == "Disse næringene skal ha tjenesten:\n02 Skogbruk\n96.21 Frisering"


def test_rows_go_into_that_provision_only(tmp_path: Path) -> None:
    (tmp_path / "tivoli.md").write_text(WITH_TABLE.replace(TABLE_PROVISION.split("/§")[0], TIVOLI))
    (document,) = read_core(tmp_path, ROWS)
    assert all("rad" not in s.portion.path for p in document for s in p.segments)


# --- What breaks the format: the line is that of the fault, or of its provision's heading, or 1 for front matter ----------------

START = FRONT + "\n## § 1. Tittel\n"  # the front matter has 10 lines: the heading stands on line 12
NOTE = NOTES_FRONT + "\n## slug | Tittel\n"  # the heading stands on line 6


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param("", 1, "no front matter", id="empty file"),
        pytest.param("# Kapittel 1\n", 1, "no front matter", id="no front matter"),
        pytest.param("---\nid: x\nhei\n---\n", 3, "not a field: 'hei'", id="front matter with another line"),
        pytest.param(f"{FRONT}\nTekst.\n", 12, "text before the first provision", id="text before the first provision"),
        pytest.param(f"{FRONT}\n## 3-1 Tittel\n", 12, "not a heading of a provision", id="heading without §"),
        pytest.param(f"{FRONT}\n## § 3-1 Tittel\n", 12, "not a heading of a provision", id="heading without full stop"),
        pytest.param(f"{START}in_force: 2020-01-01\n", 12, "1 has no text", id="provision without text"),
        pytest.param(f"{START}(1) Derfor.\n? hvorfor\n", 14, "sporsmal", id="a lay question among the text"),
        pytest.param(f"{START}(1) En regel.\n\nEn til.\n", 15, "not a line of the format", id="line without marker"),
        pytest.param(f"{START}(1) En regel.\n(a) En til.\n", 14, "not a line of the format", id="letter in brackets"),
        pytest.param(f"{START}(1) En regel.\nA) En til.\n", 14, "not a line of the format", id="capital letter"),
        pytest.param(f"{START}(1) En regel.\n(2)\n", 14, "not a line of the format", id="ledd without text"),
        pytest.param(f"{START}(1) En regel.\nnote: x\n", 14, "not a line of the format", id="field behind the text"),
        pytest.param(f"{START}in_force: 2020-13-01\n(1) Hei.\n", 12, "2020-13-01", id="bad in_force"),
        pytest.param(f"{START}repealed: i fjor\n(1) Hei.\n", 12, "i fjor", id="bad repealed"),
        pytest.param(f"{FRONT}\n## § abc. Tittel\n(1) Hei.\n", 12, "abc", id="bad section number"),
        pytest.param(f"{START}in_froce: 2020-01-01\n(1) Hei.\n", 13, "in_froce", id="unknown field"),
        pytest.param(f"{START}(1) Hei.\n(1) Igjen.\n", 14, "ledd 1", id="the same ledd twice"),
        pytest.param(f"{START}(1) Hei.\n## § 1. Igjen\n(1) Hei.\n", 12, "more than once", id="the same § twice"),
        pytest.param("---\nid: x\n", 1, "front matter", id="front matter without end"),
        pytest.param(FRONT.replace("level: 2", "level: 9"), 1, "9", id="no such level"),
        pytest.param(FRONT.replace("-08-", "-13-"), 1, "month must be in", id="bad date in front"),
    ],
)
def test_a_broken_act_is_refused_with_file_and_line(text: str, line: int, said: str, tmp_path: Path) -> None:
    path = tmp_path / "tivoli.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=re.escape(f"tivoli.md:{line}: ") + ".*" + re.escape(said)):
        read_act(path)


FIELDS = "source: Kilde\nurl: https://example.org\nlevel: 3\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param(f"{NOTES_FRONT}\n## § 1. Tittel\n", 6, "not a heading of a provision", id="heading of an act"),
        pytest.param(f"{NOTES_FRONT}\n## Slug | Tittel\n", 6, "not a heading of a provision", id="capital in the slug"),
        pytest.param(f"{NOTE}{FIELDS}", 6, "slug has no text", id="note without text"),
        pytest.param(NOTE + FIELDS.replace("level: 3\n", "") + "Råd.\n", 6, "'level'", id="no level"),
        pytest.param(NOTE + FIELDS.replace("3", "7") + "Råd.\n", 6, "7", id="no such level"),
        pytest.param(NOTE + FIELDS.replace("source: Kilde\n", "") + "Råd.\n", 6, "'source'", id="no source"),
        pytest.param(NOTE + FIELDS.replace("url: https://example.org\n", "") + "Råd.\n", 6, "'url'", id="no url"),
        pytest.param(f"{NOTES_FRONT}Råd.\n", 5, "text before the first provision", id="text before the first note"),
        pytest.param(f"{NOTE}{FIELDS}source_date: 2026-13-01\nRåd.\n", 6, "2026-13-01", id="bad source_date"),
        pytest.param(NOTES_FRONT.replace("-08-", "-13-"), 1, "2026-13-01", id="bad checked"),
        pytest.param("---\ncollection: veiledning\n---\n", 1, "'checked'", id="no checked"),
    ],
)
def test_a_broken_note_is_refused_with_file_and_line(text: str, line: int, said: str, tmp_path: Path) -> None:
    path = tmp_path / "raad.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=re.escape(f"raad.md:{line}: ") + ".*" + re.escape(said)):
        read_notes(path)


@pytest.mark.parametrize("field", ["id", "title", "name", "abbreviation", "level", "url", "text_date", "checked"])
def test_an_act_without_a_field_of_its_front_matter_is_refused_by_name(field: str, tmp_path: Path) -> None:
    path = tmp_path / "tivoli.md"
    path.write_text(re.sub(rf"^{field}: .*\n", "", START, flags=re.MULTILINE) + "(1) Hei.\n")
    with pytest.raises(FormatError, match=rf"tivoli\.md:1: .*'{field}'"):
        read_act(path)
