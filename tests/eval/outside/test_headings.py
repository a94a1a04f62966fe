"""Fetched acts to a task, on an invented act."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.document import Document, Provision
from corpus.library import Library
from eval.errors import DatasetError
from eval.outside import headings
from eval.outside.headings import read_task
from tests.conftest import make_edition, make_official

WithStore = Callable[..., Library]
ACT = "lov/1999-01-02-9002"


def make_section(some: Provision, number: int, heading: str, text: str, **changes: object) -> Provision:
    """Return an official § of the invented act."""
    section = make_official(some, [("", text)], provision_id=f"{ACT}/§{number}", label=f"loven § {number}")
    return replace(section, heading=heading, **changes)  # type: ignore[arg-type]


@pytest.fixture
def act(invented: tuple[Document, ...]) -> Document:
    document = next(d for d in invented if d.document_id == ACT)
    some = document.provisions[0]
    return make_edition(
        document,
        make_section(some, 1, "Formål", "Badene skal være trygge."),
        make_section(some, 2, "Badevakt", "Noen skal passe på badevakten."),
        make_section(some, 3, "formål ", "Kapitlet gjelder gjerder."),
        make_section(some, 4, "Låste gjerder", "Porten holdes stengt."),
        make_section(some, 5, "", "Kongen gir forskrift."),
        make_section(some, 6, "Betaling", "Barn bader gratis.", repealed=date(2020, 1, 1)),
        make_section(some, 7, "Varsling", "Den som ser fare, roper.", pending=True),
    )


def test_headings_of_one_section_in_force_are_asked(with_store: WithStore, act: Document) -> None:
    task = read_task(with_store((), act))
    assert {q.text: q.expected for q in task.queries} == {"Badevakt": f"{ACT}/§2", "Låste gjerder": f"{ACT}/§4"}
    assert {q.text: q.shared for q in task.queries} == {"Badevakt": 1.0, "Låste gjerder": 0.0}


def test_no_text_keeps_its_heading(with_store: WithStore, act: Document) -> None:
    provisions = [provision for document in read_task(with_store((), act)).documents for provision in document]
    assert [p.provision_id[-2:] for p in provisions] == ["§1", "§2", "§3", "§4", "§5"]
    assert {p.heading for p in provisions} == {""}


def test_own_documents_and_the_core_are_not_asked(
    with_store: WithStore, act: Document, invented: tuple[Document, ...]
) -> None:
    own = replace(act, document_id="eget/handbok")
    with pytest.raises(DatasetError, match="sync"):
        read_task(with_store(invented, own))
    with pytest.raises(DatasetError, match="sync"):
        read_task(Library(invented))


def test_the_same_headings_are_drawn_every_time(with_store: WithStore, act: Document) -> None:
    library = with_store((), act)
    drawn = [read_task(library, most=1).queries for _ in range(3)]
    assert drawn[0] == drawn[1] == drawn[2]
    assert len(drawn[0]) == 1


def test_the_command_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BHT_HOME", str(tmp_path))
    assert headings.main() == 1
    assert "bht corpus sync" in capsys.readouterr().err
