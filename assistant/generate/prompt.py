"""Evidence and question to the messages that a language model gets. Pure: the same input gives the same messages.

The instructions stand in `svar.v1.md` and `omskriv.v1.md`; a change that may change answers is a new version of the file.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from assistant import texts
from assistant.answer import Turn
from assistant.llm import Message
from assistant.understand.language import Language
from assistant.verify import Source
from corpus.document import Kind, Verdict

ANSWER_VERSION, REWRITE_VERSION = "svar.v1", "omskriv.v1"
# Characters that hide what a text says, or turn its direction.
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f]")
_FOLDER = Path(__file__).parent
_LANGUAGES = {Language.NYNORSK: "nynorsk"}
_MOST_WORDS = 110
_MAX_TURNS, _MAX_TURN_LENGTH = 6, 600
_VERDICT = "Svaret på spørsmålet er allerede avgjort av reglene: {verdict}. Skriv ikke noe annet, og gjenta det ikke."
_NO_VERDICT = "Begynn ikke med ja eller nei: svaret avhenger av kildene du gjengir."
ANSWER_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "setninger": {
            "type": "array",
            "maxItems": 8,
            "items": {
                "type": "object",
                "properties": {
                    "tekst": {"type": "string"},
                    "kilder": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
                },
                "required": ["tekst", "kilder"],
                "additionalProperties": False,
            },
        },
        "mangler": {"type": "string"},
    },
    "required": ["setninger", "mangler"],
    "additionalProperties": False,
}
REWRITE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"spørsmål": {"type": "string"}},
    "required": ["spørsmål"],
    "additionalProperties": False,
}


def write_answer_prompt(
    question: str,
    sources: Sequence[Source],
    *,
    language: Language,
    verdict: Verdict | None = None,
    facts: Sequence[str] = (),
) -> list[Message]:
    """Return the messages that ask a model for an answer.

    Args:
        question: The question, standing alone, already masked.
        sources: What it may rest on.
        language: What the question is written in; only Norwegian is answered in.
        verdict: What the product's own rules say, which the model may not change.
        facts: What is known of the asker's company, and what the duty check gave.
    """
    rule = _VERDICT.format(verdict=texts.VERDICTS[verdict]) if verdict else _NO_VERDICT
    system = _instructions(ANSWER_VERSION).format(
        language=_LANGUAGES.get(language, "bokmål"), words=_MOST_WORDS, verdict=rule
    )
    blocks = [_source(source) for source in sources]
    if facts:
        blocks.append("<fakta>\n" + "\n".join(f"- {fence(fact)}" for fact in facts) + "\n</fakta>")
    blocks.append(f"<spørsmål>\n{fence(question)}\n</spørsmål>")
    return [Message(role="system", content=system), Message(role="user", content="\n\n".join(blocks))]


def write_rewrite_prompt(question: str, history: Sequence[Turn]) -> list[Message]:
    """Return the messages that ask a model to make a follow-up stand alone."""
    lines = [
        f"{'Bruker' if turn.role == 'user' else 'Assistent'}: {fence(' '.join(turn.content.split())[:_MAX_TURN_LENGTH])}"
        for turn in history[-_MAX_TURNS:]
    ]
    talk = "\n".join(lines)
    content = f"<samtale>\n{talk}\n</samtale>\n\n<spørsmål>\n{fence(question)}\n</spørsmål>"
    return [Message(role="system", content=_instructions(REWRITE_VERSION)), Message(role="user", content=content)]


def fence(text: str) -> str:
    """Return text that cannot end the block it stands in, nor look like a message of its own."""
    text = INVISIBLE.sub("", text)
    return text.replace("<", "‹").replace(">", "›").replace("|im_", "|_").replace("[INST]", "(INST)")


def _source(source: Source) -> str:
    provision = source.evidence.provision
    about = [provision.label_of(source.evidence.portion), texts.LEVEL_NAMES[provision.level].lower()]
    about += ["gjengivelse"] if provision.kind is Kind.RESTATEMENT else []
    about += [f"gjelder fra {provision.in_force.isoformat()}"] if provision.in_force else []
    about += [f"tekst per {provision.text_date.isoformat()}"] if provision.text_date else []
    head = fence("; ".join(about)).replace('"', "'")
    return f'<kilde nr="{source.number}" om="{head}">\n{fence(source.evidence.quote)}\n</kilde>'


@cache
def _instructions(name: str) -> str:
    return (_FOLDER / f"{name}.md").read_text(encoding="utf-8").strip()
