"""A model's sentence against the verdict of the rules."""

import pytest

from assistant.generate.verdict import contradicts_verdict, without_verdict
from corpus.document import Verdict

YES, NO, DEPENDS = Verdict.YES, Verdict.NO, Verdict.DEPENDS


@pytest.mark.parametrize(
    ("sentence", "verdict", "expected"),
    [
        ("Ja, dere må ha verneombud.", YES, False),
        ("Ja, dere må ha verneombud.", NO, True),
        ("Nei, det trenger dere ikke.", YES, True),
        ("Nei, det trenger dere ikke.", NO, False),
        ("Det kommer an på risikoen.", YES, True),
        ("Det kommer an på risikoen.", DEPENDS, False),
        ("Ja, slik er det.", None, True),
        ("Verneombudet velges for 2 år.", None, False),
        ("Dere må ha bedriftshelsetjeneste.", DEPENDS, True),
        ("Dere må ha bedriftshelsetjeneste.", YES, False),
        ("Dere slipper å ha bedriftshelsetjeneste.", YES, True),
        ("Dere trenger ikke å ha BHT.", YES, True),
        ("Dere må ha bedriftshelsetjeneste hvis risikoen tilsier det.", DEPENDS, False),
        ("Virksomheter på lista skal ha bedriftshelsetjeneste.", DEPENDS, False),
    ],
)
def test_a_sentence_may_not_give_another_verdict(sentence: str, verdict: Verdict | None, expected: bool) -> None:
    assert contradicts_verdict(sentence, verdict) is expected


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        ("Ja, dere må ha det.", "Dere må ha det."),
        ("Nei. Det gjelder ikke.", "Det gjelder ikke."),
        ("Ja.", ""),
        ("Januar er en måned.", "Januar er en måned."),
    ],
)
def test_the_verdict_is_said_once(sentence: str, rest: str) -> None:
    assert without_verdict(sentence) == rest
