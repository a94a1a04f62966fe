"""How near a query is to what no source answers."""

from pathlib import Path

import numpy as np
import pytest

from corpus.document import Document
from corpus.library import Library
from corpus.outside import OutsideTopic
from index.build import build_index, fingerprint, open_index
from index.embedding import VectorCache
from index.errors import IndexMissingError
from index.outside import FILE, OutsideQuestions
from index.retrieve import HybridRetriever
from tests.conftest import HashedEmbedder

TOPICS = (
    OutsideTopic(
        slug="ferie", title="Ferie", where="Se ferieloven.", questions=("når har jeg ferie", "feriepenger i juni")
    ),
    OutsideTopic(
        slug="skatt", title="Skatt", where="Spør Skatteetaten.", questions=("skatt på lønn", "trekke fra moms")
    ),
)


@pytest.fixture
def folder(invented: tuple[Document, ...], tmp_path: Path) -> Path:
    library = Library(invented, outside=TOPICS)
    build_index(library, tmp_path / "index", HashedEmbedder(), VectorCache(tmp_path / "cache"), lambda *_: None)
    return tmp_path / "index"


def retriever(invented: tuple[Document, ...], folder: Path) -> HybridRetriever:
    library = Library(invented, outside=TOPICS)
    return HybridRetriever(library, open_index(folder, fingerprint(library), HashedEmbedder.space), HashedEmbedder())


def test_a_query_like_a_topic_s_questions_is_nearer_to_it_than_to_any_provision(
    invented: tuple[Document, ...], folder: Path
) -> None:
    found = retriever(invented, folder)
    away = found.retrieve("får jeg feriepenger i juni måned i bassenget")[0].outside
    home = found.retrieve("trenger vi noen som passer på de som svømmer")[0].outside
    assert away
    assert home
    assert TOPICS[away.topic].slug == "ferie"
    assert away.margin > 0 > home.margin
    assert away.similarity > home.similarity


def test_topics_are_never_found_as_provisions(invented: tuple[Document, ...], folder: Path) -> None:
    hits = retriever(invented, folder).retrieve("skatt på lønn og moms i bassenget", top_k=50)
    assert {hit.provision.provision_id for hit in hits} <= {p.provision_id for d in invented for p in d}


def test_without_topics_there_is_nothing_to_compare_with(invented: tuple[Document, ...], tmp_path: Path) -> None:
    library = Library(invented)
    build_index(library, tmp_path, HashedEmbedder(), VectorCache(tmp_path / "cache"), lambda *_: None)
    index = open_index(tmp_path, fingerprint(library), HashedEmbedder.space)
    assert HybridRetriever(library, index, HashedEmbedder()).retrieve("badevakt")[0].outside is None


def test_other_questions_outside_make_another_index(invented: tuple[Document, ...]) -> None:
    assert fingerprint(Library(invented)) != fingerprint(Library(invented, outside=TOPICS))


def test_a_damaged_file_makes_the_index_missing(invented: tuple[Document, ...], folder: Path) -> None:
    (path,) = folder.glob(f"build-*/{FILE}")
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(IndexMissingError):
        retriever(invented, folder)


def test_no_questions_are_near_to_nothing() -> None:
    assert OutsideQuestions.of([], np.zeros((0, 4), dtype=np.float32)).nearest(np.ones(4, dtype=np.float32)) == 0.0
