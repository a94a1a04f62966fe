"""Query to hits, on the invented corpus and on provisions made to tie."""

import math
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.address import Portion
from corpus.document import Document, Kind, LayQuestion, Level, Provision, Segment, Verdict
from corpus.library import Library
from index.build import build_index, fingerprint, open_index
from index.embedding import VectorCache
from index.errors import IndexOutdatedError
from index.hit import Hit
from index.retrieve import HybridRetriever, RetrievalSettings
from tests.conftest import DATA, HashedEmbedder, make_official

BATHS, TIVOLI = "lov/1999-01-02-9002", "forskrift/2001-02-03-9001"
Build = Callable[..., HybridRetriever]
Stored = Callable[..., Library]


def no_progress(stage: str, done: int, total: int) -> None:
    """Leave the progress unseen."""


def make_retriever(
    library: Library,
    folder: Path,
    embedder: HashedEmbedder | None,
    settings: RetrievalSettings | None = None,
) -> HybridRetriever:
    build_index(library, folder, embedder, VectorCache(folder / "cache"), no_progress)
    index = open_index(folder, fingerprint(library), embedder.space if embedder else None)
    return HybridRetriever(library, index, embedder, settings)


@pytest.fixture(scope="module")
def retriever(invented_library: Library, tmp_path_factory: pytest.TempPathFactory) -> HybridRetriever:
    return make_retriever(invented_library, tmp_path_factory.mktemp("index"), HashedEmbedder())


@pytest.fixture(scope="module")
def lexical(invented_library: Library, tmp_path_factory: pytest.TempPathFactory) -> HybridRetriever:
    return make_retriever(invented_library, tmp_path_factory.mktemp("index"), None)


@pytest.fixture
def build(tmp_path: Path) -> Build:
    def build(
        provisions: Sequence[Provision], embedder: HashedEmbedder | None = None, **settings: object
    ) -> HybridRetriever:
        document = Document(
            document_id="d", title="d", name="d", abbreviation="d", level=Level.LAW, url="",
            provisions=tuple(provisions), text_date=None, checked=date(2026, 1, 1),
        )  # fmt: skip
        return make_retriever(Library((document,)), tmp_path, embedder, RetrievalSettings(**settings))

    return build


def make_provision(number: int, text: str, **changes: object) -> Provision:
    """Return a provision whose label and heading are those of all others."""
    segment = Segment(portion=Portion(), start=0, end=len(text))
    provision = Provision(
        provision_id=f"lov/2000-01-01-1/§{number}", kind=Kind.RESTATEMENT, level=Level.LAW, source="loven", label="loven",
        heading="Tittel", path=(), text=text, segments=(segment,), url="", checked=date(2026, 1, 1),
    )  # fmt: skip
    return replace(provision, **changes)


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.provision.provision_id for hit in hits]


def numbers(hits: Sequence[Hit]) -> list[int]:
    return [int(i.rsplit("§", 1)[1]) for i in ids(hits)]


# --- What is found -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["retriever", "lexical"])
@pytest.mark.parametrize(
    ("query", "provision_id"),
    [
        pytest.param("fløyte", f"{BATHS}/§1-2", id="rare word"),
        pytest.param("hva sier loven om termometer", f"{BATHS}/§1-3", id="rare word among others"),
        pytest.param("fløyta", f"{BATHS}/§1-2", id="another form of it"),
        pytest.param("sikkerhetsbelter", f"{TIVOLI}/§2A-1", id="word of a letter"),
        pytest.param("solkrem", "veiledning/solkrem-gjor-vannet-grumsete", id="word of a note"),
    ],
)
def test_the_provision_that_holds_the_word_comes_first(
    engine: str, query: str, provision_id: str, request: pytest.FixtureRequest
) -> None:
    assert ids(request.getfixturevalue(engine).retrieve(query))[0] == provision_id


