"""Change notes: the day from which a wording holds, and the act that gave it."""

from datetime import date

import pytest
from lxml import etree

from corpus.lovdata.changes import coming_repeal, latest, read_amendments, repeal_date

ARCHIVED = date(2025, 11, 8)


def act(work: str, shown: str = "lov") -> str:
    return f'<a href="{work}">{shown}</a>'


OLD, NEW, LATER = act("lov/2010-02-03-4"), act("lov/2020-05-06-7"), act("lov/2024-08-09-10")


def wording(note: str) -> tuple[str, str]:
    """Return the amending act and the day of the present wording, "" for none."""
    element = etree.fromstring(f'<article class="changesToParent">{note}</article>')
    found = latest(read_amendments(element, ARCHIVED), ARCHIVED)
    return (found.work, str(found.in_force)) if found else ("", "")


@pytest.mark.parametrize(
    ("note", "work", "day"),
    [
        pytest.param(f"Endret ved {OLD} (i kraft 1 juli 2010).", "lov/2010-02-03-4", "2010-07-01", id="one"),
        pytest.param(f"Endret ved {OLD} (ikr. 1. mars 2010 iflg. {act('forskrift/2010-02-20-9')} 20 feb 2010).", "lov/2010-02-03-4", "2010-03-01", id="by resolution"),
        pytest.param(f"Endret ved {OLD} (i kraft 1 juli 2010), {NEW} (i kraft 1 jan 2021).", "lov/2020-05-06-7", "2021-01-01", id="the latest of two"),
        pytest.param(f"Endret ved {OLD} (i kraft 1 jan 2022), {NEW} (i kraft 1 jan 2021).", "lov/2010-02-03-4", "2022-01-01", id="an earlier act that took effect later"),
        pytest.param(f"Endret ved {OLD}, {NEW}.", "lov/2020-05-06-7", "2020-05-06", id="no brackets: the day of the act"),
        pytest.param(f"Endret ved {OLD} (tidligere § 5).", "lov/2010-02-03-4", "2010-02-03", id="brackets about something else"),
        pytest.param(f"Endret ved {OLD} (i kraft straks).", "lov/2010-02-03-4", "2010-02-03", id="at once"),
        pytest.param(f"Endret ved {OLD} (fom inntektsåret 2012).", "lov/2010-02-03-4", "2012-01-01", id="income year"),
        pytest.param(f"Endret ved {OLD} (i kraft 1 juli 2010 og 1 jan 2011).", "lov/2010-02-03-4", "2011-01-01", id="two days"),
        pytest.param(f"Endret ved {OLD} (i kraft 1 juli 2010 og 1 jan 2030).", "lov/2010-02-03-4", "2010-07-01", id="the second is to come"),
        pytest.param(f"Endret ved {OLD} (i kraft 1 juli 2010). <strong>Endres</strong> ved {LATER} (i kraft 1 jan 2025).", "lov/2010-02-03-4", "2010-07-01", id="announced"),
        pytest.param(f"Oppheves ved {LATER} (i kraft 1 jan 2025). Endret ved {OLD}.", "lov/2010-02-03-4", "2010-02-03", id="announced first"),
        pytest.param(f"Endret ved {OLD}, {NEW} (ikr. fra den tid Kongen bestemmer).", "lov/2010-02-03-4", "2010-02-03", id="not decided"),
        pytest.param(f"Endret ved {OLD} (i kraft 1 jan 2030).", "", "", id="to come"),
        pytest.param(f"Endret ved {OLD} (ikr. 1 juli 2010) som endret ved {LATER}.", "lov/2010-02-03-4", "2010-07-01", id="an amendment of the amendment"),
        pytest.param(f"Tilføyd ved {OLD} (i kraft 1 juli 2010), endra med {NEW} (i kraft 2 okt. 2020).", "lov/2020-05-06-7", "2020-10-02", id="nynorsk"),
        pytest.param(f"Endret ved {OLD} (i kraft 31 feb 2010).", "lov/2010-02-03-4", "2010-02-03", id="a day that is none"),
        pytest.param("Endret ved lov uten lenke.", "", "", id="no link"),
        pytest.param(f"Endret ved {act('lov/2010-02-30-4')}.", "", "", id="a link with a day that is none"),
        pytest.param("", "", "", id="nothing"),
    ],
)  # fmt: skip
def test_the_present_wording_is_dated_by_its_last_amendment(note: str, work: str, day: str) -> None:
    assert wording(note) == (work, day)


def test_an_amendment_says_whether_it_repealed() -> None:
    note = etree.fromstring(
        f"<a>Endret ved {OLD}, opphevet ved {NEW} (i kraft 1 jan 2021), tilføyd igjen ved {LATER}.</a>"
    )
    assert [a.repeals for a in read_amendments(note, ARCHIVED)] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("(Opphevet 1 jan 2014 ved forskrift 18 des 2013 nr. 1599.)", date(2014, 1, 1)),
        ("opphevet ved lov 29 jan 1971 nr. 24.", date(1971, 1, 29)),
        ("(Opphevet ved forskrift 22 des 2008 nr. 1635, i kraft 1 mars 2010.)", date(2010, 3, 1)),
        ("Endret ved lov 1 jan 1970, opphevet ved lov 29 jan 1971 (ikr. 1 mai 1971).", date(1971, 5, 1)),
        ("(Opphevet)", None),
        ("Endret ved lov 29 jan 1971", None),
    ],
)
def test_words_about_a_repeal_give_its_day(text: str, day: date | None) -> None:
    assert repeal_date(text) == day


@pytest.mark.parametrize(
    ("note", "day"),
    [
        (
            "Oppheves ved lov 25 april 2025 nr. 12 (i kraft 1 jan 2026 iflg. res. 10 juni 2025 nr. 967).",
            date(2026, 1, 1),
        ),
        ("Endret ved lov 1 juni 2020 nr. 3. Oppheves ved lov 2 mai 2025 nr. 4 (ikr. 1 juli 2026).", date(2026, 7, 1)),
        ("Oppheves ved forskrift 23 juni 2020 nr. 1280 (i kraft når departementet bestemmer).", None),
        ("Andre ledd oppheves ved lov 2 mai 2025 nr. 4 (i kraft 1 jan 2026).", None),
        ("Endres ved lov 2 mai 2025 nr. 4 (i kraft 1 jan 2026).", None),
    ],
    ids=["act", "behind another", "no day", "a part of it", "no repeal"],
)
def test_an_announced_repeal_of_the_whole_text_has_its_day(note: str, day: date | None) -> None:
    assert coming_repeal(note) == day
