"""Tests of finding running lines: this ensures that ..."""

from collections.abc import Sequence

from corpus.own.heads import find_running


def found(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the running lines of pages whose lines stand 12 points apart; "" is a blank line."""
    placed = [[(text, 800 - 12.0 * i) for i, text in enumerate(page) if text] for page in pages]
    return [[page[i][0] for i in sorted(running)] for page, running in zip(placed, find_running(placed), strict=True)]


def test_heads_with_numbers_and_feet_are_found() -> None:
    """... digits may differ, and what stands close to other text is text."""
    body = ["første linje", "andre linje", "tredje linje", "fjerde linje"]
    pages = [[f"Håndbok {n}", "", *(f"{line} {n}" for line in body), "", "Testvirke AS", str(n)] for n in range(3, 8)]
    assert found(pages) == [[f"Håndbok {n}", "Testvirke AS", str(n)] for n in range(3, 8)]


def test_heads_of_left_and_right_pages_differ() -> None:
    """... books with two heads lose both."""
    pages = [
        ["Rutiner" if n % 2 else "Testvirke", "", *(f"{c} sto her" for c in "abcd"), f"{'xyzuvwst'[n]} til slutt"]
        for n in range(8)
    ]
    assert found(pages) == [["Rutiner" if n % 2 else "Testvirke"] for n in range(8)]


def test_chapter_heads_are_known_by_the_page_number() -> None:
    """... a head that changes with the chapter still carries the number of the page."""
    words = ["ansvar", "mål", "plan", "avvik", "tiltak", "kurs"]
    pages = [
        [f"Kapittel {1 + n // 3}: {words[n // 3]} {n + 5}", "", words[n], "tekst", f"{words[n]} slutt"]
        for n in range(6)
    ]
    assert [len(lines) for lines in found(pages)] == [1] * 6


def test_a_year_or_an_amount_is_no_page_number() -> None:
    """... numbers at the edge that do not count with the pages are text."""
    assert found([["2023", "", "tekst", "mer"], ["40", "", "noe", "annet"], ["7", "", "tekst her", "slutt"]]) == [
        [],
        [],
        [],
    ]


def test_two_pages_lose_only_what_cannot_be_text() -> None:
    """... with few pages, "Side 1 av 2" goes and the rest stays."""
    pages = [["Testvirke", "", "tekst", "", f"Side {n} av 2"] for n in (1, 2)]
    assert found(pages) == [["Side 1 av 2"], ["Side 2 av 2"]]
