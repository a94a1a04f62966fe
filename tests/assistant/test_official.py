"""Answers with the official texts in the store: quoted word for word, ours beside them, and the wording of a day in the past."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant import texts
from assistant.answer import Answer, Outcome
from assistant.dialogue import Assistant
from assistant.settings import Settings
from corpus.document import Document, Kind, Provision, Verdict
from corpus.library import Library, load_library
from corpus.merge import Standing
from corpus.store import StoreReader
from tests.assistant.records import FixedSearch, make_hit, make_score
from tests.conftest import NoSearch, make_edition, make_official, store_documents
from tests.corpus.lovdata.acts import REFERENCE_DATE
from tests.corpus.lovdata.archives import fetch_reference, need_reference

AML, OLM, IK = "lov/2005-06-17-62", "forskrift/2011-12-06-1355", "forskrift/1996-12-06-1127"
BHT, SAFETY, PSYCHOSOCIAL = f"{AML}/§3-3", f"{AML}/§6-1", f"{AML}/§4-3"
TODAY, DAY = date(2026, 8, 1), timedelta(days=1)
MUST_HAVE = "må vi ha verneombud når vi er 4"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The official texts of 2025-11-08."""
    need_reference()
    return fetch_reference(tmp_path_factory)


@pytest.fixture(scope="module")
def official(store: Path) -> Iterator[Assistant]:
    """The assistant with the official texts and no index."""
    library = load_library(store)
    yield Assistant(library, NoSearch(), today=TODAY)
    library.close()


def quotes_of(answer: Answer) -> list[str]:
    """Return the block quotes in the text."""
    return [line for line in answer.text.splitlines() if line.startswith("> ")]


def assert_exact(answer: Answer, library: Library) -> None:
    assert answer.citations
    for citation in answer.citations:
        provision = library.find(citation.provision_id, citation.kind)
        assert provision.kind is citation.kind
        assert provision.text[citation.start : citation.end] == citation.quote


# --- Today -------------------------------------------------------------------------------------------------------------------


def test_a_provision_that_is_asked_for_is_quoted_word_for_word(official: Assistant) -> None:
    answer = official.ask("hva sier aml 3-3?")
    assert answer.outcome is Outcome.ANSWERED
    assert_exact(answer, official.library)
    assert [(c.kind, c.provision_id, c.portion.path) for c in answer.citations] == [
        (Kind.OFFICIAL, BHT, f"ledd/{number}") for number in range(1, 6)
    ]
    assert {(c.in_force, c.text_date) for c in answer.citations} == {(date(2023, 1, 1), REFERENCE_DATE)}
    law = official.library.find(BHT, Kind.OFFICIAL)
    assert all(c.quote in answer.text for c in answer.citations)
    assert all(c.url == law.url for c in answer.citations)
    assert answer.warnings == ()


def test_ours_stands_after_the_official_words_as_the_plain_version(official: Assistant) -> None:
    answer = official.ask("hva sier aml 3-3?")
    words, plain = answer.text.split(f"**{texts.PLAINLY}** ")
    ours = official.library.find(BHT, Kind.RESTATEMENT)
    assert answer.citations[4].quote in words
    for segment in ours.segments:
        sentence = ours.text[segment.start : segment.end].split(". ")[0]
        assert sentence in plain
        assert sentence not in words
    assert plain.endswith("[1][2][3][4][5]")


@pytest.mark.parametrize(
    ("question", "portion", "words"),
    [
        pytest.param("aml 3-3 tredje ledd", "ledd/3", "fri og uavhengig stilling", id="ledd"),
        pytest.param("OLM § 13-2 bokstav e", "ledd/1/bokstav/e", "", id="letter"),
    ],
)
def test_a_part_that_is_asked_for_is_quoted_alone(question: str, portion: str, words: str, official: Assistant) -> None:
    answer = official.ask(question)
    assert_exact(answer, official.library)
    (citation,) = answer.citations
    assert (citation.kind, citation.portion.path) == (Kind.OFFICIAL, portion)
    assert words in citation.quote
    assert texts.PLAINLY in answer.text


