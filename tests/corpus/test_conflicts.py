"""Claims that contradict the law: each wrong one is found, and no true, denied, past or asked one."""

import re
import time
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import ftfy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import Address, Portion
from corpus.conflicts import ConflictKind, find_conflicts, find_outdated
from corpus.document import Document, Kind, Level, Provision, Segment
from corpus.library import Library, load_library
from tests.corpus.reference import reference_folder

LIBRARY = load_library()
DATA = Path(__file__).parents[1] / "data" / "own"
THRESHOLD, REFERENCE, OUTDATED = ConflictKind.THRESHOLD, ConflictKind.REFERENCE, ConflictKind.OUTDATED


def make_document(text: str, *, level: Level = Level.COMMERCIAL, written: date | None = None) -> Document:
    """Return a document with a provision for each Markdown heading and a segment for each line."""
    provisions = []
    for number, part in enumerate(re.split(r"^#+ ", "\n" + text, flags=re.MULTILINE), 1):
        heading, _, body = part.partition("\n") if number > 1 else ("", "", part)
        body = body.strip("\n")
        lines = [m.span() for m in re.finditer(r"\S[^\n]*", body)]
        if lines:
            provisions.append(
                Provision(
                    provision_id=f"eget/papir/{number}",
                    kind=Kind.OWN,
                    level=level,
                    source="Papir",
                    label="Papir",
                    heading=heading,
                    path=(),
                    text=body,
                    segments=tuple(Segment(portion=Portion(), start=a, end=b) for a, b in lines),
                    url="",
                    checked=date(2026, 11, 22),
                    text_date=written,
                )
            )
    return Document(
        document_id="eget/papir",
        title="Papir",
        name="Papir",
        abbreviation="",
        level=level,
        url="",
        provisions=tuple(provisions),
        text_date=written,
        checked=date(2026, 11, 22),
    )


def kinds_in(text: str, library: Library) -> list[ConflictKind]:
    return [c.kind for c in find_conflicts(make_document(text), library)]


SENTENCES = tomllib.loads((DATA / "setninger.toml").read_text(encoding="utf-8"))
WRONG: list[tuple[str, str]] = [(text, kind) for text, kind in SENTENCES["wrong"]]
RIGHT: list[str] = SENTENCES["right"]


@pytest.mark.parametrize(("text", "kind"), WRONG, ids=[w[0][:60] for w in WRONG])
def test_a_wrong_claim_is_found(text: str, kind: str, library: Library) -> None:
    assert kind in kinds_in(text, library)


@pytest.mark.parametrize("text", RIGHT, ids=[r[:60] for r in RIGHT])
def test_a_true_or_harmless_sentence_is_left_alone(text: str, library: Library) -> None:
    assert kinds_in(text, library) == []


MORE_WRONG = [
    "Når dere er over 10 ansatte, må dere ha verneombud.",
    "Verneombud må ein ha når ein er fleire enn 10.",
    "AMU-plikten gjelder bare bedrifter over 30.",
    "Grensa for verneombud er 10.",
]


@pytest.mark.parametrize("text", MORE_WRONG)
def test_a_limit_is_read_where_the_noun_is_left_out(text: str, library: Library) -> None:
    assert kinds_in(text, library) == [THRESHOLD]


@pytest.mark.parametrize(
    "text",
    [
        "# Verneombud\nLovpålagt i alle bedrifter over 10 ansatte.",
        "# Roller\nVerneombud\nKreves i bedrifter med mer enn 10 ansatte. Han velges for to år.",
        "# Roller\nVerneombud:\n- Kreves i bedrifter med mer enn 10 ansatte",
        "# Verneombud\n| Antall ansatte | Krav |\n|---|---|\n| 10+ | Påbudt |",
        "# Roller\n| Ansatte | Verneombud |\n|---|---|\n| Under 10 | Kan avtales bort, ikke påbudt |",
        "# Bedriftshelsetjeneste\n50+ | Obligatorisk | Gjelder alle",
    ],
    ids=["heading", "heading in the text", "lead-in", "table", "header of the table", "row without its table"],
)
def test_what_stands_above_says_which_duty_a_limit_is_of(text: str, library: Library) -> None:
    assert kinds_in(text, library) == [THRESHOLD]


