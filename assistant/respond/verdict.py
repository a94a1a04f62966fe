"""Yes, no, or it depends: the verdict on a duty from how the question is put, what the rule says, and what was asked like it.

A small linear model (verdict.json, fitted by eval/fit_verdicts.py on the lay questions that carry a verdict): marks of the clause that asks,
its words, and the votes of the labelled questions of the same rule. It knows words, not law: it speaks only when it is
sure, and the rule stands quoted beneath it.
"""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.understand.stance import Modality, read_modality
from assistant.words import WordWeights
from corpus.document import Verdict
from index.hit import Hit

CLASSES = (Verdict.YES, Verdict.NO, Verdict.DEPENDS)
_MARKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bnok\b|hold(?:er)?\s+det|tilstrekkelig|enough",
        r"\bbare\b|\bkun\b|\bberre\b|\bonly\b",
        r"slipp|slepp|droppe|la\s+være|fritatt|unntatt|trenger\s+(?:vi|jeg)\s+(?:da\s+)?ikke|exempt",
        r"\bikke\b|\bikkje\b|\bnot\b",
        r"\bmå\b|\blyt\b|\bskal\b|plikt|pålagt|påbud|\bkrav|krev|nødt|\bmust\b|have\s+to|require",
        r"\bkan\b|\bfår\b|\blov\b|\bcan\b|\bmay\b",
        r"trenger|\btreng|\bneed",
        r"\bselv\b|\bsjølv\b",
        r"uansett|alltid|aldri|\balle\b",
        r"\bgreit\b|\bok\b|\bfint\b",
        r"\bogså\b|\bòg\b",
        r"gjelder|gjeld|omfatt|apply",
        r"\d",
    )
)
_RULE_MARKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (r"\bskal\b|\bmå\b|plikt", r"\bkan\b", r"ikke|ingen", r"\bbare\b|\bkun\b", r"\d")
)
# Cosines of e5 lie close together: one this much nearer counts about three times as much.
_NEARER = 0.02
# The votes of questions to the very part that answers, against those of its neighbours.
_SAME_PART = 3.0
_MODALITIES = (Modality.MUST, Modality.MAY, Modality.NEED_NOT, Modality.OTHER)


@dataclass(frozen=True, slots=True)
class Model:
    """`weights` (n_classes, n_features) and `bias` (n_classes,) of a softmax, and how sure it must be to speak.

    `words` is what the words of the clause weigh for each class.
    """

    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    words: WordWeights
    least: float


@cache
def load_model() -> Model:
    """Return the model that ships."""
    data = json.loads(Path(__file__).with_name("verdict.json").read_text(encoding="utf-8"))
    words = WordWeights.of(data["words"], len(CLASSES))
    return Model(tuple(map(tuple, data["weights"])), tuple(data["bias"]), words, data["least"])


def read_verdict(clause: str, question: str, rule: str, hit: Hit) -> Verdict | None:
    """Return the verdict on a yes/no question about a duty, None when the model is not sure enough.

    Args:
        clause: The clause that asks.
        question: The whole of it.
        rule: The text of the part that answers.
        hit: The provision it stands in.
    """
    voted = votes(clause, hit)
    if not any(voted):
        return None  # nothing like it was asked about this rule: words alone decide nothing
    model, values = load_model(), features(clause, question, rule, voted)
    said = model.words.weigh(clause)
    scores = [
        b + word + sum(w * x for w, x in zip(row, values, strict=True))
        for row, b, word in zip(model.weights, model.bias, said, strict=True)
    ]
    likeliest = max(range(len(CLASSES)), key=scores.__getitem__)
    certainty = 1.0 / sum(math.exp(score - scores[likeliest]) for score in scores)
    return CLASSES[likeliest] if certainty >= model.least else None


def features(clause: str, question: str, rule: str, voted: Sequence[float]) -> tuple[float, ...]:
    """Return what the model weighs: how it is asked, what the rule says, and the votes of what was asked like it."""
    modality = read_modality(clause)
    return (
        *(float(modality is known) for known in _MODALITIES),
        *(float(bool(mark.search(text))) for text in (clause, question) for mark in _MARKS),
        *(float(bool(mark.search(rule))) for mark in _RULE_MARKS),
        *voted,
    )


def votes(clause: str, hit: Hit, without: str = "") -> tuple[float, ...]:
    """Return how the lay questions of the provision vote: shares of yes and no, the same weighed by nearness, and the nearness.

    The last three: the weight cast altogether, and the shares weighed by it. Questions of the part that answers count for more.

    A verdict is turned round when its question asks the other way ("must we", "are we exempt from").

    Args:
        clause: The clause that asks.
        hit: The provision, with the lay questions that are near.
        without: A lay question that has no vote.
    """
    total = dict.fromkeys(CLASSES, 0.0)
    nearest = 0.0
    answering = hit.segments[0].segment if hit.segments else None
    for near in hit.alike:
        lay = hit.provision.segments[near.segment].questions[near.question]
        if lay.verdict is None or lay.text == without:
            continue
        nearest = max(nearest, near.similarity)
        share = _SAME_PART if near.segment == answering else 1.0
        total[_as_asked(lay.verdict, lay.text, clause)] += share * math.exp((near.similarity - 0.9) / _NEARER)
    cast = sum(total.values())
    if not cast:
        return (0.0,) * 8
    yes, no, weight = total[Verdict.YES] / cast, total[Verdict.NO] / cast, 10 * max(0.0, nearest - 0.85)
    amount = math.log1p(cast)
    return (yes, no, yes * weight, no * weight, nearest, amount, yes * amount, no * amount)


def _as_asked(verdict: Verdict, lay: str, clause: str) -> Verdict:
    """Return the verdict of a lay question as that of another with the same or the opposite sense."""
    if verdict is Verdict.DEPENDS or (read_modality(lay) is Modality.NEED_NOT) == (
        read_modality(clause) is Modality.NEED_NOT
    ):
        return verdict
    return Verdict.NO if verdict is Verdict.YES else Verdict.YES
