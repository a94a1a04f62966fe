"""Duties by headcount: which question is about which, and what holds for how many. The bounds are those of facts.toml."""

import pytest

from corpus.document import Verdict
from corpus.library import Library, load_library
from corpus.thresholds import Threshold
from tests.corpus.reference import numbers_in

THRESHOLDS = {t.threshold_id: t for t in load_library().thresholds}
each_threshold = pytest.mark.parametrize("threshold", THRESHOLDS.values(), ids=list(THRESHOLDS))
YES, NO, DEPENDS = Verdict.YES, Verdict.NO, Verdict.DEPENDS


@pytest.mark.parametrize(
    ("duty", "employees", "verdict"),
    [
        # AML § 6-1: another arrangement may be agreed below 5.
        ("verneombud", 1, DEPENDS),
        ("verneombud", 4, DEPENDS),
        ("verneombud", 5, YES),
        # AML § 7-1: from 30; between 10 and 30 on demand.
        ("amu", 1, NO),
        ("amu", 9, NO),
        ("amu", 10, DEPENDS),
        ("amu", 29, DEPENDS),
        ("amu", 30, YES),
        # AML § 2 A-6: from 5.
        ("varslingsrutiner", 4, DEPENDS),
        ("varslingsrutiner", 5, YES),
        # AML § 8-1: from 50.
        ("informasjon-og-drofting", 49, NO),
        ("informasjon-og-drofting", 50, YES),
        ("verneombud", 100_000, YES),
    ],
)
def test_the_bounds_are_those_of_the_law(duty: str, employees: int, verdict: Verdict) -> None:
    band = THRESHOLDS[duty].band_for(employees)
    assert band is not None
    assert band.verdict is verdict


@pytest.mark.parametrize("duty", ["verneombud", "amu", "varslingsrutiner", "informasjon-og-drofting"])
def test_nobody_employed_falls_in_no_band(duty: str) -> None:
    assert THRESHOLDS[duty].band_for(0) is None


@pytest.mark.parametrize("employees", [1, 5, 20, 50, 1000])
def test_headcount_never_decides_bht(employees: int) -> None:
    assert THRESHOLDS["bht"].band_for(employees) is None
    assert THRESHOLDS["bht"].accepted == ()


@pytest.mark.parametrize(
    ("question", "duties"),
    [
        ("må vi ha verneombud når vi er 7", ["verneombud"]),
        ("treng vi verneombod", ["verneombud"]),
        ("do we need a safety representative", ["verneombud"]),
        ("når må vi ha hovedverneombud", []),
        ("hvor mange timer er kurset for verneombud", []),
        ("når må vi ha amu", ["amu"]),
        ("hvor mange møter skal amu ha", []),
        ("hvor mange må vi være for å ha arbeidsmiljøutvalg", ["amu"]),
        ("må vi ha rutiner for varsling", ["varslingsrutiner"]),
        ("hva er varsling", []),
        ("må vi ha bht", ["bht"]),
        ("hvor mange årsverk må en bht ha", []),
        ("hvem skal drøfte arbeidsplanen", []),
        ("må vi ha informasjon og drøfting med tillitsvalgte", ["informasjon-og-drofting"]),
        ("hva er internkontroll", []),
        ("", []),
    ],
)
def test_a_question_matches_the_duties_it_is_about(question: str, duties: list[str]) -> None:
    assert [t.threshold_id for t in THRESHOLDS.values() if t.match(question)] == duties


@each_threshold
def test_bands_go_from_the_highest_down_to_one_employee(threshold: Threshold) -> None:
    starts = [band.start for band in threshold.bands]
    assert starts == sorted(set(starts), reverse=True)
    assert starts == [] or starts[-1] == 1


@each_threshold
def test_every_bound_is_a_number_the_rule_accepts(threshold: Threshold) -> None:
    assert {str(band.start) for band in threshold.bands} - {"1"} <= set(threshold.accepted)


@each_threshold
def test_every_lead_names_the_headcount(threshold: Threshold) -> None:
    assert all("{n}" in band.lead for band in threshold.bands)


@each_threshold
def test_a_lead_denies_the_duty_exactly_where_the_verdict_is_no(threshold: Threshold) -> None:
    for band in threshold.bands:
        assert band.lead.startswith(("Nei", "Ikke")) is (band.verdict is NO), band.lead


@each_threshold
def test_the_numbers_stand_in_the_provisions_that_prove_them(threshold: Threshold, library: Library) -> None:
    texts = []
    for address in threshold.provisions:
        provision = library.find(address.provision_id)
        start, end = provision.span_of(address.portion) or (0, 0)
        texts.append(provision.text[start:end])
    assert all(texts)
    assert set(threshold.accepted) <= numbers_in(" ".join(texts))
