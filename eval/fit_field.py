"""Fits the words that tell a question of the field from one about something else at work, and writes assistant/field.json.

Of the field are the lay questions of the provisions, of something else those of the outside topics. No labelled question is among them:
how much the words count beside the search is fitted on these, by eval/calibrate.py, which is to be run after this.

Usage: python -m eval.fit_field
"""

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant import decide
from assistant.words import terms_of
from corpus.library import Library, load_library

TARGET = Path(decide.__file__).with_name("field.json")
_STRENGTH = 10.0
_FOLDS = 5
# A word or pair that stands in fewer questions says nothing of others.
_LEAST_QUESTIONS = 4


def collect(library: Library) -> tuple[list[str], np.ndarray, list[str]]:
    """Return the questions, 1 for each of the field, (n,), and the provision or topic that each belongs to."""
    inside = [
        (lay.text, provision.provision_id)
        for document in library.core
        for provision in document
        for segment in provision.segments
        for lay in segment.questions
    ]
    outside = [(question, topic.slug) for topic in library.outside for question in topic.questions]
    texts, groups = zip(*inside, *outside, strict=True)
    return list(texts), np.repeat([1, 0], [len(inside), len(outside)]), list(groups)


def main() -> int:
    """Fit, write the file, and show the figures on questions of provisions and topics held out."""
    texts, labels, groups = collect(load_library())
    words = TfidfVectorizer(analyzer=terms_of, min_df=_LEAST_QUESTIONS, sublinear_tf=True)
    rows = words.fit_transform(texts)
    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=1000)
    held_out = cross_val_predict(model, rows, labels, groups=groups, cv=GroupKFold(_FOLDS))
    model.fit(rows, labels)
    numbers = np.round(np.vstack([words.idf_, model.coef_[0]]), 3)
    fitted = {
        "bias": round(float(model.intercept_[0]), 4),
        "fitted_on": {"of the field": int(labels.sum()), "of something else": int((1 - labels).sum())},
        "held_out": {
            "right of the field": round(float(held_out[labels == 1].mean()), 3),
            "right of something else": round(float(1 - held_out[labels == 0].mean()), 3),
            "folds": _FOLDS,
        },
        "words": {term: numbers[:, place].tolist() for term, place in sorted(words.vocabulary_.items())},
    }
    TARGET.write_text(json.dumps(fitted, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps({k: fitted[k] for k in ("fitted_on", "held_out")}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
