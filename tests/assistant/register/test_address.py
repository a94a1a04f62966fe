"""Which addresses the register may be asked at."""

import pytest

from assistant.register.address import BASE_URL, check_address
from assistant.register.errors import RegisterAddressError


@pytest.mark.parametrize(
    ("url", "root"),
    [
        (BASE_URL, "https://data.brreg.no/enhetsregisteret/api"),
        (" https://speil.example:8443/api/ ", "https://speil.example:8443/api"),
        ("http://127.0.0.1:8000/api", "http://127.0.0.1:8000/api"),
        ("http://localhost/api", "http://localhost/api"),
        ("http://[::1]:80", "http://[::1]:80"),
    ],
)
def test_https_and_this_machine_are_taken(url: str, root: str) -> None:
    assert check_address(url) == root


@pytest.mark.parametrize(
    "url",
    [
        "", "data.brreg.no", "http://data.brreg.no/enhetsregisteret/api", "http://localhost.example.org", "http://127.0.0.1.example.org",
        "http://0x7f000001", "ftp://data.brreg.no", "file:///etc/passwd", "https://", "https://data.brreg.no/?a=b", "https://data.brreg.no/#a",
        "https://data.brreg.no:99999", "https://data brreg.no", "https://dåta.no", "http://[::1", "https://a\nb.no",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_a_remedy(url: str) -> None:
    with pytest.raises(RegisterAddressError, match="Sløyf adressen"):
        check_address(url)


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(RegisterAddressError) as caught:
        check_address("https://ola:hemmelig@data.brreg.no")
    assert "hemmelig" not in str(caught.value)
