"""The connection to a server of Lovdata's open API: addresses, tries and pauses, time limits, and what each failure is called."""

import logging
import re
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_any, stop_before_delay, wait_exponential
from tenacity.stop import stop_base

from corpus.errors import LovdataAddressError, LovdataAnswerError, LovdataUnreachable

logger = logging.getLogger(__name__)

# Less than this in `stall_seconds` is a standstill, and a try that brings less has failed.
PROGRESS_BYTES = 64 * 1024
_LONGEST_PAUSE_SECONDS = 30.0
_LONGEST_RETRY_AFTER_SECONDS = 120.0
LATER = "Kontroller nettforbindelsen, og kjør «bht corpus sync» igjen senere; den fortsetter der den slapp."
CHECK_URL = "Kontroller adressen i --url, eller sløyf den for å bruke Lovdatas egen."
_HOST = re.compile(rb"[A-Za-z0-9._:-]+")


class Passing(LovdataUnreachable):
    """A failure that may pass by itself; `wait_seconds` is how long the server asks us to wait."""

    def __init__(self, message: str, wait_seconds: float = 0) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait and how often to try; `LovdataClient` says what each is for."""

    timeout_seconds: float
    stall_seconds: float
    deadline_seconds: float
    attempts: int
    pause_seconds: float
    sleep: Callable[[float], None]


class Connection:
    """Sends requests to one server, a connection each, and refuses redirects.

    Args:
        url: The server's root.
        patience: Time limits, tries and pauses.

    Raises:
        LovdataAddressError: `url` is not the root of a server.
    """

    def __init__(self, url: str, patience: Patience) -> None:
        address = _read_url(url)
        self.host = address.netloc.decode("ascii")
        self._root = str(address).rstrip("/")
        # A proxy of the environment reaches the world, never this machine.
        self._trust_env = not _is_loopback(address.host)
        # Read from the disk once, not for every try; plain http needs none, and gets a context that trusts nobody.
        encrypted = address.scheme == "https"
        self._tls = (
            httpx.create_ssl_context(trust_env=self._trust_env)
            if encrypted
            else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        )
        self._patience = patience
        self._pause = wait_exponential(multiplier=patience.pause_seconds, max=_LONGEST_PAUSE_SECONDS)

    def retrying(self, size: Callable[[], int]) -> Retrying:
        """Return what repeats a call after a `Passing` failure, as long as `size()` grows or there are tries left."""
        return Retrying(
            retry=retry_if_exception_type(Passing),
            stop=stop_any(
                _StopWithoutProgress(self._patience.attempts, size), stop_before_delay(self._patience.deadline_seconds)
            ),
            wait=self._wait,
            sleep=self._patience.sleep,
            before_sleep=_log_pause,
            reraise=True,
        )

    def deadline(self) -> float:
        """Return the `time.monotonic` at which a call that begins now has taken too long."""
        return time.monotonic() + self._patience.deadline_seconds

    @contextmanager
    def get(self, path: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """Yield the answer for a path under the root, its body not yet read. The status is the caller's to look at."""
        # identity: length and range must be those of the archive, and nothing may unfold on the way in.
        asked = {"User-Agent": "bht-assistenten", "Accept-Encoding": "identity", **headers}
        client = httpx.Client(
            timeout=self._patience.timeout_seconds, verify=self._tls, trust_env=self._trust_env, follow_redirects=False
        )
        try:
            with client, client.stream("GET", self._root + path, headers=asked) as response:
                if response.status_code == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
                    raise self._busy(response)
                if response.headers.get("Content-Encoding", "identity") != "identity":
                    raise self.bad_answer("komprimert innhold som ingen har bedt om")
                yield response
        except httpx.TransportError as error:
            raise self._unreachable(error) from error

    def chunks(self, response: httpx.Response, deadline: float) -> Iterator[bytes]:
        """Yield the body as it comes. A body that hardly moves is a failure that may pass."""
        since, brought = time.monotonic(), 0
        for chunk in response.iter_raw():
            yield chunk
            brought += len(chunk)
            now = time.monotonic()
            if now > deadline:
                minutes = max(1, round(self._patience.deadline_seconds / 60))
                raise LovdataUnreachable(f"Hentingen fra {self.host} tok mer enn {minutes} minutter. {LATER}")
            if now - since >= self._patience.stall_seconds:
                if brought < PROGRESS_BYTES:
                    raise Passing(f"Overføringen fra {self.host} står nesten stille. {LATER}")
                since, brought = now, 0

    def bad_answer(self, what: str) -> LovdataAnswerError:
        """Return the error for an answer that is not what was asked for."""
        return LovdataAnswerError(f"{self.host} svarte med {what}. {CHECK_URL}")

    def bad_status(self, response: httpx.Response) -> LovdataAnswerError:
        """Return the error for a status that no try will change."""
        code = response.status_code
        if response.is_redirect:
            return LovdataAnswerError(
                f"{self.host} viser videre til en annen adresse (kode {code}), og det blir ikke fulgt. {CHECK_URL}"
            )
        if code == httpx.codes.NOT_FOUND:
            return LovdataAnswerError(f"{self.host} har ikke det vi ba om (kode 404). {CHECK_URL}")
        return LovdataAnswerError(f"{self.host} avviste forespørselen (kode {code}). {CHECK_URL}")

    def _busy(self, response: httpx.Response) -> LovdataUnreachable:
        code = response.status_code
        seconds = _read_retry_after(response.headers.get("Retry-After", ""))
        if seconds <= _LONGEST_RETRY_AFTER_SECONDS:
            return Passing(f"{self.host} har ikke tid nå (kode {code}). {LATER}", seconds)
        minutes = round(seconds / 60)
        return LovdataUnreachable(
            f"{self.host} har ikke tid nå (kode {code}) og ber oss vente {minutes} minutter. Prøv igjen etter det."
        )

    def _unreachable(self, error: httpx.TransportError) -> LovdataUnreachable:
        if _is_about_certificate(error):
            return LovdataUnreachable(
                f"Sertifikatet til {self.host} er ikke gyldig, så ingenting er hentet. Kontroller maskinens klokke og adressen; "
                "bak en bedriftsproxy må SSL_CERT_FILE peke på bedriftens sertifikat."
            )
        if isinstance(error, httpx.TimeoutException):
            return Passing(f"{self.host} svarte ikke innen {self._patience.timeout_seconds:g} sekunder. {LATER}")
        if isinstance(error, httpx.ProxyError):
            return Passing(f"Proxyen slapp oss ikke fram til {self.host}. Kontroller HTTPS_PROXY, og prøv igjen.")
        if isinstance(error, httpx.ConnectError):
            return Passing(f"Får ikke kontakt med {self.host}. {LATER}")
        return Passing(f"Forbindelsen til {self.host} ble brutt. {LATER}")

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        return max(self._pause(state), error.wait_seconds if isinstance(error, Passing) else 0)


