"""Tests of the drafts: this ensures that ..."""

from dataclasses import replace
from pathlib import Path

import docx
import pytest

from assistant.documents.check import Status
from assistant.documents.draft import answer_fields, draft_document, task_fields, write_draft
from assistant.errors import UsageError
from corpus.document_requirements import DocumentKind, requirements_for
from corpus.library import Library
from tests.assistant.documents.written import ANSWERS, check_draft, filled_draft

KINDS = list(DocumentKind)
SECTIONS = [
    pytest.param(kind, r.requirement_id, id=f"{kind.value} {r.requirement_id}")
    for kind in KINDS
    for r in requirements_for(kind)
    if r.is_binding
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_filled_in_draft_passes_the_check(kind: DocumentKind, tmp_path: Path, library: Library) -> None:
    """... what the program drafts, its own check finds whole: duties and extras, nothing blank."""
    draft = filled_draft(kind, tmp_path, library)
    report = check_draft(draft, kind, tmp_path, library)
    assert draft.blanks == ()
    assert [(f.requirement.requirement_id, f.status) for f in report.findings if f.status is not Status.FOUND] == []
    assert report.warnings == ()


@pytest.mark.parametrize(("kind", "requirement_id"), SECTIONS)
def test_a_section_that_is_removed_is_missed(
    kind: DocumentKind, requirement_id: str, tmp_path: Path, library: Library
) -> None:
    """... no other section stands in for the one that is gone."""
    draft = filled_draft(kind, tmp_path, library)
    kept = tuple(s for s in draft.sections if s.requirement_id != requirement_id)
    assert len(kept) == len(draft.sections) - 1
    report = check_draft(replace(draft, sections=kept), kind, tmp_path, library)
    assert [(f.requirement.requirement_id, f.status) for f in report.lacking] == [(requirement_id, Status.MISSING)]


@pytest.mark.parametrize("kind", [DocumentKind.PLAN, DocumentKind.REPORT])
def test_blanks_are_marked_and_do_not_count(kind: DocumentKind, tmp_path: Path, library: Library) -> None:
    """... a draft that nobody has filled in is no plan: every duty is missing, and the blanks are told."""
    draft = draft_document(kind, {}, library)
    report = check_draft(draft, kind, tmp_path, library)
    assert [f.status for f in report.duties] == [Status.MISSING] * 13
    assert set(task_fields()) <= set(draft.blanks)
    assert "er ikke fylt inn" in report.warnings[0]
    runs = [run for p in docx.Document(str(tmp_path / "utkast.docx")).paragraphs for run in p.runs]
    assert all((run.font.highlight_color is not None) == run.text.startswith("[fyll inn:") for run in runs)


def test_each_section_has_its_paragraph(tmp_path: Path, library: Library) -> None:
    """... the heading of a section that a rule is behind names the rule."""
    draft = filled_draft(DocumentKind.PLAN, tmp_path, library)
    headings = {s.requirement_id: s.heading for s in draft.sections}
    assert headings["helseovervaking"].endswith(
        "(forskrift om organisering, ledelse og medvirkning § 13-2 første ledd bokstav e)"
    )
    assert headings["risikobasert"].endswith("(forskrift om administrative ordninger § 2-4 første ledd)")


def test_an_answer_is_no_template(tmp_path: Path, library: Library) -> None:
    """... what is written in an answer is text, also when it looks like a field or like XML."""
    draft = filled_draft(
        DocumentKind.PLAN, tmp_path, library, 'virksomhet = "{leverandor} <b>A&B</b>"\nleverandor = "Kystvern"'
    )
    out = tmp_path / "plan.docx"
    write_draft(draft, out)
    assert "Virksomhet: {leverandor} <b>A&B</b> " in "\n".join(p.text for p in docx.Document(str(out)).paragraphs)


def test_a_file_that_is_there_stays(tmp_path: Path, library: Library) -> None:
    """... nothing is overwritten without --force, and nothing is left behind."""
    draft = draft_document(DocumentKind.PLAN, {}, library)
    out = tmp_path / "plan.docx"
    out.write_text("mitt")
    with pytest.raises(UsageError, match="--force"):
        write_draft(draft, out)
    assert out.read_text() == "mitt"
    write_draft(draft, out, force=True)
    assert out.read_bytes().startswith(b"PK")
    assert [p.name for p in tmp_path.iterdir()] == ["plan.docx"]


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """... the file is whole or the old one: never half."""
    draft = draft_document(DocumentKind.PLAN, {}, library)
    out = tmp_path / "plan.docx"
    out.write_text("mitt")

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        write_draft(draft, out, force=True)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("plan.docx", "mitt")]


@pytest.mark.parametrize("name", ["plan.doc", "ingen/plan.docx"], ids=["no Word file", "no folder"])
def test_a_place_that_cannot_be_written_is_told(name: str, tmp_path: Path, library: Library) -> None:
    """... a wrong name is wrong use, with a remedy."""
    with pytest.raises(UsageError):
        write_draft(draft_document(DocumentKind.PLAN, {}, library), tmp_path / name)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        pytest.param('virksomehet = "A"', "Ukjente felt i svar.toml: virksomehet", id="misspelt field"),
        pytest.param('[oppgaver]\nz = "A"', "Ukjente felt i oppgaver", id="unknown letter"),
        pytest.param("virksomhet = A", "ikke gyldig TOML", id="no TOML"),
        pytest.param("virksomhet = {a = 1}", "må være tekst", id="a table"),
        pytest.param('{"virksomhet": ', "ikke gyldig JSON", id="no JSON"),
        pytest.param('oppgaver = "alt"', "må være en tabell", id="tasks as text"),
        pytest.param(f'virksomhet = "{"A" * 6000}"', "grensen er 5000", id="too long"),
    ],
)
def test_answers_that_cannot_be_used_are_told(answers: str, message: str, tmp_path: Path, library: Library) -> None:
    """... a wrong field is named, never ignored."""
    with pytest.raises(UsageError, match=message):
        filled_draft(DocumentKind.PLAN, tmp_path, library, answers)


def test_json_answers_are_read_too(tmp_path: Path, library: Library) -> None:
    """... lists are joined, numbers and booleans written out, control characters left out."""
    answers = '{"virksomhet": "A\\u0007B", "ansatte": 7, "risikoer": ["støy", "støv"], "amu": true, "oppgaver": {"H": "ring"}}'
    text = "\n".join(
        p for s in filled_draft(DocumentKind.PLAN, tmp_path, library, answers).sections for p in s.paragraphs
    )
    for said in ("Virksomhet: AB ", "virksomheten: 7.", "støy, støv", "utkastet: ja.", "direkte til BHT slik: ring."):
        assert said in text


def test_the_answers_use_every_field() -> None:
    """... the test above fills in all that can be asked for."""
    assert all(f"\n{name} = " in ANSWERS for name in answer_fields())
