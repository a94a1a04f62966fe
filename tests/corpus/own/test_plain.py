"""Tests of reading text files: this ensures that ..."""

import pytest

from corpus.own.plain import decode, read_plain
from corpus.own.raw import Block

NORWEGIAN = "Ærlig talt: Verneombudet på øya må få være med på råd – også når det gjelder «små» ting i året.\n" * 3


def blocks_of(text: str) -> list[Block]:
    return list(read_plain(text).blocks)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)  # fmt: skip
def test_common_encodings_are_recognised(encoding: str) -> None:
    """... the text is the same whatever it was saved as."""
    assert decode(NORWEGIAN.encode(encoding)) == NORWEGIAN


@pytest.mark.parametrize("encoding", ["latin-1", "cp865", "cp850", "mac_roman"])
def test_older_norwegian_encodings_are_recognised(encoding: str) -> None:
    """... files from DOS and old Macs keep their æ, ø and å."""
    text = "Ærlig talt: Verneombudet på øya må få være med på råd, også når det gjelder små ting i året.\n"
    assert decode(text.encode(encoding)) == text


def test_a_few_damaged_bytes_do_not_change_the_encoding() -> None:
    """... UTF-8 with one broken letter is still UTF-8."""
    assert decode(NORWEGIAN.encode() + b"\xff") == NORWEGIAN + "\ufffd"


def test_line_ends_of_all_systems_are_one() -> None:
    """... Windows and old Mac line breaks are line breaks."""
    assert decode(b"a\r\nb\rc\n") == "a\nb\nc\n"


def test_wrapped_lines_are_joined_and_blank_lines_divide() -> None:
    """... paragraphs are what the writer meant, divided words are whole, and short lines on their own stay so."""
    text = (
        "Opplæring i stillas\n\nDen som skal montere stillas, må ha fått opplæring før arbeidet begyn-\n"
        "ner. Opplæringen skal kunne dokumenteres skriftlig av\nvirksomheten.\n\nAnsvar:\nDaglig leder\nVerneombud\n"
    )
    assert [(block.heading, block.text) for block in blocks_of(text)] == [
        (1, "Opplæring i stillas"),
        (
            0,
            "Den som skal montere stillas, må ha fått opplæring før arbeidet begynner. Opplæringen skal kunne "
            "dokumenteres skriftlig av virksomheten.",
        ),
        (0, "Ansvar:"),
        (0, "Daglig leder"),
        (0, "Verneombud"),
    ]


SPACIOUS = [
    "Virksomheten skal sørge for at alle som arbeider der, får den opplæringen som de trenger for å",
    "arbeide trygt. Opplæringen gis i arbeidstiden, og den gjentas når arbeidet endres eller når det er",
    "gått lang tid.",
    "Hvem som deltar",
    "Alle ansatte deltar på første samling, og de som leder andre, deltar på en samling til senere i",
    "året. Innleide får den samme opplæringen som de ansatte, og den skal være ferdig før de begynner på",
    "arbeidet.",
    "Samlingen omfatter dette",
    "farer i arbeidet og hvordan de kan unngås, med øvelser i bruk av alt utstyr som finnes på",
    "arbeidsplassen",
    "rutiner for å melde fra om det som ikke er som det skal, og hvem som følger det opp når noen har",
    "meldt fra",
]


def test_a_blank_line_after_every_line_is_no_paragraph() -> None:
    """... text taken from a PDF with double line breaks is put together all the same."""
    assert [(block.heading, block.text) for block in blocks_of("\n\n".join(SPACIOUS))] == [
        (0, " ".join(SPACIOUS[:3])),
        (2, SPACIOUS[3]),
        (0, " ".join(SPACIOUS[4:7])),
        (0, SPACIOUS[7]),
        (0, " ".join(SPACIOUS[8:10])),
        (0, " ".join(SPACIOUS[10:])),
    ]


def test_form_feeds_divide_pages() -> None:
    """... pages are numbered where the file has them, blank ones too, and nowhere else."""
    assert [page.number for page in read_plain("En side.\f\fTre sider.").pages] == [1, 2, 3]
    assert [page.number for page in read_plain("En side.").pages] == [None]


def test_bullets_and_numbers_are_items() -> None:
    """... an item goes on over its lines, and a date at the start of a line is no item."""
    text = "• Kartlegge farer som\n  finnes i arbeidet\n• Vurdere risiko\n1) Lage plan\n\nRegelen gjelder fra\n1. januar 2023."
    assert [(block.kind, block.text) for block in blocks_of(text)] == [
        ("item", "Kartlegge farer som finnes i arbeidet"),
        ("item", "Vurdere risiko"),
        ("item", "1) Lage plan"),
        ("text", "Regelen gjelder fra 1. januar 2023."),
    ]


def test_cells_divided_by_tabs_are_rows() -> None:
    """... a table pasted from a spreadsheet keeps its rows."""
    assert [(block.kind, block.text) for block in blocks_of("Kurs\tTimer\nKran\t40\nEtter tabellen.")] == [
        ("row", "Kurs | Timer"),
        ("row", "Kran | 40"),
        ("text", "Etter tabellen."),
    ]


@pytest.mark.parametrize(
    "text",
    ["Se side 4.\n\n" + "En lang setning som fyller mer enn seksti tegn, står etter denne linjen.",
     "Kartlegging,\n\n" + "En lang setning som fyller mer enn seksti tegn, står etter denne linjen.",
     "Daglig leder\n\nVerneombud\n\nTillitsvalgt"],
    ids=["sentence", "comma", "list of names"],
)  # fmt: skip
def test_headings_are_guessed_with_care(text: str) -> None:
    """... a short line is a heading only when it looks like one and text follows."""
    assert not any(block.heading for block in blocks_of(text))


def test_what_mojibake_needs_for_its_repair_is_kept() -> None:
    """... no-break spaces and control characters that are halves of letters stay for the repair."""
    assert (
        blocks_of("VirksomhetÂ\xa0§Â\xa03-3 og Ã\x85s kommune")[0].text == "VirksomhetÂ\xa0§Â\xa03-3 og Ã\x85s kommune"
    )
    assert blocks_of("Verne\xad\nombudet")[0].text == "Verneombudet"
    assert blocks_of("100\xa0000 kroner og e\u00adpost")[0].text == "100 000 kroner og epost"
