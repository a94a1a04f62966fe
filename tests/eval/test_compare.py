"""Two runs side by side: what changed is found, on the right side, and other questions are refused."""

from dataclasses import replace

import pytest

from eval.compare import compare, first_line, write_markdown
from eval.compare_page import write_page
from eval.errors import ResultsError
from tests.eval.invented import (
    RETRIEVAL,
    as_run,
    judge,
    make_generated,
    make_question,
    make_refusal,
    make_refused,
    with_values,
)  # fmt: skip

QUESTIONS = [*(make_question(f"q{n}") for n in range(1, 9)), make_refused("q9")]
RIGHT = [*(make_generated(f"q{n}") for n in range(1, 9)), make_refusal("q9")]
WRONG = make_generated("q1", answer={"answer": "Vakten må være 16 år. [1]"})


def changed(**by_id: object) -> list:  # type: ignore[type-arg]
    """Return the right answers with others in their place."""
    return [by_id.get(g.question_id, g) for g in RIGHT]


A = as_run(judge(QUESTIONS, RIGHT), "a")


def test_the_same_answers_differ_in_nothing() -> None:
    found = compare(A, as_run(judge(QUESTIONS, RIGHT), "b"))
    assert found.changed == ()
    assert found.notes == ()
    assert {row.found.mean for row in found.rows if row.found.count} == {0.0}
    assert {row.judgement for row in found.rows} == {""}


def test_each_measure_has_both_means_and_how_many_changed() -> None:
    b = as_run(judge(QUESTIONS, changed(q1=WRONG, q2=make_refusal("q2"))), "b")
    rows = {row.measure: row for row in compare(A, b).rows}
    facts = rows["facts"]
    assert (facts.mean_a, facts.mean_b, facts.better, facts.worse) == (1.0, 0.75, 0, 2)
    assert rows["forbidden"].found.mean == pytest.approx(1 / 9)
    assert (rows["forbidden"].better, rows["forbidden"].worse) == (0, 1)


def test_what_got_worse_is_told_question_by_question() -> None:
    b = as_run(judge(QUESTIONS, changed(q1=WRONG, q2=make_refusal("q2"))), "b")
    found = compare(A, b)
    assert found.better == []
    first, second = found.worse
    assert {m for m, _, _ in first.worse} >= {"facts", "forbidden"}
    assert {m for m, _, _ in second.worse} >= {"facts", "outcome", "citation_recall", "refusal"}
    assert first.before.startswith("svart: ")
    assert second.after == "avstått: Det har jeg ikke kilder til."


def test_the_other_way_about_it_got_better() -> None:
    b = as_run(judge(QUESTIONS, changed(q1=WRONG)), "b")
    found = compare(b, A)
    assert found.worse == []
    (only,) = found.better
    assert ("forbidden", 1.0, 0.0) in only.better
    assert ("facts", 0.0, 1.0) in only.better


def test_an_answer_to_what_should_be_refused_got_worse() -> None:
    found = compare(A, as_run(judge(QUESTIONS, changed(q9=make_generated("q9"))), "b"))
    assert [c.question_id for c in found.worse] == ["q9"]
    assert ("refusal", 1.0, 0.0) in found.worse[0].worse


def test_a_clear_difference_has_a_word_and_a_slight_one_has_none() -> None:
    before = with_values({f"q{n}": {"facts": 0.0, "forbidden": 1.0, "words": 50.0, "R@5": 1.0} for n in range(12)})
    after = with_values(
        {f"q{n}": {"facts": 1.0, "forbidden": 0.0, "words": 90.0, "R@5": float(n > 0)} for n in range(12)}
    )
    rows = {row.measure: row.judgement for row in compare(as_run(before), as_run(after)).rows}
    assert rows == {"facts": "bedre", "forbidden": "bedre", "R@5": "", "words": ""}
    back = {row.measure: row.judgement for row in compare(as_run(after), as_run(before)).rows}
    assert back == {"facts": "verre", "forbidden": "verre", "R@5": "", "words": ""}


def test_runs_of_other_questions_are_refused() -> None:
    with pytest.raises(ResultsError, match="ikke de samme spørsmålene"):
        compare(A, as_run(judge(QUESTIONS, RIGHT), "b", dataset="test"))
    with pytest.raises(ResultsError, match="dev: 9, dev: 8"):
        compare(A, as_run(judge(QUESTIONS[1:], RIGHT[1:]), "b"))


def test_what_else_differs_is_told() -> None:
    b = as_run(judge(QUESTIONS, RIGHT), "b", corpus_hash="decaf", retrieval={**RETRIEVAL, "support": 0.3})
    notes = " ".join(compare(A, b).notes)
    assert "kildene" in notes
    assert "support var 0.2, er 0.3" in notes
    assert "biblioteker" not in notes


def test_labels_that_changed_between_are_told() -> None:
    b = as_run(judge(QUESTIONS, RIGHT), "b", dataset_hash="other")
    assert "Fasiten er endret" in compare(A, b).notes[0]


def test_only_the_measures_asked_for_are_compared() -> None:
    b = as_run(judge(QUESTIONS, changed(q1=WRONG, q2=make_refusal("q2"))), "b")
    found = compare(A, b, ["forbidden"])
    assert [row.measure for row in found.rows] == ["forbidden"]
    assert [c.question_id for c in found.changed] == ["q1"]
    with pytest.raises(ResultsError, match="«flaks»"):
        compare(A, b, ["flaks"])


def test_the_first_line_is_short_plain_and_there_even_without_an_answer() -> None:
    (case,) = judge([QUESTIONS[0]], [make_generated("q1", answer={"answer": "\n\n**Ja.** " + "Badevakt. " * 60})])
    assert first_line(case).startswith("svart: Ja. Badevakt.")
    assert len(first_line(case)) < 220
    untaken = replace(case, generated=make_generated("q1", error="Skriv et spørsmål."))
    untaken = replace(case, generated=replace(untaken.generated, answer=None))
    assert first_line(untaken) == "avstått: Skriv et spørsmål."


def test_the_text_has_measures_and_questions() -> None:
    text = write_markdown(compare(A, as_run(judge(QUESTIONS, changed(q1=WRONG)), "b")))
    assert "| Fakta som skal med | 1,000 | 0,875 | −0,125 |" in text
    assert "## Verre i B: 1 spørsmål" in text
    assert "**q1** (fakta) Trenger vi badevakt (q1)?" in text
    assert "- B svart: Vakten må være 16 år. [1]" in text


def test_questions_can_be_left_out() -> None:
    found = compare(A, as_run(judge(QUESTIONS, changed(q1=WRONG)), "b"))
    text = write_markdown(found, shows_questions=False)
    assert "## Verre i B: 1 spørsmål" in text
    assert "badevakt" not in text
    assert "Vakten" not in text


def test_the_page_escapes_hides_the_test_half_and_holds_no_address() -> None:
    questions = [make_question("q1", question="<script>alert(1)</script>")]
    runs = [as_run(judge(questions, [g]), "a", dataset="test") for g in (make_generated("q1"), WRONG)]
    found = [compare(*runs)]
    assert "alert(1)" not in write_page(found)
    shown = write_page(found, shows_test=True)
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script" not in shown
    assert "http" not in shown.replace("http-equiv", "")
