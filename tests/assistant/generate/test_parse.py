"""What a model streams, as sentences."""

import json

import pytest

from assistant.generate.parse import read_sentences, read_value

ROWS = {
    "setninger": [
        {"tekst": "Verneombud velges for 2 år.", "kilder": [1]},
        {"tekst": 'Det står «ikke» i § 3-4 nr. 2, og "klammer" {slik}.', "kilder": [2, 3]},
    ],
    "mangler": "",
}
READ = ["Verneombud velges for 2 år. [1]", 'Det står «ikke» i § 3-4 nr. 2, og "klammer" {slik}. [2][3]']


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(json.dumps(ROWS, ensure_ascii=False), id="as asked"),
        pytest.param(json.dumps(ROWS), id="escaped letters"),
        pytest.param(json.dumps(ROWS, indent=2), id="indented"),
        pytest.param(f"```json\n{json.dumps(ROWS)}\n```", id="in a fence"),
        pytest.param(json.dumps(ROWS["setninger"]), id="the list alone"),
        pytest.param(
            'Verneombud velges for 2 år. [1] Det står «ikke» i § 3-4 nr. 2, og "klammer" {slik} [2, 3].', id="prose"
        ),
        pytest.param(
            '- Verneombud velges for 2 år [1].\n- Det står «ikke» i § 3-4 nr. 2, og "klammer" {slik}. [2][3]', id="list"
        ),
    ],
)
def test_sentences_are_the_same_however_the_stream_is_cut(text: str) -> None:
    whole = list(read_sentences([text]))
    assert [sentence.replace(" [1].", ". [1]").replace(" [2][3].", ". [2][3]") for sentence in whole] == READ
    for cut in range(1, len(text)):
        assert list(read_sentences([text[:cut], text[cut:]])) == whole
    assert list(read_sentences(text)) == whole


def test_a_sentence_is_given_as_soon_as_it_is_whole() -> None:
    text = json.dumps(ROWS, ensure_ascii=False)
    seen: list[str] = []

    def pieces() -> object:
        for letter in text:
            yield letter
            seen.append(letter)

    first = next(read_sentences(pieces()))  # type: ignore[arg-type]
    assert first == READ[0]
    assert len(seen) < text.index("kilder", text.index("kilder") + 1)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("{", id="begun"),
        pytest.param('{"setninger": 3}', id="a number"),
        pytest.param('{"setninger": [{"kilder": [1]}, 7, null, {"tekst": ""}]}', id="rows without text"),
        pytest.param('{"svar": "Ja"}', id="another form"),
        pytest.param("[1] [2]", id="markers alone"),
    ],
)
def test_what_has_no_sentence_gives_none(text: str) -> None:
    assert list(read_sentences([text])) == []


def test_a_row_without_sources_comes_without_markers() -> None:
    assert list(read_sentences(['{"setninger": [{"tekst": "Slik er det."}]}'])) == ["Slik er det."]


def test_true_is_no_source() -> None:
    assert list(read_sentences(['{"setninger": [{"tekst": "Slik.", "kilder": [true, 2]}]}'])) == ["Slik. [2]"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"spørsmål": " Hvem velger? "}', "Hvem velger?"),
        ('```json\n{"spørsmål": "Hvem?"}\n```', "Hvem?"),
        ("Hvem?", ""),
        ('{"spørsmål": 4}', ""),
    ],
)
def test_a_value_is_read_from_what_a_model_wrote(text: str, value: str) -> None:
    assert read_value(text, "spørsmål") == value
