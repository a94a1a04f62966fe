"""The vectors in Chroma, written through LlamaIndex's store. The only place where distance becomes score."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import chromadb
import numpy as np
from chromadb.config import Settings

from index.chunking import Chunk
from index.errors import IndexMissingError

if TYPE_CHECKING:
    from llama_index.vector_stores.chroma import ChromaVectorStore

_COLLECTION = "provisions"
# Default HNSW settings found 97.8 % of the exact 50 nearest on real vectors; these find all of them on a sample of the core's
# (tests/index/test_store.py), and .995 of the nearest 300. A deeper construction finds .997 and takes half as long again.
_HNSW = {"space": "cosine", "ef_search": 400, "ef_construction": 200, "max_neighbors": 32}
_BATCH = 1000


class ChunkStore:
    """A persistent collection of chunk vectors. `vector_store` is LlamaIndex's view of the same collection."""

    def __init__(self, collection: Any) -> None:
        self._collection = collection
        self._count: int | None = None  # asking Chroma takes 3 ms

    @classmethod
    def create(cls, folder: Path) -> "ChunkStore":
        """Return a new, empty store in the folder."""
        # We always pass our own vectors; without embedding_function=None Chroma would fetch a model from the network.
        return cls(
            _client(folder).create_collection(_COLLECTION, embedding_function=None, configuration={"hnsw": _HNSW})
        )

    @classmethod
    def open(cls, folder: Path) -> "ChunkStore":
        """Return the store in the folder.

        Raises:
            IndexMissingError: There is no collection that Chroma can read.
        """
        try:
            store = cls(_client(folder).get_collection(_COLLECTION, embedding_function=None))
            store.probe()
            return store
        except Exception as error:
            raise IndexMissingError(f"Chroma cannot read {folder}: {error}") from error

    def vector_store(self) -> "ChromaVectorStore":
        """Return the collection as a LlamaIndex vector store, for building and for use in other LlamaIndex pipelines."""
        from llama_index.vector_stores.chroma import ChromaVectorStore  # 3 s to import, needed only here

        return ChromaVectorStore(chroma_collection=self._collection)

    def add(
        self, chunks: Sequence[Chunk], vectors: np.ndarray, first_row: int, progress: Callable[[int], None]
    ) -> None:
        """Add the chunks under their numbers in the index.

        Args:
            chunks: What to add.
            vectors: Their vectors, (n_chunks, dim) float32 unit rows.
            first_row: The number of the first of them.
            progress: Called with the number of chunks added after every batch.
        """
        from llama_index.core.schema import TextNode

        store, self._count = self.vector_store(), None
        for begin in range(0, len(chunks), _BATCH):
            batch = chunks[begin : begin + _BATCH]
            store.add(
                [
                    TextNode(
                        id_=str(first_row + begin + offset),
                        text=chunk.text,
                        metadata=_metadata(chunk),
                        embedding=vector.tolist(),
                    )
                    for offset, (chunk, vector) in enumerate(zip(batch, vectors[begin : begin + _BATCH], strict=True))
                ]
            )
            progress(begin + len(batch))

    def probe(self) -> None:
        """Search once, so that a missing vector file shows at opening and not at the first question."""
        if self.count():
            first = self._collection.get(limit=1, include=["embeddings"])["embeddings"][0]
            self._collection.query(query_embeddings=[first], n_results=1, include=["distances"])

    def count(self) -> int:
        """Return the number of chunks."""
        if self._count is None:
            self._count = int(self._collection.count())
        return self._count

    def search(self, vector: np.ndarray, top_k: int) -> dict[int, float]:
        """Return cosine similarity by the number of the chunk for the nearest chunks.

        Args:
            vector: Query vector, (dim,) float32, unit length.
            top_k: Number of chunks wanted.
        """
        found = self._collection.query(
            query_embeddings=[vector], n_results=min(top_k, self.count()), include=["distances"]
        )
        return {int(i): 1.0 - d for i, d in zip(found["ids"][0], found["distances"][0], strict=True)}

    def similarities(self, vector: np.ndarray, rows: Sequence[int]) -> dict[int, float]:
        """Return the cosine similarity of some chunks by their number.

        Args:
            vector: Query vector, (dim,) float32, unit length.
            rows: Numbers of chunks of the store.
        """
        if not rows:
            return {}
        found = self._collection.get(ids=[str(row) for row in rows], include=["embeddings"])
        cosines = np.asarray(found["embeddings"], dtype=np.float32) @ vector
        return {int(i): float(cosine) for i, cosine in zip(found["ids"], cosines, strict=True)}


def _client(folder: Path) -> Any:
    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))


def _metadata(chunk: Chunk) -> dict[str, str | int]:
    return {
        "provision_id": chunk.provision_id,
        "kind": chunk.kind.value,
        "segment": chunk.segment,
        "role": chunk.role.value,
        "start": chunk.start,
        "end": chunk.end,
    }
