"""The page: whole, escaped, self-contained, and silent about the questions of the test half."""

import re

import pytest
from lxml import etree, html

from eval.plots import plot_estimates, plot_histogram
from eval.report import failing_measures, write_report
from eval.results import Judged
from eval.statistics import Estimate
from tests.eval.invented import as_run, judge, make_generated, make_question, make_refusal, make_refused, undraw

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>"
QUESTIONS = [
    make_question("q1"),
    make_question("q2", kind="lay", question=f"Badevakt? {ATTACK}", why="Vakten er voksen"),
    make_refused("q3", question="Hvem vant kampen?"),
    make_question("q4", question="Har vi nok flytevester?"),
]
ANSWERS = [
    make_generated("q1"),
    make_generated("q2", answer={"answer": f"Vakten må være 16 år. {ATTACK} [1]"}, seconds=0.0),
    make_refusal("q3"),
    make_refusal("q4"),
]
CALIBRATION = {"answer": 0.5}


def run_of(dataset: str, folder: str = "a") -> Judged:
    return as_run(judge(QUESTIONS, ANSWERS), folder, dataset=dataset, calibration=CALIBRATION, machine="Ei maskin & co")


@pytest.fixture(scope="module")
def page() -> str:
    return write_report([run_of("dev"), run_of("test")])


def test_nothing_is_fetched_and_nothing_is_run(page: str) -> None:
    tree = html.document_fromstring(page)
    assert tree.xpath("//script | //link | //iframe | //img | //object | //form") == []
    assert [a for a in tree.xpath("//@src | //@href") if not a.startswith("#")] == []
    assert [a for a in tree.xpath("//@*[name() = 'xlink:href']") if not a.startswith("#")] == []
    assert "@import" not in page
    assert re.findall(r"url\((?!#)", page) == []
    assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0].startswith("default-src 'none'")


def test_what_people_wrote_is_text(page: str) -> None:
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "Ei maskin &amp; co" in page


def test_the_page_is_norwegian_and_its_parts_are_named(page: str) -> None:
    tree = html.document_fromstring(page)
    assert tree.get("lang") == "nb"
    assert all(th.get("scope") in ("row", "col") for th in tree.xpath("//th"))
    svgs = tree.xpath("//figure/svg")
    assert len(svgs) >= 12
    for svg in svgs:
        (title,) = svg.xpath("./title")
        assert svg.get("role") == "img"
        assert svg.get("aria-labelledby") == title.get("id")
        assert title.text


def test_no_id_is_there_twice(page: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:url\(|href=")#([^")]+)', page)) <= set(ids)


def test_figures_stand_beside_their_targets(page: str) -> None:
    tree = html.document_fromstring(page)
    rows = {row.xpath("string(th)"): " ".join(row.text_content().split()) for row in tree.xpath("//table[1]/tbody/tr")}
    assert "0,333 [0,000 til 1,000] av 3" in rows["Fakta som skal med"]
    assert "≥ 0,900 ✗ ikke nådd" in rows["Fakta som skal med"]
    assert "≤ 0,000 ✗ ikke nådd" in rows["Påstander som ikke skal med, per svar"]
    assert "≥ 0,930 ✓ nådd" in rows["Avsto der det skulle avstås"]
    assert "≥" not in rows["Lesbarhet (LIX)"]


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    undraw(monkeypatch)


@pytest.mark.usefixtures("undrawn")
def test_the_targets_are_those_of_the_test_half() -> None:
    alone = write_report([run_of("dev")])
    assert "≥ 0,900" in alone
    assert "nådd" not in alone


def test_questions_that_are_not_perfect_are_shown_worst_first(page: str) -> None:
    tree = html.document_fromstring(page)
    (table,) = tree.xpath("//table[contains(@class, 'questions')]")
    rows = table.xpath("./tbody/tr")
    assert [row.xpath("string(th/span)").split()[0] for row in rows] == ["q4", "q2"]
    text = " ".join(rows[1].text_content().split())
    assert "sier: 18 år" in text
    assert "sier ikke: 18 år" in text
    assert "sier: 16 år" in text
    assert "Vakten er voksen" in text
    assert rows[1].xpath(".//details//div[@class='answer']")


