"""A follow-up put in words that stand alone, by the model; the words of the talk judge whether it may be used."""

import logging
from collections.abc import Sequence

from assistant.answer import Turn
from assistant.generate.parse import read_value
from assistant.generate.prompt import REWRITE_SCHEMA, write_rewrite_prompt
from assistant.llm import LanguageModel, ModelError
from assistant.understand.language import Language, detect_language
from assistant.verify.figures import is_same, read_figures
from assistant.verify.likeness import core_stems, covered_share, is_among
from assistant.verify.sense import read_sense
from corpus.address import find_addresses

logger = logging.getLogger(__name__)
_LONGEST = 400
# Share of the question's words that must stay, and how many words may be the model's own.
_KEPT, _MOST_NEW = 0.5, 1


def rewrite_question(asked: str, history: Sequence[Turn], model: LanguageModel, known: frozenset[str]) -> str:
    """Return the question as the model makes it stand alone, "" when it fails or changes what is asked.

    Args:
        asked: The latest message, masked.
        history: The turns before it.
        model: What is asked.
        known: The provisions that exist.
    """
    try:
        rewritten = read_value(model.complete(write_rewrite_prompt(asked, history), schema=REWRITE_SCHEMA), "spørsmål")
    except ModelError as error:
        logger.info("the question is not rewritten: %s", error)
        return ""
    return rewritten if is_faithful(rewritten, asked, history, known) else ""


def is_faithful(rewritten: str, asked: str, history: Sequence[Turn], known: frozenset[str]) -> bool:
    """Return whether a rewriting asks what was asked: its words, numbers and addresses are the talk's, and it denies as the question does."""
    if not rewritten or len(rewritten) > _LONGEST or "\n" in rewritten:
        return False
    if detect_language(rewritten) is Language.ENGLISH and detect_language(asked) is not Language.ENGLISH:
        return False
    talk = "\n".join([*(turn.content for turn in history), asked])
    there = read_figures(talk)
    if not all(any(is_same(other, figure) for other in there) for figure in read_figures(rewritten)):
        return False
    addresses = {a for m in find_addresses(talk, known) for a in m.candidates}
    if not all(addresses & set(mention.candidates) for mention in find_addresses(rewritten, known)):
        return False
    one, other = read_sense(rewritten), read_sense(asked)
    if one.is_denied != other.is_denied or one.exempts != other.exempts:
        return False
    said = core_stems(talk)
    new = [stem for stem in core_stems(rewritten) if not is_among(stem, said)]
    return len(new) <= _MOST_NEW and covered_share(core_stems(asked), core_stems(rewritten)) >= _KEPT
