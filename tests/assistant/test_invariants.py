"""What holds for every answer (docs: DESIGN § 2), over the labelled questions of the development half and their histories."""

import json
import re

import pytest

from assistant import texts
from assistant.answer import Answer, Outcome
from assistant.dialogue import Assistant
from corpus.address import find_addresses
from corpus.document import Level, Verdict
from corpus.library import Library
from eval.questions import read_questions
from tests.assistant.talk import ask
from tests.assistant.test_answer import CITATION_KEYS, KEYS

pytestmark = pytest.mark.index
MOST_WORDS = 200
QUESTIONS = {q.question_id: q for q in read_questions("dev")}
# A sentence of ours that states a rule.
RULE = re.compile(r"\b(?:må|skal|plikter|plikt|krav|forbudt)\b", re.IGNORECASE)


def wrong(answers: dict[str, Answer], holds) -> list[str]:  # type: ignore[no-untyped-def]
    """Return the questions whose answer breaks a rule."""
    return [f"{name}: {QUESTIONS[name].question}" for name, answer in answers.items() if not holds(answer)]


def test_all_labelled_questions_are_asked(answers: dict[str, Answer]) -> None:
    """All but the ones with no word in them, which no assistant can answer"""
    assert len(answers) >= 150
    assert [
        q.question for name, q in QUESTIONS.items() if name not in answers and re.search(r"[a-zæøå]{2}", q.question)
    ] == []


def test_every_quote_is_an_exact_span_of_its_provision(answers: dict[str, Answer], library: Library) -> None:
    cited = [citation for answer in answers.values() for citation in answer.citations]
    assert len(cited) > 100
    for citation in cited:
        provision = library.find(citation.provision_id, citation.kind)
        assert provision.text[citation.start : citation.end] == citation.quote
        assert citation.quote.strip()
        assert (citation.level, citation.url, citation.in_force, citation.text_date) == (
            provision.level, provision.url, provision.in_force, provision.text_date,
        )  # fmt: skip
        assert citation.label == provision.label_of(citation.portion)
        start, end = provision.span_of(citation.portion) or (0, 0)
        assert start <= citation.start < citation.end <= end


def test_markers_are_one_to_n_and_each_has_its_citation(answers: dict[str, Answer]) -> None:
    def holds(answer: Answer) -> bool:
        marked = [int(n) for n in re.findall(r"(?<!\\)\[(\d+)\]", answer.text)]
        numbers = [citation.n for citation in answer.citations]
        return numbers == list(range(1, len(numbers) + 1)) and set(marked) == set(numbers)

    assert wrong(answers, holds) == []


def test_every_rule_in_our_words_carries_a_marker(answers: dict[str, Answer]) -> None:
    """Next steps, warnings and questions back are advice; every other sentence of ours with a duty in it is marked"""

    def holds(answer: Answer) -> bool:
        if answer.refused:
            return True
        paragraphs = answer.text.split("\n\n")
        unmarked = [p for p in paragraphs if RULE.search(p) and not re.search(r"\[\d+\]", p)]
        allowed = (texts.NEXT_STEP, f"**{answer.follow_up_question}**")
        return all(p.startswith(allowed) for p in unmarked)

    assert wrong(answers, holds) == []


def test_refused_means_abstained_and_cites_nothing(answers: dict[str, Answer]) -> None:
    def holds(answer: Answer) -> bool:
        abstained = answer.outcome is Outcome.ABSTAINED
        return answer.refused is abstained and (not answer.citations if abstained else bool(answer.citations))

    assert wrong(answers, holds) == []


def test_only_an_abstention_names_what_is_near_and_it_says_whom_to_ask(answers: dict[str, Answer]) -> None:
    def holds(answer: Answer) -> bool:
        return texts.ARBEIDSTILSYNET in answer.text if answer.refused else not answer.nearest

    assert wrong(answers, holds) == []


def test_an_abstention_gives_no_verdict_and_asks_nothing(answers: dict[str, Answer]) -> None:
    assert wrong(answers, lambda a: not a.refused or (a.verdict is None and a.follow_up_question is None)) == []


def test_asking_back_is_asking(answers: dict[str, Answer]) -> None:
    def holds(answer: Answer) -> bool:
        asks = answer.follow_up_question is not None
        return asks is (answer.outcome is Outcome.ASKS_BACK) and (
            not asks or (answer.follow_up_question or "") in answer.text
        )

    assert wrong(answers, holds) == []
    assert wrong(answers, lambda a: a.outcome is not Outcome.ASKS_BACK or a.verdict is Verdict.DEPENDS) == []


