"""The grammar of the tools: duty, duties, absence, check and draft."""

import argparse
from collections.abc import Callable, Mapping
from typing import Any

from assistant.register.address import BASE_URL as REGISTER_URL

# The function that runs each command, by its words.
Commands = Mapping[str, Callable[[argparse.Namespace], int]]


def add_tools(top: Any, commands: Commands) -> None:
    """Add the tools to the subparsers of `bht`.

    Args:
        top: The subparsers.
        commands: The function that runs each command, by its words.
    """
    _add_duty(top, commands)
    _add_duties(top, commands)
    _add_absence(top, commands)
    _add_documents(top, commands)


def _add_duty(top: Any, commands: Commands) -> None:
    duty = top.add_parser(
        "duty",
        help="sjekk om dere må ha bedriftshelsetjeneste",
        description="Sjekker plikten til bedriftshelsetjeneste mot lista i § 13-1. Flere --industry og --code er flere aktiviteter.",
    )
    duty.add_argument("--industry", action="append", metavar="TEKST", help="hva dere driver med, med egne ord")
    duty.add_argument("--code", action="append", metavar="KODE", help="næringskoden, for eksempel 96.210")
    duty.add_argument("--orgnr", metavar="NUMMER", help="organisasjonsnummer, slås opp i Enhetsregisteret")
    duty.add_argument("--name", metavar="NAVN", help="søk etter virksomheten med navn; gir en liste å velge fra")
    duty.add_argument("--online", action="store_true", help="tillat oppslag i Enhetsregisteret (data.brreg.no)")
    duty.add_argument("--url", metavar="ADRESSE", default=REGISTER_URL, help="en annen server enn Enhetsregisteret")
    duty.add_argument("--vintage", choices=["2007", "2025"], help="standarden koden er fra (ellers den som har koden)")
    duty.add_argument("--employees", type=int, metavar="ANTALL", help="antall ansatte; bare 0 har betydning")
    duty.add_argument("--owner-only", action="store_true", help="eieren er eneste ansatt")
    duty.add_argument(
        "--risk", action="append", metavar="TEKST", help="en risiko i arbeidet: støy, nattarbeid, vold ..."
    )
    duty.add_argument("--json", action="store_true", help="skriv resultatet som JSON")
    duty.set_defaults(run=commands["duty"])


def _add_duties(top: Any, commands: Commands) -> None:
    duties = top.add_parser(
        "duties",
        help="list opp HMS-pliktene deres",
        description="Lister opp HMS-pliktene som følger av antall ansatte, næring, risiko og sykefravær, med paragrafen bak hver.",
    )
    duties.add_argument("--employees", type=int, metavar="ANTALL", help="antall ansatte, deltid medregnet")
    duties.add_argument(
        "--amu-count",
        type=int,
        metavar="ANTALL",
        help="snittet i fjor av dem som arbeider minst 20 timer i uka (for AMU)",
    )
    duties.add_argument("--industry", action="append", metavar="TEKST", help="hva dere driver med, med egne ord")
    duties.add_argument("--code", action="append", metavar="KODE", help="næringskoden, for eksempel 96.210")
    duties.add_argument(
        "--vintage", choices=["2007", "2025"], help="standarden koden er fra (ellers den som har koden)"
    )
    duties.add_argument(
        "--exposure", action="append", metavar="NAVN", help="støy, kjemikalier, nattarbeid, unge, byggeplass ..."
    )
    duties.add_argument("--sick-since", metavar="DATO", help="første fraværsdag til en sykmeldt (ÅÅÅÅ-MM-DD)")
    duties.add_argument("--sick-leave", choices=["helt", "gradert"], help="om den sykmeldte er helt eller delvis borte")
    duties.add_argument("--json", action="store_true", help="skriv lista som JSON")
    duties.set_defaults(run=commands["duties"])


def _add_absence(top: Any, commands: Commands) -> None:
    absence = top.add_parser(
        "absence",
        help="regn ut hva sykefraværet koster",
        description="Regner ut hva sykefraværet koster i året, og hva dere sparer på å få det ned.",
    )
    absence.add_argument("--employees", required=True, metavar="N", help="antall ansatte, eller årsverk")
    absence.add_argument(
        "--daily-cost",
        required=True,
        metavar="KR",
        help="hva én fraværsdag koster, i kroner; gjerne et spenn: 1500-2500",
    )
    absence.add_argument("--rate", required=True, metavar="PST", help="sykefraværet nå, i prosent")
    absence.add_argument("--target", required=True, metavar="PST", help="sykefraværet dere vil ned på, i prosent")
    absence.add_argument(
        "--workdays", default="230", metavar="DAGER", help="arbeidsdager i året for hver ansatt (standard: 230)"
    )
    absence.add_argument(
        "--employer-share", metavar="PST", help="hvor mange prosent av fraværsdagene som ligger i arbeidsgiverperioden"
    )
    absence.add_argument("--json", action="store_true", help="skriv resultatet som JSON")
    absence.set_defaults(run=commands["absence"])


def _add_documents(top: Any, commands: Commands) -> None:
    kinds = ["plan", "report", "contract"]
    check = top.add_parser(
        "check",
        help="kontroller BHT-plan, årsrapport eller kontrakt",
        description="Sammenlikner et dokument med reglene om bedriftshelsetjeneste, punkt for punkt.",
    )
    check.add_argument("file", metavar="FIL", help="PDF, Word (.docx), HTML, Markdown eller tekst")
    check.add_argument(
        "--as",
        dest="kind",
        required=True,
        choices=kinds,
        help="hva dokumentet er: plan, report (årsrapport) eller contract (kontrakt)",
    )
    check.add_argument("--json", action="store_true", help="skriv resultatet som JSON")
    check.set_defaults(run=commands["check"])
    draft = top.add_parser(
        "draft",
        help="lag utkast til BHT-plan, årsrapport eller kontrakt",
        description="Lager et Word-utkast av noen få svar. Det som mangler, er merket gult.",
    )
    draft.add_argument("kind", metavar="HVA", choices=kinds, help="plan, report (årsrapport) eller contract (kontrakt)")
    draft.add_argument("--answers", required=True, metavar="FIL", help="svarene, som TOML eller JSON")
    draft.add_argument("--out", required=True, metavar="FIL", help="Word-fila som lages (.docx)")
    draft.add_argument("--force", action="store_true", help="erstatt fila hvis den finnes")
    draft.set_defaults(run=commands["draft"])
