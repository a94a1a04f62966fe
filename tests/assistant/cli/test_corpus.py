"""`bht corpus list` and `bht corpus show`."""

from datetime import date

import pytest

from assistant import texts
from corpus.document import Document
from corpus.library import Library
from tests.assistant.cli.run import Shell, assert_one_line
from tests.conftest import ARCHIVE_DATE, make_edition, make_official, store_documents

TEXT_KEYS = {"kind", "text", "in_force", "text_date", "last_amended", "url"}


def test_the_list_names_every_source(shell: Shell, library: Library) -> None:
    run = shell("corpus", "list")
    assert (run.code, run.err) == (0, "")
    for document in library.core:
        assert any(name in run.out for name in (document.name, document.title))


def test_the_list_as_json_holds_every_provision(shell: Shell, library: Library) -> None:
    rows = shell("corpus", "list", "--json").json
    assert [row["document_id"] for row in rows] == [document.document_id for document in library.core]
    assert {pid for row in rows for pid in row["provisions"]} == library.known


@pytest.mark.parametrize(
    ("words", "provision_id"),
    [
        (("aml § 3-3",), "lov/2005-06-17-62/§3-3"),
        (("aml", "3-3"), "lov/2005-06-17-62/§3-3"),
        (("aml", "§", "2", "A-6"), "lov/2005-06-17-62/§2A-6"),
        (("lov/2005-06-17-62/§18-10a",), "lov/2005-06-17-62/§18-10a"),
        (("OLM § 13-2 bokstav e",), "forskrift/2011-12-06-1355/§13-2"),
    ],
    ids=["one word", "two words", "four words", "id", "letter"],
)
def test_a_provision_is_shown_by_its_address(
    shell: Shell, library: Library, words: tuple[str, ...], provision_id: str
) -> None:
    provision = library.find(provision_id)
    run = shell("corpus", "show", *words)
    assert (run.code, run.err) == (0, "")
    assert all(part in run.out for part in (provision.label, provision.heading, provision.text, provision.url))
    assert str(provision.checked) in run.out


def test_the_part_named_is_set_apart(shell: Shell, library: Library) -> None:
    letter = next(
        s for s in library.find("forskrift/2011-12-06-1355/§13-2").segments if s.portion.path == "ledd/1/bokstav/e"
    )
    text = library.find("forskrift/2011-12-06-1355/§13-2").text[letter.start : letter.end]
    assert shell("corpus", "show", "OLM § 13-2 bokstav e").out.count(text) == 2
    assert shell("corpus", "show", "OLM § 13-2").out.count(text) == 1


def test_provisions_are_shown_as_json_by_their_ids(shell: Shell, library: Library) -> None:
    """Every thirtieth; a hundred answers check the spans of the others"""
    for provision_id in sorted(library.known)[::30]:
        found = library.texts_of(provision_id)
        row = shell("corpus", "show", provision_id, "--json").json
        assert (row["provision_id"], row["label"], row["level"]) == (provision_id, found[0].label, int(found[0].level))
        assert [(text["kind"], text["text"]) for text in row["texts"]] == [(p.kind.value, p.text) for p in found]
        assert all(text.keys() >= TEXT_KEYS for text in row["texts"])
        assert isinstance(row["changes"], list)


def test_a_repealed_provision_says_so(shell: Shell, library: Library) -> None:
    repealed = next(p for texts in map(library.texts_of, sorted(library.known)) for p in texts if p.repealed)
    assert str(repealed.repealed) in shell("corpus", "show", repealed.provision_id).out
    assert shell("corpus", "show", repealed.provision_id, "--json").json["texts"][0]["repealed"] == str(
        repealed.repealed
    )


@pytest.mark.parametrize(
    "address", ["aml § 99-9", "tulleloven § 1", "hei", "", "lov/1900-01-01-1/§1", "§", "'; DROP TABLE"]
)
def test_an_unknown_address_is_one_line_with_a_remedy(shell: Shell, address: str) -> None:
    line = assert_one_line(shell("corpus", "show", address), 1)
    assert "aml § 3-3" in line or "bht corpus list" in line


# --- With the official text --------------------------------------------------------------------------------------------------

