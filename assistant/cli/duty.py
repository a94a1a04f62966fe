"""`bht duty`: must this company have BHT, by what it does."""

import argparse
import json
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.answer import Answer
from assistant.cli.ask import format_answer
from assistant.cli.parser import write_line
from assistant.compose import Composer
from assistant.duty.check import DutyResult, check_duty
from assistant.duty.company import RegisteredCompany, read_company
from assistant.duty.draft import assumed_of, draft_duty
from assistant.duty.industry import Industry, Vintage, read_code
from assistant.duty.reader import read_description
from assistant.errors import UsageError
from assistant.register.describe import describe_unit
from assistant.register.register import Register
from assistant.settings import Settings, load_settings
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
    settings = load_settings()
    if arguments.name and not arguments.orgnr:
        return _list_companies(arguments, settings)
    company = _look_up(arguments, settings) if arguments.orgnr else None
    industries = _industries(arguments) or (company.main if company else ())
    if company and employees is None:
        employees = company.employees
    if not industries and employees != 0:
        raise UsageError(
            'Skriv hva dere driver med: bht duty --industry "frisørsalong", eller koden: bht duty --code 96.210.'
        )
    said = " ".join([*(arguments.industry or ()), *(arguments.risk or ())])
    side = company.side if company else ()
    result = check_duty(industries, employees, arguments.owner_only, risks=find_risks(said), side=side)
    library = load_library(settings.store)
    draft = draft_duty(result, library)
    draft = replace(draft, warnings=(*draft.warnings, *(company.warnings if company else ())))
    question = ask_for_a_tool(f"Må vi ha BHT? {said or ' '.join(i.name for i in industries)}")
    answer = Composer(library, date.today()).compose(draft, question)
    if arguments.json:
        described = {**_describe(result, answer), "next_steps": [draft.next_step] if draft.next_step else []}
        write_line(json.dumps(described, ensure_ascii=False, indent=2))
    else:
        write_line(format_answer(answer))
    return 0


def _look_up(arguments: argparse.Namespace, settings: Settings) -> RegisteredCompany:
    register = Register(settings.register_folder, allow_network=arguments.online, base_url=arguments.url)
    return read_company(register.look_up(arguments.orgnr))


def _list_companies(arguments: argparse.Namespace, settings: Settings) -> int:
    register = Register(settings.register_folder, allow_network=arguments.online, base_url=arguments.url)
    matches = register.search(arguments.name)
    if arguments.json:
        units = [{"orgnr": u.orgnr, "name": u.name, "form": u.form, "codes": list(u.codes)} for u in matches.units]
        found = {"companies": units, "total": matches.total, "warnings": list(matches.warnings)}
        write_line(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    if not matches.units:
        write_line(
            f"Enhetsregisteret har ingen virksomhet som heter «{arguments.name}». Sjekk navnet, eller skriv bransjen."
        )
        return 0
    write_line(f"{matches.total} treff. Velg en, og kjør på nytt med --orgnr:" if matches.total > 1 else "Ett treff:")
    for unit in matches.units:
        write_line(f"  {describe_unit(unit)}")
    for warning in matches.warnings:
        write_line(f"\nMerk: {warning}")
    return 0


def _industries(arguments: argparse.Namespace) -> tuple[Industry, ...]:
    vintage = {"2007": Vintage.SN2007, "2025": Vintage.SN2025}.get(arguments.vintage or "")
    coded = [read_code(code, vintage) for code in arguments.code or ()]
    named: list[Industry] = []
    for text in arguments.industry or ():
        if len(text) > MAX_QUESTION:
            raise UsageError(f"Beskrivelsen er på {len(text)} tegn, og grensen er {MAX_QUESTION}. Skriv den kortere.")
        if not (found := read_description(text)):
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
