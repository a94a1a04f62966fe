"""The measures of one answer: hand-computed cases, what a broken answer is caught by, and where a measure does not apply."""

import math
from typing import Any

import pytest

from assistant.answer import Outcome
from eval.answers import MEASURES, holds, lix, measure_answer
from eval.questions import Question
from tests.eval.records import (
    BATH,
    FEE,
    GATE,
    OTHER,
    TEXTS,
    cite,
    make_answer,
    make_generated,
    make_question,
    make_refusal,
    make_refused,
    text_of,
)  # fmt: skip

WANTED = make_question(
    needed=[[BATH, GATE], [FEE]], relevant={BATH: 3, GATE: 3, FEE: 2}, must_contain=["badevakt", ["200 meter", "to hundre meter"]],
    must_not_contain=["300 meter"],
)  # fmt: skip


def measure(answer: dict[str, Any] | None, question: Question = WANTED, **changes: Any) -> dict[str, float]:
    """Return the measures of an answer."""
    return measure_answer(question, make_generated(answer, **changes), text_of)


def test_every_measure_is_there_and_no_other() -> None:
    assert list(measure(make_answer("", cite(1)))) == list(MEASURES)


def test_a_right_answer_has_full_marks() -> None:
    found = measure(make_answer("", cite(1), cite(2, FEE)))
    full = {
        name: found[name]
        for name in ("citation_validity", "support", "citation_recall", "citation_precision", "facts", "outcome")
    }
    assert set(full.values()) == {1.0}
    assert found["forbidden"] == 0.0
    assert found["repeatable"] == 1.0
    assert found["seconds"] == 0.25


# --- Citations -------------------------------------------------------------------------------------------------------------------


def test_recall_is_the_share_of_groups_and_an_alternative_is_as_good() -> None:
    assert measure(make_answer("", cite(1, GATE)))["citation_recall"] == 0.5
    assert measure(make_answer("", cite(1, GATE), cite(2, FEE)))["citation_recall"] == 1.0
    assert measure(make_answer("", cite(1, BATH), cite(2, GATE)))["citation_recall"] == 0.5
    assert measure(make_answer("", cite(1, OTHER)))["citation_recall"] == 0.0


def test_precision_counts_provisions_once() -> None:
    answer = make_answer("", cite(1), cite(2, BATH, "Vakten skal kunne svømme 200 meter."), cite(3, OTHER))
    assert measure(answer)["citation_precision"] == 0.5


def test_a_citation_without_a_marker_is_no_citation() -> None:
    """Or hanging every provision on an answer would be recall for nothing"""
    found = measure(make_answer("Badeverten kan ikke kreve betaling av barn under 5 år. [2]", cite(1), cite(2, FEE)))
    assert found["citation_recall"] == 0.5
    assert found["citation_validity"] == 0.5


def test_a_marker_without_a_citation_is_invalid_and_carries_nothing() -> None:
    found = measure(make_answer(f"{TEXTS[BATH][1]} [1] [3]", cite(1)))
    assert found["citation_validity"] == 0.5
    assert measure(make_answer("Karusellen skal stanses. [3]"))["support"] == 0.0


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"quote": "Badeverten skal ha to badevakter."}, id="an invented quote"),
        pytest.param({"quote": TEXTS[BATH][1].upper()}, id="another spelling"),
        pytest.param({"start": 1}, id="a start beside it"),
        pytest.param({"start": 0, "end": 0, "quote": ""}, id="nothing"),
        pytest.param({"start": 10, "end": 11, "quote": " "}, id="a blank"),
        pytest.param({"label": "badeanleggloven § 1-2 første ledd"}, id="the label of another provision"),
        pytest.param({"label": "badeanleggloven § 1-11 første ledd"}, id="a label that goes on"),
        pytest.param({"label": "badeanleggloven § 1-1 andre ledd"}, id="the label of another part"),
        pytest.param({"portion": "ledd/2"}, id="another part"),
        pytest.param({"portion": "avsnitt/1"}, id="no part"),
        pytest.param({"provision_id": GATE}, id="another provision"),
        pytest.param({"provision_id": "lov/1999-01-02-9002/§9-9"}, id="a provision that is not there"),
        pytest.param({"kind": "lovtekst"}, id="a kind that is not there"),
    ],
)
def test_a_citation_that_is_not_what_stands_there_is_invalid(change: dict[str, Any]) -> None:
    assert measure(make_answer(f"{TEXTS[BATH][1]} [1]", cite(1)))["citation_validity"] == 1.0
    assert measure(make_answer(f"{TEXTS[BATH][1]} [1]", cite(1) | change))["citation_validity"] == 0.0


