"""Stands by every event of the page: how often a client may ask, and the line on it in the log; never what was asked or by whom."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import gradio as gr
from starlette.requests import Request
from starlette.types import Scope

from assistant.api.access import write_access
from assistant.api.rate import SlidingWindow, client_of
from assistant.page import texts

OK, UNUSABLE, TOO_MANY, LEFT, FAILED = 200, 422, 429, 499, 500


@dataclass(slots=True)
class Noted:
    """What has become of an event so far. `refusal` is what the user is told whose share is used up, "" when it is not."""

    status: int = OK
    outcome: str | None = None
    refusal: str = ""

    def take(self, status: int | None, outcome: str | None) -> None:
        """Note what is known now; None leaves it."""
        self.status = self.status if status is None else status
        self.outcome = self.outcome or outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What all events of a page are counted and logged by. `rate` is events a minute for each client, 0 any number."""

    window: SlidingWindow = field(default_factory=lambda: SlidingWindow(0))
    rate: int = 0
    is_logged: bool = False

    @contextmanager
    def event(self, name: str, scope: Scope) -> Iterator[Noted]:
        """Count an event, and log it when it is over.

        Args:
            name: What it is, the same for everybody.
            scope: The request that it came with.
        """
        begin, noted = time.perf_counter(), Noted()
        if wait := self.window.admit(client_of(scope), self.rate):
            noted.status, noted.refusal = TOO_MANY, texts.TOO_MANY.format(limit=self.rate, seconds=wait)
        try:
            yield noted
        except BaseException:
            noted.status = FAILED if noted.status == OK else noted.status
            raise
        finally:
            if self.is_logged:
                seconds = time.perf_counter() - begin
                write_access(event=name, status=noted.status, seconds=seconds, outcome=noted.outcome)


NOBODY = Watch()


def scope_of(request: gr.Request | Request) -> Scope:
    """Return the request that an event came with. Gradio gives its own wrapped to handlers, and as it is to functions of scripts."""
    inner = request if isinstance(request, Request) else request.request
    return inner.scope if inner else {}
