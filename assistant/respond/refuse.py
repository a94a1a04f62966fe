"""Refusals that need no look-up: personal data, attempts to give new instructions, and what no source can tell."""

from datetime import date

from assistant import texts
from assistant.draft import Draft, abstain
from assistant.understand import safety, scope
from assistant.understand.question import Understood


def refuse(question: Understood, today: date) -> Draft | None:
    """Return a refusal when the question asks for private data, instructs the assistant, or is about other law than Norway's of today."""
    if question.is_small_talk:
        return abstain(texts.SMALL_TALK)
    if safety.is_injection(question.raw):
        return abstain(texts.REFUSE_INJECTION)
    if safety.is_abuse(question.asked):
        return abstain(texts.REFUSE_ABUSE)
    if safety.asks_for_private_data(question.asked):
        return abstain(texts.REFUSE_PRIVATE)
    if scope.asks_foreign_law(question.text):
        return abstain(texts.FOREIGN_LAW)
    if scope.asks_forecast(question.text, today):
        return abstain(texts.FORECAST)
    return None
