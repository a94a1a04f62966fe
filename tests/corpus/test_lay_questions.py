"""The reader of the lay questions, on invented files and on those that ship."""

import re
from pathlib import Path

import pytest

from corpus.address import Portion
from corpus.core import CORE_FOLDER
from corpus.document import Segment, Verdict
from corpus.errors import FormatError
from corpus.lay_questions import FOLDER, LayQuestions

SEGMENTS = tuple(
    Segment(portion=Portion.parse(path) if path else Portion(), start=n, end=n + 1)
    for n, path in enumerate(["ledd/1", "ledd/2", "ledd/2/bokstav/a", "ledd/2"])
)


def read(tmp_path: Path, text: str) -> LayQuestions:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "bad.txt").write_text(text, encoding="utf-8")
    return LayQuestions.beside(tmp_path / "bad.md")


def test_questions_belong_to_the_part_that_answers_them(tmp_path: Path) -> None:
    asked = read(tmp_path, "## § 1 A-2\n@ ledd/1\n? hvem\n? [ja] må vi\n\n@ ledd/2/bokstav/a\n? [nei] slipper vi\n")
    segments = asked.attach("1 A-2", SEGMENTS)
    asked.finish()
    assert [[(q.text, q.verdict) for q in s.questions] for s in segments] == [
        [("hvem", None), ("må vi", Verdict.YES)],
        [],
        [("slipper vi", Verdict.NO)],
        [],
    ]
    assert [(s.portion, s.start, s.end) for s in segments] == [(s.portion, s.start, s.end) for s in SEGMENTS]


def test_of_two_parts_with_one_address_the_number_says_which(tmp_path: Path) -> None:
    segments = read(tmp_path, "## § 1\n@ ledd/2 2\n? etter lista\n").attach("1", SEGMENTS)
    assert [len(s.questions) for s in segments] == [0, 0, 0, 1]


def test_a_note_is_named_by_its_slug_and_has_one_part(tmp_path: Path) -> None:
    asked = read(tmp_path, "## et-raad\n@ hele\n? hva rådes vi til\n")
    (segment,) = asked.attach("et-raad", (Segment(portion=Portion(), start=0, end=4),))
    assert [q.text for q in segment.questions] == ["hva rådes vi til"]


def test_a_file_without_questions_is_fine(tmp_path: Path) -> None:
    asked = LayQuestions.beside(tmp_path / "bad.md")
    assert asked.attach("1", SEGMENTS) == SEGMENTS
    asked.finish()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("? hvem\n", 1, id="a question before any provision"),
        pytest.param("## § 1\n? hvem\n", 2, id="a question before any part"),
        pytest.param("## § 1\n@ Ledd/1\n", 2, id="a part that is no address"),
        pytest.param("## § 1\n@ ledd/1\n? [Ja] må vi\n", 3, id="no such verdict"),
        pytest.param("## § 1\n@ ledd/1\nhvem\n", 3, id="a line of its own kind"),
        pytest.param("## § 1\n@ ledd/1\n? \n", 3, id="an empty question"),
    ],
)
def test_a_broken_line_is_named(text: str, line: int, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=re.escape(f"bad.txt:{line}: not a line of the format")):
        read(tmp_path, text)


def test_a_question_for_a_part_that_is_gone_is_refused(tmp_path: Path) -> None:
    asked = read(tmp_path, "## § 1\n@ ledd/1\n? hvem\n@ ledd/2 3\n? hva\n")
    with pytest.raises(FormatError, match=re.escape("bad.txt:4: 1 has no part 'ledd/2 3'")):
        asked.attach("1", SEGMENTS)


def test_a_question_for_a_provision_that_is_gone_is_refused(tmp_path: Path) -> None:
    asked = read(tmp_path, "## § 1\n@ ledd/1\n? hvem\n\n## § 2\n@ ledd/1\n? hva\n")
    asked.attach("1", SEGMENTS)
    with pytest.raises(FormatError, match=re.escape("bad.txt:6: there is no provision '2'")):
        asked.finish()


def test_every_file_that_ships_belongs_to_a_file_of_the_core() -> None:
    files = [*CORE_FOLDER.glob(f"{FOLDER}/*.txt"), *CORE_FOLDER.glob(f"veiledning/{FOLDER}/*.txt")]
    assert files
    assert [f.name for f in files if not (f.parent.parent / f"{f.stem}.md").is_file()] == []
