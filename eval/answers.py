"""Measures of one answer, deterministic and without a judge model. NaN where a measure does not apply to a question."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from assistant.answer import Outcome
from corpus.address import Portion
from corpus.document import Verdict
from corpus.errors import AddressError
from eval.generate import Generated
from eval.questions import Question
from eval.statements import statements_of
from eval.support import claims_of, is_carried, numbers_of

# Name -> whether more is better; None where it only describes.
MEASURES: Mapping[str, bool | None] = {
    "citation_validity": True,
    "support": True,
    "citation_recall": True,
    "citation_precision": True,
    "facts": True,
    "forbidden": False,
    "outcome": True,
    "verdict": True,
    "refusal_precision": True,
    "refusal_recall": True,
    "repeatable": True,
    "words": None,
    "lix": None,
    "seconds": False,
}
TextOf = Callable[[str, str], tuple[str, str] | None]
_NAN = float("nan")
_MARKER = re.compile(r"(?<!\\)\[(\d+)\]")
# As in support.py, but "3–4 ganger" is two numbers here: a fact may be either.
_ADDRESS = re.compile(
    r"§+\s*\d+(?:\s?[a-zæøå](?=\s?[-–]))?(?:\s?[-–]\s?\d+[a-z]?)?|\b\d+(?:\s[a-z](?=[-–]))?-\d+[a-z]?\b", re.IGNORECASE
)
# A question whose yes is that there is no duty.
_TURNED = re.compile(
    r"slipp|slepp|slapp|fritatt|fritak|unntatt|unnateke|exempt|\b(?:ikke|ikkje|not|don't)\b", re.IGNORECASE
)


def measure_answer(question: Question, generated: Generated, text_of: TextOf) -> dict[str, float]:
    """Return the measures of one answer, by name.

    `citation_validity`: share of the citations whose quote is the span of the stored text, character for character, whose
    label names that provision and part, and which a marker in the answer points to; a marker to no citation is invalid too. `support`: share of the sentences that must be carried
    (support.py) that are. `citation_recall`: share of the needed groups that are cited; `citation_precision`: share of the
    cited provisions that are relevant at all. `facts`, `forbidden`: share of the wanted strings that are there; count of the
    unwanted. `verdict` is defined where a verdict is expected, or one was given; an answer that opens with another word than its
    verdict is wrong. `refusal_precision` is defined for what was refused, `refusal_recall` for what nothing but a refusal is right.

    Args:
        question: The question with its labels.
        generated: What came back.
        text_of: Label and text of a provision by id and kind, None when there is none.
    """
    answer: Mapping[str, Any] = generated.answer or {"outcome": Outcome.ABSTAINED.value, "citations": [], "answer": ""}
    text, citations = answer["answer"], answer["citations"]
    refused = answer["outcome"] == Outcome.ABSTAINED.value
    marked = {int(n) for n in _MARKER.findall(text)}
    cited = list(dict.fromkeys(c["provision_id"] for c in citations if c["n"] in marked))
    return {
        "citation_validity": _validity(citations, marked, text_of),
        "support": _NAN if refused and not citations else _support(question, text, citations, text_of),
        "citation_recall": _mean(bool(set(group) & set(cited)) for group in question.needed),
        "citation_precision": _mean(i in question.relevant for i in cited) if question.needed else _NAN,
        "facts": _mean(any(holds(text, way) for way in fact) for fact in question.facts),
        "forbidden": float(sum(holds(text, claim) for claim in question.forbidden)),
        "outcome": float(answer["outcome"] in question.outcomes),
        "verdict": _verdict(question, answer),
        "refusal_precision": float(question.may_refuse) if refused else _NAN,
        "refusal_recall": float(refused) if set(question.outcomes) == {Outcome.ABSTAINED.value} else _NAN,
        "repeatable": float(generated.is_repeatable),
        "words": float(len(_words(plain(text)))) if not refused else _NAN,
        "lix": lix(text) if not refused else _NAN,
        "seconds": generated.seconds,
    }


def plain(text: str) -> str:
    """Return an answer without its markers and Markdown."""
    shown = re.sub(r"^\s*(?:>|[-*]\s)\s*", "", _MARKER.sub("", text), flags=re.MULTILINE).replace("**", "")
    return re.sub(r"\\(\W)", r"\1", shown)


def holds(text: str, wanted: str) -> bool:
    """Return whether an answer holds a string, case, spacing, markers and Markdown aside.

    A number is whole, and not a piece of a provision's address unless the string is one: "4" is not in "§ 4-1" or in the
    marker of a citation.
    """
    pattern = r"\s+".join(map(re.escape, wanted.lower().split()))
    if not pattern:
        return False
    before = r"(?<![\d.,])(?<!\d )" if wanted[:1].isdigit() else ""
    after = r"(?![.,]?\d)" if wanted[-1:].isdigit() else ""
    searched = " ".join(plain(text).lower().split())
    if not _ADDRESS.search(wanted):
        searched = _ADDRESS.sub("§", searched)
    return bool(re.search(before + pattern + after, searched))


def lix(text: str) -> float:
    """Return the readability index LIX: words a sentence + percentage of words of more than six letters. NaN without words.

    Source: C. H. Björnsson, Läsbarhet (1968). About 30 is easy, 40 is middling, 50 and more is what laws are written in.
    """
    shown = plain(text)
    words = _words(shown)
    # A line of a list or a paragraph ends a sentence too.
    sentences = max(1, len(re.findall(r"[.!?:]+[»)]*(?=\s|$)|(?<![.!?:\s])\s*(?:\n|$)", shown.strip())))
    return len(words) / sentences + 100 * sum(len(w) > 6 for w in words) / len(words) if words else _NAN


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _verdict(question: Question, answer: Mapping[str, Any]) -> float:
    """Return whether the verdict is right; NaN where none is expected and none is given: nothing to be right about."""
    given = answer.get("verdict")
    if given is None and set(question.verdicts) == {None}:
        return _NAN
    return float(given in question.verdicts and not _opens_otherwise(question, answer))


def _opens_otherwise(question: Question, answer: Mapping[str, Any]) -> bool:
    """Return whether the answer opens with "Ja" and has the verdict "nei", or the other way about.

    To "do we get out of it" a duty is a no, and a correction opens with "Nei, det stemmer ikke" whatever the duty is.
    """
    opening = re.match(r"(?:ja|nei)\b", plain(answer["answer"]).strip().lower())
    if not opening or answer["outcome"] == Outcome.CORRECTED.value or _TURNED.search(question.question):
        return False
    return {opening[0], answer.get("verdict")} == {Verdict.YES.value, Verdict.NO.value}


def _validity(citations: Sequence[Mapping[str, Any]], marked: set[int], text_of: TextOf) -> float:
    lost = marked - {c["n"] for c in citations}
    return _mean([*(c["n"] in marked and _is_valid(c, text_of) for c in citations), *(False for _ in lost)])


def _is_valid(citation: Mapping[str, Any], text_of: TextOf) -> bool:
    found = text_of(citation["provision_id"], citation["kind"])
    if found is None:
        return False
    label, text = found
    span = text[citation["start"] : citation["end"]]
    return bool(span.strip()) and span == citation["quote"] and citation["label"] == _label(label, citation["portion"])


def _label(label: str, portion: str) -> str:
    """Return what a part of a provision is cited as, "" when there is no such part."""
    try:
        return f"{label} {Portion.parse(portion).format()}".strip()
    except AddressError:
        return ""


def _support(question: Question, text: str, citations: Iterable[Mapping[str, Any]], text_of: TextOf) -> float:
    said = " ".join((question.question, *(turn.content for turn in question.history)))
    numbers = numbers_of(said)
    behind: dict[int, list[str]] = {}
    for citation in citations:
        found = text_of(citation["provision_id"], citation["kind"])
        read = statements_of(citation["provision_id"], numbers) if found else ()
        behind[citation["n"]] = [*(found or ()), citation["label"], *_all_texts(citation, text_of), *read]
    return _mean(is_carried(c.text, [t for n in c.cited for t in behind.get(n, [])], said) for c in claims_of(text))


def _all_texts(citation: Mapping[str, Any], text_of: TextOf) -> list[str]:
    """Return the restatement and the official text of what is cited: one is shown while the other is cited."""
    found = (text_of(citation["provision_id"], kind) for kind in ("gjengivelse", "lovtekst"))
    return [text for pair in found if pair for text in pair]


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return math.fsum(found) / len(found) if found else _NAN
