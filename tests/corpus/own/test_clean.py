import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.own.boilerplate import CALCULATOR, CAPTION, CHART, CONTACT, COOKIES, LINKS, MENU, NUMBERS, find_boilerplate
from corpus.own.clean import EMPTY_HEADING, REPEATED, clean
from corpus.own.raw import Block, RawDocument, RawPage
from corpus.own.read import read_raw
from corpus.own.repair import repair_text
from tests.corpus.reference import reference_folder

RULES = (
    "Verneombudet skal tas med på råd når bedriften planlegger nye lokaler, nytt utstyr eller en ny turnus.",
    "Lederen må melde fra til verneombudet samme dag når noen er skadet, og loggføre det i avvikssystemet.",
    "Nyansatte skal ha en time med opplæring i stoffkartoteket før de bruker kjemikalier på verkstedet.",
    "Hver vår går daglig leder og verneombudet en vernerunde og skriver ned hva som må utbedres og innen når.",
)


def pages(*texts: list[str | Block], numbered: bool = True) -> RawDocument:
    return RawDocument(
        pages=tuple(
            RawPage(
                number=number if numbered else None,
                blocks=tuple(Block(text=text) if isinstance(text, str) else text for text in page),
            )
            for number, page in enumerate(texts, 1)
        )
    )


def kept(raw: RawDocument) -> list[str]:
    return [block.text for page in clean(raw).pages for block in page.blocks]


def heading(text: str, level: int = 2) -> Block:
    return Block(text=text, heading=level)


def item(text: str) -> Block:
    return Block(text=text, kind="item")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("Til hovedinnhold", MENU, id="jump link"),
        pytest.param("LES MER »", MENU, id="button"),
        pytest.param("sanity image", MENU, id="placeholder of a picture"),
        pytest.param("Lenke kopiert", MENU, id="message of a button"),
        pytest.param("Tips og del artikkelen", CONTACT, id="sharing"),
        pytest.param("Facebook | LinkedIn | E-post", CONTACT, id="sharing services"),
        pytest.param("Tlf. 22 33 44 55", CONTACT, id="phone number"),
        pytest.param("post@bedrift.example", CONTACT, id="e-mail address"),
        pytest.param("Vi bruker informasjonskapsler for å gi deg en bedre brukeropplevelse. Godta alle?", COOKIES, id="cookie banner"),
        pytest.param("1 308 125", NUMBERS, id="result of a calculator"),
        pytest.param("12 % – 34 %", NUMBERS, id="figures of a chart"),
        pytest.param("***", NUMBERS, id="ornament"),
        pytest.param("Svært god God Dårlig Svært dårlig", CHART, id="legend"),
        pytest.param("Små bedrifter (N=23) Store bedrifter (N=8)", CHART, id="sample sizes"),
        pytest.param("Januar 10 20 30 40 50", CHART, id="axis"),
        pytest.param("Foto: Ola Nordmann", CAPTION, id="credit"),
        pytest.param("En smilende kvinne som sitter ved et skrivebord", CAPTION, id="description of a picture"),
        pytest.param("https://www.bedrift.example/hms", LINKS, id="address"),
        pytest.param("Les mer om vernerunder", LINKS, id="link"),
    ],
)  # fmt: skip
def test_boilerplate_is_known_by_its_kind(text: str, reason: str) -> None:
    assert find_boilerplate([Block(text=text)]) == {0: reason}


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(Block(text="Du må godta informasjonskapsler før du melder avvik i nettleseren."), id="a rule about cookies"),
        pytest.param(Block(text="Les mer om hvordan avvik skal meldes"), id="a link that states a rule"),
        pytest.param(Block(text="Ring 113 ved ulykke. Meld så fra til lederen."), id="a number in prose"),
        pytest.param(Block(text="Over 50 ansatte"), id="a threshold alone"),
        pytest.param(Block(text="Alle ansatte"), id="a short label"),
        pytest.param(Block(text="2 | 40 timer | skal gjennomføres", kind="row"), id="a row with words"),
        pytest.param(heading("2024"), id="a year as heading"),
        pytest.param(Block(text="En person som arbeider på tak må sikres mot fall."), id="a rule that begins like a caption"),
        pytest.param(Block(text="Se også kapittel 3, der ansvaret til verneombudet er beskrevet i detalj."), id="a reference"),
        pytest.param(Block(text="Vi bruker en kalkulator for sykefravær i årsmøtet."), id="a calculator in passing"),
        pytest.param(Block(text="Ikke godta muntlige avtaler."), id="a short warning"),
    ],
)  # fmt: skip
def test_content_is_not_taken_for_boilerplate(block: Block) -> None:
    assert find_boilerplate([block]) == {}


