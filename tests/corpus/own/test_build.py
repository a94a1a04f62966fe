from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import Portion
from corpus.document import Document, Kind, Level
from corpus.errors import EmptyDocument
from corpus.own.build import PART_WORDS, SEGMENT_WORDS, build_document
from corpus.own.raw import Block, RawDocument, RawPage

ADDED = date(2026, 5, 4)
SHA256 = "0badcafe" + "0" * 56
KNOWN = frozenset({"lov/2005-06-17-62/§3-3", "lov/2005-06-17-62/§6-1"})


def heading(text: str, level: int = 2) -> Block:
    return Block(text=text, heading=level)


def body(words: int, start: str = "Ord") -> Block:
    """A paragraph of as many words, in sentences of ten."""
    text = [f"{start}{n}" if n % 10 else f"{start}{n}." for n in range(1, words + 1)]
    return Block(text=" ".join(text))


def build(raw: RawDocument, **given: Any) -> Document:
    defaults: dict[str, Any] = {"source_name": "plan.pdf", "url": "", "added": ADDED, "sha256": SHA256}
    return build_document(raw, **(defaults | given))


def unpaged(*blocks: Block, **given: Any) -> RawDocument:
    return RawDocument(pages=(RawPage(number=None, blocks=blocks),), **given)


def test_each_page_is_a_provision_that_is_cited_by_its_number() -> None:
    raw = RawDocument(
        title="Plan for BHT", publisher="Bedrift AS", published=date(2024, 2, 1), language="nn",
        pages=(
            RawPage(number=1, blocks=(heading("Plan for BHT", 1), heading("Mål"), Block(text="Færre skader."))),
            RawPage(number=2, blocks=()),
            RawPage(number=3, blocks=(Block(text="Målet gjelder alle."), heading("Ansvar", 3), Block(text="Leder."))),
        ),
    )  # fmt: skip
    document = build(raw, url="https://bedrift.example/plan.pdf")
    assert (document.document_id, document.title, document.text_date) == ("eget/plan-for-bht-0badcafe", "Plan for BHT", date(2024, 2, 1))  # fmt: skip
    assert (document.level, document.checked, document.url) == (
        Level.COMMERCIAL,
        ADDED,
        "https://bedrift.example/plan.pdf",
    )
    first, third = document.provisions
    assert (first.provision_id, first.label) == ("eget/plan-for-bht-0badcafe/s1", "«Plan for BHT», side 1")
    assert first.text == "Plan for BHT\nMål\nFærre skader."
    assert (first.heading, first.path) == ("Mål", ())
    assert (third.provision_id, third.label) == ("eget/plan-for-bht-0badcafe/s3", "«Plan for BHT», side 3")
    assert third.url == "https://bedrift.example/plan.pdf#page=3"
    assert (third.heading, third.path) == ("Mål", ())  # the heading that the page goes on under
    assert (third.kind, third.source, third.language) == (Kind.OWN, "Bedrift AS", "nn")
    assert (third.text_date, third.checked) == (date(2024, 2, 1), ADDED)


def test_what_the_user_says_goes_before_what_the_file_says() -> None:
    raw = unpaged(Block(text="Færre skader."), title="Microsoft", publisher="Mal", published=date(2001, 1, 1))
    document = build(raw, title="Årsplan «HMS»", publisher="Oss", published=date(2025, 1, 1), level=Level.PUBLIC)
    provision = document.provisions[0]
    assert (document.document_id, provision.label) == ("eget/arsplan-hms-0badcafe", "«Årsplan ‘HMS’», del 1")
    assert (provision.source, provision.text_date, provision.level) == ("Oss", date(2025, 1, 1), Level.PUBLIC)


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        pytest.param(
            unpaged(heading("Vernerunder"), Block(text="Hver vår."), title="Rutiner"), "Rutiner", id="metadata"
        ),
        pytest.param(
            unpaged(Block(text="Bedrift AS"), heading("Vernerunder"), body(9)), "Vernerunder", id="first heading"
        ),
        pytest.param(unpaged(Block(text="Rutine for avvik"), body(30)), "Rutine for avvik", id="short first line"),
        pytest.param(unpaged(*[body(20)] * 6, heading("Avvik"), body(9)), "Avvik", id="a heading further down"),
        pytest.param(unpaged(body(30)), "plan", id="file name"),
    ],
)
def test_a_document_has_a_title(raw: RawDocument, title: str) -> None:
    assert build(raw).title == title


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        pytest.param("Årsrapport for Ærlig & Søn 2025", "arsrapport-for-aerlig-son-2025", id="Norwegian letters"),
        pytest.param("Ett to tre fire fem seks sju åtte ni ti elleve", "ett-to-tre-fire-fem-seks-sju-atte-ni-ti", id="cut at a word"),
        pytest.param("x" * 60, "x" * 40, id="one long word"),
        pytest.param("../../etc/passwd", "etc-passwd", id="no path"),
        pytest.param("日本", "dokument", id="no letters of ours"),
    ],
)  # fmt: skip
def test_the_id_is_readable_and_safe(title: str, slug: str) -> None:
    assert build(unpaged(body(9)), title=title).document_id == f"eget/{slug}-0badcafe"


