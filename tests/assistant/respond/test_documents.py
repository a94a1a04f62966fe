"""A plan, an annual report or a contract in a talk: checked when pasted, else told how; questions of the rule are left to others."""

import pytest

from assistant.answer import Answer, Outcome
from assistant.compose import Composer
from assistant.dialogue import Assistant
from assistant.errors import QuestionError
from assistant.respond.documents import answer_documents
from assistant.understand.question import MAX_QUESTION
from corpus.document_requirements import DocumentKind, requirements_for
from corpus.library import Library
from tests.assistant.talk import ask as talk

OLM, ADM = "forskrift/2011-12-06-1355", "forskrift/2011-12-06-1360"
PLAN = """Plan for bistand fra BHT 2027
Planen er laget sammen med bedriftshelsetjenesten og er en del av HMS-arbeidet.
- BHT kartlegger arbeidsmiljøet i mars
- Forebyggende tiltak mot støy
- Sveiserne får helseundersøkelse i juni
BHT hjelper ikke med individuell tilrettelegging."""


def ask(bare: Assistant, library: Library, question: str) -> Answer | None:
    """Return the composed answer, None when the question is left to others."""
    understood = bare.understand(question)
    draft = answer_documents(understood, library)
    return Composer(library, max(d.checked for d in library.core)).compose(draft, understood) if draft else None


@pytest.mark.parametrize(
    ("question", "command", "kind"),
    [
        ("kan du sjekke BHT-planen vår", "bht check FIL --as plan", DocumentKind.PLAN),
        ("sjekk avtalen vi har med bedriftshelsetjenesten", "bht check FIL --as contract", DocumentKind.CONTRACT),
        ("Er bht-planen vår god nok?", "bht check FIL --as plan", DocumentKind.PLAN),
        ("mangler vi noe i avtalen vår med BHT?", "bht check FIL --as contract", DocumentKind.CONTRACT),
        ("Kan du lese gjennom årsrapporten vi fikk fra BHT?", "bht check FIL --as report", DocumentKind.REPORT),
        ("Kan du sjå over planen vår for bedriftshelsetenesta?", "bht check FIL --as plan", DocumentKind.PLAN),
        ("Can you check our contract with the occupational health service?", "bht check FIL --as contract", DocumentKind.CONTRACT),
        ("lag et utkast til årsplan for BHT", "bht draft plan", DocumentKind.PLAN),
        ("mal for avtale med bht", "bht draft contract", DocumentKind.CONTRACT),
        ("har dere en mal for bht plan?", "bht draft plan", DocumentKind.PLAN),
        ("Kan du lage en årsrapport fra BHT for oss?", "bht draft report", DocumentKind.REPORT),
        ("vi har fått avtale fra bht, kan du se på den?", "bht check FIL --as contract", DocumentKind.CONTRACT),
        ("Hei, kan du hjelpe oss å lage BHT-årsplan for en barnehage?", "bht draft plan", DocumentKind.PLAN),
        ("sjekk planen vår", "bht check FIL --as plan", DocumentKind.PLAN),
        ("trenger utkast til bedriftshelse plan for 2027", "bht draft plan", DocumentKind.PLAN),
        ("hei, hjelp meg å skrive en bht-plan", "bht draft plan", DocumentKind.PLAN),
    ],
)  # fmt: skip
def test_the_tool_is_told_with_a_rule_behind_each_point(
    bare: Assistant, library: Library, question: str, command: str, kind: DocumentKind
) -> None:
    answer = ask(bare, library, question)
    assert answer is not None
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, None)
    assert command in answer.text
    assert "fanen Dokumentsjekk" in answer.text
    wanted = [f"{r.provision_id} {r.portion.path}" for r in requirements_for(kind) if r.is_binding]
    assert {f"{c.provision_id} {c.portion.path}" for c in answer.citations} == set(wanted)
    points = [line for line in answer.text.split("\n") if line.startswith("- ")]
    assert len(points) == len(wanted)
    assert all(line.endswith("]") for line in points)


