"""`bht duty`: must this company have BHT, by what it does."""

import argparse
import json

from assistant.cli.ask import format_answer
from assistant.cli.parser import write_line
from assistant.duty.company import RegisteredCompany, read_company
from assistant.duty.report import DutyRequest, report_duty
from assistant.errors import UsageError
from assistant.register.describe import describe_unit
from assistant.register.register import Register
from assistant.settings import Settings, load_settings
from corpus.library import load_library


def run(arguments: argparse.Namespace) -> int:
    """Answer and return the exit code."""
    settings = load_settings()
    if arguments.name and not arguments.orgnr:
        return _list_companies(arguments, settings)
    if not (
        arguments.industry or arguments.code or arguments.orgnr or arguments.owner_only or arguments.employees == 0
    ):
        raise UsageError(
            'Skriv hva dere driver med: bht duty --industry "frisørsalong", eller koden: bht duty --code 96.210.'
        )
    request = DutyRequest(
        industries=arguments.industry or (),
        codes=arguments.code or (),
        employees=arguments.employees,
        owner_only=arguments.owner_only,
        risks=arguments.risk or (),
        vintage=arguments.vintage,
        company=_look_up(arguments, settings) if arguments.orgnr else None,
    )
    report = report_duty(request, load_library(settings.store))
    write_line(
        json.dumps(report.to_json(), ensure_ascii=False, indent=2) if arguments.json else format_answer(report.answer)
    )
    return 0


def _look_up(arguments: argparse.Namespace, settings: Settings) -> RegisteredCompany:
    register = Register(
        settings.register_folder, allow_network=arguments.online or settings.online, base_url=arguments.url
    )
    return read_company(register.look_up(arguments.orgnr))


def _list_companies(arguments: argparse.Namespace, settings: Settings) -> int:
    register = Register(
        settings.register_folder, allow_network=arguments.online or settings.online, base_url=arguments.url
    )
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
