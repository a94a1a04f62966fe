"""What is found in the core when it is held against the official texts: invented ones, and those of 2025-11-08."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from corpus.document import DATE_UNKNOWN, Document, Kind, Provision
from corpus.library import Library, load_library
from corpus.merge import Standing
from corpus.review import Finding, notes_touched, review_core, review_official
from tests.conftest import ARCHIVE_DATE, make_edition, make_official
from tests.corpus.lovdata.acts import REFERENCE_DATE
from tests.corpus.lovdata.archives import fetch_reference, need_reference, read_reference

MakeLibrary = Callable[..., Library]
Invented = tuple[Document, ...]
TODAY = date(2026, 8, 1)  # the day the invented core was checked
RULE, NOTE = "lov/1999-01-02-9002/§1-1", "veiledning/hvor-mange-badevakter"
NEW_START = date(2026, 5, 1)


@pytest.fixture
def ours(invented: Invented) -> Provision:
    """A restatement, in force from 1999, that a note of 2026-01-15 explains."""
    return invented[0].provisions[0]


def findings(library: Library, today: date = TODAY) -> list[tuple[str, str]]:
    return [(found.kind, found.provision_id) for found in review_core(library, today)]


def with_first(core: Invented, **changes: object) -> Invented:
    """Return the core with changes to its first provision."""
    act = core[0]
    first = replace(act.provisions[0], **changes)  # type: ignore[arg-type]
    return (replace(act, provisions=(first, *act.provisions[1:])), *core[1:])


# --- Invented ----------------------------------------------------------------------------------------------------------------


def test_a_core_on_its_own_has_nothing_to_look_at(invented: Invented) -> None:
    assert findings(Library(invented)) == []


def test_a_restatement_of_the_wording_that_was_fetched_is_in_order(
    invented: Invented, ours: Provision, with_store: MakeLibrary
) -> None:
    assert findings(with_store(invented, make_edition(invented[0], make_official(ours)))) == []


def test_a_restatement_of_a_later_wording_is_listed_with_both_dates(
    invented: Invented, ours: Provision, with_store: MakeLibrary
) -> None:
    official = make_official(ours, in_force=date(1999, 6, 1))
    core = with_first(invented, in_force=NEW_START)
    library = with_store(core, make_edition(invented[0], official, text_date=REFERENCE_DATE))
    (found,) = [f for f in review_core(library, TODAY) if f.kind == "newer"]
    assert found == Finding(
        kind="newer", provision_id=RULE, label="badeanleggloven § 1-1",
        detail=f"gjelder fra {NEW_START}; ordlyd per {REFERENCE_DATE}, endret siden",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"in_force": NEW_START}, f"er endret {NEW_START}", id="amended"),
        pytest.param({"in_force": NEW_START, "repealed": date(2027, 1, 1)}, f"er endret {NEW_START}", id="amended and to be repealed"),
        pytest.param({"repealed": date(2026, 6, 1)}, "er opphevet", id="repealed"),
        pytest.param({"repealed": DATE_UNKNOWN, "in_force": None}, "er opphevet", id="repealed some day"),
    ],
)  # fmt: skip
def test_a_restatement_older_than_the_law_is_listed_with_the_reason(
    changes: dict[str, Any], words: str, invented: Invented, ours: Provision, with_store: MakeLibrary
) -> None:
    library = with_store(invented, make_edition(invented[0], make_official(ours, **changes)))
    (found,) = [f for f in review_core(library, TODAY) if f.kind == "outdated"]
    assert found.provision_id == RULE
    assert words in found.detail
    assert "av ordlyden fra 1999-06-01" in found.detail


def test_a_note_older_than_the_amendment_of_what_it_explains_is_listed(
    invented: Invented, ours: Provision, with_store: MakeLibrary
) -> None:
    library = with_store(invented, make_edition(invented[0], make_official(ours, in_force=NEW_START)))
    (found,) = [f for f in review_core(library, TODAY) if f.kind == "note"]
    assert found.provision_id == NOTE
    assert found.label == f"{NOTE} (Hvor mange badevakter som trengs)"
    assert found.detail == f"fra 2026-01-15; badeanleggloven § 1-1 er endret {NEW_START}"


def test_a_note_as_old_as_the_amendment_is_in_order(
    invented: Invented, ours: Provision, with_store: MakeLibrary
) -> None:
    library = with_store(invented, make_edition(invented[0], make_official(ours, in_force=date(2026, 1, 15))))
    assert "note" not in [kind for kind, _ in findings(library)]


def test_what_nobody_has_checked_for_half_a_year_is_listed(invented: Invented) -> None:
    library = Library(with_first(invented, checked=TODAY - timedelta(days=184)))
    assert findings(library) == [("unchecked", RULE)]
    assert findings(Library(with_first(invented, checked=TODAY - timedelta(days=183)))) == []
    assert len(findings(Library(invented), TODAY + timedelta(days=184))) == sum(len(d.provisions) for d in invented)


@pytest.mark.parametrize(
    ("start", "today", "is_listed"),
    [
        pytest.param(date(1999, 6, 1), NEW_START, True, id="on the day it changes"),
        pytest.param(date(1999, 6, 1), NEW_START - timedelta(days=1), False, id="the day before"),
        pytest.param(NEW_START, NEW_START, False, id="ours is of the new wording"),
    ],
)
def test_an_official_text_whose_announced_amendment_has_come_is_listed(
    start: date, today: date, is_listed: bool, invented: Invented, ours: Provision, with_store: MakeLibrary
) -> None:
    note = "Endres ved lov 19 des 2025 nr. 99 (i kraft 1 mai 2026)."
    official = make_official(ours, changes=(note,))
    library = with_store(
        with_first(invented, in_force=start), make_edition(invented[0], official, text_date=REFERENCE_DATE)
    )
    found = [(f.kind, f.provision_id, f.detail) for f in review_official(library, today)]
    assert found == ([("stale", RULE, f"ordlyd per {REFERENCE_DATE}, endret {NEW_START}")] if is_listed else [])


def test_without_fetched_texts_no_official_text_is_listed(invented: Invented) -> None:
    assert list(review_official(Library(invented), TODAY)) == []


def test_a_change_touches_the_restatement_and_the_notes_about_it(invented: Invented) -> None:
    library = Library(invented)
    assert notes_touched(RULE, library) == ["gjengivelsen", NOTE]
    assert notes_touched("lov/1999-01-02-9002/§1-4", library) == ["gjengivelsen"]
    assert notes_touched("lov/1999-01-02-9002/§9-9", library) == []


# --- The core against the official texts of 2025-11-08 -----------------------------------------------------------------------

AML, OLM, ADM, UTF = (
    "lov/2005-06-17-62", "forskrift/2011-12-06-1355", "forskrift/2011-12-06-1360", "forskrift/2011-12-06-1357",
)  # fmt: skip
# Amended after that day: the restatement leads. Source: the change notes of the texts of 2026-07-02.
AMENDED_SINCE = {
    AML: ["1-3", "4-3", "18-7", "18-11"],
    "lov/1997-02-28-19": ["13-4", "13-14"],
    "forskrift/1996-12-06-1127": ["2"],
    OLM: ["7-3", "8-2", "9-2", "10-1"],
    UTF: ["1-2", "3-2", "4-1", "4-2", "4-3", "4-4", "4-6", "4-7", "4-8", "4-13", "4-14", "31-1", "31-2"],
}
# New since that day: the archive has no text of them.
NEW_SINCE = [
    "1A-1", "1A-2", "1A-3", "1A-4", "1A-5", "2A-1", "2A-2", "2A-3", "2A-4",
    "3A-1", "3A-2", "3A-3", "3A-4", "3A-5", "3A-6", "4-20", "4-21", "4-22", "4-27",
]  # fmt: skip
SINCE = {f"{work}/§{section}" for work, sections in AMENDED_SINCE.items() for section in sections}


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The real core with the official texts of 2025-11-08."""
    need_reference()
    library = load_library(fetch_reference(tmp_path_factory))
    yield library
    library.close()


