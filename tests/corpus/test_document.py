"""Provisions: spans and labels of their parts, on the real core and on the invented one."""

from dataclasses import FrozenInstanceError, fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import Portion
from corpus.document import DATE_UNKNOWN, Document, Provision
from corpus.library import Library, load_library

DUTIES = "forskrift/2001-02-03-9001/§2A-1"


@pytest.fixture
def duties(invented: tuple[Document, ...]) -> Provision:
    """An invented provision with two ledd, letters, numbers and text after each list."""
    return next(p for d in invented for p in d if p.provision_id == DUTIES)


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        pytest.param("", "Tivolidriveren skal", "til maskinisten.", id="the whole provision"),
        pytest.param("ledd/1", "Tivolidriveren skal", "i driftsdagboka.", id="ledd with its list and closing text"),
        pytest.param("ledd/1/bokstav/a", "prøvekjøre", "i 10 minutter", id="letter"),
        pytest.param("ledd/3", "Billettøren kan", "til maskinisten.", id="last ledd"),
        pytest.param("ledd/3/nr/2", "Gjester med is", "er spist.", id="number"),
    ],
)
def test_the_span_of_a_part_holds_everything_below_it(path: str, first: str, last: str, duties: Provision) -> None:
    start, end = duties.span_of(Portion.parse(path)) or (0, 0)
    assert duties.text[start:end].startswith(first)
    assert duties.text[start:end].endswith(last)


@pytest.mark.parametrize("path", ["ledd/2", "ledd/1/bokstav/c", "ledd/1/nr/1", "bokstav/a"])
def test_a_part_that_is_not_there_has_no_span(path: str, duties: Provision) -> None:
    assert duties.span_of(Portion.parse(path)) is None


def test_a_label_names_act_section_and_part(duties: Provision) -> None:
    assert duties.label_of(Portion()) == "tivoliforskriften § 2 A-1"
    assert duties.label_of(Portion.parse("ledd/1/bokstav/b")) == "tivoliforskriften § 2 A-1 første ledd bokstav b"


def test_no_segment_holds_a_marker(duties: Provision) -> None:
    for marker in ("(1) ", "a) ", "(3) ", "2) "):
        with pytest.raises(IndexError, match="§2A-1 has no segment at character"):
            duties.segment_at(duties.text.index(marker))


def test_the_end_of_a_segment_is_outside_it(duties: Provision) -> None:
    with pytest.raises(IndexError):
        duties.segment_at(duties.segments[0].end)


@pytest.mark.parametrize("name", ["document", "provision", "segment", "question", "portion"])
def test_nothing_of_the_corpus_can_be_changed(name: str, invented: tuple[Document, ...]) -> None:
    provision = invented[0].provisions[0]
    segment = provision.segments[0]
    records = {
        "document": invented[0],
        "provision": provision,
        "segment": segment,
        "question": segment.questions[0],
        "portion": segment.portion,
    }
    field = fields(records[name])[0].name
    with pytest.raises(FrozenInstanceError):
        setattr(records[name], field, None)


DAY = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("changes", "is_current", "is_repealed"),
    [
        pytest.param({}, True, False, id="in force since long"),
        pytest.param({"in_force": DAY}, True, False, id="from the day"),
        pytest.param({"in_force": DAY + timedelta(days=1)}, False, False, id="from the day after"),
        pytest.param({"in_force": None}, True, False, id="no day told"),
        pytest.param({"pending": True, "in_force": None}, False, False, id="adopted, no day set"),
        pytest.param({"repealed": DAY}, False, True, id="repealed that day"),
        pytest.param({"repealed": DAY + timedelta(days=1)}, True, False, id="repealed the day after"),
        pytest.param({"repealed": DATE_UNKNOWN}, False, True, id="repealed, no day told"),
    ],
)
def test_a_text_holds_from_its_first_day_until_its_repeal(
    changes: dict[str, object], is_current: bool, is_repealed: bool, duties: Provision
) -> None:
    provision = replace(duties, **changes)
    assert (provision.is_current(DAY), provision.is_repealed(DAY)) == (is_current, is_repealed)


# --- Invariants over the whole core ------------------------------------------------------------------------------------------

PROVISIONS = [p for document in load_library().core for p in document]


def test_segments_lie_in_order_never_overlap_and_cover_all_but_the_markers(library: Library) -> None:
    for provision in (p for document in library.core for p in document):
        between, end = [], 0
        for segment in provision.segments:
            assert end <= segment.start < segment.end <= len(provision.text), provision.provision_id
            between.append(provision.text[end : segment.start])
            end = segment.end
        assert end == len(provision.text), provision.provision_id
        # A marker is "(1) ", "a) ", "12) " or a dash, on a line of its own segment.
        for gap in between:
            assert len(gap) <= 6, (provision.provision_id, gap)
            assert gap.strip() == "" or gap.rstrip()[-1] in ")–", (provision.provision_id, gap)


@given(st.sampled_from(PROVISIONS), st.data())
def test_each_character_of_a_segment_leads_back_to_it(provision: Provision, data: st.DataObject) -> None:
    segment = data.draw(st.sampled_from(provision.segments))
    for position in (segment.start, segment.end - 1, data.draw(st.integers(segment.start, segment.end - 1))):
        assert provision.segment_at(position) == segment


@given(st.sampled_from(PROVISIONS), st.data())
def test_the_span_of_any_ancestor_holds_the_span_of_its_parts(provision: Provision, data: st.DataObject) -> None:
    segment = data.draw(st.sampled_from(provision.segments))
    depth = data.draw(st.integers(0, len(segment.portion.parts)))
    ancestor = Portion(segment.portion.parts[:depth])
    start, end = provision.span_of(ancestor) or (-1, -1)
    assert start <= segment.start < segment.end <= end
    inside = [s for s in provision.segments if start <= s.start < end]
    assert all(s.portion.starts_with(ancestor) for s in inside)