@pytest.mark.parametrize(
    "text",
    [
        "# Myter om HMS\nVerneombud kreves først fra 10 ansatte.",
        "# Om HMS\nVanlige myter\nVerneombud kreves først fra 10 ansatte.",
        "# Bedriftshelsetjeneste\n| Type kostnad | Beskrivelse |\n|---|---|\n| Årsavgift | Fast pris basert på antall ansatte |\n| 20–49 | 9 000 kr |",
        "# Verneombud\n| Antall ansatte | Krav |\n|---|---|\n| 1–4 | Kan avtales bort |\n| 5+ | Påbudt |",
        "# Om oss\nVi ble startet i 2004 og har over 50 ansatte som må være på jobb før kl. 8.",
    ],
    ids=["myths", "myths in the text", "prices", "right table", "no duty"],
)
def test_a_number_under_another_heading_is_no_limit(text: str, library: Library) -> None:
    assert kinds_in(text, library) == []


def test_the_claim_is_exactly_what_stands_in_the_provision(library: Library) -> None:
    document = make_document((DATA / "leverandor.md").read_text(encoding="utf-8"))
    texts = {p.provision_id: p.text for p in document}
    found = find_conflicts(document, library)
    assert found
    assert all(texts[c.provision_id][c.start : c.end] == c.claim for c in found)
    assert all(c.claim == c.claim.strip() and c.rule.endswith(".") and c.provisions for c in found)


def test_the_mistakes_of_a_page_are_all_found_and_nothing_else(library: Library) -> None:
    found = find_conflicts(make_document((DATA / "leverandor.md").read_text(encoding="utf-8")), library)
    assert [(c.kind, c.claim.split("  ")[0].strip("| ")) for c in found] == [
        (THRESHOLD, "1–9"),
        (THRESHOLD, "10–24"),
        (THRESHOLD, "25+"),
        (THRESHOLD, "Kreves i alle virksomheter med ti ansatte eller flere."),
        (THRESHOLD, "Færre enn ti kan avtale en annen ordning."),
        (THRESHOLD, "Lovpålagt fra 50 ansatte, og mellom 20 og 50 når en av partene krever det."),
    ]


def test_a_handbook_without_mistakes_has_no_conflict(library: Library) -> None:
    assert find_conflicts(make_document((DATA / "handbok.md").read_text(encoding="utf-8")), library) == ()


def test_the_reason_names_the_ranks_and_what_changed_since(library: Library) -> None:
    document = make_document("AMU er påbudt fra 50 ansatte.", written=date(2021, 3, 3))
    (conflict,) = find_conflicts(document, library)
    assert conflict.reason == "Loven går foran (nivå 1 mot 5). Endret 1. januar 2024; dokumentet er fra 2021."
    assert conflict.provisions[0] == Address("lov/2005-06-17-62", "7-1", Portion.parse("ledd/1"))


def test_the_reason_leaves_out_a_change_that_the_document_is_newer_than(library: Library) -> None:
    (conflict,) = find_conflicts(make_document("AMU er påbudt fra 50 ansatte.", written=date(2025, 3, 3)), library)
    assert conflict.reason == "Loven går foran (nivå 1 mot 5)."


def test_a_regulation_prevails_as_a_regulation(library: Library) -> None:
    (conflict,) = find_conflicts(
        make_document("Bilverksted med kode 45.200 er på bransjelista for BHT.", level=Level.PUBLIC), library
    )
    assert conflict.reason == "Forskriften går foran (nivå 2 mot 4)."
    assert "95.310" in conflict.rule


def test_one_mistake_is_reported_once(library: Library) -> None:
    found = find_conflicts(make_document("Alle bedrifter med over 50 ansatte må ha bedriftshelsetjeneste."), library)
    assert len(found) == 1


def test_a_law_has_no_conflicts_with_itself(library: Library) -> None:
    document = make_document("AMU er påbudt fra 50 ansatte.", level=Level.LAW)
    assert find_conflicts(document, library) == ()


def test_nothing_in_the_core_contradicts_the_core(library: Library) -> None:
    documents = [replace(d, level=Level.COMMERCIAL) for d in library.core]
    assert [c.claim for d in documents for c in find_conflicts(d, library)] == []


def test_the_right_rules_of_the_lists_are_left_alone(library: Library) -> None:
    rules = [m.rule for m in library.misunderstandings] + [t.rule for t in library.thresholds]
    assert kinds_in("\n".join(rules), library) == []


def test_a_section_that_only_the_library_has_does_exist(library: Library) -> None:
    text = "Se arbeidsmiljøloven § 3-9."
    act = next(d for d in library.core if d.document_id == "lov/2005-06-17-62")
    newer = replace(act.provisions[0], provision_id="lov/2005-06-17-62/§3-9")
    assert kinds_in(text, library) == [REFERENCE]
    assert kinds_in(text, Library((*library.core, replace(act, provisions=(newer,))))) == []


