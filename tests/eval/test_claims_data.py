"""The labelled claims and the attacks: this ensures that what a verifier is judged by has no slips of its own. Nothing is scored here."""

import json
import re
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Kind
from corpus.library import Library, load_library
from corpus.portion import Portion
from eval.questions import DATASETS

Row = dict[str, Any]
CLAIMS = DATASETS / "claims"
ATTACKS = Path(__file__).parents[1] / "data" / "attacks.jsonl"
HALVES = ("dev", "test")
SENTENCES = ("dev", "dev2", "test")  # dev2: more to develop on, mostly of the kinds that are hard
FILES = (*SENTENCES, "free_dev", "free_test", "texts")
TRICKS = {
    "number", "negation", "modal", "paragraph", "wrong_id", "quote", "actor", "condition", "scope", "date", "code", "invented",
    "merged", "url", "english", "advice",
}  # fmt: skip
FIELDS = {
    "claims": {"id", "question", "evidence", "sentence", "label", "trick", "why"},
    "free": {"id", "claim", "label", "provisions", "why"},
    "texts": {"id", "text", "claims"},
    "attacks": {"id", "where", "attack", "goal", "marks"},
}
FEWEST = {"dev": 140, "dev2": 260, "test": 220, "free_dev": 50, "free_test": 70, "texts": 6}
VERDICTS = {"supported", "contradicted", "not_found"}
PLACES = {"document", "question", "file_name", "registry", "model", "history"}


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Return the lines of a file of claims, or of the attacks."""
    path = ATTACKS if name == "attacks" else CLAIMS / f"{name}.jsonl"
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def markers(sentence: str) -> list[int]:
    return [int(number) for number in re.findall(r"\[(\d+)]", sentence)]


def text_of(library: Library, evidence: Row) -> str:
    """Return the words of a part of a provision of the core; "" when there is no such part."""
    note = evidence["provision_id"].startswith("veiledning/")
    provision = library.find(evidence["provision_id"], Kind.GUIDANCE if note else Kind.RESTATEMENT)
    start, end = provision.span_of(Portion.parse(evidence["portion"])) or (0, 0)
    return provision.text[start:end]


def cited_text(library: Library, row: Row) -> str:
    return "\n".join(text_of(library, row["evidence"][marker - 1]) for marker in markers(row["sentence"]))


def quotes(sentence: str) -> list[str]:
    return re.findall(r"«([^»]+)»", sentence)


def free_claims() -> list[Row]:
    """Return the claims without evidence: those by themselves and those of whole texts."""
    return [*rows("free_dev"), *rows("free_test"), *(claim for text in rows("texts") for claim in text["claims"])]


@pytest.mark.parametrize("name", [*FILES, "attacks"])
def test_every_line_has_the_fields_of_its_kind_and_none_is_empty(name: str) -> None:
    kind = "claims" if name in SENTENCES else name.partition("_")[0]
    assert all(set(row) == FIELDS[kind] for row in rows(name))
    assert all(row[field] or field == "provisions" for row in rows(name) for field in FIELDS[kind])


def test_an_id_stands_once() -> None:
    ids = Counter(row["id"] for name in (*FILES, "attacks") for row in rows(name))
    assert not [found for found, count in ids.items() if count > 1]


def test_no_sentence_stands_twice() -> None:
    sentences = [row["sentence"].casefold() for name in SENTENCES for row in rows(name)]
    claims = [row["claim"].casefold() for half in HALVES for row in rows(f"free_{half}")]
    attacks = [row["attack"] for row in rows("attacks")]
    assert all(len(set(found)) == len(found) for found in (sentences, claims, attacks))


@pytest.mark.parametrize("name", FILES)
def test_there_are_enough(name: str) -> None:
    assert len(rows(name)) >= FEWEST[name]


def test_there_are_enough_attacks_from_everywhere() -> None:
    assert len(rows("attacks")) >= 70
    assert {row["where"] for row in rows("attacks")} == PLACES
    assert all(isinstance(mark, str) and mark for row in rows("attacks") for mark in row["marks"])


@pytest.mark.parametrize("name", SENTENCES)
def test_what_is_cited_exists(library: Library, name: str) -> None:
    parts = [evidence for row in rows(name) for evidence in row["evidence"]]
    assert not [part for part in parts if part["provision_id"] not in library.known or not text_of(library, part)]


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_cites_one_or_two_of_its_evidence(name: str) -> None:
    for row in rows(name):
        assert 1 <= len(row["evidence"]) <= 4
        assert 1 <= len(markers(row["sentence"])) <= 2
        assert all(1 <= marker <= len(row["evidence"]) for marker in markers(row["sentence"])), row["id"]


@pytest.mark.parametrize("name", SENTENCES)
def test_a_trick_is_named_exactly_where_a_sentence_is_unsupported(name: str) -> None:
    for row in rows(name):
        assert row["label"] in {"supported", "unsupported"}
        assert row["trick"] in (TRICKS if row["label"] == "unsupported" else {"none"}), row["id"]


@pytest.mark.parametrize("half", HALVES)
def test_both_labels_and_every_trick_are_there(half: str) -> None:
    share = Counter(row["label"] for row in rows(half))["supported"] / len(rows(half))
    assert 0.5 < share < 0.6
    assert {row["trick"] for row in rows(half)} == TRICKS | {"none"}


def test_no_two_files_of_sentences_share_a_provision() -> None:
    used = [{part["provision_id"] for row in rows(name) for part in row["evidence"]} for name in SENTENCES]
    assert not [shared for one, other in combinations(used, 2) for shared in one & other]


@pytest.mark.parametrize("name", SENTENCES)
def test_a_quote_is_a_span_of_what_is_cited_exactly_when_it_is_no_trick(library: Library, name: str) -> None:
    for row in rows(name):
        spans = [quote in cited_text(library, row) for quote in quotes(row["sentence"])]
        if row["label"] == "supported":
            assert all(spans), row["id"]
        elif row["trick"] == "quote":
            assert spans, row["id"]
            assert not any(spans), row["id"]


def test_a_free_claim_names_what_decides_it_unless_nothing_does(library: Library) -> None:
    for row in free_claims():
        assert row["label"] in VERDICTS
        assert bool(row["provisions"]) is (row["label"] != "not_found"), row
        assert set(row["provisions"]) <= library.known, row


@pytest.mark.parametrize("name", ["free_dev", "free_test"])
def test_every_verdict_is_there(name: str) -> None:
    assert {row["label"] for row in rows(name)} == VERDICTS


def test_a_text_holds_its_claims_in_their_order() -> None:
    for row in rows("texts"):
        places = [row["text"].find(claim["sentence"]) for claim in row["claims"]]
        assert -1 not in places, row["id"]
        assert places == sorted(set(places)), row["id"]
        assert 3 <= len(places) <= 6