BHT, FIRST_ARCHIVE, NEW_START = "lov/2005-06-17-62/§3-3", date(2025, 11, 8), date(2026, 1, 1)


def store(shell: Shell, library: Library, **changes: object) -> Document:
    """Put two editions of an official § 3-3 in the home of the shell; the changes are to the second."""
    act = next(d for d in library.core if BHT.startswith(f"{d.document_id}/"))
    old = make_official(library.find(BHT), [("ledd/1", "Gammel ordlyd.")])
    new = make_edition(act, make_official(library.find(BHT), **changes))  # type: ignore[arg-type]
    store_documents(shell.home / "corpus.sqlite", make_edition(act, old, text_date=FIRST_ARCHIVE), new)
    return new


def test_the_list_names_what_is_fetched_with_its_date(shell: Shell, library: Library) -> None:
    assert texts.HOW_TO_SYNC in shell("corpus", "list").out
    store(shell, library)
    run = shell("corpus", "list")
    assert f"arbeidsmiljøloven: 1 paragrafer, tekst per {ARCHIVE_DATE}" in run.out
    assert texts.HOW_TO_SYNC not in run.out
    fetched = [row for row in shell("corpus", "list", "--json").json if row["source"] == "lovdata"]
    assert [(row["document_id"], row["provisions"], row["text_date"]) for row in fetched] == [
        ("lov/2005-06-17-62", [BHT], ARCHIVE_DATE.isoformat())
    ]


def test_both_texts_are_shown_with_dates_attribution_and_the_earlier_wording(shell: Shell, library: Library) -> None:
    law = store(shell, library).provisions[0]
    out = shell("corpus", "show", "aml § 3-3").out
    ours = library.find(BHT)
    assert out.index(law.text) < out.index(ours.text) < out.index("Gammel ordlyd.")
    assert out.count(texts.ATTRIBUTION) == 1
    assert f"tekst per {ARCHIVE_DATE}" in out
    assert f"Tidligere ordlyd, til {ARCHIVE_DATE}:" in out
    assert law.url in out


def test_both_texts_are_shown_as_json(shell: Shell, library: Library) -> None:
    law = store(shell, library).provisions[0]
    row = shell("corpus", "show", "aml § 3-3", "--json").json
    assert [(text["kind"], text["text"]) for text in row["texts"]] == [
        ("lovtekst", law.text),
        ("gjengivelse", library.find(BHT).text),
    ]
    assert [text["attribution"] for text in row["texts"]] == [texts.ATTRIBUTION, ""]
    assert [text["remark"] for text in row["texts"]] == ["", ""]
    assert [(change["until"], change["text"]) for change in row["changes"]] == [
        (ARCHIVE_DATE.isoformat(), "Gammel ordlyd.")
    ]


def test_an_outdated_restatement_says_so(shell: Shell, library: Library) -> None:
    store(shell, library, in_force=NEW_START)
    remark = texts.RESTATEMENT_OUTDATED.format(label=library.find(BHT).label, date=NEW_START)
    row = shell("corpus", "show", "aml § 3-3", "--json").json
    assert [text["remark"] for text in row["texts"]] == ["", remark]
    assert remark in shell("corpus", "show", "aml § 3-3").out


def test_a_wording_that_has_changed_since_comes_last_and_says_so(shell: Shell, library: Library) -> None:
    provision_id = "lov/2005-06-17-62/§4-3"
    act = next(d for d in library.core if provision_id.startswith(f"{d.document_id}/"))
    official = make_official(library.find(provision_id), in_force=date(2020, 1, 1))
    store_documents(shell.home / "corpus.sqlite", make_edition(act, official, text_date=FIRST_ARCHIVE))
    row = shell("corpus", "show", provision_id, "--json").json
    assert [(text["kind"], text["remark"]) for text in row["texts"]] == [
        ("gjengivelse", ""),
        ("lovtekst", texts.WORDING_OF.format(date=FIRST_ARCHIVE)),
    ]


def test_a_store_that_cannot_be_read_is_one_line_with_a_remedy(shell: Shell) -> None:
    shell.home.mkdir()
    (shell.home / "corpus.sqlite").write_text("ingen database")
    assert "bht corpus sync" in assert_one_line(shell("corpus", "list"), 1)
