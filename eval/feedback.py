"""`bht eval from-feedback`: an answer that did not help becomes a question to measure by. Nothing heavy is imported at the top."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import texts
from assistant.cli.parser import write_line
from eval.errors import DatasetError

if TYPE_CHECKING:
    from assistant.feedback import Feedback

_OWN = Path("own-questions.jsonl")
_TO_FILL_IN = """Rett linja før du måler:
  relevant          paragrafene som svarer: 3 svarer alene, 2 hører med, 1 er beslektet. Det svaret siterte, står der med 1
  expected_outcome  answered, partial, asks_back, corrected eller abstained
  expected_verdict  ja, nei, avhenger eller null
  must_contain, must_not_contain   det et riktig svar må si, og det det ikke må si
  why, source       hvorfor det er riktig, og hvor du så det
Mål så med: bht eval run --dataset {file}"""


def add_parser(subparsers: Any) -> None:
    """Add the command to those of `bht eval`."""
    parser = subparsers.add_parser(
        "from-feedback",
        help="gjør en tilbakemelding til et spørsmål å måle med",
        description="Lister opp svarene som ikke hjalp. Med NUMMER legges spørsmålet til i en fil som «bht eval run --dataset» kan bruke.",
    )
    parser.add_argument("number", nargs="?", type=int, metavar="NUMMER", help="tilbakemeldingen det gjelder")
    parser.add_argument(
        "--out", type=Path, default=_OWN, metavar="FIL", help=f"hvor spørsmålet legges til (standard: {_OWN})"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """List what did not help, or add one of it to a file of questions."""
    from assistant.feedback import FeedbackStore, Rating
    from assistant.settings import load_settings

    store = FeedbackStore(load_settings().feedback)
    if arguments.number is None:
        found = store.list(Rating.DOWN)
        for feedback in found:
            write_line(_describe(feedback))
        write_line(
            "Legg til et av dem med: bht eval from-feedback NUMMER"
            if found
            else "Ingen har sagt at et svar ikke hjalp."
        )
        return 0
    row = make_row(store.get(arguments.number))
    append_row(arguments.out, row)
    write_line(f"La til {row['id']} i {arguments.out}: {row['question']}")
    write_line(_TO_FILL_IN.format(file=arguments.out))
    return 0


def make_row(feedback: "Feedback") -> dict[str, Any]:
    """Return the line of a dataset for what was asked; its labels are a beginning that somebody has to correct."""
    rated = feedback.rated
    name = f"tilbakemelding-{feedback.feedback_id}"
    cited = dict.fromkeys(citation["provision_id"] for citation in rated.answer.get("citations", ()))
    return {
        "id": name,
        "topic": name,
        "kind": "follow_up" if rated.history else "fact",
        "question": rated.question,
        "history": [{"role": turn.role, "content": turn.content} for turn in rated.history],
        "relevant": dict.fromkeys(cited, 1),
        "expected_outcome": "answered",
        "expected_verdict": None,
        "must_contain": [],
        "must_not_contain": [],
        "why": "TODO: Skriv hva som er riktig, og hvorfor.",
        "source": f"Tilbakemelding nr. {feedback.feedback_id}, {feedback.time:%Y-%m-%d}: {_reason(feedback)}",
    }


def append_row(path: Path, row: dict[str, Any]) -> None:
    """Add a line to a file of questions, made when it is not there.

    Raises:
        DatasetError: The file cannot be written, holds something else than questions, or has the question already.
    """
    from eval.questions import read_questions

    try:
        before = path.read_bytes() if path.is_file() else b""
        if before.strip() and row["id"] in {question.question_id for question in read_questions(str(path))}:
            raise DatasetError(
                f"{row['id']} står allerede i {path}. Rett linja der, eller velg en annen fil med --out."
            )
        line = json.dumps(row, ensure_ascii=False) + "\n"
        with path.open("a", encoding="utf-8") as file:
            file.write(line if not before or before.endswith(b"\n") else f"\n{line}")
    except OSError as error:
        raise DatasetError(f"Kan ikke skrive til {path}: {error}. Velg en annen fil med --out.") from error


def _describe(feedback: "Feedback") -> str:
    return f"{feedback.feedback_id:>4}  {feedback.time.astimezone():%Y-%m-%d %H:%M}  {_reason(feedback)}: {feedback.rated.question}"


def _reason(feedback: "Feedback") -> str:
    return texts.FEEDBACK_REASONS[feedback.reason.value] if feedback.reason else "Svaret hjalp"
