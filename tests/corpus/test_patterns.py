"""Word patterns of the data files."""

import pytest

from corpus.patterns import TermGroups, word_pattern


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        pytest.param("ansatt*", "vi er ti ansatte", True, id="star: any ending"),
        pytest.param("ansatt*", "ansatt", True, id="star: no ending"),
        pytest.param("ansatt*", "nyansatte", False, id="star: nothing before"),
        pytest.param("ansatt", "ansatte", False, id="without star: the whole word"),
        pytest.param("bht*", "bht'en", True, id="ending with an apostrophe"),
        pytest.param("bht*", "bht-avtale", True, id="ending with a hyphen"),
        pytest.param("amu", "(amu)?", True, id="between other signs"),
        pytest.param("liten", "småliten", False, id="å is a letter"),
        pytest.param("mer enn", "mer  enn", True, id="several words, more blanks"),
        pytest.param("mer enn", "mer-enn", True, id="several words, hyphen"),
        pytest.param("mer enn", "mer eller enn", False, id="several words stand in a row"),
        pytest.param("små* bedrift*", "småe bedrifter", True, id="a star in each word"),
        pytest.param("13-1", "§13-1", True, id="number"),
        pytest.param("13-1", "13-12", False, id="another number"),
        pytest.param("%", "20 %", True, id="sign"),
        pytest.param("don't need", "we don't need it", True, id="apostrophe"),
        pytest.param("a.b", "axb", False, id="a full stop is itself"),
        pytest.param("VO", "vo", True, id="the pattern is folded"),
    ],
)
def test_a_pattern_matches_whole_words_of_folded_text(pattern: str, text: str, found: bool) -> None:
    assert bool(word_pattern(pattern).search(text)) is found


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("må vi ha amu når vi er ti ansatte", True),
        ("arbeidsmiljøutvalg for tilsette", True),
        ("må vi ha amu", False),
        ("vi er ti ansatte", False),
        ("", False),
    ],
)
def test_one_pattern_of_every_group_must_be_there(text: str, matches: bool) -> None:
    groups = TermGroups((("amu", "arbeidsmiljøutvalg*"), ("ansatt*", "tilsett*")))
    assert groups.match(text) is matches
