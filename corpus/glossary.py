"""Terms of the field with what people call them. Format: docs/core-format.md."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.core import CORE_FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term with its meaning and other forms. `abbreviations` are matched in capitals as written."""

    term: str
    abbreviations: tuple[str, ...]
    definition: str
    forms: tuple[str, ...]
    provisions: tuple[str, ...]
    related: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms, and a look-up of the ones a text holds."""

    terms: tuple[Term, ...]

    def find(self, text: str) -> Iterator[Term]:
        """Yield the terms that a text names in any of their forms, longest form first, each once."""
        folded, seen = text.lower(), set()
        for form, term in _forms(self.terms):
            # "IA" and "G" count in capitals only; "HVO" has no endings, or it would be found in "hvor".
            in_capitals = form in term.abbreviations and len(form) < 3
            wanted, held = (form, text) if in_capitals else (form.lower(), folded)
            if (
                term.term in seen or wanted not in held
            ):  # most are nowhere, and that is quicker to see without a pattern
                continue
            pattern = _exact(wanted) if len(form) < _INFLECTED else _inflected(form)
            if pattern.search(held):
                seen.add(term.term)
                yield term


_INFLECTED = 5


@cache
def _exact(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\wæøå]){re.escape(form)}(?![\wæøå])")


@cache
def _inflected(form: str) -> re.Pattern[str]:
    """Return the pattern of a form with any of the endings a Norwegian noun takes."""
    ending = r"(?:e?n|e?t|a|e?r|e?ne|ane|ar|s|ens|ets)?"
    return re.compile(rf"(?<![\wæøå]){re.escape(form.lower())}{ending}(?![\wæøå])")


@cache
def _forms(terms: tuple[Term, ...]) -> tuple[tuple[str, Term], ...]:
    pairs = [(form, t) for t in terms for form in (t.term, *t.forms, *t.abbreviations)]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def read_glossary(folder: Path = CORE_FOLDER) -> Glossary:
    """Return the glossary."""
    rows = tomllib.loads((folder / "ordliste.toml").read_text(encoding="utf-8"))["term"]
    return Glossary(
        tuple(
            Term(
                term=row["term"],
                abbreviations=tuple(row.get("abbreviations", ())),
                definition=row["definition"],
                forms=tuple(w.lower() for key in ("synonyms", "nynorsk", "english") for w in row.get(key, ())),
                provisions=tuple(row.get("provisions", ())),
                related=tuple(row.get("related", ())),
            )
            for row in rows
        )
    )
