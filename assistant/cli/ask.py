"""`bht ask`: one question, or a file of them."""

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import texts
from assistant.answer import Answer, Engine, Outcome, Turn, read_turns
from assistant.cli.parser import read_date, write_line
from assistant.cli.progress import build_progress
from assistant.errors import HistoryError, QuestionError, UsageError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.dialogue import Assistant

_FORMATS = frozenset({"md", "docx", "pdf"})


def run(arguments: argparse.Namespace) -> int:
    """Answer and return the exit code."""
    target = _read_target(arguments.export) if arguments.export else None  # before the minute that an index may take
    if target and (arguments.batch or arguments.out):
        raise UsageError("--export gjelder ett spørsmål. Svarene på --batch skrives med --out.")
    if arguments.batch or arguments.out:
        return _run_batch(arguments)
    if arguments.question is None:
        raise QuestionError('Skriv et spørsmål, for eksempel: bht ask "Må vi ha BHT?"')
    history = _read_history(Path(arguments.history)) if arguments.history else ()
    answer = open_assistant().ask(arguments.question, history, read_date(arguments.as_of), Engine(arguments.engine))
    if target:
        _export(answer, target)
    if arguments.json:
        write_line(json.dumps(answer.to_json(), ensure_ascii=False, indent=2))
    else:
        write_line(format_answer(answer))
    return 0


def _read_target(name: str) -> Path:
    """Return the file that an answer is to be written to.

    Raises:
        UsageError: No format has that ending, or there is such a file.
    """
    target = Path(name)
    if target.suffix[1:].lower() not in _FORMATS:
        raise UsageError(f"{name} må slutte på .md (Markdown), .docx (Word) eller .pdf.")
    if target.exists():
        raise UsageError(f"{name} finnes fra før, og er urørt. Velg et annet navn.")
    return target


def _export(answer: Answer, target: Path) -> None:
    from assistant.export import Exchange, Format, export_talk  # only for a file

    made = export_talk((Exchange.of(answer),), Format(target.suffix[1:].lower()), date.today())
    try:
        with target.open("xb") as file:
            file.write(made.data)
    except OSError as error:
        raise UsageError(f"Kan ikke skrive til {target}. Mappa må finnes, og du må kunne skrive i den.") from error


def open_assistant() -> "Assistant":
    """Return the assistant on the index in BHT_HOME, built first where there is none."""
    from assistant.dialogue import Assistant  # imports Chroma: only when there is something to answer

    with build_progress() as progress:
        return Assistant.open(load_settings(), progress)


def _read_history(path: Path) -> tuple[Turn, ...]:
    try:
        return read_turns(json.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError, RecursionError) as error:
        raise HistoryError(
            f"Kan ikke lese samtalen i {path}: fila må være en JSON-liste der hver post har role og content ({error})."
        ) from error


def format_answer(answer: Answer) -> str:
    """Return the answer for a terminal: plain text, sources below."""
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", answer.text, flags=re.DOTALL)
    lines = [re.sub(r"\\([*_`\[\]<>#|])", r"\1", text)]
    if answer.engine is Engine.LLM:
        lines += ["", f"{texts.WRITTEN_BY_MODEL}."]
    if answer.citations:
        lines += ["", "Kilder:"]
    for citation in answer.citations:
        dates = [f"gjelder fra {citation.in_force}"] if citation.in_force else []
        dates += [f"tekst per {citation.text_date}"] if citation.text_date else []
        about = ", ".join([texts.LEVEL_NAMES[citation.level].lower(), citation.kind.value, *dates])
        lines += [f"[{citation.n}] {citation.label} ({about})", f"    {citation.url}"]
    lines += [f"\nMerk: {warning}" for warning in answer.warnings]
    return "\n".join(lines)


def _run_batch(arguments: argparse.Namespace) -> int:
    if not arguments.batch or not arguments.out or arguments.question is not None:
        raise QuestionError(
            "--batch og --out hører sammen, uten eget spørsmål: bht ask --batch INN.jsonl --out UT.jsonl"
        )
    rows = list(_read_lines(Path(arguments.batch)))
    as_of, engine = read_date(arguments.as_of), Engine(arguments.engine)
    assistant = open_assistant()
    bad: list[str] = []
    out = Path(arguments.out)
    part = out.with_name(f"{out.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as target:
            for number, row in rows:
                answer, was_read = _answer_line(assistant, number, row, as_of, engine)
                if not was_read:
                    bad.append(str(number))
                target.write(json.dumps(answer.to_json(), ensure_ascii=False) + "\n")
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    if bad:
        sys.stderr.write(
            f"{len(bad)} av {len(rows)} linjer kunne ikke leses: linje {', '.join(bad[:10])}. Resten er besvart.\n"
        )
    return 1 if bad else 0


def _read_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield (line number, object); a line that is no question yields the reason as text."""
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    except OSError as error:
        raise QuestionError(f"Kan ikke lese {path}: {error.strerror}.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict) or not isinstance(row.get("question"), str):
            yield number, "Linja er ikke et JSON-objekt med «question»."
        else:
            yield number, row


def _answer_line(
    assistant: "Assistant", number: int, row: Any, as_of: date | None, engine: Engine
) -> tuple[Answer, bool]:
    """Return the answer to a line, and whether the line could be read; one that cannot be answered abstains and says why."""
    question, reason, was_read = "", row, isinstance(row, dict)
    identity = f"linje-{number}"
    if isinstance(row, dict):
        question = row["question"]
        identity = row["id"] if isinstance(row.get("id"), str | int) else identity
        try:
            answer = assistant.ask(question, read_turns(row.get("history") or []), as_of, engine)
            return answer.identified(str(identity)), True
        except QuestionError as error:
            reason = str(error)
        except ValueError:
            reason, was_read = "«history» må være en liste der hver post har role og content.", False
    answer = Answer(
        question=question[:200],
        standalone_question=question[:200],
        outcome=Outcome.ABSTAINED,
        text=reason,
        question_id=str(identity),
    )
    return answer, was_read
