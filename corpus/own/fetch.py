"""A page of the public web, fetched so that nothing on the user's own machine or network can be reached by it.

httpcore is used directly because it does nothing by itself: no cookies, no proxy from the environment, no redirects,
no unpacking. Which addresses may be connected to is checked in connect.py, where the connection is made.
"""

import re
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

import httpcore
import httpx

from corpus.errors import FetchError
from corpus.own.connect import GuardedBackend, Resolver, Rule, is_public, resolve

USER_AGENT = "BHT-assistenten"
# What is read, and the ending that a file of that type gets when its address has none.
ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HOST_NAME = re.compile(r"(?=.{1,253}$)(?:(?!-)[a-z0-9_-]{1,63}(?<!-)\.)+(?!-)[a-z0-9-]{2,63}(?<!-)")
# "127.1", "0x7f.1" and "2130706433" are numbers to the system's resolver, whatever they look like here.
_ENDS_IN_NUMBER = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$")
_SAVE_IT = "Last ned filen i nettleseren og legg den til derfra."


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What one fetch may cost. `seconds` covers everything, from look-up to last byte, redirects included."""

    size_bytes: int = 20 * 1024 * 1024
    seconds: float = 30.0
    redirects: int = 5
    ports: frozenset[int] = frozenset({443})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came. `content_type` is the media type, with its charset where the server gave one; `name` is a file name with an ending."""

    data: bytes
    content_type: str
    final_url: str
    name: str


def fetch(
    url: str,
    *,
    limits: FetchLimits | None = None,
    resolver: Resolver = resolve,
    is_allowed: Rule = is_public,
    backend: httpcore.NetworkBackend | None = None,
    ssl_context: ssl.SSLContext | None = None,
) -> Fetched:
    """Return the document at a public https address.

    Args:
        url: The address as the user gave it.
        limits: Size, time, redirects and ports; None for the defaults.
        resolver: Host name to addresses.
        is_allowed: Which addresses may be connected to; only tests have another rule than `is_public`.
        backend: What opens sockets; None for the system's.
        ssl_context: Which certificates are trusted; None for the public ones.

    Raises:
        FetchError: The address is refused, or the document could not be had. The message names a remedy.
    """
    limits = limits or FetchLimits()
    target = _check_url(url, limits)
    guarded = GuardedBackend(backend or httpcore.SyncBackend(), resolver, is_allowed, limits.seconds)
    with httpcore.ConnectionPool(
        ssl_context=ssl_context or httpx.create_ssl_context(trust_env=False),
        network_backend=guarded,
        max_keepalive_connections=0,
    ) as pool:
        for _ in range(limits.redirects + 1):
            answer = _get(pool, target, limits)
            if isinstance(answer, Fetched):
                return answer
            target = _check_url(_join(target, answer), limits)
    raise FetchError(
        f"Nettadressen sender videre mer enn {limits.redirects} ganger. Åpne den i nettleseren, og bruk adressen du ender på."
    )


def _check_url(url: str | httpx.URL, limits: FetchLimits) -> httpx.URL:
    """Return the address when it is https to a named host on an allowed port, without user name or password."""
    try:
        parsed = httpx.URL(url.strip() if isinstance(url, str) else url)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchError(
            "Dette er ikke en nettadresse. Skriv hele adressen, for eksempel https://www.eksempel.no/plan.pdf."
        ) from error
    host = parsed.raw_host.decode("ascii").lower().rstrip(".")
    if parsed.scheme != "https":
        raise FetchError(
            f"Bare adresser som begynner med https:// hentes, ikke «{parsed.scheme or 'uten skjema'}». {_SAVE_IT}"
        )
    if parsed.userinfo:
        raise FetchError(f"Nettadressen har brukernavn eller passord i seg, og hentes ikke. {_SAVE_IT}")
    if ":" in host or _ENDS_IN_NUMBER.search(host):
        raise FetchError(f"«{host}» er et tall og ikke et navn. Bruk nettstedets navn.")
    if not _HOST_NAME.fullmatch(host):
        raise FetchError(f"«{host}» er ikke navnet på et offentlig nettsted. {_SAVE_IT}")
    if (parsed.port or 443) not in limits.ports:
        raise FetchError(f"Port {parsed.port} hentes det ikke fra, bare den vanlige for https. {_SAVE_IT}")
    return parsed.copy_with(host=host, fragment=None)


