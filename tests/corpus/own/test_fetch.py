import http.server
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import httpcore
import pytest

from corpus.errors import FetchError
from corpus.own.connect import is_public
from corpus.own.fetch import FetchLimits, fetch

_ANY = "."  # which rule refuses it does not matter
PUBLIC = "93.184.215.14"
PDF = "application/pdf"


class ScriptedBackend(httpcore.MockBackend):
    """Answers each connection with the next piece of the script, and keeps what was connected to and sent."""

    def __init__(self, *answers: bytes | list[bytes]) -> None:
        super().__init__([])
        self.answers = list(answers)
        self.connected: list[tuple[str, int]] = []
        self.names: list[str | None] = []
        self.sent = b""

    def connect_tcp(
        self, host: str, port: int, timeout: Any = None, local_address: Any = None, socket_options: Any = None
    ) -> httpcore.NetworkStream:
        self.connected.append((host, port))
        answer = self.answers.pop(0)
        return ScriptedStream(self, [answer] if isinstance(answer, bytes) else answer)


class ScriptedStream(httpcore.MockStream):
    def __init__(self, backend: ScriptedBackend, buffer: list[bytes]) -> None:
        super().__init__(buffer)
        self.backend = backend

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.backend.sent += buffer

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self.backend.names.append(server_hostname)
        return self


def answer(body: bytes = b"%PDF-1.7", content_type: str = PDF, status: int = 200, **headers: str) -> bytes:
    fields = {"content-type": content_type, "content-length": str(len(body))}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + body


def resolver(**addresses: Sequence[str]) -> Callable[[str], Sequence[str]]:
    return lambda host: addresses.get(host.split(".")[0], (PUBLIC,))


