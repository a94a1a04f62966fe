"""Provisions to chunks: their spans, their context, their identity."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import Portion
from corpus.document import DATE_UNKNOWN, Document, Kind, LayQuestion, Level, Provision, Segment
from corpus.library import load_library
from corpus.merge import Searchable, searchables, with_questions
from index.chunking import MAX_WORDS, Chunk, Role, split_all, split_provision
from tests.conftest import make_official

DUTIES = "forskrift/2001-02-03-9001/§2A-1"


def make_provision(*texts: str, heading: str = "Tittel") -> Provision:
    """Return a provision with a ledd of each text."""
    segments, text = [], ""
    for number, part in enumerate(texts, 1):
        marker = f"({number}) "
        start = len(text) + len(marker)
        segments.append(Segment(portion=Portion((("ledd", str(number)),)), start=start, end=start + len(part)))
        text += f"{marker}{part}\n"
    return Provision(
        provision_id="lov/2000-01-01-1/§1", kind=Kind.RESTATEMENT, level=Level.LAW, source="loven", label="loven § 1",
        heading=heading, path=(), text=text[:-1], segments=tuple(segments), url="", checked=date(2026, 1, 1),
    )  # fmt: skip


def split(provision: Provision) -> list[Chunk]:
    """Return the chunks of a provision that has one text."""
    return list(split_provision(Searchable(provision=provision)))


def identity(chunk: Chunk) -> tuple[object, ...]:
    """Return what tells a chunk of a text from all others."""
    return chunk.provision_id, chunk.kind, chunk.segment, chunk.role, chunk.start, chunk.question


@pytest.fixture
def duties(invented: tuple[Document, ...]) -> dict[str, Chunk]:
    """The chunks of an invented provision with lists and lay questions, by segment and number of the piece or question."""
    provision = next(p for d in invented for p in d if p.provision_id == DUTIES)
    found: dict[str, Chunk] = {}
    for chunk in split(provision):
        piece = sum(key.startswith(f"{chunk.segment}|t") for key in found)
        found[f"{chunk.segment}|{f't{piece}' if chunk.role is Role.TEXT else f'q{chunk.question}'}"] = chunk
    return found


def test_each_segment_is_a_chunk_followed_by_its_questions(duties: dict[str, Chunk]) -> None:
    assert list(duties) == [
        "0|t0",
        "0|q0",
        "1|t0",
        "1|q0",
        "1|q1",
        "2|t0",
        "3|t0",
        "3|q0",
        "4|t0",
        "4|q0",
        "5|t0",
        "6|t0",
        "7|t0",
    ]
    assert [c.role for c in duties.values()] == [Role.QUESTION if "q" in key else Role.TEXT for key in duties]


def test_the_text_of_a_letter_carries_the_text_before_its_list(duties: dict[str, Chunk]) -> None:
    assert duties["1|t0"].text == "prøvekjøre karusellen i 10 minutter"
    assert duties["1|t0"].searched == (
        "tivoliforskriften § 2 A-1 Plikter for driveren. Tivolidriveren skal hver morgen: prøvekjøre karusellen i 10 minutter"
    )
    assert "Billettøren kan nekte" in duties["5|t0"].context


def test_lead_in_and_closing_text_carry_the_heading_alone(duties: dict[str, Chunk]) -> None:
    for key in ("0|t0", "3|t0", "7|t0"):
        assert duties[key].context == "tivoliforskriften § 2 A-1 Plikter for driveren."


def test_a_question_is_searched_as_it_is_asked_and_spans_the_segment_that_answers_it(duties: dict[str, Chunk]) -> None:
    question, answer = duties["1|q0"], duties["1|t0"]
    assert question.searched == question.text == "hvor lenge skal karusellen prøvekjøres"
    assert (question.start, question.end, question.segment) == (answer.start, answer.end, answer.segment)


def test_a_repealed_provision_says_so_in_its_context(invented: tuple[Document, ...]) -> None:
    repealed = next(p for d in invented for p in d if p.repealed)
    assert split(repealed)[0].context == "tivoliforskriften § 2 Opphevet (opphevet)."


def test_a_table_row_carries_no_lead_in() -> None:
    library = load_library()
    row = next(c for c in split_all(library.searchables()) if c.text.startswith("96.21 "))
    assert row.context == f"{library.find(row.provision_id).label} {library.find(row.provision_id).heading}."


def test_a_long_ledd_is_cut_at_sentence_ends() -> None:
    sentences = [f"Setning nummer {n} har nøyaktig {'mange ' * 34}ord." for n in range(6)]  # 40 words each
    provision = make_provision(" ".join(sentences))
    texts = [c.text for c in split(provision)]
    assert texts == [" ".join(sentences[i : i + 2]) for i in (0, 2, 4)]


def test_a_sentence_longer_than_a_chunk_is_cut_between_words() -> None:
    long = "Ord " * (MAX_WORDS + 50) + "slutt."
    texts = [c.text for c in split(make_provision(f"Kort setning. {long} Kort til."))]
    assert texts == ["Kort setning.", " ".join(["Ord"] * MAX_WORDS), "Ord " * 50 + "slutt. Kort til."]


def test_a_ledd_of_exactly_the_most_words_is_one_chunk() -> None:
    text = "Et ord. " * (MAX_WORDS // 2 - 1) + "Et ord."
    assert len(text.split()) == MAX_WORDS
    assert len(split(make_provision(text))) == 1
    assert len(split(make_provision(text + " Til."))) == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("jf. kapittel 2 " * 60, id="full stop before a small letter"),
        pytest.param("kl. 23.00 " * 60, id="full stop before a digit"),
    ],
)
def test_an_abbreviation_is_no_sentence_end(text: str) -> None:
    """The cut comes after the most words, where at an abbreviation's full stop it would come before"""
    words = text.split()
    texts = [c.text for c in split(make_provision(text.strip()))]
    assert texts == [" ".join(words[:MAX_WORDS]), " ".join(words[MAX_WORDS:])]


