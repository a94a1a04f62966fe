"""Organisasjonsnummer as people write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.register.errors import NumberError
from assistant.register.number import format_number, is_valid_number, parse_number
from tests.assistant.register import fake


@pytest.mark.parametrize(
    "text",
    [
        "123456785", "123 456 785", " 123\u00a0456\u00a0785 ", "NO 123 456 785 MVA", "no123456785mva", "NO-123456785-MVA", "123.456.785",
        "Org.nr. 123 456 785", "orgnr: 123456785", "Organisasjonsnummer 123456785", "Org. nr.: NO 123 456 785 MVA.", "123456785 mva",
    ],
)  # fmt: skip
def test_the_usual_ways_to_write_it_are_read(text: str) -> None:
    # 1*3 + 2*2 + 3*7 + 4*6 + 5*5 + 6*4 + 7*3 + 8*2 = 138 = 12*11 + 6; 11 - 6 = 5
    assert parse_number(text) == "123456785"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "mangler"),
        ("NO MVA", "mangler"),
        ("12345678A", "andre tegn"),
        ("1234567８5", "andre tegn"),  # a digit of another script
        ("Frisør AS", "andre tegn"),
        ("-123456785+", "andre tegn"),
        ("12345678", "dette har 8"),
        ("1234567850", "dette har 10"),
        ("123456784", "kontrollsiffer"),
        ("123456758", "kontrollsiffer"),  # the last two swapped
        ("9" * 100, "for langt"),
    ],
)
def test_what_is_none_is_refused_with_a_reason_and_a_remedy(text: str, says: str) -> None:
    with pytest.raises(NumberError, match=says) as caught:
        parse_number(text)
    assert "Skriv de ni sifrene" in str(caught.value) or "søk på navnet" in str(caught.value)


def test_a_number_whose_check_digit_would_be_ten_is_refused() -> None:
    # 1*3 + 1*3 + 3*2 = 12 = 11 + 1; 11 - 1 = 10
    assert not any(is_valid_number(f"10000013{digit}") for digit in range(10))


def test_a_check_digit_of_zero_is_taken() -> None:
    # 1*3 + 4*2 = 11; remainder 0
    assert parse_number("100000040") == "100000040"


def test_eleven_digits_are_not_repeated() -> None:
    with pytest.raises(NumberError, match="fødselsnummer") as caught:
        parse_number("010203 12345")
    assert "12345" not in str(caught.value).replace("123 456 785", "")


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_an_error(text: str) -> None:
    with suppress(NumberError):
        assert is_valid_number(parse_number(text))


@given(st.integers(0, 10**9 - 1).map("{:09}".format).filter(is_valid_number), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(orgnr: str, place: int, change: int) -> None:
    wrong = (int(orgnr[place]) + change) % 10
    assert not is_valid_number(f"{orgnr[:place]}{wrong}{orgnr[place + 1 :]}")


def test_a_formatted_number_is_read_again() -> None:
    assert format_number("123456785") == "123 456 785"
    assert parse_number(format_number("123456785")) == "123456785"


def test_the_invented_numbers_are_valid() -> None:
    assert all(is_valid_number(orgnr) for orgnr in (*fake.UNITS, *fake.SUB_UNITS, fake.GONE, fake.UNKNOWN, fake.FAULTY))
