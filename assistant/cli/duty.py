"""`bht duty`: must this company have BHT, by what it does."""

import argparse
import json
from datetime import date
from typing import Any

from assistant.answer import Answer
from assistant.cli.ask import format_answer
from assistant.cli.parser import write_line
from assistant.compose import Composer
from assistant.duty.check import DutyResult, check_duty
from assistant.duty.draft import assumed_of, draft_duty
from assistant.duty.industry import Industry, Vintage, read_code, read_industry
from assistant.errors import UsageError
from assistant.settings import load_settings
from assistant.understand.question import MAX_QUESTION, ask_for_a_tool
from corpus.industry import name_of
from corpus.library import load_library
from corpus.risks import find_risks, read_risks

_MOST_EMPLOYEES = 1_000_000


def run(arguments: argparse.Namespace) -> int:
    """Answer and return the exit code."""
    employees = arguments.employees
    if employees is not None and not 0 <= employees <= _MOST_EMPLOYEES:
        raise UsageError(f"--employees må være fra 0 til {_MOST_EMPLOYEES:,}.".replace(",", " "))
    industries = _industries(arguments)
    if not industries and employees != 0:
        raise UsageError(
            'Skriv hva dere driver med: bht duty --industry "frisørsalong", eller koden: bht duty --code 96.210.'
        )
    said = " ".join([*(arguments.industry or ()), *(arguments.risk or ())])
    result = check_duty(industries, employees, arguments.owner_only, risks=find_risks(said))
    library = load_library(load_settings().store)
    draft = draft_duty(result, library)
    question = ask_for_a_tool(f"Må vi ha BHT? {said or ' '.join(i.name for i in industries)}")
    answer = Composer(library, date.today()).compose(draft, question)
    if arguments.json:
        described = {**_describe(result, answer), "next_steps": [draft.next_step] if draft.next_step else []}
        write_line(json.dumps(described, ensure_ascii=False, indent=2))
    else:
        write_line(format_answer(answer))
    return 0


def _industries(arguments: argparse.Namespace) -> tuple[Industry, ...]:
    vintage = {"2007": Vintage.SN2007, "2025": Vintage.SN2025}.get(arguments.vintage or "")
    coded = [read_code(code, vintage) for code in arguments.code or ()]
    named: list[Industry] = []
    for text in arguments.industry or ():
        if len(text) > MAX_QUESTION:
            raise UsageError(f"Beskrivelsen er på {len(text)} tegn, og grensen er {MAX_QUESTION}. Skriv den kortere.")
        if not (found := read_industry(text)):
            raise UsageError(
                f"Jeg kjenner ikke igjen «{text.strip()[:60]}». Beskriv arbeidet litt nærmere, eller bruk næringskoden: --code 96.210."
            )
        named += found
    return (*coded, *named)


def _describe(result: DutyResult, answer: Answer) -> dict[str, Any]:
    """Return the result as the contract writes it (README, the duty check)."""
    vintages = dict.fromkeys(i.vintage.value for i in result.industries if i.vintage)
    return {
        "outcome": result.outcome.value,
        "reason": result.reason.value,
        "verdict": result.verdict.value,
        "answer": answer.text,
        "rows": [{"code": row.code, "name": row.name, "condition": row.condition or None} for row in result.rows],
        "condition": result.condition or None,
        "codes": [{"code": code, "name": name_of(code)} for i in result.industries for code in i.codes],
        "code_vintage": "/".join(vintages) or "SN2025",
        "choices": [{"code": c.code, "name": c.name, "outcome": c.outcome.value} for c in result.choices],
        "assumed": list(assumed_of(result)),
        "risks": [risk.name for risk in result.risks],
        "risk_questions": [risk.question for risk in read_risks()] if result.decided_by_risk else [],
        "citations": [citation.to_json() for citation in answer.citations],
        "follow_up_question": answer.follow_up_question,
        "warnings": list(answer.warnings),
    }