def test_a_document_is_fetched_from_the_address_that_was_checked() -> None:
    backend = ScriptedBackend(answer(b"%PDF-1.7 plan"))
    found = fetch(
        "https://Bedrift.example/filer/%C3%85rsplan%202026.pdf?v=2#side", backend=backend, resolver=resolver()
    )
    assert (found.data, found.content_type, found.name) == (b"%PDF-1.7 plan", PDF, "Årsplan 2026.pdf")
    assert found.final_url == "https://bedrift.example/filer/%C3%85rsplan%202026.pdf?v=2"
    assert backend.connected == [(PUBLIC, 443)]
    assert backend.names == ["bedrift.example"]
    assert backend.sent.startswith(b"GET /filer/%C3%85rsplan%202026.pdf?v=2 HTTP/1.1\r\nHost: bedrift.example\r\n")
    assert b"User-Agent: BHT-assistenten\r\n" in backend.sent
    assert b"cookie" not in backend.sent.lower()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        pytest.param("http://bedrift.example/plan.pdf", "https://", id="plain http"),
        pytest.param("ftp://bedrift.example/plan.pdf", "https://", id="another scheme"),
        pytest.param("file:///etc/passwd", "https://", id="a local file"),
        pytest.param("plan.pdf", "https://", id="no scheme"),
        pytest.param("", "https://", id="nothing"),
        pytest.param("https://", "ikke navnet", id="no host"),
        pytest.param("https://ola:hemmelig@bedrift.example/", "passord", id="credentials"),
        pytest.param("https://localhost/plan.pdf", "ikke navnet", id="localhost"),
        pytest.param("https://intranett/plan.pdf", "ikke navnet", id="a name without a dot"),
        pytest.param("https://127.0.0.1/", "tall", id="loopback"),
        pytest.param("https://93.184.215.14/", "tall", id="a public number"),
        pytest.param("https://[::1]/", "tall", id="IPv6 loopback"),
        pytest.param("https://[::ffff:127.0.0.1]/", "tall", id="IPv4 in IPv6"),
        pytest.param("https://[fe80::1%25eth0]/", _ANY, id="a zone"),
        pytest.param("https://2130706433/", "tall", id="decimal"),
        pytest.param("https://0x7f000001/", "tall", id="hexadecimal"),
        pytest.param("https://0x7f.0.0.0x1/", "tall", id="hexadecimal parts"),
        pytest.param("https://0177.0.0.1/", _ANY, id="octal"),
        pytest.param("https://127.1/", "tall", id="short form"),
        pytest.param("https://127.0.0.1./", "tall", id="dot at the end"),
        pytest.param("https://１２７.0.0.1/", _ANY, id="wide digits"),
        pytest.param("https://bedrift.example\\@localhost/", _ANY, id="backslash"),
        pytest.param("https://bedrift.example%00.localhost/", "ikke navnet", id="percent in the host"),
        pytest.param("https://bedrift.example:8443/", "Port", id="another port"),
        pytest.param("https://bedrift.example:22/", "Port", id="the port of another service"),
        pytest.param("https://bedrift.example/\r\nHost: localhost", _ANY, id="line break"),
    ],
)
def test_an_address_is_refused_before_anything_is_looked_up(url: str, message: str) -> None:
    looked_up: list[str] = []

    def look_up(host: str) -> Sequence[str]:
        looked_up.append(host)
        return (PUBLIC,)

    with pytest.raises(FetchError, match=message) as caught:
        fetch(url, backend=ScriptedBackend(), resolver=look_up)
    assert not looked_up
    assert "hemmelig" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("127.0.0.1", id="loopback"),
        pytest.param("127.8.8.8", id="the rest of loopback"),
        pytest.param("0.0.0.0", id="unspecified"),
        pytest.param("10.1.2.3", id="private A"),
        pytest.param("172.20.0.1", id="private B"),
        pytest.param("192.168.1.1", id="private C"),
        pytest.param("169.254.169.254", id="link-local, cloud metadata"),
        pytest.param("100.64.0.1", id="CGNAT"),
        pytest.param("192.0.2.1", id="documentation"),
        pytest.param("198.18.0.1", id="benchmarking"),
        pytest.param("224.0.0.1", id="multicast"),
        pytest.param("255.255.255.255", id="broadcast"),
        pytest.param("::1", id="IPv6 loopback"),
        pytest.param("::", id="IPv6 unspecified"),
        pytest.param("fe80::1", id="IPv6 link-local"),
        pytest.param("fe80::1%eth0", id="IPv6 with zone"),
        pytest.param("fd00::1", id="IPv6 unique local"),
        pytest.param("fec0::1", id="IPv6 site-local"),
        pytest.param("ff02::1", id="IPv6 multicast"),
        pytest.param("::ffff:127.0.0.1", id="mapped loopback"),
        pytest.param("::ffff:192.168.0.1", id="mapped private"),
        pytest.param("2002:7f00:1::", id="6to4 of loopback"),
        pytest.param("64:ff9b::7f00:1", id="NAT64 of loopback"),
        pytest.param("64:ff9b::a00:1", id="NAT64 of private"),
        pytest.param("2001:0:7f00:1::", id="Teredo"),
        pytest.param("ikke et tall", id="no address"),
    ],
)
def test_a_host_on_a_closed_network_is_never_connected_to(address: str) -> None:
    backend = ScriptedBackend(answer())
    with pytest.raises(FetchError, match=r"lukket nett.* Last ned"):
        fetch("https://bedrift.example/", backend=backend, resolver=resolver(bedrift=(PUBLIC, address)))
    assert backend.connected == []


@pytest.mark.parametrize("address", [PUBLIC, "::ffff:93.184.215.14", "2a00:1450:400f:80d::2004", "64:ff9b::5db8:d70e"])
def test_a_public_address_is_allowed(address: str) -> None:
    assert is_public(address)


def test_a_name_that_changes_its_answer_gains_nothing() -> None:
    answers = [(PUBLIC,), ("127.0.0.1",)]
    backend = ScriptedBackend(answer())
    fetch("https://bedrift.example/", backend=backend, resolver=lambda _: answers.pop(0))
    assert backend.connected == [(PUBLIC, 443)]
    assert answers == [("127.0.0.1",)]  # looked up once


def test_the_next_address_is_tried_when_one_is_dead() -> None:
    class Dead(ScriptedBackend):
        def connect_tcp(self, host: str, *args: Any, **named: Any) -> httpcore.NetworkStream:
            if host == PUBLIC:
                raise httpcore.ConnectError(host)
            return super().connect_tcp(host, *args, **named)

    backend = Dead(answer())
    fetch("https://bedrift.example/", backend=backend, resolver=resolver(bedrift=(PUBLIC, "93.184.215.15")))
    assert backend.connected == [("93.184.215.15", 443)]


