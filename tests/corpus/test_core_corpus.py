"""The core as a whole: that it is large enough, and that its parts refer to each other rightly."""

import re
from collections import Counter
from datetime import date

import pytest

from corpus.act_names import acts_by_id
from corpus.document import Kind, Level, Provision
from corpus.library import Library, load_library

PROVISIONS = [p for document in load_library().core for p in document]
ACTS = [p for p in PROVISIONS if p.kind is Kind.RESTATEMENT]
NOTES = [p for p in PROVISIONS if p.kind is Kind.GUIDANCE]


def test_the_core_is_large_enough_to_be_useful(library: Library) -> None:
    assert len(ACTS) >= 250
    assert len(NOTES) >= 80
    assert len(library.misunderstandings) >= 30
    assert len(library.glossary.terms) >= 150


def test_ids_are_unique() -> None:
    assert [i for i, n in Counter(p.provision_id for p in PROVISIONS).items() if n > 1] == []


def test_the_core_holds_nothing_but_restatements_and_guidance() -> None:
    assert len(ACTS) + len(NOTES) == len(PROVISIONS)


def test_every_act_has_its_names_in_the_list_of_acts(library: Library) -> None:
    for document in library.core:
        if not document.document_id.startswith("veiledning/"):
            act = acts_by_id()[document.document_id]
            assert (document.name, document.abbreviation) == (act.name, act.abbreviation)


def test_the_rank_of_an_act_is_that_of_its_address(library: Library) -> None:
    for document in library.core:
        kind = document.document_id.split("/")[0]
        level = {"lov": Level.LAW, "forskrift": Level.REGULATION, "veiledning": Level.AUTHORITY}[kind]
        assert document.level is level, document.document_id


def test_levels_are_one_or_two_for_acts_and_three_to_five_for_notes() -> None:
    assert {p.level for p in ACTS} == {Level.LAW, Level.REGULATION}
    assert {p.level for p in NOTES} == {Level.AUTHORITY, Level.PUBLIC, Level.COMMERCIAL}


@pytest.mark.parametrize(
    "provisions",
    [
        pytest.param(ACTS, id="acts"),
        pytest.param([p for p in NOTES if p.url], id="notes with an address"),
    ],
)
def test_addresses_of_sources_are_web_addresses(provisions: list[Provision]) -> None:
    assert [p.provision_id for p in provisions if not p.url.startswith(("https://", "http://"))] == []


def test_acts_link_to_their_section_at_lovdata() -> None:
    for p in ACTS:
        assert p.url.startswith("https://lovdata.no/dokument/")
        assert p.url.endswith(f"{p.provision_id.split('/', 1)[1]}"), p.url


def test_every_provision_in_force_answers_three_lay_questions_or_more() -> None:
    few = {p.provision_id: sum(len(s.questions) for s in p.segments) for p in ACTS if not p.repealed}
    assert {i: n for i, n in few.items() if n < 3} == {}


def test_no_question_is_asked_twice_of_one_provision() -> None:
    for p in PROVISIONS:
        asked = [q.text.lower() for s in p.segments for q in s.questions]
        assert len(asked) == len(set(asked)), p.provision_id


def test_what_every_note_explains_is_in_the_core(library: Library) -> None:
    for note in NOTES:
        assert note.explains, note.provision_id
        for address in note.explains:
            assert library.find(address.provision_id).span_of(address.portion), (note.provision_id, address.format())


def test_notes_say_how_sure_and_how_old_they_are() -> None:
    assert {n.certainty for n in NOTES} == {"høy", "middels", "lav"}
    assert {n.date_kind for n in NOTES} == {"oppdatert", "arkivkopi", "udatert"}
    assert [n.provision_id for n in NOTES if (n.text_date is None) != (n.date_kind == "udatert")] == []


def test_dates_are_in_order() -> None:
    for p in ACTS:
        assert p.text_date, p.provision_id
        assert p.in_force or p.repealed, p.provision_id
        assert (p.in_force or p.repealed or date.max) <= p.text_date <= p.checked, p.provision_id
    for note in NOTES:
        assert (note.text_date or date.min) <= note.checked, note.provision_id


def test_repealed_provisions_hold_one_line_that_says_where_the_rule_is() -> None:
    repealed = [p for p in ACTS if p.repealed]
    assert repealed
    assert [p.provision_id for p in repealed if len(p.segments) != 1] == []


def test_no_text_holds_a_mark_of_the_format() -> None:
    """This ensures that a typing error in a file is not shown to users as text."""
    marks = ("## ", "…)", "...)", "[ja]", "[nei]", "[avhenger]", "\t", "  ")
    for p in PROVISIONS:
        for s in p.segments:
            text = p.text[s.start : s.end]
            assert not text.startswith(("?", "-", "#", "[")), (p.provision_id, text)
            assert not any(mark in text for mark in marks), (p.provision_id, text)
            assert all(not q.text.startswith("[") for q in s.questions), p.provision_id


def test_amended_by_is_the_address_of_an_act() -> None:
    pattern = re.compile(r"(lov|forskrift)/\d{4}-\d\d-\d\d(-\d+)?")
    assert [p.provision_id for p in ACTS if p.amended_by is not None and not pattern.fullmatch(p.amended_by)] == []