def test_a_whole_provision_is_cited_by_its_label_alone() -> None:
    assert measure(make_answer("", cite(1, portion="")))["citation_validity"] == 1.0


def test_support_is_the_share_of_sentences_carried_by_what_they_cite() -> None:
    """The second is said of the wrong provision, the third of none"""
    answer = make_answer(
        f"{TEXTS[BATH][1]} [1]\n\nBadeverten skal holde gjerdet låst. [1]\n\nGebyret er 900 kroner.", cite(1)
    )
    assert measure(answer)["support"] == pytest.approx(2 / 4)


# --- What it says ----------------------------------------------------------------------------------------------------------------


def test_facts_are_a_share_and_any_wording_of_one_is_as_good() -> None:
    assert measure(make_answer("Vakten svømmer to hundre meter. [1]", cite(1)))["facts"] == 0.5
    assert measure(make_answer("Badevakt svømmer **200**\nmeter. [1]", cite(1)))["facts"] == 1.0


def test_forbidden_claims_are_counted() -> None:
    both = make_question(must_not_contain=["300 meter", "uten vakt", "gratis"])
    assert measure(make_answer("Svøm 300 meter uten vakt. [1]", cite(1)), both)["forbidden"] == 2.0


@pytest.mark.parametrize(
    ("text", "wanted", "held"),
    [
        ("Møtes 4 ganger i året.", "4", True),
        ("Møtes 14 ganger i året.", "4", False),
        ("Møtes 4,5 ganger i året.", "4", False),
        ("Fra 40 000 kroner", "000 kroner", False),
        ("Frist 5 år.", "5 år", True),
        ("Frist 15 år.", "5 år", False),
        ("Som det står. [4]", "4", False),
        ("Etter § 4 og § 3-4.", "4", False),
        ("Etter 3-4 skal du.", "3-4", True),
        ("Etter § 3-4 skal du.", "§ 3-4", True),
        ("Etter § 3-41 skal du.", "§ 3-4", False),
        ("Psykososiale forhold", "psykososial", True),
        ("Det er **ikke** [1] lov", "ikke lov", True),
        ("a \\[sic\\] b", "[sic]", True),
        ("Hva som helst", "  ", False),
    ],
)  # fmt: skip
def test_a_string_is_held_as_a_reader_would_say(text: str, wanted: str, held: bool) -> None:
    assert holds(text, wanted) is held


# --- Outcome, verdict, refusal ---------------------------------------------------------------------------------------------------


def test_any_acceptable_outcome_is_right() -> None:
    either = make_question(acceptable_outcomes=["partial"])
    assert [
        measure(make_answer("", cite(1), outcome=o), either)["outcome"] for o in ("answered", "partial", "corrected")
    ] == [1, 1, 0]


def test_a_verdict_is_measured_where_one_is_expected_or_given() -> None:
    """Or having no verdict at all would be right for most questions"""
    yes, none = make_question(expected_verdict="ja", acceptable_verdicts=["avhenger"]), make_question()
    given = {v: make_answer("", cite(1), verdict=v) for v in ("ja", "nei", "avhenger", None)}
    assert [measure(given[v], yes)["verdict"] for v in given] == [1, 0, 1, 0]
    assert [measure(given[v], none)["verdict"] for v in ("ja", "nei", "avhenger")] == [0, 0, 0]
    assert math.isnan(measure(given[None], none)["verdict"])
    optional = make_question(expected_verdict="ja", acceptable_verdicts=[None])
    assert measure(given[None], optional)["verdict"] == 1.0


