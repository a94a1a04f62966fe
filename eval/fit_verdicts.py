"""Fits the model of verdicts on the lay questions that carry one, and writes assistant/respond/verdict.json.

Each lay question is asked of the product's own search and has no vote in its own verdict. Held out by provision: a question is judged
by a model that has seen no other question of the same provision.

Usage: python -m eval.fit_verdicts
"""

import json
import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant.dialogue import Assistant
from assistant.respond import verdict
from assistant.settings import load_settings
from assistant.understand.stance import duty_clause, yes_no_clause
from assistant.words import terms_of
from corpus.document import LayQuestion, Provision

TARGET = Path(verdict.__file__).with_name("verdict.json")
_STRENGTH = 1.0
_FOLDS = 5
# A word or pair that stands in fewer questions says nothing of others.
_LEAST_QUESTIONS = 4
# Of the verdicts that are given, so many are to be right on questions held out.
_WANTED = 0.88
_DEPTH = 10


def collect(assistant: Assistant) -> tuple[np.ndarray, np.ndarray, list[str], list[str]]:
    """Return features (n, n_features), the class of each verdict (n,), the provision that each belongs to, and the clause that asks."""
    rows, labels, provisions, asked = [], [], [], []
    for provision, number, lay in _lay_questions(assistant):
        hits = assistant.retriever.retrieve(lay.text, "", _DEPTH)
        hit = next((h for h in hits if h.provision.provision_id == provision.provision_id), None)
        if hit is None or lay.verdict is None:
            continue
        segment = provision.segments[number]
        clause = duty_clause(lay.text) or yes_no_clause(lay.text) or lay.text
        voted = verdict.votes(clause, hit, without=lay.text)
        rows.append(verdict.features(clause, lay.text, provision.text[segment.start : segment.end], voted))
        labels.append(verdict.CLASSES.index(lay.verdict))
        provisions.append(provision.provision_id)
        asked.append(clause)
    return np.array(rows), np.array(labels), provisions, asked


def _lay_questions(assistant: Assistant) -> list[tuple[Provision, int, LayQuestion]]:
    return [
        (provision, number, lay)
        for document in assistant.library.core
        for provision in document
        for number, segment in enumerate(provision.segments)
        for lay in segment.questions
        if lay.verdict
    ]


def choose_least(certainty: np.ndarray, is_right: np.ndarray) -> tuple[float, float, float]:
    """Return the least certainty at which verdicts are as right as wanted, with the share right and the share given."""
    for least in np.linspace(0.4, 0.99, 60):
        given = certainty >= least
        if given.any() and is_right[given].mean() >= _WANTED:
            return float(least), float(is_right[given].mean()), float(given.mean())
    return 1.0, float("nan"), 0.0


def main() -> int:
    """Fit, write the file, and show the figures."""
    features, labels, provisions, asked = collect(Assistant.open(load_settings()))
    words = TfidfVectorizer(analyzer=terms_of, min_df=_LEAST_QUESTIONS, sublinear_tf=True)
    rows = hstack([csr_matrix(features), words.fit_transform(asked)]).tocsr()
    model = LogisticRegression(C=_STRENGTH, max_iter=3000)
    held_out = cross_val_predict(model, rows, labels, groups=provisions, cv=GroupKFold(_FOLDS), method="predict_proba")
    least, right, given = choose_least(held_out.max(1), held_out.argmax(1) == labels)
    model.fit(rows, labels)
    own = features.shape[1]
    numbers = np.round(np.vstack([words.idf_, model.coef_[:, own:]]), 3)
    fitted = {
        "weights": np.round(model.coef_[:, :own], 4).tolist(),
        "bias": np.round(model.intercept_, 4).tolist(),
        "words": {term: numbers[:, place].tolist() for term, place in sorted(words.vocabulary_.items())},
        "least": round(least, 3),
        "fitted_on": {v.value: int((labels == n).sum()) for n, v in enumerate(verdict.CLASSES)},
        "held_out": {
            "right_of_all": round(float((held_out.argmax(1) == labels).mean()), 3),
            "right_of_given": round(right, 3),
            "given": round(given, 3),
            "folds": _FOLDS,
        },
    }
    TARGET.write_text(json.dumps(fitted) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps({k: fitted[k] for k in ("least", "fitted_on", "held_out")}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
