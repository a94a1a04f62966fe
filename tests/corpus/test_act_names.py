"""Acts that are not in sources.toml are known by name once they have been fetched."""

import pytest

from corpus.act_names import find_more_acts
from corpus.address import parse_address

ACTS = {
    "kaffeloven": "lov/2099-01-01-1",
    "forskrift om kaffe": "forskrift/2099-01-01-2",
    "forskrift om kaffe og te i arbeidslivet m.m": "forskrift/2099-01-01-3",
    "forskrift 3. mars 2099 nr. 4": "forskrift/2099-03-03-4",
}
KNOWN = frozenset(f"{work}/§2-1" for work in ACTS.values())


@pytest.mark.parametrize(
    ("text", "work"),
    [
        pytest.param("kaffeloven § 2-1", "lov/2099-01-01-1", id="one word"),
        pytest.param("Hva sier Kaffeloven § 2-1 om melk?", "lov/2099-01-01-1", id="in a question"),
        pytest.param("kaffelovens § 2-1", "lov/2099-01-01-1", id="genitive"),
        pytest.param("§ 2-1 i kaffeloven", "lov/2099-01-01-1", id="behind"),
        pytest.param("forskrift om kaffe § 2-1", "forskrift/2099-01-01-2", id="several words"),
        pytest.param("forskrift om kaffe og te i arbeidslivet m.m § 2-1", "forskrift/2099-01-01-3", id="the longest name"),
        pytest.param("forskrift 3. mars 2099 nr. 4 § 2-1", "forskrift/2099-03-03-4", id="date and number"),
    ],
)  # fmt: skip
def test_an_address_in_a_fetched_act_is_read(text: str, work: str) -> None:
    assert parse_address(text, KNOWN, ACTS).provision_id == f"{work}/§2-1"


@pytest.mark.parametrize("text", ["kakaoloven", "loven", "forskrift om te", "", "lovlig og lovende"])
def test_other_words_are_no_act(text: str) -> None:
    assert list(find_more_acts(text, ACTS, [])) == []


def test_what_names_an_act_already_is_left_alone() -> None:
    assert list(find_more_acts("kaffeloven", ACTS, [(0, 10, "lov/2005-06-17-62")])) == []


def test_a_long_text_takes_no_time_to_speak_of() -> None:
    assert list(find_more_acts("forskrift om " * 20_000, ACTS, [])) == []
