"""The topics outside the sources: the reader, and the file that ships."""

import re
from pathlib import Path

import pytest

from corpus.errors import FormatError
from corpus.library import load_library
from corpus.outside import FILE, OutsideTopic, read_outside
from index.text import fold

TWO = "## ferie | Ferie\n> Ferie står i ferieloven.\n? når har jeg ferie\n\n## skatt | Skatt\n> Spør Skatteetaten.\n? hva er skatten\n? is it taxed\n"


def read(folder: Path, text: str) -> tuple[OutsideTopic, ...]:
    (folder / FILE).write_text(text, encoding="utf-8")
    return read_outside(folder)


def test_topics_are_read_in_order(tmp_path: Path) -> None:
    ferie, skatt = read(tmp_path, TWO)
    assert (ferie.slug, ferie.title, ferie.where) == ("ferie", "Ferie", "Ferie står i ferieloven.")
    assert ferie.questions == ("når har jeg ferie",)
    assert skatt.questions == ("hva er skatten", "is it taxed")


def test_a_core_without_the_file_has_no_topics(tmp_path: Path) -> None:
    assert read_outside(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("? før noe emne\n", 1, id="a question before any topic"),
        pytest.param("## Ferie\n> Hei.\n? hva\n", 1, id="a heading without slug"),
        pytest.param("## ferie | Ferie\n? hva\n", 1, id="no sentence"),
        pytest.param("## ferie | Ferie\n> Hei.\n", 1, id="no question"),
        pytest.param("## ferie | Ferie\n> Hei.\n> Hei.\n? hva\n", 1, id="two sentences"),
        pytest.param("## ferie | Ferie\n> Hei.\nhva\n", 3, id="a line of its own kind"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text: str, line: int, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=re.escape(f"{FILE}:{line}: ")):
        read(tmp_path, text)


def test_no_question_that_ships_stands_both_inside_and_outside() -> None:
    library = load_library()
    inside = {fold(q.text) for d in library.core for p in d for s in p.segments for q in s.questions}
    outside = [fold(text) for topic in library.outside for text in topic.questions]
    assert len(outside) > 1000
    assert sorted(inside & set(outside)) == []
    assert len(set(outside)) == len(outside)
