"""What is measured of a search without something: a line for each, and a difference where it was of use."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.dialogue import Assistant
from corpus.document import LayQuestion
from eval import ablate
from eval.ablate import VARIANTS, Variant, main, rank_all, table
from eval.questions import Question, read_question
from index.build import build_index, open_index
from index.embedding import VectorCache
from index.retrieve import HybridRetriever
from index.text import stems_of
from tests.assistant.records import make_library, make_provision
from tests.conftest import HashedEmbedder, NoSearch

ACT = "lov/1999-01-02-9002"
# What each provision is about, as the law says it and as people ask; the law is alike in most words.
RULES = {
    f"{ACT}/§1-1": ("Badevakt skal forefinnes ved anlegget.", "hvem passer barna i bassenget"),
    f"{ACT}/§1-2": ("Varmtvann skal forefinnes ved anlegget.", "hvor varmt skal badet holdes"),
    f"{ACT}/§1-3": ("Garderobe skal forefinnes ved anlegget.", "hvor kan gjestene skifte klær"),
    f"{ACT}/§1-4": ("Kiosk skal forefinnes ved anlegget.", "selges solkrem og vafler noe sted"),
    f"{ACT}/§1-5": ("Rekkverk skal forefinnes ved anlegget.", "hva hindrer fall fra trappa"),
}


def asking(provision_id: str, question: str) -> Question:
    """Return a question that the provision answers."""
    return read_question(
        {"id": question, "question": question, "expected_outcome": "answered", "relevant": {provision_id: 3}}
    )


QUESTIONS = [asking(provision_id, f"{asked} hos oss?".capitalize()) for provision_id, (_, asked) in RULES.items()]
OFF = Variant("everything but the questions", lambda s: replace(s, lay_questions=False, profile_weight=0.0))
DEAF = Variant("hearing", ask=lambda understood: ("anlegget", ""))
LINE = re.compile(r"([+-]\.?\d[\d.]*) \[([+-][\d.]+), ([+-][\d.]+)\] p=([\d.]+)")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="module")
def small(folder: Path) -> Assistant:
    """An assistant on five invented rules that only their lay questions tell apart in the words of people."""
    rules = (
        make_provision(i, [("ledd/1", text)], [LayQuestion(text=asked)], heading="Anlegget")
        for i, (text, asked) in RULES.items()
    )
    library, embedder = make_library(*rules), HashedEmbedder()
    build_index(library, folder / "index", embedder, VectorCache(folder / "cache"), lambda stage, done, total: None)
    return Assistant(library, HybridRetriever(library, open_index(folder / "index", None, embedder.space), embedder))


def cells_of(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_table_has_a_line_for_the_whole_and_one_for_each_variant(small: Assistant) -> None:
    head, rule, whole, *lines = map(cells_of, table(small, QUESTIONS))
    assert head == ["what it adds", "nDCG@10", "R@5", "RR@10"]
    assert set(rule) == {"---"}
    assert whole[0] == "everything"
    assert [line[0] for line in lines] == [variant.name for variant in VARIANTS]
    assert {len(line) for line in (head, rule, whole, *lines)} == {4}
    assert all(LINE.fullmatch(cell) for line in lines for cell in line[1:]), lines


def test_what_decides_adds_more_than_nothing_and_what_changes_nothing_adds_nothing(small: Assistant) -> None:
    *_, same, deaf = map(cells_of, table(small, QUESTIONS, [Variant("nothing"), DEAF]))
    assert [LINE.fullmatch(cell).groups()[:3] for cell in same[1:]] == [("+0.000",) * 3] * 3  # type: ignore[union-attr]
    mean, low, _, _ = map(float, LINE.fullmatch(deaf[1]).groups())  # type: ignore[union-attr]
    assert mean >= low > 0


def test_a_variant_searches_without_what_it_names(small: Assistant) -> None:
    search = small.retriever
    assert isinstance(search, HybridRetriever)
    whole, without = (rank_all(small, search, QUESTIONS, variant) for variant in (Variant("everything"), OFF))
    right = {question.question_id: next(iter(question.relevant)) for question in QUESTIONS}
    assert {i: ranking[0][0] for i, ranking in whole.items()} == right
    assert {i: dict(ranking)[right[i]] for i, ranking in without.items()} != {
        i: dict(ranking)[right[i]] for i, ranking in whole.items()
    }


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_every_variant_changes_something_of_the_search(variant: Variant, small: Assistant) -> None:
    """A setting, what is asked, or the code while it is asked"""
    search = small.retriever
    assert isinstance(search, HybridRetriever)
    understood = small.understand("Hvem passer barna?")
    words = replace(understood, expanded="badevakt")
    changes = variant.change(search.settings) != search.settings
    assert changes or variant.ask(words) != (words.text, words.expanded) or variant.around is not Variant("").around


@pytest.mark.parametrize(
    ("name", "question"),
    [
        pytest.param("spelling mended", "Hvem rydder ved anleggget?", id="spelling"),
        pytest.param("nynorsk read as bokmål", "Kven passar borna i verksemda?", id="nynorsk"),
    ],
)
def test_the_code_is_another_only_while_it_is_asked(name: str, question: str, small: Assistant) -> None:
    variant = next(v for v in VARIANTS if v.name == name)

    def read() -> list[str]:
        return stems_of(small.understand(question).text)

    before = read()
    with variant.around():
        assert read() != before
    assert read() == before


def test_what_is_no_question_is_left_out(small: Assistant) -> None:
    search = small.retriever
    assert isinstance(search, HybridRetriever)
    asked = [asking(f"{ACT}/§1-1", "?!"), QUESTIONS[0]]
    assert list(rank_all(small, search, asked, Variant("everything"))) == [QUESTIONS[0].question_id]


def test_a_search_without_vectors_is_not_ablated(small: Assistant, folder: Path) -> None:
    lexical = HybridRetriever(small.library, open_index(folder / "index", None, None), None)
    for search in (NoSearch(), lexical):
        with pytest.raises(TypeError, match="nothing to ablate"):
            table(Assistant(small.library, search), QUESTIONS)


def test_the_command_prints_the_table_of_what_has_an_answer(
    small: Assistant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = read_question({"id": "x", "question": "Hvem vant?", "expected_outcome": "abstained"})
    asked: list[Question] = []

    def keep(assistant: Assistant, questions: list[Question]) -> list[str]:
        asked.extend(questions)
        return ["| a |", "| b |"]

    monkeypatch.setattr(Assistant, "open", lambda *_: small)
    monkeypatch.setattr(ablate, "read_questions", lambda name: [*QUESTIONS, refused] if name == "dev" else [])
    monkeypatch.setattr(ablate, "table", keep)
    assert main() == 0
    assert capsys.readouterr().out == "| a |\n| b |\n"
    assert asked == QUESTIONS