def test_a_repealed_section_names_where_the_rule_is_now(library: Library) -> None:
    (conflict,) = find_conflicts(make_document("Straff følger av arbeidsmiljøloven § 19-7."), library)
    assert conflict.kind is REFERENCE
    assert "opphevet" in conflict.rule


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        ("Verneombud er regulert i arbeidsmiljøloven § 6-1.", date(2021, 5, 1), ["§ 6-1"]),
        ("Verneombud er regulert i arbeidsmiljøloven § 6-1.", date(2024, 1, 1), []),
        ("Verneombud er regulert i arbeidsmiljøloven § 6-1.", None, []),
        ("Arbeidsmiljøloven § 2-1 legger plikten på arbeidsgiveren.", date(2021, 5, 1), []),
        # The latest change is the one to name, and a provision is flagged once.
        (
            "Se arbeidsmiljøloven § 6-1 og forskrift om organisering, ledelse og medvirkning § 13-1.",
            date(2021, 5, 1),
            ["§ 13-1"],
        ),
    ],
    ids=["older", "same day", "no date", "never changed", "two"],
)
def test_a_document_older_than_the_rule_it_cites_is_flagged(
    text: str, written: date | None, expected: list[str], library: Library
) -> None:
    found = find_outdated(make_document(text, written=written), library)
    assert [c.kind for c in found] == [OUTDATED] * len(expected)
    assert all(c.claim.endswith(claim) for c, claim in zip(found, expected, strict=True))
    assert all(text[c.start : c.end] == c.claim for c in found)


def test_what_a_note_explains_is_checked_as_what_it_cites(library: Library) -> None:
    document = make_document("Slik virker utvalget.", written=date(2021, 5, 1))
    note = replace(document.provisions[0], explains=(Address("lov/2005-06-17-62", "7-1"),))
    (conflict,) = find_outdated(replace(document, provisions=(note,)), library)
    assert conflict.claim == "Slik virker utvalget."
    assert conflict.reason == "Endret 1. januar 2024; dokumentet er fra 2021."


def seed(number: str) -> str:
    """Return the text of a sample, mended; skips where the samples are not."""
    files = sorted((reference_folder().parent / "seeds").glob(f"{number}_*"))
    if not files:
        pytest.skip("the samples are not here")
    return ftfy.fix_text(files[0].read_text(encoding="utf-8"))


def test_the_sample_with_wrong_rules_is_found_out(library: Library) -> None:
    found = find_conflicts(make_document(seed("000")), library)
    assert [c.kind for c in found] == [REFERENCE, THRESHOLD, THRESHOLD, THRESHOLD]
    assert [c.claim.split()[1] for c in found[1:]] == ["50+", "20–49", "Under"]


def test_the_sample_with_old_limits_is_found_out(library: Library) -> None:
    found = find_conflicts(make_document(seed("002")), library)
    assert [c.provisions[0].section for c in found] == ["6-1", "7-1"]


@pytest.mark.parametrize("number", ["001", "003", "004"])
def test_a_sample_without_mistakes_has_no_conflict(number: str, library: Library) -> None:
    assert find_conflicts(make_document(seed(number)), library) == ()


def test_a_long_document_takes_seconds(library: Library) -> None:
    sentences = [*(w[0] for w in WRONG), *RIGHT]
    document = make_document("\n".join(sentences[n % len(sentences)] for n in range(1000)))
    find_conflicts(make_document("\n".join(sentences)), library)
    start = time.process_time()
    found = find_conflicts(document, library)
    assert len(found) > 300
    assert time.process_time() - start < 5


PIECES = st.sampled_from(
    ["verneombud", "BHT", "AMU", "§ 3-3", "aml", "50", "–", "ansatte", "over", "\n", "\n\n", "| ", "- ", ". ", "45.2", "kode", "må", "2024", "1. januar", " ", "é", "\u00ad", "?", "\t", "(", "**", "1) "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_read_and_every_claim_lies_in_it(text: str) -> None:
    document = make_document(text, written=date(2010, 1, 1))
    texts = {p.provision_id: p.text for p in document}
    for conflict in (*find_conflicts(document, LIBRARY), *find_outdated(document, LIBRARY)):
        assert conflict.claim
        assert texts[conflict.provision_id][conflict.start : conflict.end] == conflict.claim
