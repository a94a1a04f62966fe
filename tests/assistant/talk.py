"""How the tests talk with the assistant."""

from assistant.answer import Answer, Turn
from assistant.dialogue import Assistant


def make_history(*messages: str) -> tuple[Turn, ...]:
    """Return the turns of a talk that the user began."""
    roles = ("user", "assistant")
    return tuple(Turn(role=roles[number % 2], content=message) for number, message in enumerate(messages))


def ask(assistant: Assistant, question: str, *messages: str) -> Answer:
    """Return the answer to a question after the messages of a talk, the user's first."""
    return assistant.ask(question, make_history(*messages))


def cited(answer: Answer) -> list[str]:
    """Return what the answer cites, each as the provision's id with the part behind it."""
    return [f"{c.provision_id} {c.portion.path}".strip() for c in answer.citations]
