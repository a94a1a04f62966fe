"""Thoughts, control characters and circles are kept out of what a model says."""

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm import ModelBrokenError
from assistant.llm.tidy import LoopGuard, ThinkFilter, clean_text, ends_in_loop

SENTENCE = "Arbeidsgiver skal sørge for at virksomheten er knyttet til en godkjent bedriftshelsetjeneste."


def show(pieces: list[str]) -> str:
    thoughts = ThinkFilter()
    return "".join([*map(thoughts.feed, pieces), thoughts.finish()])


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        pytest.param("Ja.", "Ja.", id="no thought"),
        pytest.param("<think>Hm, 50?</think>\n\nJa.", "Ja.", id="a thought first"),
        pytest.param("<THINK>Hm</Think>Ja.", "Ja.", id="large letters"),
        pytest.param("<think></think>Ja <think>nei?</think>da.", "Ja da.", id="two thoughts"),
        pytest.param("<think>a < b <think> c</think>Ja.", "Ja.", id="a thought in a thought"),
        pytest.param("<think>aldri ferdig", "", id="nothing but a thought"),
        pytest.param("Er 3 < 5, og 5 > 3? <t og <thi", "Er 3 < 5, og 5 > 3? <t og <thi", id="almost a tag"),
        pytest.param(" \n Ja. \n", "Ja. \n", id="white space"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_thoughts_are_left_out_wherever_the_text_is_cut(said: str, shown: str) -> None:
    assert show([said]) == shown
    assert show(list(said)) == shown
    for cut in range(len(said)):
        assert show([said[:cut], said[cut:]]) == shown


@given(st.lists(st.sampled_from(["<think>", "</think>", "<th", "ink>", "ja ", "<", "/", "é"]), max_size=12), st.data())
def test_how_a_text_is_cut_never_matters(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=5)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    results = []
    for given_pieces in ([text], pieces):
        try:
            results.append(show(given_pieces))
        except ModelBrokenError:
            results.append("broken")
    assert results[0] == results[1]


def test_nothing_is_held_back_that_cannot_be_a_tag() -> None:
    thoughts = ThinkFilter()
    assert thoughts.feed("Ja, dere må <") == "Ja, dere må "
    assert thoughts.feed("b") == "<b"


def test_the_end_of_a_thought_that_never_began_is_refused() -> None:
    with pytest.raises(ModelBrokenError, match="tankene"):
        show(["Jeg lurer på om </thi", "nk>Ja."])


def test_what_steers_a_terminal_or_turns_text_around_is_removed() -> None:
    assert clean_text("\x1b[31mJa\x07\x00 \u202eren\u2066 §\u00a03-3\n\tslutt\x9b") == "[31mJa ren §\u00a03-3\n\tslutt"
    assert clean_text("halv \ud83d, hel \ud83d\ude00") == "halv \ufffd, hel 😀"


@pytest.mark.parametrize(
    "looping",
    [
        pytest.param("ja " * 100, id="a word"),
        pytest.param("\n" * 300, id="empty lines"),
        pytest.param(f"{SENTENCE} " * 4, id="a sentence"),
        pytest.param("Først dette. " + f"{SENTENCE} Ja, slik er det. " * 6, id="two sentences after a beginning"),
        pytest.param("x" * 399 + "y" + ("x" * 399 + "y") * 3, id="the longest circle"),
        pytest.param('{"a":[' * 50, id="brackets"),
    ],
)
def test_circles_are_seen(looping: str) -> None:
    assert ends_in_loop(looping)
    guard = LoopGuard(100_000)
    with pytest.raises(ModelBrokenError, match="gjentok"):
        deque(map(guard.feed, looping * 3))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(f"{SENTENCE} " * 3, id="a sentence three times"),
        pytest.param("| --- | --- |" + "-" * 120, id="a line across a table"),
        pytest.param("\n".join(f"- Plikt nummer {n}: se § {n}-1." for n in range(1, 40)), id="a list"),
        pytest.param('{"sentences": [' + ", ".join(f'{{"text": "Setning {n}.", "ids": [{n}]}}' for n in range(30)) + "]}", id="JSON"),
        pytest.param(f"{SENTENCE} " * 8 + "Og så noe helt annet, for nå er det nok.", id="a circle that was left again"),
    ],
)  # fmt: skip
def test_what_is_no_circle_is_left_alone(text: str) -> None:
    assert not ends_in_loop(text)


def test_more_than_was_asked_for_is_cut() -> None:
    guard = LoopGuard(100)
    guard.feed("x" * 50 + "y" * 50)
    with pytest.raises(ModelBrokenError, match="for langt"):
        guard.feed("z")
