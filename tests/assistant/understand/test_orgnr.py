"""The organisasjonsnummer of a company in what people write, and the numbers that are none."""

import pytest

from assistant.understand.orgnr import STAND_IN, find_number, without_number


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("må vi ha bht? org.nr 987654321", "987654321", "må vi ha bht?"),  # with its name, a wrong digit and all
        ("sjekk 100 000 016", "100 000 016", "sjekk"),
        ("100000016", "100000016", STAND_IN),
        ("Org nr: NO 100 000 016 MVA", "100 000 016", STAND_IN),
        ("organisasjonsnummeret vårt er 100000016, må me ha bht", "100000016", "må me ha bht"),
        ("org.nr 100 000 016 30 ansatte", "100 000 016", "30 ansatte"),  # what follows is another number
        ("orgnr 12345, må vi ha bht", "12345", "må vi ha bht"),  # too short, but meant as one
        ("sjekk firmaet 923609017", "923609017", "sjekk firmaet"),  # mistyped, but meant as one
        ("100.000.016 bht?", "100.000.016", "bht?"),
    ],
)
def test_the_number_is_found_and_taken_out(text: str, number: str, rest: str) -> None:
    assert find_number(text) == number
    assert without_number(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "vi omsetter for kr 100 000 016", "omsetning 100 000 016 kr, må vi ha bht?", "sak 202412345", "tlf 22 33 44 55",
        "har bht et orgnr vi kan sjekke?", "fakturanr 100000016", "vi er 100 000 ansatte", "aml § 3-3", "kode 96.210",
        "923609017 er utgått på dato", "1000000160",
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_number(text) == ""
    assert without_number(text) == text
