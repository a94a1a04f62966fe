import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.own.repair import repair_text

_NORWEGIAN = st.text(
    alphabet=st.sampled_from(
        "abcdeghiklmnoprstuvyæøåÆØÅéêòôÉ ABDS.,:;!?()/-–—«»“”’‘„\"'§%°½²³•…0123456789\n\t&<>=+€´·"
    ),
    max_size=80,
)


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        pytest.param("Ordningen er lovpÃ¥lagt i noen nÃ¦ringer.", "Ordningen er lovpålagt i noen næringer.", id="utf-8 read as windows-1252"),
        pytest.param("Se Â§Â 3-3", "Se § 3-3", id="section sign and hard space"),
        pytest.param("20â€“49 ansatte", "20–49 ansatte", id="dash"),
        pytest.param("Ã…rsrapport og Ã˜konomi", "Årsrapport og Økonomi", id="capitals"),
        pytest.param("blÃ¥bÃ¦r og blåbær", "blåbær og blåbær", id="half of the line is right"),
        pytest.param("Ã… gÃ¥ til 'noe' – riktig «sitat» ’", "Å gå til 'noe' – riktig «sitat» ’", id="right quotes beside broken letters"),
        pytest.param("pÃƒÂ¥lagt", "pålagt", id="broken twice"),
        pytest.param("fra 1\x963 ansatte", "fra 1–3 ansatte", id="windows-1252 read as latin-1"),
        pytest.param("Alle m√• f√∏lge loven p√• arbeidsplassen.", "Alle må følge loven på arbeidsplassen.", id="utf-8 read as mac roman"),
        pytest.param("ﬁnansiering av oﬀentlig ﬂis", "finansiering av offentlig flis", id="ligatures"),
        pytest.param("bedrifts\u00adhelse\u200btjeneste\ufeff", "bedriftshelsetjeneste", id="soft hyphen and zero width"),
        pytest.param("1\u00a0000\u202fkroner", "1 000 kroner", id="hard and narrow spaces"),
        pytest.param("side én\x0cside to\x00\x07", "side én\nside to", id="form feed and control characters"),
        pytest.param("a\u030a vurdere", "å vurdere", id="combining ring"),
        pytest.param("\uf0b7 kartlegging", "• kartlegging", id="bullet of the symbol font"),
        pytest.param("en\r\nto\rtre", "en\nto\ntre", id="line breaks"),
    ],
)  # fmt: skip
def test_broken_text_is_mended(broken: str, expected: str) -> None:
    assert repair_text(broken) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Arbeidsgiver må «kartlegge» faren – også når det er 20–49 ansatte, jf. § 3-3.",
        "«SLIK GJØR DU DET NÅ» – «PÅ», «SÅ» og “Ø”",
        "Temperaturen er 30 °C, arealet 4 m², og CO₂ måles.",
        "Château, naïv, à la carte, Å”, BLÅ® og PÅ§",
        "Skriv &amp; i HTML, og x < y > z.",
    ],
)
def test_right_text_is_left_alone(text: str) -> None:
    assert repair_text(text) == text


@given(_NORWEGIAN)
def test_right_norwegian_is_left_alone(text: str) -> None:
    assert repair_text(text) == text


@given(st.text(max_size=60))
@example("Ã\u00a0 ")
@example("Ãƒâ€šÃ‚Â§")
def test_mended_text_is_left_alone(text: str) -> None:
    once = repair_text(text)
    assert repair_text(once) == once


@given(_NORWEGIAN)
def test_norwegian_that_was_read_wrongly_comes_back(text: str) -> None:
    """The letters that Norwegian needs survive being read as Latin-1, whatever stands around them."""
    letters = "".join(c for c in text if c in "abdegæøåÆØÅé§«» .,0123456789")
    assert repair_text(letters.encode().decode("latin-1")) == letters
