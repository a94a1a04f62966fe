"""`bht duty`: the outcome, the row that decides, the vintage of a code, and what is wrong with an input."""

import pytest

from assistant import texts
from corpus.library import Library
from tests.assistant.cli.run import Shell
from tests.assistant.register.conftest import fake, server
from tests.assistant.register.fake import (
    BANKRUPT,
    GONE,
    HAIRDRESSER,
    HOLDING,
    IT_COMPANY,
    MUNICIPALITY,
    UNKNOWN,
    FakeRegister,
)

__all__ = ["fake", "server"]

KEYS = {
    "outcome", "reason", "verdict", "answer", "rows", "condition", "codes", "code_vintage", "choices", "assumed", "risks",
    "risk_questions", "citations", "next_steps", "follow_up_question", "warnings",
}  # fmt: skip
TABLE = "forskrift/2011-12-06-1355/§13-1"


def test_a_trade_on_the_list_is_a_yes_with_its_row(shell: Shell, library: Library) -> None:
    found = shell("duty", "--industry", "frisør", "--json").json
    assert set(found) == KEYS
    assert (found["outcome"], found["verdict"], found["code_vintage"]) == ("listed", "ja", "SN2025")
    assert found["rows"] == [{"code": "96.21", "name": "Frisering og barbering", "condition": None}]
    assert found["assumed"] == ["frisør er lest som 96.210 (Frisering og barbering)"]
    row = found["citations"][0]
    assert (row["provision_id"], row["portion"]) == (TABLE, "ledd/2/rad/96.21")
    assert library.find(TABLE).text[row["start"] : row["end"]] == row["quote"]
    assert len(found["next_steps"]) == 1


def test_a_retired_code_is_mapped_and_said_so(shell: Shell) -> None:
    found = shell("duty", "--code", "45.200", "--json").json
    assert (found["outcome"], found["code_vintage"]) == ("listed", "SN2007")
    assert "SN2007" in found["warnings"][0]
    assert "95.310" in found["warnings"][0]


def test_a_split_code_cannot_be_told_and_gives_the_choices(shell: Shell) -> None:
    found = shell("duty", "--code", "96.02", "--json").json
    assert (found["outcome"], found["verdict"], found["rows"][0]["code"]) == ("cannot_tell", "avhenger", "96.21")
    assert [(c["code"], c["outcome"]) for c in found["choices"]] == [
        ("96.210", "listed"), ("96.220", "not_listed_risk_decides"),
    ]  # fmt: skip
    assert found["follow_up_question"]


def test_a_code_off_the_list_is_never_a_bare_no(shell: Shell) -> None:
    found = shell("duty", "--code", "62.100", "--json").json
    assert (found["outcome"], found["verdict"], found["rows"]) == ("not_listed_risk_decides", "nei", [])
    assert found["answer"].startswith("**Ikke automatisk.")
    assert len(found["risk_questions"]) >= 8
    assert {c["provision_id"] for c in found["citations"]} == {TABLE, "lov/2005-06-17-62/§3-3"}


def test_a_risk_makes_it_depend_with_its_reason(shell: Shell) -> None:
    found = shell("duty", "--code", "62.100", "--risk", "nattarbeid", "--json").json
    assert (found["outcome"], found["verdict"], found["risks"]) == (
        "not_listed_risk_decides", "avhenger", ["nattarbeid eller skift"],
    )  # fmt: skip


def test_the_old_standard_can_be_asked_for(shell: Shell) -> None:
    assert shell("duty", "--code", "74.200", "--vintage", "2007", "--json").json["outcome"] == "cannot_tell"
    today = shell("duty", "--code", "74.200", "--json").json
    assert today["outcome"] == "not_listed_risk_decides"
    assert "SN2007" in today["warnings"][0]


@pytest.mark.parametrize(
    ("arguments", "outcome", "reason"),
    [
        (("--code", "56.220"), "listed_with_condition", "row"),
        (("--industry", "fiskebåt"), "outside_the_act", "sea"),
        (("--employees", "0"), "outside_the_act", "no_employees"),
        (("--industry", "frisør", "--owner-only"), "cannot_tell", "owner_only"),
        (("--industry", "frisør", "--industry", "klesbutikk"), "cannot_tell", "several_activities"),
        (("--code", "00.000"), "cannot_tell", "unknown"),
        (("--industry", "frisør", "--employees", "3"), "listed", "row"),
    ],
)
def test_each_outcome_says_why(shell: Shell, arguments: tuple[str, ...], outcome: str, reason: str) -> None:
    found = shell("duty", *arguments, "--json").json
    assert (found["outcome"], found["reason"]) == (outcome, reason)
    assert found["citations"]


