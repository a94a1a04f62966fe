"""The parser of Lovdata's XML, trap by trap, on invented acts in the same form."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.address import Address, Portion, parse_address
from corpus.document import DATE_UNKNOWN, Kind, Level
from corpus.errors import AddressError, LovdataDocumentError
from corpus.lovdata.elements import MAX_BYTES, MAX_DEPTH
from corpus.lovdata.parse import parse_act
from corpus.lovdata.words import check_words
from tests.corpus.lovdata.acts import ARCHIVED, REFID, article, document, find, invented, only, parse, parts

COFFEE = invented("sf-20990102-9999.xml")
LAW = invented("nl-20990303-007.xml")


def test_an_act_has_name_dates_level_and_link() -> None:
    act = COFFEE.document
    assert (act.document_id, act.title, act.name, act.abbreviation) == (
        REFID,
        "Forskrift om kaffepauser",
        "kaffeforskriften",
        "kaf",
    )
    assert (act.level, act.url) == (Level.REGULATION, f"https://lovdata.no/dokument/SF/{REFID}")
    assert (act.text_date, act.checked) == (ARCHIVED, ARCHIVED)
    assert COFFEE.header.last_change_in_force == date(2099, 5, 1)
    assert LAW.document.level is Level.LAW


def test_a_given_name_leads_and_an_act_without_one_is_called_by_its_id() -> None:
    named = parse_act(document(article("<article class='legalP'>Te.</article>")), ARCHIVED, "teforskriften", "TE")
    assert (named.document.name, named.document.abbreviation) == ("teforskriften", "TE")
    assert named.document.provisions[0].label == "teforskriften § 1"
    assert LAW.document.provisions[1].label == "lov om kaffi § 1"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Forskrift om bruk av kaffetrakter.", "forskrift om bruk av kaffetrakter"),
        ("EØS-kafeforskrift", "EØS-kafeforskrift"),
        ("Forskrift om " + "kaffe og " * 20, "forskrift 2. januar 2099 nr. 9999"),
        ("", REFID),
    ],
    ids=["title", "abbreviation first", "too long a title", "no title"],
)
def test_an_act_without_a_short_name_is_called_by_its_title_or_its_date_and_number(title: str, name: str) -> None:
    assert parse(article('<article class="legalP">Te.</article>'), title=title).header.name == name


def test_the_address_is_the_number_the_law_uses_and_not_the_running_id() -> None:
    provision = find(COFFEE, "§2A-1")
    assert provision.label == "kaffeforskriften § 2 A-1"
    assert provision.url == f"https://lovdata.no/dokument/SF/{REFID}/§2A-1"
    assert provision.path == ("Kapittel 2 A. Kopper",)
    assert provision.heading == "Vask"
    assert find(COFFEE, "§2A-1a").label == "kaffeforskriften § 2 A-1 a"
    assert (provision.kind, provision.level) == (Kind.OFFICIAL, Level.REGULATION)


def test_numbered_ledd_keep_their_number_outside_the_quote_and_lists_nest() -> None:
    provision = find(COFFEE, "§2A-1")
    assert parts(provision) == [
        ("ledd/1", "Koppen skal"),
        ("ledd/1/bokstav/a", "skylles, jf. § 1-1, med"),
        ("ledd/1/bokstav/a/nr/1", "vann, eller"),
        ("ledd/1/bokstav/a/nr/2", "damp,"),
        ("ledd/1/bokstav/b", "tørkes."),
        ("ledd/1", "Dette gjelder ikke pappkrus."),
        ("ledd/2", "Fatet vaskes\nfor hånd."),
    ]
    assert provision.text.splitlines() == [
        "(1) Koppen skal", "a. skylles, jf. § 1-1, med", "1. vann, eller", "2. damp,", "b. tørkes.",
        "Dette gjelder ikke pappkrus.", "(2) Fatet vaskes", "for hånd.",
    ]  # fmt: skip


def test_ledd_without_numbers_are_counted_and_list_items_are_none() -> None:
    assert parts(find(COFFEE, "§1-1")) == [
        ("ledd/1", "Forskriften skal gi:"),
        ("ledd/1/strek/1", "ro"),
        ("ledd/1/strek/2", "varme"),
        ("ledd/1", "hver dag."),
        ("ledd/2", "Pausen er betalt."),
        ("ledd/2", "Det gjelder også te."),
    ]


def test_footnotes_stand_beside_the_text_and_their_numbers_not_in_it() -> None:
    provision = find(COFFEE, "§1-1")
    assert provision.footnotes == ("1 Minst ti minutter.",)
    assert "Minst" not in provision.text


def test_a_footnote_of_a_chapter_goes_to_the_section_that_points_to_it() -> None:
    reference = '<sup class="footnotereference" data-unique-footnote-counter="7">1</sup>'
    footer = '<footer class="footnotes"><article class="footnote" data-unique-footnote-counter="7">1 Grønn.</article></footer>'
    first, second = (
        article("<article class='legalP'>En</article>"),
        article(f"<article class='legalP'>To{reference}</article>", "§2"),
    )
    act = parse(
        f'<section class="section" data-lovdata-URL="SF/{REFID}/KAPITTEL_1"><h2>Kapittel 1</h2>{first}{second}{footer}</section>'
    )
    assert [p.footnotes for p in act.document] == [(), ("1 Grønn.",)]


def test_each_row_of_an_industry_table_is_addressed_by_its_code() -> None:
    provision = find(COFFEE, "§3-1")
    assert parts(provision) == [
        ("ledd/1", "Disse skal ha pause:"),
        ("ledd/1", "Næringskode | Hovedgruppe"),
        ("ledd/1/rad/02", "02 Skoger"),
        ("ledd/1/rad/03.2", "03.2 Fiskeoppdrett"),
        ("ledd/1/rad/03.3", "03.3 Tjenester\nfor oppdrett"),
        ("ledd/1/rad/09.9", "09.9 Andre tjenester"),
    ]
    assert provision.label_of(Portion.parse("ledd/1/rad/03.2")) == "kaffeforskriften § 3-1 første ledd næringskode 03.2"


def test_a_table_that_is_a_numbered_list_with_a_lead_in_is_a_ledd_of_its_own() -> None:
    assert parts(find(COFFEE, "§3-2")) == [
        ("ledd/1", "Pausen skal planlegges."),
        ("ledd/2", "Planen innebærer at lederen skal: | Skriftlig"),
        ("ledd/2/nr/1", "kjøpe kaffe | –"),
        ("ledd/2/nr/2", "koke kaffe | ja"),
        ("ledd/3", "Planen henges opp, jf. annet ledd nr. 2."),
    ]


def test_rows_of_other_tables_are_counted_and_cells_never_glued() -> None:
    assert parts(find(COFFEE, "§3-3"))[1:] == [
        ("ledd/1", "Drikk | Grader | Merknad"),
        ("ledd/1/tabellrad/1", "Sort kaffe | 80"),
        ("ledd/1/tabellrad/2", "Kaffe med melk | 60 | kald melk"),
    ]


def test_rows_that_open_with_letters_are_cited_by_them() -> None:
    assert parts(find(COFFEE, "§3-4"))[1:] == [
        ("ledd/1/bokstav/a", "svak: | C1h = 5"),
        ("ledd/1/bokstav/b", "sterk: | C1h = 9"),
    ]


def test_change_notes_are_kept_apart_and_date_the_wording() -> None:
    provision = find(COFFEE, "§2A-1")
    assert provision.changes[-1].startswith("Endret ved forskrift 1 april 2099 nr. 1 (i kraft 1 mai 2099).")
    assert "Endret" not in provision.text
    assert (provision.in_force, provision.amended_by) == (date(2099, 5, 1), "forskrift/2099-04-01-1")
    later = find(COFFEE, "§2A-1a")  # has no note of its own: the chapter was added
    assert (later.in_force, later.amended_by) == (date(2099, 3, 15), "forskrift/2099-03-01-3")
    assert find(COFFEE, "§1-1").in_force == date(2099, 2, 1)


def test_repealed_text_says_from_when() -> None:
    days = {p.provision_id.rpartition("/")[2]: p.repealed for p in COFFEE.document if p.repealed}
    assert days == {
        "§4-1": date(2099, 4, 1),  # marked, with its full text
        "§4-2": date(2100, 1, 1),  # marked with a day to come
        "§4-3": date(2099, 4, 1),  # from the change note
        "§4-4": DATE_UNKNOWN,
    }
    assert not find(COFFEE, "§4-1").is_current(ARCHIVED)
    assert find(COFFEE, "§4-2").is_current(ARCHIVED)
    assert not find(COFFEE, "§4-3").is_current(ARCHIVED)
    assert find(COFFEE, "§4-4").is_repealed(ARCHIVED)


def test_text_that_was_added_again_on_the_marked_day_holds() -> None:
    provision = find(COFFEE, "§4-5")
    assert (provision.repealed, provision.in_force) == (None, date(2099, 5, 1))
    assert provision.is_current(ARCHIVED)


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("(Opphevet 1 jan 2014 ved forskrift 18 des 2013 nr. 1599.)", date(2014, 1, 1)),
        ("(Oppheva)", DATE_UNKNOWN),
        ("[Opphevet]", DATE_UNKNOWN),
        ("Oppheving av vedtak", None),
        ("Opphevet gods", None),
    ],
)
def test_a_title_that_says_repealed_is_told_from_one_about_repeal(title: str, day: date | None) -> None:
    (provision,) = parse(article("", title=title)).document.provisions
    assert provision.repealed == day


def test_commentary_in_the_file_is_guidance_about_its_section() -> None:
    notes = [p for p in COFFEE.document if p.kind is Kind.GUIDANCE]
    stem = "veiledning/forskrift-2099-01-02-9999/"
    assert [p.provision_id for p in notes] == [f"{stem}til-2a-1", f"{stem}til-2a-1~2", f"{stem}om-sjoluft-og-kaffe"]
    assert all(p.level is Level.AUTHORITY for p in notes)
    assert notes[0].explains == (Address(REFID, "2A-1"),)
    assert notes[0].label == "kommentar til kaffeforskriften § 2 A-1"
    assert notes[2].explains == ()
    assert notes[2].path == ("Kommentarer til forskrift om kaffepauser",)


def test_a_chapter_about_guidance_with_sections_behind_it_is_law() -> None:
    section = f'<section class="section" data-lovdata-URL="SF/{REFID}/KAPITTEL_1"><h2>Veiledning til brukere</h2><article class="legalP">Spør.</article></section>'
    act = parse(section + article("<article class='legalP'>Te.</article>"))
    assert {p.kind for p in act.document} == {Kind.OFFICIAL}


def test_an_annex_is_one_provision_with_its_numbers_in_the_margin() -> None:
    provision = find(COFFEE, "KAPITTEL_5")
    assert provision.label == "kaffeforskriften vedlegg I"
    assert parts(provision) == [
        ("", "Slik måles kaffen."),
        ("nr/1", "Vekt"),
        ("nr/1.1", "Bønnene veies."),
        ("nr/1.1", "Vekten er i gram."),
        ("nr/1.1~2", "Vannet måles."),
    ]
    assert provision.text.splitlines()[2] == "1.1. Bønnene veies."
    assert provision.in_force == date(2099, 4, 1)  # the note has no brackets: the day of the amending act


def test_what_an_act_quotes_of_others_has_no_address_of_its_own() -> None:
    assert [p.provision_id for p in LAW.document] == [
        f"lov/2099-03-03-7/{tail}" for tail in ("TEKST", "§1", "§2", "KAPITTEL_1", "kok/a1", "kok/a1~2")
    ]
    quoted = find(LAW, "§2")
    assert parts(quoted)[:2] == [
        ("ledd/1", "Lova gjeld frå Kongen fastset det."),
        ("ledd/2", "Telova blir oppheva."),  # its own, though it stands in the amendment
    ]
    assert {path for path, _ in parts(quoted)[2:]} == {"ledd/2"}
    assert "(3) Sugerøyr er lov." in quoted.text
    assert quoted.changes == ()
    assert find(LAW, "KAPITTEL_1").text.splitlines()[1:] == ["§ 3. Bollar", "Bollar skal ha rosiner."]
    assert find(LAW, "KAPITTEL_1").label == "lov om kaffi I"


def test_articles_of_a_convention_are_named_with_it_and_told_apart() -> None:
    first, second = find(LAW, "kok/a1"), find(LAW, "kok/a1~2")
    assert first.label == "lov om kaffi (KOK) artikkel 1"
    assert second.label == "lov om kaffi (KOK) artikkel 1 (forekomst 2)"
    assert (first.heading, second.heading) == ("Varme", "")


def test_a_ledd_without_number_among_numbered_ones_goes_on_with_the_one_before() -> None:
    assert [path for path, _ in parts(find(LAW, "§1"))] == ["ledd/1", "ledd/1", "ledd/2"]
    numbered = "<article class='numberedLegalP' data-numerator='{0}'>({0}) Tekst.</article>"
    opening = "<article class='legalP'>Innledning.</article>"
    assert [p for p, _ in parts(only(opening + numbered.format(1)))] == ["", "ledd/1"]
    assert [p for p, _ in parts(only(opening + numbered.format(2)))] == ["ledd/1", "ledd/2"]


def test_nynorsk_is_recognised_where_the_document_says_only_norwegian() -> None:
    assert {p.language for p in LAW.document} == {"nn"}
    assert {p.language for p in COFFEE.document} == {"nb"}
    assert (
        parse(article("<article class='legalP'>Te.</article>"), language="nn").document.provisions[0].language == "nn"
    )


def test_the_nynorsk_parallel_text_of_an_act_is_a_document_of_its_own() -> None:
    data = document(article("<article class='legalP'>Te.</article>"))
    act = parse_act(data, ARCHIVED, file_name="nl-18140517-000-nn.xml").document
    assert act.document_id == f"{REFID}-nn"
    assert [p.provision_id for p in act] == [f"{REFID}-nn/§1"]
    assert parse_address(f"{REFID}-nn § 1").provision_id == f"{REFID}-nn/§1"


@pytest.mark.parametrize(
    ("written", "in_force", "repealed", "pending"),
    [
        pytest.param("2099-02-01", date(2099, 2, 1), None, False, id="one date"),
        pytest.param("2099-02-01, 2099-01-01", date(2099, 2, 1), None, False, id="the act's own date first"),
        pytest.param("2099-02-01 – 2099-12-31", date(2099, 2, 1), date(2100, 1, 1), False, id="a period"),
        pytest.param("2099-02-01, oppheves 2099-04-01", date(2099, 2, 1), date(2099, 4, 1), False, id="repealed in the field"),
        pytest.param("Kongen bestemmer", None, None, True, id="no date"),
        pytest.param("Kongen fastset", None, None, True, id="no date, nynorsk"),
        pytest.param("2099-02-01, Kongen bestemmer", date(2099, 2, 1), None, False, id="partly"),
        pytest.param("2100-01-01", date(2100, 1, 1), None, False, id="a day to come"),
        pytest.param("Inntektsåret 2098", date(2098, 1, 1), None, False, id="income year"),
        pytest.param("", None, None, False, id="nothing"),
        pytest.param("9999-99-99", None, None, False, id="no date at all"),
        pytest.param("2099-02-01 – 9999-12-31", date(2099, 2, 1), None, False, id="for ever"),
    ],
)  # fmt: skip
def test_the_field_for_the_start_is_read_as_the_free_text_it_is(
    written: str, in_force: date | None, repealed: date | None, pending: bool
) -> None:
    provision = only("<article class='legalP'>Te.</article>", dateInForce=written)
    assert (provision.in_force, provision.repealed, provision.pending) == (in_force, repealed, pending)


def item(name: str | None, text: str = "x") -> str:
    shown = f' data-name="{name}"' if name else ""
    return f'<li{shown}><article class="listArticle"><article class="legalP">{text}</article></article></li>'


@pytest.mark.parametrize(
    ("kind", "names", "paths"),
    [
        pytest.param("a", ["a.", "b."], ["bokstav/a", "bokstav/b"], id="letters"),
        pytest.param("a", ["h.", "i.", "j."], ["bokstav/h", "bokstav/i", "bokstav/j"], id="i among letters"),
        pytest.param("i", ["i.", "ii.", "iv."], ["nr/i", "nr/ii", "nr/iv"], id="roman"),
        pytest.param("i", ["c.", "d."], ["bokstav/c", "bokstav/d"], id="letters that could be roman"),
        pytest.param("1", ["1.", ".2", "3.1", "(4)"], ["nr/1", "nr/2", "nr/3.1", "nr/4"], id="numbers"),
        pytest.param("a", ["«a.", "aa."], ["bokstav/a", "bokstav/aa"], id="quoted, and after z"),
        pytest.param("1", ["1.", "1."], ["nr/1", "nr/1~2"], id="the same number twice"),
        pytest.param("", ["-", "–", "•", None], ["strek/1", "strek/2", "strek/3", "strek/4"], id="dashes"),
    ],
)  # fmt: skip
def test_items_are_named_as_they_are_cited(kind: str, names: list[str | None], paths: list[str]) -> None:
    tag = "ol" if kind else "ul"
    items = "".join(item(name) for name in names)
    provision = only(f'<article class="legalP">Te:<{tag} type="{kind}">{items}</{tag}></article>')
    assert [path for path, _ in parts(provision)][1:] == [f"ledd/1/{path}" for path in paths]


def test_dashes_of_two_lists_in_a_ledd_are_counted_on() -> None:
    listed = f"<ul>{item('-')}{item('-')}</ul>"
    provision = only(f'<article class="legalP">Te:{listed}og{listed}</article>')
    assert [p for p, _ in parts(provision)] == [
        f"ledd/1{x}" for x in ("", "/strek/1", "/strek/2", "", "/strek/3", "/strek/4")
    ]


def test_an_empty_item_keeps_its_place() -> None:
    provision = only(f'<article class="legalP">Te:<ol type="a">{item("a.", "")}{item("b.")}</ol></article>')
    assert parts(provision)[1:] == [("ledd/1/bokstav/a", "a."), ("ledd/1/bokstav/b", "x")]


def test_text_within_a_frame_counts_as_ledd_and_inline_words_are_not_torn() -> None:
    inside = '<div class="indent"><article class="legalP">CO<sub>2</sub> er <i>gass</i>.</article></div><article class="legalP">To\u00a0ledd.</article>'
    assert parts(only(inside)) == [("ledd/1", "CO2 er gass."), ("ledd/2", "To\u00a0ledd.")]


@pytest.mark.parametrize(
    ("name", "value", "tail", "label"),
    [
        ("§13a-1", "§ 13 a-1", "§13A-1", "§ 13 a-1"),
        ("§1-1-3", "§ 1-1-3", "§1-1-3", "§ 1-1-3"),
        ("§8cb", "§ 8 cb", "§8cb", "§ 8 cb"),
        ("§5", "§ 5 jf. vedlegg", "§5", "§ 5"),
        ("5-3", "§ 5-3", "§5-3", "§ 5-3"),
        ("§x-1", "§ x-1", "§x-1", "§ x-1"),
        ("a6", "Artikkel 6", "a6", "artikkel 6"),
    ],
)
def test_every_numbering_has_an_id_and_a_label(name: str, value: str, tail: str, label: str) -> None:
    (provision,) = parse(article("<article class='legalP'>Te.</article>", name, value)).document.provisions
    assert provision.provision_id == f"{REFID}/{tail}"
    assert provision.label == f"forskrift om te {label}"


def test_two_sections_with_one_number_have_ids_of_their_own() -> None:
    text = "<article class='legalP'>Te.</article>"
    act = parse(article(text) + article(text) + article(text, "§21a") + article(text, "§21A"))
    ids = [p.provision_id for p in act.document]
    assert ids == [f"{REFID}/{tail}" for tail in ("§1", "§1~2", "§21a", "§21A")]
    assert act.document.provisions[1].label == "forskrift om te § 1 (forekomst 2)"


def test_a_chapter_without_text_is_kept_as_a_heading() -> None:
    section = (
        f'<section class="section" data-lovdata-URL="SF/{REFID}/KAPITTEL_1"><h2>Kapittel 1. (Opphevet)</h2></section>'
    )
    (provision,) = parse(section).document.provisions
    assert (provision.label, provision.text, provision.segments) == ("forskrift om te kapittel 1", "", ())
    assert provision.repealed == DATE_UNKNOWN


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"hei", id="text"),
        pytest.param(b"<html><body>", id="cut off"),
        pytest.param(b"<feed/>", id="another form"),
        pytest.param(b"<html><body><main/></body></html>", id="no header"),
        pytest.param(document("").replace(b"<main", b"<x").replace(b"</main", b"</x"), id="no text"),
        pytest.param(document("", refid="lov/../../etc"), id="refid that is a path"),
        pytest.param(b'<!DOCTYPE html [<!ENTITY a "b">]><html>&a;</html>', id="entities"),
        pytest.param(b'<!DOCTYPE html SYSTEM "file:///etc/passwd"><html/>', id="external reference"),
        pytest.param(b"<html>&a;</html>", id="undeclared entity"),
        pytest.param(b"<html>\xff\xfe</html>", id="not UTF-8"),
        pytest.param(
            '<!DOCTYPE html [<!ENTITY a "b">]><html>&a;</html>'.encode("utf-16"), id="UTF-16 to hide entities"
        ),
        pytest.param(document("<i>" * MAX_DEPTH + "</i>" * MAX_DEPTH), id="too deep"),
        pytest.param(document("<i>" * 5000 + "</i>" * 5000), id="far too deep"),
        pytest.param(b" " * (MAX_BYTES + 1), id="too large"),
    ],
)
def test_what_is_no_such_document_or_not_safe_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(LovdataDocumentError, match=r"^x\.xml: \S"):
        parse_act(data, ARCHIVED, file_name="x.xml")


def test_what_is_left_out_is_counted() -> None:
    assert COFFEE.left_out == {"innholdsfortegnelse": 4}  # a dash, and "Kapittel 1. Bønner"


# --- Invariants ----------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["te", "kaffe", "(1) melk", "1. is", "a", "", "æ &amp; ø", "\u00a0", "§ 3", "1", "|", "\n x"])
NAMES = st.sampled_from(["a.", "1.", "-", "ii.", "", "1", "²", "~", "/", "x" * 20, "99999999999999999999"])
WRAPPED = [
    "<article class='legalP'>{}</article>", "<article class='numberedLegalP' data-numerator='{n}'>{}</article>", "<i>{}</i>",
    "<article class='defaultP'>{}</article>", "<ol type='i'><li data-name='{n}'>{}</li></ol>", "<ul><li>{}</li>x</ul>", "<sub>{}</sub>",
    "<p class='leddfortsettelse'>{}</p>", "<article class='marginIdArticle'><span class='data-marginOriginalId'>{n}</span>{}</article>",
    "<table><thead><tr><th>{}</th></tr></thead><tbody><tr><td>{n}</td><td>{}</td></tr></tbody></table>",
    "<table><tr><td>a)</td><td>{}</td></tr><tr><td>b)</td></tr></table>", "<article class='futureLegalArticle'>{}</article>",
    "<article class='document-change'><article class='change'>{}</article></article>", "<div class='indent'>{}</div>",
    "<article class='changesToParent'>Endret ved <a href='lov/2098-01-01-1'>lov</a> (i kraft {}).</article>", "<br/>{}",
    "<footer class='footnotes'><article class='footnote'>{}</article></footer>", "<span class='miscHeadline'>{}</span>",
]  # fmt: skip


@st.composite
def fragments(draw: st.DrawFn, depth: int = 4) -> str:
    """Return elements of Lovdata's form, put together in any way."""
    text = draw(WORDS)
    for _ in range(draw(st.integers(0, 3)) if depth else 0):
        inside = draw(fragments(depth=depth - 1))
        text += (
            " "
            + draw(st.sampled_from(WRAPPED)).replace("{n}", draw(NAMES)).replace("{}", f" {inside} ")
            + f" {draw(WORDS)}"
        )
    return text


