"""Provisions to chunks: their spans, their context, their identity."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import Portion
from corpus.document import Document, Kind, LayQuestion, Level, Provision, Segment
from corpus.library import load_library
from index.chunking import MAX_WORDS, Chunk, Role, split_documents, split_provision

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


@pytest.fixture
def duties(invented: tuple[Document, ...]) -> dict[str, Chunk]:
    """The chunks of an invented provision with lists and lay questions, by the end of their id."""
    provision = next(p for d in invented for p in d if p.provision_id == DUTIES)
    return {chunk.chunk_id.removeprefix(f"{DUTIES}|gjengivelse|"): chunk for chunk in split_provision(provision)}


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
    assert next(iter(split_provision(repealed))).context == "tivoliforskriften § 2 Opphevet (opphevet)."


def test_a_table_row_carries_no_lead_in() -> None:
    library = load_library()
    row = next(c for c in split_documents(library.documents) if c.text.startswith("96.21 "))
    assert row.context == f"{library.find(row.provision_id).label} {library.find(row.provision_id).heading}."


def test_a_long_ledd_is_cut_at_sentence_ends() -> None:
    sentences = [f"Setning nummer {n} har nøyaktig {'mange ' * 34}ord." for n in range(6)]  # 40 words each
    provision = make_provision(" ".join(sentences))
    texts = [c.text for c in split_provision(provision)]
    assert texts == [" ".join(sentences[i : i + 2]) for i in (0, 2, 4)]


def test_a_sentence_longer_than_a_chunk_is_kept_whole() -> None:
    long = "Ord " * (MAX_WORDS + 50) + "slutt."
    texts = [c.text for c in split_provision(make_provision(f"Kort setning. {long} Kort til."))]
    assert texts == ["Kort setning.", long, "Kort til."]


def test_a_ledd_of_exactly_the_most_words_is_one_chunk() -> None:
    text = "Et ord. " * (MAX_WORDS // 2 - 1) + "Et ord."
    assert len(text.split()) == MAX_WORDS
    assert len(list(split_provision(make_provision(text)))) == 1
    assert len(list(split_provision(make_provision(text + " Til.")))) == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("jf. kapittel 2 " * 60, id="full stop before a small letter"),
        pytest.param("kl. 23.00 " * 60, id="full stop before a digit"),
    ],
)
def test_an_abbreviation_is_no_sentence_end(text: str) -> None:
    assert len(list(split_provision(make_provision(text.strip())))) == 1


def test_ids_tell_texts_of_different_kinds_apart(invented: tuple[Document, ...]) -> None:
    act = invented[0]
    official = replace(act, provisions=tuple(replace(p, kind=Kind.OFFICIAL) for p in act))
    ids = [c.chunk_id for c in split_documents((act, official))]
    assert len(set(ids)) == len(ids) > 20


# --- Invariants --------------------------------------------------------------------------------------------------------------


def check_spans(provision: Provision) -> None:
    """Raise unless the text chunks are exact, lie in order in their segments, and cover them but for blanks."""
    chunks = list(split_provision(provision))
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
    assert len({c.chunk_id for c in chunks}) == len(chunks)


def test_chunks_cover_every_segment_of_the_core_and_are_short() -> None:
    documents = load_library().documents
    for document in documents:
        for provision in document:
            check_spans(provision)
    chunks = split_documents(documents)
    assert len({c.chunk_id for c in chunks}) == len(chunks)
    assert max(len(c.text.split()) for c in chunks) <= MAX_WORDS


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
def test_a_chunk_beyond_the_most_words_is_a_single_sentence(texts: list[str]) -> None:
    for chunk in split_provision(make_provision(*texts)):
        if len(chunk.text.split()) > MAX_WORDS:
            assert len(list(split_provision(make_provision(chunk.text)))) == 1
