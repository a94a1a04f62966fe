"""What is said when the register fails or sends what makes no sense."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import monotonic

import pytest

from assistant.errors import AssistantError
from assistant.register.errors import (
    BadAnswerError,
    DeletedError,
    NotFoundError,
    RateLimitedError,
    ServerError,
    SlowError,
    UnreachableError,
)
from assistant.register.register import Register
from tests.assistant.register import fake as data
from tests.assistant.register.fake import FakeRegister, Fault, encode

Make = Callable[..., Register]

HUGE = encode({"organisasjonsnummer": data.FAULTY, "navn": "x" * 5_000_000})


@pytest.mark.parametrize(
    ("fault", "error", "says"),
    [
        (Fault(status=404), NotFoundError, "søk på navnet"),
        (Fault(status=410), DeletedError, "slettet.*søk på navnet"),
        (Fault(status=429), RateLimitedError, "Vent litt"),
        (Fault(status=429, headers=(("Retry-After", "17"),)), RateLimitedError, "Vent 17 sekunder"),
        (Fault(status=429, headers=(("Retry-After", "²²"),)), RateLimitedError, "Vent litt"),
        (Fault(status=500), ServerError, "kode 500"),
        (Fault(status=503, body=b"<html>"), ServerError, "kode 503"),
        (Fault(status=400), BadAnswerError, "kode 400"),
        (Fault(status=403), BadAnswerError, "kode 403"),
        (Fault(status=302, headers=(("Location", "https://example.org/"),)), BadAnswerError, "kode 302"),
        (Fault(status=204, body=b""), BadAnswerError, "kode 204"),
        (Fault(body=b""), BadAnswerError, "lar seg lese"),
        (Fault(body=b"<html>Vedlikehold</html>"), BadAnswerError, "lar seg lese"),
        (Fault(body=b"{}"), BadAnswerError, "lar seg lese"),
        (Fault(body=b"null"), BadAnswerError, "lar seg lese"),
        (Fault(body=b"[" * 100_000), BadAnswerError, "lar seg lese"),
        (Fault(body=b'{"navn": "\xff"}'), BadAnswerError, "lar seg lese"),
        (Fault(body=encode(data.unit(data.SOLE, "EN ANNEN", "AS"))), BadAnswerError, "lar seg lese"),
        (Fault(body=encode(data.unit(data.FAULTY, " \n", "AS"))), BadAnswerError, "lar seg lese"),
        (Fault(body=encode(data.unit(data.FAULTY, "X", "as"))), BadAnswerError, "lar seg lese"),
        (Fault(body=encode(data.unit(data.FAULTY, "X", "AS", antallAnsatte=-1))), BadAnswerError, "lar seg lese"),
        (Fault(body=encode(data.unit(data.FAULTY, "X", "AS", overordnetEnhet="../roller"))), BadAnswerError, "lar seg lese"),
        (Fault(body=encode(data.unit(data.FAULTY, "X", "AS", konkurs="kanskje"))), BadAnswerError, "lar seg lese"),
        (Fault(body=b"x", headers=(("Content-Encoding", "gzip"),)), BadAnswerError, "lar seg lese"),
        (Fault(body=HUGE), BadAnswerError, "altfor stort"),
        (Fault(body=b'{"navn":', cut=True), UnreachableError, "kontakt"),
    ],
)  # fmt: skip
def test_each_failure_is_a_sentence_with_a_remedy(
    make: Make, fake: FakeRegister, tmp_path: Path, fault: Fault, error: type[AssistantError], says: str
) -> None:
    fake.break_all(fault)
    with pytest.raises(error, match=says) as caught:
        make().look_up(data.FAULTY)
    assert type(caught.value) is error
    assert str(caught.value).endswith(".")
    assert any(word in str(caught.value) for word in ("igjen", "Kontroller"))
    assert not (tmp_path / "register").exists()


@pytest.mark.parametrize(
    "fault", [Fault(delay=0.6), Fault(body=b" " * 100, pause=0.1)], ids=["no answer", "a byte at a time"]
)
def test_a_slow_register_is_not_waited_for(make: Make, fake: FakeRegister, fault: Fault) -> None:
    fake.break_all(fault)
    began = monotonic()
    with pytest.raises(SlowError, match="ikke i tide"):
        make(timeout_seconds=0.2).look_up(data.FAULTY)
    assert monotonic() - began < 5  # a byte at a time would take ten seconds


def test_a_register_that_is_not_there_is_told_of(make: Make) -> None:
    with pytest.raises(UnreachableError, match="nettforbindelsen"):
        make(base_url="http://127.0.0.1:1/api").look_up(data.HAIRDRESSER)


@pytest.mark.parametrize("path", ["/api/underenheter", "/api/enheter"])
@pytest.mark.parametrize(
    "body", [b"{}", b"[]", b'{"page": 1}', b'{"page": {"size": 1, "number": 0, "totalElements": -1, "totalPages": 1}}']
)
def test_a_list_that_makes_no_sense_is_refused(make: Make, fake: FakeRegister, path: str, body: bytes) -> None:
    fake.faults[path] = Fault(body=body)
    with pytest.raises(BadAnswerError):
        make().look_up(data.MUNICIPALITY)


def test_a_missing_list_does_not_make_a_company_a_sub_unit(make: Make, fake: FakeRegister) -> None:
    fake.faults["/api/underenheter"] = Fault(status=404)
    with pytest.raises(NotFoundError):
        make().look_up(data.HAIRDRESSER)
    assert f"/api/underenheter/{data.HAIRDRESSER}" not in fake.requests


def test_a_deleted_parent_is_left_out(make: Make, fake: FakeRegister) -> None:
    fake.faults[f"/api/enheter/{data.MUNICIPALITY}"] = Fault(status=410)
    assert make().look_up(data.SCHOOL).company.parent is None


def test_what_could_steer_a_terminal_is_taken_out(make: Make, fake: FakeRegister) -> None:
    row = data.unit(data.FAULTY, "OND\x1b[2J AS\r\n" + "x" * 500, "AS")
    fake.faults[f"/api/enheter/{data.FAULTY}"] = Fault(body=encode(row))
    name = make().look_up(data.FAULTY).company.name
    assert name.startswith("OND [2J AS xxx")
    assert len(name) == 200


def test_the_day_is_the_users_own_by_default(fake: FakeRegister, tmp_path: Path) -> None:
    found = Register(tmp_path, allow_network=True, base_url=fake.url).look_up(data.HAIRDRESSER)
    assert abs(found.company.fetched - date.today()) <= timedelta(1)
