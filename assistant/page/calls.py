"""Functions that the page's scripts call. What goes wrong in one is a sentence, never a traceback."""

import logging
from collections.abc import Callable
from typing import Any

from assistant.errors import AssistantError
from assistant.page import texts
from corpus.errors import CorpusError

logger = logging.getLogger(__name__)


def callable_as(name: str, function: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    """Return the function under the name that scripts call it by; an error of it becomes {"problem"}.

    Args:
        name: What scripts call it.
        function: Takes what the browser sent, which may be anything.
    """

    def call(sent: Any) -> dict[str, Any]:
        try:
            return function(sent)
        except (AssistantError, CorpusError) as error:
            return {"problem": str(error)}
        except Exception as error:  # an entry point: whatever happens, the user gets a sentence
            logger.exception("%s not answered: %s", name, type(error).__name__)
            return {"problem": texts.CALL_FAILED}

    call.__name__ = name
    return call
