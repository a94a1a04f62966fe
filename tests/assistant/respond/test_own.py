"""The user's own documents: answered from when they are asked about, behind the law when they are not."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answer import Outcome
from assistant.cite import quote_segment
from assistant.respond.own import asks_own, closest_lines, find_own
from assistant.respond.passage import Search, answer_passage, choose_passages
from assistant.understand.question import Reader, Understood
from assistant.understand.spelling import Speller
from corpus.document import Document, Kind, Level, Provision
from corpus.library import Library
from tests.assistant.records import CHECKED, FixedSearch, make_hit, make_provision
from tests.conftest import make_edition

LAW = make_provision("lov/1999-01-02-9002/§1-1", [("ledd/1", "Badeverten skal ha badevakt.")])
OWN = make_provision(
    "eget/bad-1/s1", [("", "Badevakten hos oss heter Kari.")], kind=Kind.OWN, level=Level.COMMERCIAL, label="«Bad», side 1",
    in_force=None,
)  # fmt: skip
ABOUT_LAW, ABOUT_OWN = "Må vi ha badevakt?", "Hva sier håndboka vår om badevakt?"


@pytest.fixture(scope="module")
def understand(library: Library) -> Callable[[str], Understood]:
    reader = Reader(Speller([]), library.glossary, library.known)
    return lambda text: reader.read(text, ())


@pytest.fixture
def with_own(with_store: Callable[..., Library], invented: tuple[Document, ...]) -> Library:
    """The invented acts and a document of the user's."""
    paper = replace(make_edition(invented[0], OWN), document_id="eget/bad-1", level=Level.COMMERCIAL)
    return with_store(invented, paper)


def cited(hits: list[tuple[Provision, float]], question: Understood, library: Library) -> list[Kind]:
    draft = choose_passages(question, [make_hit(p, score) for p, score in hits], library)
    assert draft is not None
    return [paragraph.evidence[0].provision.kind for paragraph in draft.paragraphs]


@pytest.mark.parametrize(
    ("question", "own", "law", "expected"),
    [
        pytest.param(ABOUT_LAW, 1.0, 0.9, [Kind.RESTATEMENT, Kind.OWN], id="own matches better"),
        pytest.param(ABOUT_LAW, 0.9, 1.0, [Kind.RESTATEMENT, Kind.OWN], id="law matches better"),
        pytest.param(ABOUT_LAW, 1.0, 0.5, [Kind.OWN], id="own matches much better"),
        pytest.param("Må våre ansatte ha badevakt?", 1.0, 0.9, [Kind.RESTATEMENT, Kind.OWN], id="ours, but no document"),
        pytest.param("Hvor lenge gjelder dokumentasjonen av badevakt?", 1.0, 0.9, [Kind.RESTATEMENT, Kind.OWN], id="documentation"),
        pytest.param(ABOUT_OWN, 1.0, 0.9, [Kind.OWN, Kind.RESTATEMENT], id="own is asked about"),
    ],
)  # fmt: skip
def test_the_law_comes_before_what_a_document_says(
    question: str,
    own: float,
    law: float,
    expected: list[Kind],
    understand: Callable[[str], Understood],
    library: Library,
) -> None:
    assert cited([(OWN, own), (LAW, law)], understand(question), library) == expected