def test_a_duty_is_told_in_our_words_with_the_official_ones_in_one_block_quote(official: Assistant) -> None:
    answer = official.ask(MUST_HAVE)
    assert (answer.outcome, answer.verdict) == (Outcome.ANSWERED, Verdict.DEPENDS)
    assert_exact(answer, official.library)
    assert {(c.kind, c.provision_id) for c in answer.citations} == {(Kind.OFFICIAL, SAFETY)}
    (quote,) = quotes_of(answer)
    assert "Ved virksomhet med færre enn 5 arbeidstakere kan partene skriftlig avtale en annen ordning" in quote
    law = official.library.find(SAFETY, Kind.OFFICIAL).text
    assert quote.split("«")[1].split("»")[0].strip("… ") in " ".join(law.split())
    plain = " ".join(line for line in answer.text.splitlines() if not line.startswith(">"))
    ours = official.library.find(SAFETY, Kind.RESTATEMENT)
    assert ours.text[ours.segments[0].start : ours.segments[0].end].split(". ")[0] in plain
    assert answer.warnings == ()


def test_a_wording_that_has_changed_since_gives_way_to_ours_with_a_warning(official: Assistant) -> None:
    answer = official.ask("aml 4-3")
    assert answer.outcome is Outcome.ANSWERED
    assert_exact(answer, official.library)
    assert {(c.kind, c.provision_id) for c in answer.citations} == {(Kind.RESTATEMENT, PSYCHOSOCIAL)}
    assert {c.in_force for c in answer.citations} == {date(2026, 1, 1)}
    label = "arbeidsmiljøloven § 4-3"
    assert texts.WORDING_CHANGED_SINCE.format(label=label, date=REFERENCE_DATE) in answer.warnings
    assert texts.PLAINLY not in answer.text


def test_a_wording_known_to_have_changed_is_quoted_with_a_warning_where_ours_is_no_newer(official: Assistant) -> None:
    answer = official.ask("aml § 15-13 a")
    assert {c.kind for c in answer.citations} == {Kind.OFFICIAL}
    label, day = "arbeidsmiljøloven § 15-13 a", date(2026, 1, 1)
    assert answer.warnings == (texts.CHANGED_SINCE.format(label=label, day=day, date=REFERENCE_DATE),)


@pytest.mark.parametrize("question", ["aml § 2-4", "hva sier arbeidsmiljøloven § 2-4?"])
def test_a_number_without_text_is_said_to_be_repealed(question: str, official: Assistant) -> None:
    answer = official.ask(question)
    assert (answer.outcome, answer.citations) == (Outcome.ABSTAINED, ())
    assert "arbeidsmiljøloven § 2-4: Opphevet 2017-07-01." in answer.text
    assert "lov/2005-06-17-62/§2-3" in [nearest.provision_id for nearest in answer.nearest]


def test_a_chapter_that_is_newer_than_the_archive_is_answered_by_ours(official: Assistant) -> None:
    answer = official.ask("UTF § 1A-1")
    assert {c.kind for c in answer.citations} == {Kind.RESTATEMENT}
    assert_exact(answer, official.library)


@pytest.fixture(scope="module")
def outdated(store: Path, library: Library) -> Iterator[Assistant]:
    """The assistant whose restatement of § 3-3 and § 6-1 is of the wording before the present one."""
    core = tuple(
        replace(d, provisions=tuple(_of_before(p) if p.provision_id in (BHT, SAFETY) else p for p in d))
        for d in library.core
    )
    reader = StoreReader(store)
    yield Assistant(Library(core, reader), NoSearch(), today=TODAY)
    reader.close()


