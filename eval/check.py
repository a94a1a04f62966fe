"""The rules that the shipped datasets keep, and what breaks them. Of the test half only ids and rules are told, never a word.

Usage: python -m eval.check [FOLDER]        FOLDER holds official texts (.md, .xml); default: BHT_REFERENCE, where it is set
"""

import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist

from assistant.answer import Outcome
from corpus.document import Verdict
from corpus.library import Library, load_library
from eval.answers import holds
from eval.questions import KINDS, Question, dataset_path, read_questions
from index.text import content_words, fold, stems_of

DEV, TEST = "dev", "test"
RUN = 5
ALIKE = 90
FEWEST = 300
# Kinds that quote or name a provision on purpose.
_MAY_QUOTE = frozenset({"injection", "address"})
_MUST_REFUSE = frozenset({"out_of_scope", "unanswerable"})
_FEWEST_STEMS = 2
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with a question, or with a half when `question_id` is "". A warning is for a human to look at."""

    half: str
    question_id: str
    rule: str
    detail: str
    is_warning: bool = False

    def __str__(self) -> str:
        shown = f": {self.detail}" if self.detail and (self.half != TEST or not self.question_id) else ""
        return (
            f"{'se på' if self.is_warning else 'FEIL '}  {self.half} {self.question_id or '(hele)'}  {self.rule}{shown}"
        )


Halves = Mapping[str, Sequence[Question]]


def check_datasets(halves: Halves, library: Library, texts: Iterable[str] = ()) -> list[Problem]:
    """Return what breaks the rules.

    Args:
        halves: The questions of each half, by its name.
        library: The core corpus.
        texts: Further texts that no question may repeat: the official ones.
    """
    problems = [p for half, questions in halves.items() for q in questions for p in _check_question(half, q, library)]
    problems += _check_runs(halves, (*_texts(library), *texts))
    problems += _check_repeats(halves, library)
    return [*problems, *_check_halves(halves)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the datasets that ship and write what is wrong; 1 when a rule is broken."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    folder = given[0] if given else os.environ.get("BHT_REFERENCE", "")
    halves = {half: read_questions(half) for half in (DEV, TEST) if dataset_path(half).is_file()}
    problems = check_datasets(halves, load_library(), read_texts(Path(folder)) if folder else ())
    sys.stdout.write("".join(f"{p}\n" for p in sorted(problems, key=lambda p: (p.is_warning, p.half, p.rule))))
    counts = ", ".join(f"{half} {len(questions)}" for half, questions in halves.items())
    errors = sum(not p.is_warning for p in problems)
    sys.stdout.write(f"Spørsmål: {counts}. Feil: {errors}. Å se på: {len(problems) - errors}.\n")
    return 1 if errors else 0


def read_texts(folder: Path) -> Iterator[str]:
    """Yield the texts of a folder of official texts, without their tags."""
    for file in sorted(p for p in folder.rglob("*") if p.suffix in {".md", ".xml"}):
        yield _TAG.sub(" ", file.read_text(encoding="utf-8", errors="replace"))


# --- A question by itself --------------------------------------------------------------------------------------------------------


def _check_question(half: str, question: Question, library: Library) -> Iterator[Problem]:
    for rule, detail in (*_broken_labels(question), *_broken_ids(question, library)):
        yield Problem(half=half, question_id=question.question_id, rule=rule, detail=detail)
    for rule, detail in _doubtful(question, library):
        yield Problem(half=half, question_id=question.question_id, rule=rule, detail=detail, is_warning=True)


def _broken_ids(question: Question, library: Library) -> Iterator[tuple[str, str]]:
    if unknown := sorted(set(question.relevant) - library.known):
        yield "ukjent bestemmelse", ", ".join(unknown)


def _broken_labels(question: Question) -> Iterator[tuple[str, str]]:
    """Yield what does not go together in the labels."""
    only_refused = set(question.outcomes) == {Outcome.ABSTAINED.value}
    if only_refused and (question.relevant or question.facts or set(question.verdicts) != {None}):
        yield "avslag med fasit", "det som skal avslås, har verken bestemmelser, fakta eller dom"
    if question.is_answerable and not question.relevant:
        yield "svar uten bestemmelser", question.outcomes[0]
    if Outcome.ASKS_BACK.value == question.outcomes[0] and Verdict.DEPENDS.value not in question.verdicts:
        yield "spør tilbake uten «avhenger»", str(question.verdicts)
    if question.kind in _MUST_REFUSE and not {Outcome.ABSTAINED.value, Outcome.PARTIAL.value} & set(question.outcomes):
        yield "skulle vært avslått", question.kind
    if question.kind == "follow_up" and not question.history:
        yield "oppfølging uten historikk", ""
    if any(set(fact) & set(question.forbidden) for fact in question.facts):
        yield "både krevd og forbudt", ", ".join(question.forbidden)
    if not question.why or (question.relevant and not question.source):
        yield "mangler why eller source", ""


def _doubtful(question: Question, library: Library) -> Iterator[tuple[str, str]]:
    """Yield what may be right but seldom is."""
    known = [i for i in question.relevant if i in library.known]
    if repealed := [i for i in known if library.find(i).repealed]:
        yield "opphevet bestemmelse", ", ".join(repealed)
    if question.relevant and not question.needed:
        yield "ingen bestemmelse med grad 3", ""
    if question.kind == "false_premise" and Outcome.CORRECTED.value not in question.outcomes:
        yield "falsk premiss som ikke skal rettes", ", ".join(question.outcomes)
    said = "\n".join(text.text for i in known for text in library.texts_of(i))
    said += "\n" + " ".join(filter(None, question.verdicts)) + "\n" + question.question
    for fact in question.facts:
        if not any(holds(said, way) for way in fact):
            yield "faktum som ikke står i bestemmelsene", " / ".join(fact)


# --- Against texts and other questions -------------------------------------------------------------------------------------------


def _check_runs(halves: Halves, texts: Iterable[str]) -> Iterator[Problem]:
    """Yield the questions that share a run of words with a text."""
    asked: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for half, questions in halves.items():
        for question in questions:
            if question.kind not in _MAY_QUOTE:
                for run in _runs(question.question):
                    asked[run].append((half, question.question_id))
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for text in texts:
        for run in _runs(text):
            for name in asked.get(run, ()):
                found.setdefault(name, run)
    for (half, question_id), run in found.items():
        yield Problem(half=half, question_id=question_id, rule=f"{RUN} ord på rad fra en tekst", detail=" ".join(run))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = content_words(text)
    return (tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def _texts(library: Library) -> Iterator[str]:
    for document in library.core:
        for provision in document:
            for segment in provision.segments:
                yield provision.text[segment.start : segment.end]


def _check_repeats(halves: Halves, library: Library) -> Iterator[Problem]:
    """Yield the questions that nearly repeat an indexed lay question, or one of the other half."""
    lay = [
        q.text for document in library.core for provision in document for s in provision.segments for q in s.questions
    ]
    for half, questions in halves.items():
        for question, other in _repeats(questions, lay):
            yield Problem(
                half=half, question_id=question.question_id, rule="gjentar et indeksert spørsmål", detail=other
            )
    dev, test = halves.get(DEV, ()), halves.get(TEST, ())
    for question, _ in _repeats(test, [_asked(q) for q in dev]):
        yield Problem(half=TEST, question_id=question.question_id, rule="gjentar et spørsmål i dev", detail="")


def _repeats(questions: Sequence[Question], others: Sequence[str]) -> Iterator[tuple[Question, str]]:
    asked = [_asked(q) for q in questions]
    if not asked or not others:
        return
    mine, theirs = ([_in_order(text) for text in texts] for texts in (asked, others))
    alike = cdist(mine, theirs, scorer=ratio, dtype=np.uint8, score_cutoff=ALIKE)
    stems = {key: other for other in others if (key := _key(other))}
    for number, question in enumerate(questions):
        best = int(alike[number].argmax())
        if alike[number, best] >= ALIKE:
            yield question, others[best]
        elif (key := _key(asked[number])) in stems and key:
            yield question, stems[key]


def _in_order(text: str) -> str:
    """Return the folded words in alphabetical order: `ratio` of two is their token_sort_ratio, without sorting for every pair."""
    return " ".join(sorted(fold(text).split()))


def _asked(question: Question) -> str:
    """Return the question with what was asked before it: a follow-up by itself is like many others."""
    return " ".join([*(turn.content for turn in question.history if turn.role == "user"), question.question])


def _key(text: str) -> tuple[str, ...]:
    stems = tuple(sorted(set(stems_of(text))))
    return stems if len(stems) >= _FEWEST_STEMS else ()


# --- The halves ------------------------------------------------------------------------------------------------------------------


def _check_halves(halves: Halves) -> Iterator[Problem]:
    def about(half: str, rule: str, detail: str = "", question_id: str = "") -> Problem:
        return Problem(half=half, question_id=question_id, rule=rule, detail=detail)

    topics, ids = ({getattr(q, name) for q in halves.get(DEV, ())} for name in ("topic", "question_id"))
    for half, questions in halves.items():
        kinds = {q.kind for q in questions}
        if missing := [kind for kind in KINDS if kind not in kinds]:
            yield about(half, "mangler spørsmålsslag", ", ".join(missing))
        times = Counter((q.question, q.history) for q in questions)
        for question in questions:
            if times[question.question, question.history] > 1:
                yield about(half, "står flere ganger", question.question, question.question_id)
    for question in halves.get(TEST, ()):
        for rule, mine, others in (
            ("emnet står i begge deler", question.topic, topics),
            ("id-en står i begge deler", question.question_id, ids),
        ):
            if mine in others:
                yield about(TEST, rule, "", question.question_id)
    if (count := sum(map(len, halves.values()))) < FEWEST:
        yield about("+".join(halves), "for få spørsmål", f"{count} av {FEWEST}")


if __name__ == "__main__":
    sys.exit(main())
