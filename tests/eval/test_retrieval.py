"""The measures of what was found: hand-computed cases."""

import math

import pytest

from eval.questions import Question
from eval.retrieval import NAMES, act_of, measure_rankings
from tests.eval.records import BATH, FEE, GATE, NOTE, OTHER, make_question, make_refusal, ranking

FILL = tuple(f"lov/2000-01-01-1/§{n}" for n in range(1, 20))


def measure(question: Question, *provision_ids: str) -> dict[str, float]:
    """Return the measures of one ranking."""
    return measure_rankings([question], {question.question_id: ranking(*provision_ids)})[question.question_id]


def test_the_needed_provision_first_has_full_marks() -> None:
    only = make_question(relevant={BATH: 3})
    assert measure(only, BATH, *FILL) == dict.fromkeys(NAMES, 1.0)


def test_at_the_third_place_the_reciprocal_rank_is_a_third() -> None:
    found = measure(make_question(relevant={BATH: 3}), FILL[0], FILL[1], BATH)
    assert found["RR@10"] == pytest.approx(1 / 3)
    assert found["nDCG@10"] == pytest.approx(1 / math.log2(4))
    assert (found["R@5"], found["Success@5"]) == (1.0, 1.0)


def test_below_the_fifth_place_it_is_not_among_the_first_five() -> None:
    found = measure(make_question(relevant={BATH: 3}), *FILL[:5], BATH)
    assert (found["R@5"], found["Success@5"]) == (0.0, 0.0)
    assert found["RR@10"] == pytest.approx(1 / 6)


def test_grades_weigh_in_ndcg() -> None:
    """Grade 1 before grade 3: (1 + 3 / log2 3) / (3 + 1 / log2 3)"""
    found = measure(make_question(relevant={BATH: 3, GATE: 1}), GATE, BATH)
    assert found["nDCG@10"] == pytest.approx((1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3)))


def test_recall_is_over_groups_and_an_alternative_is_as_good() -> None:
    question = make_question(relevant={BATH: 3, GATE: 3, FEE: 3}, needed=[[BATH, GATE], [FEE]])
    assert measure(question, GATE)["R@5"] == 0.5
    assert measure(question, GATE, BATH)["R@5"] == 0.5
    assert measure(question, GATE, FEE)["R@5"] == 1.0


def test_alternatives_take_one_place() -> None:
    """Two of one group and four others: the second group comes sixth, and fifth when alternatives count once"""
    question = make_question(relevant={BATH: 3, GATE: 3, FEE: 3}, needed=[[BATH, GATE], [FEE]])
    assert measure(question, BATH, *FILL[:3], GATE, FEE)["R@5"] == 1.0


def test_what_is_in_two_groups_counts_for_both() -> None:
    question = make_question(relevant={BATH: 3, GATE: 3, FEE: 3}, needed=[[BATH, GATE], [BATH, FEE]])
    assert measure(question, BATH)["R@5"] == 1.0
    assert measure(question, FEE)["R@5"] == 0.5


def test_equal_scores_keep_their_order() -> None:
    """Whatever trec_eval makes of ties: it would sort them by name"""
    question = make_question(relevant={BATH: 3})
    for order, rank in (((BATH, OTHER, FEE), 1), ((FEE, OTHER, BATH), 3)):
        found = measure_rankings([question], {"x-1": ranking(*order, scores=(0.5, 0.5, 0.5))})
        assert found["x-1"]["RR@10"] == pytest.approx(1 / rank)


@pytest.mark.parametrize("rankings", [{"x-1": ()}, {}], ids=["nothing found", "never asked"])
def test_a_question_without_hits_counts_nothing(rankings: dict[str, tuple[tuple[str, float], ...]]) -> None:
    assert measure_rankings([make_question()], rankings) == {"x-1": dict.fromkeys(NAMES, 0.0)}


def test_a_question_without_hits_beside_others_counts_nothing() -> None:
    questions = [make_question(), make_question(id="x-2")]
    found = measure_rankings(questions, {"x-2": ranking(BATH)})
    assert found["x-1"] == dict.fromkeys(NAMES, 0.0)
    assert found["x-2"]["R@5"] == 1.0


def test_a_question_with_nothing_to_find_is_not_measured() -> None:
    assert measure_rankings([make_refusal()], {"x-1": ranking(BATH)}) == {}


def test_the_right_act_counts_half() -> None:
    half = NAMES[-1]
    question = make_question(relevant={BATH: 3, OTHER: 3}, needed=[[BATH], [OTHER]])
    assert measure(question, GATE)[half] == 0.25
    assert measure(question, BATH, GATE)[half] == 0.5
    assert measure(question, GATE, OTHER)[half] == 0.75
    assert measure(question, *FILL[:5], BATH, OTHER)[half] == 0.0


def test_a_note_of_guidance_is_no_act() -> None:
    """Or any note would be half of every other"""
    assert measure(make_question(relevant={NOTE: 3}), "veiledning/noe-annet")[NAMES[-1]] == 0.0
    assert act_of(BATH) == "lov/1999-01-02-9002"
    assert act_of("eget/rutine-1a2b/s3") == "eget/rutine-1a2b"
    assert act_of(NOTE) == NOTE
