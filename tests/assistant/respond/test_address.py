"""Questions that name a provision get that provision."""

import pytest

from assistant import texts
from assistant.answer import Outcome
from assistant.dialogue import Assistant
from corpus.library import Library
from tests.assistant.talk import ask, cited

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
    repealed = [p for p in library.provisions.values() if p[0].repealed]
    assert repealed
    for provision, *_ in repealed:
        answer = ask(bare, provision.label)
        assert provision.repealed
        assert texts.REPEALED.format(date=provision.repealed.isoformat()) in answer.text
        assert answer.verdict is None


def test_the_note_of_a_provision_is_a_warning(bare: Assistant, library: Library) -> None:
    provision = next(p for texts_ in library.provisions.values() for p in texts_ if p.note and not p.repealed)
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
    acts = [p for texts_ in library.provisions.values() for p in texts_ if "§" in p.provision_id]
    assert len(acts) > 100
    wrong = [p.label for p in acts if {c.provision_id for c in ask(bare, p.label).citations} != {p.provision_id}]
    assert wrong == []
