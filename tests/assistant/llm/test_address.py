"""The address of a model server: what is taken, what is refused, and what may be connected to."""

import pytest

from assistant.errors import SettingsError
from assistant.llm.address import parse_model_address


@pytest.mark.parametrize(
    ("url", "root", "shown", "is_local"),
    [
        pytest.param("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1", "127.0.0.1:11434", True, id="loopback"),
        pytest.param("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1", "127.0.0.1:11434", True, id="no path"),
        pytest.param(" http://localhost:8080/ ", "http://localhost:8080/v1", "localhost:8080", True, id="a name for it"),
        pytest.param("http://[::1]:8080/v1", "http://[::1]:8080/v1", "[::1]:8080", True, id="IPv6"),
        pytest.param("http://[::ffff:127.0.0.1]:1", "http://[::ffff:127.0.0.1]:1/v1", "[::ffff:127.0.0.1]:1", True, id="mapped"),
        pytest.param("http://192.168.1.7:8000/v1/", "http://192.168.1.7:8000/v1", "192.168.1.7:8000", False, id="own network"),
        pytest.param("http://10.1.2.3", "http://10.1.2.3/v1", "10.1.2.3", False, id="no port"),
        pytest.param("http://100.64.3.2:1", "http://100.64.3.2:1/v1", "100.64.3.2:1", False, id="overlay network"),
        pytest.param("http://ollama:11434", "http://ollama:11434/v1", "ollama:11434", False, id="a name without a dot"),
        pytest.param("http://tjener.local:1", "http://tjener.local:1/v1", "tjener.local:1", False, id="a local name"),
        pytest.param("https://api.example.com/v1", "https://api.example.com/v1", "api.example.com", False, id="hosted"),
        pytest.param("HTTPS://API.Example.com./openai/v1", "https://api.example.com/openai/v1", "api.example.com", False, id="large letters"),
        pytest.param("https://api.example.com/v1/chat/completions", "https://api.example.com/v1", "api.example.com", False, id="the endpoint"),
    ],
)  # fmt: skip
def test_an_address_is_taken_as_it_is_meant(url: str, root: str, shown: str, is_local: bool) -> None:
    address = parse_model_address(url)
    assert (address.url, address.shown, address.is_local) == (root, shown, is_local)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.com/v1", "http://8.8.8.8:11434", "http://[2001:4860:4860::8888]/v1", "http://169.254.169.254/v1",
        "http://127.0.0.1.example.com/v1", "http://127.1:80/v1", "http://[::ffff:8.8.8.8]/v1", "http://localhost.example.com",
        "http://0.0.0.0:11434",
    ],
)  # fmt: skip
def test_plain_http_to_a_public_host_is_refused_with_a_remedy(url: str) -> None:
    with pytest.raises(SettingsError, match=r"ukryptert.*Bruk https"):
        parse_model_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "", "ollama", "127.0.0.1:11434", "ftp://127.0.0.1", "file:///etc/passwd", "http://", "http://:80", "http://127.0.0.1:0",
        "http://127.0.0.1:99999", "http://127.0.0.1:a", "https://exa mple.com", "https://exämple.com", "https://a.com\\@b.com",
        "https://a.com/\r\nX: y", "http://[::1",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="ikke en nettadresse"):
        parse_model_address(url)


@pytest.mark.parametrize(
    "url",
    ["https://sk-secret@a.com/v1", "https://ola:sk-secret@a.com", "https://a.com/v1?key=sk-secret", "https://a.com#sk-secret"],
)  # fmt: skip
def test_a_key_in_the_address_is_refused_and_never_repeated(url: str) -> None:
    with pytest.raises(SettingsError, match="BHT_LLM_KEY") as error:
        parse_model_address(url)
    assert "sk-secret" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "allowed", "refused"),
    [
        # A name that says this machine may lead nowhere else.
        ("http://localhost:1", ["127.0.0.1", "::1", "127.9.9.9"], ["192.168.1.1", "8.8.8.8", "fe80::1%eth0", "x"]),
        # Unencrypted, a name of the own network may not lead out of it.
        ("http://ollama:1", ["127.0.0.1", "10.0.0.1", "fd00::1"], ["8.8.8.8", "2001:4860::1", "169.254.169.254"]),
        ("https://api.example.com", ["8.8.8.8", "10.0.0.1", "2001:4860::1"], ["x"]),
    ],
)
def test_what_a_name_leads_to_is_checked(url: str, allowed: list[str], refused: list[str]) -> None:
    address = parse_model_address(url)
    assert all(map(address.may_connect, allowed))
    assert not any(map(address.may_connect, refused))
