"""The tab Påstandssjekk: a text that is pasted in, claim by claim, each with the provision that decides."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Protocol

from assistant import texts as answer_texts
from assistant.errors import QuestionError
from assistant.nynorsk import Language
from assistant.page.tabs import texts
from assistant.page.tabs.form import Fields, Form, FormError
from assistant.page.tabs.result import render_quote, render_result, render_warnings
from assistant.page.tabs.tool import build_tool
from assistant.page.texts import format_number
from assistant.page.watch import NOBODY, Watch
from assistant.verify.render import FINDINGS, summary
from assistant.verify.text import MAX_TEXT, Finding, VerifiedClaim, VerifiedText

_FORM = Form("claims-form")
_FIELD = "text"
_ROWS = 10
# A text somewhat too long is told its own limit; beyond this nothing is read.
_LONGEST = 10 * MAX_TEXT
_AT_ONCE = 2  # a long text takes a processor for seconds
_STYLES = {Finding.SUPPORTED: "ja", Finding.CONTRADICTED: "corrected", Finding.NOT_FOUND: "abstained"}


class Verifier(Protocol):
    """What the tab needs of the assistant."""

    notices: tuple[str, ...]

    def verify(self, text: str) -> VerifiedText:
        """Return the claims of a text with what the sources say of them.

        Raises:
            QuestionError: The text is empty or too long.
        """
        ...


def build_claims(assistant: Verifier, language: Language, watch: Watch = NOBODY) -> None:
    """Put the tool into the panel that is open.

    Args:
        assistant: Who checks.
        language: What the page is written in.
        watch: Counts and logs each use.
    """
    build_tool(
        _FORM, texts.CLAIMS, texts.CLAIMS_INTRO, render_form(), texts.CLAIMS_GIVES, lambda fields: check(fields, assistant),
        longest=_LONGEST, at_once=_AT_ONCE, language=language, watch=watch,
    )  # fmt: skip


def render_form() -> str:
    """Return the form: a text."""
    hint = texts.CLAIMS_HINT.format(limit=format_number(MAX_TEXT))
    area = _FORM.area(_FIELD, texts.CLAIMS_TEXT, hint, placeholder=texts.CLAIMS_EXAMPLE, rows=_ROWS)
    return _FORM.whole((area,), texts.CLAIMS_SEND)


def check(fields: Fields, assistant: Verifier, today: date | None = None) -> str:
    """Return the result for the text that was pasted in.

    Args:
        fields: The form.
        assistant: Who checks.
        today: The day it is asked; None for today.

    Raises:
        FormError: There is no text, too much of it, or nothing in it that can be checked.
    """
    try:
        verified = assistant.verify(fields.text(_FIELD))
    except QuestionError as error:
        raise FormError({_FIELD: str(error)}) from error
    if not verified.claims:
        raise FormError({_FIELD: answer_texts.NO_CLAIMS})
    return render(verified, assistant.notices, today or date.today())


def render(verified: VerifiedText, notices: Sequence[str], today: date) -> str:
    """Return the claims in their order, what the sources say of each, and what "not found" means."""
    claim, says = texts.CLAIMS_COLUMNS
    rows = "".join(map(_row, verified.claims))
    body = (
        render_warnings(notices),
        f'<table class="checked claims"><thead><tr><th scope="col">{claim}</th><th scope="col">{says}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>",
        f'<p class="foot">{answer_texts.CLAIMS_RESERVATION}</p>',
    )
    return render_result(texts.CLAIMS, summary(verified).rstrip("."), "".join(body), today)


def _row(claim: VerifiedClaim) -> str:
    told = claim.reason if claim.citations or claim.reason else texts.CLAIMS_NO_SOURCE
    reason = f"<p>{escape(told)}</p>" if told else ""
    quotes = "".join(map(render_quote, claim.citations))
    badge = f'<span class="badge badge-{_STYLES[claim.finding]}">{FINDINGS[claim.finding]}</span>'
    return (
        f'<tr><th scope="row">{escape(" ".join(claim.text.split()))}</th>'
        f'<td data-label="{texts.CLAIMS_COLUMNS[1]}"><p>{badge}</p>{reason}{quotes}</td></tr>'
    )
