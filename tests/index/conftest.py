"""The index is built and searched without a network."""

import socket
from collections.abc import Iterator

import pytest

from corpus.document import Document
from corpus.library import Library


@pytest.fixture(scope="session")
def invented_library(invented: tuple[Document, ...]) -> Library:
    """A library of the invented core alone."""
    return Library(invented)


@pytest.fixture(scope="package", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse every connection of these tests, and fail at the end if one was tried, also by a library that swallows the refusal."""
    tried: list[object] = []

    def refuse(*args: object, **kwargs: object) -> None:
        tried.append(args[1:] or args)
        raise OSError(f"the tests of the index use no network: {args}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket.socket, "connect_ex", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield
    assert tried == []