@pytest.mark.parametrize(
    ("query", "provision_id", "segment", "question"),
    [
        pytest.param("kan vi sende hjem en gjest som er full", f"{TIVOLI}/§2A-1", 4, 0, id="as it stands"),
        pytest.param("en full gjest, kan vi sende han hjem?", f"{TIVOLI}/§2A-1", 4, 0, id="in other words"),
        pytest.param(
            "holder det å kjøre en runde før noen slipper inn", f"{TIVOLI}/§2A-1", 1, 1, id="second of its segment"
        ),
        pytest.param("må vi ha vakt ved barnebassenget", f"{BATHS}/§1-1", 1, 0, id="second ledd"),
    ],
)
def test_a_lay_question_leads_to_the_segment_that_answers_it(
    query: str, provision_id: str, segment: int, question: int, retriever: HybridRetriever
) -> None:
    hit = retriever.retrieve(query)[0]
    assert hit.provision.provision_id == provision_id
    best = hit.segments[0]
    assert (best.segment, best.lay_question) == (segment, question)
    assert best.lay_similarity > 0.6


def test_a_question_asked_as_it_stands_has_similarity_one(retriever: HybridRetriever) -> None:
    best = retriever.retrieve("må man vaske seg først")[0].segments[0]
    assert best.lay_similarity == pytest.approx(1.0, abs=1e-4)
    assert best.dense == pytest.approx(1.0, abs=1e-4)


def test_a_segment_without_questions_has_no_closest_one(retriever: HybridRetriever) -> None:
    hit = next(h for h in retriever.retrieve("solkrem") if "solkrem" in h.provision.provision_id)
    assert {(s.lay_question, s.lay_similarity) for s in hit.segments} == {(None, 0.0)}


def test_words_of_the_law_for_lay_words_lead_there(lexical: HybridRetriever) -> None:
    assert lexical.retrieve("xyzzy") == []
    assert ids(lexical.retrieve("xyzzy", "fløyte"))[0] == f"{BATHS}/§1-2"


def test_a_word_of_a_repealed_provision_alone_finds_it(lexical: HybridRetriever) -> None:
    assert ids(lexical.retrieve("pariserhjul"))[0] == f"{TIVOLI}/§2"


# --- The form of hits --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("top_k", [1, 3, 50])
def test_hits_are_at_most_so_many_ranked_from_one_each_provision_once(top_k: int, retriever: HybridRetriever) -> None:
    hits = retriever.retrieve("badevakt ved bassenget", top_k=top_k)
    assert 0 < len(hits) <= top_k
    assert [h.rank for h in hits] == list(range(1, len(hits) + 1))
    assert len(set(ids(hits))) == len(hits)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def test_fewer_hits_are_the_first_of_more(retriever: HybridRetriever) -> None:
    assert retriever.retrieve("badevakt", top_k=3) == retriever.retrieve("badevakt", top_k=10)[:3]


def test_segments_of_a_hit_are_best_first_and_its_own(retriever: HybridRetriever) -> None:
    for hit in retriever.retrieve("gjest karusell pause badevakt", top_k=50):
        scores = [s.score for s in hit.segments]
        assert scores == sorted(scores, reverse=True)
        assert len({s.segment for s in hit.segments}) == len(scores) <= len(hit.provision.segments)
        assert hit.dense == max(s.dense for s in hit.segments)


@pytest.mark.parametrize("query", ["badevakt", "gjest karusell pause badevakt", "må vi ha vakt"])
def test_no_score_is_above_one_or_below_zero(query: str, retriever: HybridRetriever, lexical: HybridRetriever) -> None:
    for engine in (retriever, lexical):
        assert all(0 <= hit.score <= 1 for hit in engine.retrieve(query, top_k=50))


def test_the_weakest_candidate_is_a_hit_with_a_score_above_zero(build: Build) -> None:
    """Normalising maps it to 0; the score of a hit is promised to be above that."""
    long = "badevakt " + "basseng dusj temperatur " * 15
    hits = build([make_provision(1, "badevakt"), make_provision(2, long), make_provision(3, "dusj")]).retrieve(
        "badevakt"
    )
    assert numbers(hits) == [1, 2]
    assert all(hit.score > 0 for hit in hits)


def official_act(act: Document, rows: Sequence[tuple[str, str]] | None = None, **changes: object) -> Document:
    """Return the act in official words, in which § 1-2 has the rows and changes."""
    return replace(
        act,
        provisions=tuple(
            make_official(p, rows, **changes) if p.provision_id == f"{BATHS}/§1-2" else make_official(p) for p in act
        ),
    )


