"""Questions that name a provision get that provision."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from assistant import texts
from assistant.answer import Outcome
from assistant.dialogue import Assistant
from corpus.document import DATE_UNKNOWN, Kind
from corpus.library import Library
from tests.assistant.talk import ask, cited
from tests.conftest import ARCHIVE_DATE, NoSearch, make_edition, make_official

ACT, ORGANISING = "lov/2005-06-17-62", "forskrift/2011-12-06-1355"


@pytest.mark.parametrize(
    ("question", "provision"),
    [
        pytest.param("aml § 3-3", f"{ACT}/§3-3", id="abbreviation"),
        pytest.param("aml 3-3", f"{ACT}/§3-3", id="no sign"),
        pytest.param("Hva står det i arbeidsmiljøloven § 6-5?", f"{ACT}/§6-5", id="full name"),
        pytest.param("§ 13-1", f"{ORGANISING}/§13-1", id="no act"),
        pytest.param("hva sier § 2 A-6?", f"{ACT}/§2A-6", id="chapter with a letter"),
        pytest.param("forklar § 13-3 i forskrift om organisering, ledelse og medvirkning på vanlig norsk", f"{ORGANISING}/§13-3", id="act behind"),
        pytest.param("lov/2005-06-17-62/§3-3", f"{ACT}/§3-3", id="id"),
        pytest.param("what does section 3-3 of the Working Environment Act say?", f"{ACT}/§3-3", id="english"),
    ],
)  # fmt: skip
def test_the_provision_named_is_shown_first(bare: Assistant, library: Library, question: str, provision: str) -> None:
    answer = ask(bare, question)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.citations[0].provision_id == provision
    assert library.find(provision).label in answer.text


@pytest.mark.parametrize(
    ("question", "part"),
    [
        pytest.param("OLM § 13-2 bokstav e", f"{ORGANISING}/§13-2 ledd/1/bokstav/e", id="letter"),
        pytest.param("13-2 e", f"{ORGANISING}/§13-2 ledd/1/bokstav/e", id="bare letter"),
        pytest.param("aml 4-6 fjerde ledd", f"{ACT}/§4-6 ledd/4", id="ledd"),
        pytest.param("§ 2 A-6 første ledd", f"{ACT}/§2A-6 ledd/1", id="ledd of a chapter with a letter"),
    ],
)
def test_the_part_named_is_quoted_alone(bare: Assistant, library: Library, question: str, part: str) -> None:
    answer = ask(bare, question)
    assert cited(answer) == [part]
    (citation,) = answer.citations
    assert citation.label == library.find(citation.provision_id).label_of(citation.portion)


def test_two_provisions_are_both_shown(bare: Assistant) -> None:
    answer = ask(bare, "aml § 3-3 og § 6-1")
    assert {f"{ACT}/§3-3", f"{ACT}/§6-1"} <= {c.provision_id for c in answer.citations}


def test_an_unknown_section_is_said_to_be_unknown_and_its_neighbours_named(bare: Assistant, library: Library) -> None:
    answer = ask(bare, "aml § 3-99")
    assert answer.outcome is Outcome.ABSTAINED
    assert answer.citations == ()
    assert texts.UNKNOWN_SECTION.format(address="arbeidsmiljøloven § 3-99") in answer.text
    assert answer.nearest
    assert {n.provision_id.split("§")[1].split("-")[0] for n in answer.nearest} == {"3"}
    assert all(n.provision_id in library.known for n in answer.nearest)


@pytest.mark.parametrize(
    "question",
    [
        "Hva sier ferieloven § 5?",
        "markedsføringsloven § 3",
        "§ 3 i åndsverkloven",
        "plan- og bygningsloven § 1-1",
        "husleieloven § 4-3",
    ],
)
def test_a_section_of_an_act_that_is_not_in_the_core_is_not_taken_from_another(bare: Assistant, question: str) -> None:
    assert ask(bare, question).citations == ()


def test_an_unknown_section_beside_a_known_one_is_a_warning(bare: Assistant) -> None:
    answer = ask(bare, "aml § 3-3 og § 99-9")
    assert answer.outcome is Outcome.ANSWERED
    assert texts.UNKNOWN_SECTION.format(address="arbeidsmiljøloven § 99-9") in answer.warnings


def test_an_unknown_ledd_is_said_and_the_section_shown(bare: Assistant) -> None:
    answer = ask(bare, "aml § 3-3 niende ledd")
    assert texts.UNKNOWN_SECTION.format(address="arbeidsmiljøloven § 3-3 niende ledd") in " ".join(
        (answer.text, *answer.warnings)
    )
    assert {c.provision_id for c in answer.citations} == {f"{ACT}/§3-3"}


def test_a_repealed_section_is_shown_as_repealed(bare: Assistant, library: Library) -> None:
    repealed = [p for p in map(library.texts_of, sorted(library.known)) if p[0].repealed]
    assert repealed
    for provision, *_ in repealed:
        answer = ask(bare, provision.label)
        assert provision.repealed
        assert texts.REPEALED.format(date=provision.repealed.isoformat()) in answer.text
        assert answer.verdict is None


def test_the_note_of_a_provision_is_a_warning(bare: Assistant, library: Library) -> None:
    provision = next(
        p for texts_ in map(library.texts_of, sorted(library.known)) for p in texts_ if p.note and not p.repealed
    )
    assert provision.note in ask(bare, provision.label).warnings


def test_a_long_section_is_cut_at_a_ledd_and_says_so(bare: Assistant, library: Library) -> None:
    answer = ask(bare, "aml § 4-3")
    provision = library.find(f"{ACT}/§4-3")
    assert max(c.end for c in answer.citations) < len(provision.text)
    assert texts.MORE_SUBSECTIONS in answer.text
    spans = {provision.span_of(segment.portion) for segment in provision.segments}
    assert all((c.start, c.end) in spans for c in answer.citations)


def test_the_table_is_never_poured_out(bare: Assistant) -> None:
    """OLM § 13-1 has 108 rows; naming it quotes its rules, not the rows"""
    answer = ask(bare, "OLM § 13-1")
    assert len(answer.text.split()) < 200
    assert not any("rad" in dict(c.portion.parts) for c in answer.citations)


def test_every_section_of_the_core_is_shown_by_its_own_label(bare: Assistant, library: Library) -> None:
    acts = [p for texts_ in map(library.texts_of, sorted(library.known)) for p in texts_ if "§" in p.provision_id]
    assert len(acts) > 100
    wrong = [p.label for p in acts if {c.provision_id for c in ask(bare, p.label).citations} != {p.provision_id}]
    assert wrong == []


# --- With the official text --------------------------------------------------------------------------------------------------

BHT = f"{ACT}/§3-3"
NEW_START = date(2026, 1, 1)


@pytest.fixture
def fetched(library: Library, with_store: Callable[..., Library]) -> Callable[..., Assistant]:
    """Makes assistants whose store has editions of an official § 3-3, given by their words and other fields."""

    def make(*editions: dict[str, object], provision_id: str = BHT) -> Assistant:
        act = next(d for d in library.core if provision_id.startswith(f"{d.document_id}/"))
        documents = []
        for number, fields in enumerate(editions, 1):
            official = make_official(library.find(provision_id), **fields)  # type: ignore[arg-type]
            earlier = timedelta(days=200 * (len(editions) - number))
            documents.append(make_edition(act, official, text_date=(official.text_date or ARCHIVE_DATE) - earlier))
        today = max(document.checked for document in library.core)
        return Assistant(with_store(library.core, *documents), NoSearch(), today=today)

    return make


def test_the_official_text_is_shown_with_our_words_beside_it(
    fetched: Callable[..., Assistant], library: Library
) -> None:
    assistant = fetched({})
    answer = ask(assistant, "hva sier aml § 3-3?")
    law = assistant.library.find(BHT)
    assert law.kind is Kind.OFFICIAL
    assert {c.kind for c in answer.citations} == {Kind.OFFICIAL}
    assert all(law.text[c.start : c.end] == c.quote for c in answer.citations)
    official, plain = answer.text.split(f"**{texts.PLAINLY}**")
    assert "Det er fastsatt: Arbeidsgiveren plikter" in official
    assert plain.strip().startswith(library.find(BHT).text.removeprefix("(1) ")[:40])
    assert "Det er fastsatt" not in plain
    assert ">" not in answer.text.replace("\\>", "")
    assert answer.warnings == ()


def test_the_part_named_is_shown_in_both_texts(fetched: Callable[..., Assistant]) -> None:
    answer = ask(fetched({}), "aml § 3-3 andre ledd")
    assert cited(answer) == [f"{BHT} ledd/2"]
    assert answer.text.count("skal bistå arbeidsgiveren") == 2


def test_where_our_words_are_outdated_the_law_alone_is_shown(
    fetched: Callable[..., Assistant], library: Library
) -> None:
    answer = ask(fetched({"in_force": NEW_START}), "aml § 3-3")
    assert texts.PLAINLY not in answer.text
    assert {c.kind for c in answer.citations} == {Kind.OFFICIAL}
    assert texts.RESTATEMENT_OUTDATED.format(label=library.find(BHT).label, date=NEW_START) in answer.warnings


@pytest.mark.parametrize("provision_id", [f"{ACT}/§4-3", f"{ACT}/§18-7"])
def test_where_our_words_are_newer_they_alone_are_shown_and_that_is_said(
    provision_id: str, fetched: Callable[..., Assistant], library: Library
) -> None:
    """Amended in 2026, and the archive is of 2025"""
    newer, archive = library.find(provision_id), date(2025, 11, 8)
    assistant = fetched({"in_force": date(2020, 1, 1), "text_date": archive}, provision_id=provision_id)
    answer = ask(assistant, newer.label)
    assert {c.kind for c in answer.citations} == {Kind.RESTATEMENT}
    assert "Det er fastsatt" not in answer.text
    assert texts.WORDING_CHANGED_SINCE.format(label=newer.label, date=archive) in answer.warnings


@pytest.mark.parametrize(
    ("repealed", "said"),
    [(date(2026, 6, 1), texts.REPEALED.format(date="2026-06-01")), (DATE_UNKNOWN, texts.REPEALED_SOME_DAY)],
    ids=["a day", "some day"],
)
def test_a_repealed_official_text_is_shown_as_repealed(
    repealed: date, said: str, fetched: Callable[..., Assistant]
) -> None:
    answer = ask(fetched({"repealed": repealed}), "aml § 3-3")
    assert said in answer.text
    assert texts.PLAINLY not in answer.text


def test_on_a_day_in_the_past_the_wording_of_that_day_is_shown_once(fetched: Callable[..., Assistant]) -> None:
    assistant = fetched({"rows": [("ledd/1", "Gammel ordlyd.")]}, {"in_force": NEW_START})
    answer = assistant.ask("aml § 3-3", as_of=NEW_START - timedelta(days=1))
    assert [c.quote for c in answer.citations] == ["Gammel ordlyd."]
    assert answer.text.count("Gammel ordlyd.") == 1
    assert "Det er fastsatt" not in answer.text
    assert texts.PLAINLY not in answer.text
    assert texts.AS_OF.format(date=NEW_START - timedelta(days=1)) in answer.warnings


def test_on_a_day_before_the_stored_texts_it_is_said_where_they_end(
    fetched: Callable[..., Assistant], library: Library
) -> None:
    answer = fetched({}).ask("aml § 3-3", as_of=date(1950, 1, 1))
    provision = library.find(BHT)
    assert answer.outcome is Outcome.ABSTAINED
    assert texts.NOT_STORED.format(label=provision.label, date=provision.in_force) in answer.text
