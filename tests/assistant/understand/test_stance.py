"""How a text asks: claim or question, must, may or need not, yes/no or open."""

import pytest

from assistant.understand.stance import (
    Modality,
    asks_confirmation,
    duty_clause,
    is_claim,
    is_yes_no,
    read_modality,
    yes_no_clause,
)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        pytest.param("Stemmer det at BHT er påbudt fra 50 ansatte?", True, id="is it true that"),
        pytest.param("Er det riktig at AMU må ha leder?", True, id="is it right that"),
        pytest.param("Is it true that only large companies need OHS?", True, id="english"),
        pytest.param("Kan du bekrefte at vi slipper?", True, id="confirm"),
        pytest.param("Jeg har hørt at vi slipper BHT, gjelder det oss?", True, id="heard"),
        pytest.param("Eg har høyrt at små verksemder slepp", True, id="nynorsk, heard"),
        pytest.param("Sjefen sier vi ikke trenger verneombud", True, id="somebody says"),
        pytest.param("Ifølge regnskapsføreren må vi ha AMU", True, id="according to"),
        pytest.param("Vi regner med at fristen er 24 timer", True, id="we reckon"),
        pytest.param("Verneombud er jo først påbudt fra 10 ansatte?", True, id="particle jo"),
        pytest.param("Alle må vel ha BHT?", True, id="particle vel"),
        pytest.param("Alle må ha BHT, ikke sant?", True, id="tag question"),
        pytest.param("OHS is mandatory for all, right?", True, id="english tag"),
        pytest.param("Siden vi er små slipper vi BHT?", True, id="because we"),
        pytest.param("Bedriftshelsetjenesten har ansvaret for hms hos oss", True, id="a plain statement"),
        pytest.param("Må vi ha BHT?", False, id="must we"),
        pytest.param("må vi ha bht", False, id="must we, unmarked"),
        pytest.param("Slipper små bedrifter BHT?", False, id="are they exempt"),
        pytest.param("Hvor ofte skal AMU møtes?", False, id="how often"),
        pytest.param("hvor ofte skal amu ha møter i året", False, id="open, unmarked"),
        pytest.param("Er det lov å jobbe alene om natta?", False, id="is it allowed"),
        pytest.param("Gi meg teksten i aml § 3-3", False, id="a request"),
        pytest.param("frisørsalong med tre ansatte", False, id="a reply"),
        pytest.param("Vi lurer på om vi må ha BHT", False, id="an indirect question"),
        pytest.param("Jeg lurer på om små bedrifter slipper BHT", False, id="an indirect question about the false"),
    ],
)
def test_a_claim_is_told_from_a_question(text: str, claim: bool) -> None:
    assert is_claim(text) is claim


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        pytest.param("Må vi ha BHT?", Modality.MUST, id="must"),
        pytest.param("må eg ha verneombod", Modality.MUST, id="nynorsk, must"),
        pytest.param("Er BHT lovpålagt?", Modality.MUST, id="mandatory"),
        pytest.param("Plikter jeg å tilby synsundersøkelse?", Modality.MUST, id="obliged"),
        pytest.param("Do we have to have a safety representative?", Modality.MUST, id="english, have to"),
        pytest.param("Kan sjefen lese journalen min?", Modality.MAY, id="may"),
        pytest.param("Er det lov å jobbe alene?", Modality.MAY, id="allowed"),
        pytest.param("Har jeg rett til å stanse arbeidet?", Modality.MAY, id="a right"),
        pytest.param("May the employer read my records?", Modality.MAY, id="english, may"),
        pytest.param("Slipper små bedrifter BHT?", Modality.NEED_NOT, id="exempt"),
        pytest.param("Er vi fritatt fra kravet?", Modality.NEED_NOT, id="exempt from a must"),
        pytest.param("Trenger vi ikke verneombud når vi er få?", Modality.NEED_NOT, id="need not"),
        pytest.param("Are small companies exempt?", Modality.NEED_NOT, id="english, exempt"),
        pytest.param("Hva er BHT?", Modality.OTHER, id="none of them"),
        pytest.param("Hvem betaler for BHT?", Modality.OTHER, id="who pays"),
    ],
)
def test_what_a_question_asks_about_is_read(text: str, modality: Modality) -> None:
    assert read_modality(text) is modality


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        pytest.param("Må vi ha BHT?", "Må vi ha BHT?", id="alone"),
        pytest.param("Vi er sju. Må vi ha AMU?", "Må vi ha AMU?", id="after a sentence"),
        pytest.param("Fem ansatte, kan vi droppe verneombud?", "kan vi droppe verneombud?", id="after a comma"),
        pytest.param(
            "Må vi ha BHT? Kan vi velge leverandør selv?", "Kan vi velge leverandør selv?", id="the last of two"
        ),
        pytest.param("trenger vi amu", "trenger vi amu", id="unmarked"),
        pytest.param("Do we have to have it?", "Do we have to have it?", id="english"),
        pytest.param("May the employer read my records?", "May the employer read my records?", id="english, may"),
        pytest.param("Plikter jeg å tilby det?", "Plikter jeg å tilby det?", id="obliged"),
        pytest.param("Hvor ofte må vi møtes?", None, id="open"),
        pytest.param("Hva gjør vi, kan noen hjelpe?", None, id="opens with a question word"),
        pytest.param("Vi må ha BHT.", None, id="a statement"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_clause_that_asks_yes_or_no_is_found(text: str, clause: str | None) -> None:
    assert yes_no_clause(text) == clause
    assert is_yes_no(text) is (clause is not None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stemmer det at vi slipper?", True),
        ("Er det ikke slik at alle må ha det?", True),
        ("Vi slipper. Stemmer vel det?", True),
        ("Sjefen sier vi slipper. Har han rett?", True),
        ("Har jeg rett til permisjon?", False),
        ("Is it correct that we need it?", True),
        ("Må vi ha det?", False),
        ("Det stemmer sikkert.", False),
    ],
)
def test_a_request_to_confirm_is_recognised(text: str, expected: bool) -> None:
    assert asks_confirmation(text) is expected


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Er vi pålagt å øve, eller er et nettkurs godt nok?", "Er vi pålagt å øve"),
        ("Holder det at jeg viser dem, eller må de ha kurs?", "må de ha kurs?"),
        ("Is it enough that I show them or do we have to get them certified?", "do we have to get them certified?"),
        ("Må vi ha hjelm eller vernesko?", "Må vi ha hjelm eller vernesko?"),
    ],
)
def test_of_two_alternatives_the_one_that_names_the_duty_is_asked(text: str, clause: str) -> None:
    assert duty_clause(text) == clause
