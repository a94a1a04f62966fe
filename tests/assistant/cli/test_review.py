"""`bht corpus verify` and `bht corpus changes`, and what `show` makes of a wording that has changed since."""

import shutil
from dataclasses import replace
from datetime import date

import pytest

from assistant import texts
from corpus.document import Document
from corpus.library import Library, load_library
from corpus.review import review_core, review_official
from tests.assistant.cli.run import Shell, assert_one_line
from tests.conftest import ARCHIVE_DATE, make_edition, make_official, store_documents
from tests.corpus.lovdata.acts import REFERENCE_DATE
from tests.corpus.lovdata.archives import fetch_reference

AML = "lov/2005-06-17-62"
BHT, PSYCHOSOCIAL, FIRST = f"{AML}/§3-3", f"{AML}/§4-3", REFERENCE_DATE
NEW_START = date(2026, 5, 1)


@pytest.fixture
def act(library: Library) -> Document:
    return next(d for d in library.core if d.document_id == AML)


@pytest.fixture
def two_editions(shell: Shell, library: Library, act: Document) -> Shell:
    """A shell with two editions: § 3-3 changed, § 3-1 is gone, § 3-2 is new."""
    ours = {number: library.find(f"{AML}/§{number}") for number in ("3-1", "3-2", "3-3")}
    first = make_edition(
        act,
        make_official(ours["3-1"], [("ledd/1", "Om te.")]),
        make_official(ours["3-3"], [("ledd/1", "Gammel ordlyd.")]),
        text_date=FIRST,
    )
    second = make_edition(
        act,
        make_official(ours["3-2"], [("ledd/1", "Om kaffe.")]),
        make_official(ours["3-3"], [("ledd/1", "Ny ordlyd.")], in_force=NEW_START),
    )
    store_documents(shell.home / "corpus.sqlite", first, replace(second, title="Arbeidsmiljøloven"))
    return shell


