"""What the tests of all packages share: a deterministic embedder, an invented corpus, and the real one."""

import asyncio
import gc
import os
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import settings

from corpus.address import Portion
from corpus.core import read_core
from corpus.document import Document, Kind, Provision, Segment
from corpus.library import Library, load_library
from corpus.store import StoreReader, open_writer
from index.embedding import VectorCache
from index.hit import Hit

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.dialogue import Assistant
    from assistant.settings import Settings

DATA = Path(__file__).with_name("data")

# The same examples in every run, with no time limit an example: a test fails for what the code does, never for the machine.
settings.register_profile("tests", deadline=None, derandomize=True, database=None, max_examples=100)
settings.load_profile("tests")


def pytest_configure(config: pytest.Config) -> None:
    """Let the core, which nothing changes, be parsed once: every command that a test runs in this process opens it."""
    patch = pytest.MonkeyPatch()
    patch.setattr("corpus.library.read_core", cache(read_core))
    config.add_cleanup(patch.undo)


def pytest_collection_finish() -> None:
    """Take what the modules hold, which no test gives up, out of the sight of the garbage collector."""
    gc.collect()
    gc.freeze()


@dataclass
class HashedEmbedder:
    """Unit vectors of hashed words: texts that share words are near each other. `embedded` records every passage."""

    space: str = "hashed-words"
    dimensions: int = 256
    embedded: list[str] = field(default_factory=list)

    def embed_query(self, text: str) -> np.ndarray:
        # The constant part keeps a text without words from being a zero vector.
        vector = np.zeros(self.dimensions, dtype=np.float32)
        vector[0] = 0.1
        for word in re.findall(r"\w+", text.lower()):
            vector[1 + zlib.crc32(f"{self.space} {word}".encode()) % (self.dimensions - 1)] += 1
        return vector / np.linalg.norm(vector)

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded += texts
        return np.stack([self.embed_query(text) for text in texts])


@pytest.fixture
def embedder() -> HashedEmbedder:
    return HashedEmbedder()


@pytest.fixture
def vector_cache(tmp_path: Path) -> VectorCache:
    return VectorCache(tmp_path / "cache")


@pytest.fixture(scope="session")
def invented() -> tuple[Document, ...]:
    """An invented act on baths, an invented regulation on fairgrounds, and two notes; tests/data/kjerne."""
    return read_core(DATA / "kjerne")


@pytest.fixture(scope="session")
def library() -> Library:
    """The real core."""
    return load_library()


# --- Official texts and the store ---------------------------------------------------------------------------------------------

ARCHIVE_DATE = date(2026, 7, 2)


def make_official(
    restatement: Provision,
    rows: Sequence[tuple[str, str]] | None = None,
    text_date: date = ARCHIVE_DATE,
    **changes: Any,
) -> Provision:
    """Return an official wording of what is restated: other words, and segments of its own.

    Args:
        restatement: The invented text.
        rows: Portion and words of each segment; by default the parts of the restatement in the law's manner.
        text_date: The date of the archive.
        changes: Other fields.
    """
    if rows is None:
        words = [restatement.text[s.start : s.end] for s in restatement.segments]
        rows = [(s.portion.path, f"Det er fastsatt: {w}") for s, w in zip(restatement.segments, words, strict=True)]
    segments, length = [], 0
    for portion, text in rows:
        segments.append(Segment(portion=Portion.parse(portion), start=length, end=length + len(text)))
        length += len(text) + 2
    return replace(
        restatement,
        **{
            "kind": Kind.OFFICIAL, "text": "\n\n".join(text for _, text in rows), "segments": tuple(segments), "text_date": text_date,
            "binds": (), "note": "", "explains": (), "certainty": "", **changes,
        },
    )  # fmt: skip


def make_edition(document: Document, *provisions: Provision, text_date: date = ARCHIVE_DATE) -> Document:
    """Return an edition of an act with these provisions."""
    dated = tuple(replace(p, text_date=text_date, checked=document.checked) for p in provisions)
    return replace(document, provisions=dated, text_date=text_date)


def store_documents(path: Path, *documents: Document) -> None:
    """Put documents in a store, each as an edition of the archive or, by its id, as an own document."""
    with open_writer(path) as writer:
        for document in documents:
            name = f"{document.document_id.replace('/', '-')}.xml"
            source = "own" if document.document_id.startswith("eget/") else "lovdata"
            writer.put(document, source=source, file=name, sha256=f"{document.text_date} {len(document.provisions)}")


