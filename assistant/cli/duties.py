"""`bht duties`."""

import argparse
import json
from datetime import date

from assistant.cli.parser import read_date, write_line
from assistant.duty.industry import Vintage
from assistant.settings import load_settings
from assistant.tools.duties import list_duties, list_remarks
from assistant.tools.duties_render import to_json, to_lines
from assistant.tools.duties_workplace import SickLeave, Workplace, read_facts, read_industries
from corpus.duties import read_duties
from corpus.library import load_library

_VINTAGES = {"2007": Vintage.SN2007, "2025": Vintage.SN2025}


def run(arguments: argparse.Namespace) -> int:
    """Return 0 after writing the HMS duties of the workplace that was described.

    Args:
        arguments: Parsed options of the command.

    Raises:
        UsageError: A value cannot be used.
    """
    library = load_library(load_settings().store)
    today = date.today()
    workplace = Workplace(
        employees=arguments.employees,
        amu_count=arguments.amu_count,
        industries=read_industries(
            tuple(arguments.industry or ()), tuple(arguments.code or ()), _VINTAGES.get(arguments.vintage or "")
        ),
        facts=read_facts(tuple(arguments.exposure or ()), read_duties(library.known)),
        sick_since=read_date(arguments.sick_since),
        sick_leave=SickLeave(arguments.sick_leave) if arguments.sick_leave else None,
    )
    items, remarks = list_duties(workplace, library, today), list_remarks(workplace, library)
    if arguments.json:
        write_line(json.dumps(to_json(workplace, items, remarks, library), ensure_ascii=False, indent=2))
        return 0
    write_line("\n".join(to_lines(workplace, items, remarks, library, today)))
    return 0
