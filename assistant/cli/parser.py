"""The command line's grammar, in Norwegian throughout: argparse speaks English by itself."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NoReturn

from assistant.cli.tool_parsers import Commands, add_tools
from assistant.errors import UsageError

# Adds a command of another package to the subparsers of `bht`.
AddCommand = Callable[[Any], None]
_TRANSLATIONS = (
    (r"the following arguments are required: (.*)", r"Mangler: \1."),
    (r"unrecognized arguments: (.*)", r"Ukjent argument: \1."),
    (
        r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.*)\)",
        r"«\2» er ikke et valg for \1. Velg blant: \3.",
    ),
    (r"argument (\S+): expected one argument", r"\1 trenger en verdi."),
    (r"argument (\S+): expected at least one argument", r"\1 trenger minst én verdi."),
    (r"argument (\S+): invalid (?:int|float) value: '(.*)'", r"\1 må være et tall, ikke «\2»."),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 kan ikke brukes sammen med \2."),
    (r"one of the arguments (.*) is required", r"Mangler en av: \1."),
    (r"ambiguous option: (\S+) could match (.*)", r"\1 er flertydig: \2."),
)


def _translate(message: str) -> str:
    for pattern, replacement in _TRANSLATIONS:
        if re.fullmatch(pattern, message, re.DOTALL):
            return re.sub(pattern, replacement, message, flags=re.DOTALL)
    return message


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=96)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Bruk: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Norwegian and ends with 2 and one line when it is used wrongly."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, **options, "add_help": False})
        self._positionals.title, self._optionals.title = "Argumenter", "Valg"
        self.add_argument("-h", "--help", action="help", help="vis denne hjelpen")

    def error(self, message: str) -> NoReturn:
        """Write one line and exit with 2."""
        self.exit(2, f"{self.prog}: {_translate(message)} Se «{self.prog} --help».\n")


def make_parser(commands: Commands, plugins: Iterable[AddCommand] = ()) -> Parser:
    """Return the parser of all commands.

    Args:
        commands: The function that runs each command, by its words: "ask", "corpus list".
        plugins: What adds the commands of other packages.
    """
    parser = Parser(prog="bht", description="Svar om bedriftshelsetjeneste og HMS, med paragrafen som bevis.")
    top = parser.add_subparsers(
        title="Kommandoer", metavar="KOMMANDO", required=True, dest="command", parser_class=Parser
    )

    ask = top.add_parser("ask", help="still et spørsmål", description="Svarer på ett spørsmål, eller på alle i en fil.")
    ask.add_argument("question", nargs="?", metavar="SPØRSMÅL", help="spørsmålet, i anførselstegn")
    ask.add_argument("--json", action="store_true", help="skriv svaret som JSON")
    ask.add_argument("--history", metavar="FIL", help="samtalen så langt: JSON-liste med role og content")
    ask.add_argument("--batch", metavar="INN", help="JSONL med id, question og eventuelt history på hver linje")
    ask.add_argument("--out", metavar="UT", help="hvor svarene på --batch skrives")
    ask.add_argument(
        "--export", metavar="FIL", help="skriv svaret med kildene til en fil som slutter på .md, .docx eller .pdf"
    )
    ask.add_argument("--as-of", metavar="DATO", help="svar etter teksten som gjaldt den dagen (ÅÅÅÅ-MM-DD)")
    ask.add_argument(
        "--engine",
        choices=["extractive", "llm"],
        default="extractive",
        help="hvem som skriver svaret: extractive (kildenes egne ord, standard) eller llm (språkmodellen i innstillingene)",
    )
    ask.set_defaults(run=commands["ask"])

    verify = top.add_parser(
        "verify",
        help="kontroller påstandene i en tekst",
        description="Sier om påstandene i en tekst støttes av kildene, motsies av dem eller ikke finnes der.",
    )
    verify.add_argument("text", nargs="+", metavar="TEKST", help="teksten i anførselstegn, eller en fil (.txt, .md)")
    verify.add_argument("--json", action="store_true", help="skriv resultatet som JSON")
    verify.set_defaults(run=commands["verify"])

    serve = top.add_parser("serve", help="åpne nettsiden", description="Starter nettsiden på denne maskinen.")
    serve.add_argument("--host", metavar="ADRESSE", help="adressen siden lytter på (standard: 127.0.0.1)")
    serve.add_argument("--port", type=int, metavar="PORT", help="porten (standard: 7860)")
    serve.add_argument("--api-only", action="store_true", help="bare API-et og MCP, uten nettsiden")
    serve.set_defaults(run=commands["serve"])
    mcp = top.add_parser(
        "mcp",
        help="verktøy for språkmodeller (MCP)",
        description="Gir språkmodeller verktøyene etter Model Context Protocol, på standard inn og ut.",
    )
    mcp.set_defaults(run=commands["mcp"])

    add_tools(top, commands)

    corpus = add_group(top, "corpus", "se i kildene, hent lovtekst, legg til egne dokumenter")
    listing = corpus.add_parser(
        "list", help="list opp kildene", description="Lister opp lover, forskrifter og veiledning."
    )
    listing.add_argument("--json", action="store_true", help="skriv lista som JSON")
    listing.set_defaults(run=commands["corpus list"])
    show = corpus.add_parser("show", help="vis en paragraf", description="Viser en paragraf, for eksempel «aml § 3-3».")
    show.add_argument("address", nargs="+", metavar="PARAGRAF", help="«aml 3-3», «OLM § 13-2 bokstav e» eller en id")
    show.add_argument("--json", action="store_true", help="skriv den som JSON")
    show.set_defaults(run=commands["corpus show"])

    _add_source_commands(corpus, commands)

    index = add_group(top, "index", "lag eller sjekk søkeindeksen")
    build = index.add_parser(
        "build",
        help="lag indeksen på nytt",
        description="Lager indeksen på nytt; den gamle brukes til den nye er ferdig.",
    )
    build.add_argument("--json", action="store_true", help="skriv resultatet som JSON")
    build.set_defaults(run=commands["index build"])
    status = index.add_parser(
        "status", help="vis tilstanden", description="Viser om indeksen finnes og passer til kildene."
    )
    status.add_argument("--json", action="store_true", help="skriv den som JSON")
    status.set_defaults(run=commands["index status"])

    _add_user_commands(top, commands)
    backup = top.add_parser(
        "backup",
        help="ta kopi av det som er lagret",
        description="Skriver kilder, egne dokumenter og tilbakemeldinger til én fil.",
    )
    backup.add_argument("file", metavar="FIL", help="zip-fila som skal lages")
    backup.set_defaults(run=commands["backup"])
    restore = top.add_parser(
        "restore", help="hent tilbake en kopi", description="Bytter ut det som er lagret, med det som er i kopien."
    )
    restore.add_argument("file", metavar="FIL", help="zip-fila fra «bht backup»")
    restore.add_argument("--yes", action="store_true", help="ikke spør først")
    restore.set_defaults(run=commands["restore"])

    purge = top.add_parser(
        "purge", help="slett alt som er lagret", description="Sletter indeks og mellomlager på denne maskinen."
    )
    purge.add_argument("--yes", action="store_true", help="ikke spør først")
    purge.set_defaults(run=commands["purge"])
    for add_command in plugins:
        add_command(top)
    return parser


def _add_user_commands(top: Any, commands: Commands) -> None:
    user = add_group(top, "user", "bestem hvem som kan logge inn på nettsiden")
    add = user.add_parser(
        "add",
        help="legg til en bruker",
        description="Legger til en bruker. Passordet spørres det etter, eller det leses fra standard inn.",
    )
    remove = user.add_parser(
        "remove", help="fjern en bruker", description="Fjerner en bruker, med virkning med en gang."
    )
    listing = user.add_parser("list", help="list opp brukerne", description="Lister opp hvem som kan logge inn.")
    for name, parser in {"add": add, "remove": remove, "list": listing}.items():
        parser.set_defaults(run=commands[f"user {name}"])
        if name != "list":
            parser.add_argument("name", metavar="NAVN", help="brukernavnet")


def _add_source_commands(corpus: Any, commands: Commands) -> None:
    sync = corpus.add_parser(
        "sync",
        help="hent lovtekst fra Lovdata",
        description="Henter gjeldende lover og forskrifter fra Lovdatas åpne data. Bare det som er nytt, blir overført.",
    )
    sync.add_argument("--url", metavar="ADRESSE", help="en annen tjener enn https://api.lovdata.no")
    sync.add_argument("--all", action="store_true", help="ta alle lover og forskrifter, ikke bare dem om HMS")
    add = corpus.add_parser(
        "add",
        help="legg til egne dokumenter",
        description="Leser PDF, Word, HTML, Markdown og tekst, og sammenlikner dem med regelverket.",
    )
    add.add_argument("places", nargs="+", metavar="STED", help="fil, mappe eller adresse (https://)")
    add.add_argument("--level", type=int, default=5, metavar="N", help="rang fra 1 (lov) til 5 (standard)")
    add.add_argument("--title", metavar="TITTEL", help="hva dokumentet skal hete")
    add.add_argument("--publisher", metavar="HVEM", help="hvem det er fra")
    add.add_argument("--date", metavar="DATO", help="når det er fra (ÅÅÅÅ-MM-DD)")
    remove = corpus.add_parser(
        "remove", help="slett egne dokumenter", description="Sletter dokumenter fra kilder, indeks og mellomlager."
    )
    remove.add_argument("documents", nargs="+", metavar="ID", help="id-en fra «bht corpus list»")
    verify = corpus.add_parser(
        "verify",
        help="se hva som er foreldet eller i strid med loven",
        description="Sammenlikner gjengivelser, notater og egne dokumenter med lovteksten som er hentet.",
    )
    changes = corpus.add_parser(
        "changes",
        help="se hva som er endret",
        description="Viser hva som er endret i lovteksten siden første henting, og hvilke notater det berører.",
    )
    changes.add_argument("--since", metavar="DATO", help="bare endringer etter denne dagen (ÅÅÅÅ-MM-DD)")
    named = {"sync": sync, "add": add, "remove": remove, "verify": verify, "changes": changes}
    for name, parser in named.items():
        parser.set_defaults(run=commands[f"corpus {name}"])
        if name in ("sync", "add", "verify", "changes"):
            parser.add_argument("--json", action="store_true", help="skriv resultatet som JSON")
        if name in ("sync", "add", "remove"):
            parser.add_argument("--no-index", action="store_true", help="la indeksen være som den er")


def add_group(top: Any, name: str, help_text: str) -> Any:
    """Add a command of several words and return what its second words are added to.

    Args:
        top: The subparsers of `bht`.
        name: The first word.
        help_text: What the commands do, from a small letter.
    """
    parser = top.add_parser(name, help=help_text, description=f"{help_text[0].upper()}{help_text[1:]}.")
    return parser.add_subparsers(
        title="Kommandoer", metavar="KOMMANDO", required=True, dest="subcommand", parser_class=Parser
    )


def write_line(text: str = "") -> None:
    """Write a line to standard output."""
    sys.stdout.write(text + "\n")


def read_date(text: str | None) -> date | None:
    """Return the day that somebody wrote, None for nothing.

    Raises:
        UsageError: It is no date.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"«{text}» er ikke en dato. Skriv den som ÅÅÅÅ-MM-DD, for eksempel 2026-01-31.") from error
