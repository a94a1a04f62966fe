"""Two texts of one provision: which leads, what is indexed, and where one says what a part of the other says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import Portion
from corpus.document import DATE_UNKNOWN, Document, Kind, LayQuestion, Provision, Segment, Verdict
from corpus.library import load_library
from corpus.merge import Standing, matching_span, order_texts, searchables, standing_of, with_questions
from tests.conftest import ARCHIVE_DATE, make_official

RESTATEMENTS = [p for document in load_library().core for p in document if p.kind is Kind.RESTATEMENT]
DUTIES, SIGN = "forskrift/2001-02-03-9001/§2A-1", "forskrift/2001-02-03-9001/§3-1"
BEFORE, AFTER = date(2026, 7, 1), date(2026, 7, 3)  # the archive


@pytest.fixture
def rule(invented: tuple[Document, ...]) -> Provision:
    """An invented provision in force from 1999, of two ledd with lay questions."""
    return invented[0].provisions[0]


@pytest.fixture
def by_id(invented: tuple[Document, ...]) -> dict[str, Provision]:
    return {p.provision_id: p for document in invented for p in document}


def make_text(*rows: tuple[str, str], kind: Kind = Kind.RESTATEMENT, **changes: object) -> Provision:
    """Return a text of a provision that has a segment for each row."""
    segments, length = [], 0
    for portion, text in rows:
        segments.append(Segment(portion=Portion.parse(portion), start=length, end=length + len(text)))
        length += len(text) + 1
    provision = RESTATEMENTS[0]
    return replace(
        provision, provision_id="lov/1/§1", kind=kind, text="\n".join(text for _, text in rows), segments=tuple(segments), **changes
    )  # fmt: skip


# --- Which leads -------------------------------------------------------------------------------------------------------------


def test_without_a_fetched_wording_the_restatement_stands_alone(rule: Provision) -> None:
    assert standing_of(rule, None) is Standing.ALONE


@pytest.mark.parametrize(
    ("ours", "theirs", "standing"),
    [
        pytest.param({}, {}, Standing.MATCHES, id="of the same wording"),
        pytest.param({"in_force": BEFORE}, {"in_force": date(1999, 6, 1)}, Standing.MATCHES, id="ours says a later day than theirs"),
        pytest.param({"in_force": ARCHIVE_DATE}, {}, Standing.MATCHES, id="in force on the day of the archive"),
        pytest.param({"in_force": AFTER}, {}, Standing.NEWER, id="in force after the archive"),
        pytest.param({"in_force": AFTER}, {"repealed": DATE_UNKNOWN}, Standing.NEWER, id="newer than a repealed one"),
        pytest.param({}, {"in_force": date(2026, 1, 1)}, Standing.OUTDATED, id="amended since"),
        pytest.param({}, {"in_force": date(1999, 6, 2)}, Standing.OUTDATED, id="amended a day after"),
        pytest.param({}, {"repealed": BEFORE}, Standing.OUTDATED, id="repealed since"),
        pytest.param({}, {"repealed": date(2026, 8, 1)}, Standing.OUTDATED, id="repealed on the day it was checked"),
        pytest.param({}, {"repealed": date(2026, 8, 2)}, Standing.MATCHES, id="to be repealed"),
        pytest.param({}, {"repealed": DATE_UNKNOWN}, Standing.OUTDATED, id="repealed some day"),
        pytest.param({"repealed": BEFORE}, {"repealed": BEFORE}, Standing.MATCHES, id="both repealed"),
        pytest.param({"in_force": None}, {}, Standing.MATCHES, id="ours has no day"),
        pytest.param({}, {"in_force": None}, Standing.MATCHES, id="theirs has no day"),
        pytest.param({"in_force": AFTER}, {"text_date": None}, Standing.MATCHES, id="the archive has no day"),
    ],
)  # fmt: skip
def test_the_days_tell_how_a_restatement_stands(
    ours: dict[str, date], theirs: dict[str, date], standing: Standing, rule: Provision
) -> None:
    official = replace(make_official(rule), **theirs)
    assert standing_of(replace(rule, **ours), official) is standing


@pytest.mark.parametrize(
    ("ours", "theirs", "first"),
    [
        pytest.param({}, {}, Kind.OFFICIAL, id="matches"),
        pytest.param({}, {"in_force": date(2026, 1, 1)}, Kind.OFFICIAL, id="outdated"),
        pytest.param({"in_force": AFTER}, {}, Kind.RESTATEMENT, id="newer"),
    ],
)
def test_the_text_that_holds_leads_in_whatever_order_they_come(
    ours: dict[str, date], theirs: dict[str, date], first: Kind, rule: Provision
) -> None:
    texts = (replace(rule, **ours), make_official(rule, **theirs))
    for given_order in (texts, texts[::-1]):
        ordered = order_texts(given_order)
        assert ordered[0].kind is first
        assert sorted(ordered, key=str) == sorted(texts, key=str)


def test_a_note_comes_after_the_rule_and_alone_it_leads(rule: Provision) -> None:
    note = replace(rule, kind=Kind.GUIDANCE)
    assert order_texts((note, rule)) == (rule, note)
    assert order_texts((note,)) == (note,)
    assert order_texts(()) == ()


# --- What is indexed ---------------------------------------------------------------------------------------------------------


def test_a_text_alone_is_indexed_whole(rule: Provision) -> None:
    official, own = make_official(rule), replace(rule, kind=Kind.OWN)
    for text in (rule, official, own):
        (found,) = searchables((text,))
        assert (found.provision, found.official, found.segments) == (text, None, None)
    assert searchables(()) == ()


def test_a_restatement_is_indexed_with_the_wording_it_restates(rule: Provision) -> None:
    official = make_official(rule)
    (found,) = searchables((official, rule))
    assert (found.provision, found.official, found.segments) == (rule, official, None)


def test_what_a_restatement_leaves_out_is_indexed_as_official_text(rule: Provision) -> None:
    official = make_official(
        rule, [("ledd/1", "En."), ("ledd/2", "To."), ("ledd/3", "Tre."), ("ledd/3/bokstav/a", "a.")]
    )
    first, rest = searchables((official, rule))
    assert (first.provision, first.official) == (rule, official)
    assert (rest.provision, rest.official, rest.segments) == (official, None, frozenset({2, 3}))


def test_the_items_of_a_ledd_that_is_restated_in_one_are_restated(rule: Provision) -> None:
    official = make_official(rule, [("ledd/1", "Skal:"), ("ledd/1/bokstav/a", "a"), ("ledd/2", "To.")])
    assert len(searchables((official, rule))) == 1


def test_a_ledd_of_which_an_item_is_restated_is_restated_and_its_other_items_are_not() -> None:
    ours = make_text(("ledd/1/bokstav/a", "Måle."))
    official = make_text(("ledd/1", "Skal:"), ("ledd/1/bokstav/a", "a"), ("ledd/1/bokstav/b", "b"), kind=Kind.OFFICIAL)
    _, rest = searchables((ours, official))
    assert rest.segments == frozenset({2})


def test_a_restatement_of_the_whole_in_one_leaves_nothing_out() -> None:
    ours = make_text(("", "Alt i ett."))
    official = make_text(("ledd/1", "En."), ("ledd/2", "To."), kind=Kind.OFFICIAL)
    assert len(searchables((ours, official))) == 1


def test_a_newer_restatement_is_indexed_without_the_old_wording(rule: Provision) -> None:
    newer = replace(rule, in_force=AFTER)
    (found,) = searchables((newer, make_official(rule)))
    assert (found.provision, found.official) == (newer, None)


def test_an_outdated_restatement_lends_its_questions_without_verdicts_to_the_official_text(rule: Provision) -> None:
    """A verdict was about the rule as it was"""
    assert any(q.verdict for s in rule.segments for q in s.questions)
    official = make_official(rule, in_force=date(2026, 1, 1))
    (found,) = searchables((official, rule))
    assert replace(found.provision, segments=official.segments) == official
    assert [[q.text for q in s.questions] for s in found.provision.segments] == [
        [q.text for q in s.questions] for s in rule.segments
    ]
    assert {q.verdict for s in found.provision.segments for q in s.questions} == {None}


def test_a_note_with_the_same_address_is_indexed_too(rule: Provision) -> None:
    note = replace(rule, kind=Kind.GUIDANCE)
    for others in ((), (rule,), (make_official(rule),), (rule, make_official(rule))):
        found = searchables((*others, note))
        assert found[-1].provision == note
        assert len(found) == (2 if others else 1)


def test_questions_go_to_the_part_they_belong_to_or_the_nearest_around_it() -> None:
    asked = make_text(("ledd/1", "En."), ("ledd/2/bokstav/c", "c"), ("ledd/7", "Sju."))
    asked = replace(
        asked,
        segments=tuple(
            replace(s, questions=(LayQuestion(text=f"{n}?", verdict=Verdict.YES),))
            for n, s in enumerate(asked.segments)
        ),
    )
    official = make_text(("ledd/1", "En."), ("ledd/2", "Skal:"), ("ledd/2/bokstav/a", "a"), kind=Kind.OFFICIAL)
    segments = with_questions(official, asked).segments
    assert [[q.text for q in s.questions] for s in segments] == [["0?", "2?"], ["1?"], []]


def test_questions_of_a_text_without_parts_are_left_out() -> None:
    official = replace(make_text(kind=Kind.OFFICIAL), text="")
    assert with_questions(official, RESTATEMENTS[0]) == official


# --- Where the other text says it --------------------------------------------------------------------------------------------


def span(source: Provision, portion: str, target: Provision) -> tuple[str, str] | None:
    """Return the words and the part of the other text for a part of this one."""
    start, end = source.span_of(Portion.parse(portion)) or (0, 0)
    found = matching_span(source, start, end, target)
    return (target.text[found[0] : found[1]], found[2].path) if found else None


@pytest.mark.parametrize(
    ("portion", "part"),
    [
        pytest.param("ledd/1", "ledd/1", id="ledd with its list and closing text"),
        pytest.param("ledd/1/bokstav/a", "ledd/1/bokstav/a", id="letter"),
        pytest.param("ledd/3", "ledd/3", id="last ledd"),
        pytest.param("ledd/3/nr/2", "ledd/3/nr/2", id="number"),
        pytest.param("", "", id="the whole"),
    ],
)
def test_a_part_that_both_have_is_found_with_its_own_words(
    portion: str, part: str, by_id: dict[str, Provision]
) -> None:
    ours = by_id[DUTIES]
    official = make_official(ours)
    start, end = official.span_of(Portion.parse(part)) or (0, 0)
    assert span(ours, portion, official) == (official.text[start:end], part)
    assert span(official, portion, ours) == (ours.text[slice(*(ours.span_of(Portion.parse(part)) or (0, 0)))], part)


def test_a_lead_in_leads_to_lead_in_and_closing_text_and_not_past_the_ledd(by_id: dict[str, Provision]) -> None:
    """Both carry the address of the ledd"""
    ours = by_id[DUTIES]
    official = make_official(ours)
    lead_in = ours.segments[0]
    found = matching_span(ours, lead_in.start, lead_in.end, official)
    assert found is not None
    assert official.text[found[0] : found[1]].startswith("Det er fastsatt: Tivolidriveren")
    assert found[2] == Portion.parse("ledd/1")
    assert found[1] <= (official.span_of(Portion.parse("ledd/1")) or (0, 0))[1]


def test_part_of_a_sentence_leads_to_the_part_it_stands_in(rule: Provision) -> None:
    official = make_official(rule)
    start = rule.text.index("Badevakten skal")
    found = matching_span(rule, start, start + 4, official)
    assert found == (*official.span_of(Portion.parse("ledd/1")), Portion.parse("ledd/1"))  # type: ignore[misc]


def test_a_span_over_two_ledd_leads_to_both(rule: Provision) -> None:
    official = make_official(rule)
    assert matching_span(rule, 0, len(rule.text), official) == (0, len(official.text), Portion())


def test_two_items_of_a_list_lead_to_the_same_two(by_id: dict[str, Provision]) -> None:
    ours = by_id[DUTIES]
    official = make_official(ours)
    found = matching_span(ours, ours.segments[1].start, ours.segments[2].end, official)
    assert found == (official.segments[1].start, official.segments[2].end, Portion.parse("ledd/1"))


@pytest.mark.parametrize(
    ("rows", "portion", "found"),
    [
        pytest.param([("ledd/1", "Skal måle og telle.")], "ledd/1/bokstav/a", ("Skal måle og telle.", "ledd/1"), id="letter only here: its ledd"),
        pytest.param([("ledd/1", "Skal:"), ("ledd/1/bokstav/b", "telle")], "ledd/1/bokstav/a", ("Skal:\ntelle", "ledd/1"), id="another letter only: its ledd"),
        pytest.param([("ledd/1/bokstav/a", "måle"), ("ledd/1/bokstav/b", "telle")], "ledd/1", ("måle\ntelle", "ledd/1"), id="ledd by its letters"),
        pytest.param([("ledd/1/bokstav/a/nr/1", "en"), ("ledd/1/bokstav/a/nr/2", "to")], "ledd/1/bokstav/a", ("en\nto", "ledd/1/bokstav/a"), id="letter by its numbers"),
        pytest.param([("", "Alt i ett.")], "ledd/1/bokstav/a", ("Alt i ett.", ""), id="a text of one part says it all"),
        pytest.param([("ledd/9", "Alt i ett.")], "ledd/1", ("Alt i ett.", "ledd/9"), id="whatever that part is called"),
        pytest.param([("ledd/2", "To."), ("ledd/3", "Tre.")], "ledd/1", None, id="no such ledd"),
        pytest.param([], "ledd/1", None, id="no text"),
    ],
)  # fmt: skip
def test_a_part_that_the_other_lacks_stands_for_the_nearest_around_it(
    rows: Sequence[tuple[str, str]], portion: str, found: tuple[str, str] | None
) -> None:
    source = make_text(("ledd/1", "Skal:"), ("ledd/1/bokstav/a", "måle temperaturen"))
    if portion == "ledd/1/bokstav/a":
        start, end = source.segments[1].start, source.segments[1].end
    else:
        start, end = source.segments[0].start, source.segments[0].end
    target = make_text(*rows, kind=Kind.OFFICIAL)
    result = matching_span(source, start, end, target)
    assert (result and (target.text[result[0] : result[1]], result[2].path)) == found


def test_the_whole_of_a_text_without_parts_leads_to_the_only_part_of_the_other(by_id: dict[str, Provision]) -> None:
    """A § of one unnumbered ledd"""
    sign = by_id[SIGN]
    official = make_official(sign, [("ledd/1", "Skilt opphenges.")])
    assert span(sign, "", official) == ("Skilt opphenges.", "ledd/1")
    assert span(official, "", sign) is not None


@pytest.mark.parametrize(
    ("rows", "portion", "found"),
    [
        pytest.param([("ledd/1", "En.")], "ledd/2", None, id="a restatement of another ledd alone"),
        pytest.param([("ledd/1/bokstav/a", "a")], "ledd/1/bokstav/b", None, id="of another letter alone"),
        pytest.param([("ledd/1", "Skal:"), ("ledd/1/bokstav/a", "a")], "ledd/1/bokstav/b", "Skal:", id="of the lead-in and another letter"),
        pytest.param([("ledd/1", "Måle og telle.")], "ledd/1/bokstav/b", "Måle og telle.", id="of the ledd in one"),
        pytest.param([("", "Alt i ett.")], "ledd/2", "Alt i ett.", id="of the whole in one"),
    ],
)  # fmt: skip
def test_a_restatement_of_another_part_is_no_plain_version_of_this_one(
    rows: Sequence[tuple[str, str]], portion: str, found: str | None
) -> None:
    official = make_text((portion, "Ordlyd."), ("ledd/9", "Ni."), kind=Kind.OFFICIAL)
    restatement = make_text(*rows)
    result = matching_span(official, 0, len("Ordlyd."), restatement)
    assert (result and restatement.text[result[0] : result[1]]) == found


def test_a_text_of_one_part_for_the_whole_leads_to_the_whole_of_the_other() -> None:
    source = make_text(("", "Alt i ett."))
    target = make_text(("ledd/1", "En."), ("ledd/2", "To."), kind=Kind.OFFICIAL)
    assert span(source, "", target) == ("En.\nTo.", "")


@given(st.data())
def test_a_span_of_the_core_leads_to_words_of_the_other_text_and_to_the_part_they_are(data: st.DataObject) -> None:
    provision = data.draw(st.sampled_from(RESTATEMENTS))
    official = make_official(provision)
    start = data.draw(st.integers(0, len(provision.text) - 1))
    end = data.draw(st.integers(start + 1, len(provision.text)))
    touched = [s for s in provision.segments if s.start < end and s.end > start]
    found = matching_span(provision, start, end, official)
    if not touched:  # only a marker or a blank
        assert found is None
        return
    assert found is not None
    first, last, portion = found
    assert 0 <= first < last <= len(official.text)
    assert all(s.portion.starts_with(portion) for s in official.segments if first <= s.start < last)
    assert {s.portion for s in touched} <= {s.portion for s in official.segments if first <= s.start < last}