@pytest.mark.usefixtures("undrawn")
def test_the_test_half_shows_figures_only_unless_asked() -> None:
    hidden = write_report([run_of("test")])
    assert "flytevester" not in hidden
    assert "Vakten" not in hidden
    assert "2 av 4" in hidden
    assert "flytevester" in write_report([run_of("test")], shows_test=True)


@pytest.mark.usefixtures("undrawn")
def test_two_runs_of_the_same_questions_are_told_apart() -> None:
    page = write_report([run_of("dev", "results/før"), run_of("dev", "results/etter")])
    assert "dev (før)" in page
    assert "dev (etter)" in page


@pytest.mark.usefixtures("undrawn")
def test_a_path_of_the_machine_is_not_shown() -> None:
    page = write_report([run_of("/et/sted/mine.jsonl", "/et/annet/sted")])
    assert "mine" in page
    assert "/et/" not in page


def test_the_same_runs_give_the_same_page(page: str) -> None:
    assert write_report([run_of("dev"), run_of("test")]) == page


def test_a_run_without_rankings_or_answers_has_a_page() -> None:
    bare = [make_refusal(q.question_id, rankings={}, answerability=None) for q in QUESTIONS]
    page = write_report([as_run(judge(QUESTIONS, bare))])
    assert "Søket og delene" not in page
    assert re.findall(r"\bnan\b", html.document_fromstring(page).text_content(), re.IGNORECASE) == []


def test_what_keeps_a_question_from_being_perfect() -> None:
    right, wrong, refused, unanswered = judge(QUESTIONS, ANSWERS)
    assert failing_measures(right) == []
    assert {"facts", "forbidden"} <= set(failing_measures(wrong))
    assert failing_measures(refused) == []
    assert {"outcome", "facts", "citation_recall", "refusal_precision"} <= set(failing_measures(unanswered))


def test_a_plot_is_an_element_in_the_colours_of_the_page() -> None:
    found = {"dev": {"fakta": Estimate(0.5, 0.4, 0.6, 9)}, "test": {"fakta": Estimate(0.6, 0.5, 0.7, 9)}}
    svg = plot_estimates("Fakta <alle>", ["fakta"], found)
    tree = etree.fromstring(svg)
    assert tree.tag.endswith("svg")
    assert tree.get("viewBox")
    assert (tree.get("width"), tree.get("height")) == (None, None)
    assert tree[0].text == "Fakta <alle>"
    assert re.findall(r"#[0-9a-f]{6}", svg) == []
    assert {"var(--series-1)", "var(--series-2)", "var(--ink)"} <= set(re.findall(r"var\([^)]+\)", svg))
    assert "fakta" in "".join(tree.itertext())


def test_two_plots_share_no_id() -> None:
    one, two = (plot_estimates(t, ["a"], {"dev": {"a": Estimate(0.5, 0.4, 0.6, 9)}}) for t in ("en", "to"))
    assert not set(re.findall(r'id="([^"]+)"', one)) & set(re.findall(r'id="([^"]+)"', two))


@pytest.mark.parametrize(
    "values", [[], [0.0], [3.0, 3.0], [0.0, 5.0, 4000.0]], ids=["none", "zero", "equal", "far apart"]
)
@pytest.mark.parametrize("is_logarithmic", [False, True], ids=["linear", "logarithmic"])
def test_any_values_can_be_drawn(values: list[float], is_logarithmic: bool) -> None:
    svg = plot_histogram("Tid", "ms", {"dev": values}, is_logarithmic=is_logarithmic)
    assert etree.fromstring(svg).tag.endswith("svg")
