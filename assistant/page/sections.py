"""What the page says before the first question: the header, questions to begin with, what it is and is not."""

from dataclasses import dataclass
from datetime import date
from html import escape

from assistant.nynorsk import Language
from assistant.page import texts
from assistant.page.frame import ICON
from corpus.library import Library

_HIDDEN_ICON = ICON.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the answers rest on, told in the page's header. `text_date` is the date of the newest rule text."""

    acts: int
    provisions: int
    notes: int = 0
    text_date: date | None = None

    @classmethod
    def of(cls, library: Library) -> "Coverage":
        """Return the coverage of the library."""
        rules = [p for p in library.known if not p.startswith(("veiledning/", "eget/"))]
        dates = [d.text_date for d in library.core if d.abbreviation]
        dates += (
            [d.text_date for d in library.store.documents.values() if d.source == "lovdata"] if library.store else []
        )
        return cls(
            acts=len({"/".join(p.split("/")[:2]) for p in rules}),
            provisions=len(rules),
            notes=sum(p.startswith("veiledning/") for p in library.known),
            text_date=max((day for day in dates if day), default=None),
        )


def header_html(
    coverage: Coverage | None, language: Language = Language.BOKMAAL, default: Language = Language.BOKMAAL
) -> str:
    """Return the header: what this is, what it is not, what it rests on, and the choice of language.

    Args:
        coverage: What it rests on; not said when None.
        language: What the page is written in.
        default: What it is written in at the address without a language.
    """
    rests_on = (
        texts.coverage(coverage.acts, coverage.provisions, coverage.notes, coverage.text_date) if coverage else ""
    )
    return (
        f'<div class="brand">{_HIDDEN_ICON}<h1>{texts.NAME}</h1></div>'
        f'<p class="tagline">{texts.TAGLINE}</p>'
        f'<p class="reservation"><strong>{texts.NOT_ADVICE}</strong> {escape(rests_on)}</p>{_languages(language, default)}'
    )


def welcome_html() -> str:
    """Return what stands in the talk before the first question: questions to begin with, by who asks."""
    groups = "".join(
        f"<li><h3>{role}</h3><ul>{''.join(map(_starter, questions))}</ul></li>" for role, questions in texts.STARTERS
    )
    return (
        f'<section class="welcome" aria-labelledby="welcome-title"><h2 id="welcome-title">{texts.WELCOME}</h2>'
        f"<p>{texts.WELCOME_HINT}</p><ul>{groups}</ul></section>"
    )


def about_html() -> str:
    """Return the section on what this is and is not, the sources, and privacy."""
    parts = "".join(
        f"<section><h3>{title}</h3>{''.join(f'<p>{text}</p>' for text in paragraphs)}</section>"
        for title, paragraphs in texts.ABOUT_PARTS
    )
    return f'<section class="about"><h2>{texts.ABOUT}</h2><div class="about-parts">{parts}</div></section>'


def _starter(question: str) -> str:
    return f'<li><button type="button" data-ask="{escape(question, quote=True)}">{escape(question)}</button></li>'


def _languages(current: Language, default: Language) -> str:
    """Return the way to the page in each language; frame.js keeps what is chosen in the browser."""
    links = "".join(
        f'<li><a href="{"./" if language is default else language.value}" lang="{language.value}" hreflang="{language.value}" '
        f'data-language="{language.value}" aria-current="{str(language is current).lower()}">{name}</a></li>'
        for language, name in texts.LANGUAGES.items()
    )
    told = f"<p>{texts.OF_THE_SOURCES}</p>" if current is Language.NYNORSK else ""
    return f'<nav class="languages" aria-label="{texts.LANGUAGE}"><ul>{links}</ul>{told}</nav>'