@settings(max_examples=40)
@given(fragments(), fragments())
def test_any_mixture_of_elements_keeps_its_words_and_every_part_its_address(first: str, second: str) -> None:
    section = f'<section class="section" data-lovdata-URL="SF/{REFID}/KAPITTEL_1"><h2>Kapittel 1</h2>{second}</section>'
    data = document(article(first) + section)
    parsed = parse_act(data, ARCHIVED)
    check = check_words(data, parsed)
    assert (check.lost, check.added) == ({}, {})
    assert len({p.provision_id for p in parsed.document}) == len(parsed.document.provisions)
    for provision in parsed.document:
        end = 0
        for segment in provision.segments:
            assert end <= segment.start < segment.end <= len(provision.text)
            end = segment.end
            assert Portion.parse(segment.portion.path) == segment.portion
            span = provision.span_of(segment.portion)
            assert span
            assert span[0] <= segment.start < segment.end <= span[1]


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: document(t)))
def test_any_bytes_are_parsed_or_refused(data: bytes) -> None:
    with suppress(LovdataDocumentError):
        assert parse_act(data, ARCHIVED).document.document_id == REFID


def test_every_section_and_part_of_the_invented_acts_reads_back_from_its_citation() -> None:
    for act in (COFFEE, LAW):
        known = frozenset(p.provision_id for p in act.document)
        for provision in act.document:
            try:
                address = Address.from_id(provision.provision_id)
            except AddressError:
                continue
            number = provision.label.rpartition("§")[2]
            for segment in provision.segments:
                wanted = Address(address.work, address.section, segment.portion)
                assert parse_address(f"{address.work} §{number} {segment.portion.format()}", known) == wanted
                assert parse_address(f"{provision.provision_id}/{segment.portion.path}", known) == wanted
