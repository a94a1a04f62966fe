"""The answers that a draft is filled in with: a TOML or JSON file, every field optional, unknown fields refused."""

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.errors import UsageError
from corpus.own.plain import decode
from corpus.own.repair import repair_text

TASKS = "oppgaver"
_MAX_BYTES = 1_000_000
_MAX_CHARACTERS = 5_000
# The letters of OLM § 13-2 stand for the tasks too.
_LETTERS = {
    "a": "kartlegging", "b": "forebygging", "c": "endringer", "d": "retningslinjer", "e": "helseovervaking",
    "f": "tilrettelegging", "g": "opplaering", "h": "henvendelser",
}  # fmt: skip
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read_answers(path: Path, fields: Mapping[str, str], tasks: Mapping[str, str]) -> dict[str, str]:
    """Return the answers of a file by field, those of the table `oppgaver` by task.

    Args:
        path: A TOML or JSON file.
        fields: The fields that there are, with what each asks for.
        tasks: The tasks that there are, with what each asks for.

    Raises:
        UsageError: The file cannot be read, or holds a field that there is none of, or a value that is no text, number or list.
    """
    values = _load(path)
    given = values.pop(TASKS, {})
    if not isinstance(given, dict):
        raise UsageError(f"«{TASKS}» i {path.name} må være en tabell med en linje for hver oppgave.")
    _refuse_unknown(values, fields, path.name)
    given = {_LETTERS.get(name.lower(), name): value for name, value in given.items()}
    _refuse_unknown(given, tasks, f"{TASKS} i {path.name}")
    return clean_answers(values | given)


def clean_answers(values: Mapping[str, Any]) -> dict[str, str]:
    """Return answers as they go into a draft: each one line of text; those that are empty are left out.

    Args:
        values: Answers by field and by task.

    Raises:
        UsageError: A value is too long, or no text, number or list.
    """
    answers = {name: _text(name, value) for name, value in values.items()}
    return {name: text for name, text in answers.items() if text}


def _load(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as opened:
            data = opened.read(_MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"Kan ikke lese svarene i {path}: {error.strerror}. Sjekk stien.") from error
    if len(data) > _MAX_BYTES:
        raise UsageError(f"{path.name} er større enn 1 MB. Svarene er korte tekster; legg bare dem i fila.")
    text = decode(data)
    is_json = path.suffix.lower() == ".json" or text.lstrip().startswith("{")
    try:
        values = json.loads(text or "{}") if is_json else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        form, example = ("JSON", '{"virksomhet": "Eksempel AS"}') if is_json else ("TOML", 'virksomhet = "Eksempel AS"')
        raise UsageError(f"{path.name} er ikke gyldig {form} ({error}). Skriv for eksempel: {example}") from error
    if not isinstance(values, dict):
        raise UsageError(
            f'{path.name} må være ett objekt med navn og svar, for eksempel {{"virksomhet": "Eksempel AS"}}.'
        )
    return values


def _refuse_unknown(given: Mapping[str, Any], known: Mapping[str, str], where: str) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise UsageError(f"Ukjente felt i {where}: {', '.join(unknown)[:200]}. Feltene som finnes: {', '.join(known)}.")


def _text(name: str, value: Any) -> str:
    """Return a value as one line of text without its full stop."""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        value = ", ".join(str(item) for item in value)
    if hasattr(value, "isoformat"):  # a date of TOML
        value = value.isoformat()
    if not isinstance(value, str | int | float):
        raise UsageError(f"Svaret på «{name}» må være tekst, et tall eller ei liste.")
    text = " ".join(_NOT_XML.sub("", repair_text(str(value))).split()).rstrip(". ")
    if len(text) > _MAX_CHARACTERS:
        raise UsageError(f"Svaret på «{name}» er på {len(text)} tegn, og grensen er {_MAX_CHARACTERS}. Kort det ned.")
    return text
