"""Users in a file, with hashed passwords."""

import stat
from pathlib import Path

import pytest

from assistant.errors import UsersError
from assistant.users import Users

PASSWORD = "en lang og god setning"


def test_a_user_is_known_by_the_password_alone(tmp_path: Path) -> None:
    """And nobody by that of another, a beginning of it, or none"""
    users = Users(tmp_path / "home" / "users.json")
    users.add("kari", PASSWORD)
    users.add("ola", "noe helt annet her")
    assert users.names() == ("kari", "ola")
    assert users.check("kari", PASSWORD)
    assert not any(users.check(name, p) for name, p in (("ola", PASSWORD), ("kari", PASSWORD[:-1]), ("kari", ""), ("per", PASSWORD), ("per", "")))  # fmt: skip


def test_the_file_holds_no_password_and_is_the_owners_own(tmp_path: Path) -> None:
    """The same password has another hash each time"""
    users = Users(tmp_path / "users.json")
    users.add("kari", PASSWORD)
    users.add("ola", PASSWORD)
    assert PASSWORD not in users.path.read_text(encoding="utf-8")
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600
    assert users.fingerprint("kari") != users.fingerprint("ola")
    assert [path.name for path in tmp_path.iterdir()] == ["users.json"]


def test_a_new_password_replaces_the_old_and_a_removed_user_is_out(tmp_path: Path) -> None:
    users = Users(tmp_path / "users.json")
    users.add("kari", PASSWORD)
    before = users.fingerprint("kari")
    users.add("kari", "et nytt og langt passord")
    assert users.fingerprint("kari") != before
    assert not users.check("kari", PASSWORD)
    users.remove("kari")
    assert (users.names(), users.fingerprint("kari")) == ((), "")
    with pytest.raises(UsersError, match="bht user list"):
        users.remove("kari")


@pytest.mark.parametrize(
    ("name", "password", "named"),
    [("Kari Nordmann", PASSWORD, "Brukernavnet"), ("", PASSWORD, "Brukernavnet"), ("a:b", PASSWORD, "Brukernavnet"), ("kari", "kort", "12")],
)  # fmt: skip
def test_what_cannot_be_used_is_said(tmp_path: Path, name: str, password: str, named: str) -> None:
    with pytest.raises(UsersError, match=named):
        Users(tmp_path / "users.json").add(name, password)


@pytest.mark.parametrize("text", ["{", "[]", '{"kari": 1}', '{"kari": {"salt": "x"}}'])
def test_a_file_that_cannot_be_read_lets_nobody_in(tmp_path: Path, text: str) -> None:
    path = tmp_path / "users.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsersError, match="Flytt fila"):
        Users(path).check("kari", PASSWORD)
