"""What is wrong with the values that another program sent, in Norwegian: Pydantic says it in English."""

from collections.abc import Mapping, Sequence
from typing import Any

_MOST = 3
# By Pydantic's type of error; «{name}» is the value, the rest its limits.
_SENTENCES = {
    "missing": "Mangler «{name}».",
    "extra_forbidden": "«{name}» er ukjent.",
    "string_type": "«{name}» må være tekst.",
    "string_unicode": "«{name}» har tegn som ikke er gyldig Unicode.",
    "string_too_short": "«{name}» er for kort: minst {min_length} tegn.",
    "string_too_long": "«{name}» er for lang: høyst {max_length} tegn.",
    "too_long": "«{name}» har for mange verdier: høyst {max_length}.",
    "too_short": "«{name}» har for få verdier: minst {min_length}.",
    "int_type": "«{name}» må være et helt tall.",
    "int_parsing": "«{name}» må være et helt tall.",
    "int_from_float": "«{name}» må være et helt tall.",
    "int_parsing_size": "«{name}» er et for stort tall.",
    "greater_than_equal": "«{name}» må være {ge} eller mer.",
    "less_than_equal": "«{name}» må være {le} eller mindre.",
    "bool_type": "«{name}» må være true eller false.",
    "bool_parsing": "«{name}» må være true eller false.",
    "list_type": "«{name}» må være en liste.",
    "literal_error": "«{name}» må være {expected}.",
    "enum": "«{name}» må være {expected}.",
    "date_type": "«{name}» må være en dato som 2026-01-31.",
    "date_parsing": "«{name}» må være en dato som 2026-01-31.",
    "date_from_datetime_parsing": "«{name}» må være en dato som 2026-01-31.",
    "date_from_datetime_inexact": "«{name}» må være en dato uten klokkeslett, som 2026-01-31.",
    "model_attributes_type": "«{name}» må være et JSON-objekt.",
    "model_type": "«{name}» må være et JSON-objekt.",
    "dict_type": "«{name}» må være et JSON-objekt.",
    "json_invalid": "Innholdet er ikke gyldig JSON.",
}
_OTHER = "«{name}» har en verdi som ikke kan brukes."
_PLACES = ("body", "query", "path", "header")


def explain(errors: Sequence[Mapping[str, Any]]) -> str:
    """Return what is wrong, a sentence for each of the first few errors.

    Args:
        errors: As `pydantic.ValidationError.errors()` gives them.
    """
    sentences = dict.fromkeys(_sentence(error) for error in errors)
    more = len(sentences) - _MOST
    return " ".join([*list(sentences)[:_MOST], *([f"Og {more} feil til."] if more > 0 else [])])


def _sentence(error: Mapping[str, Any]) -> str:
    place = [str(part) for part in error["loc"]]
    name = ".".join(place[1:] if place[:1] and place[0] in _PLACES else place)[:60] or "innholdet"
    limits = {**error.get("ctx", {}), "name": name}
    limits["expected"] = str(limits.get("expected", "")).replace(" or ", " eller ")
    return _SENTENCES.get(error["type"], _OTHER).format_map(limits)
