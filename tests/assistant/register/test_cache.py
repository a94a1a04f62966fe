"""What is kept, and that nothing is asked for without leave."""

import json
import os
from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.errors import AssistantError, UsageError
from assistant.register.errors import (
    DeletedError,
    NotFoundError,
    OfflineError,
)
from assistant.register.records import Company, Unit
from assistant.register.register import Register
from tests.assistant.register import fake as data
from tests.assistant.register.conftest import TODAY
from tests.assistant.register.fake import FakeRegister, Fault
from tests.assistant.test_offline import run_cut_off

Make = Callable[..., Register]

# --- The cache -----------------------------------------------------------------------------------------------------------------


def test_what_was_fetched_is_not_asked_for_again_in_thirty_days(make: Make, fake: FakeRegister) -> None:
    first = make().look_up(data.MUNICIPALITY)
    asked = len(fake.requests)
    assert make(day=TODAY + timedelta(30)).look_up(data.MUNICIPALITY) == first
    assert len(fake.requests) == asked == 3
    again = make(day=TODAY + timedelta(31)).look_up(data.MUNICIPALITY)
    assert again.company.fetched == TODAY + timedelta(31)
    assert len(fake.requests) == 2 * asked


def test_an_old_entry_is_served_with_a_warning_when_the_register_is_down(make: Make, fake: FakeRegister) -> None:
    first = make().look_up(data.HAIRDRESSER)
    fake.break_all(Fault(status=500))
    found = make(day=TODAY + timedelta(31)).look_up(data.HAIRDRESSER)
    assert found.company == first.company
    assert "hentet 2026-11-01 og kan være utdaterte" in found.warnings[0]
    assert "kode 500" in found.warnings[0]


@pytest.mark.parametrize(("status", "error"), [(404, NotFoundError), (410, DeletedError)])
def test_an_entry_of_a_company_that_is_gone_is_forgotten(
    make: Make, fake: FakeRegister, tmp_path: Path, status: int, error: type[AssistantError]
) -> None:
    make().look_up(data.HAIRDRESSER)
    fake.break_all(Fault(status=status))
    with pytest.raises(error):
        make(day=TODAY + timedelta(31)).look_up(data.HAIRDRESSER)
    assert list((tmp_path / "register").iterdir()) == []


def test_an_entry_from_the_future_is_fetched_anew(make: Make) -> None:
    make(day=TODAY + timedelta(5)).look_up(data.HAIRDRESSER)
    assert make().look_up(data.HAIRDRESSER).company.fetched == TODAY


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"schema": 1}', b"\xff\xfe", b"[" * 100_000])
def test_a_broken_entry_is_as_none(make: Make, tmp_path: Path, content: bytes) -> None:
    make().look_up(data.HAIRDRESSER)
    (tmp_path / "register" / f"{data.HAIRDRESSER}.json").write_bytes(content)
    with pytest.raises(OfflineError):
        make(allow_network=False).look_up(data.HAIRDRESSER)
    assert make().look_up(data.HAIRDRESSER).company.employees == 3


def test_an_entry_under_another_number_or_from_another_register_is_not_used(make: Make, tmp_path: Path) -> None:
    make().look_up(data.HAIRDRESSER)
    folder = tmp_path / "register"
    (folder / f"{data.SOLE}.json").write_bytes((folder / f"{data.HAIRDRESSER}.json").read_bytes())
    for register, orgnr in (
        (make(allow_network=False), data.SOLE),
        (make(allow_network=False, base_url="https://register.example/api"), data.HAIRDRESSER),
    ):
        with pytest.raises(OfflineError):
            register.look_up(orgnr)


def test_only_the_fields_of_the_records_are_kept(make: Make, tmp_path: Path) -> None:
    make().look_up(data.SOLE)
    (file,) = (tmp_path / "register").iterdir()
    stored = json.loads(file.read_text(encoding="utf-8"))
    assert set(stored) == {"schema", "source", "company"}
    assert set(stored["company"]) == {each.name for each in fields(Company)}
    assert not any(secret in file.read_text(encoding="utf-8") for secret in ("Hemmelige", "55 55", "privat@", "driver"))
    assert os.name == "nt" or file.stat().st_mode & 0o077 == 0


def test_a_cache_that_cannot_be_written_does_not_stop_a_look_up(make: Make, tmp_path: Path) -> None:
    (tmp_path / "register").write_text("a file where the folder should be")
    assert make().look_up(data.HAIRDRESSER).company.employees == 3


def test_a_failed_write_leaves_the_old_entry_and_no_scrap(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make().look_up(data.HAIRDRESSER)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    make(day=TODAY + timedelta(31)).look_up(data.HAIRDRESSER)
    assert [path.name for path in (tmp_path / "register").iterdir()] == [f"{data.HAIRDRESSER}.json"]
    assert make(allow_network=False).look_up(data.HAIRDRESSER).company.fetched == TODAY


# --- The network is the user's to allow ----------------------------------------------------------------------------------------


def test_nothing_is_asked_for_when_the_network_is_not_allowed(make: Make, fake: FakeRegister) -> None:
    register = make(allow_network=False)
    for ask in (lambda: register.look_up(data.HAIRDRESSER), lambda: register.search("frisør")):
        with pytest.raises(OfflineError, match=r"«--online».*oppgi bransjen") as caught:
            ask()
        assert isinstance(caught.value, UsageError)  # exit code 2
    assert fake.requests == []


def test_only_the_cache_answers_when_the_network_is_not_allowed(make: Make, fake: FakeRegister) -> None:
    make().look_up(data.HAIRDRESSER)
    asked = len(fake.requests)
    assert make(allow_network=False).look_up(data.HAIRDRESSER).warnings == ()
    old = make(allow_network=False, day=TODAY + timedelta(31)).look_up(data.HAIRDRESSER)
    assert "--online" in old.warnings[0]
    found = make(allow_network=False).search("saksen")
    assert [type(unit) for unit in found.units] == [Unit]
    assert "slått opp her før" in found.warnings[0]
    assert len(fake.requests) == asked


@pytest.mark.parametrize("module", ["assistant.register", "assistant.register.register", "assistant.register.describe"])
def test_importing_does_not_load_the_client(tmp_path: Path, module: str) -> None:
    heavy = "{'brreg', 'httpx', 'httpx2', 'pydantic'}"
    run, attempts = run_cut_off(tmp_path, "-c", f"import sys, {module}; sys.exit(bool({heavy} & set(sys.modules)))")
    assert (run.code, attempts) == (0, [])


def test_without_leave_no_connection_is_tried_and_with_it_the_failure_is_a_sentence(tmp_path: Path) -> None:
    """The process has no network: one attempt is noted, for the register's real host"""
    script = (
        "import sys; from pathlib import Path; from assistant.register.register import Register;"
        f"Register(Path({str(tmp_path / 'kept')!r}), allow_network=len(sys.argv) > 1).look_up({data.HAIRDRESSER!r})"
    )
    environ = {"HTTPS_PROXY": "", "https_proxy": "", "ALL_PROXY": "", "all_proxy": ""}
    run, attempts = run_cut_off(tmp_path, "-c", script, **environ)
    assert attempts == []
    assert "OfflineError" in run.err
    run, attempts = run_cut_off(tmp_path, "-c", script, "online", **environ)
    assert len(attempts) == 1
    assert "data.brreg.no" in attempts[0]
    assert "Får ikke kontakt med Enhetsregisteret" in run.err
