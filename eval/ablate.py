"""What each leg and trick of the search is worth: the development half without it, by a paired test.

Usage: python -m eval.ablate (on the index in BHT_HOME; prints a Markdown table)
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from unittest.mock import patch

from assistant.dialogue import Assistant
from assistant.errors import QuestionError
from assistant.settings import load_settings
from assistant.understand.question import Understood
from assistant.understand.spelling import Speller
from eval.generate import DEPTH, Ranking, Remembering, rank_provisions
from eval.questions import Question, read_questions
from eval.retrieval import measure_rankings
from eval.statistics import difference, estimate
from index.retrieve import HybridRetriever, RetrievalSettings

_MEASURES = ("nDCG@10", "R@5", "RR@10")
Change = Callable[[RetrievalSettings], RetrievalSettings]


@dataclass(frozen=True, slots=True)
class Variant:
    """The search without something. `change` alters its settings, `ask` what is asked, `around` the code for as long as it is asked."""

    name: str
    change: Change = lambda settings: settings
    ask: Callable[[Understood], tuple[str, str]] = lambda understood: (understood.text, understood.expanded)
    around: Callable[[], AbstractContextManager[object]] = field(default=nullcontext)


def _setting(**values: object) -> Change:
    return lambda settings: replace(settings, **values)  # type: ignore[arg-type]


VARIANTS = (
    Variant("chunks: stems", _setting(stem_weight=0.0)),
    Variant("chunks: vectors", _setting(dense_weight=0.0)),
    Variant("provisions: stems of all words", _setting(whole_stem_weight=0.0)),
    Variant("provisions: 4-grams of all words", _setting(whole_gram_weight=0.0)),
    Variant("provisions: profiles of the lay questions", _setting(profile_weight=0.0)),
    Variant("lay questions as chunks", _setting(lay_questions=False)),
    Variant("terms of the law for lay words", ask=lambda u: (u.text, "")),
    Variant("spelling mended", around=lambda: patch.object(Speller, "mend", lambda _, text: text)),
    Variant("nynorsk read as bokmål", around=lambda: patch("index.text.nynorsk_words", dict)),
)


def rank_all(
    assistant: Assistant, search: HybridRetriever, questions: Sequence[Question], variant: Variant
) -> dict[str, Ranking]:
    """Return what a variant finds for each question, by its id."""
    tuned, rankings = search.tuned(variant.change(search.settings)), {}
    with variant.around():
        for question in questions:
            try:
                understood = assistant.understand(question.question, question.history)
            except QuestionError:
                continue
            rankings[question.question_id] = rank_provisions(tuned.retrieve(*variant.ask(understood), DEPTH))
    return rankings


def table(assistant: Assistant, questions: Sequence[Question], variants: Sequence[Variant] = VARIANTS) -> list[str]:
    """Return the lines of the table: the whole search, then what each thing adds to it with its interval and p-value."""
    search = assistant.retriever
    if not (isinstance(search, HybridRetriever) and search.embedder):
        raise TypeError("nothing to ablate: the assistant searches in a way of its own")
    search = search.tuned(embedder=Remembering(search.embedder))
    topics = {q.question_id: q.topic for q in questions}

    def columns(variant: Variant) -> dict[str, Mapping[str, float]]:
        measured = measure_rankings(questions, rank_all(assistant, search, questions, variant))
        return {name: {i: values[name] for i, values in measured.items()} for name in _MEASURES}

    whole = columns(Variant("everything"))
    lines = ["| what it adds | " + " | ".join(_MEASURES) + " |", "|---" * (len(_MEASURES) + 1) + "|"]
    lines.append("| everything | " + " | ".join(str(estimate(whole[name], topics)) for name in _MEASURES) + " |")
    for variant in variants:
        without = columns(variant)
        cells = (difference(without[name], whole[name], topics) for name in _MEASURES)
        shown = (f"{d.mean:+.3f} [{d.low:+.3f}, {d.high:+.3f}] p={d.p:.3f}" for d in cells)
        lines.append(f"| {variant.name} | " + " | ".join(shown) + " |")
    return lines


def main() -> int:
    """Print the table of the development half."""
    questions = [q for q in read_questions("dev") if q.needed]
    sys.stdout.write("\n".join(table(Assistant.open(load_settings()), questions)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
