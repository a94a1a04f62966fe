"""The contract that answers are written out in, and the history that is read in."""

import json
from datetime import date

import pytest

from assistant.answer import Answer, Citation, Nearest, Outcome, Turn, read_turns
from corpus.address import Portion
from corpus.document import Kind, Level, Verdict
from tests.assistant.records import make_provision

KEYS = [
    "id", "question", "standalone_question", "outcome", "refused", "verdict", "answer", "citations", "nearest", "warnings",
    "follow_up_question", "engine", "latency_s",
]  # fmt: skip
CITATION_KEYS = [
    "n", "label", "provision_id", "portion", "level", "kind", "quote", "start", "end", "url", "in_force", "text_date",
]  # fmt: skip
CITATION = Citation(
    n=1, label="badeloven § 1 andre ledd", provision_id="lov/1999-01-02-9002/§1", portion=Portion.parse("ledd/2"), level=Level.LAW,
    kind=Kind.RESTATEMENT, quote="skal", start=3, end=7, url="https://example.org", in_force=date(1999, 6, 1), text_date=None,
)  # fmt: skip
ANSWER = Answer(
    question="Må vi?", standalone_question="Må vi?", outcome=Outcome.ANSWERED, text="**Ja.** [1]", verdict=Verdict.YES,
    citations=(CITATION,), warnings=("Obs!",), follow_up_question="Hvor mange?", latency_seconds=0.123456,
)  # fmt: skip


def test_an_answer_is_written_with_the_keys_of_the_contract_in_their_order() -> None:
    row = ANSWER.to_json()
    assert list(row) == KEYS
    assert list(row["citations"][0]) == CITATION_KEYS


def test_values_are_written_as_json_holds_them() -> None:
    row = json.loads(json.dumps(ANSWER.identified("q-1").to_json()))
    assert (row["id"], row["outcome"], row["refused"], row["verdict"]) == ("q-1", "answered", False, "ja")
    assert (row["answer"], row["warnings"], row["follow_up_question"]) == ("**Ja.** [1]", ["Obs!"], "Hvor mange?")
    assert row["latency_s"] == pytest.approx(0.1235)
    assert row["citations"] == [
        {
            "n": 1, "label": "badeloven § 1 andre ledd", "provision_id": "lov/1999-01-02-9002/§1", "portion": "ledd/2", "level": 1,
            "kind": "gjengivelse", "quote": "skal", "start": 3, "end": 7, "url": "https://example.org", "in_force": "1999-06-01",
            "text_date": None,
        }
    ]  # fmt: skip


def test_what_is_missing_is_null() -> None:
    row = Answer(question="?", standalone_question="?", outcome=Outcome.ABSTAINED, text="Vet ikke.").to_json()
    assert (row["id"], row["verdict"], row["follow_up_question"]) == (None, None, None)
    assert (row["citations"], row["nearest"], row["warnings"]) == ([], [], [])


@pytest.mark.parametrize("outcome", Outcome)
def test_refused_means_abstained(outcome: Outcome) -> None:
    answer = Answer(question="?", standalone_question="?", outcome=outcome, text="")
    assert answer.refused is (outcome is Outcome.ABSTAINED)


def test_the_time_an_answer_took_does_not_make_it_another() -> None:
    first = Answer(question="?", standalone_question="?", outcome=Outcome.ANSWERED, text="", latency_seconds=1)
    assert first == Answer(question="?", standalone_question="?", outcome=Outcome.ANSWERED, text="", latency_seconds=2)


def test_what_is_near_is_named_with_its_link() -> None:
    provision = make_provision("lov/1999-01-02-9002/§1", [("", "Tekst.")])
    assert Nearest.of(provision).to_json() == {
        "provision_id": provision.provision_id, "label": provision.label, "heading": provision.heading, "url": provision.url,
    }  # fmt: skip


def test_a_history_is_read() -> None:
    rows = [{"role": "user", "content": "Må vi?"}, {"role": "assistant", "content": "", "sources": []}]
    assert read_turns(rows) == (Turn(role="user", content="Må vi?"), Turn(role="assistant", content=""))
    assert read_turns([]) == ()


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param({"role": "user", "content": "a"}, id="an object"),
        pytest.param("user", id="a text"),
        pytest.param(None, id="nothing"),
        pytest.param(["a"], id="texts"),
        pytest.param([{"role": "system", "content": "a"}], id="another role"),
        pytest.param([{"role": "user"}], id="no content"),
        pytest.param([{"content": "a"}], id="no role"),
        pytest.param([{"role": "user", "content": 7}], id="a number for content"),
        pytest.param([{"role": ["user"], "content": "a"}], id="a list for role"),
        pytest.param([{"role": "user", "content": "a"}, None], id="one of them nothing"),
    ],
)
def test_what_is_no_history_is_refused(rows: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_turns(rows)