def test_the_official_words_of_what_is_restated_lead_to_the_restatement(
    invented: tuple[Document, ...], with_store: Stored, tmp_path: Path
) -> None:
    official = official_act(
        invented[0], [("ledd/1", "Varslingsinstrument medbringes."), ("ledd/2", "Avvik protokollføres.")]
    )
    retriever = make_retriever(with_store(invented[:1], official), tmp_path, None)
    hit = retriever.retrieve("varslingsinstrument")[0]
    assert (hit.provision.provision_id, hit.provision.kind) == (f"{BATHS}/§1-2", Kind.RESTATEMENT)
    assert [s.segment for s in hit.segments] == [0]
    other = retriever.retrieve("protokollføres")[0]
    assert (other.provision, other.segments[0].segment) == (official.provisions[1], 1)


def test_both_texts_of_a_provision_are_hits_of_their_own(
    invented: tuple[Document, ...], with_store: Stored, tmp_path: Path
) -> None:
    official = official_act(invented[0], [("ledd/1", "Fløyte medbringes."), ("ledd/2", "Fløyte vaskes.")])
    hits = make_retriever(with_store(invented[:1], official), tmp_path, None).retrieve("fløyte", top_k=50)
    assert [h.provision.kind for h in hits if h.provision.provision_id == f"{BATHS}/§1-2"] == [
        Kind.RESTATEMENT,
        Kind.OFFICIAL,
    ]


def test_what_is_asked_of_an_outdated_restatement_leads_to_the_official_text(
    invented: tuple[Document, ...], with_store: Stored, tmp_path: Path
) -> None:
    """And the question found is there to be read, without a verdict: the rule has changed since"""
    official = official_act(invented[0], in_force=date(2026, 1, 1))
    restated = replace(
        invented[0],
        provisions=tuple(
            replace(
                p,
                segments=tuple(
                    replace(s, questions=tuple(replace(q, verdict=Verdict.YES) for q in s.questions))
                    for s in p.segments
                ),
            )
            for p in invented[0]
        ),
    )
    retriever = make_retriever(with_store((restated,), official), tmp_path, HashedEmbedder())
    hit = retriever.retrieve("hvordan skal vakta varsle hvis noe skjer")[0]
    assert (hit.provision.provision_id, hit.provision.kind) == (f"{BATHS}/§1-2", Kind.OFFICIAL)
    assert hit.segments[0].lay_question == 0
    (question,) = hit.provision.segments[hit.segments[0].segment].questions
    assert (question.text, question.verdict) == ("hvordan skal vakta varsle hvis noe skjer", None)
    assert {h.provision.kind for h in retriever.retrieve("fløyte") if h.provision.provision_id == f"{BATHS}/§1-2"} == {
        Kind.OFFICIAL
    }


def test_of_neighbours_that_are_searched_together_the_one_that_holds_the_words_is_found(build: Build) -> None:
    rows = [("ledd/1", "Badevakt skal forefinnes."), ("ledd/2", "Fløyte skal bæres."), ("ledd/3", "Dusj påbys.")]
    law = make_official(make_provision(1, "x"), rows)
    for query, segment in (("badevakt", 0), ("fløyte", 1), ("bæres fløyten", 1), ("dusj", 2)):
        (hit,) = build([law]).retrieve(query)
        assert [s.segment for s in hit.segments] == [segment]


def test_what_a_lay_question_finds_among_neighbours_is_the_one_that_answers_it(
    invented: tuple[Document, ...], with_store: Stored, tmp_path: Path
) -> None:
    """And each segment is told once, with no question of another one"""
    rows = [("ledd/1", "Badevakt skal forefinnes."), ("ledd/2", "Badevakt og fløyte bæres ikke ved barnebassenget.")]
    act = invented[0]
    official = replace(act, provisions=(make_official(act.provisions[0], rows, in_force=date(2026, 1, 1)),))
    retriever = make_retriever(with_store((act,), official), tmp_path, HashedEmbedder())
    for query in (
        "må vi ha vakt ved barnebassenget",
        "trenger vi noen som passer på de som svømmer",
        "badevakt",
        "fløyte",
    ):
        for hit in retriever.retrieve(query):
            assert len({s.segment for s in hit.segments}) == len(hit.segments)
            for score in hit.segments:
                questions = hit.provision.segments[score.segment].questions
                assert score.lay_question is None or score.lay_question < len(questions)
    first = retriever.retrieve("trenger vi noen som passer på de som svømmer")[0].segments[0]
    assert (first.segment, first.lay_question) == (0, 0)
    assert first.lay_similarity == pytest.approx(1.0, abs=1e-4)
    second = retriever.retrieve("må vi ha vakt ved barnebassenget")[0].segments[0]
    assert (second.segment, second.lay_question) == (1, 0)


