"""Composing an answer: what cannot be verified is left out, what is shown is marked, what is old is warned about."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant import texts
from assistant.answer import Answer, Outcome
from assistant.cite import Evidence, quote_segment
from assistant.compose import Composer
from assistant.draft import Draft, Paragraph, abstain
from assistant.understand.question import Reader, Understood
from assistant.understand.spelling import Speller
from corpus.address import Portion
from corpus.document import Kind, Level, Provision, Verdict
from corpus.glossary import Glossary
from corpus.library import Library
from tests.assistant.records import CHECKED, make_library, make_provision
from tests.conftest import make_edition, make_official

QUESTION: Understood = Reader(Speller([]), Glossary(()), frozenset()).read("Må vi ha badevakt?", ())
LAW = make_provision(
    "lov/1999-01-02-9002/§1-1", [("ledd/1", "Badeverten skal ha badevakt."), ("ledd/2", "Vakten skal ha fløyte.")]
)
NOTE = make_provision(
    "veiledning/fløyte", [("", "Fløyta bør være gul.")], kind=Kind.GUIDANCE, level=Level.AUTHORITY, label="Badetilsynet: Fløyte",
    in_force=None,
)  # fmt: skip
LIBRARY = make_library(LAW, NOTE)
FIRST, SECOND, ADVICE = quote_segment(LAW, 0), quote_segment(LAW, 1), quote_segment(NOTE, 0)
INEXACT = replace(FIRST, end=10_000)


def compose(draft: Draft, today: date = CHECKED) -> Answer:
    """Return the answer composed from a library of one text for each provision."""
    return Composer(LIBRARY, today).compose(draft, QUESTION)


def answer(*paragraphs: Paragraph, today: date = CHECKED, **fields: object) -> Answer:
    outcome = fields.pop("outcome", Outcome.ANSWERED)
    return compose(Draft(outcome=outcome, paragraphs=paragraphs, **fields), today)  # type: ignore[arg-type]


def markers(text: str) -> list[int]:
    return [int(n) for n in re.findall(r"(?<!\\)\[(\d+)\]", text)]


def test_paragraphs_come_in_their_order_with_their_markers() -> None:
    composed = answer(
        Paragraph(text="Ja.", evidence=(FIRST, SECOND), is_lead=True),
        Paragraph(evidence=(SECOND,)),
        Paragraph(text="Hilsen oss."),
    )
    lead, quote, closing = composed.text.split("\n\n")
    assert ("Ja." in lead, markers(lead)) == (True, [1, 2])
    assert (SECOND.quote in quote, markers(quote)) == (True, [2])
    assert (closing, markers(closing)) == ("Hilsen oss.", [])
    assert [c.quote for c in composed.citations] == [FIRST.quote, SECOND.quote]


def test_the_lead_is_bold() -> None:
    assert answer(Paragraph(text="Ja.", evidence=(FIRST,), is_lead=True)).text.startswith("**Ja.**")
    assert answer(Paragraph(evidence=(FIRST,), is_lead=True)).text.startswith(f"**{FIRST.quote}**")


def test_the_question_the_next_step_and_the_question_back_are_passed_on() -> None:
    composed = answer(
        Paragraph(evidence=(FIRST,)), outcome=Outcome.ASKS_BACK, verdict=Verdict.DEPENDS, next_step="Kjøp fløyte.",
        follow_up_question="Hvor mange?", choices=("en", "to"),
    )  # fmt: skip
    assert (composed.question, composed.standalone_question) == (QUESTION.asked, QUESTION.standalone)
    assert (composed.outcome, composed.verdict) == (Outcome.ASKS_BACK, Verdict.DEPENDS)
    assert f"{texts.NEXT_STEP} Kjøp fløyte." in composed.text
    assert composed.text.endswith("**Hvor mange?**")
    assert (composed.follow_up_question, composed.choices) == ("Hvor mange?", ("en", "to"))


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(INEXACT, id="beyond the end"),
        pytest.param(replace(FIRST, start=-1), id="before the beginning"),
        pytest.param(replace(FIRST, end=FIRST.start), id="empty"),
        pytest.param(replace(FIRST, start=20, end=10), id="turned round"),
    ],
)
def test_a_paragraph_on_an_inexact_quote_is_dropped_and_that_is_said(bad: Evidence) -> None:
    composed = answer(Paragraph(evidence=(SECOND,)), Paragraph(text="Dere må også danse.", evidence=(bad,)))
    assert "danse" not in composed.text
    assert [c.quote for c in composed.citations] == [SECOND.quote]
    assert texts.DROPPED in composed.warnings
    assert composed.outcome is Outcome.ANSWERED


def test_a_sentence_of_ours_falls_when_one_of_its_quotes_does() -> None:
    composed = answer(Paragraph(text="Dere må danse.", evidence=(FIRST, INEXACT)), Paragraph(evidence=(SECOND,)))
    assert "danse" not in composed.text
    assert texts.DROPPED in composed.warnings


def test_quotes_beside_an_inexact_one_are_kept() -> None:
    composed = answer(Paragraph(evidence=(INEXACT, SECOND)))
    assert [c.quote for c in composed.citations] == [SECOND.quote]
    assert texts.DROPPED in composed.warnings


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param((Paragraph(text="Ja.", evidence=(INEXACT,), is_lead=True),), id="all dropped"),
        pytest.param((Paragraph(text="Ja.", is_lead=True),), id="no evidence at all"),
        pytest.param((), id="nothing said"),
    ],
)
def test_when_nothing_is_left_the_answer_abstains(paragraphs: tuple[Paragraph, ...]) -> None:
    composed = answer(*paragraphs, verdict=Verdict.YES, next_step="Kjøp fløyte.", follow_up_question="Hvor mange?")
    assert (composed.outcome, composed.refused) == (Outcome.ABSTAINED, True)
    assert (composed.verdict, composed.citations, composed.follow_up_question) == (None, (), None)
    assert "Ja." not in composed.text
    assert texts.ARBEIDSTILSYNET in composed.text


def test_a_verdict_does_not_outlive_the_sentence_that_gives_it() -> None:
    lead = Paragraph(text="Ja, dere må ha badevakt.", evidence=(INEXACT,), is_lead=True)
    composed = answer(lead, Paragraph(evidence=(SECOND,)), verdict=Verdict.YES)
    assert composed.verdict is None


def test_nothing_is_said_to_be_dropped_when_nothing_was() -> None:
    assert answer(Paragraph(evidence=(FIRST,))).warnings == ()


def test_an_abstention_names_what_is_near_and_whom_to_ask() -> None:
    composed = compose(abstain("Vet ikke.", [LAW, NOTE]))
    assert (composed.outcome, composed.citations, composed.verdict) == (Outcome.ABSTAINED, (), None)
    assert [n.provision_id for n in composed.nearest] == [LAW.provision_id, NOTE.provision_id]
    assert all(
        text in composed.text
        for text in ("Vet ikke.", texts.NEAREST_INTRO, LAW.label, NOTE.label, texts.ARBEIDSTILSYNET)
    )
    assert markers(composed.text) == []


def quoted(provision: Provision) -> Paragraph:
    return Paragraph(evidence=(quote_segment(provision, 0),))


@pytest.mark.parametrize(
    ("days", "stale"), [(0, False), (150, False), (180, False), (190, True), (1000, True)], ids=lambda value: str(value)
)
def test_a_text_checked_long_ago_is_warned_about(days: int, stale: bool) -> None:
    """More than six months"""
    warnings = answer(quoted(LAW), today=CHECKED + timedelta(days=days)).warnings
    assert (texts.OLD_CHECK.format(date=CHECKED.isoformat()) in warnings) is stale


def test_a_rule_not_yet_in_force_is_warned_about() -> None:
    future = replace(LAW, in_force=CHECKED + timedelta(days=1))
    warning = texts.FUTURE.format(label=LAW.label, date=(CHECKED + timedelta(days=1)).isoformat())
    assert warning in answer(quoted(future)).warnings
    assert warning not in answer(quoted(future), today=CHECKED + timedelta(days=1)).warnings


@pytest.mark.parametrize(
    ("level", "warned"),
    [
        (Level.LAW, False),
        (Level.REGULATION, False),
        (Level.AUTHORITY, True),
        (Level.PUBLIC, True),
        (Level.COMMERCIAL, True),
    ],
)
def test_an_answer_on_less_than_law_or_regulation_says_so(level: Level, warned: bool) -> None:
    warning = texts.LOWER_LEVEL.format(level=texts.LEVEL_NAMES[level].lower())
    assert (warning in answer(quoted(replace(NOTE, level=level))).warnings) is warned
    assert warning not in answer(quoted(replace(NOTE, level=level)), quoted(LAW)).warnings


def test_warnings_of_the_draft_come_first_and_each_once() -> None:
    old = CHECKED + timedelta(days=400)
    warnings = answer(quoted(LAW), Paragraph(evidence=(SECOND,)), today=old, warnings=("Obs!", "Obs!")).warnings
    assert warnings == ("Obs!", texts.OLD_CHECK.format(date=CHECKED.isoformat()))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Se <script>alert(1)</script> her.", id="script"),
        pytest.param("Se <img src=x onerror=alert(1)> her.", id="tag"),
        pytest.param("Se [1] og [lenke](https://ond.no) her.", id="link and false marker"),
        pytest.param("Det *skal* __gjøres__ `nå` her.", id="emphasis and code"),
        pytest.param("# Overskrift | celle", id="heading and table"),
    ],
)
def test_signs_of_markdown_and_html_in_a_text_are_harmless(text: str) -> None:
    """And the quote of the citation is the text as it stands"""
    composed = answer(quoted(make_provision("lov/1999-01-02-9002/§9", [("ledd/1", text)])))
    assert not re.search(r"(?<!\\)[<>*_`#|]", composed.text)
    assert markers(composed.text) == [1]
    assert not re.search(r"(?<!\\)\](?=\()", composed.text)
    assert composed.citations[0].quote == text


def test_signs_in_a_heading_are_harmless() -> None:
    odd = replace(LAW, heading="<script>alert(1)</script>")
    assert "<script>" not in compose(abstain("Vet ikke.", [odd])).text


def test_items_of_a_list_stay_on_their_lines() -> None:
    law = make_provision(
        "lov/1999-01-02-9002/§9",
        [("ledd/1", "Badeverten skal:"), ("ledd/1/bokstav/a", "a) måle"), ("ledd/1/bokstav/b", "b) telle")],
    )
    whole = Evidence(provision=law, start=0, end=len(law.text), portion=Portion.parse("ledd/1"))
    assert "\n- a) måle\n- b) telle" in answer(Paragraph(evidence=(whole,))).text


# --- The official wording ----------------------------------------------------------------------------------------------------


OFFICIAL = make_official(LAW, [("ledd/1", "Badevakt skal forefinnes *."), ("ledd/2", "Vakten skal bære fløyte.")])
BOTH = Library((*LIBRARY.core, make_edition(LIBRARY.core[0], OFFICIAL)))


def worded(*paragraphs: Paragraph, library: Library = BOTH, as_of: date | None = None, **fields: object) -> Answer:
    draft = Draft(outcome=Outcome.ANSWERED, paragraphs=paragraphs, **fields)  # type: ignore[arg-type]
    return Composer(library, CHECKED).compose(draft, QUESTION, as_of)


def test_our_words_are_shown_the_law_is_quoted_below_them_and_cited() -> None:
    composed = worded(Paragraph(evidence=(FIRST,), is_lead=True))
    assert composed.text.split("\n\n") == [
        "**Badeverten skal ha badevakt.** [1]",
        "> «Badevakt skal forefinnes \\*.» (badeloven § 1-1 første ledd)",
    ]
    (citation,) = composed.citations
    assert (citation.kind, citation.quote) == (Kind.OFFICIAL, "Badevakt skal forefinnes *.")
    assert BOTH.find(LAW.provision_id, Kind.OFFICIAL).text[citation.start : citation.end] == citation.quote
    assert composed.warnings == ()


def test_the_law_is_quoted_once_below_the_first_paragraph_that_rests_on_it() -> None:
    composed = worded(quoted(NOTE), Paragraph(text="Ja.", evidence=(FIRST,)), Paragraph(evidence=(SECOND,)))
    assert [part[:1] for part in composed.text.split("\n\n")] == ["F", "J", ">", "V"]
    assert [c.kind for c in composed.citations] == [Kind.GUIDANCE, Kind.OFFICIAL, Kind.OFFICIAL]


def test_the_law_shown_in_its_own_words_is_not_quoted_again() -> None:
    law = BOTH.find(LAW.provision_id)
    for paragraph in (
        Paragraph(evidence=(quote_segment(law, 0),)),
        Paragraph(text="§ 1-1:", evidence=(quote_segment(law, 0),), is_verbatim=True),
    ):
        assert ">" not in worded(paragraph).text


def test_of_a_long_wording_the_first_sentence_is_quoted_and_the_whole_cited() -> None:
    long = f"Badevakt skal forefinnes. {'Ord ' * 60}slutt."
    library = Library((*LIBRARY.core, make_edition(LIBRARY.core[0], make_official(LAW, [("ledd/1", long)]))))
    composed = worded(Paragraph(evidence=(FIRST,)), library=library)
    assert composed.text.endswith("> «Badevakt skal forefinnes. …» (badeloven § 1-1 første ledd)")
    assert composed.citations[0].quote == long


def test_a_list_is_quoted_on_one_line() -> None:
    rows = [("ledd/1", "Badeverten skal"), ("ledd/1/bokstav/a", "a) måle"), ("ledd/1/bokstav/b", "b) telle")]
    library = Library((*LIBRARY.core, make_edition(LIBRARY.core[0], make_official(LAW, rows))))
    whole = Paragraph(text="Ja.", evidence=(quote_segment(library.find(LAW.provision_id, Kind.RESTATEMENT), 0),))
    (line,) = (part for part in worded(whole, library=library).text.split("\n\n") if part.startswith(">"))
    assert "\n" not in line


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        pytest.param({"pending": True}, texts.PENDING.format(label=LAW.label), id="not in force"),
        pytest.param({"repealed": CHECKED + timedelta(days=1)}, texts.ENDS.format(label=LAW.label, date=CHECKED + timedelta(days=1)), id="ends"),
        pytest.param({"repealed": CHECKED}, None, id="has ended"),
    ],
)  # fmt: skip
def test_whether_a_rule_holds_is_said(changes: dict[str, object], warning: str | None) -> None:
    warnings = answer(quoted(replace(LAW, **changes))).warnings
    assert warnings == ((warning,) if warning else ())


# --- On a day in the past ----------------------------------------------------------------------------------------------------

BEFORE = date(1999, 5, 31)


def test_of_a_day_before_the_texts_nothing_is_said_but_why() -> None:
    composed = worded(Paragraph(evidence=(FIRST,)), as_of=BEFORE)
    reason = texts.NOT_STORED.format(label=LAW.label, date=date(1999, 6, 1))
    assert (composed.outcome, composed.citations) == (Outcome.ABSTAINED, ())
    assert texts.NOT_ENOUGH.format(missing=reason) in composed.text


def test_what_did_not_hold_then_is_left_out_and_said_to_be_so_and_not_to_be_unverified() -> None:
    composed = worded(Paragraph(evidence=(FIRST,)), quoted(NOTE), as_of=BEFORE)
    assert [c.kind for c in composed.citations] == [Kind.GUIDANCE]
    assert texts.AS_OF.format(date=BEFORE) in composed.warnings
    assert texts.NOT_STORED.format(label=LAW.label, date=date(1999, 6, 1)) in composed.warnings
    assert texts.DROPPED not in composed.warnings


def test_verdict_and_next_step_are_about_the_law_of_today() -> None:
    lead = Paragraph(evidence=(FIRST,), is_lead=True, prefix="Ja.")
    then = worded(lead, as_of=CHECKED, verdict=Verdict.YES, next_step="Kjøp fløyte.")
    assert (then.verdict, "Ja." in then.text, "Kjøp" in then.text) == (None, False, False)
    assert then.citations
    today = worded(lead, verdict=Verdict.YES, next_step="Kjøp fløyte.")
    assert (today.verdict, "Ja." in today.text, "Kjøp" in today.text) == (Verdict.YES, True, True)