def test_an_answer_that_opens_against_its_verdict_is_wrong() -> None:
    yes = make_question(expected_verdict="ja")
    assert measure(make_answer("**Ja.** Dere må. [1]", cite(1), verdict="ja"), yes)["verdict"] == 1.0
    assert measure(make_answer("**Nei.** Dere må. [1]", cite(1), verdict="ja"), yes)["verdict"] == 0.0
    assert (
        measure(make_answer("Nei, det stemmer ikke. [1]", cite(1), verdict="ja", outcome="corrected"), yes)["verdict"]
        == 1.0
    )
    turned = make_question(expected_verdict="ja", question="Slipper vi badevakt?")
    assert measure(make_answer("Nei. Dere må. [1]", cite(1), verdict="ja"), turned)["verdict"] == 1.0


def test_refusals_are_judged_both_ways() -> None:
    """Precision over what was refused, recall over what nothing but a refusal is right for"""
    may = make_question(acceptable_outcomes=["abstained"])
    may_answer = make_refusal(acceptable_outcomes=["partial"])
    refused, answered = make_refused(), make_answer("", cite(1))
    found = [
        (str(m["refusal_precision"]), str(m["refusal_recall"]))
        for question in (WANTED, may, make_refusal(), may_answer)
        for m in (measure(refused, question), measure(answered, question))
    ]
    expected = [
        ("0.0", "nan"),
        ("nan", "nan"),
        ("1.0", "nan"),
        ("nan", "nan"),
        ("1.0", "1.0"),
        ("nan", "0.0"),
        ("1.0", "nan"),
        ("nan", "nan"),
    ]
    assert found == expected


def test_a_question_that_could_not_be_taken_is_a_refusal() -> None:
    found = measure(None, make_refusal())
    assert (found["outcome"], found["refusal_precision"], found["refusal_recall"]) == (1.0, 1.0, 1.0)
    assert measure(None)["citation_recall"] == 0.0
    assert measure(None)["facts"] == 0.0


def test_refusing_everything_costs_recall_facts_and_precision_of_refusals() -> None:
    found = measure(make_refused())
    assert [found[n] for n in ("citation_recall", "facts", "outcome", "refusal_precision")] == [0, 0, 0, 0]


def test_what_does_not_apply_is_not_measured() -> None:
    found = measure(make_refused(), make_refusal())
    names = (
        "citation_validity",
        "support",
        "citation_recall",
        "citation_precision",
        "facts",
        "verdict",
        "words",
        "lix",
    )
    assert [name for name in names if not math.isnan(found[name])] == []


def test_precision_of_no_citation_is_undefined() -> None:
    assert math.isnan(measure(make_answer("Badevakt er fint."))["citation_precision"])


def test_another_answer_the_second_time_is_not_repeatable() -> None:
    assert measure(make_answer("", cite(1)), is_repeatable=False)["repeatable"] == 0.0


# --- Length and readability ------------------------------------------------------------------------------------------------------


def test_lix_is_words_a_sentence_and_the_share_of_long_words() -> None:
    """Two sentences of 4 and 6 words, "badevakten" and "svømmehallen" long: 10 / 2 + 100 * 2 / 10"""
    assert lix("**Vi ser på badevakten.** [1] Hun er i svømmehallen i dag.") == pytest.approx(25.0)


def test_a_line_of_a_list_ends_a_sentence() -> None:
    """Three of 2, 3 and 2 words"""
    assert lix("Dere må:\n- ha en vakt\n- svømme fort") == pytest.approx(7 / 3)


def test_lix_of_nothing_is_undefined() -> None:
    assert math.isnan(lix("[1] 42"))


def test_words_are_counted_without_markers_and_markdown() -> None:
    assert measure(make_answer("**Ha vakt.** [1]\n\n- svøm 200 meter [1]", cite(1)))["words"] == 4.0


def test_outcomes_are_those_of_the_contract() -> None:
    assert Outcome.ABSTAINED.value == make_refused()["outcome"]