def _join(target: httpx.URL, location: str) -> httpx.URL:
    try:
        return target.join(location)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchError(
            f"Nettstedet {target.host} sender videre til noe som ikke er en nettadresse. {_SAVE_IT}"
        ) from error


def _get(pool: httpcore.ConnectionPool, target: httpx.URL, limits: FetchLimits) -> Fetched | str:
    """Return the document, or the address that the server sends on to."""
    url = httpcore.URL(scheme=b"https", host=target.raw_host, port=target.port, target=target.raw_path)
    headers = [
        ("User-Agent", USER_AGENT),
        ("Accept", ", ".join(ENDINGS)),
        ("Accept-Encoding", "identity"),
        ("Accept-Language", "nb, nn;q=0.9, no;q=0.8"),
    ]
    timeout = dict.fromkeys(("connect", "read", "write", "pool"), limits.seconds)
    try:
        with pool.stream("GET", url, headers=headers, extensions={"timeout": timeout}) as response:
            found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            if response.status in _REDIRECTS and found.get("location"):
                return found["location"]
            content_type = _check_response(target, response.status, found, limits)
            data = _read(target, response.iter_stream(), limits)
    except httpcore.TimeoutException as error:
        raise FetchError(
            f"{target.host} brukte mer enn {limits.seconds:g} sekunder. Prøv igjen senere, eller last ned filen i nettleseren."
        ) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise FetchError(_explain(target, error)) from error
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", found["content-type"], re.IGNORECASE)
    return Fetched(
        data=data,
        content_type=f"{content_type}; charset={charset[1].lower()}" if charset else content_type,
        final_url=str(target),
        name=_name_of(target, content_type),
    )


def _check_response(target: httpx.URL, status: int, headers: dict[str, str], limits: FetchLimits) -> str:
    """Return the media type of an answer that is to be read."""
    if status != 200:
        reasons = {
            401: "krever innlogging",
            403: "slipper oss ikke inn",
            404: "finner ikke siden",
            410: "har fjernet siden",
        }
        reason = reasons.get(
            status, "svarer ikke som det skal nå" if status >= 500 or status == 429 else "gir ikke siden fra seg"
        )
        raise FetchError(f"{target.host} {reason} (kode {status}). Sjekk adressen i nettleseren. {_SAVE_IT}")
    content_type = headers.get("content-type", "").split(";")[0].strip().lower()
    if content_type not in ENDINGS:
        raise FetchError(
            f"{target.host} sendte «{content_type or 'ukjent type'}». Bare HTML, PDF, tekst, Markdown og Word (docx) kan leses."
        )
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise FetchError(f"{target.host} sendte siden pakket, og den pakkes ikke ut. {_SAVE_IT}")
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > limits.size_bytes:
        raise _too_large(target, limits)
    return content_type


def _read(target: httpx.URL, chunks: Iterable[bytes], limits: FetchLimits) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > limits.size_bytes:
            raise _too_large(target, limits)
    if not data:
        raise FetchError(f"{target.host} sendte en tom side. Sjekk adressen i nettleseren.")
    return bytes(data)


def _too_large(target: httpx.URL, limits: FetchLimits) -> FetchError:
    megabytes = limits.size_bytes / (1024 * 1024)
    return FetchError(
        f"Filen hos {target.host} er større enn {megabytes:.3g} MB. Legg til en mindre utgave, eller del den opp."
    )


def _explain(target: httpx.URL, error: Exception) -> str:
    # The pool cuts the chain of causes; what went wrong is still the first argument.
    if error.args and isinstance(error.args[0], ssl.SSLCertVerificationError):
        return (
            f"Sertifikatet til {target.host} er ikke gyldig, så det er ikke sikkert at svaret kommer derfra. {_SAVE_IT}"
        )
    return f"Fikk ikke kontakt med {target.host}. Sjekk nettilgangen og adressen, og prøv igjen."


def _name_of(target: httpx.URL, content_type: str) -> str:
    """Return a file name for the document: the last part of its path, else its host, with an ending that fits."""
    last = PurePosixPath(unquote(target.path)).name
    name = re.sub(r"[^\w.() -]+", "-", last).strip(" .-")[:100] or target.host
    ending = ENDINGS[content_type]
    return name if name.lower().endswith((ending, ".htm")) else name + ending
