"""Measures the assistant on the labelled questions, without a judge model.

Usage: python -m eval.measure [dataset ...] (standard: dev60 dev-refusal)
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, fields

from assistant.answer import Answer
from assistant.dialogue import Assistant
from assistant.errors import QuestionError
from assistant.settings import load_settings
from eval.questions import Question, read_questions

STANDARD = ("dev60", "dev-refusal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Shares in [0, 1], NaN when nothing was asked of the kind; `forbidden` is a count.

    `recall`: questions whose answer cites a provision graded 3. `facts`: required strings found in the answer.
    """

    questions: int
    outcome: float
    verdict: float
    recall: float
    facts: float
    forbidden: int
    refusal_precision: float
    refusal_recall: float


def measure(assistant: Assistant, questions: list[Question]) -> Figures:
    """Return the figures over the questions; what is no question to the assistant counts as refused."""
    pairs = [(q, _ask(assistant, q)) for q in questions]
    gold = [(q, a) for q, a in pairs if 3 in q.relevant.values()]
    wanted = [(q, fact) for q in questions for fact in q.must_contain]
    texts = {q.question_id: a.text.lower() if a else "" for q, a in pairs}
    refused = [(q, a) for q, a in pairs if a is None or a.refused]
    to_refuse = [q for q in questions if q.expected_outcome == "abstained"]
    right = sum(q.expected_outcome == "abstained" for q, _ in refused)
    return Figures(
        questions=len(questions),
        outcome=_share(_outcome(a) == q.expected_outcome for q, a in pairs),
        verdict=_share((a.verdict if a else None) == q.expected_verdict for q, a in pairs),
        recall=_share(_cites_gold(q, a) for q, a in gold),
        facts=_share(fact.lower() in texts[q.question_id] for q, fact in wanted),
        forbidden=sum(claim.lower() in texts[q.question_id] for q in questions for claim in q.must_not_contain),
        refusal_precision=right / len(refused) if refused else float("nan"),
        refusal_recall=right / len(to_refuse) if to_refuse else float("nan"),
    )


def _ask(assistant: Assistant, question: Question) -> Answer | None:
    try:
        return assistant.ask(question.question, question.history)
    except QuestionError:
        return None


def _outcome(answer: Answer | None) -> str:
    return answer.outcome.value if answer else "abstained"


def _cites_gold(question: Question, answer: Answer | None) -> bool:
    cited = {c.provision_id for c in answer.citations} if answer else set()
    return any(grade == 3 and provision_id in cited for provision_id, grade in question.relevant.items())


def _share(values: Iterable[bool]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else float("nan")


def main() -> int:
    """Print the figures of each dataset as a Markdown table."""
    assistant = Assistant.open(load_settings())
    names = sys.argv[1:] or STANDARD
    columns = [field.name for field in fields(Figures)]
    sys.stdout.write("| dataset | " + " | ".join(columns) + " |\n" + "|---" * (len(columns) + 1) + "|\n")
    for name in names:
        figures = measure(assistant, read_questions(name))
        cells = [getattr(figures, column) for column in columns]
        shown = [str(cell) if isinstance(cell, int) else f"{cell:.3f}" for cell in cells]
        sys.stdout.write(f"| {name} | " + " | ".join(shown) + " |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
