"""Industry codes: the table of OLM § 13-1 against the facts read from the official text, and SN2025 as a tree."""

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import industry
from corpus.industry import (
    IndustryRow,
    name_of,
    read_codes,
    read_conditions,
    read_descriptions,
    read_successors,
    read_table,
    read_words,
)
from tests.conftest import DATA

FACTS = tomllib.loads((DATA / "facts.toml").read_text(encoding="utf-8"))
TABLE = read_table()
CODES = read_codes()


def ancestors(code: str) -> set[str]:
    """Return the code and every code above it: 96.210 lies in 96.21, 96.2 and 96."""
    division, _, rest = code.partition(".")
    return {division, *(f"{division}.{rest[:n]}" for n in range(1, len(rest) + 1))}


def test_the_table_is_the_official_one_in_its_order() -> None:
    assert [row.code for row in TABLE] == [row["code"] for row in FACTS["industry"]]
    assert len(TABLE) == FACTS["industry_meta"]["codes"] == 108


def test_rows_are_read_whole() -> None:
    assert TABLE[0] == IndustryRow("02", "Skogbruk og tjenester tilknyttet skogbruk", "")
    assert all(row.name for row in TABLE)
    assert (TABLE[9].code, TABLE[-1].code) == (FACTS["industry"][9]["code"], FACTS["industry"][-1]["code"])


def test_a_row_has_a_condition_exactly_where_the_official_row_limits_the_code() -> None:
    limited = {row["code"] for row in FACTS["industry"] if row["scope"] == "delvis"}
    assert {row.code for row in TABLE if row.condition} == limited


def test_every_limited_row_has_a_question_and_words_that_settle_it_one_way_only() -> None:
    conditions = read_conditions()
    assert set(conditions) == {row.code for row in TABLE if row.condition}
    for code, condition in conditions.items():
        assert condition.code == code
        assert condition.question.endswith("?")
        words = (*condition.inside, *condition.outside)
        assert len(set(words)) == len(words)
        assert all(word == word.lower() for word in words)
        assert not any(a.startswith(b) or b.startswith(a) for a in condition.inside for b in condition.outside)


@pytest.mark.parametrize("fact", FACTS["not_listed"], ids=lambda f: f["code"])
def test_an_industry_that_is_not_in_the_table_is_covered_by_no_row(fact: dict[str, str]) -> None:
    assert [row.code for row in TABLE if row.covers(fact["code"])] == []


@pytest.mark.parametrize(
    ("row", "code", "covered"),
    [
        pytest.param("96.21", "96.21", True, id="itself"),
        pytest.param("96.21", "96.210", True, id="child"),
        pytest.param("96.21", "96.2", False, id="parent"),
        pytest.param("96.21", "96.22", False, id="sibling"),
        pytest.param("03.2", "03.210", True, id="grandchild"),
        pytest.param("02", "02", True, id="division itself"),
        pytest.param("02", "02.1", True, id="group in a division"),
        pytest.param("02", "02.100", True, id="code in a division"),
        pytest.param("02", "020", False, id="digits without a full stop"),
        pytest.param("02", "12.02", False, id="the same digits elsewhere"),
        pytest.param("02", "", False, id="nothing"),
    ],
)
def test_a_row_covers_itself_and_what_lies_below(row: str, code: str, covered: bool) -> None:
    assert IndustryRow(row, "", "").covers(code) is covered


def test_every_row_covers_its_descendants_in_the_standard_and_nothing_else() -> None:
    for row in TABLE:
        covered = {code for code in CODES if row.covers(code)}
        assert covered == {code for code in CODES if row.code in ancestors(code)}, row.code
        assert row.code in covered


def test_no_row_lies_in_another() -> None:
    assert [(a.code, b.code) for a in TABLE for b in TABLE if a is not b and a.covers(b.code)] == []


@given(st.sampled_from(TABLE), st.from_regex(r"\A\d\d(\.\d{1,3})?\Z"))
def test_a_row_covers_any_code_exactly_when_it_is_among_its_ancestors(row: IndustryRow, code: str) -> None:
    assert row.covers(code) is (row.code in ancestors(code))