def test_without_json_it_is_read_as_an_answer(shell: Shell) -> None:
    written = shell("duty", "--industry", "frisør").out
    assert written.startswith("Ja, dere må ha godkjent bedriftshelsetjeneste.")
    assert "Kilder:\n[1] " in written


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param((), "--industry", id="nothing"),
        pytest.param(("--industry", "asdfghjkl"), "kjenner ikke igjen", id="no industry"),
        pytest.param(("--industry", ""), "kjenner ikke igjen", id="empty"),
        pytest.param(("--industry", "a" * 3000), "3000 tegn", id="too long"),
        pytest.param(("--code", "99.999"), "verken SN2025", id="no such code"),
        pytest.param(("--code", "541511"), "norsk næringskode", id="a code of another country"),
        pytest.param(("--code", "96.210", "--employees", "-1"), "fra 0", id="negative"),
        pytest.param(("--code", "96.210", "--employees", "99999999"), "fra 0", id="huge"),
        pytest.param(("--code", "96.210", "--employees", "tre"), "må være et tall", id="letters"),
        pytest.param(("--code", "96.210", "--vintage", "2009"), "ikke et valg", id="vintage"),
    ],
)
def test_what_cannot_be_used_ends_with_one_line_and_2(shell: Shell, arguments: tuple[str, ...], said: str) -> None:
    run = shell("duty", *arguments)
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert run.err.count("\n") == 1


def test_a_company_is_looked_up_when_the_network_is_allowed(shell: Shell, fake: FakeRegister) -> None:
    found = shell("duty", "--orgnr", HAIRDRESSER, "--online", "--url", fake.url, "--json").json
    assert (found["outcome"], found["verdict"], found["code_vintage"]) == ("listed", "ja", "SN2025")
    assert "SAKSEN FRISØR AS" in found["warnings"][0]
    assert "3 ansatte" in found["warnings"][0]


def test_what_was_looked_up_is_kept_and_needs_no_network_again(shell: Shell, fake: FakeRegister) -> None:
    shell("duty", "--orgnr", HAIRDRESSER, "--online", "--url", fake.url)
    asked = len(fake.requests)
    assert shell("duty", "--orgnr", HAIRDRESSER, "--url", fake.url, "--json").json["outcome"] == "listed"
    assert len(fake.requests) == asked


def test_a_withheld_headcount_is_not_none(shell: Shell, fake: FakeRegister) -> None:
    found = shell("duty", "--orgnr", IT_COMPANY, "--online", "--url", fake.url, "--json").json
    assert (found["outcome"], found["reason"]) == ("not_listed_risk_decides", "row")
    assert "færre enn fem" in found["warnings"][0]


def test_units_with_another_industry_are_told(shell: Shell, fake: FakeRegister) -> None:
    found = shell("duty", "--orgnr", MUNICIPALITY, "--online", "--url", fake.url, "--json").json
    assert found["outcome"] == "not_listed_risk_decides"
    assert any("SKOLEETATEN" in warning and "85.201" in warning for warning in found["warnings"])


def test_a_company_without_a_known_activity_is_asked_what_it_does(shell: Shell, fake: FakeRegister) -> None:
    found = shell("duty", "--orgnr", HOLDING, "--online", "--url", fake.url, "--json").json
    assert (found["outcome"], found["reason"]) == ("cannot_tell", "unknown")
    assert found["follow_up_question"] == texts.ASK_INDUSTRY


def test_what_the_user_says_it_does_goes_before_the_register(shell: Shell, fake: FakeRegister) -> None:
    looked_up = ("--orgnr", HOLDING, "--online", "--url", fake.url)
    assert shell("duty", *looked_up, "--industry", "frisør", "--json").json["outcome"] == "listed"


def test_a_bankrupt_company_is_told_so(shell: Shell, fake: FakeRegister) -> None:
    found = shell("duty", "--orgnr", BANKRUPT, "--online", "--url", fake.url, "--json").json
    assert any("konkurs" in warning for warning in found["warnings"])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(("--orgnr", HAIRDRESSER), 2, "--online", id="network not allowed"),
        pytest.param(("--orgnr", "12345678A", "--online"), 2, "sifre", id="letters"),
        pytest.param(("--orgnr", "123456789", "--online"), 2, "123", id="check digit"),
        pytest.param(("--orgnr", UNKNOWN, "--online"), 1, "ingen virksomhet", id="not found"),
        pytest.param(("--orgnr", GONE, "--online"), 1, "slettet", id="deleted"),
    ],
)
def test_what_the_register_cannot_tell_ends_with_one_line(
    shell: Shell, fake: FakeRegister, arguments: tuple[str, ...], code: int, said: str
) -> None:
    run = shell("duty", *arguments, "--url", fake.url)
    assert (run.code, run.out) == (code, "")
    assert said in run.err
    assert run.err.count("\n") == 1


def test_a_name_gives_a_list_to_choose_from(shell: Shell, fake: FakeRegister) -> None:
    written = shell("duty", "--name", "saksen", "--online", "--url", fake.url).out
    assert "SAKSEN FRISØR AS" in written
    assert "100 000 016" in written
