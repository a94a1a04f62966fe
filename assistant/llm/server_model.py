"""A language model behind a server that speaks the OpenAI protocol, through LlamaIndex, which is imported when first asked."""

import logging
import ssl
from collections.abc import Generator, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

from assistant.llm import reasons
from assistant.llm.address import parse_model_address
from assistant.llm.errors import ModelError
from assistant.llm.language_model import Message, TextStream
from assistant.llm.tidy import LoopGuard, ThinkFilter, clean_text
from assistant.llm.transport import ModelTransport, StatusError
from assistant.llm.wire import RefusedError, Wire

if TYPE_CHECKING:
    from assistant.settings import Settings

logger = logging.getLogger(__name__)

_SEED = 20051762  # any will do, as long as it is the same
_RETRY_PAUSE_SECONDS = 0.25
_SCHEMA_REFUSED = frozenset({400, 422})
_BUSY = 503
# Ends that are not the end of an answer; every other reason a server gives is.
_NOT_DONE = frozenset({"length", "content_filter", "tool_calls", "function_call"})
# A token is seldom more than a word, and an event around it seldom more than some hundred bytes.
_MOST_CHARACTERS_PER_TOKEN = 16
_MOST_BYTES_PER_TOKEN, _LEAST_BYTES = 2_000, 1_000_000


class ServerModel:
    """A `LanguageModel` on a server. May be used by many threads at once: each answer has a connection of its own.

    Args:
        settings: The settings, with an address and a model.

    Raises:
        SettingsError: The address cannot be used.
    """

    def __init__(self, settings: "Settings") -> None:
        self._settings = settings
        self._address = parse_model_address(settings.llm_url)
        self._refuses_schema = False
        self._ssl_context: ssl.SSLContext | None = None

    @property
    def name(self) -> str:
        """The name of the model."""
        return self._settings.llm_model

    @property
    def host(self) -> str:
        """Where the text goes."""
        return self._address.shown

    @property
    def is_local(self) -> bool:
        """Whether the text stays on this machine."""
        return self._address.is_local

    def stream(self, messages: Sequence[Message], *, schema: Mapping[str, Any] | None = None) -> TextStream:
        """Return the answer in pieces; see `LanguageModel`."""
        wire = Wire(self._address, self._settings.llm_first_seconds, self._settings.llm_total_seconds)
        return _ModelStream(self._answer(wire, tuple(messages), schema), wire)

    def complete(self, messages: Sequence[Message], *, schema: Mapping[str, Any] | None = None) -> str:
        """Return the whole answer; see `LanguageModel`."""
        return "".join(self.stream(messages, schema=schema))

    def _answer(
        self, wire: Wire, messages: tuple[Message, ...], schema: Mapping[str, Any] | None
    ) -> Generator[str, None, None]:
        """Yield the pieces. What goes wrong beneath comes out as a `ModelError` that holds nothing of it: not the key, not a body."""
        _import_engine()
        wire.start()
        failure: ModelError | None = None
        transport = self._make_transport(wire)
        try:
            with httpx.Client(transport=transport, trust_env=False) as client:
                yield from self._read(wire, self._open(self._make_engine(client), wire, messages, schema))
        except Exception as error:  # noqa: BLE001 - whatever a server sends, the user gets an answer without it
            failure = self._translate(error)
        if failure is not None and not wire.is_cut:
            raise failure

    def _make_transport(self, wire: Wire) -> ModelTransport:
        if self._address.is_encrypted and self._ssl_context is None:
            self._ssl_context = httpx.create_ssl_context()
        most_bytes = _LEAST_BYTES + _MOST_BYTES_PER_TOKEN * self._settings.llm_max_tokens
        return ModelTransport(wire, self._settings.llm_key, most_bytes, self._ssl_context)

    def _make_engine(self, client: httpx.Client) -> Any:
        return _import_engine()(
            model=self._settings.llm_model,
            api_base=self._address.url,
            api_key="unused",  # without one it looks in the environment; the real one is put on by the transport
            is_chat_model=True,
            temperature=0.0,
            max_tokens=self._settings.llm_max_tokens,
            max_retries=0,
            additional_kwargs={"seed": _SEED},
            http_client=client,
        )

    def _open(
        self, engine: Any, wire: Wire, messages: tuple[Message, ...], schema: Mapping[str, Any] | None
    ) -> Iterator[Any]:
        """Return the chunks of an answer that has begun, after a second attempt where that may help."""
        with_schema, may_retry = schema is not None and not self._refuses_schema, True
        while True:
            try:
                chunks = engine.stream_chat(_to_engine(messages), **(_response_format(schema) if with_schema else {}))
                first = next(chunks, None)
            except Exception as error:
                cause = _find_cause(error)
                status = cause.status if isinstance(cause, StatusError) else 0
                if with_schema and status in _SCHEMA_REFUSED:
                    with_schema = False
                elif may_retry and (isinstance(cause, RefusedError) or status == _BUSY):
                    may_retry = False
                    wire.pause(_RETRY_PAUSE_SECONDS)
                else:
                    raise
                continue
            if schema is not None and not with_schema:
                self._refuses_schema = True
            return iter(()) if first is None else chain([first], chunks)

    def _read(self, wire: Wire, chunks: Iterator[Any]) -> Iterator[str]:
        """Yield what the chunks bring of text to show, until the model says that it is done."""
        thoughts, guard = ThinkFilter(), LoopGuard(_MOST_CHARACTERS_PER_TOKEN * self._settings.llm_max_tokens)
        has_text, end = False, None
        for chunk in chunks:
            thought = chunk.additional_kwargs.get("thinking_delta") or ""
            if chunk.delta or thought:
                wire.deadline.note_answer()
                guard.feed(chunk.delta + thought)
            if piece := clean_text(thoughts.feed(chunk.delta)):
                has_text = has_text or not piece.isspace()
                yield piece
            end = chunk.raw.choices[0].finish_reason if chunk.raw.choices else None
            if end:
                break
        if not end:
            raise reasons.cut_off()
        if end in _NOT_DONE:
            raise reasons.too_long() if end == "length" else reasons.not_an_answer()
        if rest := clean_text(thoughts.finish()):
            has_text = True
            yield rest
        if not has_text:
            raise reasons.empty()

    def _translate(self, error: Exception) -> ModelError:
        cause = _find_cause(error)
        if isinstance(cause, ModelError):
            return cause
        if isinstance(cause, StatusError):
            return reasons.refused(cause.status, self.host, self.name, bool(self._settings.llm_key), cause.wait_seconds)
        if isinstance(cause, RefusedError):
            return reasons.no_contact(self.host)
        if isinstance(cause, httpcore.RemoteProtocolError):
            return reasons.cut_off()
        return reasons.unreadable()