def test_texts_of_different_kinds_are_told_apart(invented: tuple[Document, ...]) -> None:
    act = invented[0]
    official = replace(act, provisions=tuple(replace(p, kind=Kind.OFFICIAL) for p in act))
    ids = [identity(c) for document in (act, official) for p in document for c in split(p)]
    assert len(set(ids)) == len(ids) > 20


# --- Official texts ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def restated(invented: tuple[Document, ...]) -> Provision:
    """An invented provision with two ledd, letters, numbers and text after each list."""
    return next(p for d in invented for p in d if p.provision_id == DUTIES)


def test_the_official_words_of_a_part_follow_its_restatement_and_span_it(restated: Provision) -> None:
    official = make_official(restated, [("ledd/1/bokstav/a", "Prøvekjøring foretas.")])
    chunks = list(split_provision(Searchable(provision=restated, official=official)))
    (chunk,) = (c for c in chunks if c.role is Role.OFFICIAL)
    assert (chunk.text, chunk.segment, chunk.kind) == ("Prøvekjøring foretas.", 1, Kind.RESTATEMENT)
    assert (chunk.start, chunk.end) == (restated.segments[1].start, restated.segments[1].end)
    assert chunk.searched == "tivoliforskriften § 2 A-1 Plikter for driveren. Prøvekjøring foretas."
    assert [c.role for c in chunks if c.segment == 1] == [Role.TEXT, Role.OFFICIAL, Role.QUESTION, Role.QUESTION]
    assert [c for c in chunks if c is not chunk] == split(restated)


def test_official_words_of_a_part_that_is_not_restated_belong_to_the_part_around_it(restated: Provision) -> None:
    official = make_official(restated, [("ledd/1/bokstav/x", "Ekstra."), ("ledd/8", "Utenfor.")])
    chunks = list(split_provision(Searchable(provision=restated, official=official)))
    assert [(c.segment, c.text) for c in chunks if c.role is Role.OFFICIAL] == [(0, "Ekstra.")]


