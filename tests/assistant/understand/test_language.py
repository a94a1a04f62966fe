"""Which language a question is in."""

import pytest

from assistant.understand.language import Language, detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("Må vi ha BHT?", Language.BOKMAL, id="bokmål"),
        pytest.param("Er det lov å jobbe alene?", Language.BOKMAL, id="bokmål without its commonest words"),
        pytest.param("Hva er occupational health service?", Language.BOKMAL, id="bokmål with an english term"),
        pytest.param("frisør", Language.BOKMAL, id="one word"),
        pytest.param("aml § 3-3", Language.BOKMAL, id="an address"),
        pytest.param("BHT", Language.BOKMAL, id="an abbreviation"),
        pytest.param("12", Language.BOKMAL, id="a number"),
        pytest.param("Vi er 7 i et firma i Oslo", Language.BOKMAL, id="the i of bokmål"),
        pytest.param("Kva er det bedriftshelsetenesta skal hjelpe verksemda vår med?", Language.NYNORSK, id="nynorsk"),
        pytest.param("Eg er gravid", Language.NYNORSK, id="nynorsk, short"),
        pytest.param("kor mange må me vere", Language.NYNORSK, id="nynorsk, unmarked"),
        pytest.param("Må ein sauebonde med to tilsette ha bedriftshelseteneste?", Language.NYNORSK, id="nynorsk, long"),
        pytest.param("Do we need BHT?", Language.ENGLISH, id="english"),
        pytest.param("How many employees before a working environment committee is mandatory?", Language.ENGLISH, id="english, long"),
        pytest.param("what is bht", Language.ENGLISH, id="english, unmarked"),
        pytest.param("I work nights at a bakery", Language.ENGLISH, id="the I of english"),
    ],
)  # fmt: skip
def test_the_language_of_a_question_is_recognised(text: str, language: Language) -> None:
    assert detect_language(text) is language