def _of_before(provision: Provision) -> Provision:
    return replace(provision, in_force=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("question", "provision_id", "changed"),
    [
        pytest.param("hva sier aml 3-3?", BHT, date(2023, 1, 1), id="address"),
        pytest.param(MUST_HAVE, SAFETY, date(2024, 1, 1), id="duty"),
    ],
)
def test_an_outdated_restatement_gives_way_to_the_official_text_with_a_warning(
    question: str, provision_id: str, changed: date, outdated: Assistant
) -> None:
    assert outdated.library.standing(provision_id) is Standing.OUTDATED
    answer = outdated.ask(question)
    assert_exact(answer, outdated.library)
    assert {(c.kind, c.provision_id) for c in answer.citations} == {(Kind.OFFICIAL, provision_id)}
    label = outdated.library.find(provision_id).label
    assert texts.RESTATEMENT_OUTDATED.format(label=label, date=changed) in answer.warnings
    assert texts.PLAINLY not in answer.text
    ours = outdated.library.find(provision_id, Kind.RESTATEMENT)
    assert ours.text[ours.segments[0].start : ours.segments[0].end] not in answer.text


# --- On a day in the past ----------------------------------------------------------------------------------------------------

OLD_START, NEW_START, OLD_EDITION, NEW_EDITION = date(2010, 1, 1), date(2023, 1, 1), date(2022, 6, 1), date(2025, 11, 8)
OLD_WORDS, NEW_WORDS = "Arbeidsgiver plikter å koke te.", "Arbeidsgiver plikter å koke kaffe."


