"""A port to serve on, looked at before anything else is done."""

import errno
import socket

from assistant.errors import SettingsError


def find_port(host: str, port: int) -> int:
    """Return the port if it is free, or any free one for 0.

    Raises:
        SettingsError: It is taken, or the host is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise SettingsError(_port_forbidden(port)) from error
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            raise SettingsError(port_taken(port) if taken else _bad_host(host)) from error
        return int(probe.getsockname()[1])


def port_taken(port: int) -> str:
    """Return what to say when the port is in use."""
    return (
        f"Porten {port} er opptatt. Lukk programmet som bruker den, eller velg en annen port, for eksempel: "
        f"BHT_PORT={port + 1 if port < 65535 else port - 1} (eller «bht serve --port …»)."
    )


def _port_forbidden(port: int) -> str:
    """Return what to say when this user may not use the port."""
    return f"Du har ikke lov til å bruke port {port}. Velg en port over 1023, for eksempel: BHT_PORT=7860."


def _bad_host(host: str) -> str:
    """Return what to say when the page cannot be served on the address."""
    return f"Kan ikke bruke adressen «{host}». Sett BHT_HOST til 127.0.0.1, eller til en adresse denne maskinen har."
