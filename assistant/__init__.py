"""Answers questions on BHT and HMS with checked quotes.

From Python: `Assistant.open(load_settings()).ask("Må vi ha BHT?")`. The names are loaded when they are used: some take seconds.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation, Outcome, Turn
    from assistant.dialogue import Assistant
    from assistant.settings import Settings, load_settings

__all__ = ["Answer", "Assistant", "Citation", "Outcome", "Settings", "Turn", "load_settings"]
_MODULES = {
    "Answer": "answer", "Assistant": "dialogue", "Citation": "answer", "Outcome": "answer", "Settings": "settings",
    "Turn": "answer", "load_settings": "settings",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