class _ModelStream(TextStream):
    """The pieces of one answer and the connection that they come by."""

    def __init__(self, pieces: Generator[str, None, None], wire: Wire) -> None:
        self._pieces = pieces
        self._wire = wire

    def __iter__(self) -> "_ModelStream":
        return self

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        self._wire.cut()
        try:
            self._pieces.close()
        except ValueError:  # another thread is waiting for a piece; with the wire cut it ends by itself
            logger.debug("the answer is ended from another thread")


def _find_cause(error: BaseException) -> BaseException | None:
    """Return what is ours, or the protocol's, beneath what the client made of it."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ModelError | StatusError | RefusedError | httpcore.RemoteProtocolError):
            return seen
        seen = seen.__cause__ or seen.__context__
    return None


def _response_format(schema: Mapping[str, Any] | None) -> dict[str, Any]:
    wanted = {"name": "svar", "strict": True, "schema": dict(schema or {})}
    return {"response_format": {"type": "json_schema", "json_schema": wanted}}


def _to_engine(messages: tuple[Message, ...]) -> list[Any]:
    from llama_index.core.llms import ChatMessage

    return [ChatMessage(role=message.role, content=clean_text(message.content)) for message in messages]


def _import_engine() -> Any:
    """Return LlamaIndex's class. Takes seconds the first time."""
    from llama_index.llms.openai_like import OpenAILike

    # It logs every request in full at DEBUG, and questions are not logged.
    logging.getLogger("openai._base_client").addFilter(_drop)
    return OpenAILike


def _drop(_: logging.LogRecord) -> bool:
    return False
