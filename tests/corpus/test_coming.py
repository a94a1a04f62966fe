"""Announced amendments are read from the notes behind an official text."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.coming import changed_since, coming_changes
from corpus.document import Document

READ = date(2025, 11, 8)


@pytest.mark.parametrize(
    ("note", "days"),
    [
        pytest.param("Endres ved lov 20 juni 2025 nr. 37 (i kraft 1 jan 2026 iflg. res. 20 juni 2025 nr. 1120).", [date(2026, 1, 1)], id="act"),
        pytest.param("Oppheves ved forskrift 17 sep 2025 nr. 1909 (i kraft 1 juli 2026).", [date(2026, 7, 1)], id="repealed"),
        pytest.param("Tilføyes ved lov 20 juni 2025 nr. 67 (ikr. 1 juni 2026).", [date(2026, 6, 1)], id="added"),
        pytest.param("Endrast ved lov 2 mai 2025 nr. 4 (i kraft frå 1. august 2026).", [date(2026, 8, 1)], id="nynorsk"),
        pytest.param(
            "Oppheves ved forskrift 1 mai 2025 nr. 1 (i kraft 1 juli 2026). Endres ved forskrift 2 mai 2025 nr. 2 (i kraft 1 jan 2026).",
            [date(2026, 1, 1), date(2026, 7, 1)],
            id="two, the earliest first",
        ),
        pytest.param("Endret ved lov 16 juni 2023 nr. 37 (i kraft 1 jan 2026).", [], id="made already"),
        pytest.param("Endres ved lov 17 juni 2005 nr. 98 (ikr. fra den tid Kongen bestemmer).", [], id="no day"),
        pytest.param("Endres ved lov 1 jan 2020 nr. 1 (i kraft 1 jan 2021).", [], id="before the text was read"),
        pytest.param("Endres ved lov 1 jan 2025 nr. 1 (i kraft 31 feb 2026).", [], id="no such day"),
    ],
)  # fmt: skip
def test_the_days_of_announced_amendments_are_read(note: str, days: list[date], invented: tuple[Document, ...]) -> None:
    provision = replace(invented[0].provisions[0], changes=(note,), text_date=READ)
    assert list(coming_changes(provision)) == days


def test_a_text_has_changed_from_the_day_on(invented: tuple[Document, ...]) -> None:
    note = "Endres ved lov 20 juni 2025 nr. 37 (i kraft 1 jan 2026)."
    provision = replace(invented[0].provisions[0], changes=(note,), text_date=READ)
    assert changed_since(provision, date(2025, 12, 31)) is None
    assert changed_since(provision, date(2026, 1, 1)) == date(2026, 1, 1)
