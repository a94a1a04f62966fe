"""What the user's own documents get wrong is told with the answers it bears on, and with no other."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Outcome
from assistant.dialogue import Assistant
from assistant.disputes import conflict_warnings
from corpus.conflicts import Conflict, ConflictKind
from corpus.document import Kind, Level
from corpus.library import Library
from corpus.own import add as module
from corpus.own.add import Labels, add_documents
from corpus.own.read import read_raw
from corpus.store import StoreReader
from tests.assistant.page.fake import make_citation
from tests.conftest import NoSearch
from tests.corpus.own.test_seeds import seed

TODAY = date(2026, 11, 22)
BHT, OMBUD, AMU = "må vi ha BHT når vi er 60 ansatte?", "må vi ha verneombud når vi er 8", "må vi ha AMU når vi er 35?"
LIMIT = "# Om BHT\n\nBedriftshelsetjeneste er påbudt for virksomheter med mer enn 50 ansatte.\n"
OLD = "# Om verneombud\n\nVerneombud er regulert i arbeidsmiljøloven § 6-1.\n\nSist oppdatert: 1. mai 2021\n"


@pytest.fixture(scope="module")
def with_papers(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Assistant]]:
    """Makes assistants without a search on the core and some documents: files, or texts."""
    readers: list[StoreReader] = []

    def make(*papers: Path | str) -> Assistant:
        home = tmp_path_factory.mktemp("home")
        files = []
        for number, paper in enumerate(papers):
            file = paper if isinstance(paper, Path) else home / f"papir-{number}.md"
            if isinstance(paper, str):
                file.write_text(paper, encoding="utf-8")
            files.append(str(file))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "read_safely", read_raw)
            report = add_documents(files, library, home / "corpus.sqlite", home / "own", Labels(), TODAY)
        assert len(report.added) == len(papers)
        readers.append(StoreReader(home / "corpus.sqlite"))
        return Assistant(Library(library.core, readers[-1]), NoSearch(), today=TODAY)

    yield make
    for reader in readers:
        reader.close()


@pytest.fixture(scope="module")
def with_wrong_rules(with_papers: Callable[..., Assistant]) -> Assistant:
    return with_papers(seed("000"))


@pytest.fixture(scope="module")
def with_old_limits(with_papers: Callable[..., Assistant]) -> Assistant:
    return with_papers(seed("002"))


def about(answer: Answer, title: str) -> list[str]:
    """Return the warnings about a document of the user's."""
    return [warning for warning in answer.warnings if warning.startswith(f"«{title}")]


def rests_on_law(answer: Answer) -> bool:
    return bool(answer.citations) and all(c.level <= Level.REGULATION for c in answer.citations)


def test_bht_is_answered_by_the_law_with_the_wrong_limit_shown(with_wrong_rules: Assistant) -> None:
    """Both texts, which prevails, and why"""
    answer = with_wrong_rules.ask(BHT)
    assert answer.outcome is not Outcome.ABSTAINED
    assert rests_on_law(answer)
    assert {c.provision_id.rpartition("§")[2] for c in answer.citations} == {"3-3", "13-1"}
    (warning, *rest) = about(answer, "Bedriftshelsetjeneste")
    assert rest == []
    assert "Alle virksomheter med 50 eller flere ansatte må tilknytte BHT" in warning
    assert "Antall ansatte avgjør aldri om dere må ha bedriftshelsetjeneste" in warning
    assert "arbeidsmiljøloven § 3-3 første ledd" in warning
    assert "Loven går foran (nivå 1 mot 5)" in warning
    assert "del 2" in warning
    assert "|" not in warning


def test_the_answer_itself_is_the_one_without_the_document(with_wrong_rules: Assistant, bare: Assistant) -> None:
    with_document, without = with_wrong_rules.ask(BHT), bare.ask(BHT)
    assert (with_document.text, with_document.verdict, with_document.citations) == (
        without.text, without.verdict, without.citations,
    )  # fmt: skip
    assert about(without, "Bedriftshelsetjeneste") == []


