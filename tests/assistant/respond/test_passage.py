"""What is quoted from the hits, and when they settle a yes/no question."""

from dataclasses import replace

import pytest

from assistant.answer import Answer, Outcome
from assistant.compose import Composer
from assistant.draft import Draft
from assistant.respond.passage import Search, answer_passage, choose_passages
from assistant.understand.question import Reader, Understood
from assistant.understand.spelling import Speller
from corpus.address import Address
from corpus.document import Kind, LayQuestion, Level, Provision, Verdict
from corpus.library import Library
from index.hit import Hit
from tests.assistant.records import CHECKED, FixedSearch, make_hit, make_library, make_provision, make_score

WORK = "lov/1999-01-02-9002"
ASKED = "Må vi ha badevakt ved bassenget?"
LAW = make_provision(
    f"{WORK}/§1-1", [("ledd/1", "Badeverten skal ha badevakt."), ("ledd/2", "Vakten skal ha fløyte.")],
    questions=[LayQuestion(text="må vi ha badevakt ved bassenget", verdict=Verdict.YES), LayQuestion(text="hvem passer på badegjestene")],
)  # fmt: skip
OTHER = make_provision(f"{WORK}/§1-2", [("ledd/1", "Gjesten skal dusje.")])
LIST = make_provision(
    f"{WORK}/§1-3",
    [("ledd/1", "Badeverten skal:"), ("ledd/1/bokstav/a", "måle temperaturen"), ("ledd/1/bokstav/b", "telle gjestene")],
)
NOTE = make_provision(
    "veiledning/fløyte", [("", "Fløyta bør være gul.")], kind=Kind.GUIDANCE, level=Level.AUTHORITY, label="Badetilsynet: Fløyte",
    explains=(Address(WORK, "1-1"),),
)  # fmt: skip
LONG = make_provision(
    f"{WORK}/§1-4",
    [("ledd/1", "Badeverten skal ha orden. " + "Dette er en setning om noe annet enn det som ble spurt om her. " * 12 + "Fløyta skal være rød.")],
)  # fmt: skip
LIBRARY = make_library(LAW, OTHER, LIST, NOTE, LONG)


@pytest.fixture(scope="module")
def reader(library: Library) -> Reader:
    return Reader(Speller([]), library.glossary, library.known)


def understand(reader: Reader, text: str = ASKED) -> Understood:
    return reader.read(text, ())


def answer(reader: Reader, *hits: Hit, text: str = ASKED) -> Answer:
    draft = choose_passages(understand(reader, text), list(hits), LIBRARY)
    assert isinstance(draft, Draft)
    return Composer(LIBRARY, CHECKED).compose(draft, understand(reader, text))


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


def test_no_hit_gives_no_answer(reader: Reader) -> None:
    assert choose_passages(understand(reader), [], LIBRARY) is None


def test_the_best_segment_of_the_best_hit_leads(reader: Reader) -> None:
    best = make_hit(LAW, 0.9, make_score(segment=1), make_score(segment=0, score=0.3))
    assert quotes(answer(reader, best, make_hit(OTHER, 0.2, rank=2)))[0] == "Vakten skal ha fløyte."


def test_what_is_far_below_the_best_is_left_out(reader: Reader) -> None:
    assert quotes(answer(reader, make_hit(LAW, 0.9), make_hit(OTHER, 0.3, rank=2))) == ["Badeverten skal ha badevakt."]


def test_what_is_about_as_good_is_quoted_too(reader: Reader) -> None:
    assert quotes(answer(reader, make_hit(LAW, 0.9), make_hit(OTHER, 0.89, rank=2))) == [
        "Badeverten skal ha badevakt.",
        "Gjesten skal dusje.",
    ]


def test_few_passages_are_quoted_however_many_are_good(reader: Reader) -> None:
    hits = [
        make_hit(make_provision(f"{WORK}/§9-{n}", [("ledd/1", f"Regel nummer {n}.")]), 0.9, rank=n)
        for n in range(1, 12)
    ]
    composed = answer(reader, *hits)
    assert 1 <= len(composed.citations) <= 4


def test_an_item_is_quoted_with_the_lead_in_of_its_list(reader: Reader) -> None:
    composed = answer(reader, make_hit(LIST, 0.9, make_score(segment=2)))
    assert quotes(composed) == ["Badeverten skal:", "telle gjestene"]


def test_a_lead_in_is_quoted_with_its_list(reader: Reader) -> None:
    assert quotes(answer(reader, make_hit(LIST, 0.9, make_score(segment=0)))) == [LIST.text]


def test_a_long_passage_is_cut_to_whole_sentences(reader: Reader) -> None:
    composed = answer(reader, make_hit(LONG, 0.9), text="Hvilken farge skal fløyta ha?")
    assert len(composed.text.split()) < 100
    assert any("Fløyta skal være rød." in quote for quote in quotes(composed))
    assert all(LONG.text[c.start : c.end] == c.quote for c in composed.citations)
    assert all(c.quote.endswith(".") for c in composed.citations)


