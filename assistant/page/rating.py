"""The rating under the last answer as plain functions: what is shown, and what becomes of a click. No Gradio here."""

from collections.abc import Mapping
from html import escape
from typing import Any

from assistant import texts as labels
from assistant.errors import FeedbackError
from assistant.feedback import FeedbackStore, Rated, Rating, Reason
from assistant.page import texts

NOTHING = ""
_CANCEL = "cancel"


def render_ask() -> str:
    """Return the question whether the answer helped."""
    return (
        f'<div class="rate" role="group" aria-labelledby="rate-title"><p id="rate-title">{texts.RATE}</p>'
        f'<button type="button" data-rate="{Rating.UP.value}">{texts.RATE_YES}</button>'
        f'<button type="button" data-rate="{Rating.DOWN.value}">{texts.RATE_NO}</button>'
        f'<p class="stored">{texts.RATE_STORED}</p></div>'
    )


def render_reasons(problem: str = "") -> str:
    """Return the choice of what was wrong.

    Args:
        problem: What hinders sending.
    """
    options = "".join(
        f'<li><label><input type="radio" name="rate-reason" value="{reason.value}"> {labels.FEEDBACK_REASONS[reason.value]}</label></li>'
        for reason in Reason
    )
    told = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    return (
        f'<div class="rate why"><fieldset><legend tabindex="-1" data-focus>{texts.RATE_WHY}</legend><ul>{options}</ul></fieldset>{told}'
        f'<p class="actions"><button type="button" class="main" data-rate-send>{texts.RATE_SEND}</button>'
        f'<button type="button" data-rate="{_CANCEL}">{texts.RATE_CANCEL}</button></p><p class="stored">{texts.RATE_STORED}</p></div>'
    )


def render_told(text: str) -> str:
    """Return what is said once it is done, or could not be done."""
    return f'<div class="rate"><p role="status" tabindex="-1" data-focus>{escape(text)}</p></div>'


def rate(store: FeedbackStore, chosen: Any, rated: Rated | None) -> str:
    """Return what to show after a click, the rating stored when it is whole.

    Args:
        store: Where ratings are kept.
        chosen: What the browser sent: {"rating", "reason"}.
        rated: The answer; None when it is gone.
    """
    values: Mapping[str, Any] = chosen if isinstance(chosen, Mapping) else {}
    rating, reason = str(values.get("rating")), str(values.get("reason"))
    if rating == _CANCEL:
        return render_ask()
    if rating not in set(Rating):
        return NOTHING
    if rated is None:
        return render_told(texts.RATE_GONE)
    if rating == Rating.DOWN and "reason" not in values:
        return render_reasons()
    if rating == Rating.DOWN and reason not in set(Reason):
        return render_reasons(texts.RATE_CHOOSE)
    try:
        store.add(Rating(rating), rated, Reason(reason) if rating == Rating.DOWN else None)
    except FeedbackError as error:
        return render_told(str(error))
    return render_told(texts.RATE_THANKS if rating == Rating.UP else texts.RATE_THANKS_NO)