@pytest.mark.parametrize(
    ("word", "known"),
    [
        pytest.param("fløyte", True, id="as it stands"),
        pytest.param("fløyta", True, id="another form"),
        pytest.param("barnebassenget", True, id="of a lay question"),
        pytest.param("fløiter", False, id="misspelt"),
        pytest.param("xyzzy", False, id="no word"),
        pytest.param("og", False, id="a word without a subject"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_the_words_of_the_texts_are_known(word: str, known: bool, lexical: HybridRetriever) -> None:
    assert lexical.has_word(word) is known


# --- Rank --------------------------------------------------------------------------------------------------------------------


def test_of_equal_texts_the_higher_level_comes_first(build: Build, embedder: HashedEmbedder) -> None:
    """The addresses are in the opposite order: by them the lowest level would come first."""
    levels = list(Level)
    provisions = [make_provision(n, "Her trengs badevakt.", level=level) for n, level in enumerate(reversed(levels), 1)]
    hits = build(provisions, embedder).retrieve("badevakt")
    assert [h.provision.level for h in hits] == levels
    assert len({h.score for h in hits}) == 1


def with_segments(provision: Provision, count: int) -> Provision:
    """Return the provision with its text said so many times, each time a segment."""
    length = len(provision.text)
    starts = [n * (length + 1) for n in range(count)]
    segments = tuple(
        Segment(portion=Portion((("ledd", str(n)),)), start=s, end=s + length) for n, s in enumerate(starts, 1)
    )
    return replace(provision, text="\n".join([provision.text] * count), segments=segments)


CHUNKS_ALONE = {"whole_stem_weight": 0.0, "whole_gram_weight": 0.0, "profile_weight": 0.0}


# The scores of the chunks alone: equal ones leave the order to the addresses.
EQUAL = CHUNKS_ALONE | {"lay_questions": False}
NO_CHUNKS = EQUAL | {"chunk_weight": 0.0}


@pytest.mark.parametrize("leg", ["whole_stem_weight", "whole_gram_weight"])
def test_provisions_are_ranked_by_all_their_words_together(leg: str, build: Build) -> None:
    provisions = [make_provision(1, "badevakt"), with_segments(make_provision(2, "badevakt"), 2)]
    assert numbers(build(provisions, **EQUAL).retrieve("badevakt")) == [1, 2]
    assert numbers(build(provisions, **NO_CHUNKS | {leg: 1.0}).retrieve("badevakt")) == [2, 1]


def asked(number: int, *questions: str) -> Provision:
    """Return a provision on a lifeguard with lay questions."""
    provision = make_provision(number, "badevakt")
    (segment,) = provision.segments
    return replace(provision, segments=(replace(segment, questions=tuple(LayQuestion(text=q) for q in questions)),))


def test_provisions_are_ranked_by_what_all_their_lay_questions_are_like(build: Build) -> None:
    provisions = [
        asked(1, "når åpner kiosken", "selger kiosken solkrem"),
        asked(2, "hvem passer barna", "hvor står vakta"),
        make_provision(3, "badevakt"),
    ]
    query = "passer badevakt barna"
    plain, profiled = build(provisions, HashedEmbedder(), **EQUAL), {"profile_weight": 1.0, "chunk_weight": 0.0}
    assert numbers(plain.retrieve(query)) == [1, 2, 3]
    hits = plain.tuned(replace(plain.settings, **profiled)).retrieve(query)
    assert (numbers(hits)[0], hits[0].score) == (2, pytest.approx(1.0))
    assert all(hit.score == pytest.approx(0.0, abs=1e-5) for hit in hits[1:])


def test_without_profiles_their_share_is_that_of_the_others(build: Build) -> None:
    for embedder in (HashedEmbedder(), None):
        best, *_ = build([make_provision(1, "badevakt"), make_provision(2, "dusj")], embedder).retrieve("badevakt")
        assert best.score == pytest.approx(1.0)


def test_without_lay_questions_as_chunks_none_is_the_closest(retriever: HybridRetriever) -> None:
    query = "må man vaske seg først"
    without = retriever.tuned(replace(retriever.settings, lay_questions=False))
    assert retriever.retrieve(query)[0].segments[0].lay_question is not None
    assert all(s.dense < 0.99 for hit in without.retrieve(query) for s in hit.segments)


def test_a_tuned_search_leaves_the_first_as_it_was(retriever: HybridRetriever) -> None:
    query, settings, embedder = "må vi ha badevakt", retriever.settings, retriever.embedder
    before = retriever.retrieve(query)
    other = HashedEmbedder()
    tuned = retriever.tuned(replace(settings, dense_weight=0.0, profile_weight=0.0), other)
    assert [hit.score for hit in tuned.retrieve(query)] != [hit.score for hit in before]
    assert (retriever.settings, retriever.embedder) == (settings, embedder)
    assert tuned.embedder is other
    assert (tuned.tuned().settings, tuned.tuned().embedder) == (tuned.settings, other)
    assert retriever.retrieve(query) == before


def test_a_better_match_of_a_low_level_still_comes_first(build: Build) -> None:
    provisions = [
        make_provision(1, "badevakt " + "basseng dusj temperatur " * 15),
        make_provision(2, "badevakt fløyte", level=Level.COMMERCIAL),
    ]
    assert numbers(build(provisions).retrieve("badevakt fløyte")) == [2, 1]


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (3, 2, 1)], ids=str)
@pytest.mark.parametrize("dense", [True, False], ids=["dense", "lexical"])
def test_ties_are_broken_by_address_whatever_the_order_of_the_corpus(
    order: tuple[int, ...], dense: bool, build: Build
) -> None:
    provisions = [make_provision(n, "Her trengs badevakt.") for n in order]
    hits = build(provisions, HashedEmbedder() if dense else None).retrieve("badevakt")
    assert numbers(hits) == [1, 2, 3]
    assert len({h.score for h in hits}) == 1


def test_the_same_question_gives_the_same_hits_also_at_once(retriever: HybridRetriever) -> None:
    queries = ["må vi ha badevakt", "karusell", "pause for maskinisten", "fløyte og solkrem"] * 5
    alone = [retriever.retrieve(query) for query in queries]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(retriever.retrieve, queries)) == alone