@pytest.fixture
def fetched(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell with the official texts of 2025-11-08."""
    source = fetch_reference(tmp_path_factory)
    shell.home.mkdir(parents=True)
    shutil.copy(source, shell.home / "corpus.sqlite")
    return shell


# --- Changes -----------------------------------------------------------------------------------------------------------------


def test_without_fetched_texts_it_is_said_how_to_fetch_them(shell: Shell) -> None:
    for command in ("changes", "verify"):
        run = shell("corpus", command)
        assert (run.code, run.err) == (0, "")
        assert texts.HOW_TO_SYNC in run.out
    assert shell("corpus", "changes", "--json").json == []
    assert not (shell.home / "corpus.sqlite").exists()


def test_changes_are_listed_with_what_they_touch(two_editions: Shell) -> None:
    lines = two_editions("corpus", "changes").out.splitlines()
    assert f"{ARCHIVE_DATE} arbeidsmiljøloven § 3-3: endret, gjelder fra {NEW_START}" in lines
    assert f"{ARCHIVE_DATE} arbeidsmiljøloven § 3-1: ikke lenger i teksten" in lines
    assert any(line.startswith(f"{ARCHIVE_DATE} arbeidsmiljøloven § 3-2: ny") for line in lines)
    number = next(n for n, line in enumerate(lines) if "§ 3-3: endret" in line)
    assert lines[number + 1].startswith("    berører: ")
    assert "gjengivelsen" in lines[number + 1]


def test_changes_as_json_hold_both_wordings(two_editions: Shell, library: Library) -> None:
    rows = {row["provision_id"]: row for row in two_editions("corpus", "changes", "--json").json}
    assert {i.split("§")[1]: row["change"] for i, row in rows.items()} == {"3-1": "borte", "3-2": "ny", "3-3": "endret"}
    changed = rows[BHT]
    assert (changed["old"], changed["new"]) == ("Gammel ordlyd.", "Ny ordlyd.")
    assert (changed["text_date"], changed["in_force"]) == (str(ARCHIVE_DATE), str(NEW_START))
    notes = [p.provision_id for d in library.core for p in d if any(a.provision_id == BHT for a in p.explains)]
    assert notes
    assert sorted(changed["touches"]) == sorted(["gjengivelsen", *notes])


def test_only_changes_after_a_day_are_listed(two_editions: Shell) -> None:
    assert len(two_editions("corpus", "changes", "--since", str(FIRST), "--json").json) == 3
    assert two_editions("corpus", "changes", "--since", str(ARCHIVE_DATE), "--json").json == []
    assert "Ingen endringer" in two_editions("corpus", "changes", "--since", str(ARCHIVE_DATE)).out


@pytest.mark.parametrize("day", ["i går", "2026-13-01", "1.1.2026"])
def test_a_day_that_is_none_is_wrong_use(two_editions: Shell, day: str) -> None:
    assert "ÅÅÅÅ-MM-DD" in assert_one_line(two_editions("corpus", "changes", "--since", day), 2)


# --- Verify ------------------------------------------------------------------------------------------------------------------


def test_an_outdated_restatement_is_listed(two_editions: Shell) -> None:
    rows = two_editions("corpus", "verify", "--json").json
    (row,) = [row for row in rows["findings"] if row["provision_id"] == BHT]
    assert (row["kind"], row["label"]) == ("outdated", "arbeidsmiljøloven § 3-3")
    out = two_editions("corpus", "verify").out
    assert "Gjengivelsen er eldre enn siste endring i lovteksten:\n" in out
    assert f"  arbeidsmiljøloven § 3-3: {row['detail']}\n" in out
    assert texts.HOW_TO_SYNC not in out


def test_the_restatement_of_what_is_gone_from_the_act_is_listed(two_editions: Shell) -> None:
    (row,) = [
        r for r in two_editions("corpus", "verify", "--json").json["findings"] if r["provision_id"].endswith("§3-1")
    ]
    assert row["kind"] == "outdated"
    assert "er opphevet" in row["detail"]


def test_what_was_amended_since_the_archive_is_listed(fetched: Shell) -> None:
    out = fetched("corpus", "verify").out
    newer = section_of(out, "Gjengivelsen er nyere enn ordlyden fra Lovdata (ordlyden er endret siden):")
    listed = [line.split(":")[0].strip() for line in newer]
    assert len(listed) == 24
    wanted = (f"arbeidsmiljøloven § {number}" for number in ("1-3", "4-3", "18-7", "18-11"))
    assert set(wanted) == {label for label in listed if label.startswith("arbeidsmiljøloven")}
    assert f"  arbeidsmiljøloven § 18-7: gjelder fra 2026-01-01; ordlyd per {FIRST}, endret siden" in newer


def test_a_wording_known_to_have_changed_that_nothing_newer_stands_in_for_is_listed(fetched: Shell) -> None:
    """The notes behind the text of 2025-11-08 announce amendments from 2026-01-01"""
    stale = section_of(fetched("corpus", "verify").out, "Ordlyden fra Lovdata er endret siden den ble hentet:")
    assert f"  arbeidsmiljøloven § 15-13 a: ordlyd per {FIRST}, endret 2026-01-01" in stale
    assert not [line for line in stale if "arbeidsmiljøloven § 4-3:" in line]


def section_of(out: str, title: str) -> list[str]:
    """Return the lines below a title, up to the next one."""
    lines = out.splitlines()
    rest = lines[lines.index(title) + 1 :]
    return rest[: next((n for n, line in enumerate(rest) if not line.startswith("  ")), len(rest))]


def test_the_review_as_json_is_the_same_as_that_of_the_library(fetched: Shell) -> None:
    rows = fetched("corpus", "verify", "--json").json
    assert rows["conflicts"] == {}
    library = load_library(fetched.home / "corpus.sqlite")
    try:
        found = [
            (f.kind, f.provision_id, f.label, f.detail)
            for f in (*review_core(library, date.today()), *review_official(library, date.today()))
        ]
    finally:
        library.close()
    assert [(row["kind"], row["provision_id"], row["label"], row["detail"]) for row in rows["findings"]] == found


# --- Show --------------------------------------------------------------------------------------------------------------------


def test_a_restatement_that_is_newer_leads_and_the_wording_says_so(fetched: Shell, library: Library) -> None:
    out = fetched("corpus", "show", "aml § 4-3").out
    ours = library.find(PSYCHOSOCIAL)
    remark = f"Ordlyd per {FIRST}, endret siden."
    assert (
        out.index(ours.text)
        < out.index(remark)
        < out.index("Ordrett fra Lovdata:")
        < out.index("integritet og verdighet ivaretas")
    )
    assert out.count(texts.ATTRIBUTION) == 1
    row = fetched("corpus", "show", "aml § 4-3", "--json").json
    assert [(text["kind"], text["text_date"]) for text in row["texts"]] == [
        ("gjengivelse", str(ours.text_date)), ("lovtekst", str(FIRST)),
    ]  # fmt: skip
    assert row["texts"][1]["remark"].startswith(remark)
    assert row["texts"][1]["attribution"] == texts.ATTRIBUTION


def test_an_official_text_leads_with_its_dates_and_its_last_amendment(fetched: Shell, library: Library) -> None:
    out = fetched("corpus", "show", "aml § 3-3").out
    assert out.index("Arbeidsgiver plikter å knytte virksomheten til") < out.index(library.find(BHT).text)
    assert f"gjelder fra 2023-01-01, sist endret ved lov/2022-06-17-42, tekst per {FIRST}" in out
    assert "https://lovdata.no/dokument/NL/lov/2005-06-17-62/§3-3" in out
    assert "endret siden" not in out


def test_a_chapter_that_only_the_core_has_is_shown_alone(fetched: Shell) -> None:
    row = fetched("corpus", "show", "UTF § 1A-1", "--json").json
    assert [text["kind"] for text in row["texts"]] == ["gjengivelse"]


def test_the_list_says_which_wording_is_there(fetched: Shell) -> None:
    assert f"arbeidsmiljøloven: 197 paragrafer, tekst per {FIRST}" in fetched("corpus", "list").out
