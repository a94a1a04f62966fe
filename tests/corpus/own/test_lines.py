"""Tests of joining lines: this ensures that ..."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.own.lines import Line, Vocabulary, join_lines, join_pair, mend_characters

VOCABULARY = Vocabulary.of(["En kost-nytte-vurdering og en risikovurdering av BHT-ordningen."])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("i virk-", "somhet og", "i virksomhet og"),
        ("arbeids-", "og hviletid", "arbeids- og hviletid"),
        ("helse-", "eller miljøkrav", "helse- eller miljøkrav"),
        ("trygd- og stønads-", "ordninger", "trygd- og stønadsordninger"),
        ("opplærings-", "ogspesielt", "opplæringsogspesielt"),  # only the whole word "og" keeps the hyphen
        ("BHT-", "ordning", "BHT-ordning"),
        ("per e-", "post", "per e-post"),
        ("SN2025-", "kode", "SN2025-kode"),
        ("Nord-", "Norge", "Nord-Norge"),
        ("2023-", "2024", "2023-2024"),
        ("ikke-", "optimal", "ikke-optimal"),
        ("virk\xad", "somhet", "virksomhet"),
        ("prøve -", "feile", "prøve - feile"),
        ("vanlig", "linje", "vanlig linje"),
    ],
)
def test_divided_words(left: str, right: str, expected: str) -> None:
    """... a division is mended and a real hyphen stays."""
    assert join_pair(left, right, VOCABULARY) == expected


def test_words_that_the_document_hyphenates_keep_it() -> None:
    """... the rest of the document tells a hyphen from a division."""
    vocabulary = Vocabulary.of(["valget mellom kost-nytte og annet"])
    assert join_pair("kost-", "nytte", vocabulary) == "kost-nytte"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ﬁn ﬂyt eﬀekt", "fin flyt effekt"),
        ("a\u030apen", "åpen"),
        ("10\xa0000\u2009kr", "10 000 kr"),
        ("sam\u00adtale\u200b", "samtale"),
        ("\uf0b7 punkt", "• punkt"),
        ("virk\u00ad", "virk\u00ad"),
        ("a\x00b\ud800", "ab"),
        ("m² og ½", "m² og ½"),
    ],
)
def test_characters_are_mended(text: str, expected: str) -> None:
    """... what looks the same becomes the same, and nothing else changes."""
    assert mend_characters(text) == expected


def test_a_bullet_on_a_line_of_its_own_belongs_to_the_next() -> None:
    """... slides that set bullets apart give items."""
    paragraphs = join_lines([Line(text="•"), Line(text="Kartlegge"), Line(text="•"), Line(text="Vurdere")], VOCABULARY)
    assert [(paragraph.text, paragraph.is_item) for paragraph in paragraphs] == [("Kartlegge", True), ("Vurdere", True)]


def test_a_dash_in_a_sentence_is_no_item() -> None:
    """... a line that was wrapped before a dash goes on."""
    lines = [Line(text="Arbeidet skal planlegges, og alle deltar"), Line(text="– også de innleide.")]
    assert len(join_lines(lines, VOCABULARY)) == 1


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Z", "Cf"]), min_size=1, max_size=30), max_size=8
    )
)
def test_no_letter_is_lost(texts: list[str]) -> None:
    """... joining changes spaces, hyphens and bullets, never letters or digits."""
    lines = [Line(text=text) for text in texts]
    joined = "".join(paragraph.text for paragraph in join_lines(lines, Vocabulary.of(texts)))
    assert [c for c in joined if c.isalnum()] == [c for text in texts for c in text if c.isalnum()]
