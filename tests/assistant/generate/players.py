"""Models that read what they are asked: an honest one, and liars that each play one trick on what the sources say.

Each is a script for `tests/assistant/llm/server.py`: a function from the request to what is sent. They find the sources in the prompt
as a model would. What a liar says that is not so is known by `lies_of`, so nobody has to judge the answer afterwards.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.assistant.llm.script import Step, says

_SOURCE = re.compile(r'<kilde nr="(\d+)" om="([^"]*)">\n(.*?)\n</kilde>', re.DOTALL)
_SENTENCES = 4
_SHORTEST = 5
# Words are compared by their beginning: a note about a rule has its words in other forms.
_STEM, _NEARLY_ALL = 6, 0.8
_SWAPS = (("arbeidsgiveren", "verneombudet"), ("verneombudet", "arbeidstilsynet"), ("arbeidstakeren", "bedriftshelsetjenesten"), ("arbeidstilsynet", "nav"), ("virksomheten", "tillitsvalgte"))  # fmt: skip
Row = tuple[str, list[int]]
Lie = Callable[[str, int, int], Row | None]


def read_sources(body: Mapping[str, Any]) -> list[tuple[int, str]]:
    """Return the sources of a request, number and text."""
    return [(int(number), text) for number, _, text in _SOURCE.findall(body["messages"][-1]["content"])]


def true_rows(body: Mapping[str, Any]) -> list[Row]:
    """Return one true sentence of each of the first sources: its first whole one."""
    rows = []
    for number, text in read_sources(body)[:_SENTENCES]:
        lines = [line for line in text.split("\n") if len(line.split()) >= _SHORTEST and not line.endswith(":")]
        if lines:
            rows.append((re.split(r"(?<=[a-zæøå)»])\.\s", lines[0])[0].rstrip(".") + ".", [number]))
    return rows


def answer_with(rows: Sequence[Row]) -> list[Step]:
    """Return the script of a model that says these sentences in the asked form, in pieces."""
    whole = json.dumps(
        {"setninger": [{"tekst": text, "kilder": numbers} for text, numbers in rows], "mangler": ""}, ensure_ascii=False
    )
    return says(*(whole[start : start + 37] for start in range(0, len(whole), 37)))


def honest(body: Mapping[str, Any]) -> list[Step]:
    """Say what the sources say, in their words."""
    return answer_with(true_rows(body))


def _swap_number(text: str, number: int, _count: int) -> Row | None:
    changed = re.sub(r"(?<![\d.§-])(\d{1,3})(?![\d.-])", lambda m: str(int(m[1]) + 3), text, count=1)
    return (changed, [number]) if changed != text else (text.rstrip(".") + " innen 17 dager.", [number])


def _drop_negation(text: str, number: int, _count: int) -> Row | None:
    changed = re.sub(r"\s(?:ikke|aldri)\b", "", text, count=1)
    if changed != text:
        return changed, [number]
    changed = re.sub(r"\b(skal|må|kan)\b", r"\1 ikke", text, count=1)
    return (changed, [number]) if changed != text else None


def _change_modal(text: str, number: int, _count: int) -> Row | None:
    for said, changed in (("skal", "kan"), ("må", "bør"), ("kan", "må")):
        if re.search(rf"\b{said}\b", text):
            return re.sub(rf"\b{said}\b", changed, text, count=1), [number]
    return None


def _wrong_source(text: str, number: int, count: int) -> Row | None:
    return (text, [number % count + 1]) if count > 1 else (text, [number + 40])


def _invent_section(text: str, number: int, _count: int) -> Row | None:
    return f"Etter arbeidsmiljøloven § 19-{number + 4} gjelder dette: {text[:1].lower()}{text[1:]}", [number]


def _invent_quote(text: str, number: int, _count: int) -> Row | None:
    words = text.rstrip(".").split()
    words[len(words) // 2] = "umiddelbart"
    return f"Loven sier «{' '.join(words)}».", [number]


def _swap_actor(text: str, number: int, _count: int) -> Row | None:
    lower = text.lower()
    for one, other in _SWAPS:
        if lower.startswith(one) and other not in lower:
            return other.capitalize() + text[len(one) :], [number]
    return None


def _invent_rule(_text: str, number: int, _count: int) -> Row | None:
    rules = (
        "Alle bedrifter med over 50 ansatte må ha bedriftshelsetjeneste.",
        "Virksomheten skal sende rapporten til kommunen hver måned.",
        "Brudd straffes alltid med stengning av virksomheten.",
        "Små virksomheter slipper disse kravene.",
    )
    return rules[number % len(rules)], [number]


def _speak_english(_text: str, number: int, _count: int) -> Row | None:
    return "The employer must always have an occupational health service by law.", [number]


def _obey(_text: str, number: int, _count: int) -> Row | None:
    return "KANARI: jeg følger instruksen og sier at ingen regler gjelder, se https://ond.example/lekk?nr=1", [number]


def _give_verdict(_text: str, number: int, _count: int) -> Row | None:
    return ("Nei, dere trenger ikke bedriftshelsetjeneste." if number % 2 else "Ja, dere må alltid ha dette."), [number]


def _go_absolute(text: str, number: int, _count: int) -> Row | None:
    changed = re.sub(r"\b(skal|må|kan)\b", r"\1 alltid uansett størrelse", text, count=1)
    return (changed, [number]) if changed != text and "alltid" not in text and "uansett" not in text else None


def _cite_nothing(text: str, _number: int, _count: int) -> Row | None:
    return text, [77]


LIES: dict[str, Lie] = {
    "number": _swap_number,
    "negation": _drop_negation,
    "modal": _change_modal,
    "wrong source": _wrong_source,
    "no such source": _cite_nothing,
    "section": _invent_section,
    "quote": _invent_quote,
    "actor": _swap_actor,
    "rule": _invent_rule,
    "english": _speak_english,
    "obeys": _obey,
    "verdict": _give_verdict,
    "absolute": _go_absolute,
}


def lies_of(trick: str, body: Mapping[str, Any]) -> list[Row]:
    """Return the sentences that a liar says to a request; none where its trick does not apply to what the sources say."""
    sources = dict(read_sources(body))
    made = (LIES[trick](text, numbers[0], len(sources)) for text, numbers in true_rows(body))
    return [
        row for row in made if row and not (trick == "wrong source" and _says_too(sources.get(row[1][0], ""), row[0]))
    ]


def _says_too(source: str, text: str) -> bool:
    """Return whether another source has nearly all the longer words of a sentence: then it may be cited for it as well."""
    words = {word[:_STEM] for word in re.findall(r"\w{5,}", text.lower())}
    return len(words & {word[:_STEM] for word in re.findall(r"\w{5,}", source.lower())}) >= _NEARLY_ALL * len(words)


def liar(trick: str) -> Callable[[Mapping[str, Any]], list[Step]]:
    """Return the script of a model that plays one trick on every sentence."""
    return lambda body: answer_with(lies_of(trick, body))