def test_the_contract_holds(answers: dict[str, Answer]) -> None:
    def holds(answer: Answer) -> bool:
        row = json.loads(json.dumps(answer.to_json()))
        return (
            list(row) == KEYS
            and all(list(citation) == CITATION_KEYS for citation in row["citations"])
            and row["verdict"] in {None, "ja", "nei", "avhenger"}
            and row["outcome"] in {"answered", "partial", "asks_back", "corrected", "abstained"}
        )

    assert wrong(answers, holds) == []


def test_a_verdict_rests_on_law_regulation_or_an_authority(answers: dict[str, Answer]) -> None:
    def holds(answer: Answer) -> bool:
        return answer.verdict is None or min(c.level for c in answer.citations) <= Level.AUTHORITY

    assert wrong(answers, holds) == []


def test_an_answer_on_guidance_alone_says_so(answers: dict[str, Answer]) -> None:
    def holds(answer: Answer) -> bool:
        best = min((c.level for c in answer.citations), default=Level.LAW)
        said = texts.LOWER_LEVEL.format(level=texts.LEVEL_NAMES[best].lower()) in answer.warnings
        return said is (best > Level.REGULATION)

    assert wrong(answers, holds) == []


def test_no_repealed_provision_is_cited_or_near_unless_it_was_named(
    answers: dict[str, Answer], library: Library
) -> None:
    def holds(answer: Answer) -> bool:
        named = {
            a.provision_id for m in find_addresses(answer.standalone_question, library.known) for a in m.candidates
        }
        ids = {c.provision_id for c in answer.citations} | {n.provision_id for n in answer.nearest}
        return all(library.find(provision_id).repealed is None for provision_id in ids - named)

    assert wrong(answers, holds) == []


def test_answers_are_short(answers: dict[str, Answer]) -> None:
    """A ledd that was asked for by its address is shown whole, with little beside it"""
    assert wrong(answers, lambda answer: len(answer.text.split()) <= MOST_WORDS or is_one_ledd(answer)) == []


def is_one_ledd(answer: Answer) -> bool:
    """Return whether a named part is shown, and the answer is hardly longer than it; bullets and markers are no words."""
    parts = {(c.provision_id, c.portion) for c in answer.citations}
    longest = max((len(c.quote.split()) for c in answer.citations), default=0)
    words = re.sub(r"^- |\[\d+\]", " ", answer.text, flags=re.MULTILINE).split()
    return len(parts) == 1 and "§" in answer.standalone_question and len(words) <= longest + 20


def test_no_answer_holds_raw_markup(answers: dict[str, Answer]) -> None:
    assert wrong(answers, lambda answer: not re.search(r"(?<!\\)[<>]", answer.text)) == []


def test_nothing_was_left_out_as_unverified(answers: dict[str, Answer]) -> None:
    assert wrong(answers, lambda answer: texts.DROPPED not in answer.warnings) == []


def test_the_same_question_gives_the_same_answer(answers: dict[str, Answer], assistant: Assistant) -> None:
    """Though others were asked in between; the batch of a hundred does the same with the others"""
    some = list(answers)[::3]
    again = {name: assistant.ask(QUESTIONS[name].question, QUESTIONS[name].history) for name in some}
    assert [name for name in some if answers[name] != again[name]] == []


def test_an_assistant_opened_anew_gives_the_same_answers(
    answers: dict[str, Answer], assistant: Assistant, bht_settings
) -> None:  # type: ignore[no-untyped-def]
    other = Assistant.open(bht_settings)
    some = list(answers)[::10]
    again = {name: other.ask(QUESTIONS[name].question, QUESTIONS[name].history) for name in some}
    assert [name for name in some if answers[name] != again[name]] == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: f"  {text}\n", id="blanks"),
        pytest.param(lambda text: text.replace(" ", "  "), id="double blanks"),
        pytest.param(lambda text: f"{text} 🙂", id="an emoji"),
        pytest.param(lambda text: f"<p>{text}</p>", id="tags"),
    ],
)
def test_what_carries_no_meaning_changes_no_outcome(answers: dict[str, Answer], assistant: Assistant, change) -> None:  # type: ignore[no-untyped-def]
    some = [name for name in answers if name.startswith("dev-") and not QUESTIONS[name].history][::5]
    again = {name: ask(assistant, change(QUESTIONS[name].question)) for name in some}
    assert [
        n
        for n in some
        if (answers[n].outcome, answers[n].verdict, answers[n].citations)
        != (again[n].outcome, again[n].verdict, again[n].citations)
    ] == []
