"""Documents to an index on disk: chunks, vectors in Chroma, BM25, manifest.

A build goes into a folder of its own beside the one that serves; the file `current` names the folder in use and is replaced
in one step, so a build that dies leaves the old index serving.
"""

import hashlib
import json
import logging
import shutil
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.document import Document
from index.chunking import CHUNKING_VERSION, Chunk, Role, split_documents
from index.embedding import Embedder, VectorCache, embed_all
from index.errors import IndexMismatchError, IndexMissingError, IndexWriteError
from index.lexical import LexicalIndex
from index.progress import Progress
from index.store import ChunkStore

logger = logging.getLogger(__name__)
FORMAT = 1
NO_VECTORS = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an index was built from. Two indexes with equal manifests answer alike."""

    format: int
    chunking: str
    space: str
    dimensions: int
    corpus_hash: str
    provisions: int
    chunks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIndex:
    """An index that is loaded and ready to be searched."""

    manifest: Manifest
    chunks: tuple[Chunk, ...]
    lexical: LexicalIndex
    store: ChunkStore | None


def hash_corpus(documents: tuple[Document, ...]) -> str:
    """Return the hash of everything that a search depends on: text, parts, headings, questions, status."""
    digest = hashlib.sha256()
    for chunk in split_documents(documents):
        digest.update(repr((chunk.chunk_id, chunk.start, chunk.end, chunk.searched)).encode())
    return digest.hexdigest()


def build_index(
    documents: tuple[Document, ...],
    folder: Path,
    embedder: Embedder | None,
    cache: VectorCache,
    progress: Progress,
    bulk: Callable[..., bool] | None = None,
) -> Manifest:
    """Build the index in a new folder and put it in use.

    Args:
        documents: The corpus.
        folder: Where indexes lie; made when missing.
        embedder: None builds the lexical legs alone.
        cache: Vectors already known.
        progress: Called as (stage, done, total).
        bulk: Engine for many texts, see `embed_all`.

    Raises:
        IndexWriteError: The disk is full or the folder cannot be written; the index in use is untouched.
    """
    chunks = split_documents(documents)
    manifest = Manifest(
        format=FORMAT, chunking=CHUNKING_VERSION, space=embedder.space if embedder else NO_VECTORS,
        dimensions=embedder.dimensions if embedder else 0, corpus_hash=hash_corpus(documents),
        provisions=sum(len(d.provisions) for d in documents), chunks=len(chunks),
    )  # fmt: skip
    predecessor = _read_current(folder)
    name = f"build-{uuid.uuid4().hex[:12]}"
    target = folder / name
    try:
        target.mkdir(parents=True)
        LexicalIndex.build([chunk.searched for chunk in chunks]).save(target)
        if embedder:
            vectors = embed_all(
                [chunk.searched for chunk in chunks], embedder, cache, lambda d, t: progress("embed", d, t), bulk
            )
            ChunkStore.create(target / "chroma").add(chunks, vectors, lambda d, t: progress("store", d, t))
        _write_lines(target / "chunks.jsonl", (asdict(chunk) for chunk in chunks))
        _write_lines(target / "manifest.json", [asdict(manifest)])
        _switch(folder, name)
    except BaseException as error:
        shutil.rmtree(target, ignore_errors=True)
        with suppress(OSError):
            _pointer(folder, name).unlink()
        if isinstance(error, OSError) or "disk" in str(error).lower():
            raise IndexWriteError(f"Could not write the index in {folder}: {error}") from error
        raise
    _remove_old(folder, {name, predecessor})
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the index in use.

    Raises:
        IndexMissingError: There is none, or it is damaged.
    """
    try:
        name = (folder / "current").read_text(encoding="utf-8").strip()
        return Manifest(**json.loads((folder / name / "manifest.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexMissingError(f"No readable index in {folder}: {error}") from error


def open_index(folder: Path, documents: tuple[Document, ...], space: str | None) -> OpenIndex:
    """Load the index in use.

    Args:
        folder: Where indexes lie.
        documents: The corpus it must have been built from.
        space: Vector space of the embedder at hand; None searches without vectors.

    Raises:
        IndexMissingError: There is no index, or a part of it is missing or damaged.
        IndexMismatchError: It was built from another corpus, in another space or by another version.
    """
    manifest = read_manifest(folder)
    if (manifest.format, manifest.chunking) != (FORMAT, CHUNKING_VERSION) or manifest.corpus_hash != hash_corpus(
        documents
    ):
        raise IndexMismatchError("The index was built from another corpus or by another version.")
    if space not in (None, manifest.space):
        raise IndexMismatchError(f"The index holds vectors of {manifest.space}, the embedder makes {space}.")
    target = folder / (folder / "current").read_text(encoding="utf-8").strip()
    try:
        chunks = tuple(_read_chunks(target / "chunks.jsonl"))
        lexical = LexicalIndex.load(target)
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise IndexMissingError(f"The index in {target} is damaged: {error}") from error
    store = ChunkStore.open(target / "chroma") if space else None
    if len(chunks) != manifest.chunks or (store and store.count() != manifest.chunks):
        raise IndexMissingError(f"The index in {target} is not whole.")
    return OpenIndex(manifest=manifest, chunks=chunks, lexical=lexical, store=store)


def _read_chunks(path: Path) -> Iterable[Chunk]:
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = json.loads(line)
        yield Chunk(**{**fields, "role": Role(fields["role"])})


def _write_lines(path: Path, rows: Iterable[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _pointer(folder: Path, name: str) -> Path:
    return folder / f"current.{name}"


def _read_current(folder: Path) -> str:
    try:
        return (folder / "current").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def _switch(folder: Path, name: str) -> None:
    part = _pointer(folder, name)
    part.write_text(name, encoding="utf-8")
    part.replace(folder / "current")


def _remove_old(folder: Path, keep: set[str]) -> None:
    """Remove builds but the one in use and its predecessor, which another process may still be reading."""
    for old in folder.glob("build-*"):
        if old.name not in keep:
            shutil.rmtree(old, ignore_errors=True)
            logger.info("removed the old index %s", old.name)
