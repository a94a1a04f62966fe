"""A broken answerer is caught, by the measure that should catch it and, words and readability aside, by no other."""

import math
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Any

import pytest

from assistant.answer import Answer as Answered
from assistant.answer import Outcome, Turn
from assistant.dialogue import Assistant
from assistant.understand.question import Understood
from eval.answers import TextOf, measure_answer
from eval.generate import Generated, generate
from eval.questions import Question, read_questions
from eval.run import texts_of
from index.hit import Hit
from tests.eval import plants
from tests.eval.records import (
    BATH,
    FEE,
    GATE,
    OTHER,
    cite,
    make_answer,
    make_generated,
    make_question,
    make_refusal,
    make_refused,
    text_of,
)  # fmt: skip

Plant = Callable[[Question, dict[str, Any]], dict[str, Any] | None]
# What follows from other words or citations than the right ones, wherever the fault is.
_FOLLOWS = {"words", "lix", "facts", "forbidden"}
# Fault, the measures that catch it, and those that may notice it too.
FAULTS: list[Any] = [
    pytest.param(plants.put_in_a_wrong_number, {"support"}, set(), id="a wrong number"),
    pytest.param(plants.put_in_a_negation, {"support"}, set(), id="a negation put in"),
    pytest.param(plants.take_out_a_negation, {"support"}, set(), id="a negation taken out"),
    pytest.param(plants.make_a_duty_a_permission, {"support"}, set(), id="a duty made a permission"),
    pytest.param(plants.add_a_rule_without_a_source, {"support"}, set(), id="a rule without a source"),
    pytest.param(plants.add_a_rule_with_a_source, {"support"}, set(), id="a rule with a source that does not say it"),
    pytest.param(plants.invent_a_quote, {"citation_validity"}, set(), id="an invented quote"),
    pytest.param(plants.move_the_quote, {"citation_validity"}, set(), id="a quote beside its place"),
    pytest.param(plants.swap_the_label, {"citation_validity"}, set(), id="the label of another provision"),
    pytest.param(plants.swap_the_part, {"citation_validity"}, set(), id="the label of another part"),
    pytest.param(plants.lose_a_marker, {"citation_validity"}, {"support", "citation_recall", "citation_precision"}, id="a marker to nothing"),
    pytest.param(plants.flip_the_verdict, {"verdict"}, set(), id="the verdict flipped"),
    pytest.param(plants.leave_out_the_verdict, {"verdict"}, set(), id="the verdict left out"),
]  # fmt: skip
# Answers of the product with a sentence that nothing carries: errors of the product that are known.
KNOWN = {"B-022"}  # "en deltidsansatt" is read as one employee


def worse(before: Mapping[str, float], after: Mapping[str, float]) -> set[str]:
    """Return the measures that changed, of those that apply."""
    return {
        name
        for name in before
        if not math.isclose(before[name], after[name]) and not math.isnan(before[name] + after[name])
    }


def check_caught(
    cases: Iterable[tuple[Question, dict[str, Any]]],
    plant: Plant,
    by: set[str],
    also: set[str],
    texts: TextOf,
    least: int,
) -> None:
    """Require that a fault lowers the measures that catch it in each answer that it can be planted in, and no other."""
    planted, missed, wrongly = 0, [], []
    for question, answer in cases:
        broken = plant(question, answer)
        if broken is None:
            continue
        planted += 1
        before, after = (measure_answer(question, make_generated(a), texts) for a in (answer, broken))
        if not all(after[name] < before[name] for name in by if not math.isnan(before[name])):
            missed.append((question.question_id, broken["answer"][:300]))
        if worse(before, after) - by - also - _FOLLOWS:
            wrongly.append((question.question_id, worse(before, after)))
    assert missed == []
    assert wrongly == []
    assert planted >= least


# --- Invented answers ------------------------------------------------------------------------------------------------------------

YES = make_question(
    id="vakt", needed=[[BATH], [FEE]], relevant={BATH: 3, FEE: 3, GATE: 1}, expected_verdict="ja", must_contain=["200 meter"],
    must_not_contain=["300 meter"],
)  # fmt: skip
GOOD = make_answer("", cite(1), cite(2, FEE), verdict="ja")


