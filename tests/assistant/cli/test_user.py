"""`bht user`."""

import io

import pytest

from tests.assistant.cli.run import Shell, assert_one_line


def test_users_are_added_listed_and_removed(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """The password comes on standard input and is never shown"""
    assert "Ingen brukere" in shell("user", "list").out
    monkeypatch.setattr("sys.stdin", io.StringIO("en lang og god setning\n"))
    added = shell("user", "add", "kari")
    assert (added.code, added.err) == (0, "")
    assert "setning" not in added.out
    assert shell("user", "list").out == "kari\n"
    assert "alle" in shell("user", "remove", "kari").out
    assert "kari" in assert_one_line(shell("user", "remove", "kari"), 1)


def test_a_short_password_is_refused(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("kort\n"))
    assert "12" in assert_one_line(shell("user", "add", "kari"), 1)