def test_rows_of_figures_stay_in_their_table() -> None:
    rows = [Block(text=text, kind="row") for text in ("År | Fravær", "2023 | 6,1", "2024 | 5,8")]
    assert find_boilerplate(rows) == {}
    assert find_boilerplate([Block(text="2023 | 6,1", kind="row")]) == {0: NUMBERS}


def test_a_calculator_goes_with_its_labels_and_results() -> None:
    raw = pages([
        RULES[0], "Bruk kalkulatoren under og se hva fraværet koster.", "Antall ansatte", "Fravær i dag", heading("Resultat"),
        "Kostnad i dag 1 200 000", "Kostnad med lavere fravær 800 000", heading("Vernerunder"), RULES[3],
    ])  # fmt: skip
    assert kept(raw) == [RULES[0], "Vernerunder", RULES[3]]
    assert clean(raw).dropped == {CALCULATOR: 6}


def test_a_repeated_page_is_kept_once_and_reported() -> None:
    page: list[str | Block] = [heading("Verneombud"), *RULES[:3]]
    cleaned = clean(pages(page, [RULES[3]], page, page, [f"{RULES[3]} Nytt."], page))
    assert [p.number for p in cleaned.pages] == [1, 2, 5]
    assert cleaned.dropped == {REPEATED: 12}
    assert cleaned.problems == ("Sidene 3–4, 6 gjentar det som står tidligere i dokumentet, og er tatt med én gang.",)


def test_a_repeat_is_found_when_pages_and_paragraphs_break_elsewhere() -> None:
    halves = [*RULES[0].rsplit(" ", 3)[:1], " ".join(RULES[0].rsplit(" ", 3)[1:])]
    raw = pages(list(RULES), [halves[0]], [halves[1], f"{RULES[1]} {RULES[2]}", RULES[3]])
    assert kept(raw) == list(RULES)


def test_a_repeat_with_spelling_mistakes_is_found() -> None:
    misspelt = RULES[1].replace("verneombudet", "vernombudet").replace("avvikssystemet", "avvikssystmet")
    raw = pages([heading("Skade"), RULES[1], misspelt], numbered=False)
    assert kept(raw) == ["Skade", RULES[1]]


@pytest.mark.parametrize(
    ("word", "other"),
    [
        pytest.param("en time", "to timer", id="another figure in words"),
        pytest.param("skal ha", "bør ha", id="advice for duty"),
        pytest.param("skal ha", "skal ikke ha", id="negation"),
        pytest.param("Nyansatte", "Vikarer", id="somebody else"),
        pytest.param("før", "etter", id="another time"),
    ],
)
def test_a_sentence_that_says_something_else_is_kept(word: str, other: str) -> None:
    changed = RULES[2].replace(word, other)
    assert changed != RULES[2]
    assert kept(pages([heading("Kjemi"), RULES[2], changed])) == ["Kjemi", RULES[2], changed]


def test_the_same_words_under_another_heading_are_kept() -> None:
    course = "Opplæringen skal vare i minst førti timer og gis i arbeidstiden."
    raw = pages([heading("Verneombud"), course, heading("Medlemmer av AMU"), course])
    assert kept(raw) == ["Verneombud", course, "Medlemmer av AMU", course]
    again = pages([heading("Verneombud"), course, heading("Verneombud"), course])
    assert kept(again) == ["Verneombud", course]


def test_a_list_is_kept_under_another_lead_in() -> None:
    items = [item("kartlegge farer i samarbeid med de ansatte og skrive dem ned"), item("lage en plan for å gjøre faren mindre med frist og ansvarlig")]  # fmt: skip
    blocks: list[str | Block] = [
        "Lederen skal hvert år:",
        *items,
        "Bedriftshelsetjenesten hjelper lederen med å:",
        *items,
    ]
    assert len(kept(pages(blocks))) == 6


def test_a_heading_said_twice_in_a_row_is_kept_once() -> None:
    assert kept(pages(["Hva er en vernerunde?", "Hva er en vernerunde?", RULES[3]])) == [
        "Hva er en vernerunde?",
        RULES[3],
    ]


