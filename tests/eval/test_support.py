"""Whether a source carries a sentence: what is said again passes, what is turned, changed or made up does not."""

import pytest

from eval.support import Claim, claims_of, is_carried, numbers_of

TEXT = (
    "(1) Badeverten skal ha badevakt når bassenget er åpent, og vakten skal kunne svømme 200 meter.\n"
    "(2) Badeverten kan ikke kreve betaling av barn under fem år.\n"
    "(3) Plikten etter § 1-2 gjelder ikke når bassenget er tomt, med mindre:\n"
    "a) det er dypere enn 1,25 meter\n"
    "b) gjerdet mangler"
)
LABEL = "badeanleggloven § 1-1"


def carried(claim: str, question: str = "") -> bool:
    """Return whether the invented provision carries a sentence."""
    return is_carried(claim, [LABEL, TEXT], question)


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param("Badeverten skal ha badevakt når bassenget er åpent, og vakten skal kunne svømme 200 meter.", id="word for word"),
        pytest.param("badeverten  skal ha badevakt når bassenget er åpent", id="the whole of a clause, other case and spacing"),
        pytest.param("Badeverten kan ikke kreve betaling av barn under 5 år.", id="a number in digits"),
        pytest.param("a) det er dypere enn 1,25 meter", id="an item of a list"),
        pytest.param("Når bassenget er åpent, skal badeverten ha badevakt, og vakten skal kunne svømme 200 meter.", id="in another order"),
        pytest.param("Dere må ha badevakt.", id="a piece in other small words"),
        pytest.param("Det er ikke helt slik.", id="a frame that states nothing"),
        pytest.param("Plikten gjelder ikke når bassenget er tomt", id="a negation kept"),
    ],
)  # fmt: skip
def test_what_the_text_says_is_carried(claim: str) -> None:
    assert carried(claim)


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param("Badeverten skal ha badevakt når bassenget er åpent, og vakten skal kunne svømme 300 meter.", id="another number"),
        pytest.param("Badeverten skal ha badevakt når bassenget er åpent, og vakten skal kunne svømme fem meter.", id="a number from elsewhere in the text"),
        pytest.param("Badeverten kan ikke kreve betaling av barn under seks år.", id="another number in words"),
        pytest.param("a) det er dypere enn 1,52 meter", id="another decimal"),
        pytest.param("Plikten etter § 1-3 gjelder ikke når bassenget er tomt, med mindre:", id="another address"),
        pytest.param("Badeverten skal ikke ha badevakt når bassenget er åpent, og vakten skal kunne svømme 200 meter.", id="a negation put in"),
        pytest.param("Badeverten kan kreve betaling av barn under fem år.", id="a negation taken out"),
        pytest.param("kreve betaling av barn under fem år", id="a negation left outside of the quoted part"),
        pytest.param("Plikten gjelder når bassenget er tomt", id="a negation taken out of a piece"),
        pytest.param("Badeverten kan ha badevakt når bassenget er åpent, og vakten kan svømme 200 meter.", id="a duty made a permission"),
        pytest.param("Badeverten skal ha brannvakt når bassenget er åpent, og vakten skal kunne svømme 200 meter.", id="another word"),
        pytest.param("Alle ansatte har krav på gratis lunsj og fri med lønn hver fredag.", id="made up"),
        pytest.param("Det er helt slik.", id="a frame turned"),
        pytest.param("Hallen skal stenges.", id="a rule of no text"),
    ],
)  # fmt: skip
def test_what_the_text_does_not_say_is_not_carried(claim: str) -> None:
    assert not carried(claim)


def test_numbers_of_the_question_may_be_repeated() -> None:
    claim = "Dere har 12 barn, og badeverten kan ikke kreve betaling av barn under fem år."
    assert carried(claim, "Vi har 12 barn i gruppa")
    assert not carried(claim, "Vi har 13 barn i gruppa")


def test_nothing_carries_a_sentence_without_texts() -> None:
    assert not is_carried("Badeverten skal ha badevakt.", [], "")


