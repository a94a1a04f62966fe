"""A model server over https: trusted or left alone, and as bounded in time as any."""

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.llm import LanguageModel, Message, ModelTimeoutError, ModelUnreachableError, load_language_model
from tests.assistant.llm.conftest import KEY, make_settings
from tests.assistant.llm.script import Hang, Piece, Raw
from tests.assistant.llm.server import ModelServer, serving

QUESTION = (Message(role="user", content="Må vi ha BHT?"),)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost with its key, made for this run."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not on this machine")
    path = tmp_path_factory.mktemp("certificate") / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", str(path), "-out", str(path.with_suffix(".crt"))],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_text(path.read_text() + path.with_suffix(".crt").read_text())
    return path


@pytest.fixture
def server(certificate: Path) -> Iterator[ModelServer]:
    with serving(certificate=certificate) as running:
        yield running


def make(server: ModelServer, **changes: float) -> LanguageModel:
    model = load_language_model(make_settings(server.url, **changes))
    assert model
    return model


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(server: ModelServer) -> None:
    with pytest.raises(ModelUnreachableError, match=r"Sertifikatet til localhost:\d+ ble ikke godtatt"):
        make(server).complete(QUESTION)
    assert server.requests == []


def test_the_users_own_certificate_is_trusted(
    server: ModelServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    assert make(server).complete(QUESTION) == "Hei."
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_time_limits_hold_over_https(server: ModelServer, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    make(server).complete(QUESTION)
    server.play([Raw(data=b": ping" * 1000, pause=0.05)])
    begin = time.monotonic()
    with pytest.raises(ModelTimeoutError):
        make(server, llm_first_seconds=0.4).complete(QUESTION)
    assert time.monotonic() - begin < 2.5


def test_another_thread_can_close_while_one_waits_over_https(
    server: ModelServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    server.play([Piece(text="Ja. "), Hang()])
    stream, got = make(server).stream(QUESTION), []
    reader = threading.Thread(target=lambda: got.extend(stream))
    reader.start()
    while not got and reader.is_alive():
        time.sleep(0.01)
    begin = time.monotonic()
    stream.close()
    reader.join()
    assert time.monotonic() - begin < 2.5
    assert got == ["Ja. "]
