"""`bht eval`: run, report, compare. Added to `bht` through the entry point group `bht.commands` (assistant/cli/main.py).

Nothing heavy is imported at the top: this module is loaded whenever the help of `bht` is shown.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli.parser import add_group, write_line
from assistant.errors import UsageError
from eval.errors import MissingLibraryError

if TYPE_CHECKING:
    from eval.results import Judged

_HALVES = ("dev", "test")
_RESULTS = Path("results")
_DEFAULT_FLOORS = ""
# What only measuring needs, by the name it is imported by (pyproject: the extra `eval`).
_OPTIONAL = ("ir_measures", "jinja2", "matplotlib", "scipy")
_MARGIN = 0.02


def add_command(top: Any) -> None:
    """Add `eval` to the subparsers of `bht`."""
    group = add_group(top, "eval", "mål hvor gode svarene er, og sammenlikn kjøringer")
    _add_run(group)
    report = group.add_parser(
        "report",
        help="skriv en side med tabeller og figurer",
        description="Skriver én HTML-side om kjøringene, som åpnes rett fra disken.",
    )
    report.add_argument("folders", nargs="+", type=Path, metavar="MAPPE", help="kjøring, eller mappe med kjøringer")
    report.add_argument("--out", type=Path, metavar="FIL", help="hvor siden skrives (standard: report.html i mappa)")
    _add_visibility(report)
    report.set_defaults(run=_guarded(run_report))
    compare = group.add_parser(
        "compare",
        help="se hva som ble bedre og verre",
        description="Sammenlikner to kjøringer av de samme spørsmålene: hva ble bedre, og hva ble verre?",
    )
    compare.add_argument("before", type=Path, metavar="A", help="kjøringen før")
    compare.add_argument("after", type=Path, metavar="B", help="kjøringen etter")
    compare.add_argument("--measure", action="append", metavar="MÅL", help="bare dette målet (kan gjentas)")
    compare.add_argument("--html", type=Path, metavar="FIL", help="skriv en HTML-side i stedet")
    _add_visibility(compare)
    compare.set_defaults(run=_guarded(run_compare))
    if find_spec("eval.feedback"):
        import_module("eval.feedback").add_parser(group)


def _add_run(group: Any) -> None:
    run = group.add_parser(
        "run",
        help="still spørsmålene og vurder svarene",
        description="Stiller spørsmålene, skriver ned svarene og vurderer dem mot fasiten. "
        "Kilder og indeks er dem som BHT_HOME har.",
    )
    run.add_argument(
        "--dataset", action="append", metavar="NAVN",
        help="dev, test eller en JSONL-fil (kan gjentas; standard: dev og test)",
    )  # fmt: skip
    run.add_argument(
        "--from", dest="source", type=Path, metavar="MAPPE", help="vurder en kjøring på nytt uten å spørre"
    )
    run.add_argument("--out", type=Path, metavar="MAPPE", help="hvor resultatene skrives (standard: under results/)")
    run.add_argument("--kinds", action="store_true", help="vis tallene for hver spørsmålstype også")
    run.add_argument(
        "--gate", nargs="?", const=_DEFAULT_FLOORS, metavar="FIL",
        help="slutt med 1 når noe er under gulvet i fila (standard: gulvene som følger med)",
    )  # fmt: skip
    run.add_argument(
        "--raise-floors",
        nargs="?",
        const=_DEFAULT_FLOORS,
        metavar="FIL",
        help="hev gulvene i fila til det som er målt, minus margen",
    )
    run.add_argument(
        "--margin", type=float, default=_MARGIN, metavar="TALL", help=f"margen (standard: {_MARGIN})".replace(".", ",")
    )
    run.set_defaults(run=_guarded(run_run))


def _add_visibility(parser: Any) -> None:
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--show-questions", action="store_true", help="vis spørsmålene i testhalvdelen også")
    shown.add_argument("--hide-questions", action="store_true", help="vis bare tall fra testhalvdelen (standard)")


def run_run(arguments: argparse.Namespace) -> int:
    """Ask, judge, show the figures, and hold them against floors."""
    from eval.gate import FLOORS, read_floors
    from eval.table import write_table

    gate = arguments.gate if arguments.gate is None else read_floors(Path(arguments.gate or FLOORS))
    runs = []
    for judged in _judge_again(arguments) if arguments.source else _ask(arguments):
        write_line(write_table(judged, by_kind=arguments.kinds))
        runs.append(judged)
    code = 0 if gate is None else _check(runs, gate)
    if arguments.raise_floors is not None:
        _raise(runs, Path(arguments.raise_floors or FLOORS), arguments.margin)
    return code


def _ask(arguments: argparse.Namespace) -> Iterator["Judged"]:
    from assistant.cli.progress import build_progress
    from assistant.dialogue import Assistant
    from assistant.settings import load_settings
    from eval.questions import read_questions
    from eval.run import run_dataset

    datasets = list(dict.fromkeys(arguments.dataset or _HALVES))
    for dataset in datasets:
        read_questions(dataset)  # a mistake in the last of them is told before the first is asked
    folders = _choose_folders(datasets, arguments.out)
    with build_progress() as progress:
        assistant = Assistant.open(load_settings(), progress)
    for dataset, folder in zip(datasets, folders, strict=True):
        yield run_dataset(assistant, dataset, folder)


def _judge_again(arguments: argparse.Namespace) -> Iterator["Judged"]:
    from assistant.settings import load_settings
    from corpus.library import load_library
    from eval.results import find_runs
    from eval.run import judge_again

    if arguments.dataset or arguments.out:
        raise UsageError("--from vurderer det som ligger i mappa; ta bort --dataset og --out.")
    library = load_library(load_settings().store)
    for folder in find_runs(arguments.source):
        yield judge_again(folder, library)


def _choose_folders(datasets: list[str], out: Path | None) -> list[Path]:
    """Return a folder for each dataset, those of several under one parent."""
    time, names = f"{datetime.now():%Y%m%d-%H%M%S}", [Path(dataset).stem for dataset in datasets]
    if len(datasets) == 1:
        return [out or _RESULTS / f"{names[0]}-{time}"]
    if len(set(names)) < len(names):
        raise UsageError("To av datasettene har samme navn. Gi en av filene et annet, eller kjør dem hver for seg.")
    return [(out or _RESULTS / time) / name for name in names]


def _check(runs: list["Judged"], gate: Any) -> int:
    from eval.gate import check_floors

    below = []
    checked = [(judged.name, check_floors(judged.cases, gate[judged.name])) for judged in runs if judged.name in gate]
    if not checked:
        raise UsageError(f"Ingen av datasettene har gulv i fila. Den har gulv for: {', '.join(gate) or 'ingen'}.")
    for name, found in checked:
        write_line(f"\n{name} mot gulvene")
        write_line("\n".join(found.lines))
        below += [f"{measure} ({name})" for measure in found.below]
    if below:
        sys.stderr.write(
            f"Under gulvet: {', '.join(below)}. Finn årsaken med «bht eval compare»; gulvene senkes ikke.\n"
        )
    return 1 if below else 0


def _raise(runs: list["Judged"], path: Path, margin: float) -> None:
    from eval.gate import raise_floors, read_floors, write_floors

    before = read_floors(path) if path.is_file() else {}
    after = {judged.name: raise_floors(judged.cases, before.get(judged.name, {}), margin) for judged in runs}
    write_floors(path, {**before, **after})
    raised = [
        f"{name} {measure}"
        for name, table in after.items()
        for measure, value in table.items()
        if before.get(name, {}).get(measure) != value
    ]
    write_line(f"\nHevet i {path}: {', '.join(raised) or 'ingen gulv'}.")


def run_report(arguments: argparse.Namespace) -> int:
    """Write the page on runs."""
    from eval.report import write_report
    from eval.results import find_runs, read_judged

    runs = [read_judged(run) for folder in arguments.folders for run in find_runs(folder)]
    out = arguments.out or arguments.folders[0] / "report.html"
    _write_page(out, write_report(runs, shows_test=arguments.show_questions))
    return 0


def run_compare(arguments: argparse.Namespace) -> int:
    """Put two runs side by side, or two folders of runs dataset by dataset."""
    from eval.compare import compare, write_markdown
    from eval.compare_page import write_page
    from eval.results import pair_runs

    found = [compare(a, b, arguments.measure or ()) for a, b in pair_runs(arguments.before, arguments.after)]
    if arguments.html:
        _write_page(arguments.html, write_page(found, shows_test=arguments.show_questions))
        return 0
    for comparison in found:
        shows = arguments.show_questions or not comparison.a.is_test_half
        write_line(write_markdown(comparison, shows_questions=shows) + "\n")
    return 0


def _write_page(path: Path, page: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
    write_line(f"Siden ligger i {path}. Åpne den i en nettleser.")


def _guarded(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Return a command that says in one sentence how to install what it lacks."""

    def run(arguments: argparse.Namespace) -> int:
        with _libraries_named():
            return command(arguments)

    return run


@contextmanager
def _libraries_named() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        if str(error.name).split(".")[0] not in _OPTIONAL:
            raise
        raise MissingLibraryError(
            f"Målingene trenger biblioteket {error.name}, som ikke er installert. Kjør: .venv/bin/pip install -e '.[eval]'"
        ) from error