ASK = """
import sys
from pathlib import Path
from corpus.core import read_core
from corpus.library import Library
from index.build import fingerprint, open_index
from index.retrieve import HybridRetriever
library = Library(read_core(Path(sys.argv[1])))
retriever = HybridRetriever(library, open_index(Path(sys.argv[2]), fingerprint(library), None), None)
for query in sys.argv[3:]:
    for hit in retriever.retrieve(query):
        print(hit.provision.provision_id, repr((hit.score, hit.coverage, hit.unknown)))
"""
LONG = "kan billettøren nekte gjester med is å kjøre karusell uten badevakt og fløyte ved bassenget hver morgen i pausen etter måling"


def test_the_same_question_gives_the_same_figures_in_every_process(invented_library: Library, tmp_path: Path) -> None:
    build_index(invented_library, tmp_path, None, VectorCache(tmp_path / "cache"), no_progress)
    queries = [
        LONG,
        LONG.replace("karusell", "termometer"),
        LONG.replace("is ", "solkrem "),
        f"{LONG} dusj pariserhjul",
    ]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, str(DATA / "kjerne"), str(tmp_path), *queries],
            stdout=subprocess.PIPE, text=True, cwd=DATA.parents[1], env=os.environ | {"PYTHONHASHSEED": seed},
        )
        for seed in ("1", "2", "3")
    ]  # fmt: skip
    one, *others = [process.communicate()[0] for process in processes]
    assert one.count("\n") > 10
    assert others == [one, one]


# --- Without vectors, without words ------------------------------------------------------------------------------------------


def test_without_an_embedder_the_lexical_legs_answer_alone(lexical: HybridRetriever) -> None:
    hits = lexical.retrieve("badevakt ved bassenget")
    assert ids(hits)[0] == f"{BATHS}/§1-1"
    assert {s.dense for h in hits for s in h.segments} == {0.0}
    assert {s.lay_question for h in hits for s in h.segments} == {None}


def test_without_an_embedder_a_misspelt_word_is_still_found(lexical: HybridRetriever) -> None:
    assert ids(lexical.retrieve("sikkerhtsbelter"))[0] == f"{TIVOLI}/§2A-1"