def test_the_standard_is_whole_and_its_tree_has_no_gap() -> None:
    assert len(CODES) == 1763
    assert list(CODES)[:4] == ["01", "01.1", "01.11", "01.110"]
    assert all(re.fullmatch(r"\d\d(\.\d{1,3})?", code) for code in CODES)
    assert [code for code in CODES if not ancestors(code) <= CODES.keys()] == []


def test_codes_on_the_table_have_a_name_or_none_but_never_a_number() -> None:
    """The source names a quarter of the codes; the others are empty."""
    assert CODES["01.130"] == "Dyrking av grønnsaker, meloner, rot- og knollvekster"
    assert sum(bool(name) for name in CODES.values()) >= 400
    assert [code for code, name in CODES.items() if re.fullmatch(r"[\d.]+", name)] == []


def test_retired_codes_lead_to_codes_that_exist() -> None:
    successors = read_successors()
    assert len(successors) == 834
    assert successors["01.190"] == ("01.130", "01.190")
    assert [(old, new) for old, codes in successors.items() for new in codes if new not in CODES] == []
    assert all(codes and len(set(codes)) == len(codes) for codes in successors.values())


def test_words_lead_to_codes_that_exist() -> None:
    assert [w.word for w in read_words() if not w.codes or any(code not in CODES for code in w.codes)] == []


def test_words_come_longest_first_and_each_once() -> None:
    words = [w.word for w in read_words()]
    assert len(words) > 2000
    assert [len(w) for w in words] == sorted((len(w) for w in words), reverse=True)
    assert len(set(words)) == len(words)
    assert all(w == w.lower() for w in words)


def test_a_certain_word_is_on_the_list_with_all_its_codes_or_with_none() -> None:
    """This ensures that no word marked certain needs a question back."""

    def is_listed(code: str) -> bool:
        return any(row.covers(code) for row in TABLE)

    own = tomllib.loads((industry.FOLDER / "bransjeord.toml").read_text(encoding="utf-8"))["industry"]
    mixed = [e["words"][0] for e in own if e["certain"] and len({is_listed(code) for code in e["codes"]}) > 1]
    assert mixed == []


@pytest.fixture
def two_sources(tmp_path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "bransjeord.toml").write_text(
        '[[industry]]\nwords = ["Frisør", "klipp"]\ncodes = ["96.210"]\ncertain = true\n', encoding="utf-8"
    )
    (tmp_path / "hverdagsord.csv").write_text(
        "word,sn2025,certainty\nfrisør,11.111,lav\nbilvask,95.310|96.990,lav\nspa,96.230,middels\nsalong (hår),96.210,høy\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(industry, "FOLDER", tmp_path)
    read_words.cache_clear()
    yield read_words()
    read_words.cache_clear()


def test_our_own_words_go_before_the_references_and_words_with_brackets_are_left_out(two_sources) -> None:
    assert [(w.word, w.codes, w.certain) for w in two_sources] == [
        ("bilvask", ("95.310", "96.990"), False),
        ("frisør", ("96.210",), True),
        ("klipp", ("96.210",), True),
        ("spa", ("96.230",), True),
    ]


def test_every_five_digit_code_has_a_description_of_ours_and_words_for_it() -> None:
    described = read_descriptions()
    assert sorted(described) == sorted(code for code in CODES if len(code) == 6)
    assert [code for code, d in described.items() if not 4 <= len(d.text.split()) <= 20] == []
    assert [code for code, d in described.items() if len(d.words) < 4 or not all(d.words)] == []


def test_a_description_is_not_the_name_of_the_standard() -> None:
    same = [code for code, d in read_descriptions().items() if d.text.lower() == CODES[code].lower()]
    assert same == []


def test_a_code_is_called_by_its_name_or_else_by_our_description() -> None:
    assert name_of("96.210") == "Frisering og barbering"
    unnamed = next(code for code, name in CODES.items() if len(code) == 6 and not name)
    assert name_of(unnamed) == read_descriptions()[unnamed].text
    assert name_of("99.9999") == ""
