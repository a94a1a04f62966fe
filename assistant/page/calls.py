"""Functions that the page's scripts call. What goes wrong in one is a sentence, never a traceback."""

import logging
from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from assistant.nynorsk import Language, say, say_html
from assistant.page import texts
from assistant.page.watch import FAILED, NOBODY, UNUSABLE, Noted, Watch, scope_of
from corpus.errors import CorpusError

logger = logging.getLogger(__name__)


_HTML, _PLAIN = (
    frozenset({"html", "facts", "ticks"}),
    frozenset({"problem", "notice"}),
)  # what of an answer is said to the user


def callable_as(
    name: str,
    function: Callable[[Any], dict[str, Any]],
    language: Language = Language.BOKMAAL,
    watch: Watch = NOBODY,
) -> Callable[[Any, gr.Request], dict[str, Any]]:
    """Return the function under the name that scripts call it by; an error of it becomes {"problem"}.

    Args:
        name: What scripts call it.
        function: Takes what the browser sent, which may be anything.
        language: What the user is answered in.
        watch: Counts and logs the calls.
    """

    def call(sent: Any, request: gr.Request) -> dict[str, Any]:
        with watch.event(name, scope_of(request)) as noted:
            answered = {"problem": noted.refusal} if noted.refusal else _call(name, function, sent, noted)
        return {key: _say(key, value, language) for key, value in answered.items()}

    call.__name__ = name
    return call


def _call(name: str, function: Callable[[Any], dict[str, Any]], sent: Any, noted: Noted) -> dict[str, Any]:
    try:
        return function(sent)
    except (AssistantError, CorpusError) as error:
        noted.status = UNUSABLE
        return {"problem": str(error)}
    except Exception as error:  # an entry point: whatever happens, the user gets a sentence
        logger.exception("%s not answered: %s", name, type(error).__name__)
        noted.status = FAILED
        return {"problem": texts.CALL_FAILED}


def _say(key: str, value: Any, language: Language) -> Any:
    if key in _HTML:
        return say_html(value, language)
    return say(value, language) if key in _PLAIN else value
