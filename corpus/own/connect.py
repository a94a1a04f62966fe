"""Connections to public addresses only, and a time limit that covers all of them.

The check is made where the socket is opened: the name is looked up once, every address it has must be public, and the
connection goes to one of those addresses, so a name that changes its answer in between wins nothing. Host header, SNI
and certificate keep the name.
"""

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from corpus.errors import FetchError

Resolver = Callable[[str], Sequence[str]]
Rule = Callable[[str], bool]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str) -> Sequence[str]:
    """Return every address of the host, as the system's resolver knows them."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Return whether the IP address is one that anybody on the internet can reach.

    An IPv4 address inside an IPv6 address (mapped, 6to4, Teredo, NAT64) must be public too.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.is_site_local:
            return False
        inner = [parsed.ipv4_mapped, parsed.sixtofour, *(parsed.teredo or ())]
        if parsed in _NAT64:
            inner.append(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF))
        if any(ip is not None and not is_public(str(ip)) for ip in inner):
            return False
        if parsed.ipv4_mapped is not None:
            return True
    return parsed.is_global and not parsed.is_multicast


class _Deadline:
    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def remaining(self, timeout: float | None = None) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("deadline")
        return left if timeout is None else min(left, timeout)


class GuardedBackend(httpcore.NetworkBackend):
    """Opens sockets to checked addresses only, and cuts every wait at one deadline for the whole fetch."""

    def __init__(self, inner: httpcore.NetworkBackend, resolver: Resolver, is_allowed: Rule, seconds: float) -> None:
        self._inner = inner
        self._resolver = resolver
        self._is_allowed = is_allowed
        self._deadline = _Deadline(seconds)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a stream to one of the host's addresses, after all of them have been checked.

        Raises:
            FetchError: The host is unknown, or has an address that is not allowed.
        """
        addresses = self._look_up(host)
        if not addresses:
            raise FetchError(f"Finner ikke nettstedet {host}. Sjekk stavemåten og nettilgangen.")
        if not all(map(self._is_allowed, addresses)):
            raise FetchError(
                f"{host} ligger på et lokalt eller lukket nett, og hentes ikke. Last ned filen selv og legg den til derfra."
            )
        failure: Exception = httpcore.ConnectError(host)
        for tried, address in enumerate(addresses):
            # A dead address leaves time for the next one.
            share = self._deadline.remaining(timeout) / (len(addresses) - tried)
            try:
                stream = self._inner.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return _TimedStream(stream, self._deadline)
        raise failure

    def _look_up(self, host: str) -> Sequence[str]:
        """Return the addresses of the host, or nothing; the system's resolver cannot be given a time limit itself."""
        found: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()

        def work() -> None:
            try:
                found.put(self._resolver(host))
            except (OSError, UnicodeError):
                found.put(())

        threading.Thread(target=work, daemon=True).start()
        try:
            return found.get(timeout=self._deadline.remaining())
        except queue.Empty:
            raise httpcore.ConnectTimeout(host) from None


class _TimedStream(httpcore.NetworkStream):
    """A stream whose waits end at the deadline, so that a server that sends a byte now and then cannot hold us."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.remaining(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, self._deadline.remaining(timeout))
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