def test_among_sentences_as_like_one_that_fits_is_enough() -> None:
    texts = ["Barn under tre år skal ikke bade alene. Barn under tre år skal bade med voksen hos seg."]
    assert is_carried("Barn under tre år skal ikke bade alene.", texts, "")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("50 000 kroner og 1.000 meter", {"50000", "1000"}),
        ("1,25 meter", {"1,25"}),
        ("fem eller ti", {"5", "10"}),
        ("§ 13-1 andre ledd, §2 A-6 og 18-10a", {"§13-1", "§2a-6", "§18-10a"}),
        ("§ 5 første ledd", {"§5"}),
        ("10–30 arbeidstakere", {"§10-30"}),
        ("ingen", set()),
    ],
)
def test_numbers_are_told_from_addresses(text: str, numbers: set[str]) -> None:
    assert numbers_of(text) == numbers


def test_claims_are_the_sentences_of_marked_paragraphs() -> None:
    answer = "**Badeverten skal ha badevakt. Vakten skal svømme.** [1][2]\n\n- a) dypt \\[sic\\] vann\n- b) mangler gjerde [3]"
    assert claims_of(answer) == [
        Claim("Badeverten skal ha badevakt.", (1, 2)),
        Claim("Vakten skal svømme.", (1, 2)),
        Claim("a) dypt [sic] vann", (3,)),
        Claim("b) mangler gjerde", (3,)),
    ]


def test_a_quotation_rests_on_the_paragraph_above_it() -> None:
    answer = "Dere må ha badevakt. [2]\n\n> «… Badevert skal ha vakt …» (badeanleggloven § 1-1)"
    assert claims_of(answer)[1:] == [Claim("Badevert skal ha vakt", (2,)), Claim("(badeanleggloven § 1-1)", (2,))]


def test_the_next_step_rests_on_all_that_is_cited() -> None:
    answer = "Dere må ha badevakt. [1]\n\nVakten svømmer. [2]\n\n**Neste steg:** Prøv vakten over 200 meter."
    assert claims_of(answer)[-1] == Claim("Prøv vakten over 200 meter.", (1, 2))


def test_a_heading_behind_its_label_is_no_claim_and_a_rule_there_is_one() -> None:
    """The text of a provision does not hold its heading"""
    assert claims_of("**badeanleggloven § 1-1: Plikter.** [1]")[1:] == [Claim("Plikter.", (1,))]
    assert claims_of("**badeanleggloven § 1-1: Badevakt og tilsyn.** [1]")[1:] == []
    assert claims_of("Badevakt er forbudt etter badeanleggloven: Tilsyn og vakt. [1]")[1:] == [
        Claim("Tilsyn og vakt.", (1,))
    ]


def test_a_rule_or_a_number_without_a_marker_is_a_claim_without_a_source() -> None:
    answer = (
        "Dere må ha badevakt. [1]\n\nGebyret er 5000 kroner. Hele teksten ligger i kilden.\n\n**Må dere ha stupetårn?**"
    )
    assert claims_of(answer)[1:] == [Claim("Gebyret er 5000 kroner.", ())]


# --- The list of § 13-1 and what was read by hand ------------------------------------------------------------------------------

LIST = "Virksomheter i næringsgruppene på lista.\n55.1 Drift av hoteller\n96.21 Frisering og barbering"


@pytest.mark.parametrize(
    ("claim", "is_right"),
    [
        ("Drift av hoteller (55.1) står på lista i § 13-1, og da gjelder plikten uansett hvor mange dere er.", True),
        ("Drift av hoteller (55.1) står ikke på lista i § 13-1, så risikoen hos dere avgjør.", False),
        ("Drift av moteller (55.1) står på lista i § 13-1, og da gjelder plikten uansett hvor mange dere er.", False),
        ("Drift av hoteller (69.2) står på lista i § 13-1, og da gjelder plikten uansett hvor mange dere er.", False),
        ("Regnskapskontor (69.202) står ikke på lista i § 13-1, så risikoen hos dere avgjør.", True),
        ("Næringskode 96.210 står ikke på lista i § 13-1, så risikoen hos dere avgjør.", False),
        ("Næringskode 62.100 står ikke på lista i § 13-1, så risikoen hos dere avgjør.", True),
        ("Regnskapskontor (69.202) står på lista i § 13-1, og da gjelder plikten uansett hvor mange dere er.", False),
    ],
)  # fmt: skip
def test_a_code_is_on_the_list_or_not(claim: str, is_right: bool) -> None:
    assert is_carried(claim, ["forskrift om organisering § 13-1", LIST], "") is is_right