def test_an_unknown_host_is_reported() -> None:
    def fail(host: str) -> Sequence[str]:
        raise socket.gaierror(host)

    with pytest.raises(FetchError, match=r"Finner ikke nettstedet bedrift\.example"):
        fetch("https://bedrift.example/", backend=ScriptedBackend(), resolver=fail)


def test_a_redirect_is_followed_and_checked_again() -> None:
    backend = ScriptedBackend(
        answer(b"", status=301, location="/ny/plan"),
        answer(b"", status=302, location="https://arkiv.example/plan"),
        answer(b"<p>Plan</p>", "text/html; charset=ISO-8859-1"),
    )
    found = fetch("https://bedrift.example/plan", backend=backend, resolver=resolver(arkiv=("93.184.215.15",)))
    assert (found.final_url, found.name, found.content_type) == (
        "https://arkiv.example/plan",
        "plan.html",
        "text/html; charset=iso-8859-1",
    )
    assert backend.names == ["bedrift.example", "bedrift.example", "arkiv.example"]
    assert backend.connected[-1] == ("93.184.215.15", 443)


@pytest.mark.parametrize(
    ("location", "message"),
    [
        pytest.param("http://bedrift.example/", "https://", id="down to http"),
        pytest.param("https://intern.example/", "lukket nett", id="to a private address"),
        pytest.param("//localhost/", "ikke navnet", id="to localhost"),
        pytest.param("https://127.0.0.1/", "tall", id="to loopback"),
        pytest.param("https://a:b@bedrift.example/", "passord", id="to credentials"),
        pytest.param("https://bedrift.example:6379/", "Port", id="to another port"),
        pytest.param("file:///etc/passwd", "https://", id="to a file"),
        pytest.param("https://[", _ANY, id="to nonsense"),
    ],
)
def test_a_redirect_to_a_refused_address_is_not_followed(location: str, message: str) -> None:
    backend = ScriptedBackend(answer(b"", status=302, location=location), answer())
    with pytest.raises(FetchError, match=message):
        fetch("https://bedrift.example/", backend=backend, resolver=resolver(intern=("10.0.0.1",)))
    assert len(backend.connected) == 1


def test_the_sixth_redirect_is_not_followed() -> None:
    loop = answer(b"", status=302, location="/igjen")
    backend = ScriptedBackend(*[loop] * 5, answer(b"<p>Plan</p>", "text/html"))
    assert fetch("https://bedrift.example/", backend=backend, resolver=resolver()).name == "igjen.html"
    backend = ScriptedBackend(*[loop] * 6, answer(b"<p>Plan</p>", "text/html"))
    with pytest.raises(FetchError, match="mer enn 5 ganger"):
        fetch("https://bedrift.example/", backend=backend, resolver=resolver())


@pytest.mark.parametrize(
    ("response", "message"),
    [
        pytest.param(answer(status=404), "finner ikke siden .kode 404", id="not found"),
        pytest.param(answer(status=401), "innlogging", id="log-in"),
        pytest.param(answer(status=503), "nå .kode 503", id="out of order"),
        pytest.param(answer(status=302), "kode 302", id="a redirect to nowhere"),
        pytest.param(answer(content_type="image/png"), "image/png", id="a picture"),
        pytest.param(answer(content_type="application/zip"), "application/zip", id="an archive"),
        pytest.param(answer(content_type=""), "ukjent type", id="no type"),
        pytest.param(answer(content_encoding="gzip"), "pakket", id="packed though asked not to"),
        pytest.param(answer(b""), "tom side", id="empty"),
        pytest.param(answer(content_length="99999999"), "større enn 20 MB", id="announced too large"),
        pytest.param(b"SSH-2.0-OpenSSH\r\n", "kontakt", id="no HTTP"),
        pytest.param(b"", "kontakt", id="closed at once"),
    ],
)
def test_an_answer_that_is_no_document_is_reported(response: bytes, message: str) -> None:
    with pytest.raises(FetchError, match=message):
        fetch("https://bedrift.example/", backend=ScriptedBackend(response), resolver=resolver())


