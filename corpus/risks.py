"""Risks that may make bedriftshelsetjeneste a duty where the list of OLM § 13-1 does not decide. Data: corpus/core/naering/risiko.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache

from corpus.industry import FOLDER
from corpus.patterns import fold_case, word_pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A risk in the work. `question` is what to ask oneself, `words` name it in a text, `provision` is the rule about it as it is written."""

    risk_id: str
    name: str
    question: str
    words: tuple[str, ...]
    provision: str

    def is_named(self, folded: str) -> bool:
        """Return whether a folded text names the risk."""
        return any(word_pattern(word).search(folded) for word in self.words)


@cache
def read_risks() -> tuple[Risk, ...]:
    """Return the risks in the file's order."""
    rows = tomllib.loads((FOLDER / "risiko.toml").read_text(encoding="utf-8"))["risk"]
    return tuple(
        Risk(
            risk_id=row["id"],
            name=row["name"],
            question=row["question"],
            words=tuple(row["words"]),
            provision=row["provision"],
        )
        for row in rows
    )


def find_risks(text: str) -> tuple[Risk, ...]:
    """Return the risks that a text names, in the file's order."""
    folded = fold_case(text)
    return tuple(risk for risk in read_risks() if risk.is_named(folded))
