"""Asks the questions of a dataset, writes down what came, and judges it. Judging can be done again without asking."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

import assistant as assistant_package
import corpus as corpus_package
import index as index_package
from assistant.decide import BY_WORDS, WITH_VECTORS, load_calibration
from assistant.dialogue import Assistant
from corpus.document import Kind
from corpus.errors import UnknownProvision
from corpus.library import Library
from eval.answers import TextOf
from eval.errors import ResultsError
from eval.evaluate import evaluate
from eval.generate import generate
from eval.output import Run, describe, problems_logged, read_run, write_generated, write_results
from eval.questions import read_questions
from eval.results import Judged, hash_dataset, identify, write_settings
from index.build import fingerprint
from index.retrieve import HybridRetriever


def run_dataset(assistant: Assistant, dataset: str, folder: Path) -> Judged:
    """Return the judged run of a dataset, written to a folder.

    Args:
        assistant: Who is asked.
        dataset: "dev", "test", or the path of a JSONL file.
        folder: Where it is written; made when it is not there.

    Raises:
        DatasetError: The questions cannot be read.
    """
    questions = read_questions(dataset)
    settings = describe(
        identify(dataset),
        fingerprint(assistant.library),
        dataset_hash=hash_dataset(dataset),
        questions=len(questions),
        code_hash=_hash_code(),
        **_search_of(assistant),
    )
    with problems_logged(folder), _progress(Path(dataset).stem) as progress:
        generated = generate(assistant, questions, progress)
    write_generated(folder, settings, generated)
    return _judge(read_run(folder), assistant.library)


def judge_again(folder: Path, library: Library) -> Judged:
    """Return a run judged anew by today's labels and measures, and write its figures.

    Raises:
        DatasetError: The questions cannot be read.
        ResultsError: The run cannot be read, lacks a question, or was made from another corpus.
    """
    run = read_run(folder)
    if run.settings.get("corpus_hash") != fingerprint(library):
        raise ResultsError(
            f"Kildene er andre nå enn da svarene i {folder} ble til, så sitatene kan ikke kontrolleres. "
            "Spør på nytt med «bht eval run», eller velg kildene fra den gangen med BHT_HOME."
        )
    judged = _judge(run, library)
    settings = {**run.settings, "dataset_hash": hash_dataset(run.dataset), "questions": len(judged.cases)}
    write_settings(replace(run, settings=settings))
    return judged


def texts_of(library: Library) -> TextOf:
    """Return what finds label and text of a provision by id and kind."""

    def text_of(provision_id: str, kind: str) -> tuple[str, str] | None:
        try:
            provision = library.find(provision_id, Kind(kind))
        except (UnknownProvision, ValueError):
            return None
        return provision.label, provision.text

    return text_of


def _judge(run: Run, library: Library) -> Judged:
    cases = evaluate(read_questions(run.dataset), run.generated, texts_of(library))
    write_results(run.folder, cases)
    return Judged(run=run, cases=tuple(cases))


def _search_of(assistant: Assistant) -> dict[str, Any]:
    """Return what the search and the decision to answer depend on."""
    search = assistant.retriever
    embedder = search.embedder if isinstance(search, HybridRetriever) else None
    calibration = load_calibration(WITH_VECTORS if embedder else BY_WORDS)
    return {
        "engine": "extractive",
        "space": embedder.space if embedder else None,
        "retrieval": asdict(search.settings) if isinstance(search, HybridRetriever) else None,
        "calibration": asdict(calibration),
    }


def _hash_code() -> str:
    """Return the hash of the product's own source and data, the core corpus aside: that has a hash of its own."""
    digest = hashlib.sha256()
    for package in (assistant_package, index_package, corpus_package):
        root = Path(package.__path__[0])
        for file in sorted(p for p in root.rglob("*") if p.suffix in {".py", ".json", ".toml"}):
            digest.update(file.relative_to(root).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


@contextmanager
def _progress(name: str) -> Iterator[Callable[[int, int], None]]:
    """Give a callback that shows how many questions are done, as a bar on stderr."""
    with tqdm(desc=f"Spør {name}", unit=" spørsmål", leave=False, dynamic_ncols=True, disable=None) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)
            if done >= total:
                bar.set_description(f"Spør {name} om igjen")

        yield show