def test_long_official_words_are_cut_as_all_others(restated: Provision) -> None:
    sentences = [f"Setning nummer {n} har nøyaktig {'mange ' * 34}ord." for n in range(6)]  # 40 words each
    official = make_official(restated, [("ledd/1", " ".join(sentences))])
    chunks = list(split_provision(Searchable(provision=restated, official=official)))
    assert [c.text for c in chunks if c.role is Role.OFFICIAL] == [" ".join(sentences[i : i + 2]) for i in (0, 2, 4)]


def groups(provision: Provision, segments: frozenset[int] | None = None) -> list[tuple[int, int]]:
    """Return the first and last segments of the chunks of a text."""
    searchable = Searchable(provision=provision, segments=segments)
    return [(c.segment, c.last) for c in split_provision(searchable) if c.role is Role.TEXT]


def test_small_neighbours_of_an_official_text_go_together(restated: Provision) -> None:
    official = make_official(restated)
    assert len(official.text.split()) < MAX_WORDS
    (chunk,) = split(official)
    assert (chunk.segment, chunk.last, chunk.text) == (0, len(official.segments) - 1, official.text)
    assert groups(restated) == [(n, n) for n in range(len(restated.segments))]


def test_neighbours_go_together_up_to_the_most_words(restated: Provision) -> None:
    words = [50, 50, 10, 1, 109, 2, 300, 5]
    official = make_official(
        restated, [(f"ledd/{n}", "ord " * (count - 1) + "slutt.") for n, count in enumerate(words)]
    )
    assert groups(official) == [(0, 2), (3, 4), (5, 5), (6, 6), (6, 6), (6, 6), (7, 7)]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (frozenset({2, 5}), [(2, 2), (5, 5)]),
        (frozenset({0, 1, 3, 4, 5}), [(0, 1), (3, 5)]),
        (frozenset({6, 7}), [(6, 7)]),
        (frozenset({0}), [(0, 0)]),
    ],
    ids=["apart", "two groups", "the end", "the beginning"],
)
def test_of_a_text_only_the_segments_wanted_are_cut_and_keep_their_numbers(
    wanted: frozenset[int], expected: list[tuple[int, int]], restated: Provision
) -> None:
    official = make_official(restated)
    assert groups(official, wanted) == expected
    for chunk in split_provision(Searchable(provision=official, segments=wanted)):
        assert chunk.text == official.text[official.segments[chunk.segment].start : official.segments[chunk.last].end]


def test_each_question_of_a_group_belongs_to_the_segment_that_answers_it(restated: Provision) -> None:
    official = with_questions(make_official(restated), restated)
    text, *asked = split(official)
    assert (text.role, text.last) == (Role.TEXT, len(official.segments) - 1)
    expected = [(n, i, q.text) for n, s in enumerate(official.segments) for i, q in enumerate(s.questions)]
    assert len(expected) == sum(len(s.questions) for s in restated.segments) == 5
    assert [(c.segment, c.question, c.text) for c in asked] == expected
    assert all(c.last == c.segment for c in asked)
    assert [(c.start, c.end) for c in asked] == [
        (official.segments[n].start, official.segments[n].end) for n, _, _ in expected
    ]


@pytest.mark.parametrize(
    "changes",
    [{"pending": True}, {"repealed": date(2020, 1, 1)}, {"repealed": DATE_UNKNOWN}],
    ids=["not in force yet", "repealed", "repealed some day"],
)
def test_an_official_text_that_does_not_hold_has_no_chunks(changes: dict[str, object], restated: Provision) -> None:
    assert split(make_official(restated, **changes)) == []


def test_of_a_long_lead_in_only_the_words_nearest_the_list_are_context() -> None:
    words = [f"ord{n}" for n in range(100)]
    provision = make_provision(" ".join(words), "a")
    item = replace(provision.segments[1], portion=Portion((("ledd", "1"), ("bokstav", "a"))))
    chunks = split(replace(provision, segments=(provision.segments[0], item)))
    assert chunks[-1].context == " ".join(["loven § 1 Tittel.", *words[-60:]])


