"""The list of HMS duties in a talk, and the questions on one duty that are left to others."""

import pytest

from assistant.answer import Answer, Outcome
from assistant.compose import Composer
from assistant.dialogue import Assistant
from assistant.respond.duties import answer_duties
from corpus.library import Library
from tests.assistant.talk import make_history

ACT = "lov/2005-06-17-62"
MOST_WORDS = 200


def ask(bare: Assistant, library: Library, question: str, *messages: str) -> Answer | None:
    """Return the composed answer, None when the question is left to others."""
    understood = bare.understand(question, make_history(*messages))
    draft = answer_duties(understood, library)
    return Composer(library, max(d.checked for d in library.core)).compose(draft, understood) if draft else None


@pytest.mark.parametrize(
    ("question", "provisions"),
    [
        ("hvilke HMS-plikter har vi med 12 ansatte?", {"§6-1", "§7-1", "§2A-6", "§3-1", "§3-5"}),
        ("hva må vi ha på plass når vi er 35 på et trykkeri", {"§6-1", "§7-1", "§13-1"}),
        ("Hva må vi ha på plass når vi er 35 på et trykkeri med mye støy?", {"§14-11"}),
        ("Kva HMS-krav gjeld for oss? Vi er 8 tilsette i ein barnehage.", {"§6-1", "§13-1"}),
        ("Hvilke plikter har vi som arbeidsgiver når vi er 60 ansatte?", {"§8-1"}),
        ("Which HMS duties do we have with 12 employees?", {"§6-1"}),
        ("hva må jeg gjøre som arbeidsgiver når jeg har 6 ansatte i kafe", {"§6-1", "§2A-6", "§13-1"}),
        ("hms krav for et lite snekkerfirma med 4 mann", {"§6-1", "§13-1"}),
        ("Hva må vi ha i orden av HMS når vi er 7 i et byggefirma?", {"§6-1", "§5-1"}),
    ],
)
def test_the_list_is_given_with_a_citation_on_each_line(
    bare: Assistant, library: Library, question: str, provisions: set[str]
) -> None:
    answer = ask(bare, library, question)
    assert answer is not None
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, None)
    assert {"/" + p for p in provisions} <= {"/" + c.provision_id.rsplit("/", 1)[1] for c in answer.citations}
    assert len(answer.text.split()) <= MOST_WORDS
    for line in answer.text.split("\n\n"):
        assert "[" in line or line.startswith("**Neste steg:**")
    for citation in answer.citations:
        provision = library.find(citation.provision_id, citation.kind)
        assert provision.text[citation.start : citation.end] == citation.quote


def test_what_the_talk_said_of_the_company_counts(bare: Assistant, library: Library) -> None:
    answer = ask(bare, library, "Hvilke HMS-plikter har vi?", "Vi er 35 på et trykkeri. Må vi ha BHT?", "Ja.")
    assert answer is not None
    assert "Ja, fra 30 arbeidstakere." in answer.text


def test_those_with_short_weeks_are_left_out_of_the_count_for_amu(bare: Assistant, library: Library) -> None:
    answer = ask(bare, library, "Hvilke HMS-plikter har vi når vi er 34, og 10 av dem jobber 10 timer i uka?")
    assert answer is not None
    assert "(AMU):** Kommer an på" in answer.text
    whole = ask(bare, library, "Hvilke HMS-plikter har vi når vi er 34?")
    assert whole is not None
    assert "(AMU):** Ja" in whole.text


def test_nobody_employed_gets_the_rule(bare: Assistant, library: Library) -> None:
    answer = ask(bare, library, "Vi har ingen ansatte. Hvilke HMS-plikter har vi?")
    assert answer is not None
    assert "ingen ansatte" in answer.text
    assert [c.provision_id for c in answer.citations] == [f"{ACT}/§1-2"]


@pytest.mark.parametrize(
    "question",
    [
        "HMS-krav for nattarbeid når vi er 12 ansatte?", "Hva må vi gjøre når en av 12 ansatte blir syk?",
        "Hvilke HMS-plikter har vi?", "Hvilke plikter har verneombudet? Vi er 12 ansatte.", "Må vi ha verneombud når vi er 12 ansatte?",
        "Hvilke plikter har vi ved støy når vi er 12 ansatte?", "Hvilke HMS-krav gjelder for nattarbeid? Vi er 12 ansatte.",
        "Hvilke plikter har vi overfor sykmeldte når vi er 12 ansatte?", "Hvilke krav gjelder for AMU når vi er 35 ansatte?",
        "Hva må vi ha på plass før vi leier inn vikarer? Vi er 12 ansatte.", "Hvilke HMS-plikter har vi etter aml § 3-1 når vi er 12 ansatte?",
        "Hva må vi ha på plass av rutiner for varsling når vi er 12?", "Hvilke plikter har de ansatte når vi er 12?",
        "Hvilke plikter har BHT? Vi er 12 ansatte.", "Hvilke HMS-plikter har en byggherre? Vi er 10 ansatte.",
        "Hva koster HMS-kurs når vi er 12 ansatte?", "Må vi ha BHT? Vi er en frisørsalong.", "Hva er internkontroll? Vi er 12 ansatte.",
    ],
)  # fmt: skip
def test_a_question_on_one_duty_is_left_to_others(bare: Assistant, library: Library, question: str) -> None:
    assert ask(bare, library, question) is None
