"""Measures the search on the development half of NorQuAD: questions on encyclopedia and news articles.

Its askers had the text before their eyes, so words are shared more than lay people share them with a law; the questions that share few
words tell most. Data: ltgoslo/NorQuAD (CC0), cut in passages of about 100 words.

Usage: python -m eval.outside.norquad
"""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from assistant.settings import load_settings
from corpus.address import Portion
from corpus.document import Document, Kind, Level, Provision, Segment
from eval.errors import DatasetError
from eval.outside.measure import run_task
from eval.outside.task import Query, Task, measure_shared

_READ = date(2026, 1, 1)  # nothing in the texts depends on the day


def norquad_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the passages and questions: beside the reference folder, BHT_REFERENCE."""
    reference = Path(environ.get("BHT_REFERENCE") or Path(__file__).resolve().parents[3] / "shared" / "reference")
    return reference.parent / "norquad"


def read_task(folder: Path) -> Task:
    """Return the passages, an article a document, and the questions.

    Args:
        folder: Where passages.jsonl and questions.jsonl lie.

    Raises:
        DatasetError: They are not there, or cannot be read.
    """
    try:
        passages = _read_lines(folder / "passages.jsonl")
        texts = {row["id"]: row["text"] for row in passages}
        queries = tuple(
            Query(
                query_id=row["id"],
                text=row["question"],
                expected=_name(row["gold"]),
                shared=measure_shared(row["question"], texts[row["gold"]]),
            )
            for row in _read_lines(folder / "questions.jsonl")
        )
        articles: dict[str, list[Provision]] = defaultdict(list)
        for row in passages:
            articles[row["title"]].append(_provision(row))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DatasetError(
            f"Kan ikke lese NorQuAD i {folder}: {error}. Legg passages.jsonl og questions.jsonl der, eller sett BHT_REFERENCE."
        ) from error
    documents = (_document(number, title, found) for number, (title, found) in enumerate(articles.items()))
    return Task(name="NorQuAD", documents=tuple(documents), queries=queries)


def _read_lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _name(passage_id: str) -> str:
    return f"norquad/{passage_id}"


def _provision(row: Mapping[str, str]) -> Provision:
    """Return a passage as a text of one part, its article's title as heading."""
    return Provision(
        provision_id=_name(row["id"]), kind=Kind.GUIDANCE, level=Level.LAW, source="norquad", label="", heading=row["title"],
        path=(), text=row["text"], segments=(Segment(portion=Portion(), start=0, end=len(row["text"])),), url="", checked=_READ,
    )  # fmt: skip


def _document(number: int, title: str, passages: list[Provision]) -> Document:
    return Document(
        document_id=f"norquad-{number}", title=title, name=title, abbreviation="", level=Level.LAW, url="",
        provisions=tuple(passages), text_date=None, checked=_READ,
    )  # fmt: skip


def main() -> int:
    """Print the figures as a Markdown table."""
    try:
        run_task(read_task(norquad_folder()), load_settings().cache)
    except DatasetError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
