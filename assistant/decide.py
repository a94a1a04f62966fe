"""Is what was found enough to answer? A calibrated score, not a feeling."""

import json
import math
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from assistant.understand.language import Language
from assistant.understand.question import Understood
from assistant.words import WordWeights
from corpus.document import Kind
from index.hit import Hit

WITH_VECTORS, BY_WORDS = "vectors", "words"
FEATURES = (
    "bias",
    "dense",
    "lay",
    "coverage",
    "terms",
    "unknown",
    "english",
    "particular",
    "length",
    "outside",
    "margin",
    "words",
)

# The profile's scores are log-odds times a constant: beyond this a question is plainly inside or outside.
_MOST_MARGIN = 6.0
# What a question of the field has on average. A text that was fetched or added may answer what the core does not cover.
_USUAL_OUTSIDE, _USUAL_MARGIN, _USUAL_WORDS = 0.85, -2.0, 4.0

_PARTICULAR = re.compile(
    r"\b(?:billigst\w*|dyrest\w*|best\w*|beste|anbefal\w*|ventetid\w*|saksbehandlingstid\w*|behandlingstid\w*|ledige?\s+(?:plass\w*|time\w*)|snittpris\w*|anbud\w*\s+(?:på|for)|vant|vinne\w*|"
    r"i\s+fjor|neste\s+(?:år|gang)|i\s+kroner|kommer\s+til\s+å|customer\s+reviews?|cheapest|"
    r"(?:hvor|kor)\s+mange\s+(?:bedrifter|verksemder|virksomheter|arbeidsulykker|ulykker|godkjente|uker\s+bruker|kroner)|(?:hva|kva)\s+(?:heter|heiter)|"
    r"(?:siste|forrige)\s+(?:møte\w*|måling\w*|rapport\w*)|hos\s+(?-i:[A-ZÆØÅ])\w+)",
    re.IGNORECASE,
)


class Decision(StrEnum):
    """What to do with the hits."""

    ANSWER = "answer"
    NOT_ENOUGH = "not_enough"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of a logistic model and the thresholds on its probability, with the figures they gave (eval/calibrate.py)."""

    weights: tuple[float, ...]
    answer: float
    in_scope: float


@cache
def load_calibration(search: str = WITH_VECTORS) -> Calibration:
    """Return the calibration that ships for a search with vectors, or for one by words alone."""
    data = json.loads(Path(__file__).with_name("calibration.json").read_text(encoding="utf-8"))[search]
    return Calibration(tuple(data["weights"][name] for name in FEATURES), data["answer"], data["in_scope"])


@cache
def _load_field() -> tuple[WordWeights, float]:
    data = json.loads(Path(__file__).with_name("field.json").read_text(encoding="utf-8"))
    return WordWeights.of(data["words"], 1), data["bias"]


def field_of(text: str) -> float:
    """Return the log-odds by its words alone that a question is one of the field, not one about something else at work."""
    words, bias = _load_field()
    return bias + words.weigh(text)[0]


def features_of(question: Understood, hits: list[Hit]) -> tuple[float, ...]:
    """Return the features of answerability, in the order of FEATURES.

    `dense` and `lay` are the highest cosines of any chunk and any lay question, `coverage` the share of the question's rare
    words that the best provision holds, `terms` how many terms of the field the question names (at most 2), and `unknown`
    the share of its words that no provision at all holds. `english` is 1 for a question in English, whose cosines are lower;
    `particular` is 1 when it asks for something that no regulation holds: a price, a name, a place, a forecast, a statistic.
    `length` is the logarithm of the number of words: a whole scene is less like any one text than a short question is.
    `outside` and `margin` say how near it is to what no source answers, see `OutsideMatch`; `words` is what its words weigh for the
    field, in log-odds (eval/fit_field.py).
    """
    english = float(question.language is Language.ENGLISH)
    particular = float(bool(_PARTICULAR.search(question.text)))
    length = math.log1p(len(question.text.split()))
    if not hits:
        return (
            1.0,
            0.0,
            0.0,
            0.0,
            0.0,
            1.0,
            english,
            particular,
            length,
            _USUAL_OUTSIDE,
            _USUAL_MARGIN,
            field_of(question.text),
        )
    top = hits[:3]
    return (
        1.0,
        max(hit.dense for hit in top),
        max(s.lay_similarity for hit in top for s in hit.segments),
        max(hit.coverage for hit in top),
        float(min(2, len(question.terms))),
        hits[0].unknown,
        english,
        particular,
        length,
        *_outside(hits[0]),
        max(field_of(question.text), _USUAL_WORDS) if _is_beside_the_core(hits[0]) else field_of(question.text),
    )


def _outside(best: Hit) -> tuple[float, float]:
    """Return how near the question is to what no source answers: highest cosine, and margin of the profiles over ten."""
    if best.outside is None:
        return (_USUAL_OUTSIDE, _USUAL_MARGIN)
    similarity = best.outside.similarity
    margin = max(-_MOST_MARGIN, min(_MOST_MARGIN, best.outside.margin / 10))
    if _is_beside_the_core(best):
        return (min(similarity, _USUAL_OUTSIDE), min(margin, _USUAL_MARGIN))
    return (similarity, margin)


def _is_beside_the_core(best: Hit) -> bool:
    """Return whether the text found was fetched or added: it may answer what nobody asks the core."""
    return best.provision.kind in (Kind.OFFICIAL, Kind.OWN)


def likeliest_topic(hits: list[Hit]) -> int | None:
    """Return the number of the outside topic that the question is about, None when it is more like a question of the field."""
    outside = hits[0].outside if hits else None
    return outside.topic if outside and outside.margin > 0 else None


def answerability(question: Understood, hits: list[Hit], calibration: Calibration | None = None) -> float:
    """Return the probability that the hits answer the question, in (0, 1), by the calibration for such hits."""
    calibration = calibration or calibration_for(hits)
    total = sum(w * x for w, x in zip(calibration.weights, features_of(question, hits), strict=True))
    return 1.0 / (1.0 + math.exp(-total))


def calibration_for(hits: list[Hit]) -> Calibration:
    """Return the calibration for a search with vectors, or by words alone, whichever found the hits."""
    return load_calibration(WITH_VECTORS if any(hit.dense for hit in hits) else BY_WORDS)


def decide(question: Understood, hits: list[Hit]) -> Decision:
    """Return whether to answer."""
    calibration = calibration_for(hits)
    score = answerability(question, hits, calibration)
    if score >= calibration.answer:
        return Decision.ANSWER
    return Decision.NOT_ENOUGH if score >= calibration.in_scope else Decision.OUT_OF_SCOPE