def values(answer: dict[str, Any] | None, question: Question = YES, **changes: Any) -> dict[str, float]:
    """Return the measures of an invented answer."""
    return measure_answer(question, make_generated(answer, **changes), text_of)


def test_the_unbroken_answer_has_full_marks() -> None:
    found = values(GOOD)
    names = (
        "citation_validity",
        "support",
        "citation_recall",
        "citation_precision",
        "facts",
        "outcome",
        "verdict",
        "repeatable",
    )
    assert {name: found[name] for name in names} == dict.fromkeys(names, 1.0)
    assert found["forbidden"] == 0.0


@pytest.mark.parametrize(("plant", "by", "also"), FAULTS)
def test_a_fault_in_an_invented_answer_is_caught(plant: Plant, by: set[str], also: set[str]) -> None:
    check_caught([(YES, GOOD)], plant, by, also, text_of, least=1)


def test_a_wrong_provision_costs_recall_and_precision_though_it_is_quoted_rightly() -> None:
    found = values(make_answer("", cite(1, OTHER), cite(2, FEE), verdict="ja"))
    assert (found["citation_recall"], found["citation_precision"]) == (0.5, 0.5)
    assert (found["citation_validity"], found["support"]) == (1.0, 1.0)


def test_the_right_words_with_another_provision_behind_them_are_not_supported() -> None:
    answer = GOOD | {"citations": [cite(1, OTHER), cite(2, FEE)]}
    assert worse(values(GOOD), values(answer)) == {"support", "citation_recall", "citation_precision"}


def test_the_right_quote_under_another_id_is_invalid() -> None:
    answer = GOOD | {"citations": [cite(1) | {"provision_id": OTHER}, cite(2, FEE)]}
    assert {"citation_validity", "citation_recall", "citation_precision"} <= worse(values(GOOD), values(answer))


def test_a_forbidden_claim_is_caught() -> None:
    broken = plants.claim_what_is_forbidden(YES, GOOD)
    assert values(broken)["forbidden"] == 1.0


def test_answering_what_must_be_refused_is_caught() -> None:
    found = values(GOOD, make_refusal())
    assert (found["refusal_recall"], found["outcome"]) == (0.0, 0.0)


def test_refusing_everything_is_caught() -> None:
    found = values(make_refused())
    names = ("refusal_precision", "citation_recall", "facts", "outcome", "verdict")
    assert {name: found[name] for name in names} == dict.fromkeys(names, 0.0)


class Unsteady:
    """An assistant that cites one source more each time it is asked; its search is one of its own."""

    retriever = None

    def __init__(self) -> None:
        self._times = count(1)

    def ask(self, question: str, history: tuple[Turn, ...] = ()) -> Answered:
        text = f"Svar nummer {next(self._times)}."
        return Answered(question=question, standalone_question=question, outcome=Outcome.PARTIAL, text=text)

    def understand(self, question: str, history: tuple[Turn, ...] = ()) -> Understood | None:
        return None

    def evidence(self, understood: Understood) -> list[Hit] | None:
        return None


def test_an_answerer_that_changes_its_mind_is_caught() -> None:
    (found,) = generate(Unsteady(), [YES])  # type: ignore[arg-type]
    assert measure_answer(YES, found, text_of)["repeatable"] == 0.0


# --- Answers of the product to every development question ------------------------------------------------------------------------

# All questions are asked once, by whichever test comes first.
_TIME = pytest.mark.timeout(900)
Real = list[tuple[Question, dict[str, Any]]]


@pytest.fixture(scope="module")
def real(answers: dict[str, Answered]) -> Real:
    """The development questions with the product's answers."""
    return [(q, answers[q.question_id].to_json()) for q in read_questions("dev") if q.question_id in answers]


@pytest.fixture(scope="module")
def texts(assistant: Assistant) -> TextOf:
    return texts_of(assistant.library)


@pytest.fixture(scope="module")
def sound(real: Real) -> Real:
    """Those that were answered."""
    return [(q, a) for q, a in real if not a["refused"] and q.question_id not in KNOWN]


