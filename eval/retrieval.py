"""Measures of what was found, per question, by ir_measures over provisions.

Alternatives: a group of `needed` provisions counts as one document, found where the first of them is. So R@5 is the share of what an
answer needs that is among the first five, RR@10 and Success@5 are about the first of it, and nDCG@10 looks at all the grades.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

from eval.generate import Ranking
from eval.questions import Question

NAMES = ("nDCG@10", "R@5", "RR@10", "Success@5", "R@5 (half for act)")
_GRADED = (nDCG @ 10,)
_NEEDED = (R @ 5, RR @ 10, Success @ 5)
_DEPTH = 5
_RIGHT_ACT = 0.5


def measure_rankings(questions: Sequence[Question], rankings: Mapping[str, Ranking]) -> dict[str, dict[str, float]]:
    """Return the measures of each question that has something to be found, by its id.

    Args:
        questions: The labelled questions.
        rankings: Provision ids with scores, best first, by question id; a question without a ranking counts 0.
    """
    asked = [q for q in questions if q.needed]
    measured: dict[str, dict[str, float]] = {q.question_id: {} for q in asked}
    graded = {q.question_id: dict(q.relevant) for q in asked}
    needed = {q.question_id: {_name(g): 1 for g in q.needed} for q in asked}
    for measures, qrels, regroup in ((_GRADED, graded, False), (_NEEDED, needed, True)):
        run = {q.question_id: _run(q, rankings.get(q.question_id, ()), regroup) for q in asked}
        for metric in ir_measures.iter_calc(measures, qrels, run):
            measured[metric.query_id][str(metric.measure)] = metric.value
    for q in asked:
        measured[q.question_id][NAMES[-1]] = _half_for_act(q, rankings.get(q.question_id, ()))
        for name in NAMES:
            measured[q.question_id].setdefault(name, 0.0)  # nothing found at all
    return measured


def _run(question: Question, ranking: Ranking, regroup: bool) -> dict[str, float]:
    """Return the scores by document; with regroup, a needed group is one document."""
    groups: dict[str, list[str]] = {}
    for group in question.needed if regroup else ():
        for provision_id in group:
            groups.setdefault(provision_id, []).append(_name(group))
    # Ranks, not scores: equal scores must keep the order they came in. What is in two groups counts for both.
    names = [name for provision_id, _ in ranking for name in groups.get(provision_id, [provision_id])]
    return {name: -float(rank) for rank, name in enumerate(dict.fromkeys(names))}


def _name(group: Iterable[str]) -> str:
    return "|".join(sorted(group))


def _half_for_act(question: Question, ranking: Ranking) -> float:
    """Return the share of the needed groups among the first five, half for one of which only the act is there."""
    found = {provision_id for provision_id, _ in ranking[:_DEPTH]}
    acts = {act_of(provision_id) for provision_id in found}

    def worth(group: tuple[str, ...]) -> float:
        if found.intersection(group):
            return 1.0
        return _RIGHT_ACT if acts.intersection(map(act_of, group)) else 0.0

    return math.fsum(map(worth, question.needed)) / len(question.needed)


def act_of(provision_id: str) -> str:
    """Return the act or the user's document that a provision belongs to; a note of guidance belongs to itself."""
    folder = provision_id.rpartition("/")[0]
    return folder if "/" in folder else provision_id
