"""Which wording an answer cites: the official one where it holds, ours where it is newer, that of the day where one is asked about."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant import texts
from assistant.cite import Evidence, quote_portion, quote_segment
from assistant.draft import Paragraph
from assistant.wording import Worded, cite_wording
from corpus.address import Portion
from corpus.document import Document, Kind, Level, Provision
from corpus.library import Library
from tests.conftest import ARCHIVE_DATE, make_edition, make_official

BATHS, DUTIES = "lov/1999-01-02-9002", "forskrift/2001-02-03-9001/§2A-1"
RULE = f"{BATHS}/§1-1"
FIRST_ARCHIVE, STARTS, DAY = date(2025, 11, 8), date(1999, 6, 1), timedelta(days=1)
NEW_START = date(2026, 1, 1)
MakeLibrary = Callable[..., Library]
Invented = tuple[Document, ...]


@pytest.fixture
def ours(invented: Invented) -> Provision:
    """A restatement of two ledd, in force from 1999."""
    return invented[0].provisions[0]


def quote(provision: Provision, path: str = "ledd/1") -> Evidence:
    evidence = quote_portion(provision, Portion.parse(path))
    assert evidence is not None
    return evidence


def one(worded: Worded) -> Paragraph:
    (paragraph,) = worded.paragraphs
    return paragraph


def with_start(core: Invented, start: date) -> Invented:
    """Return the core with a first provision that is in force from the day."""
    act = core[0]
    return (replace(act, provisions=(replace(act.provisions[0], in_force=start), *act.provisions[1:])), *core[1:])


# --- Today -------------------------------------------------------------------------------------------------------------------


def test_without_fetched_texts_the_restatement_is_cited_and_shown(invented: Invented, ours: Provision) -> None:
    paragraph = Paragraph(evidence=(quote(ours),))
    assert cite_wording([paragraph], Library(invented), None) == Worded((paragraph,), ())


def test_the_official_words_are_cited_while_the_restatement_is_shown(
    invented: Invented, ours: Provision, with_store: MakeLibrary
) -> None:
    official = make_official(ours)
    library = with_store(invented, make_edition(invented[0], official))
    worded = cite_wording([Paragraph(evidence=(quote(ours, "ledd/2"),))], library, None)
    assert one(worded).evidence == (quote(library.official(RULE) or ours, "ledd/2"),)
    assert one(worded).evidence[0].provision.kind is Kind.OFFICIAL
    assert one(worded).evidence[0].quote.startswith("Det er fastsatt: Kravet gjelder ikke")
    assert one(worded).shown == (quote(ours, "ledd/2"),)
    assert worded.warnings == ()


def test_what_was_chosen_to_be_shown_stays_shown(invented: Invented, ours: Provision, with_store: MakeLibrary) -> None:
    library = with_store(invented, make_edition(invented[0], make_official(ours)))
    cut = replace(quote(ours), end=20)
    assert one(cite_wording([Paragraph(evidence=(quote(ours),), shown=(cut,))], library, None)).shown == (cut,)


def test_a_sentence_of_ours_rests_on_the_official_words(
    invented: Invented, ours: Provision, with_store: MakeLibrary
) -> None:
    library = with_store(invented, make_edition(invented[0], make_official(ours)))
    lead = Paragraph(text="Ja.", evidence=(quote(ours),), is_lead=True, prefix="Ja.")
    worded = one(cite_wording([lead], library, None))
    assert (worded.text, worded.is_lead, worded.prefix) == ("Ja.", True, "Ja.")
    assert [e.provision.kind for e in worded.evidence] == [Kind.OFFICIAL]


def test_parts_that_the_law_says_in_one_are_cited_once(
    invented: Invented, ours: Provision, with_store: MakeLibrary
) -> None:
    library = with_store(invented, make_edition(invented[0], make_official(ours, [("ledd/1", "Alt i ett.")])))
    worded = one(cite_wording([Paragraph(evidence=(quote(ours), quote(ours, "ledd/2")))], library, None))
    assert [e.quote for e in worded.evidence] == ["Alt i ett."]
    assert worded.shown == (quote(ours), quote(ours, "ledd/2"))


def test_a_letter_that_the_law_does_not_have_rests_on_its_ledd(invented: Invented, with_store: MakeLibrary) -> None:
    duties = next(p for d in invented for p in d if p.provision_id == DUTIES)
    library = with_store(
        invented, make_edition(invented[1], make_official(duties, [("ledd/1", "Skal prøvekjøre."), ("ledd/3", "Tre.")]))
    )
    (evidence,) = one(cite_wording([Paragraph(evidence=(quote_segment(duties, 1),))], library, None)).evidence
    assert (evidence.quote, evidence.portion.path) == ("Skal prøvekjøre.", "ledd/1")


def test_a_part_that_the_law_does_not_have_rests_on_our_words(
    invented: Invented, ours: Provision, with_store: MakeLibrary
) -> None:
    library = with_store(
        invented, make_edition(invented[0], make_official(ours, [("ledd/1", "En."), ("ledd/4", "Fire.")]))
    )
    paragraph = Paragraph(evidence=(quote(ours, "ledd/2"),))
    assert cite_wording([paragraph], library, None).paragraphs == (paragraph,)


def test_official_words_and_notes_are_cited_as_they_are(
    invented: Invented, ours: Provision, with_store: MakeLibrary
) -> None:
    library = with_store(invented, make_edition(invented[0], make_official(ours)))
    note = invented[2].provisions[0]
    paragraphs = (
        Paragraph(evidence=(quote(library.find(RULE)),), is_verbatim=True),
        Paragraph(evidence=(quote_segment(note, 0),)),
        Paragraph(text="Hilsen oss."),
    )
    assert cite_wording(paragraphs, library, None) == Worded(paragraphs, ())


def test_a_restatement_of_what_came_after_the_archive_is_cited_and_that_is_said(
    invented: Invented, with_store: MakeLibrary
) -> None:
    core = with_start(invented, ARCHIVE_DATE + DAY)
    newer = core[0].provisions[0]
    library = with_store(core, make_edition(invented[0], make_official(invented[0].provisions[0])))
    paragraph = Paragraph(evidence=(quote(newer),))
    assert cite_wording([paragraph], library, None) == Worded(
        (paragraph,), (texts.WORDING_CHANGED_SINCE.format(label=newer.label, date=ARCHIVE_DATE),)
    )


def test_where_the_restatement_is_outdated_the_law_is_cited_and_that_is_said(
    invented: Invented, ours: Provision, with_store: MakeLibrary
) -> None:
    library = with_store(invented, make_edition(invented[0], make_official(ours, in_force=NEW_START)))
    working = library.working_text(RULE)
    assert working.kind is Kind.OFFICIAL
    paragraph = Paragraph(evidence=(quote(working),))
    assert cite_wording([paragraph], library, None) == Worded(
        (paragraph,), (texts.RESTATEMENT_OUTDATED.format(label=ours.label, date=NEW_START),)
    )


def test_each_warning_is_given_once(invented: Invented, ours: Provision, with_store: MakeLibrary) -> None:
    library = with_store(invented, make_edition(invented[0], make_official(ours, in_force=NEW_START)))
    law = library.find(RULE)
    paragraphs = [Paragraph(evidence=(quote(law),)), Paragraph(evidence=(quote(law, "ledd/2"),))]
    assert len(cite_wording(paragraphs, library, None).warnings) == 1


# --- On a day ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def amended(invented: Invented, ours: Provision, with_store: MakeLibrary) -> Library:
    """A library with two wordings of a provision that our restatement is of the newer one of."""
    old = make_official(ours, [("ledd/1", "Gammelt første ledd.")])
    new = make_official(ours, [("ledd/1", "Nytt første ledd."), ("ledd/2", "Nytt annet ledd.")], in_force=NEW_START)
    return with_store(
        with_start(invented, NEW_START),
        make_edition(invented[0], old, text_date=FIRST_ARCHIVE),
        make_edition(invented[0], new),
    )


def as_of(day: date) -> str:
    return texts.AS_OF.format(date=day)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (NEW_START, "Nytt første ledd."),
        (NEW_START - DAY, "Gammelt første ledd."),
        (STARTS, "Gammelt første ledd."),
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", [Kind.RESTATEMENT, Kind.OFFICIAL])
def test_the_wording_of_the_day_is_cited_and_shown(kind: Kind, day: date, words: str, amended: Library) -> None:
    evidence = quote(amended.find(RULE, kind))
    worded = cite_wording([Paragraph(evidence=(evidence,), shown=(replace(evidence, end=3),))], amended, day)
    assert [e.quote for e in one(worded).evidence] == [words]
    assert {e.provision.kind for e in one(worded).evidence} == {Kind.OFFICIAL}
    unchanged = kind is Kind.OFFICIAL and day >= NEW_START
    assert [e.quote for e in one(worded).shown] == (["Nyt"] if unchanged else [])
    assert worded.warnings == (as_of(day),)


def test_an_earlier_wording_bears_the_date_of_its_archive(amended: Library) -> None:
    (evidence,) = one(cite_wording([Paragraph(evidence=(quote(amended.find(RULE)),))], amended, STARTS)).evidence
    assert (evidence.provision.text_date, evidence.provision.in_force) == (FIRST_ARCHIVE, STARTS)


def test_before_the_stored_wordings_the_paragraph_is_left_out_and_it_is_said_where_they_end(amended: Library) -> None:
    label = amended.find(RULE).label
    worded = cite_wording([Paragraph(evidence=(quote(amended.find(RULE)),))], amended, STARTS - DAY)
    assert worded == Worded((), (as_of(STARTS - DAY), texts.NOT_STORED.format(label=label, date=STARTS)))


def test_of_a_wording_of_one_part_the_whole_is_cited(amended: Library) -> None:
    worded = cite_wording([Paragraph(evidence=(quote(amended.find(RULE), "ledd/2"),))], amended, STARTS)
    assert [e.quote for e in one(worded).evidence] == ["Gammelt første ledd."]


def test_parts_that_one_part_then_stood_for_are_shown_once(amended: Library) -> None:
    law = amended.find(RULE)
    apart = [Paragraph(evidence=(quote(law, path),)) for path in ("ledd/1", "ledd/2")]
    for paragraphs in (apart, [Paragraph(evidence=(quote(law), quote(law, "ledd/2")))]):
        worded = one(cite_wording(paragraphs, amended, STARTS))
        assert [e.quote for e in worded.evidence] == ["Gammelt første ledd."]
    assert len(cite_wording(apart, amended, NEW_START).paragraphs) == 2


def test_a_ledd_that_came_later_is_left_out(invented: Invented, ours: Provision, with_store: MakeLibrary) -> None:
    old = make_official(ours, [("ledd/1", "En."), ("ledd/2", "To.")])
    new = make_official(ours, [("ledd/1", "En."), ("ledd/2", "To."), ("ledd/3", "Tre.")], in_force=NEW_START)
    library = with_store(
        invented, make_edition(invented[0], old, text_date=FIRST_ARCHIVE), make_edition(invented[0], new)
    )
    law = library.find(RULE)
    worded = cite_wording(
        [Paragraph(evidence=(quote(law),)), Paragraph(evidence=(quote(law, "ledd/3"),))], library, STARTS
    )
    assert [e.quote for e in one(worded).evidence] == ["En."]
    assert worded.warnings == (as_of(STARTS), texts.NOT_IN_FORCE_THEN.format(label=ours.label, date=STARTS))


def test_a_paragraph_falls_whole_when_one_of_its_wordings_is_missing(amended: Library, invented: Invented) -> None:
    other = invented[0].provisions[2]  # in force from 2005, and not fetched
    day = date(2001, 1, 1)
    paragraph = Paragraph(evidence=(quote(amended.find(RULE)), quote(other)), text="Begge deler.")
    worded = cite_wording([paragraph], amended, day)
    assert worded.paragraphs == ()
    assert worded.warnings == (as_of(day), texts.NOT_STORED.format(label=other.label, date=date(2005, 6, 1)))


@pytest.mark.parametrize(("day", "kept"), [(STARTS, True), (STARTS - DAY, False)], ids=str)
def test_a_restatement_alone_is_cited_from_its_first_day(
    day: date, kept: bool, invented: Invented, ours: Provision
) -> None:
    paragraph = Paragraph(evidence=(quote(ours),), shown=(replace(quote(ours), end=20),))
    worded = cite_wording([paragraph], Library(invented), day)
    assert worded.paragraphs == ((paragraph,) if kept else ())
    missing = () if kept else (texts.NOT_STORED.format(label=ours.label, date=STARTS),)
    assert worded.warnings == (as_of(day), *missing)


def test_what_was_repealed_by_then_is_left_out(invented: Invented, ours: Provision, with_store: MakeLibrary) -> None:
    library = with_store(invented, make_edition(invented[0], make_official(ours, repealed=NEW_START)))
    paragraph = Paragraph(evidence=(quote(library.find(RULE)),))
    assert len(cite_wording([paragraph], library, NEW_START - DAY).paragraphs) == 1
    worded = cite_wording([paragraph], library, NEW_START)
    assert worded == Worded((), (as_of(NEW_START), texts.NOT_IN_FORCE_THEN.format(label=ours.label, date=NEW_START)))


def test_a_newer_restatement_is_cited_from_its_first_day_and_the_law_before(
    invented: Invented, ours: Provision, with_store: MakeLibrary
) -> None:
    start = ARCHIVE_DATE + DAY
    core = with_start(invented, start)
    library = with_store(core, make_edition(invented[0], make_official(ours)))
    paragraph = Paragraph(evidence=(quote(library.find(RULE)),))
    assert paragraph.evidence[0].provision.kind is Kind.RESTATEMENT
    assert cite_wording([paragraph], library, start).paragraphs == (paragraph,)
    assert {e.provision.kind for e in one(cite_wording([paragraph], library, start - DAY)).evidence} == {Kind.OFFICIAL}


def test_notes_and_own_documents_have_one_wording(invented: Invented, ours: Provision, with_store: MakeLibrary) -> None:
    own = replace(
        make_official(ours), kind=Kind.OWN, level=Level.COMMERCIAL, provision_id="eget/rutine/side-1", in_force=None
    )
    library = with_store(invented, replace(make_edition(invented[0], own), document_id="eget/rutine"))
    paragraphs = tuple(
        Paragraph(
            evidence=(quote_segment(p, 0),), shown=(replace(quote_segment(p, 0), end=quote_segment(p, 0).end - 1),)
        )
        for p in (invented[2].provisions[0], library.find("eget/rutine/side-1"))
    )
    assert cite_wording(paragraphs, library, date(2001, 1, 1)).paragraphs == paragraphs


def test_the_plain_version_of_another_wording_is_left_out(amended: Library) -> None:
    law, ours = amended.find(RULE), amended.find(RULE, Kind.RESTATEMENT)
    paragraphs = [
        Paragraph(evidence=(quote(law),), is_verbatim=True),
        Paragraph(evidence=(quote(ours),), prefix=texts.PLAINLY, is_verbatim=True),
    ]
    worded = cite_wording(paragraphs, amended, STARTS)
    assert [e.quote for e in one(worded).evidence] == ["Gammelt første ledd."]


def test_what_rests_on_nothing_is_kept(amended: Library) -> None:
    paragraph = Paragraph(text="Hilsen oss.")
    assert cite_wording([paragraph], amended, STARTS) == Worded((paragraph,), (as_of(STARTS),))