def test_a_body_without_end_is_cut_at_the_size_limit() -> None:
    chunk = b"400\r\n" + b"x" * 1024 + b"\r\n"
    script = [b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n", *[chunk] * 1000]
    with pytest.raises(FetchError, match=r"større enn 0\.01 MB"):
        fetch(
            "https://bedrift.example/", backend=ScriptedBackend(script), resolver=resolver(),
            limits=FetchLimits(size_bytes=int(0.01 * 1024 * 1024)),
        )  # fmt: skip
    assert len(script) > 900


@pytest.mark.parametrize(
    ("path", "content_type", "name"),
    [
        pytest.param("/", "text/html", "bedrift.example.html", id="no path"),
        pytest.param("/a/rutine.htm", "text/html", "rutine.htm", id="ending kept"),
        pytest.param("/vis?id=3", PDF, "vis.pdf", id="ending added"),
        pytest.param("/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "text/plain", "passwd.txt", id="no way out of a folder"),
        pytest.param("/a%00b:c", "text/plain", "a-b-c.txt", id="odd characters"),
    ],
)
def test_the_document_gets_a_plain_file_name(path: str, content_type: str, name: str) -> None:
    backend = ScriptedBackend(answer(b"x", content_type))
    assert fetch(f"https://bedrift.example{path}", backend=backend, resolver=resolver()).name == name


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    backend = ScriptedBackend(answer())
    fetch("https://bedrift.example/", backend=backend, resolver=resolver())
    assert backend.connected == [(PUBLIC, 443)]


def test_a_look_up_that_hangs_ends_in_time() -> None:
    release = threading.Event()

    def hang(host: str) -> Sequence[str]:
        release.wait(20)
        return (PUBLIC,)

    began = time.monotonic()
    with pytest.raises(FetchError, match=r"mer enn 0\.2 sekunder"):
        fetch("https://bedrift.example/", backend=ScriptedBackend(), resolver=hang, limits=FetchLimits(seconds=0.2))
    release.set()
    assert time.monotonic() - began < 5


class _Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/drypp":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            try:
                while True:
                    self.wfile.write(b"x: y\r\n")
                    time.sleep(0.05)
            except OSError:
                return
        body = f"<p>{self.headers['Host']}</p>".encode()
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a client that turns away is what is tested


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for bedrift.example with its key, made for this run."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not on this machine")
    path = tmp_path_factory.mktemp("certificate") / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=bedrift.example", "-addext", "subjectAltName=DNS:bedrift.example", "-keyout", str(path), "-out", str(path.with_suffix(".crt"))],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_text(path.read_text() + path.with_suffix(".crt").read_text())
    return path


@pytest.fixture
def server(certificate: Path) -> Iterator[int]:
    """The port of an https server on loopback."""
    served = _Server(("127.0.0.1", 0), _Page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    served.socket = context.wrap_socket(served.socket, server_side=True)
    thread = threading.Thread(target=served.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield served.server_address[1]
    served.shutdown()
    served.server_close()
    thread.join()


def _from_loopback(url: str, port: int, trusted: ssl.SSLContext | None, seconds: float = 10) -> str:
    limits = FetchLimits(ports=frozenset({port}), seconds=seconds)
    found = fetch(
        url, limits=limits, resolver=lambda _: ("127.0.0.1",), is_allowed=lambda ip: ip == "127.0.0.1", ssl_context=trusted
    )  # fmt: skip
    return found.data.decode()


def test_the_certificate_is_checked_by_name(server: int, certificate: Path) -> None:
    trusted = ssl.create_default_context(cafile=str(certificate.with_suffix(".crt")))
    page = _from_loopback(f"https://bedrift.example:{server}/", server, trusted)
    assert page == f"<p>bedrift.example:{server}</p>"
    with pytest.raises(FetchError, match=r"Sertifikatet til annen\.example"):
        _from_loopback(f"https://annen.example:{server}/", server, trusted)
    with pytest.raises(FetchError, match=r"Sertifikatet til bedrift\.example"):
        _from_loopback(f"https://bedrift.example:{server}/", server, None)


def test_a_server_that_drips_is_left_in_time(server: int, certificate: Path) -> None:
    trusted = ssl.create_default_context(cafile=str(certificate.with_suffix(".crt")))
    began = time.monotonic()
    with pytest.raises(FetchError, match=r"mer enn 0\.5 sekunder"):
        _from_loopback(f"https://bedrift.example:{server}/drypp", server, trusted, seconds=0.5)
    assert time.monotonic() - began < 5
