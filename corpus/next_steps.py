"""What to do next, by provision. Advice, never a rule."""

import tomllib
from functools import cache
from pathlib import Path

from corpus.address import Portion, find_addresses
from corpus.core import CORE_FOLDER


@cache
def read_next_steps(known: frozenset[str], folder: Path = CORE_FOLDER) -> dict[tuple[str, Portion], str]:
    """Return the steps by provision id and part."""
    rows = tomllib.loads((folder / "neste_steg.toml").read_text(encoding="utf-8"))["step"]
    steps: dict[tuple[str, Portion], str] = {}
    for row in rows:
        for text in row["provisions"]:
            if text in known:
                steps[(text, Portion())] = row["step"]
            for mention in find_addresses(text, known):
                address = mention.candidates[0]
                steps[(address.provision_id, address.portion)] = row["step"]
    return steps


def find_next_step(steps: dict[tuple[str, Portion], str], provision_id: str, portion: Portion) -> str:
    """Return the step of the part, of what it lies in, or of the whole provision; "" when there is none."""
    for length in range(len(portion.parts), -1, -1):
        if step := steps.get((provision_id, Portion(portion.parts[:length]))):
            return step
    return ""
