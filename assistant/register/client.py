"""The connection to the register, over the client of the brreg package. Imported only when something is fetched.

That client has one address, lets an answer be of any size, and makes no difference between what is not there and what is
deleted. Its `open` is overridden here, and what is looked at in every answer before it is read makes up for the rest.
"""

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx2
from brreg import BrregError
from brreg.enhetsregisteret import Client, Enhet, EnhetQuery, Underenhet, UnderenhetQuery

from assistant.register.address import is_loopback
from assistant.register.errors import (
    BadAnswerError,
    DeletedError,
    NotFoundError,
    RateLimitedError,
    RegisterError,
    SearchNameError,
    ServerError,
    SlowError,
    UnreachableError,
)
from assistant.register.number import is_valid_number
from assistant.register.read import NONSENSE, read_unit
from assistant.register.records import Unit

_MAX_BODY_BYTES = 4 * 1024**2  # a hundred units are some 200 kB
_SLOWEST_FACTOR = 3  # a whole answer may take this many times the wait for a part of it
_LATER = "Prøv igjen senere, eller oppgi bransjen selv."
_LONGEST_WAIT_SHOWN_SECONDS = 24 * 3600
_Query = TypeVar("_Query", EnhetQuery, UnderenhetQuery)


class RegisterClient:
    """Asks the register; use it in a `with`. Every failure is a `RegisterError`.

    Args:
        base_url: The root of the API, checked.
        timeout_seconds: Longest wait for a connection and for the next bytes.
        today: The day.
    """

    def __init__(self, base_url: str, timeout_seconds: float, today: date) -> None:
        self._client = _BoundedClient(base_url, timeout_seconds)
        self._today = today

    def __enter__(self) -> "RegisterClient":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get_unit(self, orgnr: str) -> tuple[Unit, str | None]:
        """Return a unit of the upper level, and the number of what it belongs to.

        Args:
            orgnr: Nine digits.
        """
        return self._get(self._client.get_enhet, orgnr)

    def get_sub_unit(self, orgnr: str) -> tuple[Unit, str | None]:
        """Return a unit of the lowest level, and the number of what it belongs to.

        Args:
            orgnr: Nine digits.
        """
        return self._get(self._client.get_underenhet, orgnr)

    def search_units(
        self, size: int, name: str | None = None, parent: str | None = None
    ) -> tuple[tuple[Unit, ...], int]:
        """Return the first units of the upper level and how many there are, by name or by what they belong to.

        Args:
            size: How many at most.
            name: Words of the name.
            parent: Nine digits.
        """
        query = EnhetQuery(navn=name, overordnet_enhet=parent, size=size)
        return self._search(self._client.search_enhet, query, size)

    def search_sub_units(self, size: int, parent: str) -> tuple[tuple[Unit, ...], int]:
        """Return the first units of the lowest level that belong to a unit, and how many there are.

        Args:
            size: How many at most.
            parent: Nine digits.
        """
        return self._search(self._client.search_underenhet, UnderenhetQuery(overordnet_enhet=parent, size=size), size)

    def _get(self, get: Callable[[str], Enhet | Underenhet | None], orgnr: str) -> tuple[Unit, str | None]:
        with _translate():
            answer = get(orgnr)
        if answer is None or answer.organisasjonsnummer != orgnr:
            raise BadAnswerError(NONSENSE)
        above = answer.overordnet_enhet or None
        if above and not is_valid_number(above):
            raise BadAnswerError(NONSENSE)
        return read_unit(answer, self._today), above

    def _search(self, search: Callable[[_Query], Any], query: _Query, size: int) -> tuple[tuple[Unit, ...], int]:
        with _translate():
            page = search(query).get_page(0)
        if page is None or page.total_elements < 0:
            raise BadAnswerError(NONSENSE)
        units = tuple(read_unit(answer, self._today) for answer in page.items[:size])
        return units, max(len(units), page.total_elements)