def test_a_document_without_pages_is_cut_at_its_headings() -> None:
    raw = unpaged(
        heading("Rutiner", 1), heading("Vernerunder"), body(80), heading("Når", 3), body(70), heading("Avvik"), body(90), title="Rutiner"
    )  # fmt: skip
    document = build(raw, url="https://bedrift.example/rutiner")
    assert [(p.provision_id[-3:], p.heading, p.path) for p in document] == [
        ("/s1", "Vernerunder", ()), ("/s2", "Når", ("Vernerunder",)), ("/s3", "Avvik", ()),
    ]  # fmt: skip
    assert [p.label for p in document] == ["«Rutiner», del 1", "«Rutiner», del 2", "«Rutiner», del 3"]
    assert document.provisions[1].url == "https://bedrift.example/rutiner"
    assert document.provisions[1].source == "plan.pdf"


def test_short_sections_share_a_part_and_long_ones_are_divided() -> None:
    raw = unpaged(
        heading("A"), body(20), heading("B"), body(30), heading("C"), *[body(100)] * 9, heading("D"), body(10)
    )
    document = build(raw, title="Rutiner")
    counts = [len(p.text.split()) for p in document]
    assert max(counts) <= PART_WORDS
    assert [p.heading for p in document] == ["A", "C", "C", "C", "D"]
    assert counts == [52, 301, 400, 200, 11]
    assert not any(p.text.endswith(("\nB", "\nC", "\nD")) for p in document)  # no heading without its text


def test_a_document_of_headings_only_is_cut_too() -> None:
    document = build(unpaged(*[heading(f"Kapittel {n} om vernerunder") for n in range(500)]))
    assert max(len(p.text.split()) for p in document) <= PART_WORDS
    assert sum(len(p.text.split("\n")) for p in document) == 500


def test_what_belongs_together_is_one_segment() -> None:
    raw = unpaged(
        heading("Lederen"),
        Block(text="Lederen skal:"),
        Block(text="kartlegge farer", kind="item"),
        Block(text="lage en plan", kind="item"),
        Block(text="Dette gjelder alle avdelinger."),
        Block(text="Rolle | Kurs", kind="row"),
        Block(text="Verneombud | 40 timer", kind="row"),
    )
    provision = build(raw).provisions[0]
    assert [provision.text[s.start : s.end] for s in provision.segments] == [
        "Lederen\nLederen skal:\nkartlegge farer\nlage en plan",
        "Dette gjelder alle avdelinger.",
        "Rolle | Kurs\nVerneombud | 40 timer",
    ]
    assert {s.portion for s in provision.segments} == {Portion()}


def test_a_long_paragraph_is_divided_at_its_sentences() -> None:
    provision = build(unpaged(body(250)), title="Rutiner").provisions[0]
    assert provision.text == body(250).text  # the text itself is untouched
    assert [len(provision.text[s.start : s.end].split()) for s in provision.segments] == [110, 110, 30]
    assert all(provision.text[s.start : s.end].endswith(".") for s in provision.segments)


def test_it_is_recorded_which_provisions_it_explains() -> None:
    text = "Etter arbeidsmiljøloven § 3-3 andre ledd og § 6-1, jf. aml § 3-3 andre ledd og § 99-9."
    explains = build(unpaged(Block(text=text)), known=KNOWN).provisions[0].explains
    assert [address.format() for address in explains] == [
        "arbeidsmiljøloven § 3-3 andre ledd",
        "arbeidsmiljøloven § 6-1",
    ]
    assert build(unpaged(Block(text=text))).provisions[0].explains == ()


@pytest.mark.parametrize(
    "raw", [RawDocument(), unpaged(), unpaged(Block(text="  "))], ids=["no page", "no block", "blank"]
)
def test_a_document_without_text_is_refused(raw: RawDocument) -> None:
    with pytest.raises(EmptyDocument, match=r"ingen tekst å lese i plan\.pdf.*OCR"):
        build(raw)


_BLOCKS = st.builds(
    Block,
    text=st.lists(st.sampled_from(["må", "skal", "ikke.", "Ansatte", "§ 3-3", "40", "(HMS):", "«Hva»", "  "]), max_size=150).map(" ".join),
    heading=st.sampled_from([0, 0, 0, 1, 2, 3]),
    kind=st.sampled_from(["text", "item", "row"]),
)  # fmt: skip


@given(st.lists(_BLOCKS, min_size=1, max_size=12), st.booleans())
def test_segments_cover_the_text_and_no_word_is_lost(blocks: list[Block], paged: bool) -> None:
    raw = RawDocument(
        title="Rutiner",
        pages=tuple(RawPage(number=n if paged else None, blocks=(block,)) for n, block in enumerate(blocks, 1)),
    )
    words = [word for block in blocks for word in block.text.split()]
    if not words:
        return
    document = build(raw)
    assert [word for p in document for word in p.text.split()] == words
    assert len({p.provision_id for p in document}) == len(document.provisions)
    for provision in document:
        edges = [0, *(edge for s in provision.segments for edge in (s.start, s.end)), len(provision.text)]
        assert edges == sorted(edges)
        assert all(not provision.text[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True))
        assert all(provision.text[s.start : s.end].strip() for s in provision.segments)
        if not paged:
            assert len(provision.text.split()) <= PART_WORDS + SEGMENT_WORDS