class _StopWithoutProgress(stop_base):
    """Stops after a number of failed tries in a row in which nothing to speak of came over."""

    def __init__(self, attempts: int, size: Callable[[], int]) -> None:
        self._left = self._attempts = attempts
        self._size = size
        self._most = size()

    def __call__(self, retry_state: RetryCallState) -> bool:
        size = self._size()
        if size >= self._most + PROGRESS_BYTES:
            self._most, self._left = size, self._attempts
        else:
            self._left -= 1
        return self._left <= 0


def _read_url(url: str) -> httpx.URL:
    try:
        address = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise LovdataAddressError(f"{url!a} er ikke en nettadresse. {CHECK_URL}") from error
    if address.scheme not in {"https", "http"} or not _HOST.fullmatch(address.raw_host):
        raise LovdataAddressError(f"{url!a} er ikke en adresse som begynner med https:// eller http://. {CHECK_URL}")
    if address.userinfo:  # never repeated: it would end up in logs
        raise LovdataAddressError(f"Adressen kan ikke ha brukernavn eller passord. {CHECK_URL}")
    if address.query or address.fragment:
        raise LovdataAddressError(f"{url!a} er ikke roten til en server: ta bort alt fra «?» eller «#». {CHECK_URL}")
    return address


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_about_certificate(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    return cause is not None


def _read_retry_after(text: str) -> float:
    """Return the seconds that a Retry-After asks for (a number or a date), 0 for none or nonsense."""
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return 0
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _log_pause(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    logger.info("try %d failed, the next in %.1f s: %s", state.attempt_number, state.upcoming_sleep, error)