class _BoundedClient(Client):
    """The package's client with another address, a time limit, and a look at every answer before it is read."""

    def __init__(self, base_url: str, timeout_seconds: float) -> None:
        self._base_url = base_url
        self._timeout_seconds = timeout_seconds
        super().__init__()

    def open(self) -> None:
        """Prepare the connection; called when the client is made."""
        self._client = httpx2.Client(
            base_url=self._base_url,
            # identity: nothing may unfold on the way in.
            headers={"User-Agent": "bht-assistenten", "Accept-Encoding": "identity"},
            timeout=self._timeout_seconds,
            follow_redirects=False,
            # A proxy of the environment reaches the world, never this machine.
            trust_env=not is_loopback(urlsplit(self._base_url).hostname or ""),
            event_hooks={"response": [self._look_at]},
        )

    def _look_at(self, response: httpx2.Response) -> None:
        code = response.status_code
        if code == httpx2.codes.OK:
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise BadAnswerError(NONSENSE)
            if isinstance(response.stream, httpx2.SyncByteStream):
                response.stream = _BoundedStream(response.stream, self._timeout_seconds * _SLOWEST_FACTOR)
            return
        raise _read_status(response)


class _BoundedStream(httpx2.SyncByteStream):
    """A body that breaks off when it is too long or takes too long."""

    def __init__(self, stream: httpx2.SyncByteStream, seconds: float) -> None:
        self._stream = stream
        self._seconds = seconds

    def __iter__(self) -> Iterator[bytes]:
        deadline, brought = time.monotonic() + self._seconds, 0
        for chunk in self._stream:
            brought += len(chunk)
            if brought > _MAX_BODY_BYTES:
                raise BadAnswerError(f"Svaret fra Enhetsregisteret er altfor stort til å være riktig. {_LATER}")
            if time.monotonic() > deadline:
                raise _slow()
            yield chunk

    def close(self) -> None:
        self._stream.close()


def _read_status(response: httpx2.Response) -> Exception:
    """Return the error for a status that is not 200."""
    code = response.status_code
    if code == httpx2.codes.NOT_FOUND:
        return NotFoundError(
            "Enhetsregisteret har ingen virksomhet med dette organisasjonsnummeret. Kontroller nummeret, eller søk på navnet."
        )
    if code == httpx2.codes.GONE:
        return DeletedError(
            "Virksomheten er slettet, og Enhetsregisteret viser den ikke lenger. Kontroller nummeret, eller søk på navnet."
        )
    if code == httpx2.codes.TOO_MANY_REQUESTS:
        return RateLimitedError(f"Enhetsregisteret får for mange spørsmål nå. {_when(response)}")
    if code == httpx2.codes.BAD_REQUEST and "navn" in response.request.url.params:
        return SearchNameError(
            "Enhetsregisteret kan ikke bruke søket (kode 400). Skriv flere ord av navnet, eller oppgi organisasjonsnummeret."
        )
    if response.is_server_error:
        return ServerError(f"Enhetsregisteret har en feil hos seg (kode {code}). {_LATER}")
    return BadAnswerError(f"Enhetsregisteret svarte ikke som ventet (kode {code}). {_LATER}")


def _when(response: httpx2.Response) -> str:
    """Return when to try again, in seconds where the register says so."""
    asked = response.headers.get("Retry-After", "")[:9]
    seconds = int(asked) if asked.isascii() and asked.isdigit() else 0
    if 0 < seconds <= _LONGEST_WAIT_SHOWN_SECONDS:
        return f"Vent {seconds} sekunder og prøv igjen, eller oppgi bransjen selv."
    return "Vent litt og prøv igjen, eller oppgi bransjen selv."


def _slow() -> SlowError:
    return SlowError(f"Enhetsregisteret svarte ikke i tide. Kontroller nettforbindelsen. {_LATER}")


@contextmanager
def _translate() -> Iterator[None]:
    """Turn what the package raises into our errors."""
    try:
        yield
    except BrregError as error:
        cause = error.__cause__
        if isinstance(cause, RegisterError | SearchNameError):
            raise cause from None
        if isinstance(cause, httpx2.TimeoutException):
            raise _slow() from error
        if isinstance(cause, httpx2.TransportError):
            raise _unreachable(cause) from error
        raise BadAnswerError(NONSENSE) from error


def _unreachable(error: httpx2.TransportError) -> UnreachableError:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    if cause is not None:
        return UnreachableError(
            "Sertifikatet til Enhetsregisteret ble ikke godtatt, så ingenting er hentet. Kontroller maskinens klokke; "
            "bak en bedriftsproxy må SSL_CERT_FILE peke på bedriftens sertifikat."
        )
    return UnreachableError(f"Får ikke kontakt med Enhetsregisteret. Kontroller nettforbindelsen. {_LATER}")
