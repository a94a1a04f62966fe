"""Runs as they were judged: the figures on disk, with the questions they belong to. Needs no corpus and no index."""

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from eval.errors import ResultsError
from eval.evaluate import CaseResult, evaluate
from eval.output import RESULTS, SETTINGS, Run, read_run
from eval.questions import DATASETS, dataset_path, read_questions

_HALF_NOT_TO_LOOK_AT = "test"
_LABELS = ("id", "topic", "kind", "question")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A run and the measures of its questions."""

    run: Run
    cases: tuple[CaseResult, ...]

    @property
    def name(self) -> str:
        """What the questions are called: the name of a dataset that ships, or of the file."""
        return Path(self.run.dataset).stem

    @property
    def is_test_half(self) -> bool:
        """Whether the questions are those that nobody may tune on."""
        return self.run.dataset == _HALF_NOT_TO_LOOK_AT


def identify(dataset: str) -> str:
    """Return the name of a dataset that ships, or the full path of any other: what finds it again from another folder."""
    path = dataset_path(dataset).resolve()
    return path.stem if path.parent == DATASETS.resolve() else str(path)


def hash_dataset(dataset: str) -> str:
    """Return the hash of the questions and labels of a dataset, whatever its lines end with."""
    return hashlib.sha256(
        "\n".join(dataset_path(dataset).read_text(encoding="utf-8").splitlines()).encode()
    ).hexdigest()


def find_runs(folder: Path) -> list[Path]:
    """Return the folders of runs: the folder itself, or those in it.

    Raises:
        ResultsError: There is none.
    """
    if (folder / SETTINGS).is_file():
        return [folder]
    if found := sorted(path.parent for path in folder.glob(f"*/{SETTINGS}")):
        return found
    raise ResultsError(
        f"Det ligger ingen resultater i {folder}. Lag dem med «bht eval run», eller oppgi en annen mappe."
    )


def read_judged(folder: Path) -> Judged:
    """Return a run with the measures that were written when it was judged.

    Raises:
        DatasetError: The questions are no longer there.
        ResultsError: The results cannot be read, or the questions or their labels have changed since.
    """
    run = read_run(folder)
    questions = read_questions(run.dataset)
    if run.settings.get("dataset_hash") not in (None, hash_dataset(run.dataset)):
        raise ResultsError(
            f"Spørsmålene i {Path(run.dataset).stem} er endret siden resultatene i {folder} ble til. "
            f"Vurder dem på nytt: bht eval run --from {folder}"
        )
    stored = _read_values(folder)
    if missing := [q.question_id for q in questions if q.question_id not in stored]:
        raise ResultsError(f"{RESULTS} i {folder} mangler {missing[0]}. Vurder på nytt: bht eval run --from {folder}")
    # The legs follow from rankings alone. What was judged by the texts of the corpus is taken as it was written.
    cases = evaluate(questions, run.generated, lambda *_: None)
    return Judged(run=run, cases=tuple(replace(c, values=stored[c.question.question_id]) for c in cases))


def pair_runs(a: Path, b: Path) -> list[tuple[Judged, Judged]]:
    """Return the runs of two folders by their questions: one each, or one for each dataset that both folders have.

    Raises:
        DatasetError: The questions are no longer there.
        ResultsError: A run cannot be read, or the folders have no dataset in common.
    """
    before, after = ([read_judged(run) for run in find_runs(folder)] for folder in (a, b))
    if len(before) == len(after) == 1:
        return [(before[0], after[0])]
    by_dataset = {judged.run.dataset: judged for judged in after}
    if pairs := [(run, by_dataset[run.run.dataset]) for run in before if run.run.dataset in by_dataset]:
        return pairs
    raise ResultsError(f"{a} og {b} har ingen datasett felles. Velg to kjøringer av samme datasett.")


def _read_values(folder: Path) -> Mapping[str, dict[str, float]]:
    """Return the measures of each question of results.csv, by its id."""
    try:
        with (folder / RESULTS).open(encoding="utf-8", newline="") as file:
            return {
                row["id"]: {name: float(cell or "nan") for name, cell in row.items() if name not in _LABELS}
                for row in csv.DictReader(file)
            }
    except (OSError, ValueError, KeyError, TypeError, csv.Error) as error:
        raise ResultsError(
            f"Kan ikke lese {RESULTS} i {folder}: {error}. Vurder på nytt: bht eval run --from {folder}"
        ) from error


def write_settings(run: Run) -> None:
    """Write settings.json anew."""
    (run.folder / SETTINGS).write_text(json.dumps(run.settings, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