def test_a_short_line_that_opens_something_new_is_kept() -> None:
    raw = pages([heading("Oppsummering"), *RULES[:2]], [*RULES[:2], heading("Oppsummering"), RULES[2]])
    assert kept(raw) == ["Oppsummering", *RULES[:2], "Oppsummering", RULES[2]]


def test_a_heading_goes_with_its_content() -> None:
    raw = pages([heading("Figur over svarene"), "10 %", "20 %", heading("Vernerunder"), RULES[3], heading("Vedlegg")])
    cleaned = clean(raw)
    assert kept(raw) == ["Vernerunder", RULES[3], "Vedlegg"]
    assert cleaned.dropped == {NUMBERS: 2, EMPTY_HEADING: 1}


def test_characters_are_mended_on_the_way() -> None:
    raw = RawDocument(
        title="Ã…rsplan", pages=(RawPage(number=1, blocks=(Block(text="Planen er lovpÃ¥lagt,  Â§Â 3-3."),)),)
    )
    cleaned = clean(raw)
    assert cleaned.raw.title == "Årsplan"
    assert kept(raw) == ["Planen er lovpålagt, § 3-3."]


def test_a_document_without_content_is_reported() -> None:
    raw = RawDocument(
        pages=(RawPage(number=1, blocks=(Block(text="Meny"), Block(text="12 %"))),), problems=("Side 2 er skannet.",)
    )
    cleaned = clean(raw)
    assert cleaned.pages == ()
    assert cleaned.problems[0] == "Side 2 er skannet."
    assert cleaned.problems[1].startswith("Ingenting ble igjen")
    assert clean(RawDocument()).problems == ()


def test_cleaning_twice_changes_nothing_more() -> None:
    page: list[str | Block] = [heading("Verneombud"), *RULES, "Les mer", "12 %"]
    once = clean(pages(page, page)).raw
    assert clean(once).pages == once.pages


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1" * 300_000 + "a", id="one number without end"),
        pytest.param("N(" * 150_000, id="brackets that never close"),
        pytest.param("a" * 300_000, id="one word without end"),
        pytest.param("en mann " * 40_000, id="words without a sentence"),
        pytest.param("Ã¥" * 150_000, id="broken letters only"),
    ],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    began = time.monotonic()
    clean(pages(["Bruk kalkulatoren under.", text, text]))
    assert time.monotonic() - began < 5


def test_a_document_of_five_hundred_pages_is_cleaned_in_time() -> None:
    def page(number: int) -> list[str | Block]:
        return [" ".join(f"Ord{(number * 7919 + n * n) % 5003}" for n in range(m * 60, m * 60 + 60)) for m in range(8)]

    raw = pages(*(page(number) for number in range(250)), *(page(number) for number in range(250)))
    began = time.monotonic()
    cleaned = clean(raw)
    assert time.monotonic() - began < 15
    assert len(cleaned.pages) == 250


def _seeds() -> list[Path]:
    return sorted((reference_folder().parent / "seeds").glob("00*.txt"))


@pytest.fixture(params=range(5), ids=["000", "001", "002", "003", "004"])
def seed(request: pytest.FixtureRequest) -> RawDocument:
    found = _seeds()
    if len(found) < 5:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no sample documents beside {reference_folder()}")
        pytest.skip("the sample documents are not on this machine")
    return read_raw(found[request.param].read_bytes(), found[request.param].name)


def _sentences_with_rules(raw: RawDocument) -> Iterator[str]:
    for block in raw.blocks:
        for sentence in re.split(r"(?<=[.!?:])\s+", repair_text(block.text)):
            if re.search(r"\b(?:må|skal|plikt\w*)\b", sentence, re.IGNORECASE):
                yield _plain(sentence)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def test_every_rule_of_the_samples_is_kept_once(seed: RawDocument) -> None:
    left = f" {_plain(' '.join(kept(seed)))} "
    sentences = set(_sentences_with_rules(seed))
    assert sentences
    assert [s for s in sentences if f" {s} " not in left] == []
    assert [s for s in sentences if len(s.split()) >= 12 and left.count(f" {s} ") > 1] == []


def test_the_machinery_of_the_samples_is_gone(seed: RawDocument) -> None:
    blocks = kept(seed)
    machinery = r"(?i)sanity image|til hovedinnhold|les mer|lenke kopiert|1 308 125|book gratis rådgivning|[\d\s%.]*|svært god.*dårlig"
    assert [text for text in blocks if re.fullmatch(machinery, text)] == []
    assert not re.search("[ÃÂ\u00a0]|â€", " ".join(blocks))
