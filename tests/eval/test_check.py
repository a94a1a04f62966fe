"""The rules of the datasets: each broken once, and kept by what ships."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document
from corpus.library import Library
from eval import questions
from eval.check import DEV, TEST, Problem, check_datasets, main, read_texts
from eval.questions import KINDS, Question, read_question, read_questions
from tests.corpus.reference import reference_folder

BATH = "lov/1999-01-02-9002/§1-1"
ROW: dict[str, Any] = {
    "id": "x-1", "topic": "vakt", "question": "Hvem ser etter ungene på stranda vår?", "relevant": {BATH: 3}, "why": "Because",
    "source": "BAD § 1-1", "expected_outcome": "answered", "must_contain": ["badevakt"],
}  # fmt: skip
REFUSED = {"relevant": {}, "must_contain": [], "expected_outcome": "abstained", "kind": "out_of_scope"}


@pytest.fixture(scope="module")
def baths(invented: tuple[Document, ...]) -> Library:
    return Library(invented)


def question(**changes: Any) -> Question:
    """Return a question in order, or one with something wrong."""
    return read_question(ROW | changes)


def broken(library: Library, *rows: Question, half: str = DEV, texts: tuple[str, ...] = ()) -> set[str]:
    """Return the rules that questions break, those about a whole half aside."""
    return {p.rule for p in check_datasets({half: rows}, library, texts) if p.question_id}


def test_a_question_in_order_breaks_nothing(baths: Library) -> None:
    assert broken(baths, question(), question(id="x-2", question="Skal det regne i morgen?", **REFUSED)) == set()


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"relevant": {"lov/1999-01-02-9002/§9-9": 3}}, "ukjent bestemmelse"),
        (REFUSED | {"relevant": {BATH: 3}}, "avslag med fasit"),
        (REFUSED | {"expected_verdict": "ja"}, "avslag med fasit"),
        (REFUSED | {"must_contain": ["vakt"]}, "avslag med fasit"),
        ({"relevant": {}}, "svar uten bestemmelser"),
        ({"expected_outcome": "asks_back"}, "spør tilbake uten «avhenger»"),
        ({"kind": "unanswerable"}, "skulle vært avslått"),
        ({"kind": "follow_up"}, "oppfølging uten historikk"),
        ({"must_not_contain": ["badevakt"]}, "både krevd og forbudt"),
        ({"why": ""}, "mangler why eller source"),
        ({"source": ""}, "mangler why eller source"),
        ({"relevant": {BATH: 2}}, "ingen bestemmelse med grad 3"),
        ({"kind": "false_premise"}, "falsk premiss som ikke skal rettes"),
        ({"must_contain": ["stupetårn"]}, "faktum som ikke står i bestemmelsene"),
    ],
)
def test_labels_that_do_not_go_together_are_told(baths: Library, changes: dict[str, Any], rule: str) -> None:
    assert rule in broken(baths, question(**changes))


def test_a_fact_may_be_the_verdict_or_any_wording_of_it(baths: Library) -> None:
    facts = ["ja", ["to hundre meter", "200 meter"]]
    assert broken(baths, question(expected_verdict="ja", must_contain=facts)) == set()


def test_a_run_of_five_words_from_a_text_is_told_and_four_are_not(baths: Library) -> None:
    """Words that carry no subject do not count: "må", "også", "mot"."""
    text = "Fargerike badeballer flyter langsomt mot nordre strandkant hver kveld."
    five = "Må fargerike badeballer også flyte? Fargerike badeballer flyter langsomt mot nordre strandkant."
    four = "Hvor fargerike badeballer flyter langsomt mot søndre strandkant"
    assert broken(baths, question(question=five), texts=(text,)) == {"5 ord på rad fra en tekst"}
    assert broken(baths, question(question=four), texts=(text,)) == set()


def test_a_run_from_the_corpus_is_told_unless_the_kind_quotes_on_purpose(baths: Library) -> None:
    words = baths.find(BATH).text.splitlines()[0]
    assert "5 ord på rad fra en tekst" in broken(baths, question(question=words))
    assert "5 ord på rad fra en tekst" not in broken(baths, question(question=words, kind="address"))
    assert "5 ord på rad fra en tekst" not in broken(baths, question(question=words, kind="injection"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Trenger vi noen som passer på de som svømmer?", id="letters and signs"),
        pytest.param("noen som passer på de som svømmer, trenger vi", id="another order"),
        pytest.param("Trenger jeg en som passer på dem som svømmer her?", id="the same words that carry a subject"),
    ],
)
def test_a_repeat_of_an_indexed_question_is_told(baths: Library, text: str) -> None:
    assert broken(baths, question(question=text)) == {"gjentar et indeksert spørsmål"}


def test_a_repeat_of_the_other_half_is_told_of_the_test_half(baths: Library) -> None:
    halves = {
        DEV: [question()],
        TEST: [question(id="y-1", topic="tilsyn", question="hvem ser etter ungene på stranda vår")],
    }
    found = [p for p in check_datasets(halves, baths) if p.question_id]
    assert [(p.half, p.question_id, p.rule) for p in found] == [(TEST, "y-1", "gjentar et spørsmål i dev")]


def test_follow_ups_that_are_short_alike_are_no_repeat(baths: Library) -> None:
    """What was asked before tells them apart"""
    rows = [
        question(id=name, topic=name, kind="follow_up", question="Og hvor lenge?", history=[{"role": "user", "content": asked}])
        for name, asked in (("x-1", "Kan vi stenge bassenget for natta?"), ("y-1", "Har redningsvesten en dato?"))
    ]  # fmt: skip
    assert [p.rule for p in check_datasets({DEV: rows[:1], TEST: rows[1:]}, baths) if p.question_id] == []


def test_a_topic_or_an_id_in_both_halves_is_told(baths: Library) -> None:
    halves = {DEV: [question()], TEST: [question(question="Kan vi bade naken ved moloen om natta?")]}
    rules = {p.rule for p in check_datasets(halves, baths) if p.question_id}
    assert rules == {"emnet står i begge deler", "id-en står i begge deler"}


def test_the_same_question_twice_in_a_half_is_told(baths: Library) -> None:
    assert broken(baths, question(), question(id="x-2")) == {"står flere ganger"}


def test_too_few_questions_and_a_missing_kind_are_told_of_the_half(baths: Library) -> None:
    found = {p.rule: p.detail for p in check_datasets({DEV: [question()]}, baths) if not p.question_id}
    assert found["for få spørsmål"] == "1 av 300"
    assert found["mangler spørsmålsslag"].split(", ") == [kind for kind in KINDS if kind != "fact"]


def test_of_the_test_half_no_word_is_told() -> None:
    fields: dict[str, Any] = {"question_id": "y-1", "rule": "gjentar et indeksert spørsmål", "detail": "hemmelige ord"}
    assert "hemmelige" in str(Problem(half=DEV, **fields))
    assert str(Problem(half=TEST, **fields)) == "FEIL   test y-1  gjentar et indeksert spørsmål"


def test_the_command_tells_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With one half alone, and a folder of official texts"""
    monkeypatch.setattr(questions, "DATASETS", tmp_path)
    rows = [
        ROW | {"relevant": {}} | REFUSED,
        ROW | {"id": "x-2", "question": "Hvor er det fargerike badeballer flyter langsomt nordover?"} | REFUSED,
    ]
    (tmp_path / "dev.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "lov.xml").write_text("<p>Fargerike <b>badeballer</b> flyter langsomt nordover</p>", encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "FEIL   dev x-2  5 ord på rad fra en tekst: fargerike badeballer flyter langsomt nordover" in out
    assert "Spørsmål: dev 2. " in out


def test_the_datasets_that_ship_break_no_rule(library: Library) -> None:
    """By ids and rules alone for the test half. Against the official texts too, where they are"""
    halves = {half: read_questions(half) for half in (DEV, TEST)}
    folder = reference_folder()
    if not folder.is_dir() and os.environ.get("CI") == "true":
        pytest.fail(f"no reference folder at {folder}; set BHT_REFERENCE")
    found = check_datasets(halves, library, read_texts(folder) if folder.is_dir() else ())
    assert [str(p) for p in found if not p.is_warning] == []
