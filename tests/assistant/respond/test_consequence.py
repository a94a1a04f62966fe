"""What may follow when a duty is not done: asked of the employer, answered from the law's own means."""

import pytest

from assistant.cite import is_exact
from assistant.draft import Draft
from assistant.respond.consequence import answer_consequence
from assistant.understand.question import Reader
from assistant.understand.spelling import Speller
from corpus.library import Library
from tests.assistant.records import make_library, make_provision


@pytest.fixture(scope="module")
def reader(library: Library) -> Reader:
    return Reader(Speller([]), library.glossary, library.known)


def answer(reader: Reader, library: Library, text: str) -> Draft | None:
    return answer_consequence(reader.read(text, ()), library)


@pytest.mark.parametrize(
    "text",
    [
        "Hva skjer hvis vi ikke har BHT?",
        "kva skjer viss me ikkje har verneombod",
        "ka skjer om vi ikkje har verneombud",
        "What happens if we don't have an occupational health service?",
        "hvilke konsekvenser får det å ikke ha risikovurdering",
        "hva risikerer sjefen hvis han ikke har internkontroll",
        "hva skjer når bedriften bryter arbeidsmiljøloven",
    ],
)
def test_a_duty_that_the_employer_does_not_do(reader: Reader, library: Library, text: str) -> None:
    draft = answer(reader, library, text)
    assert draft is not None
    cited = [e for p in draft.paragraphs for e in p.evidence]
    assert {"§18-6", "§18-7", "§18-8", "§18-10", "§19-1"} == {e.provision.provision_id.split("/")[-1] for e in cited}
    assert all(is_exact(e) for e in cited)
    assert any("50 G" in e.quote and "4 prosent" in e.quote for e in cited)


@pytest.mark.parametrize(
    "text",
    [
        "hva skjer hvis en ansatt ikke vil bruke hjelm",
        "hva skjer hvis vi ikke finner noen som vil være verneombud",
        "hva skjer i dialogmøtet hvis vi ikke blir enige",
        "hva skjer hvis vi ikke har melk",
        "hva sier aml 18-10 om hva som skjer hvis vi ikke har bht",
    ],
)
def test_other_troubles_are_left_to_the_search(reader: Reader, library: Library, text: str) -> None:
    assert answer(reader, library, text) is None


def test_a_corpus_without_the_rules_has_nothing_to_say(reader: Reader, library: Library) -> None:
    few = make_library(make_provision("lov/2005-06-17-62/§18-6", [("ledd/1", "Tilsynet gir pålegg.")]))
    assert answer(reader, few, "Hva skjer hvis vi ikke har BHT?") is None
