"""A sentence against the sources it cites. The sources are invented; words alone decide where no vectors are given."""

from datetime import date

import pytest

from assistant.cite import quote_segment
from assistant.verify import Reason, Source, judge_sentence
from corpus.address import Portion
from corpus.document import Kind, Level, Provision, Segment

WORK = "lov/2005-06-17-62"
KNOWN = frozenset({f"{WORK}/§9-1", f"{WORK}/§9-2", f"{WORK}/§9-7"})


def make_source(number: int, section: str, text: str) -> Source:
    provision = Provision(
        provision_id=f"{WORK}/§{section}", kind=Kind.RESTATEMENT, level=Level.LAW, source="", label=f"arbeidsmiljøloven § {section}", heading="Bad",
        path=(), text=text, segments=(Segment(portion=Portion.parse("ledd/1"), start=0, end=len(text)),), url="https://lovdata.no", checked=date(2026, 1, 1),
        in_force=date(2024, 1, 1),
    )  # fmt: skip
    return Source(number, quote_segment(provision, 0))


SOURCES = {
    1: make_source(1, "9-1", "Badeverten skal telle gjestene hver time når badet er åpent. Badeverten kan ikke forlate badet uten vikar. Arbeidstilsynet kan gi gebyr på inntil 5 G."),
    2: make_source(2, "9-2", "Arbeidsgiveren skal gi badeverten opplæring på minst 40 timer. Verneombudet skal få kopi av planen. Kommunen bør ha en badeplan. Bare voksne med under 5 barn kan bade gratis, med mindre badet er fullt."),
}  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Badeverten skal telle gjestene hver time når badet er åpent. [1]", id="word for word"),
        pytest.param("Badeverten må telle gjestene hver time når badet er åpent [1].", id="must for shall"),
        pytest.param("Arbeidsgiveren må gi badeverten minst førti timers opplæring. [2]", id="a number in words"),
        pytest.param("Etter arbeidsmiljøloven § 9-2 skal verneombudet få kopi av planen. [2]", id="its own address"),
        pytest.param("Regelen sier at «Badeverten kan ikke forlate badet uten vikar». [1]", id="an exact quote"),
        pytest.param("Arbeidstilsynet kan gi et gebyr på inntil 5 G. [1]", id="a permission"),
        pytest.param("**Verneombudet skal ha kopi av planen.** [2]", id="what somebody gets"),
    ],
)
def test_what_the_source_says_is_carried(sentence: str) -> None:
    judgement = judge_sentence(sentence, SOURCES, known=KNOWN)
    assert judgement.is_carried, judgement.reason


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Badeverten skal telle gjestene hver time.", Reason.NO_SOURCE),
        ("Badeverten skal telle gjestene hver time. [7]", Reason.UNKNOWN_SOURCE),
        ("Badeverten skal telle gjestene hver time når badet er åpent. [2]", Reason.UNLIKE),
        ("Regelen sier «Badeverten kan ikke forlate badet uten varsel». [1]", Reason.QUOTE),
        ("Etter arbeidsmiljøloven § 9-7 skal verneombudet få kopi av planen. [2]", Reason.ADDRESS),
        ("Etter § 99-1 skal verneombudet få kopi av planen. [2]", Reason.ADDRESS),
        ("Arbeidsgiveren skal gi badeverten opplæring på minst 30 timer. [2]", Reason.FIGURE),
        ("Arbeidstilsynet kan gi gebyr på over 5 G. [1]", Reason.FIGURE),
        ("Badeverten skal ikke telle gjestene hver time når badet er åpent. [1]", Reason.FORCE),
        ("Badeverten kan forlate badet uten vikar. [1]", Reason.FORCE),
        ("Badeverten kan telle gjestene hver time når badet er åpent. [1]", Reason.FORCE),
        ("Badeverten bør telle gjestene hver time når badet er åpent. [1]", Reason.FORCE),
        ("Kommunen skal ha en badeplan. [2]", Reason.FORCE),
        ("Verneombudet skal gi badeverten opplæring på minst 40 timer. [2]", Reason.ACTOR),
        ("Politiet kan gi gebyr på inntil 5 G. [1]", Reason.ACTOR),
        ("Badeverten skal alltid telle gjestene, uansett. [1]", Reason.ABSOLUTE),
        ("Les mer på https://ond.example om badeverten og gjestene. [1]", Reason.WEB),
        ("The employer must count the guests every hour by law. [1]", Reason.LANGUAGE),
        ("Dere slipper å telle gjestene. [1]", Reason.DENIAL),
        ("Badeverten skal sende måleren til fabrikken for reparasjon. [1]", Reason.UNLIKE),
    ],
)
def test_what_the_source_does_not_say_is_stopped(sentence: str, reason: Reason) -> None:
    judgement = judge_sentence(sentence, SOURCES, known=KNOWN)
    assert judgement.reason is reason


def test_the_nearest_sentence_of_the_source_is_exact() -> None:
    judgement = judge_sentence("Kommunen skal ha en badeplan. [2]", SOURCES, known=KNOWN)
    assert judgement.nearest is not None
    assert judgement.nearest.quote == "Kommunen bør ha en badeplan."
    assert judgement.nearest.provision.text[judgement.nearest.start : judgement.nearest.end] == judgement.nearest.quote


def test_vectors_may_carry_what_words_do_not() -> None:
    sentence = "Ungdommer svømmer uten billett. [2]"
    assert not judge_sentence(sentence, SOURCES, known=KNOWN, likeness=lambda one, other: 0.80).is_carried
    assert judge_sentence(
        "Opplæringen til verten varer lenge. [2]", SOURCES, known=KNOWN, likeness=lambda *_: 0.97
    ).is_carried


def test_a_source_may_be_quoted_for_its_date() -> None:
    assert judge_sentence(
        "Verneombudet skal få kopi av planen fra 1. januar 2024. [2]", SOURCES, known=KNOWN
    ).is_carried
    judgement = judge_sentence("Verneombudet skal få kopi av planen fra 1. januar 2025. [2]", SOURCES, known=KNOWN)
    assert judgement.reason is Reason.FIGURE
