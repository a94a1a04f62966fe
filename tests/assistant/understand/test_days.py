"""The day that a text names, and what only looks like one."""

from datetime import date

import pytest

from assistant.understand.days import read_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("han ble syk 3. november", date(2026, 11, 3)),
        ("syk fra 3 nov. 2025", date(2025, 11, 3)),
        ("borte siden 12. desember", date(2025, 12, 12)),  # the last one that has been
        ("sykmeldt siden 12.10.", date(2026, 10, 12)),
        ("fra 03.11.2026", date(2026, 11, 3)),
        ("sykmeldt 3/11/26", date(2026, 11, 3)),
        ("since 2026-11-03", date(2026, 11, 3)),
        ("sjukmeld for tre veker sidan", date(2026, 11, 1)),
        ("for 10 dager siden", date(2026, 11, 12)),
        ("ble syk i går", date(2026, 11, 21)),
        ("ble syk i dag", TODAY),
        ("fra 3. november 2027", None),  # ahead
        ("fra 31. februar", None),
        ("etter § 4-6 tredje ledd", None),
        ("se punkt 4.6", None),
        ("når må planen være klar?", None),
    ],
)
def test_a_day_is_read(text: str, day: date | None) -> None:
    assert read_day(text, TODAY) == day
