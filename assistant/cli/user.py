"""`bht user`: who may log in to the page."""

import argparse
import sys
from getpass import getpass

from assistant.cli.parser import write_line
from assistant.errors import UsageError
from assistant.settings import load_settings
from assistant.users import Users


def run_add(arguments: argparse.Namespace) -> int:
    """Add a user. The password is asked for, or read from standard input: never an argument, which others can see."""
    users = Users(load_settings().users)
    if sys.stdin.isatty():
        password = getpass("Passord: ")
        if getpass("Passordet en gang til: ") != password:
            raise UsageError("Passordene er ikke like. Prøv igjen.")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    users.add(arguments.name, password)
    write_line(f"«{arguments.name}» kan logge inn. Start nettsiden på nytt hvis dette er den første brukeren.")
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    """Remove a user."""
    users = Users(load_settings().users)
    users.remove(arguments.name)
    rest = "" if users.names() else " Ingen er igjen: fra neste start kan alle bruke siden uten å logge inn."
    write_line(f"«{arguments.name}» er fjernet og ute med en gang.{rest}")
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    """List the users."""
    names = Users(load_settings().users).names()
    write_line(
        "\n".join(names)
        if names
        else "Ingen brukere: alle som når siden, kan bruke den. Legg inn en: bht user add NAVN"
    )
    return 0
