"""The chips of what was understood, and taking one away."""

import re

import pytest

from assistant.answer import Turn
from assistant.page.facts import forget_fact, read_facts, render_facts
from assistant.understand.facts import Fact
from tests.assistant.page.fake import FakeAssistant


def test_a_chip_says_what_it_takes_away() -> None:
    """Screen readers get a whole sentence, and words of the user are text"""
    html = render_facts({Fact.EMPLOYEES: "7 ansatte", Fact.INDUSTRY: '<b>"bygg"'})
    assert re.findall(r'aria-label="([^"]+)"', html) == ["Ta bort «7 ansatte»", "Ta bort «&lt;b&gt;&quot;bygg&quot;»"]
    assert "<b>" not in html
    assert render_facts({}) == ""


def test_the_fact_is_gone_from_the_talk_and_the_chips() -> None:
    messages = [
        {"role": "user", "content": "Vi er 7 ansatte. Må vi ha BHT?"},
        {"role": "assistant", "content": "Ja."},
        {"role": "user", "content": ""},
        {"role": "assistant", "content": ""},
    ]
    sent = {"fact": "ansatte", "words": "7 ansatte", "messages": messages}
    answer = forget_fact(FakeAssistant(), sent)
    assert answer["contents"] == ["Vi er ansatte. Må vi ha BHT?", "Ja.", "", ""]
    assert answer["facts"] == ""
    assert "7 ansatte" in answer["notice"]


@pytest.mark.parametrize("sent", [None, 7, {}, {"messages": 7}, {"fact": "alt", "messages": [None, {"content": 7}]}])
def test_anything_may_be_sent(sent: object) -> None:
    """Nothing is forgotten, nothing breaks"""
    assert set(forget_fact(FakeAssistant(), sent)["contents"]) <= {""}


def test_a_talk_without_a_question_tells_nothing() -> None:
    assert read_facts(FakeAssistant(), [Turn(role="assistant", content="Vi er 7 ansatte")]) == {}