@pytest.fixture(scope="module")
def versions(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The real core with two invented wordings of § 3-3."""
    act: Document = next(d for d in library.core if d.document_id == AML)
    ours = library.find(BHT)
    rest = ("ledd/2", "Den skal være varm.")
    old = make_official(ours, [("ledd/1", OLD_WORDS), rest], in_force=OLD_START)
    new = make_official(ours, [("ledd/1", NEW_WORDS), rest], in_force=NEW_START)
    path = tmp_path_factory.mktemp("versions") / "corpus.sqlite"
    for wording, day in ((old, OLD_EDITION), (new, NEW_EDITION)):
        store_documents(path, make_edition(act, wording, text_date=day))
    reader = StoreReader(path)
    yield Library(library.core, reader)
    reader.close()


@pytest.fixture(scope="module")
def twice(versions: Library) -> Assistant:
    return Assistant(versions, NoSearch(), today=TODAY)


@pytest.mark.parametrize(
    ("day", "words", "start"),
    [
        pytest.param(OLD_START, OLD_WORDS, OLD_START, id="the first day of the older"),
        pytest.param(NEW_START - DAY, OLD_WORDS, OLD_START, id="the last day of the older"),
        pytest.param(NEW_START, NEW_WORDS, NEW_START, id="the first day of the newer"),
        pytest.param(TODAY, NEW_WORDS, NEW_START, id="today"),
    ],
)
def test_on_a_day_the_wording_of_that_day_is_quoted(
    day: date, words: str, start: date, twice: Assistant, versions: Library
) -> None:
    answer = twice.ask("hva sier aml 3-3?", as_of=day)
    assert answer.outcome is Outcome.ANSWERED
    first = answer.citations[0]
    assert (first.quote, first.kind, first.in_force) == (words, Kind.OFFICIAL, start)
    assert words in answer.text
    (other,) = {OLD_WORDS, NEW_WORDS} - {words}
    assert other not in answer.text
    wordings = [v.provision.text for v in versions.store.versions(BHT)] if versions.store else []
    assert any(text[first.start : first.end] == first.quote for text in wordings)
    assert answer.warnings[0] == texts.AS_OF.format(date=day)
    ours = versions.find(BHT, Kind.RESTATEMENT)
    assert ours.text[ours.segments[0].start : ours.segments[0].end] not in answer.text


def test_before_the_first_stored_wording_it_is_said_how_far_back_the_texts_reach(twice: Assistant) -> None:
    answer = twice.ask("hva sier aml 3-3?", as_of=OLD_START - DAY)
    assert (answer.outcome, answer.citations) == (Outcome.ABSTAINED, ())
    assert texts.NOT_STORED.format(label="arbeidsmiljøloven § 3-3", date=OLD_START) in answer.text
    assert answer.warnings == (texts.AS_OF.format(date=OLD_START - DAY),)


def test_a_passage_that_is_found_is_quoted_in_the_wording_of_the_day(versions: Library) -> None:
    ours = versions.find(BHT, Kind.RESTATEMENT)
    found = FixedSearch(make_hit(ours, 1.0, make_score(0)))
    assistant = Assistant(versions, found, today=TODAY)
    question = "hva plikter arbeidsgiver om bedriftshelsetjeneste når det er risiko"
    assert [c.quote for c in assistant.ask(question, as_of=NEW_START - DAY).citations] == [OLD_WORDS]
    assert [c.quote for c in assistant.ask(question, as_of=NEW_START).citations] == [NEW_WORDS]


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        pytest.param(date(2025, 12, 31), Kind.OFFICIAL, id="the fetched wording until the change"),
        pytest.param(date(2026, 1, 1), Kind.RESTATEMENT, id="ours from the change on"),
    ],
)
def test_a_wording_that_has_changed_since_is_quoted_for_the_days_it_held(
    day: date, kind: Kind, official: Assistant
) -> None:
    answer = official.ask("aml 4-3", as_of=day)
    assert answer.outcome is Outcome.ANSWERED
    assert {(c.kind, c.provision_id) for c in answer.citations} == {(kind, PSYCHOSOCIAL)}
    assert_exact(answer, official.library)


def test_a_provision_that_did_not_exist_yet_is_not_quoted(official: Assistant) -> None:
    answer = official.ask("UTF § 1A-1", as_of=date(2025, 12, 31))
    assert (answer.outcome, answer.citations) == (Outcome.ABSTAINED, ())


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        pytest.param("Må vi ha BHT? Vi er et byggefirma", Outcome.ANSWERED, id="duty"),
        pytest.param(MUST_HAVE, Outcome.ANSWERED, id="headcount"),
        pytest.param("Stemmer det at bare bedrifter med over 50 ansatte må ha BHT?", Outcome.CORRECTED, id="premise"),
        pytest.param("hva er bht", Outcome.ANSWERED, id="definition"),
    ],
)
def test_verdicts_and_corrections_are_about_the_law_of_today_only(
    question: str, outcome: Outcome, official: Assistant
) -> None:
    assert official.ask(question).outcome is outcome
    answer = official.ask(question, as_of=date(2025, 1, 1))
    assert (answer.outcome, answer.verdict, answer.citations) == (Outcome.ABSTAINED, None, ())


# --- The whole way -----------------------------------------------------------------------------------------------------------


@pytest.mark.index
def test_questions_are_answered_from_an_index_of_the_official_texts(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, bht_settings: Settings
) -> None:
    settings = Settings(home=tmp_path / "home", cache=bht_settings.cache)
    settings.home.mkdir()
    shutil.copy(fetch_reference(tmp_path_factory, AML, OLM, IK), settings.store)
    assistant = Assistant.open(settings)
    expected = {
        "hva sier aml 3-3?": BHT,
        "hvor ofte skal AMU ha møter": f"{OLM}/§3-16",
        # The core says nothing about it.
        "hva er fristen for å kreve forhandlinger ved usaklig oppsigelse": f"{AML}/§17-3",
    }
    for question, provision_id in expected.items():
        answer = assistant.ask(question)
        assert answer.outcome is Outcome.ANSWERED, question
        assert_exact(answer, assistant.library)
        assert (answer.citations[0].provision_id, answer.citations[0].kind) == (provision_id, Kind.OFFICIAL)
    assistant.library.close()