def test_an_index_opened_without_vectors_is_searched_without_them(
    invented_library: Library, embedder: HashedEmbedder, tmp_path: Path
) -> None:
    build_index(invented_library, tmp_path, embedder, VectorCache(tmp_path / "cache"), no_progress)
    hits = HybridRetriever(
        invented_library, open_index(tmp_path, fingerprint(invented_library), None), embedder
    ).retrieve("fløyte")
    assert ids(hits)[0] == f"{BATHS}/§1-2"
    assert hits[0].dense == 0.0


@pytest.mark.parametrize("query", ["", "   ", "?", "og i på"])
def test_a_query_without_words_has_no_hits_in_the_lexical_legs(query: str, lexical: HybridRetriever) -> None:
    assert lexical.retrieve(query) == []


@pytest.mark.parametrize("query", ["", "   "], ids=["empty", "blank"])
def test_an_empty_query_has_no_hits(query: str, retriever: HybridRetriever) -> None:
    assert retriever.retrieve(query) == []


@pytest.mark.parametrize(
    "query", ["", "?", "\0", "😀", "x" * 5000, "badevakt " * 500, "«»§§"], ids=lambda q: re.sub(r"\W", "", q)[:8]
)
def test_no_query_breaks_the_retriever(query: str, retriever: HybridRetriever, lexical: HybridRetriever) -> None:
    for engine in (retriever, lexical):
        assert all(not math.isnan(hit.score) for hit in engine.retrieve(query))


# --- How sure ----------------------------------------------------------------------------------------------------------------


def test_coverage_is_the_share_of_the_querys_words_weighted_by_rarity(build: Build) -> None:
    """Two provisions: a word of one weighs log(1 + 2/2), of none log(1 + 2/1), of both log(1 + 2/3)."""
    retriever = build([make_provision(1, "badevakt fløyte"), make_provision(2, "badevakt dusj")])
    rare, unknown, common = math.log(2), math.log(3), math.log(5 / 3)
    hits = retriever.retrieve("fløyte badevakt xyzzy")
    by_number = dict(zip(numbers(hits), (hit.coverage for hit in hits), strict=True))
    assert by_number[1] == pytest.approx((rare + common) / (rare + common + unknown))
    assert by_number[2] == pytest.approx(common / (rare + common + unknown))


@pytest.mark.parametrize(
    ("query", "share"),
    [
        pytest.param("badevakt fløyte", 0.0, id="all known"),
        pytest.param("badevakt xyzzy", 0.5, id="half"),
        pytest.param("badevakt badevakten xyzzy", 0.5, id="each stem once"),
        pytest.param("må vi ha badevakt", 0.0, id="words without a subject do not count"),
    ],
)
def test_the_share_of_words_that_no_provision_holds(query: str, share: float, retriever: HybridRetriever) -> None:
    assert {hit.unknown for hit in retriever.retrieve(query)} == {share}


def test_a_query_without_words_is_unknown_and_covered_by_nothing(retriever: HybridRetriever) -> None:
    hits = retriever.retrieve("og i på")
    assert {(h.unknown, h.coverage) for h in hits} <= {(1.0, 0.0)}


def test_expansion_is_not_counted_as_coverage(lexical: HybridRetriever) -> None:
    hit = lexical.retrieve("xyzzy", "fløyte")[0]
    assert (hit.coverage, hit.unknown) == (0.0, 1.0)


def test_over_an_index_of_older_sources_only_what_is_still_there_is_found(
    invented: tuple[Document, ...], invented_library: Library, tmp_path: Path
) -> None:
    """A provision that is gone, or has lost the part that was found, is no hit; the rest are"""
    build_index(invented_library, tmp_path, None, VectorCache(tmp_path / "cache"), no_progress)
    act = invented[0]
    shorter = replace(act.provisions[0], text="Badeverten.", segments=act.provisions[0].segments[:1])
    changed = Library((replace(act, provisions=(shorter, *act.provisions[2:])), *invented[1:]))
    with pytest.raises(IndexOutdatedError):
        open_index(tmp_path, fingerprint(changed), None)
    old = HybridRetriever(changed, open_index(tmp_path, None, None), None)
    for query in ("badevert", "basseng og badevakt", "karusell"):
        hits = old.retrieve(query, "", 50)
        assert all(s.segment < len(hit.provision.segments) for hit in hits for s in hit.segments)
        assert act.provisions[1].provision_id not in {hit.provision.provision_id for hit in hits}
        assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert old.retrieve("karusell")
