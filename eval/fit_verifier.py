"""Fit what words and nearness in meaning say about support, and write assistant/verify/support.json.

    python -m eval.fit_verifier

Sentences of the development half that their source carries, against the same sentences beside another source of the same
question. The threshold keeps a set share of the true ones. Then both halves of the labelled sentences are judged.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.verify.sentence import measure_support
from assistant.verify.support import SUPPORT_FILE, Likeness, Measure
from corpus.library import Library, load_library
from eval.claims import LabelledSentence, count_figures, judge_all, read_claims
from index.embedding import load_serving_embedder

# Share of the true sentences that the threshold keeps; words alone tell less, and rather stop too much.
_KEPT, _KEPT_BY_WORDS = 0.94, 0.8
_FOLDS = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, write and report; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report-only", action="store_true", help="judge with the model that is there")
    parsed = parser.parse_args(arguments)
    library = load_library()
    embedder = load_serving_embedder()
    if embedder is None:
        sys.stderr.write("The embedder does not load, so nothing can be fitted.\n")
        return 1
    likeness = Likeness(embedder)
    if not parsed.report_only:
        claims = [*read_claims("dev", library), *read_claims("dev2", library)]
        written = {"both": _fit(claims, likeness, _KEPT), "words": _fit(claims, None, _KEPT_BY_WORDS)}
        SUPPORT_FILE.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    for name in ("dev", "dev2", "test"):
        _report(name, library, likeness)
    return 0


def _fit(claims: Sequence[LabelledSentence], likeness: Measure | None, kept: float) -> dict[str, object]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import cross_val_predict

    rows = list(_examples(claims, likeness))
    features, labels = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    model = LogisticRegression(C=100.0, max_iter=1000)
    held_out = cross_val_predict(model, features, labels, cv=_FOLDS, method="predict_proba")[:, 1]
    threshold = float(np.quantile(held_out[labels == 1], 1 - kept))
    model.fit(features, labels)
    return {
        "model": {
            "words": round(float(model.coef_[0][0]), 4),
            "meaning": round(float(model.coef_[0][1]), 4),
            "intercept": round(float(model.intercept_[0]), 4),
            "threshold": round(threshold, 4),
        },
        "fitted_on": {"carried": int(labels.sum()), "beside": int((1 - labels).sum())},
        "held_out": {
            "auc": round(float(roc_auc_score(labels, held_out)), 3),
            "beside_let_through": round(float((held_out[labels == 0] >= threshold).mean()), 3),
        },
    }


def _examples(
    claims: Sequence[LabelledSentence], likeness: Measure | None
) -> Iterator[tuple[tuple[float, float], int]]:
    """Yield words and meaning with 1 for a sentence's own sources and 0 for each other source of its question."""
    for claim in claims:
        if not claim.is_supported:
            continue
        sources = claim.sources
        cited = [n for n in sources if f"[{n}]" in claim.sentence]
        yield measure_support(claim.sentence, [sources[n] for n in cited], likeness), 1
        for number, source in sources.items():
            if number not in cited:
                yield measure_support(claim.sentence, [source], likeness), 0


def _report(name: str, library: Library, likeness: Measure) -> None:
    figures = count_figures(list(judge_all(read_claims(name, library), library, likeness)))
    tricks = ", ".join(f"{trick} {n}/{count}" for trick, (n, count) in figures.stopped.items())
    sys.stdout.write(
        f"{name}: keeps {figures.kept} of {figures.supported} true sentences ({figures.kept_share:.3f}); of stopping: precision "
        f"{figures.precision:.3f}, recall {figures.recall:.3f}\n  stopped: {tricks}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