# --- Invariants --------------------------------------------------------------------------------------------------------------


def check_spans(provision: Provision) -> None:
    """Raise unless the text chunks are exact, lie in order in their segments, and cover them but for blanks."""
    chunks = split(provision)
    for number, segment in enumerate(provision.segments):
        end = segment.start
        for chunk in (c for c in chunks if c.segment == number and c.role is Role.TEXT):
            assert chunk.text == provision.text[chunk.start : chunk.end] != ""
            assert chunk.text == chunk.text.strip()
            assert provision.text[end : chunk.start].strip() == ""
            assert end <= chunk.start < chunk.end <= segment.end
            end = chunk.end
        assert provision.text[end : segment.end].strip() == ""
        asked = [c.text for c in chunks if c.segment == number and c.role is Role.QUESTION]
        assert asked == [q.text for q in segment.questions]
    assert len({identity(c) for c in chunks}) == len(chunks)


def test_chunks_cover_every_segment_of_the_core_and_are_short() -> None:
    library = load_library()
    for document in library.core:
        for provision in document:
            check_spans(provision)
    chunks = list(split_all(library.searchables()))
    assert len({identity(c) for c in chunks}) == len(chunks)
    assert max(len(c.text.split()) for c in chunks) <= MAX_WORDS


PORTIONS = [
    "",
    "ledd/1",
    "ledd/1/bokstav/a",
    "ledd/1/bokstav/a/nr/1",
    "ledd/1/bokstav/b",
    "ledd/2",
    "ledd/2/nr/1",
    "ledd/3",
]


def make_text(portions: list[str], kind: Kind) -> Provision:
    """Return a text with a segment for each portion."""
    base = make_provision(*(f"{kind} {number}" for number in range(len(portions))))
    parts = zip(base.segments, portions, strict=True)
    return replace(base, kind=kind, segments=tuple(replace(s, portion=Portion.parse(p)) for s, p in parts))


@given(
    st.lists(st.sampled_from(PORTIONS), min_size=1, max_size=5).map(sorted),
    st.lists(st.sampled_from(PORTIONS), min_size=1, max_size=5).map(sorted),
)
def test_whatever_is_restated_all_words_of_both_texts_are_indexed_once(ours: list[str], theirs: list[str]) -> None:
    texts = make_text(ours, Kind.RESTATEMENT), make_text(theirs, Kind.OFFICIAL)
    words = [
        line.split(") ")[-1]
        for c in split_all(searchables(texts))
        if c.role is not Role.QUESTION
        for line in c.text.split("\n")
    ]
    assert sorted(words) == sorted(text.text[s.start : s.end] for text in texts for s in text.segments)


SENTENCES = st.lists(
    st.tuples(
        st.sampled_from(["Ordet", "«Sitat", "jf.", "§ 3-3", "12.", "Å"]), st.integers(0, 70), st.sampled_from(".!?:")
    ),
    min_size=1,
    max_size=6,
).map(lambda rows: " ".join(f"{first}{' ord' * count}{stop}" for first, count, stop in rows))


@given(st.lists(SENTENCES, min_size=1, max_size=4), st.lists(st.text(min_size=1), max_size=2))
def test_chunks_of_any_text_are_exact_and_cover_it(texts: list[str], questions: list[str]) -> None:
    provision = make_provision(*texts)
    last = provision.segments[-1]
    asked = replace(last, questions=tuple(LayQuestion(text=q) for q in questions))
    provision = replace(provision, segments=(*provision.segments[:-1], asked))
    check_spans(provision)


@given(st.lists(SENTENCES, min_size=1, max_size=3))
def test_no_chunk_has_more_than_the_most_words(texts: list[str]) -> None:
    assert max(len(chunk.text.split()) for chunk in split(make_provision(*texts))) <= MAX_WORDS
