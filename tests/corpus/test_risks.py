"""Risks that may make BHT a duty off the list: what names them, and that each has a rule of the core behind it."""

import pytest

from corpus.address import find_addresses
from corpus.library import Library
from corpus.risks import find_risks, read_risks


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Det er mye støy på verkstedet", ["stoey-vibrasjoner"]),
        ("De ansatte jobber om natta og har opplevd trusler", ["vold", "nattarbeid"]),
        ("Vi bruker løysemiddel", ["kjemikalier"]),
        ("We have night shifts", ["nattarbeid"]),
        ("Vi sitter på kontor", []),
        ("Kundene er rasende", []),
        ("", []),
    ],
)
def test_a_risk_is_found_where_it_is_named(text: str, ids: list[str]) -> None:
    assert [risk.risk_id for risk in find_risks(text)] == ids


def test_every_risk_asks_a_question_and_names_a_rule_of_the_core(library: Library) -> None:
    for risk in read_risks():
        assert risk.question.endswith("?")
        (address,) = {a for mention in find_addresses(risk.provision, library.known) for a in mention.candidates}
        provision = library.find(address.provision_id)
        assert provision.span_of(address.portion)
    assert len({risk.risk_id for risk in read_risks()}) == len(read_risks()) >= 8