def standing(library: Library, wanted: Standing) -> set[str]:
    restated = {p.provision_id for document in library.core for p in document if p.kind is Kind.RESTATEMENT}
    works = library.store.documents if library.store else {}
    return {i for i in restated if i.split("/§")[0] in works and library.standing(i) is wanted}


def test_exactly_what_was_amended_since_the_archive_is_newer(fetched: Library) -> None:
    assert standing(fetched, Standing.NEWER) == SINCE


def test_exactly_what_is_new_since_the_archive_stays_alone(fetched: Library) -> None:
    alone = {f"{UTF}/§{section}" for section in NEW_SINCE}
    assert standing(fetched, Standing.ALONE) == alone
    for provision_id in alone:
        (only,) = fetched.texts_of(provision_id)
        assert only.kind is Kind.RESTATEMENT


def test_nothing_in_the_core_is_older_than_the_archive(fetched: Library) -> None:
    assert standing(fetched, Standing.OUTDATED) == set()


def test_every_other_restatement_stands_beside_its_official_text(fetched: Library) -> None:
    matching = standing(fetched, Standing.MATCHES)
    assert len(matching) > 300
    assert all([t.kind for t in fetched.texts_of(i)] == [Kind.OFFICIAL, Kind.RESTATEMENT] for i in matching)


