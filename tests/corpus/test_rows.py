"""Provisions as JSON values: there and back, nothing lost that the store is to keep."""

import json
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import Address, Portion
from corpus.document import Document, Kind, Level, Provision, Segment
from corpus.rows import provision_from_row, provision_to_row
from tests.conftest import make_official

CHECKED, TEXT_DATE = date(2026, 8, 1), date(2026, 7, 2)
# Belong to our restatements and notes, or to the document; the store does not keep them with a provision.
NOT_KEPT = {"binds", "note", "certainty"}
# Surrogates never come out of a decoded file.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
PORTIONS = st.lists(
    st.tuples(st.sampled_from(["ledd", "bokstav", "nr", "strek", "rad"]), st.from_regex(r"[0-9a-zæøå.]{1,4}", fullmatch=True)),
    max_size=3,
).map(lambda parts: Portion(tuple(parts)))  # fmt: skip
SEGMENTS = st.builds(Segment, portion=PORTIONS, start=st.integers(0, 10**6), end=st.integers(0, 10**6))
ADDRESSES = st.builds(Address, WORDS, WORDS, PORTIONS)
PROVISIONS = st.builds(
    Provision, provision_id=WORDS, kind=st.sampled_from(Kind), level=st.sampled_from(Level), source=TEXTS, label=TEXTS,
    heading=TEXTS, path=st.lists(TEXTS, max_size=3).map(tuple), text=TEXTS, segments=st.lists(SEGMENTS, max_size=3).map(tuple),
    url=TEXTS, checked=st.just(CHECKED), text_date=st.just(TEXT_DATE), in_force=st.none() | st.dates(),
    amended_by=st.none() | WORDS, repealed=st.none() | st.dates(), pending=st.booleans(),
    changes=st.lists(TEXTS, max_size=2).map(tuple), footnotes=st.lists(TEXTS, max_size=2).map(tuple),
    explains=st.lists(ADDRESSES, max_size=2).map(tuple), language=st.sampled_from(["nb", "nn"]), date_kind=TEXTS,
)  # fmt: skip


def there_and_back(provision: Provision) -> Provision:
    row = json.loads(json.dumps(provision_to_row(provision)))
    return provision_from_row(row, checked=provision.checked, text_date=provision.text_date)


@given(PROVISIONS)
def test_there_and_back_is_identity(provision: Provision) -> None:
    assert there_and_back(provision) == provision


def test_every_field_is_kept_or_left_out_on_purpose(invented: tuple[Document, ...]) -> None:
    """A field that is added to the record and forgotten here fails"""
    full = replace(
        make_official(invented[0].provisions[0]), amended_by="lov/1", repealed=date(2030, 1, 1), pending=True, changes=("E",),
        footnotes=("F",), explains=(Address("lov/1", "1"),), language="nn", date_kind="oppdatert", path=("Kapittel 1",),
        binds=("vakt",), note="N", certainty="høy",
    )  # fmt: skip
    assert all(getattr(full, field.name) for field in fields(full))
    back = there_and_back(full)
    assert {field.name for field in fields(full) if not getattr(back, field.name)} == NOT_KEPT
    assert replace(full, binds=(), note="", certainty="") == back


def test_the_dates_are_those_of_the_document(invented: tuple[Document, ...]) -> None:
    row = provision_to_row(invented[0].provisions[0])
    back = provision_from_row(row, checked=date(2030, 1, 2), text_date=None)
    assert (back.checked, back.text_date) == (date(2030, 1, 2), None)
    assert not {"checked", "text_date"} & set(row)


def test_what_is_empty_takes_no_room(invented: tuple[Document, ...]) -> None:
    bare = replace(
        invented[0].provisions[0], source="", heading="", path=(), text="", segments=(), url="", in_force=None, binds=(),
    )  # fmt: skip
    assert set(provision_to_row(bare)) == {"id", "kind", "level", "label", "language"}
    assert there_and_back(bare) == replace(bare, binds=())


@pytest.mark.parametrize("missing", ["id", "kind", "level"])
def test_a_row_without_what_makes_a_provision_is_refused(missing: str, invented: tuple[Document, ...]) -> None:
    row = provision_to_row(invented[0].provisions[0])
    del row[missing]
    with pytest.raises(KeyError, match=missing):
        provision_from_row(row, checked=CHECKED, text_date=None)
