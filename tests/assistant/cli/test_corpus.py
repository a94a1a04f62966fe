"""`bht corpus list` and `bht corpus show`."""

import pytest

from corpus.library import Library
from tests.assistant.cli.run import Shell, assert_one_line

TEXT_KEYS = {"kind", "text", "in_force", "text_date", "last_amended", "url"}


def test_the_list_names_every_source(shell: Shell, library: Library) -> None:
    run = shell("corpus", "list")
    assert (run.code, run.err) == (0, "")
    for document in library.documents:
        assert any(name in run.out for name in (document.name, document.title))


def test_the_list_as_json_holds_every_provision(shell: Shell, library: Library) -> None:
    rows = shell("corpus", "list", "--json").json
    assert [row["document_id"] for row in rows] == [document.document_id for document in library.documents]
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
    for provision_id, texts in list(library.provisions.items())[::30]:
        row = shell("corpus", "show", provision_id, "--json").json
        assert (row["provision_id"], row["label"], row["level"]) == (provision_id, texts[0].label, int(texts[0].level))
        assert [(text["kind"], text["text"]) for text in row["texts"]] == [(p.kind.value, p.text) for p in texts]
        assert all(text.keys() >= TEXT_KEYS for text in row["texts"])
        assert isinstance(row["changes"], list)


def test_a_repealed_provision_says_so(shell: Shell, library: Library) -> None:
    repealed = next(p for texts in library.provisions.values() for p in texts if p.repealed)
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
