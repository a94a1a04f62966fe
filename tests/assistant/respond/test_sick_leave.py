"""The days that follow from a first day of absence, asked in the talk."""

from datetime import date

import pytest

from assistant.answer import Answer, Outcome
from assistant.compose import Composer
from assistant.dialogue import Assistant
from assistant.respond.sick_leave import answer_sick_leave
from corpus.library import Library

TODAY = date(2026, 11, 22)
ACT = "lov/2005-06-17-62"


def ask(bare: Assistant, library: Library, question: str) -> Answer | None:
    """Return the composed answer, None when the question is left to others."""
    understood = bare.understand(question)
    draft = answer_sick_leave(understood, library, TODAY)
    return Composer(library, TODAY).compose(draft, understood) if draft else None


# A Tuesday: four weeks on is 1 December, seven 22 December, twenty-six 4 May.
def test_the_days_are_worked_out_with_their_rules(bare: Assistant, library: Library) -> None:
    answer = ask(bare, library, "Når må oppfølgingsplanen være klar hvis han ble helt borte 3. november?")
    assert answer is not None
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, None)
    assert answer.text.startswith(
        "**Med første fraværsdag 3. november 2026 skal oppfølgingsplanen være klar senest 1. desember 2026.**"
    )
    lines = answer.text.split("\n\n")
    assert any(line.startswith("**Dialogmøte hos arbeidsgiveren:** Senest 22. desember 2026.") for line in lines)
    assert any("Nav:** Senest 4. mai 2027." in line for line in lines)
    assert {c.portion.path for c in answer.citations if c.provision_id == f"{ACT}/§4-6"} >= {"ledd/3", "ledd/4"}
    for citation in answer.citations:
        text = library.find(citation.provision_id, citation.kind).text
        assert text[citation.start : citation.end] == citation.quote


def test_a_day_that_has_passed_is_told(bare: Assistant, library: Library) -> None:
    answer = ask(bare, library, "Hun har vært sykmeldt siden 12.10. Når er fristen for oppfølgingsplan?")
    assert answer is not None
    assert "9. november 2026 (har passert)" in answer.text


def test_in_part_on_leave_the_meeting_depends(bare: Assistant, library: Library) -> None:
    answer = ask(bare, library, "Hun er 50 % sykmeldt fra 1. november, når må vi ha dialogmøte?")
    assert answer is not None
    assert any(
        line.startswith("**Dialogmøte hos arbeidsgiveren:**") and "Kommer an på" in line and "Senest" not in line
        for line in answer.text.split("\n\n")
    )


@pytest.mark.parametrize(
    "question",
    [
        "Når må vi ha dialogmøte?", "Når må sykmeldingen leveres hvis jeg ble syk 3. november?", "Hva skal stå i oppfølgingsplanen?",
        "Han ble syk 3. november. Må vi lage oppfølgingsplan?", "Når er fristen for å klage på vedtaket av 3. november?",
        "Når får vi refusjon for sykepenger hvis han ble syk 3. november og vi lager oppfølgingsplan?",
    ],
)  # fmt: skip
def test_other_questions_are_left_to_others(bare: Assistant, library: Library, question: str) -> None:
    assert ask(bare, library, question) is None