def test_what_was_amended_since_is_led_by_the_restatement(fetched: Library) -> None:
    assert all([t.kind for t in fetched.texts_of(i)] == [Kind.RESTATEMENT, Kind.OFFICIAL] for i in SINCE)


def test_the_review_lists_exactly_what_was_amended_since(fetched: Library) -> None:
    found = list(review_core(fetched, TODAY))
    assert {f.provision_id for f in found if f.kind == "newer"} == SINCE
    assert not [f for f in found if f.kind == "outdated"]
    (psychosocial,) = [f for f in found if f.provision_id == f"{AML}/§4-3"]
    assert psychosocial.detail == f"gjelder fra 2026-01-01; ordlyd per {REFERENCE_DATE}, endret siden"


def test_the_review_lists_the_notes_that_an_amendment_overtook(fetched: Library) -> None:
    """The note on inspections is of 2023; §§ 18-6, 18-7 and 18-10 were amended in 2025 and 2026."""
    found = [f.detail for f in review_core(fetched, TODAY) if f.provision_id == "veiledning/tilsyn-reaksjoner"]
    assert [detail.split("§ ")[1] for detail in found] == [
        "18-6 er endret 2025-07-01", "18-7 er endret 2026-01-01", "18-10 er endret 2025-07-01",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("work", "section", "ledd"),
    [(AML, "3-3", 5), (AML, "18-6", 8), (OLM, "13-3", 1), (ADM, "2-4", 4)],
    ids=["aml 3-3", "aml 18-6", "olm 13-3", "adm 2-4"],
)
def test_the_official_text_is_word_for_word_that_of_the_xml(
    work: str, section: str, ledd: int, fetched: Library
) -> None:
    official = fetched.official(f"{work}/§{section}")
    assert official is not None
    said = list(_ledd_in_xml(work, section))
    assert len(said) == ledd
    assert "".join(official.text.split()) == "".join("".join(said).split())
    assert [s.portion.path for s in official.segments if len(s.portion.parts) == 1 and s.portion.parts] == [
        f"ledd/{number}" for number in range(1, ledd + 1)
    ]


def _ledd_in_xml(work: str, section: str) -> Iterator[str]:
    """Yield the words of each ledd of a § without the parser's own code; items of lists carry their mark in an attribute."""
    root = ET.fromstring(read_reference(work).decode().split("<!DOCTYPE html>")[-1])
    (article,) = [
        a for a in root.iter("article") if a.get("class") == "legalArticle" and a.get("data-name") == f"§{section}"
    ]
    for part in article:
        if part.get("class") in ("legalP", "numberedLegalP"):
            yield "".join(_words(part))


def _words(element: ET.Element) -> Iterator[str]:
    if element.tag == "li":
        yield element.get("data-name") or ""
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""


def test_the_tasks_of_the_providers_are_in_force(fetched: Library) -> None:
    official = fetched.official(f"{ADM}/§2-4")
    assert official is not None
    assert (official.in_force, official.repealed, official.pending) == (date(2023, 1, 1), None, False)
    assert official.is_current(TODAY)
    assert official.text_date == REFERENCE_DATE != ARCHIVE_DATE
