"""What the rest of the assistant knows of a language model."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to the model."""

    role: Literal["system", "user", "assistant"]
    content: str


class TextStream(Iterator[str], Protocol):
    """Pieces of an answer as they come. Nothing is sent before the first is asked for."""

    def close(self) -> None:
        """End the answer and the connection at once. May be called from another thread than the one that waits for a piece."""


class LanguageModel(Protocol):
    """Writes text for messages. Everything it fails with is a `ModelError`."""

    @property
    def name(self) -> str:
        """The name of the model."""

    @property
    def host(self) -> str:
        """Where the text goes, `127.0.0.1:11434`."""

    @property
    def is_local(self) -> bool:
        """Whether the text stays on this machine."""

    def stream(self, messages: Sequence[Message], *, schema: Mapping[str, Any] | None = None) -> TextStream:
        """Return the answer in pieces.

        Args:
            messages: What is said, oldest first.
            schema: JSON schema that the answer is asked to follow; a server that does not know of schemas is asked without.
        """

    def complete(self, messages: Sequence[Message], *, schema: Mapping[str, Any] | None = None) -> str:
        """Return the whole answer.

        Args:
            messages: What is said, oldest first.
            schema: As in `stream`.
        """
