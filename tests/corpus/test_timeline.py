"""Which stored wording held on a day, and how far back the stored ones reach."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import DATE_UNKNOWN, Document, Provision
from corpus.store import Version
from corpus.timeline import OnDay, text_on
from tests.conftest import make_official

SEEN, CHANGED, TODAY = date(2025, 11, 8), date(2026, 7, 2), date(2026, 8, 1)
OLD_START, NEW_START, NEXT_START = date(1999, 6, 1), date(2026, 1, 1), date(2026, 7, 15)
DAY = timedelta(days=1)


@pytest.fixture(scope="session")
def ours(invented: tuple[Document, ...]) -> Provision:
    """The restatement, in force from 1999."""
    return invented[0].provisions[0]


@pytest.fixture(scope="session")
def new(ours: Provision) -> Provision:
    """The wording of today's archive, in force from 2026."""
    return make_official(ours, [("ledd/1", "Ny.")], in_force=NEW_START, text_date=CHANGED)


@pytest.fixture(scope="session")
def old(ours: Provision) -> Provision:
    """The wording before it."""
    return make_official(ours, [("ledd/1", "Gammel.")], in_force=OLD_START, text_date=SEEN)


@pytest.fixture(scope="session")
def versions(old: Provision, new: Provision) -> tuple[Version, ...]:
    return (
        Version(provision=new, seen=CHANGED, replaced=None),
        Version(provision=old, seen=SEEN, replaced=CHANGED),
    )


def current(provision: Provision) -> tuple[Version, ...]:
    return (Version(provision=provision, seen=SEEN, replaced=None),)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        pytest.param(TODAY, "Ny.", id="today"),
        pytest.param(NEW_START, "Ny.", id="from the first day it is in force, though it was seen later"),
        pytest.param(NEW_START - DAY, "Gammel.", id="the day before"),
        pytest.param(OLD_START, "Gammel.", id="from its own first day, though it was seen later"),
    ],
)
def test_the_wording_in_force_on_the_day_is_found(day: date, words: str, versions: tuple[Version, ...]) -> None:
    found = text_on(day, versions, None)
    assert (found.text and found.text.text, found.reaches) == (words, None)


def test_before_the_first_stored_wording_nothing_is_told_and_from_where_on_it_is(versions: tuple[Version, ...]) -> None:
    assert text_on(OLD_START - DAY, versions, None) == OnDay(text=None, reaches=OLD_START)
    assert text_on(NEW_START - DAY, versions[:1], None) == OnDay(text=None, reaches=NEW_START)


def test_a_wording_without_a_first_day_reaches_back_for_ever(old: Provision) -> None:
    old = replace(old, in_force=None)
    assert text_on(date(1900, 1, 1), current(old), None) == OnDay(text=old)


@pytest.mark.parametrize(
    ("changes", "day", "holds"),
    [
        pytest.param({"repealed": TODAY}, TODAY - DAY, True, id="the day before it is repealed"),
        pytest.param({"repealed": TODAY}, TODAY, False, id="the day it is repealed"),
        pytest.param({"repealed": DATE_UNKNOWN}, TODAY, False, id="repealed some day"),
        pytest.param({"pending": True, "in_force": None}, TODAY, False, id="not in force yet"),
    ],
)
def test_what_did_not_hold_is_not_the_text_of_the_day(
    changes: dict[str, object], day: date, holds: bool, old: Provision
) -> None:
    text = replace(old, **changes)
    assert text_on(day, current(text), None) == OnDay(text=text if holds else None)


def test_before_its_repeal_was_fetched_the_wording_held(old: Provision) -> None:
    """The edition of the repeal has words of its own"""
    gone = replace(old, text="(Opphevet)", segments=(), in_force=NEW_START, repealed=NEW_START)
    versions = (
        Version(provision=gone, seen=CHANGED, replaced=None),
        Version(provision=old, seen=SEEN, replaced=CHANGED),
    )
    assert text_on(NEW_START - DAY, versions, None) == OnDay(text=old)
    assert text_on(NEW_START, versions, None) == OnDay(text=None)


def test_what_has_gone_from_the_archive_holds_until_then(old: Provision) -> None:
    versions = (Version(provision=old, seen=SEEN, replaced=CHANGED),)
    assert text_on(CHANGED - DAY, versions, None) == OnDay(text=old)
    assert text_on(CHANGED, versions, None) == OnDay(text=None)


def test_of_what_has_gone_from_the_archive_our_restatement_stands_alone(ours: Provision, old: Provision) -> None:
    """As it does in answers about today"""
    versions = (Version(provision=old, seen=SEEN, replaced=CHANGED),)
    assert text_on(CHANGED - DAY, versions, ours) == OnDay(text=old)
    assert text_on(CHANGED, versions, ours) == OnDay(text=ours)


# --- With a restatement ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "newer"), [(NEXT_START, True), (TODAY, True), (NEXT_START - DAY, False), (OLD_START, False)], ids=str
)
def test_a_restatement_of_what_came_after_the_archive_holds_from_its_first_day(
    day: date, newer: bool, ours: Provision, old: Provision
) -> None:
    later = replace(ours, in_force=NEXT_START)
    assert text_on(day, current(old), later).text == (later if newer else old)


def test_a_newer_restatement_that_is_repealed_does_not_hold(ours: Provision, old: Provision) -> None:
    later = replace(ours, in_force=NEXT_START, repealed=TODAY)
    assert text_on(TODAY - DAY, current(old), later).text == later
    assert text_on(TODAY, current(old), later) == OnDay(text=None)


@pytest.mark.parametrize("start", [OLD_START, NEW_START, None], ids=str)
def test_a_restatement_of_what_is_stored_is_not_the_text_of_the_day(
    start: date | None, ours: Provision, versions: tuple[Version, ...]
) -> None:
    assert text_on(TODAY, versions, replace(ours, in_force=start)).text == versions[0].provision


@pytest.mark.parametrize(
    ("day", "holds", "reaches"),
    [(TODAY, True, None), (OLD_START, True, None), (OLD_START - DAY, False, OLD_START)],
    ids=str,
)
def test_a_restatement_alone_reaches_back_to_its_first_day(
    day: date, holds: bool, reaches: date | None, ours: Provision
) -> None:
    assert text_on(day, (), ours) == OnDay(text=ours if holds else None, reaches=reaches)


def test_a_repealed_restatement_alone_holds_until_its_repeal(ours: Provision) -> None:
    repealed = replace(ours, repealed=CHANGED)
    assert text_on(CHANGED - DAY, (), repealed) == OnDay(text=repealed)
    assert text_on(CHANGED, (), repealed) == OnDay(text=None)


def test_without_any_text_there_is_none() -> None:
    assert text_on(TODAY, (), None) == OnDay(text=None)


@given(
    st.lists(st.dates(date(2000, 1, 1), TODAY), min_size=1, max_size=5, unique=True), st.dates(date(1990, 1, 1), TODAY)
)
def test_of_any_wordings_the_last_that_began_by_the_day_holds(
    invented: tuple[Document, ...], starts: list[date], day: date
) -> None:
    base = make_official(invented[0].provisions[0])
    starts = sorted(starts, reverse=True)
    versions = [
        Version(provision=replace(base, in_force=start), seen=SEEN, replaced=None if n == 0 else SEEN)
        for n, start in enumerate(starts)
    ]
    found = text_on(day, versions, None)
    begun = [start for start in starts if start <= day]
    if begun:
        assert found.text is not None
        assert found.text.in_force == max(begun)
    else:
        assert found == OnDay(text=None, reaches=min(starts))
