"""The connection of one request to a model server: where it may go, how long it may take, and the way to cut it.

There is no thread that watches: every wait on the socket ends at the deadline, so a server that sends a byte now and then, or
nothing but signs of life, cannot hold us. (The look-up of a name is the system's own and takes its own time.)
"""

import socket
import ssl
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import httpcore

from assistant.llm import reasons
from assistant.llm.address import ModelAddress


class RefusedError(Exception):
    """Nothing listens at the address."""


class Deadline:
    """Until the first piece one limit holds, then the limit for the whole.

    Args:
        first_seconds: Longest time to the first piece.
        total_seconds: Longest time to the last.
    """

    def __init__(self, first_seconds: float, total_seconds: float) -> None:
        self._first_seconds = first_seconds
        self._total_seconds = total_seconds
        self._begin = time.monotonic()
        self._has_answered = False

    def note_answer(self) -> None:
        """The model has begun."""
        self._has_answered = True

    def remaining(self) -> float:
        """Return the seconds left.

        Raises:
            ModelTimeoutError: There are none.
        """
        waits_for_first = not self._has_answered and self._first_seconds < self._total_seconds
        seconds = self._first_seconds if waits_for_first else self._total_seconds
        left = self._begin + seconds - time.monotonic()
        if left <= 0:
            raise reasons.no_beginning(seconds) if not self._has_answered else reasons.no_end(seconds)
        return left


class Wire(httpcore.NetworkBackend):
    """Opens the socket of one request.

    Args:
        address: The server.
        first_seconds: Longest time to the first piece.
        total_seconds: Longest time to the last.
    """

    def __init__(self, address: ModelAddress, first_seconds: float, total_seconds: float) -> None:
        self._address = address
        self._limits = (first_seconds, total_seconds)
        self._socket: socket.socket | None = None
        self._cut = threading.Event()
        self.deadline = Deadline(*self._limits)

    @property
    def is_cut(self) -> bool:
        """Whether the answer is no longer wanted."""
        return self._cut.is_set()

    def start(self) -> None:
        """Let the time begin now."""
        self.deadline = Deadline(*self._limits)

    def cut(self) -> None:
        """End the connection, also while another thread waits on it."""
        self._cut.set()
        if self._socket is not None:
            with suppress(OSError):
                # The plain socket's own: that of TLS would pull the ground from under the thread that reads.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def pause(self, seconds: float) -> None:
        """Wait before the next attempt, not beyond the deadline.

        Args:
            seconds: How long.
        """
        self._cut.wait(min(seconds, self.deadline.remaining()))

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a stream to the host, when every address that it has may be connected to."""
        addresses = self._look_up(host, port)
        was_refused = False
        for tried, (family, where) in enumerate(addresses):
            # A dead address leaves time for the next one.
            share = self.deadline.remaining() / (len(addresses) - tried)
            try:
                return self._connect(family, where, share)
            except OSError as error:
                was_refused = was_refused or isinstance(error, ConnectionRefusedError)
        self.deadline.remaining()
        if was_refused:
            raise RefusedError
        raise reasons.no_contact(self._address.shown)

    def _look_up(self, host: str, port: int) -> list[tuple[int, Any]]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise reasons.no_contact(self._address.shown) from error
        if not all(self._address.may_connect(str(where[0])) for *_, where in found):
            raise reasons.wrong_network(self._address.shown)
        return [(family, where) for family, *_, where in found]

    def _connect(self, family: int, where: Any, seconds: float) -> "_WireStream":
        opened = socket.socket(family, socket.SOCK_STREAM)
        stream = self._take(opened)
        try:
            opened.settimeout(seconds)
            opened.connect(where)
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException:
            opened.close()
            raise
        return stream

    def secure(self, plain: socket.socket, context: ssl.SSLContext, name: str | None) -> "_WireStream":
        """Return the stream with TLS on it.

        Args:
            plain: The socket.
            context: Which certificates are trusted.
            name: The name that the certificate must have.
        """
        plain.settimeout(self.deadline.remaining())
        try:
            secured = context.wrap_socket(plain, server_hostname=name)
        except ssl.SSLCertVerificationError as error:
            raise reasons.bad_certificate(self._address.shown) from error
        except OSError as error:
            self.deadline.remaining()
            raise reasons.no_contact(self._address.shown) from error
        return self._take(secured)

    def _take(self, opened: socket.socket) -> "_WireStream":
        """Return the stream on a socket that can be cut from now on."""
        self._socket = opened
        if self.is_cut:
            opened.close()
            raise reasons.cut_off()
        return _WireStream(self, opened)


class _WireStream(httpcore.NetworkStream):
    """A socket whose every wait ends at the deadline, whatever limit it is called with."""

    def __init__(self, wire: Wire, opened: socket.socket) -> None:
        self._wire = wire
        self._socket = opened

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._socket.settimeout(self._wire.deadline.remaining())
        try:
            return self._socket.recv(max_bytes)
        except OSError as error:
            self._wire.deadline.remaining()
            raise reasons.cut_off() from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._socket.settimeout(self._wire.deadline.remaining())
        try:
            self._socket.sendall(buffer)  # its time limit is for all of it
        except OSError as error:
            self._wire.deadline.remaining()
            raise reasons.cut_off() from error

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            return self._wire.secure(self._socket, ssl_context, server_hostname)
        except BaseException:
            self._socket.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._socket if info == "socket" else None
