"""Verdicts from what was asked like it: who votes, how a vote is turned round, and when nothing is said."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.respond import verdict as module
from assistant.respond.verdict import CLASSES, Model, features, load_model, read_verdict, votes
from assistant.words import WordWeights
from corpus.document import LayQuestion, Verdict
from index.hit import AskedAlike, Hit
from tests.assistant.records import make_hit, make_provision, make_score

MUST = "Må vi ha badevakt?"
SLIPS = "Slipper vi å ha badevakt?"
RULE = "Badeverten skal ha badevakt."


def hit(*asked: tuple[str, Verdict | None, float]) -> Hit:
    """Return a hit on the rule, with lay questions, their verdicts and cosines."""
    provision = make_provision("lov/1999-01-02-9002/§1-1", [("ledd/1", RULE)])
    questions = tuple(LayQuestion(text=text, verdict=verdict) for text, verdict, _ in asked)
    provision = replace(provision, segments=(replace(provision.segments[0], questions=questions),))
    alike = tuple(AskedAlike(0, number, similarity) for number, (_, _, similarity) in enumerate(asked))
    return replace(make_hit(provision, 1.0, make_score()), alike=alike)


def test_a_question_that_asks_the_same_way_votes_as_it_stands() -> None:
    assert votes(MUST, hit(("Trenger vi badevakt?", Verdict.YES, 0.95)))[:2] == (1.0, 0.0)


def test_a_question_that_asks_the_other_way_votes_the_other_way() -> None:
    assert votes(SLIPS, hit(("Må vi ha badevakt?", Verdict.YES, 0.95)))[:2] == (0.0, 1.0)
    assert votes(SLIPS, hit(("Må vi ha badevakt?", Verdict.DEPENDS, 0.95)))[:2] == (0.0, 0.0)


def test_the_nearer_question_counts_more() -> None:
    yes, no, *_ = votes(MUST, hit(("Må vi det?", Verdict.YES, 0.96), ("Må vi dette?", Verdict.NO, 0.90)))
    assert yes > 0.9
    assert no == pytest.approx(1 - yes)


def test_what_has_no_verdict_or_is_the_question_itself_has_no_vote() -> None:
    found = hit(("Hva er badevakt?", None, 0.99), (MUST, Verdict.NO, 1.0))
    assert votes(MUST, found, without=MUST) == (0.0,) * 8


def test_questions_of_the_part_that_answers_count_for_more() -> None:
    provision = make_provision("lov/1999-01-02-9002/§1-1", [("ledd/1", RULE), ("ledd/2", "Plaskebasseng er unntatt.")])
    asked = (LayQuestion(text="Må vi det?", verdict=Verdict.YES), LayQuestion(text="Må vi dette?", verdict=Verdict.NO))
    first, second = (replace(s, questions=(q,)) for s, q in zip(provision.segments, asked, strict=True))
    provision = replace(provision, segments=(first, second))
    found = replace(make_hit(provision, 1.0, make_score()), alike=(AskedAlike(0, 0, 0.9), AskedAlike(1, 0, 0.9)))
    yes, no, *_ = votes(MUST, found)
    assert (yes, no) == pytest.approx((0.75, 0.25))


def test_words_of_the_clause_can_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    width = len(features(MUST, MUST, RULE, (0.0,) * 8))
    words = WordWeights({"slipper vi": (2.0, 0.0, 5.0, 0.0), "må": (1.0, 1.0, 0.0, 0.0)}, len(CLASSES))
    model = Model(weights=((0.0,) * width,) * len(CLASSES), bias=(0.0, 0.0, 0.0), words=words, least=0.4)
    monkeypatch.setattr(module, "load_model", lambda: model)
    found = hit(("Trenger vi badevakt?", Verdict.YES, 0.95))
    assert read_verdict(SLIPS, SLIPS, RULE, found) is Verdict.NO
    assert read_verdict(MUST, MUST, RULE, found) is Verdict.YES


def test_nothing_is_said_where_nothing_alike_was_asked() -> None:
    """However sure the words make it: "slipper vi" is nearly always a no"""
    assert read_verdict(SLIPS, SLIPS, RULE, hit()) is None
    assert read_verdict(SLIPS, SLIPS, RULE, hit(("Hva er badevakt?", None, 0.99))) is None


def test_a_plain_duty_is_a_yes_and_a_way_out_of_it_a_no() -> None:
    found = hit(("Trenger vi badevakt?", Verdict.YES, 0.95), ("Må bassenget ha badevakt?", Verdict.YES, 0.94))
    assert read_verdict(MUST, MUST, RULE, found) is Verdict.YES
    assert read_verdict(SLIPS, SLIPS, RULE, found) is Verdict.NO


def test_below_the_least_certainty_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    width = len(features(MUST, MUST, RULE, (0.0,) * 8))
    even = Model(
        weights=((0.0,) * width,) * len(CLASSES), bias=(0.1, 0.0, 0.0), words=WordWeights({}, len(CLASSES)), least=0.5
    )
    found = hit(("Trenger vi badevakt?", Verdict.YES, 0.95))
    monkeypatch.setattr(module, "load_model", lambda: even)
    assert read_verdict(MUST, MUST, RULE, found) is None
    monkeypatch.setattr(module, "load_model", lambda: replace(even, least=0.3))
    assert read_verdict(MUST, MUST, RULE, found) is Verdict.YES


def test_the_model_that_ships_fits_the_features_and_says_how_good_it_is() -> None:
    model = load_model()
    assert {len(row) for row in model.weights} == {len(features(MUST, MUST, RULE, (0.0,) * 8))}
    assert len(model.weights) == len(model.bias) == len(CLASSES)
    told = json.loads(Path(module.__file__).with_name("verdict.json").read_text(encoding="utf-8"))
    assert 0.5 < model.least < 1
    assert told["held_out"]["right_of_given"] > told["held_out"]["right_of_all"]
    assert sum(told["fitted_on"].values()) > 1000