def record(answer: dict[str, Any]) -> Generated:
    """Return the record of an answer."""
    return make_generated(answer)


@pytest.mark.index
@_TIME
def test_what_the_product_says_is_quoted_rightly_and_supported(sound: Real, texts: TextOf) -> None:
    measured = {q.question_id: measure_answer(q, record(a), texts) for q, a in sound}
    assert len(measured) >= 150
    assert [i for i, found in measured.items() if found["citation_validity"] != 1.0] == []
    assert [i for i, found in measured.items() if found["support"] != 1.0] == []


@pytest.mark.index
@_TIME
@pytest.mark.parametrize(("plant", "by", "also"), FAULTS)
def test_a_fault_in_an_answer_of_the_product_is_caught(
    sound: Real, texts: TextOf, plant: Plant, by: set[str], also: set[str]
) -> None:
    """In every answer that it can be planted in. A verdict is flipped where it was right"""
    cases = [(q, a) for q, a in sound if "verdict" not in by or a["verdict"] in q.verdicts]
    check_caught(cases, plant, by, also, texts, least=20)


@pytest.mark.index
@_TIME
def test_a_citation_of_another_provision_costs_recall_and_precision(sound: Real, texts: TextOf) -> None:
    """All right but beside the question: the citations of an answer to something else"""
    planted = 0
    for (question, answer), (_, other) in zip(sound, sound[len(sound) // 2 :] + sound[: len(sound) // 2], strict=True):
        before = measure_answer(question, record(answer), texts)
        if before["citation_recall"] != 1.0 or {c["provision_id"] for c in other["citations"]} & set(question.relevant):
            continue
        planted += 1
        after = measure_answer(question, record(answer | {k: other[k] for k in ("citations", "answer")}), texts)
        assert (after["citation_recall"], after["citation_precision"]) == (0.0, 0.0), question.question_id
        assert (after["citation_validity"], after["support"] > 0.5) == (1.0, True), question.question_id
    assert planted >= 60


@pytest.mark.index
@_TIME
def test_the_right_text_under_another_id_is_invalid(sound: Real, texts: TextOf) -> None:
    """Each citation under the id of one that the question has nothing to do with"""
    strange = {"provision_id": "lov/2005-06-17-62/§20-1"}
    for question, answer in sound:
        after = measure_answer(
            question, record(answer | {"citations": [c | strange for c in answer["citations"]]}), texts
        )
        assert after["citation_validity"] == 0.0, question.question_id
        assert after["citation_recall"] in (0.0, pytest.approx(math.nan, nan_ok=True)), question.question_id


@pytest.mark.index
@_TIME
def test_a_forbidden_claim_in_an_answer_of_the_product_is_caught(sound: Real, texts: TextOf) -> None:
    planted = [(q, a, b) for q, a in sound if (b := plants.claim_what_is_forbidden(q, a))]
    assert len(planted) >= 15
    for question, answer, broken in planted:
        before, after = (measure_answer(question, record(a), texts)["forbidden"] for a in (answer, broken))
        assert after > before or before > 0, question.question_id


@pytest.mark.index
@_TIME
def test_answering_all_and_refusing_all_are_caught_by_the_measures_of_refusal(
    real: Real, sound: Real, texts: TextOf
) -> None:
    """An answer to something else for what must be refused; an abstention for what must be answered"""
    anything, nothing = sound[0][1], next(a for _, a in real if a["refused"])
    to_refuse = [q for q, _ in real if set(q.outcomes) == {"abstained"}]
    to_answer = [q for q, _ in real if not q.may_refuse]
    assert min(len(to_refuse), len(to_answer)) >= 50
    assert {measure_answer(q, record(anything), texts)["refusal_recall"] for q in to_refuse} == {0.0}
    assert {measure_answer(q, record(nothing), texts)["refusal_precision"] for q in to_answer} == {0.0}
    refused = [measure_answer(q, record(nothing), texts) for q in to_answer if q.needed]
    assert {m["citation_recall"] for m in refused} == {0.0}