@pytest.fixture
def with_store(tmp_path: Path) -> Iterator[Callable[..., Library]]:
    """Makes libraries of a core and of the editions put in a store, in their order."""
    readers: list[StoreReader] = []

    def make(core: tuple[Document, ...], *editions: Document) -> Library:
        path = tmp_path / f"store-{len(readers)}.sqlite"
        for edition in editions:
            store_documents(path, edition)
        readers.append(StoreReader(path))
        return Library(core, readers[-1])

    yield make
    for reader in readers:
        reader.close()


# --- The assistant -----------------------------------------------------------------------------------------------------------


class NoSearch:
    """A retriever that finds nothing: what is answered all the same comes from the corpus's tables and lists."""

    def retrieve(self, query: str, expanded: str = "", top_k: int = 10) -> list[Hit]:
        """Return no hit."""
        return []

    def has_word(self, word: str) -> bool:
        """Return that no text has the word."""
        return False


@pytest.fixture(scope="session")
def bare(library: Library) -> "Assistant":
    """The assistant on the real core without an index, on the day the core was checked last."""
    from assistant.dialogue import Assistant  # imports Chroma: only the tests that need it wait for that

    return Assistant(library, NoSearch(), today=max(document.checked for document in library.core))


@pytest.fixture(scope="session")
def bht_settings(tmp_path_factory: pytest.TempPathFactory) -> "Settings":
    """Settings with a home of this run's own, BHT_TEST_HOME where it is set; vectors come from BHT_CACHE where that is set."""
    from assistant.settings import Settings

    folder = tmp_path_factory.mktemp("bht")
    home, cache = (Path(os.environ.get(f"BHT_{name}") or folder / name) for name in ("TEST_HOME", "CACHE"))
    return Settings(home=home, cache=cache)


@pytest.fixture(scope="session")
def assistant(bht_settings: "Settings") -> "Assistant":
    """The whole assistant on the real core, its index built once a run. For tests marked `index`."""
    from assistant.dialogue import Assistant

    return Assistant.open(bht_settings)


@pytest.fixture(scope="session")
def thin_documents() -> tuple[Document, ...]:
    """The core with one lay question for each part: every rule is there, and an index of it is built in seconds."""
    from corpus.industry import read_table

    def thin(document: Document) -> Document:
        return replace(
            document,
            provisions=tuple(
                replace(p, segments=tuple(replace(s, questions=s.questions[:1]) for s in p.segments)) for p in document
            ),
        )

    return tuple(map(thin, read_core(rows=read_table())))


@pytest.fixture
def thin_core(thin_documents: tuple[Document, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything in this process that opens the core opens the thin one."""
    monkeypatch.setattr("corpus.library.read_core", lambda *_, **__: thin_documents)
    monkeypatch.setattr("corpus.library.read_outside", lambda *_, **__: ())


@pytest.fixture(scope="session")
def thin_home(
    thin_documents: tuple[Document, ...], bht_settings: "Settings", tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A home with the index of the thin core, built once a run."""
    from assistant.dialogue import Assistant

    home = tmp_path_factory.mktemp("thin") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.library.read_core", lambda *_, **__: thin_documents)
        patch.setattr("corpus.library.read_outside", lambda *_, **__: ())
        Assistant.open(replace(bht_settings, home=home))
    return home


@pytest.fixture(scope="session")
def answers(assistant: "Assistant") -> "dict[str, Answer]":
    """The answers to the development half by their ids, asked once a run; one that cannot be taken has none."""
    from assistant.errors import QuestionError
    from eval.questions import read_questions

    found = {}
    for question in read_questions("dev"):
        with suppress(QuestionError):
            found[question.question_id] = assistant.ask(question.question, question.history)
    return found


@pytest.fixture(autouse=True)
def _close_event_loop() -> Iterator[None]:
    """Gradio sets an event loop for the thread that builds a page, and closes none: left to the garbage collector, it fails a test that has nothing to do with it."""
    yield
    with suppress(RuntimeError):  # there is none
        loop = asyncio.get_event_loop_policy().get_event_loop()
        if not loop.is_running():
            loop.close()
            asyncio.set_event_loop(None)
