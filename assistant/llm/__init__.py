"""A language model of the user's own, over the OpenAI protocol: Ollama, llama.cpp, vLLM or hosted. Off until an address is set."""

from assistant.llm.errors import (
    ModelBrokenError,
    ModelError,
    ModelRefusedError,
    ModelTimeoutError,
    ModelUnreachableError,
)
from assistant.llm.language_model import LanguageModel, Message, TextStream
from assistant.llm.load import load_language_model
from assistant.llm.stop import Stop, StoppableModel

__all__ = [
    "LanguageModel",
    "Message",
    "ModelBrokenError",
    "ModelError",
    "ModelRefusedError",
    "ModelTimeoutError",
    "ModelUnreachableError",
    "Stop",
    "StoppableModel",
    "TextStream",
    "load_language_model",
]
