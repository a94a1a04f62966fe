"""Settings as people write them, read one by one. Each reader takes the value and the words that a complaint names it by."""

import math
import re

from assistant.errors import SettingsError
from assistant.llm.address import parse_model_address
from assistant.nynorsk.language import Language
from assistant.secret import Secret

_SWITCH = {"true": True, "1": True, "ja": True, "false": False, "0": False, "nei": False}
_LANGUAGES = {"nb": Language.BOKMAAL, "bokmål": Language.BOKMAAL, "nn": Language.NYNORSK, "nynorsk": Language.NYNORSK}
_LEAST_TOKEN = 16
_MOST_SECONDS, _MOST_TOKENS, _MOST_PORT = 3600, 100_000, 65_535


def read_text(value: object, where: str) -> str:
    """Return a line of text.

    Raises:
        SettingsError: It is something else.
    """
    if not isinstance(value, str) or not value.strip().isprintable():
        raise SettingsError(f'{where} må være tekst på én linje, i anførselstegn i bht.toml: host = "127.0.0.1".')
    return value.strip()


def read_port(value: object, where: str) -> int:
    """Return the number of a port, 0 for any free one.

    Raises:
        SettingsError: There is no such port.
    """
    return _whole(value, where, 0, _MOST_PORT)


def read_rate(value: object, where: str) -> int:
    """Return how many requests a minute, 0 for any number.

    Raises:
        SettingsError: It is no whole number.
    """
    return _whole(value, where, 0, 10**9)


def read_tokens(value: object, where: str) -> int:
    """Return a length in tokens.

    Raises:
        SettingsError: It is no whole number, or too large.
    """
    return _whole(value, where, 1, _MOST_TOKENS)


def read_seconds(value: object, where: str) -> float:
    """Return a time, at most an hour.

    Raises:
        SettingsError: It is none.
    """
    number = _number(value)
    if not 0 < number <= _MOST_SECONDS:
        raise SettingsError(f"{where} må være et tall over 0 og ikke over {_MOST_SECONDS}, ikke «{value}».")
    return number


def read_switch(value: object, where: str) -> bool:
    """Return whether something is on.

    Raises:
        SettingsError: It is neither yes nor no.
    """
    switched = _SWITCH.get(str(value).strip().lower())
    if switched is None:
        raise SettingsError(f"{where} må være 1 (ja) eller 0 (nei), ikke «{value}».")
    return switched


def read_language(value: object, where: str) -> Language:
    """Return a written language.

    Raises:
        SettingsError: It is none of ours.
    """
    language = _LANGUAGES.get(str(value).strip().lower())
    if language is None:
        raise SettingsError(f"{where} må være nb (bokmål) eller nn (nynorsk), ikke «{value}».")
    return language


def read_model_url(value: object, where: str) -> str:
    """Return the address of a language model.

    Raises:
        SettingsError: It is none, or goes unencrypted to somebody else's machine.
    """
    address = read_text(value, where)
    if address:
        parse_model_address(address)
    return address


def read_key(value: object, where: str) -> Secret:
    """Return the key of a language model; a complaint never repeats it.

    Raises:
        SettingsError: It cannot be a key.
    """
    key = value.strip() if isinstance(value, str) else ""
    if not isinstance(value, str) or not key.isascii() or not key.isprintable() or " " in key:
        raise SettingsError(f"{where} er ikke en nøkkel: den må være tekst uten mellomrom og norske bokstaver.")
    return Secret(key)


def read_token(value: object, where: str) -> str:
    """Return what other programs must show; a complaint never repeats it.

    Raises:
        SettingsError: It is too short to be safe.
    """
    if not isinstance(value, str) or len(value) < _LEAST_TOKEN or not value.isascii():
        raise SettingsError(
            f"{where} må være minst {_LEAST_TOKEN} tegn uten æ, ø og å. Lag en med: openssl rand -hex 32"
        )
    return value


def read_header(value: object, where: str) -> str:
    """Return the name of a header.

    Raises:
        SettingsError: It cannot be one.
    """
    if not (isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9-]{1,64}", value)):
        raise SettingsError(f"{where} må være navnet på et felt, for eksempel X-Forwarded-User.")
    return value


def _whole(value: object, where: str, least: int, most: int) -> int:
    number = _number(value)
    if not number.is_integer() or not least <= number <= most:
        raise SettingsError(f"{where} må være et helt tall fra {least} til {most}, ikke «{value}».")
    return int(number)


def _number(value: object) -> float:
    """Return the number, NaN for what is none; True is none."""
    try:
        return math.nan if isinstance(value, bool) else float(str(value))
    except ValueError:
        return math.nan
