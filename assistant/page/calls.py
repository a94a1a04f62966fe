"""Functions that the page's scripts call. What goes wrong in one is a sentence, never a traceback."""

import logging
from collections.abc import Callable
from typing import Any

from assistant.errors import AssistantError
from assistant.nynorsk import Language, say, say_html
from assistant.page import texts
from corpus.errors import CorpusError

logger = logging.getLogger(__name__)


_HTML, _PLAIN = frozenset({"html", "facts"}), frozenset({"problem", "notice"})  # what of an answer is said to the user


def callable_as(
    name: str, function: Callable[[Any], dict[str, Any]], language: Language = Language.BOKMAAL
) -> Callable[[Any], dict[str, Any]]:
    """Return the function under the name that scripts call it by; an error of it becomes {"problem"}.

    Args:
        name: What scripts call it.
        function: Takes what the browser sent, which may be anything.
        language: What the user is answered in.
    """

    def answer(sent: Any) -> dict[str, Any]:
        try:
            return function(sent)
        except (AssistantError, CorpusError) as error:
            return {"problem": str(error)}
        except Exception as error:  # an entry point: whatever happens, the user gets a sentence
            logger.exception("%s not answered: %s", name, type(error).__name__)
            return {"problem": texts.CALL_FAILED}

    def call(sent: Any) -> dict[str, Any]:
        return {key: _say(key, value, language) for key, value in answer(sent).items()}

    call.__name__ = name
    return call


def _say(key: str, value: Any, language: Language) -> Any:
    if key in _HTML:
        return say_html(value, language)
    return say(value, language) if key in _PLAIN else value
