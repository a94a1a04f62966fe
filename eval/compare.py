"""Two runs of the same questions side by side: what got better, what got worse, and for which questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

from assistant.answer import Outcome
from eval.answers import MEASURES
from eval.errors import ResultsError
from eval.evaluate import CaseResult, column, topics_of
from eval.gate import is_lower_better
from eval.results import Judged
from eval.statistics import Difference, difference, estimate
from eval.wording import KIND_NAMES, OUTCOME_NAMES, name_measure, order_measures, write_number

REFUSAL = "refusal"
# What a single question is told about; the rest is in the means.
_TOLD = (
    "citation_validity", "support", "citation_recall", "facts", "forbidden", "outcome", "verdict", REFUSAL, "repeatable", "R@5",
)  # fmt: skip
_SETTINGS = {
    "corpus_hash": "kildene",
    "code_hash": "koden",
    "versions": "bibliotekene",
    "python": "Python",
    "machine": "maskinen",
    "space": "vektorene",
    "retrieval": "innstillingene for søk",
    "calibration": "terskelen for å svare",
    "engine": "svarmotoren",
}
_LIKELY = 0.05
_LINE_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure of both runs. `mean_a` and `mean_b` are over the questions that both have a value for."""

    measure: str
    mean_a: float
    mean_b: float
    found: Difference

    @property
    def judgement(self) -> str:
        """Whether B is better, in a word."""
        if MEASURES.get(self.measure, True) is None or not self.found.p < _LIKELY:
            return ""
        return "bedre" if (self.found.mean < 0) is is_lower_better(self.measure) else "verre"

    @property
    def better(self) -> int:
        """How many questions are better in B."""
        return self.found.worse if is_lower_better(self.measure) else self.found.better

    @property
    def worse(self) -> int:
        """How many questions are worse in B."""
        return self.found.better if is_lower_better(self.measure) else self.found.worse


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A question whose measures are not the same: name of the measure, before, after, and what both answers begin with."""

    question_id: str
    kind: str
    question: str
    better: tuple[tuple[str, float, float], ...]
    worse: tuple[tuple[str, float, float], ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """B against A. `notes` say what else than the answers differs."""

    a: Judged
    b: Judged
    rows: tuple[Row, ...]
    changed: tuple[Changed, ...]
    notes: tuple[str, ...]

    @property
    def worse(self) -> list[Changed]:
        """The questions of which something got worse."""
        return [c for c in self.changed if c.worse]

    @property
    def better(self) -> list[Changed]:
        """The questions that only got better."""
        return [c for c in self.changed if not c.worse]


def compare(a: Judged, b: Judged, measures: Sequence[str] = ()) -> Comparison:
    """Return how run B differs from run A.

    Args:
        a: The run before.
        b: The run after.
        measures: Which to compare; all when empty.

    Raises:
        ResultsError: They are runs of different questions, or a measure is none that they have.
    """
    ids = [c.question.question_id for c in a.cases]
    other = [c.question.question_id for c in b.cases]
    if a.run.dataset != b.run.dataset or set(ids) != set(other):
        raise ResultsError(
            f"Kjøringene har ikke de samme spørsmålene ({a.name}: {len(ids)}, {b.name}: {len(other)}), så de kan ikke "
            "sammenliknes. Velg to kjøringer av samme datasett."
        )
    known = {name for case in (*a.cases, *b.cases) for name in case.values}
    if unknown := [m for m in measures if m not in known]:
        raise ResultsError(f"Ukjent mål «{unknown[0]}». Velg blant: {', '.join(order_measures(known))}.")
    wanted = set(measures) or known
    changed = _changed(a, b, {*wanted, REFUSAL} if not measures else wanted)
    return Comparison(
        a=a,
        b=b,
        rows=tuple(_row(a, b, measure) for measure in order_measures(wanted)),
        changed=tuple(changed),
        notes=tuple(_notes(a, b)),
    )


def _row(a: Judged, b: Judged, measure: str) -> Row:
    before, after, topics = column(a.cases, measure), column(b.cases, measure), topics_of(a.cases)
    both = [i for i in before if before[i] == before[i] and after[i] == after[i]]
    return Row(
        measure=measure,
        mean_a=estimate({i: before[i] for i in both}, topics).mean,
        mean_b=estimate({i: after[i] for i in both}, topics).mean,
        found=difference(before, after, topics),
    )


def _changed(a: Judged, b: Judged, measures: set[str]) -> Iterator[Changed]:
    after = {case.question.question_id: case for case in b.cases}
    for case in a.cases:
        other = after[case.question.question_id]
        moved = [(m, *pair) for m in _TOLD if m in measures and (pair := _moved(case, other, m))]
        if moved:
            better = tuple(m for m in moved if (m[2] < m[1]) is is_lower_better(m[0]))
            yield Changed(
                question_id=case.question.question_id,
                kind=case.question.kind,
                question=case.question.question,
                better=better,
                worse=tuple(m for m in moved if m not in better),
                before=first_line(case),
                after=first_line(other),
            )


def _moved(before: CaseResult, after: CaseResult, measure: str) -> tuple[float, float] | None:
    """Return the two values of a measure when both are there and not the same."""
    first, second = _value(before, measure), _value(after, measure)
    return (first, second) if first == first and second == second and abs(first - second) > 1e-9 else None


def _value(case: CaseResult, measure: str) -> float:
    if measure == REFUSAL:
        return float(_is_rightly_refused_or_not(case))
    return case.values.get(measure, float("nan"))


def _is_rightly_refused_or_not(case: CaseResult) -> bool:
    if outcome_of(case) == Outcome.ABSTAINED.value:
        return case.question.may_refuse
    return any(outcome != Outcome.ABSTAINED.value for outcome in case.question.outcomes)


def outcome_of(case: CaseResult) -> str:
    """Return what became of a question; one that was not taken as one is abstained from."""
    return str((case.generated.answer or {"outcome": Outcome.ABSTAINED.value})["outcome"])


def first_line(case: CaseResult) -> str:
    """Return how the question ended and the first line of the answer, or the sentence that was shown instead."""
    text = str((case.generated.answer or {}).get("answer") or case.generated.error)
    line = next((line for line in map(str.strip, text.replace("**", "").splitlines()) if line), "–")
    said = shorten(line, _LINE_LENGTH, placeholder=" …")
    return f"{OUTCOME_NAMES.get(outcome_of(case), outcome_of(case))}: {said}"


def _notes(a: Judged, b: Judged) -> Iterator[str]:
    first, second = a.run.settings, b.run.settings
    if first.get("dataset_hash") != second.get("dataset_hash"):
        yield "Fasiten er endret mellom vurderingene. Vurder begge på nytt med «bht eval run --from»."
    differing = [name for key, name in _SETTINGS.items() if first.get(key) != second.get(key)]
    if differing:
        yield f"Dette er ikke likt i de to kjøringene: {', '.join(differing)}."
        yield from _details(first, second)


def _details(first: Mapping[str, object], second: Mapping[str, object]) -> Iterator[str]:
    for key in ("retrieval", "versions", "calibration"):
        before, after = first.get(key), second.get(key)
        if isinstance(before, dict) and isinstance(after, dict):
            for name in sorted(before.keys() | after.keys()):
                if before.get(name) != after.get(name):
                    yield f"{_SETTINGS[key]}: {name} var {before.get(name)}, er {after.get(name)}."


def write_markdown(found: Comparison, *, shows_questions: bool = True) -> str:
    """Return a comparison as Norwegian Markdown.

    Args:
        found: The comparison.
        shows_questions: Whether each question is told about, or only how many.
    """
    lines = [f"# {found.a.name}: {found.a.run.folder} (A) mot {found.b.run.folder} (B)", ""]
    lines += [f"- {note}" for note in found.notes] + [""] * bool(found.notes)
    lines += [
        "| Mål | A | B | B − A | 95 % | p | bedre | verre | |",
        "| --- | --: | --: | --: | --- | --: | --: | --: | --- |",
    ]
    for row in found.rows:
        cells = [
            name_measure(row.measure),
            write_number(row.mean_a, row.measure),
            write_number(row.mean_b, row.measure),
            write_number(row.found.mean, row.measure, sign=True),
            f"{write_number(row.found.low, row.measure, sign=True)} til {write_number(row.found.high, row.measure, sign=True)}",
            write_number(row.found.p),
            str(row.better),
            str(row.worse),
            row.judgement,
        ]
        lines.append(f"| {' | '.join(cells)} |")
    for heading, group in (("Verre i B", found.worse), ("Bedre i B", found.better)):
        lines += ["", f"## {heading}: {len(group)} spørsmål"]
        for change in group if shows_questions else ():
            lines += [
                "",
                f"**{change.question_id}** ({KIND_NAMES.get(change.kind, change.kind)}) {change.question}",
                "",
            ]
            lines += [f"- verre: {write_change(c)}" for c in change.worse] + [
                f"- bedre: {write_change(c)}" for c in change.better
            ]
            lines += [f"- A {change.before}", f"- B {change.after}"]
    if not shows_questions and found.changed:
        lines += [
            "",
            "Spørsmålene vises ikke: ingen skal tilpasse noe til denne halvdelen. Se dem med --show-questions.",
        ]
    return "\n".join(lines)


def write_change(change: tuple[str, float, float]) -> str:
    """Return a changed measure as words."""
    measure, before, after = change
    name = "avsto eller svarte med rette" if measure == REFUSAL else name_measure(measure)
    return f"{name} {write_number(before)} → {write_number(after)}"
