"""The day that a document says it is from."""

import time
from datetime import date

import pytest

from corpus.own.published import find_published
from corpus.own.raw import Block, RawDocument, RawPage
from corpus.own.read import read_raw

TODAY = date(2026, 11, 22)


def find(*texts: str) -> date | None:
    blocks = tuple(Block(text=text) for text in texts)
    return find_published(RawDocument(pages=(RawPage(number=None, blocks=blocks),)), TODAY)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(("Publisert", "5. september 2022"), date(2022, 9, 5), id="a line each"),
        pytest.param(("Publisert", "5. september 2022", "Sist oppdatert", "10. oktober 2023"), date(2023, 10, 10), id="the latest"),
        pytest.param(("Sist oppdatert 10. oktober 2023", "Publisert 5. september 2022"), date(2023, 10, 10), id="the latest first"),
        pytest.param(("Publisert 5. september 2022 Sist oppdatert 10. oktober 2023",), date(2023, 10, 10), id="run together"),
        pytest.param(("Fagsjef for yrkeshygiene Publisert", "5. september 2022"), date(2022, 9, 5), id="after other words"),
        pytest.param(("Dato: 01.02.2021",), date(2021, 2, 1), id="day first"),
        pytest.param(("Rev. 3, 1.2.21",), date(2021, 2, 1), id="short year"),
        pytest.param(("Revidert: mars 2020",), date(2020, 3, 1), id="a month"),
        pytest.param(("Versjon 2, 12.3.2019",), date(2019, 3, 12), id="version"),
        pytest.param(("Versjon 2.1 – 12.3.2019",), date(2019, 3, 12), id="dash"),
        pytest.param(("Eier | Kari Nordmann | Sist revidert | 2020-05-06",), date(2020, 5, 6), id="table row"),
        pytest.param(("Publisert: 2022-03-04 12:30",), date(2022, 3, 4), id="with the time"),
        pytest.param(("(Sist endra 3. juni 2021)",), date(2021, 6, 3), id="nynorsk in brackets"),
    ],
)  # fmt: skip
def test_a_label_with_a_date_is_believed(texts: tuple[str, ...], expected: date) -> None:
    assert find("Rutine for vernerunder", *texts, "Vernerunden går hvert kvartal.") == expected


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(("Rutinen ble publisert 5. september 2022.",), id="running text"),
        pytest.param(("Rutinen ble publisert", "5. september 2022"), id="running text in two lines"),
        pytest.param(("Loven ble endret 1. januar 2024",), id="the law was changed"),
        pytest.param(("Publisert 5. september 2022 ble rutinen tatt i bruk",), id="goes on"),
        pytest.param(("5. september 2022",), id="no label"),
        pytest.param(("Kurset holdes 5. september 2022",), id="no such label"),
        pytest.param(("Neste Revisjon: 1.1.2020",), id="the next one"),
        pytest.param(("Fristdato: 1.2.2020",), id="another label"),
        pytest.param(("Revidert: 31.2.2020",), id="no such day"),
        pytest.param(("Dato: 01.02.1980",), id="too old"),
        pytest.param(("Dato: 23.11.2026",), id="tomorrow"),
    ],
)
def test_any_other_date_is_not(texts: tuple[str, ...]) -> None:
    assert find("Rutine for vernerunder", *texts, "Vernerunden går hvert kvartal.") is None


def test_a_label_in_the_middle_of_a_document_is_about_something_else() -> None:
    lines = [f"Punkt {n}" for n in range(100)]
    assert find(*lines[:50], "Dato: 01.02.2021", *lines[50:]) is None
    assert find(*lines, "Dato: 01.02.2021") == date(2021, 2, 1)


def test_a_day_that_cannot_be_leaves_the_others() -> None:
    assert find("Revidert: 31.2.2020", "Publisert: 1.3.2019") == date(2019, 3, 1)


def test_what_the_file_says_itself_goes_first() -> None:
    text = "Rutine\n\nSist oppdatert: 10. oktober 2023\n\nVernerunden går hvert kvartal."
    assert read_raw(text.encode(), "rutine.txt").published == date(2023, 10, 10)
    assert read_raw(f"---\ndate: 2022-01-02\n---\n{text}".encode(), "rutine.md").published == date(2022, 1, 2)


def test_long_text_takes_no_time() -> None:
    start = time.process_time()
    assert find("publisert " * 100_000, *["Dato " * 39] * 60) is None
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        pytest.param("Sammen om god helse\nVi går runder.", "004_7ff50abecd5bc991.txt", "Sammen om god helse", id="checksum"),
        pytest.param("Sammen om god helse\nVi går runder.", "20240301-0012.txt", "Sammen om god helse", id="digits"),
        pytest.param("Sammen om god helse\nVi går runder.", "Skann_0012.txt", "Sammen om god helse", id="scanner"),
        pytest.param("Avvik\nSammen om god helse\nVi går runder.", "004_7ff50abe.txt", "Sammen om god helse", id="one word is no title"),
        pytest.param("Sammen om god helse\nVi går runder.", "vernerunder-2024.txt", "vernerunder 2024", id="a name in words"),
        pytest.param("Sammen om god helse\nVi går runder.", "fasade.txt", "fasade", id="a word of hexadecimal letters"),
        pytest.param("Vi går runder.", "004_7ff50abe.txt", "004 7ff50abe", id="no line to take"),
    ],
)  # fmt: skip
def test_a_name_that_a_program_made_is_no_title(text: str, name: str, expected: str) -> None:
    assert read_raw(text.encode(), name).title == expected