@pytest.mark.parametrize(
    "question",
    [
        "hva skal årsplanen for BHT inneholde", "Hvem skal lage utkast til BHT-planen?", "Må vi lage årsplan for BHT?",
        "Må BHT-planen skrives i en bestemt mal fra Arbeidstilsynet?", "Kan du sjekke om vi må ha BHT?", "Kan Arbeidstilsynet sjekke BHT-planen?",
        "Hvor ofte skal planen for BHT endres?", "Hvem skal sjekke at BHT følger planen?", "Hva ligger en BHT-avtale på i kroner?",
        "Kan du sjekke HMS-planen vår?", "sjekk arbeidsavtalen min", "sjekk planen for vedlikehold", "Har Arbeidstilsynet en mal for BHT-plan?", "Finnes det krav til mal for BHT-plan?", "Skal BHT lage en plan for oss?",
        "Hvordan sjekker jeg at BHT er godkjent?", "Kan vi si opp avtalen med BHT?", "Kan du si hva avtalen med BHT må inneholde?",
    ],
)  # fmt: skip
def test_questions_of_the_rule_are_left_to_others(bare: Assistant, library: Library, question: str) -> None:
    assert ask(bare, library, question) is None


@pytest.mark.parametrize(
    ("before", "question", "command"),
    [
        ("Hva skal stå i årsrapporten fra BHT?", "kan du lage en for oss?", "bht draft report"),
        ("Hva skal BHT-planen inneholde?", "kan du sjekke den da?", "bht check FIL --as plan"),
    ],
)
def test_what_the_talk_was_about_is_meant_by_it(bare: Assistant, before: str, question: str, command: str) -> None:
    assert command in talk(bare, question, before, "svar").text


@pytest.mark.parametrize("asked", ["Kan du sjekke denne planen?\n\n", "", "# "])
def test_a_document_that_was_pasted_is_checked(bare: Assistant, library: Library, asked: str) -> None:
    answer = ask(bare, library, asked + PLAN)
    assert answer is not None
    assert answer.text.startswith("**Jeg fant 5 av 13 punkter fra regelverket i planen.**")
    lines = answer.text.split("\n\n")
    assert any(line.startswith("- **Funnet:** Kartlegging") and "«BHT kartlegger" in line for line in lines)
    assert any(line.startswith("- **Sier det motsatte:** Individuell tilrettelegging.") for line in lines)
    assert any(line.startswith("- **Ikke funnet:** Planlegging og endringer. Skriv") for line in lines)
    assert {c.provision_id for c in answer.citations} == {f"{OLM}/§13-2", f"{OLM}/§13-3", f"{ADM}/§2-4"}
    for citation in answer.citations:
        text = library.find(citation.provision_id, citation.kind).text
        assert text[citation.start : citation.end] == citation.quote


def test_a_question_after_the_document_asks_for_it_too(bare: Assistant, library: Library) -> None:
    answer = ask(bare, library, f"{PLAN.replace('Plan for bistand fra BHT 2027', '')}\nEr planen vår god nok?")
    assert answer is not None
    assert "13 punkter fra regelverket i planen" in answer.text


def test_what_stands_in_the_document_draws_nothing_of_its_own(bare: Assistant, library: Library) -> None:
    pasted = PLAN.replace("i mars", "i **mars** [klikk](http://eksempel.no) | <b>")
    answer = ask(bare, library, f"Kan du sjekke denne planen?\n{pasted}")
    assert answer is not None
    assert r"\*\*mars\*\* \[klikk\]" in answer.text
    assert "<b>" not in answer.text


@pytest.mark.parametrize(
    "story",
    [
        "Hei.\nVi er et byggefirma med 12 ansatte i Bergen og har holdt på i ti år.\nVi har en plan for BHT som er fra 2019.\nSjefen sier at det holder.\nMå vi lage en ny plan hvert år, og hvem skal være med på det? Jeg er verneombud.\nHilsen Kari",
        "Spørsmål:\nMå vi ha BHT?\nVi er 7.\nVi driver en frisørsalong i sentrum med stoler til leie og litt salg av produkter, og alle jobber mye med kjemikalier, fargestoffer og varme, og noen har plager i hender og skuldre som vi tror kommer av jobben.",
    ],
)
def test_a_story_in_several_lines_is_no_document(bare: Assistant, library: Library, story: str) -> None:
    assert ask(bare, library, story) is None


def test_a_document_in_another_language_is_told(bare: Assistant, library: Library) -> None:
    lines = ["The provider shall assist the employer with the work environment, and it will be done in each year."] * 4
    answer = ask(bare, library, "\n".join(["Can you check our contract with BHT", *lines]))
    assert answer is not None
    assert (answer.outcome, answer.citations) == (Outcome.ABSTAINED, ())
    assert "engelsk" in answer.text


def test_a_document_over_the_limit_is_told_where_to_go(bare: Assistant) -> None:
    with pytest.raises(QuestionError, match="bht check FIL --as plan"):
        bare.ask(PLAN + "\nMer tekst." * MAX_QUESTION)
