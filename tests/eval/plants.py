"""Faults to plant in an answer. Each returns the broken answer, or None where there is nothing to break."""

import re
from collections.abc import Callable
from typing import Any

from eval.questions import Question
from eval.support import claims_of, numbers_of

Answer = dict[str, Any]
# No part of an address, of a list's numbering or of an abbreviation.
_HEADING = re.compile(r"^\*\*[^*]*§ [\dA-Za-z -]+: ")
_NUMBER = re.compile(r"(?<![\d.,§–-])(?<!§ )(?<!nr\. )(?<!^)\b\d+(?:,\d+)?\b(?![-–.,]\d|\)|\. |\.$)")
_DUTY = re.compile(r"\b(?:skal|må)\b(?! ikke)")
_NOT = re.compile(r"\bikke ")
_FLIPPED = {"ja": "nei", "nei": "ja", "avhenger": "ja"}


def _say_otherwise(answer: Answer, pattern: re.Pattern[str], change: Callable[[str], str]) -> Answer | None:
    """Return the answer with the first match in one of its claims changed; the heading of a provision is no claim of a rule."""
    headings = [line for line in answer["answer"].split("\n") if _HEADING.search(line)]
    for claim in claims_of(answer["answer"]):
        match = None if any(claim.text in line for line in headings) else pattern.search(claim.text)
        if match and claim.text in answer["answer"]:
            turned = f"{claim.text[: match.start()]}{change(match[0])}{claim.text[match.end() :]}"
            return answer | {"answer": answer["answer"].replace(claim.text, turned, 1)}
    return None


def _cite_otherwise(answer: Answer, **changes: Any) -> Answer | None:
    """Return the answer with its first citation changed."""
    first, *rest = answer["citations"]
    return answer | {"citations": [first | changes, *rest]}


def put_in_a_wrong_number(question: Question, answer: Answer) -> Answer | None:
    """Double a number and add one, or more where the question has that number."""
    asked = numbers_of(question.question)

    def other(number: str) -> str:
        wrong = 2 * int(number.split(",")[0]) + 1
        return str(next(n for n in range(wrong, wrong + 100) if str(n) not in asked))

    return _say_otherwise(answer, _NUMBER, other)


def put_in_a_negation(question: Question, answer: Answer) -> Answer | None:
    """Make "skal" "skal ikke"."""
    return _say_otherwise(answer, _DUTY, lambda duty: f"{duty} ikke")


def take_out_a_negation(question: Question, answer: Answer) -> Answer | None:
    """Leave out "ikke"."""
    return _say_otherwise(answer, _NOT, lambda _: "")


def make_a_duty_a_permission(question: Question, answer: Answer) -> Answer | None:
    """Make "skal" "kan"."""
    return _say_otherwise(answer, _DUTY, lambda _: "kan")


def add_a_rule_without_a_source(question: Question, answer: Answer) -> Answer | None:
    """Say something that nobody said."""
    return answer | {"answer": f"{answer['answer']}\n\nHver ansatt skal dessuten ha gratis lunsj."}


def add_a_rule_with_a_source(question: Question, answer: Answer) -> Answer | None:
    """Say something that the source does not say."""
    return answer | {"answer": f"{answer['answer']}\n\nHver ansatt skal dessuten ha gratis lunsj. [1]"}


def invent_a_quote(question: Question, answer: Answer) -> Answer | None:
    """Quote what does not stand there."""
    return _cite_otherwise(answer, quote="Arbeidsgiveren skal betale lunsj for alle ansatte.")


def move_the_quote(question: Question, answer: Answer) -> Answer | None:
    """Point beside the quote."""
    first = answer["citations"][0]
    return _cite_otherwise(answer, start=first["start"] + 1, end=first["end"] + 1)


def swap_the_label(question: Question, answer: Answer) -> Answer | None:
    """Call the provision by the name of another."""
    return _cite_otherwise(answer, label="arbeidsmiljøloven § 20-1 første ledd")


def swap_the_part(question: Question, answer: Answer) -> Answer | None:
    """Name another ledd than the one that is cited."""
    return _cite_otherwise(answer, label=f"{answer['citations'][0]['label']} niende ledd")


def lose_a_marker(question: Question, answer: Answer) -> Answer | None:
    """Point to a citation that is not there."""
    return answer | {"answer": answer["answer"].replace("[1]", "[99]")}


def flip_the_verdict(question: Question, answer: Answer) -> Answer | None:
    """Say yes for no."""
    flipped = _FLIPPED.get(answer["verdict"] or "")
    return answer | {"verdict": flipped} if flipped and flipped not in question.verdicts else None


def leave_out_the_verdict(question: Question, answer: Answer) -> Answer | None:
    """Give none where one is expected."""
    return answer | {"verdict": None} if answer["verdict"] and None not in question.verdicts else None


def claim_what_is_forbidden(question: Question, answer: Answer) -> Answer | None:
    """Add a claim that the answer must not make."""
    return answer | {"answer": f"{answer['answer']}\n\n{question.forbidden[0]}"} if question.forbidden else None
