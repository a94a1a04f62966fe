"""Fitting the model of answerability: hand-computed cases, and what is collected to fit it on."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.decide import FEATURES
from assistant.dialogue import Assistant
from eval import calibrate
from eval.calibrate import REFUSALS, Samples, choose_threshold, collect, cross_validate, fit, probabilities
from eval.questions import read_questions


@pytest.fixture
def separable() -> tuple[np.ndarray, np.ndarray]:
    """A bias and one feature that tells the two classes apart, (200, 2) and (200,)."""
    values = np.concatenate([np.linspace(0.0, 0.4, 100), np.linspace(0.6, 1.0, 100)])
    return np.stack([np.ones(200), values], axis=1), np.repeat([0.0, 1.0], 100)


def test_the_weight_of_what_tells_them_apart_is_positive(separable: tuple[np.ndarray, np.ndarray]) -> None:
    weights = fit(*separable)
    assert weights.shape == (2,)
    assert weights[1] > 0
    assert np.all((probabilities(separable[0], weights) > 0.5) == (separable[1] == 1))


def test_a_feature_that_says_nothing_weighs_next_to_nothing(separable: tuple[np.ndarray, np.ndarray]) -> None:
    features, labels = separable
    noise = np.tile([0.0, 1.0], 100)
    weights = fit(np.column_stack([features, noise]), labels)
    assert abs(weights[2]) < 0.05 * abs(weights[1])


def test_a_constant_feature_does_no_harm(separable: tuple[np.ndarray, np.ndarray]) -> None:
    features, labels = separable
    assert np.all(np.isfinite(fit(np.column_stack([features, np.zeros(200)]), labels)))


def test_the_rarer_class_counts_as_much(separable: tuple[np.ndarray, np.ndarray]) -> None:
    """With ten times as many answerable questions the border stays about where it was"""
    features, labels = separable
    more = np.concatenate([np.arange(200), np.tile(np.arange(100, 200), 9)])
    borders = [-w[0] / w[1] for w in (fit(features, labels), fit(features[more], labels[more]))]
    assert borders[1] == pytest.approx(borders[0], abs=0.05)


@pytest.mark.parametrize(("total", "probability"), [(0.0, 0.5), (np.log(3), 0.75), (-np.log(3), 0.25)])
def test_probabilities_are_logistic(total: float, probability: float) -> None:
    assert probabilities(np.array([[total]]), np.array([1.0])) == pytest.approx([probability])


def make_samples(features: np.ndarray, labels: np.ndarray, topics: tuple[str, ...] = ()) -> Samples:
    names = tuple(str(number) for number in range(len(labels)))
    return Samples(features, labels, np.ones(len(labels), dtype=bool), topics or names, names)


def test_no_topic_is_judged_by_a_model_that_has_seen_it() -> None:
    """One feature names the topic and gives the label away: of no use when the whole topic is held out"""
    labels = np.tile([0.0, 1.0], 20)
    topics = tuple(str(number) for number in range(40))
    features = np.column_stack([np.ones(80), np.kron(np.eye(40), np.ones((2, 1)))])
    samples = make_samples(features, np.repeat(labels, 2), tuple(np.repeat(topics, 2)))
    right = (cross_validate(samples) > 0.5) == (samples.labels == 1)
    assert right.mean() < 0.7


def test_held_out_probabilities_are_repeatable_and_tell_the_classes_apart(
    separable: tuple[np.ndarray, np.ndarray],
) -> None:
    samples = make_samples(*separable)
    first, second = cross_validate(samples), cross_validate(samples)
    assert np.array_equal(first, second)
    assert first.shape == (200,)
    assert first[100:].min() > first[:100].max()


def test_the_threshold_refuses_what_should_be_refused() -> None:
    held_out, labels = np.array([0.1, 0.2, 0.3, 0.7, 0.8, 0.9]), np.array([0.0, 0, 0, 1, 1, 1])
    threshold, precision, recall = choose_threshold(held_out, labels)
    assert 0.3 < threshold <= 0.7
    assert (precision, recall) == (1.0, 1.0)


def test_precision_and_recall_are_those_of_refusing() -> None:
    """Of 0.1 (refuse), 0.2 (answer), 0.3 (refuse), 0.9 (answer), refusing the lowest three is right twice and misses none"""
    threshold, precision, recall = choose_threshold(np.array([0.1, 0.2, 0.3, 0.9]), np.array([0.0, 1, 0, 1]))
    assert 0.3 < threshold <= 0.9
    assert precision == pytest.approx(2 / 3)
    assert recall == 1.0


def test_nothing_to_refuse_is_no_error() -> None:
    _, precision, recall = choose_threshold(np.array([0.99, 0.98]), np.array([1.0, 1.0]))
    assert (precision, recall) == (0.0, 0.0)


@pytest.mark.index
def test_both_classes_are_collected_and_the_calibration_written(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file that ships is written by this step, from the questions that come to a search; every fourth is enough here"""
    monkeypatch.setattr(calibrate, "read_questions", lambda name: read_questions(name)[::4])
    (tmp_path / "refusals.txt").write_text(
        "\n".join(REFUSALS.read_text(encoding="utf-8").split("\n")[::4]), encoding="utf-8"
    )
    monkeypatch.setattr(calibrate, "REFUSALS", tmp_path / "refusals.txt")
    samples = collect(assistant)
    labels, questions = samples.labels, samples.questions
    assert samples.features.shape == (len(labels), len(FEATURES))
    assert len(questions) == len(labels) == len(samples.topics) == len(samples.judged)
    assert set(labels[samples.judged]) == {0.0, 1.0}
    assert min(labels.sum(), (1 - labels).sum()) > 30
    assert "Må vi ha BHT?" not in questions
    monkeypatch.setattr(calibrate, "collect", lambda _: samples)
    monkeypatch.setattr(calibrate.Assistant, "open", lambda _: assistant)
    monkeypatch.setattr(calibrate, "without_vectors", lambda *_: assistant)
    monkeypatch.setattr(calibrate, "TARGET", tmp_path / "calibration.json")
    assert calibrate.main() == 0
    both = json.loads((tmp_path / "calibration.json").read_text(encoding="utf-8"))
    assert set(both) == {"vectors", "words"}
    written = both["words"]
    assert set(written["weights"]) == set(FEATURES)
    assert 0 < written["in_scope"] < written["answer"] < 1
    assert written["fitted_on"] == {"answerable": int(labels.sum()), "not": int((1 - labels).sum())}
    assert "refuse: " in capsys.readouterr().out or written["refusal_held_out"]["recall"] == 1
