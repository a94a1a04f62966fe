"""Fits the model of answerability on the development questions and writes assistant/calibration.json.

Questions to answer: the labelled ones, and the misunderstandings' near misses (plain questions of the field, written apart from
the provisions). Questions to refuse: the labelled ones, and those of refusals.txt. The threshold is chosen on the labelled ones alone. What
another responder settles first is left out. Two models: for a search with vectors, and for one by words alone, where there are none.

Usage: python -m eval.calibrate
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant import decide
from assistant.dialogue import Assistant
from assistant.errors import QuestionError
from assistant.settings import Settings, load_settings
from eval.questions import DATASETS, read_questions
from index.build import open_index
from index.retrieve import HybridRetriever

TARGET = Path(decide.__file__).with_name("calibration.json")
REFUSALS = DATASETS / "refusals.txt"
_RIDGE = 0.3
_FOLDS = 10


@dataclass(frozen=True, slots=True)
class Samples:
    """What is fitted on: `features` (n, n_features), `labels` (n,) with 1 for answerable, and topic and question of each row.

    `judged` (n,) marks the development questions: the others help to fit the weights, but the threshold is chosen on these.
    """

    features: np.ndarray
    labels: np.ndarray
    judged: np.ndarray
    topics: tuple[str, ...]
    questions: tuple[str, ...]


def collect(assistant: Assistant) -> Samples:
    """Return the samples of the questions that come to a search."""
    asked = [(q.question, q.history, q.is_answerable, q.topic, True) for q in read_questions("dev")]
    asked += [
        (text, (), True, m.misunderstanding_id, False)
        for m in assistant.library.misunderstandings
        for text in m.near_misses
    ]
    refusals = REFUSALS.read_text(encoding="utf-8").split("\n")
    asked += [(line, (), False, line, False) for line in refusals if line and not line.startswith("#")]
    rows: list[tuple[float, ...]] = []
    kept: list[tuple[bool, bool, str, str]] = []
    for question, history, answerable, topic, judged in asked:
        try:
            understood = assistant.understand(question, history)
        except QuestionError:  # not words at all: settled before any search
            continue
        hits = assistant.evidence(understood)
        if hits is not None:
            rows.append(decide.features_of(understood, hits))
            kept.append((answerable, judged, topic, question))
    labels, judged_rows, topics, questions = zip(*kept, strict=True)
    return Samples(np.array(rows), np.array(labels, dtype=float), np.array(judged_rows), topics, questions)


def fit(features: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the weights of a ridge logistic regression, classes weighted alike, (n_features,)."""
    weight = np.where(labels == 1, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))
    scale = np.where(features.std(0) > 0, features.std(0), 1.0)
    scaled = features / scale
    beta = np.zeros(features.shape[1])
    penalty = _RIDGE * np.eye(len(beta))
    penalty[0, 0] = 0.0  # the bias is free
    for _ in range(50):
        p = 1 / (1 + np.exp(-scaled @ beta))
        hessian = (scaled * (weight * p * (1 - p))[:, None]).T @ scaled + penalty + 1e-9 * np.eye(len(beta))
        beta = beta + np.linalg.solve(hessian, scaled.T @ (weight * (labels - p)) - penalty @ beta)
    return beta / scale


def probabilities(features: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the probability of each row, (n,)."""
    return np.asarray(1 / (1 + np.exp(-features @ weights)))


def cross_validate(samples: Samples) -> np.ndarray:
    """Return each question's probability by a model that has seen neither it nor its topic, (n,)."""
    topics = sorted(set(samples.topics))
    fold = dict(zip(topics, np.random.default_rng(0).permutation(len(topics)) % _FOLDS, strict=True))
    folds = np.array([fold[topic] for topic in samples.topics])
    held_out = np.zeros(len(samples.labels))
    for k in range(_FOLDS):
        seen = folds != k
        held_out[~seen] = probabilities(samples.features[~seen], fit(samples.features[seen], samples.labels[seen]))
    return held_out


def choose_threshold(held_out: np.ndarray, labels: np.ndarray) -> tuple[float, float, float]:
    """Return the threshold at which the lower of precision and recall of refusing is highest, and the two, on held-out probabilities.

    Both have the same aim: a question refused wrongly is as bad as one answered wrongly.
    """
    best = (0.0, 0.0, 0.0, 0.0, 0.0)
    for threshold in np.linspace(0.05, 0.95, 181):
        refused = held_out < threshold
        right = float((refused & (labels == 0)).sum())
        precision, recall = right / max(1, refused.sum()), right / max(1.0, float((labels == 0).sum()))
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        best = max(best, (round(min(precision, recall), 6), round(f1, 6), float(threshold), precision, recall))
    return best[2], best[3], best[4]


def calibrate(assistant: Assistant) -> tuple[dict[str, object], list[str]]:
    """Return the calibration fitted on what an assistant finds, and a line for each question on the wrong side of it."""
    samples = collect(assistant)
    labels, weights = samples.labels, fit(samples.features, samples.labels)
    held_out = cross_validate(samples)
    judged = samples.judged
    threshold, precision, recall = choose_threshold(held_out[judged], labels[judged])
    calibration = {
        "weights": {name: round(float(w), 4) for name, w in zip(decide.FEATURES, weights, strict=True)},
        "answer": round(threshold, 3),
        "in_scope": round(threshold * 0.4, 3),
        "fitted_on": {"answerable": int(labels.sum()), "not": int((1 - labels).sum())},
        "refusal_held_out": {"precision": round(precision, 3), "recall": round(recall, 3), "folds": _FOLDS},
    }
    wrong = [
        f"{probability:.2f} {'answer' if label else 'refuse'}: {question}"
        for probability, label, question in sorted(zip(held_out, labels, samples.questions, strict=True))
        if (probability >= threshold) != bool(label)
    ]
    return calibration, wrong


def without_vectors(assistant: Assistant, settings: Settings) -> Assistant:
    """Return the assistant as it is where the embedder does not load."""
    index = open_index(settings.index_folder, None, None)
    return Assistant(assistant.library, HybridRetriever(assistant.library, index, None))


def main() -> int:
    """Fit, write the file, and show the figures."""
    settings = load_settings()
    assistant = Assistant.open(settings)
    written = {}
    for search, asked in ((decide.WITH_VECTORS, assistant), (decide.BY_WORDS, without_vectors(assistant, settings))):
        written[search], wrong = calibrate(asked)
        sys.stdout.write(
            f"{search}: {json.dumps(written[search], indent=2)}\n" + "".join(f"{line}\n" for line in wrong)
        )
    TARGET.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
