"""Organisasjonsnummer: cleaning and the check digit."""

import re

from assistant.register.errors import NumberError

_LENGTH = 9
# The check digit makes the weighted sum divisible by 11; a remainder that would need the digit 10 is never given out.
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_LONGEST_INPUT = 60
_BEFORE = re.compile(r"(?:org(?:anisasjons)?[.\s]*(?:nr|nummer)[.:]*|NO(?=[\s\d-]))\s*", re.IGNORECASE)
_AFTER = re.compile(r"\s*MVA\.?$", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s.\-–]+")
_WRITE_SO = "Skriv de ni sifrene i organisasjonsnummeret, for eksempel «123 456 785»."


def parse_number(text: str) -> str:
    """Return the nine digits of an organisasjonsnummer written by a person.

    Spaces, full stops, hyphens, "Org.nr.", "NO" before and "MVA" after are taken away.

    Args:
        text: What was written.

    Raises:
        NumberError: It has letters, another length than nine, or a check digit that does not fit.
    """
    if len(text) > _LONGEST_INPUT:
        raise NumberError(f"Dette er for langt til å være et organisasjonsnummer. {_WRITE_SO}")
    digits = _strip(text)
    if not digits:
        raise NumberError(f"Det mangler et organisasjonsnummer. {_WRITE_SO}")
    if not (digits.isascii() and digits.isdigit()):
        raise NumberError(f"Et organisasjonsnummer har bare sifre, men her står det også andre tegn. {_WRITE_SO}")
    if len(digits) == 11:  # never repeated: it may be a person's
        raise NumberError(f"Dette har 11 sifre, som et fødselsnummer. Oppgi aldri fødselsnummer her. {_WRITE_SO}")
    if len(digits) != _LENGTH:
        raise NumberError(f"Et organisasjonsnummer har 9 sifre, men dette har {len(digits)}. {_WRITE_SO}")
    if not is_valid_number(digits):
        raise NumberError(
            f"{format_number(digits)} er ikke et gyldig organisasjonsnummer: det siste sifferet, som er et kontrollsiffer, stemmer ikke "
            "med de andre. Se etter en tastefeil, eller søk på navnet i stedet."
        )
    return digits


def is_valid_number(digits: str) -> bool:
    """Return whether nine digits have the right check digit.

    Args:
        digits: Digits and nothing else.
    """
    if not (len(digits) == _LENGTH and digits.isascii() and digits.isdigit()):
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    return (11 - remainder) % 11 == int(digits[-1])


def format_number(orgnr: str) -> str:
    """Return a number in groups of three, as it is usually written.

    Args:
        orgnr: Nine digits.
    """
    return f"{orgnr[:3]} {orgnr[3:6]} {orgnr[6:]}"


def _strip(text: str) -> str:
    rest = text.strip()
    while before := _BEFORE.match(rest):
        rest = rest[before.end() :]
    return _SEPARATORS.sub("", _AFTER.sub("", rest))
