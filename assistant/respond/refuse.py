"""Refusals that need no look-up: personal data and attempts to give new instructions."""

from assistant import texts
from assistant.draft import Draft, abstain
from assistant.understand import safety
from assistant.understand.question import Understood


def refuse(question: Understood) -> Draft | None:
    """Return a refusal when the question asks for private data or tries to instruct the assistant."""
    if question.is_small_talk:
        return abstain(texts.SMALL_TALK)
    if safety.is_injection(question.raw):
        return abstain(texts.REFUSE_INJECTION)
    if safety.is_abuse(question.asked):
        return abstain(texts.REFUSE_ABUSE)
    if safety.asks_for_private_data(question.asked):
        return abstain(texts.REFUSE_PRIVATE)
    return None
