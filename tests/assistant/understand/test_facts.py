"""Facts about a company: told one by one, and taken out of a talk again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import texts
from assistant.answer import Turn
from assistant.dialogue import Assistant
from assistant.duty.industry import Industry, find_industries
from assistant.understand.company import is_owner_only, is_sole_proprietor, read_employees
from assistant.understand.facts import Fact, forget, said_by_user
from assistant.understand.question import Company
from tests.assistant.talk import make_history


def without(text: str, fact: Fact) -> str:
    (turn,) = forget((Turn(role="user", content=text),), fact, lambda said: said)
    return turn.content


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("Vi er 7 ansatte i et byggefirma. Må vi ha BHT?", Fact.EMPLOYEES, "Vi er ansatte i et byggefirma. Må vi ha BHT?"),
        ("Vi er 7 ansatte i et byggefirma. Må vi ha BHT?", Fact.INDUSTRY, "Vi er 7 ansatte i et. Må vi ha BHT?"),
        ("3 ansatte og 2 vikarer", Fact.EMPLOYEES, "ansatte og vikarer"),
        ("Frisør", Fact.INDUSTRY, ""),
        ("Når må vi ha verneombud?", Fact.EMPLOYEES, "Når må vi ha verneombud?"),
    ],
    ids=["headcount", "industry", "two groups", "nothing else told", "nothing told"],
)  # fmt: skip
def test_only_the_words_that_tell_it_go(text: str, fact: Fact, expected: str) -> None:
    """The question that was asked in the same breath stays"""
    assert without(text, fact) == expected


@given(
    st.lists(
        st.sampled_from(
            [
                "vi",
                "er",
                "7",
                "femten",
                "ansatte",
                "i",
                "et",
                "bygg",
                "frisør",
                "salong",
                "og",
                "3",
                "vikarer",
                ",",
                ".",
                "?",
                "ingen",
                "eneste",
                "ansatt",
                "enkeltpersonforetak",
            ]
        ),
        max_size=14,
    ).map(" ".join)
)
def test_what_is_forgotten_is_never_read_again(text: str) -> None:
    """Whatever the words and their order"""
    assert read_employees(without(text, Fact.EMPLOYEES)) is None
    assert find_industries(without(text, Fact.INDUSTRY)) == ()
    assert not is_owner_only(without(text, Fact.OWNER_ONLY))
    assert not is_sole_proprietor(without(text, Fact.SOLE_PROPRIETOR))


def test_a_bare_number_counts_when_it_was_asked_for() -> None:
    """"12" is twelve employees after "how many are you", and nothing after anything else"""  # fmt: skip
    assert said_by_user(make_history("må vi ha amu", texts.ASK_EMPLOYEES, "12"))[1] == "Vi er 12 ansatte."
    assert said_by_user(make_history("hva sier ledd", "Hvilket ledd?", "12"))[1] == "12"


def test_a_bare_number_is_forgotten_with_the_headcount() -> None:
    talk = forget(make_history("må vi ha amu", texts.ASK_EMPLOYEES, "12"), Fact.EMPLOYEES, lambda said: said)
    assert [turn.content for turn in talk] == ["må vi ha amu", texts.ASK_EMPLOYEES, ""]


def test_what_the_assistant_said_stays() -> None:
    """Its words tell nothing of the company"""
    talk = make_history("Vi er 7 ansatte", "Dere er 7 ansatte.")
    assert forget(talk, Fact.EMPLOYEES, lambda said: said)[1] == talk[1]


def test_facts_are_told_in_words() -> None:
    company = Company(employees=1, industries=(Industry(name="kafé", codes=("56.110",)),), sole_proprietor=True)
    assert company.facts == {
        Fact.EMPLOYEES: "1 ansatt", Fact.INDUSTRY: "kafé", Fact.SOLE_PROPRIETOR: "enkeltpersonforetak",
    }  # fmt: skip
    assert Company().facts == {}


def test_the_assistant_no_longer_counts_what_was_taken_away(bare: Assistant) -> None:
    """With the real corpus and spelling: misspelt or in a sentence of its own, the industry is gone from the next turn"""
    for said in ("Vi er 7 ansatte i et byggefirma. Må vi ha BHT?", "vi drver et byggfirma, 7 anstte. må vi ha bht?"):
        talk = make_history(said, "Ja, dere må ha det.")
        assert set(bare.understand("og verneombud?", talk).company.facts) == {Fact.EMPLOYEES, Fact.INDUSTRY}
        without_industry = bare.forget(talk, Fact.INDUSTRY)
        assert set(bare.understand("og verneombud?", without_industry).company.facts) == {Fact.EMPLOYEES}
        assert bare.understand("og verneombud?", bare.forget(without_industry, Fact.EMPLOYEES)).company.facts == {}
