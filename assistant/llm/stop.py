"""Ends the requests to a model that are under way, when nobody waits for the answer any more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from assistant.llm.language_model import LanguageModel, Message, TextStream


class Stop:
    """Closes the streams it watches once it is set, from whatever thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._streams: list[TextStream] = []
        self._is_set = False

    def set(self) -> None:
        """End every stream, also those that come later."""
        with self._lock:
            self._is_set = True
            streams, self._streams = self._streams, []
        for stream in streams:
            stream.close()

    def watch(self, stream: TextStream) -> TextStream:
        """Return the stream, which ends when this is set."""
        with self._lock:
            if not self._is_set:
                self._streams.append(stream)
                return stream
        stream.close()
        return stream


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppableModel:
    """A model whose answers end when the stop is set."""

    model: LanguageModel
    stop: Stop

    @property
    def name(self) -> str:
        """The name of the model."""
        return self.model.name

    @property
    def host(self) -> str:
        """Where the text goes."""
        return self.model.host

    @property
    def is_local(self) -> bool:
        """Whether the text stays on this machine."""
        return self.model.is_local

    def stream(self, messages: Sequence[Message], *, schema: Mapping[str, Any] | None = None) -> TextStream:
        """Return the answer in pieces; see `LanguageModel`."""
        return self.stop.watch(self.model.stream(messages, schema=schema))

    def complete(self, messages: Sequence[Message], *, schema: Mapping[str, Any] | None = None) -> str:
        """Return the whole answer, or as much of it as came; see `LanguageModel`."""
        return "".join(self.stream(messages, schema=schema))
