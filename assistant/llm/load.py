"""The language model that the settings name."""

from typing import TYPE_CHECKING

from assistant.errors import SettingsError
from assistant.llm.language_model import LanguageModel

if TYPE_CHECKING:
    from assistant.settings import Settings


def load_language_model(settings: "Settings") -> LanguageModel | None:
    """Return the model that the settings name, or None when they name no server. Nothing is sent yet.

    Args:
        settings: The settings.

    Raises:
        SettingsError: The address cannot be used, or there is no model.
    """
    if not settings.llm_url:
        return None
    if not settings.llm_model:
        raise SettingsError(
            "BHT_LLM_URL er satt, men ikke hvilken modell. Sett BHT_LLM_MODEL, for eksempel til llama3.1."
        )
    from assistant.llm.server_model import ServerModel  # imports httpx: settings are read by commands that need none

    return ServerModel(settings)
