"""False premises are corrected; near misses are not."""

import pytest

from assistant.answer import Outcome
from assistant.dialogue import Assistant
from corpus.document import Verdict
from corpus.library import load_library
from corpus.misunderstandings import Misunderstanding
from tests.assistant.talk import ask

LEAST_OWN_SHARE = 0.9
ACT, ORGANISING = "lov/2005-06-17-62", "forskrift/2011-12-06-1355"
ENTRIES = load_library().misunderstandings
each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.misunderstanding_id)


def test_a_limit_of_fifty_for_bht_is_corrected(bare: Assistant) -> None:
    answer = ask(bare, "Stemmer det at BHT er påbudt fra 50 ansatte?")
    assert (answer.outcome, answer.verdict) == (Outcome.CORRECTED, Verdict.NO)
    assert {f"{ACT}/§3-3", f"{ORGANISING}/§13-1"} <= {c.provision_id for c in answer.citations}


@pytest.mark.parametrize(
    ("question", "verdict", "provision"),
    [
        pytest.param("Siden vi er under 50 ansatte slipper vi vel BHT?", Verdict.DEPENDS, f"{ACT}/§3-3", id="BHT, under a number"),
        pytest.param("Verneombud er jo først påbudt fra 10 ansatte, så vi som er sju kan droppe det, sant?", Verdict.YES, f"{ACT}/§6-1", id="verneombud, with a headcount"),
        pytest.param("Stemmer det at AMU kreves fra 50 ansatte?", Verdict.NO, f"{ACT}/§7-1", id="AMU from fifty"),
        pytest.param("Hvor mange ansatte må vi være før vi må ha BHT?", None, f"{ACT}/§3-3", id="a limit that does not exist is asked for"),
        pytest.param("How many employees before an occupational health service is mandatory?", None, f"{ACT}/§3-3", id="in english"),
    ],
)  # fmt: skip
def test_a_wrong_limit_is_corrected(bare: Assistant, question: str, verdict: Verdict | None, provision: str) -> None:
    answer = ask(bare, question)
    assert (answer.outcome, answer.verdict) == (Outcome.CORRECTED, verdict)
    assert provision in {c.provision_id for c in answer.citations}


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Stemmer det at verneombud er påbudt fra 5 ansatte?", id="the right limit"),
        pytest.param("AMU er påbudt fra 30 ansatte, ikke sant?", id="the right limit for AMU"),
        pytest.param("Er det riktig at AMU kan kreves fra 10 ansatte?", id="the lower limit for AMU"),
        pytest.param("Vi er 50 ansatte, må vi ha BHT?", id="a headcount is no claim"),
        pytest.param("Vi har kun 4 ansatte, må vi ha verneombud?", id="only four is no claim"),
        pytest.param("Kun 12 ansatte her. Må vi ha AMU?", id="only twelve is no claim"),
        pytest.param("Stemmer det at verneombud velges for to år, fra 1. januar?", id="a date is no limit"),
        pytest.param("Jeg lurer på om små bedrifter slipper BHT", id="wondering is no claim"),
    ],
)
def test_what_is_not_false_is_not_corrected(bare: Assistant, question: str) -> None:
    assert ask(bare, question).outcome is not Outcome.CORRECTED


@pytest.mark.parametrize(
    ("question", "provision"),
    [
        pytest.param("Nå som BHT er på plass er det vel de som har ansvaret for HMS hos oss", f"{ACT}/§2-1", id="in passing"),
        pytest.param("Siden fastlegen må være med på dialogmøtet, hvordan finner vi en tid?", f"{ACT}/§4-6", id="a reason"),
        pytest.param("AMU må ha møte en gang i måneden, hvordan får vi tid?", f"{ORGANISING}/§3-16", id="before an open question"),
        pytest.param("Truckbeviset går ut etter fem år. Hvor bestiller jeg nytt kurs?", f"{ORGANISING}/§8-1", id="a statement of its own"),
        pytest.param("Når er fristen for å levere årsrapporten fra BHT til Arbeidstilsynet?", f"{ORGANISING}/§13-3", id="an open question that presupposes"),
        pytest.param("Hvorfor må AMU ha møte hver måned?", f"{ORGANISING}/§3-16", id="why"),
    ],
)  # fmt: skip
def test_a_premise_in_passing_is_corrected(bare: Assistant, question: str, provision: str) -> None:
    answer = ask(bare, question)
    assert answer.outcome is Outcome.CORRECTED
    assert provision in {c.provision_id for c in answer.citations}


def test_a_premise_in_passing_gets_no_verdict_and_a_claim_to_confirm_gets_no(bare: Assistant) -> None:
    assert ask(bare, "AMU må ha møte hver måned, hvordan får vi tid?").verdict is None
    assert ask(bare, "AMU må ha møte hver måned. Stemmer vel det?").verdict is Verdict.NO


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("AMU skal normalt ha fire møter i året, ikke sant?", id="a true claim"),
        pytest.param("Siden alle personskader skal registreres, hvor lager vi registeret?", id="a true reason"),
        pytest.param("Varsleren trenger jo ikke bevise noe, men hvordan undersøker vi saken?", id="a true denial"),
        pytest.param("Hun vil jobbe 20 timer overtid i uka. Er det lov?", id="a scene"),
        pytest.param("Kan verneombudet kreve å få se lista over de under 18?", id="an age is no headcount"),
        pytest.param("Hvor stor del av de minste virksomhetene følger BHT-plikten?", id="a share is no headcount"),
    ],
)  # fmt: skip
def test_what_is_true_or_only_told_is_not_corrected(bare: Assistant, question: str) -> None:
    assert ask(bare, question).outcome is not Outcome.CORRECTED


@each_entry
@pytest.mark.index
def test_every_way_of_claiming_the_false_is_corrected(assistant: Assistant, entry: Misunderstanding) -> None:
    outcomes = {variant: ask(assistant, variant).outcome for variant in entry.variants}
    assert [variant for variant, outcome in outcomes.items() if outcome is not Outcome.CORRECTED] == []


@each_entry
@pytest.mark.index
def test_a_true_or_open_question_near_it_is_not_corrected(assistant: Assistant, entry: Misunderstanding) -> None:
    outcomes = {question: ask(assistant, question).outcome for question in entry.near_misses}
    assert [question for question, outcome in outcomes.items() if outcome is Outcome.CORRECTED] == []


@pytest.mark.index
def test_most_claims_get_their_own_correction(assistant: Assistant) -> None:
    claims = [(entry, variant) for entry in ENTRIES for variant in entry.variants]
    own = sum(entry.rule in ask(assistant, variant).text for entry, variant in claims)
    assert own >= LEAST_OWN_SHARE * len(claims)


@pytest.mark.index
def test_a_correction_cites_what_the_entry_names(assistant: Assistant) -> None:
    """Every correction that says an entry's rule rests on a provision that the entry names"""
    for entry in ENTRIES:
        named = {address.provision_id for address in entry.provisions}
        for answer in (ask(assistant, variant) for variant in entry.variants):
            if entry.rule in answer.text:
                assert named & {c.provision_id for c in answer.citations}, entry.misunderstanding_id