@pytest.mark.parametrize(
    ("question", "section", "claim", "rule"),
    [
        pytest.param(OMBUD, "6-1", "alle bedrifter over 10 ansatte", "færre enn 5 arbeidstakere", id="verneombud"),
        pytest.param(AMU, "7-1", "alle bedrifter over 50 ansatte", "minst 30 arbeidstakere", id="AMU"),
    ],
)
def test_an_old_limit_is_shown_with_todays(
    question: str, section: str, claim: str, rule: str, with_old_limits: Assistant
) -> None:
    answer = with_old_limits.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert rests_on_law(answer)
    (warning,) = about(answer, "Bedriftshelsetjeneste (BHT) & HMS enkelt forklart")
    assert all(words in warning for words in (claim, rule, f"§ {section}", "Loven går foran"))


@pytest.mark.parametrize(
    "question",
    [
        "hvem velger verneombudet?",
        "må vi ha AMU når vi er 35?",
        "hva sier aml § 4-3?",
        "hvor mange timer er opplæringen for verneombud?",
        "hvordan lager jeg en pizza?",
    ],
)
def test_a_question_about_something_else_has_no_such_warning(question: str, with_wrong_rules: Assistant) -> None:
    assert about(with_wrong_rules.ask(question), "Bedriftshelsetjeneste") == []


def test_what_the_law_contradicts_is_told_for_every_document(with_papers: Callable[..., Assistant]) -> None:
    """At most two, those that are as much about the question as the best"""
    assistant = with_papers(LIMIT, LIMIT.replace("50", "40"), LIMIT.replace("50", "30"), OLD)
    warnings = about(assistant.ask(BHT), "")
    assert len(warnings) == 2
    assert all(warning.startswith("«Om BHT», del 1, sier:") for warning in warnings)


def test_a_long_claim_is_cut_at_a_word(with_papers: Callable[..., Assistant]) -> None:
    tail = "det gjelder " + "virkelig " * 60 + "alltid"
    assistant = with_papers(LIMIT.replace("ansatte.", f"ansatte, og {tail}."))
    (warning,) = about(assistant.ask(BHT), "Om BHT")
    claim = warning.partition("«Bedriftshelsetjeneste")[2].partition("»")[0]
    assert claim.endswith("virkelig …")
    assert len(claim) < 230


def test_an_old_document_is_not_called_wrong(with_papers: Callable[..., Assistant]) -> None:
    """It is told of when the answer cites the document, in milder words, and not when the law alone answers"""
    assistant = with_papers(OLD)
    assert about(assistant.ask(OMBUD), "Om verneombud") == []
    library = assistant.library
    (conflict,) = library.conflicts
    assert conflict.kind is ConflictKind.OUTDATED
    provision = library.find(conflict.provision_id)
    assert provision.kind is Kind.OWN
    understood = assistant._reader.read(OMBUD, ())
    (warning,) = conflict_warnings((make_citation(1, provision, conflict.claim),), understood, library)
    assert "stemmer ikke" not in warning
    assert warning.startswith("«Om verneombud», del 1: Arbeidsmiljøloven § 6-1 ble endret 1. januar 2024.")
    assert "dokumentet er fra 2021" in warning


def test_a_document_that_is_cited_is_told_of_whatever_was_asked(with_papers: Callable[..., Assistant]) -> None:
    assistant = with_papers(LIMIT)
    library = assistant.library
    (conflict,) = library.conflicts
    assert isinstance(conflict, Conflict)
    citation = make_citation(1, library.find(conflict.provision_id), conflict.claim)
    understood = assistant._reader.read("hva sier brosjyra?", ())
    assert len(conflict_warnings((citation,), understood, library)) == 1
    assert conflict_warnings((), understood, library) == []


def test_a_claim_that_shares_no_word_with_the_question_is_left_out(with_papers: Callable[..., Assistant]) -> None:
    """The answer cites the rule that it contradicts, but the question is not about the claim"""
    answer = with_papers(LIMIT).ask("hva sier aml § 3-3?")
    assert "3-3" in {c.provision_id.rpartition("§")[2] for c in answer.citations}
    assert about(answer, "Om BHT") == []
