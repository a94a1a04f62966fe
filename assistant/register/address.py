"""The address of the register: the real one, or one that the user gave."""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from assistant.register.errors import RegisterAddressError

BASE_URL = "https://data.brreg.no/enhetsregisteret/api"
_REMEDY = f"Sløyf adressen for å bruke Enhetsregisterets egen, {BASE_URL}."


def check_address(url: str) -> str:
    """Return the root of a register's API, without a slash at the end.

    Args:
        url: https, or http to this machine itself.

    Raises:
        RegisterAddressError: It is neither, or it has a user name, a query or a fragment.
    """
    parts = _split(url)
    if parts.username is not None or parts.password is not None:  # never repeated: it would end up in logs
        raise RegisterAddressError(f"Adressen til registeret kan ikke ha brukernavn eller passord. {_REMEDY}")
    if parts.query or parts.fragment:
        raise RegisterAddressError(f"{url!a} har noe etter «?» eller «#», og det kan den ikke ha. {_REMEDY}")
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise RegisterAddressError(f"{url!a} er ukryptert, og det er bare lov på egen maskin. {_REMEDY}")
    return url.strip().rstrip("/")


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine.

    Args:
        host: A name or an IP address.
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme in {"https", "http"} and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise RegisterAddressError(f"{url!a} er ikke en nettadresse. {_REMEDY}") from error
    if not usable or not url.isascii() or not url.strip().isprintable() or " " in url.strip():
        raise RegisterAddressError(f"{url!a} er ikke en adresse som begynner med https://. {_REMEDY}")
    return parts
