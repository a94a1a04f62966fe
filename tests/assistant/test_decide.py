"""Whether what was found answers the question: a calibrated score."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import decide as module
from assistant.decide import (
    BY_WORDS,
    FEATURES,
    WITH_VECTORS,
    Calibration,
    Decision,
    answerability,
    decide,
    features_of,
    field_of,
    likeliest_topic,
    load_calibration,
)
from assistant.understand.question import Reader, Understood
from assistant.understand.spelling import Speller
from corpus.document import Kind
from corpus.library import Library
from index.hit import Hit
from index.outside import OutsideMatch
from tests.assistant.records import make_hit, make_provision, make_score

LAW = make_provision("lov/1999-01-02-9002/§1-1", [("ledd/1", "Badeverten skal ha badevakt.")])
NAMES = list(FEATURES)


@pytest.fixture(scope="module")
def reader(library: Library) -> Reader:
    return Reader(Speller([]), library.glossary, library.known)


@pytest.fixture(scope="module")
def question(reader: Reader) -> Understood:
    return reader.read("Hvor ofte skal arbeidsmiljøutvalget møtes med bedriftshelsetjenesten?", ())


def found(dense: float, coverage: float, lay: float = 0.0, unknown: float = 0.0) -> list[Hit]:
    return [make_hit(LAW, 1.0, make_score(lay_similarity=lay), dense=dense, coverage=coverage, unknown=unknown)]


def value(question: Understood, hits: list[Hit], name: str) -> float:
    return features_of(question, hits)[NAMES.index(name)]


@pytest.mark.parametrize("search", [WITH_VECTORS, BY_WORDS])
def test_the_calibration_that_ships_is_sound(search: str) -> None:
    calibration = load_calibration(search)
    assert len(calibration.weights) == len(FEATURES)
    assert 0 < calibration.in_scope < calibration.answer < 1


@pytest.mark.parametrize("search", [WITH_VECTORS, BY_WORDS])
def test_the_calibration_says_what_it_was_fitted_on_and_what_it_gave(search: str) -> None:
    data = json.loads(Path(module.__file__).with_name("calibration.json").read_text(encoding="utf-8"))[search]
    assert set(data["weights"]) == set(FEATURES)
    assert data["fitted_on"]["answerable"] > 50
    assert 0 < data["refusal_held_out"]["precision"] <= 1
    assert 0 < data["refusal_held_out"]["recall"] <= 1


def test_the_words_of_the_field_are_told_from_others() -> None:
    assert field_of("Må vi ha verneombud på lageret?") > 1
    assert field_of("Hvor mye moms er det på mat?") < -1


def test_the_words_that_ship_say_what_they_were_fitted_on() -> None:
    data = json.loads(Path(module.__file__).with_name("field.json").read_text(encoding="utf-8"))
    assert min(data["fitted_on"].values()) > 1000
    assert 0.5 < data["held_out"]["right of the field"] <= 1


def test_words_of_something_else_do_not_count_where_a_fetched_text_answers(reader: Reader) -> None:
    question = reader.read("Hvor mye moms er det på mat?", ())
    own = replace(LAW, kind=Kind.OFFICIAL)
    assert value(question, found(0.9, 0.9), "words") == field_of(question.text) < 0
    fetched = [make_hit(own, 1.0, make_score(lay_similarity=0.0), dense=0.9, coverage=0.9, unknown=0.0)]
    assert value(question, fetched, "words") > 1


def test_features_are_what_the_hits_say(question: Understood) -> None:
    hits = [
        make_hit(LAW, 1.0, make_score(lay_similarity=0.7), dense=0.8, coverage=0.2, unknown=0.25),
        make_hit(LAW, 0.9, make_score(lay_similarity=0.9), dense=0.85, coverage=0.6, rank=2, unknown=0.25),
    ]
    assert (value(question, hits, "bias"), value(question, hits, "dense"), value(question, hits, "lay")) == (
        1.0,
        0.85,
        0.9,
    )
    assert (value(question, hits, "coverage"), value(question, hits, "unknown")) == (0.6, 0.25)
    assert (value(question, hits, "terms"), value(question, hits, "english"), value(question, hits, "particular")) == (
        2.0,
        0.0,
        0.0,
    )


@pytest.mark.parametrize(
    ("text", "particular"),
    [
        ("hvilken bedriftshelsetjeneste er billigst?", True),
        ("hva heter bedriftslegen vår", True),
        ("hvor mange bedrifter fikk gebyr i fjor?", True),
        ("når er neste ledige time hos BHT", True),
        ("Hvem sitter i AMU hos Tindvik Transport?", True),
        ("Hvor mange arbeidstakere må vi være for å ha AMU?", False),
        ("Hva skal årsrapporten fra BHT inneholde?", False),
        ("Hvem sitter i AMU?", False),
        ("Hvem velger verneombudet?", False),
        ("Hva er fristen for å klage på gebyr?", False),
    ],
)
def test_what_no_regulation_holds_is_recognised(reader: Reader, text: str, particular: bool) -> None:
    assert value(reader.read(text, ()), found(0.9, 0.5), "particular") == float(particular)


def test_english_is_recognised(reader: Reader) -> None:
    assert value(reader.read("How often must the committee meet?", ()), found(0.9, 0.5), "english") == 1.0


def test_length_counts_words(reader: Reader) -> None:
    short, long = (value(reader.read(text, ()), [], "length") for text in ("Verneombud?", "Hva gjør et verneombud?"))
    assert 0 < short < long


def test_what_is_nearer_to_an_outside_topic_than_to_any_provision_is_refused_and_the_topic_named(
    question: Understood,
) -> None:
    hits = found(0.88, 0.4, lay=0.88)
    inside, outside = (
        [replace(hit, outside=OutsideMatch(topic=3, similarity=similarity, margin=margin)) for hit in hits]
        for similarity, margin in ((0.82, -40.0), (0.93, 25.0))
    )
    assert answerability(question, outside) < 0.3 < answerability(question, inside)
    assert likeliest_topic(outside) == 3
    assert likeliest_topic(inside) is None
    assert likeliest_topic(hits) is None


def test_a_fetched_act_may_answer_what_the_core_does_not(question: Understood) -> None:
    match = OutsideMatch(topic=0, similarity=0.95, margin=30.0)
    own, core = (
        replace(make_hit(replace(LAW, kind=kind), 1.0, make_score(lay_similarity=0.9), dense=0.9), outside=match)
        for kind in (Kind.OFFICIAL, Kind.RESTATEMENT)
    )
    assert answerability(question, [own]) > answerability(question, [core])


def test_nothing_found_is_out_of_scope(question: Understood) -> None:
    assert decide(question, []) is Decision.OUT_OF_SCOPE
    assert len(features_of(question, [])) == len(FEATURES)


def test_a_near_match_is_answered_and_a_far_one_is_not(question: Understood, reader: Reader) -> None:
    assert decide(question, found(0.95, 0.9, lay=0.9)) is Decision.ANSWER
    assert decide(reader.read("Hvem vant cupfinalen?", ()), found(0.70, 0.0, unknown=1.0)) is Decision.OUT_OF_SCOPE


def test_the_score_is_a_probability_and_falls_with_unknown_words(question: Understood) -> None:
    calibration = load_calibration()
    scores = [answerability(question, found(0.9, 0.5, lay=0.85, unknown=share / 4), calibration) for share in range(5)]
    assert all(0 < score < 1 for score in scores)
    assert scores == sorted(scores, reverse=True)


def test_the_thresholds_decide(question: Understood, monkeypatch: pytest.MonkeyPatch) -> None:
    base = load_calibration()
    score = answerability(question, found(0.85, 0.5, lay=0.8), base)
    outcomes = []
    for answer, in_scope in ((score, 0.0), (score + 1e-9, score), (score + 2e-9, score + 1e-9)):
        monkeypatch.setattr(
            module, "load_calibration", lambda _, a=answer, s=in_scope: replace(base, answer=a, in_scope=s)
        )
        outcomes.append(decide(question, found(0.85, 0.5, lay=0.8)))
    assert outcomes == [Decision.ANSWER, Decision.NOT_ENOUGH, Decision.OUT_OF_SCOPE]


def test_a_calibration_for_other_features_is_not_used(question: Understood) -> None:
    with pytest.raises(ValueError, match="zip"):
        answerability(question, found(0.9, 0.5), Calibration((1.0,), 0.5, 0.1))


def test_without_vectors_the_words_decide(question: Understood, reader: Reader) -> None:
    """Where the embedder does not load, every cosine is 0: that says nothing about the question"""
    assert decide(question, found(0.0, 0.9, lay=0.0)) is Decision.ANSWER
    assert decide(reader.read("Hvem vant cupfinalen?", ()), found(0.0, 0.0, unknown=1.0)) is not Decision.ANSWER
