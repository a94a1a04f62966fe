"""What was understood about the asker's company, as chips that can be taken away. Plain functions; everything is escaped here."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Protocol

from assistant.answer import Turn
from assistant.errors import QuestionError
from assistant.page import texts
from assistant.understand.facts import Fact
from assistant.understand.question import Understood


class Understanding(Protocol):
    """What the chips need of the assistant."""

    def understand(self, question: str, history: Sequence[Turn]) -> Understood:
        """Return the question understood, as it is answered.

        Raises:
            QuestionError: The question cannot be taken as one.
        """
        ...

    def forget(self, history: Sequence[Turn], fact: Fact) -> tuple[Turn, ...]:
        """Return the talk as it would be had the user never told the fact; a turn that told nothing else is left empty."""
        ...


def read_facts(assistant: Understanding, turns: Sequence[Turn]) -> dict[Fact, str]:
    """Return what the talk up to and with its last question tells of the company, in words to show."""
    told = [turn for turn in turns if turn.content]
    asked = next((n for n in reversed(range(len(told))) if told[n].role == "user"), None)
    if asked is None:
        return {}
    try:
        return assistant.understand(told[asked].content, told[:asked]).company.facts
    except QuestionError:
        return {}


def render_facts(facts: Mapping[Fact, str]) -> str:
    """Return the chips, nothing when nothing is known."""
    if not facts:
        return ""
    chips = "".join(
        f'<li><button type="button" class="chip" data-forget="{fact.value}" data-fact="{escape(words, quote=True)}" '
        f'aria-label="{escape(texts.FORGET.format(fact=words), quote=True)}">{escape(words)}<span aria-hidden="true">×</span></button></li>'
        for fact, words in facts.items()
    )
    return (
        f'<div class="facts"><p id="facts-title">{texts.FACTS}</p><ul aria-labelledby="facts-title">{chips}</ul></div>'
    )


def forget_fact(assistant: Understanding, sent: Any) -> dict[str, Any]:
    """Return the talk without a fact, as {"contents", "facts", "notice"}.

    Args:
        assistant: Who knows what tells the fact.
        sent: What the browser sent: {"fact", "words", "messages": [{"role", "content"}]}.
    """
    values: Mapping[str, Any] = sent if isinstance(sent, Mapping) else {}
    turns = _read_turns(values.get("messages"))
    if values.get("fact") in set(Fact):
        turns = assistant.forget(turns, Fact(values["fact"]))
    notice = texts.FORGOTTEN.format(fact=str(values.get("words", ""))[:80])
    return {
        "contents": [turn.content for turn in turns],
        "facts": render_facts(read_facts(assistant, turns)),
        "notice": notice,
    }


def _read_turns(rows: Any) -> tuple[Turn, ...]:
    """Return a turn for each message, an empty one for what is none, so that the places stay."""
    turns = []
    for row in rows if isinstance(rows, list) else ():
        fields: Mapping[str, Any] = row if isinstance(row, Mapping) else {}
        content = fields.get("content")
        role = "user" if fields.get("role") == "user" else "assistant"
        turns.append(Turn(role=role, content=content if isinstance(content, str) else ""))
    return tuple(turns)