def test_the_rule_comes_before_the_note_that_explains_it(reader: Reader) -> None:
    composed = answer(reader, make_hit(NOTE, 0.9), make_hit(LAW, 0.8, rank=2))
    assert [c.level for c in composed.citations] == [Level.LAW, Level.AUTHORITY]


def lay_hit(similarity: float = 0.99, question: int | None = 0, provision: Provision = LAW) -> Hit:
    return make_hit(provision, 0.9, make_score(lay_similarity=similarity, lay_question=question))


def test_the_rule_that_a_note_explains_comes_before_rules_that_are_only_near(reader: Reader) -> None:
    found = answer(reader, make_hit(NOTE), make_hit(OTHER, 0.95, rank=2), make_hit(LAW, 0.7, rank=3))
    ids = [citation.provision_id for citation in found.citations]
    assert ids.index(f"{WORK}/§1-1") < ids.index(f"{WORK}/§1-2") < ids.index("veiledning/fløyte")


def test_a_question_that_comes_down_to_a_known_one_gets_its_verdict(reader: Reader) -> None:
    composed = answer(reader, lay_hit())
    assert composed.verdict is Verdict.YES
    assert composed.citations[0].quote == "Badeverten skal ha badevakt."


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        pytest.param("Hvem har badevakt ved bassenget?", lay_hit(), id="an open question"),
        pytest.param("Slipper vi badevakt ved bassenget?", lay_hit(), id="turned: exempt"),
        pytest.param("Må vi ikke ha badevakt ved bassenget?", lay_hit(), id="turned: not"),
        pytest.param("Må vi betale badevakt ved sjøen?", lay_hit(), id="another thing asked"),
        pytest.param(ASKED, lay_hit(similarity=0.5), id="not near"),
        pytest.param(ASKED, lay_hit(question=None), id="near no lay question"),
        pytest.param(ASKED, lay_hit(question=1), id="a lay question without a verdict"),
    ],
)
def test_what_only_resembles_a_known_question_gets_no_verdict(reader: Reader, text: str, hit: Hit) -> None:
    assert answer(reader, hit, text=text).verdict is None


@pytest.mark.parametrize(
    ("lay", "turned"),
    [
        ("kan vi åpne bassenget uten badevakt", "Kan vi åpne bassenget med badevakt?"),
        ("må badegjester med egen hette dusje før badet", "Slipper badegjester med egen hette å dusje før badet?"),
    ],
    ids=["without and with", "must and need not"],
)
def test_the_same_words_in_the_other_direction_get_no_verdict(reader: Reader, lay: str, turned: str) -> None:
    law = make_provision(f"{WORK}/§2-1", [("ledd/1", "Regel.")], questions=[LayQuestion(text=lay, verdict=Verdict.NO)])
    assert answer(reader, lay_hit(provision=law), text=f"{lay}?").verdict is Verdict.NO
    assert answer(reader, lay_hit(provision=law), text=turned).verdict is None


def test_a_repealed_provision_is_never_found(reader: Reader) -> None:
    repealed = replace(LAW, repealed=CHECKED)
    search = Search(FixedSearch(make_hit(repealed, 0.9), make_hit(OTHER, 0.5, rank=2)), LIBRARY)
    assert [hit.provision for hit in search.find(understand(reader))] == [OTHER]


def test_hits_that_do_not_answer_lead_to_an_abstention(reader: Reader) -> None:
    search = Search(FixedSearch(make_hit(LAW, 0.9, dense=0.6, coverage=0.0, unknown=1.0)), LIBRARY)
    question = understand(reader, "Hvem vant cupfinalen?")
    draft = answer_passage(question, search.find(question), search)
    assert draft is not None
    assert draft.outcome is Outcome.ABSTAINED
    assert [e for p in draft.paragraphs for e in p.evidence] == []


def test_a_short_list_of_figures_is_never_taken_apart(reader: Reader) -> None:
    figures = make_provision(
        f"{WORK}/§7-1",
        [
            ("ledd/1", "Grensene for bading er:"),
            ("ledd/1/bokstav/a", "10 minutter i kaldt vann"),
            ("ledd/1/bokstav/b", "60 minutter i varmt vann"),
        ],
    )
    composed = answer(reader, make_hit(figures, 0.9, make_score(segment=2)))
    assert quotes(composed) == [figures.text]


def test_the_part_that_answers_this_very_question_leads(reader: Reader) -> None:
    """However many words of it stand elsewhere"""
    asked = make_provision(
        f"{WORK}/§8-1", [("ledd/1", "Gjesten skal ha badehette.")], [LayQuestion(text="Hvem skal ha hette?")]
    )
    hits = (make_hit(LAW, 0.9), make_hit(asked, 0.5, make_score(lay_question=0, lay_similarity=0.96), rank=2))
    question = reader.read("hvem skal ha hette", ())
    draft = choose_passages(question, list(hits), LIBRARY)
    assert draft is not None
    assert draft.paragraphs[0].evidence[0].quote == "Gjesten skal ha badehette."
