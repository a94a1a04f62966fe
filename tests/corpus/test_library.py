"""Look-ups in the library: the core alone, and with a store of fetched and own documents beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus.document import Document, Kind, Level, Provision, Verdict
from corpus.errors import StoreError, UnknownProvision
from corpus.library import Library, load_library
from corpus.merge import Standing
from corpus.timeline import OnDay
from tests.conftest import ARCHIVE_DATE, make_edition, make_official, store_documents

BATHS = "lov/1999-01-02-9002"


@pytest.mark.parametrize(
    ("text", "provision_id", "portion"),
    [
        pytest.param("aml 3-3", "lov/2005-06-17-62/§3-3", "", id="abbreviation"),
        pytest.param("AML § 3-3 første ledd", "lov/2005-06-17-62/§3-3", "ledd/1", id="ledd"),
        pytest.param("lov/2005-06-17-62/§3-3", "lov/2005-06-17-62/§3-3", "", id="provision id"),
        pytest.param(
            "lov/2005-06-17-62/§3-3/ledd/1", "lov/2005-06-17-62/§3-3", "ledd/1", id="provision id with portion"
        ),
        pytest.param("§ 2 A-6", "lov/2005-06-17-62/§2A-6", "", id="no act, chapter letter"),
        pytest.param("18-10a", "lov/2005-06-17-62/§18-10a", "", id="no act, section letter"),
        pytest.param("OLM § 13-2 e", "forskrift/2011-12-06-1355/§13-2", "bokstav/e", id="letter without its word"),
        pytest.param("org.forskr. 13-1 bokstav b", "forskrift/2011-12-06-1355/§13-1", "bokstav/b", id="regulation"),
        pytest.param("veiledning/bht-er-ikke-fastlege", "veiledning/bht-er-ikke-fastlege", "", id="note"),
    ],
)
def test_a_provision_is_found_by_what_people_call_it(
    text: str, provision_id: str, portion: str, library: Library
) -> None:
    texts, part = library.look_up(text)
    assert [p.provision_id for p in texts] == [provision_id]
    assert part.path == portion


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(
            "aml 99-9", "Finner ikke arbeidsmiljøloven § 99-9 i kildene. Se «bht corpus list»", id="no such section"
        ),
        pytest.param(
            "lov/2005-06-17-62/§99-9",
            "Finner ikke arbeidsmiljøloven § 99-9 i kildene. Se «bht corpus list»",
            id="no such id",
        ),
        pytest.param("lov/1900-01-01-1 § 1", "Finner ikke lov/1900-01-01-1 § 1 i kildene.", id="no such act"),
        pytest.param("hei på deg", "Fant ingen paragrafadresse i «hei på deg». Skriv for eksempel", id="no address"),
        pytest.param(
            "veiledning/finnes-ikke", "Fant ingen paragrafadresse i «veiledning/finnes-ikke»", id="no such note"
        ),
        pytest.param("", "Fant ingen paragrafadresse i «»", id="nothing"),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence_that_names_a_remedy(
    text: str, sentence: str, library: Library
) -> None:
    with pytest.raises(UnknownProvision) as caught:
        library.look_up(text)
    assert str(caught.value).startswith(sentence)


@pytest.fixture
def both_texts(invented: tuple[Document, ...]) -> Library:
    """The invented act as a restatement, then as official wording."""
    act = invented[0]
    wording = replace(act, provisions=tuple(replace(p, kind=Kind.OFFICIAL, text="Ordlyd.", segments=()) for p in act))
    return Library((act, wording))


def test_the_official_wording_leads_where_there_is_one(both_texts: Library) -> None:
    assert [p.kind for p in both_texts.texts_of(f"{BATHS}/§1-1")] == [Kind.OFFICIAL, Kind.RESTATEMENT]
    assert both_texts.find(f"{BATHS}/§1-1").text == "Ordlyd."


def test_a_text_of_the_kind_wanted_is_found(both_texts: Library) -> None:
    assert both_texts.find(f"{BATHS}/§1-1", Kind.RESTATEMENT).text.startswith("(1) Badeverten")


def test_a_kind_that_is_not_there_is_unknown(both_texts: Library) -> None:
    with pytest.raises(UnknownProvision, match=f"{BATHS}/§1-1"):
        both_texts.find(f"{BATHS}/§1-1", Kind.GUIDANCE)


def test_an_id_that_is_not_there_is_unknown(both_texts: Library) -> None:
    with pytest.raises(UnknownProvision, match="Finner ikke lov/finnes/§ikke"):
        both_texts.find("lov/finnes/§ikke")


def test_known_holds_every_id_once_per_provision(both_texts: Library) -> None:
    assert both_texts.known == {f"{BATHS}/§1-{n}" for n in (1, 2, 3, 4)}


# --- With a store ------------------------------------------------------------------------------------------------------------

FIRST_ARCHIVE, NEW_START, DAY = date(2025, 11, 8), date(2026, 1, 1), timedelta(days=1)
RULE, OTHER, OWN = f"{BATHS}/§1-1", f"{BATHS}/§1-9", "eget/rutine/side-1"
Invented = tuple[Document, ...]
MakeLibrary = Callable[..., Library]


def official_act(invented: Invented, **changes: object) -> Document:
    """Return the official text of § 1-1, with the changes, and of a § that the core does not have."""
    rule = invented[0].provisions[0]
    return make_edition(
        invented[0], make_official(rule, **changes), make_official(rule, [("ledd/1", "Ni.")], provision_id=OTHER)
    )


def own_document(invented: Invented) -> Document:
    own = replace(make_official(invented[0].provisions[1]), kind=Kind.OWN, level=Level.COMMERCIAL, provision_id=OWN)
    return replace(make_edition(invented[0], own), document_id="eget/rutine", level=Level.COMMERCIAL)


@pytest.fixture
def stored(invented: Invented, with_store: MakeLibrary) -> Library:
    """The invented core with a fetched act and an own document."""
    return with_store(invented, official_act(invented), own_document(invented))


def test_without_a_store_there_is_the_core_alone(tmp_path: Path) -> None:
    for library in (load_library(), load_library(tmp_path / "corpus.sqlite")):
        assert library.store is None
        assert len(library.known) > 100
    assert list(tmp_path.iterdir()) == []


def test_what_is_stored_is_beside_the_core(tmp_path: Path, invented: Invented) -> None:
    store_documents(tmp_path / "corpus.sqlite", own_document(invented))
    library = load_library(tmp_path / "corpus.sqlite")
    assert library.known == load_library().known | {OWN}
    assert library.find(OWN).kind is Kind.OWN
    assert library.store is not None
    library.store.close()


def test_a_store_that_cannot_be_read_is_an_error_and_no_empty_one(tmp_path: Path) -> None:
    (tmp_path / "corpus.sqlite").write_text("ingen database")
    with pytest.raises(StoreError):
        load_library(tmp_path / "corpus.sqlite")


def test_ids_of_core_and_store_are_known(stored: Library, invented: Invented) -> None:
    assert stored.known == {p.provision_id for d in invented for p in d} | {OTHER, OWN}


def test_texts_of_core_and_store_are_found_the_one_that_leads_first(stored: Library) -> None:
    assert [p.kind for p in stored.texts_of(RULE)] == [Kind.OFFICIAL, Kind.RESTATEMENT]
    assert [p.kind for p in stored.texts_of(OTHER)] == [Kind.OFFICIAL]
    assert [p.kind for p in stored.texts_of(OWN)] == [Kind.OWN]
    assert [p.kind for p in stored.texts_of(f"{BATHS}/§1-2")] == [Kind.RESTATEMENT]
    assert stored.texts_of("lov/finnes/§ikke") == ()


def test_what_is_stored_is_found_by_what_people_call_it(stored: Library) -> None:
    assert stored.look_up(f"{OTHER}/ledd/1")[0] == stored.texts_of(OTHER)
    assert stored.look_up(OWN)[0] == stored.texts_of(OWN)


def test_the_fetched_wording_is_the_official_one(stored: Library) -> None:
    assert stored.official(RULE) == stored.find(RULE, Kind.OFFICIAL)
    assert stored.official(f"{BATHS}/§1-2") is None
    assert stored.official(OWN) is None


@pytest.mark.parametrize(
    ("start", "changes", "standing", "leads", "works"),
    [
        pytest.param(date(1999, 6, 1), {}, Standing.MATCHES, Kind.OFFICIAL, Kind.RESTATEMENT, id="matches"),
        pytest.param(ARCHIVE_DATE + DAY, {}, Standing.NEWER, Kind.RESTATEMENT, Kind.RESTATEMENT, id="newer"),
        pytest.param(date(1999, 6, 1), {"in_force": NEW_START}, Standing.OUTDATED, Kind.OFFICIAL, Kind.OFFICIAL, id="outdated"),
    ],
)  # fmt: skip
def test_answers_are_made_from_our_words_where_they_hold(
    start: date, changes: dict[str, object], standing: Standing, leads: Kind, works: Kind,
    invented: Invented, with_store: MakeLibrary,
) -> None:  # fmt: skip
    act = invented[0]
    core = (replace(act, provisions=(replace(act.provisions[0], in_force=start), *act.provisions[1:])),)
    library = with_store(core, official_act(invented, **({"in_force": date(1999, 6, 1)} | changes)))
    assert library.standing(RULE) is standing
    assert library.find(RULE).kind is leads
    assert library.working_text(RULE).kind is works


def test_answers_are_made_from_the_only_text_there_is(stored: Library, invented: Invented) -> None:
    note = invented[2].provisions[0].provision_id
    assert [stored.standing(i) for i in (f"{BATHS}/§1-2", OTHER, OWN, note)] == [Standing.ALONE, None, None, None]
    assert [stored.working_text(i).kind for i in (f"{BATHS}/§1-2", OTHER, OWN, note)] == [
        Kind.RESTATEMENT, Kind.OFFICIAL, Kind.OWN, Kind.GUIDANCE,
    ]  # fmt: skip
    with pytest.raises(UnknownProvision):
        stored.working_text("lov/finnes/§ikke")


def test_each_provision_is_indexed_once(stored: Library) -> None:
    found = [s.provision.provision_id for s in stored.searchables()]
    assert sorted(found) == sorted(stored.known)
    (rule,) = (s for s in stored.searchables() if s.provision.provision_id == RULE)
    assert (rule.provision.kind, rule.official) == (Kind.RESTATEMENT, stored.official(RULE))


def test_a_text_is_found_as_it_is_indexed(invented: Invented, with_store: MakeLibrary) -> None:
    """An official text with the questions of a restatement that it has outdated"""
    library = with_store(invented, official_act(invented, in_force=NEW_START))
    (indexed,) = (s.provision for s in library.searchables() if s.provision.provision_id == RULE)
    assert library.searched(RULE, Kind.OFFICIAL) == indexed
    assert any(s.questions for s in indexed.segments)
    assert all(q.verdict is None for s in indexed.segments for q in s.questions)
    assert any(q.verdict is Verdict.YES for s in library.find(RULE, Kind.RESTATEMENT).segments for q in s.questions)
    for kind in (Kind.RESTATEMENT, Kind.OFFICIAL):
        assert library.searched(RULE, kind).text == library.find(RULE, kind).text
    with pytest.raises(UnknownProvision):
        library.searched(RULE, Kind.OWN)


# --- On a day ----------------------------------------------------------------------------------------------------------------


def test_the_stored_wordings_tell_what_held_on_a_day(invented: Invented, with_store: MakeLibrary) -> None:
    rule = invented[0].provisions[0]
    old, new = (make_official(rule, [("ledd/1", words)]) for words in ("Gammel.", "Ny."))
    library = with_store(
        invented,
        make_edition(invented[0], old, text_date=FIRST_ARCHIVE),
        make_edition(invented[0], replace(new, in_force=NEW_START)),
    )

    def words(day: date) -> str | None:
        found = library.find_on(RULE, day).text
        return found and found.text

    assert [words(day) for day in (NEW_START, NEW_START - DAY, date(1999, 6, 1))] == ["Ny.", "Gammel.", "Gammel."]
    assert library.find_on(RULE, date(1999, 5, 31)) == OnDay(text=None, reaches=date(1999, 6, 1))


def test_on_a_day_as_today_what_is_not_fetched_is_told_in_our_words(stored: Library, invented: Invented) -> None:
    restated = invented[0].provisions[2]
    assert stored.find_on(restated.provision_id, ARCHIVE_DATE) == OnDay(text=restated)
    assert stored.find_on(restated.provision_id, date(2000, 1, 1)) == OnDay(text=None, reaches=restated.in_force)


def test_notes_and_own_documents_are_told_on_any_day(stored: Library, invented: Invented) -> None:
    note = invented[2].provisions[0]
    assert stored.find_on(note.provision_id, date(1900, 1, 1)) == OnDay(text=note)
    assert stored.find_on(OWN, date(1900, 1, 1)) == OnDay(text=stored.find(OWN))


def test_what_is_nowhere_held_on_no_day(stored: Library) -> None:
    assert stored.find_on("lov/finnes/§ikke", ARCHIVE_DATE) == OnDay(text=None)


def test_what_an_archive_no_longer_holds_held_until_then(invented: Invented, with_store: MakeLibrary) -> None:
    library = with_store(invented, official_act(invented), make_edition(invented[0], text_date=ARCHIVE_DATE + DAY))
    assert [text.repealed for text in library.texts_of(OTHER)] == [ARCHIVE_DATE + DAY]
    found = library.find_on(OTHER, ARCHIVE_DATE).text
    assert isinstance(found, Provision)
    assert library.find_on(OTHER, ARCHIVE_DATE + DAY) == OnDay(text=None)