ASKED = """
hva sier håndboka vår om BHT|hva står det i dokumentet vårt om verneombud|Hva står det om ferie i personalhåndboka vår?
hva sier våre dokumenter om kostnader|hva sier HMS-håndboka om varsling|ifølge håndboka vår, når er vernerunden
Når er vernerunden etter rutinene våre?|hva sier den interne rutinen om avvik|Står det noe om hjemmekontor i håndboka vår?
kva seier handboka vår om støy|hva har vi skrevet om røyking i personalhåndboka|hvem gjør hva ifølge HMS-planen vår
"""
NOT_ASKED = """
Hva må våre rutiner for varsling inneholde?|må våre ansatte ha verneombud|hvor lenge må vi oppbevare dokumentasjon
hva sier aml 3-3|hva sier dokumentasjonskravet|Hva er vår plikt|skal vi ha rutiner for varsling|må vi ha personalhåndbok
hva sier loven om skriftlige rutiner|hva sier forskriften om instruks|Hva sier Arbeidstilsynet om rutiner for varsling
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [(text, value) for texts, value in ((ASKED, True), (NOT_ASKED, False)) for text in texts.strip().replace("\n", "|").split("|")],
)  # fmt: skip
def test_it_is_seen_when_the_documents_are_asked_about(
    text: str, expected: bool, understand: Callable[[str], Understood]
) -> None:
    assert asks_own(understand(text)) is expected


def test_the_documents_answer_what_they_are_asked(understand: Callable[[str], Understood], with_own: Library) -> None:
    """Also where the question would not be answerable from the law"""
    search = Search(FixedSearch(make_hit(LAW, 1.0, coverage=0.0), make_hit(OWN, 0.4, coverage=0.6)), with_own, CHECKED)
    question = understand(ABOUT_OWN)
    draft = answer_passage(question, search.find(question), search)
    assert draft is not None
    assert draft.outcome is Outcome.ANSWERED
    assert [e.provision.provision_id for p in draft.paragraphs for e in p.evidence] == [OWN.provision_id]


def test_the_words_that_name_the_document_are_not_searched_for(
    understand: Callable[[str], Understood], with_own: Library
) -> None:
    class Listening(FixedSearch):
        asked: str = ""

        def retrieve(self, query: str, expanded: str = "", top_k: int = 10) -> list:  # type: ignore[type-arg]
            self.asked = query
            return super().retrieve(query, expanded, top_k)

    search = Listening(make_hit(OWN))
    assert find_own(understand("Hva står det om badevakt i håndboka vår?"), with_own, search)
    assert "badevakt" in search.asked
    assert "håndboka" not in search.asked


@pytest.mark.parametrize(
    ("coverage", "text", "expected"),
    [
        pytest.param(0.6, ABOUT_OWN, True, id="holds the words"),
        pytest.param(0.4, ABOUT_OWN, False, id="holds too few"),
        pytest.param(0.6, ABOUT_LAW, False, id="not asked about"),
    ],
)
def test_a_document_that_is_not_about_it_does_not_answer(
    coverage: float, text: str, expected: bool, understand: Callable[[str], Understood], with_own: Library
) -> None:
    search = FixedSearch(make_hit(OWN, coverage=coverage), make_hit(LAW, coverage=1.0))
    found = find_own(understand(text), with_own, search)
    assert [hit.provision.provision_id for hit in found] == ([OWN.provision_id] if expected else [])


def test_without_documents_nothing_is_searched_for(
    understand: Callable[[str], Understood], invented: tuple[Document, ...]
) -> None:
    assert find_own(understand(ABOUT_OWN), Library(invented), FixedSearch(make_hit(OWN))) == []


def test_of_a_long_list_the_lines_asked_about_are_shown(understand: Callable[[str], Understood]) -> None:
    lines = [
        "Roller ved badet",
        "Leder: Sørger for alt. " + "Og mer. " * 20,
        "Badevakt: Passer på badegjestene.",
        "Kokk: Lager mat.",
    ]
    provision = make_provision("eget/bad-1/s2", [("", "\n".join(lines))], kind=Kind.OWN)
    evidence = quote_segment(provision, 0)
    shown = closest_lines(understand(ABOUT_OWN), evidence, 20)
    assert [item.quote for item in shown] == ["Roller ved badet", "Badevakt: Passer på badegjestene."]
    nothing_shared = closest_lines(understand("Hva sier håndboka vår om kajakk?"), evidence, 20)
    assert [item.quote for item in nothing_shared] == ["Roller ved badet"]
