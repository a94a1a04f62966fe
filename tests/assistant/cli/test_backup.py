"""`bht backup` and `bht restore`."""

import zipfile
from pathlib import Path

from assistant.settings import Settings
from corpus.document import Document
from tests.assistant.cli.run import Shell, assert_one_line
from tests.conftest import make_edition, make_official, store_documents


def test_the_commands_say_what_they_did(shell: Shell, invented: tuple[Document, ...], tmp_path: Path) -> None:
    settings = Settings(home=shell.home, cache=shell.cache)
    store_documents(settings.store, make_edition(invented[0], make_official(invented[0].provisions[0])))
    run = shell("backup", str(tmp_path / "kopi.zip"))
    assert (run.code, run.err) == (0, "")
    assert "corpus.sqlite" in run.out
    assert zipfile.is_zipfile(tmp_path / "kopi.zip")
    settings.store.unlink()
    assert shell("restore", str(tmp_path / "kopi.zip"), "--yes").code == 0
    assert settings.store.is_file()
    assert "finnes allerede" in assert_one_line(shell("backup", str(tmp_path / "kopi.zip")), 1)
