"""What is said in nynorsk, and what is left as it was said."""

import pytest

from assistant.nynorsk import Language, say, say_html

NN = Language.NYNORSK


@pytest.mark.parametrize(
    ("bokmaal", "nynorsk"),
    [
        pytest.param("Skriv spørsmålet her", "Skriv spørsmålet her", id="the same"),
        pytest.param("Vis kildene (3)", "Vis kjeldene (3)", id="a figure"),
        pytest.param("Åpne samtalen: {title}", "Opne samtalen: {title}", id="a slot for the browser"),
        pytest.param("{length} av {limit} tegn", "{length} av {limit} teikn", id="figures for the browser"),
        pytest.param("Ingen treff på «Kilder»", "Ingen treff på «Kilder»", id="words of the user's within ours"),
        pytest.param("Svar. [1] Prøv igjen.", "Svar. [1] Prøv igjen.", id="nothing of ours"),
        pytest.param(
            "Bygger på 1\N{NO-BREAK SPACE}427 paragrafer i 20 lover og forskrifter og 2 veiledninger, tekst per 2. juli 2026.",
            "Byggjer på 1\N{NO-BREAK SPACE}427 paragrafar i 20 lover og forskrifter og 2 rettleiingar, tekst per 2. juli 2026.",
            id="parts of ours put into one of ours",
        ),
        pytest.param(
            "**Ikke automatisk. Butikk (47.1) står ikke på lista i § 13-1, så risikoen hos dere avgjør.** [1][2]\n\nPlikten gjelder alle. [1]",
            "**Ikkje automatisk. Butikk (47.1) står ikkje på lista i § 13-1, så risikoen hos dykk avgjer.** [1][2]\n\nPlikten gjelder alle. [1]",
            id="an answer: ours, and the source's own",
        ),
        pytest.param("2 støttet, 1 motsagt, 0 ikke funnet", "2 stødd, 1 motsagd, 0 ikkje funne", id="a list of ours"),
        pytest.param("støy, ikke funnet", "støy, ikke funnet", id="a list that is not all ours"),
        pytest.param("Plikten gjelder først fra ansettelsen.", "Plikten gjelder først fra ansettelsen.", id="no date"),
    ],
)  # fmt: skip
def test_our_sentences_are_said_in_nynorsk(bokmaal: str, nynorsk: str) -> None:
    """Nothing is changed but what is known to be ours"""
    assert say(bokmaal, NN) == nynorsk
    assert say(bokmaal, Language.BOKMAAL) == bokmaal


def test_what_is_said_once_is_said() -> None:
    """A text may pass twice, as the talk does that the browser sends back"""
    said = say("Kildene finnes ikke. Leter i reglene …", NN)
    assert say(said, NN) == said


def test_html_is_said_but_for_what_others_said() -> None:
    """Quotes, headings and questions stay; labels, titles and HTML within attributes do not"""
    html = (
        '<article class="turn"><h3>Du spurte</h3><p data-verbatim>Kilder <b>Svar</b></p></article><blockquote>Kilder</blockquote>'
        '<p class="line item">Lover <mark data-n="1">Kilder</mark></p><p>Lover &amp; &lt;b&gt;</p><input placeholder="Kilder" value="Kilder">'
        '<div data-failed="&lt;p&gt;Prøv igjen, eller bruk en annen modell.&lt;/p&gt;" data-tab="Kilder" title="Lukk">Kilder</div>'
    )
    said = say_html(html, NN)
    assert said == (
        '<article class="turn"><h3>Du spurte</h3><p data-verbatim>Kilder <b>Svar</b></p></article><blockquote>Kilder</blockquote>'
        '<p class="line item">Lover <mark data-n="1">Kilder</mark></p><p>Lover &amp; &lt;b&gt;</p><input placeholder="Kjelder" value="Kilder">'
        '<div data-failed="&lt;p&gt;Prøv igjen, eller bruk ein annan modell.&lt;/p&gt;" data-tab="Kilder" title="Lukk">Kjelder</div>'
    )
    assert say_html(html, Language.BOKMAAL) == html


def test_nothing_that_is_escaped_becomes_markup() -> None:
    """A text that holds tags stays a text"""
    html = "<p>Fant ikke modellen «&lt;script&gt;» på &lt;img src=x&gt;.</p>"
    assert say_html(html, NN) == "<p>Fann ikkje modellen «&lt;script&gt;» på &lt;img src=x&gt;.</p>"
