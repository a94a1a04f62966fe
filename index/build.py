"""Documents to an index on disk: chunks, vectors in Chroma, BM25, manifest.

A build goes into a folder of its own beside the one that serves; the file `current` names the folder in use and is replaced
in one step, so a build that dies leaves the old index serving.
"""

import hashlib
import json
import logging
import shutil
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import groupby, islice
from pathlib import Path

from corpus.document import Kind
from corpus.library import Library
from corpus.lovdata import READ_BY
from corpus.merge import Searchable
from index.chunking import CHUNKING_VERSION, Chunk, Role, split_all
from index.embedding import Embedder, VectorCache, embed_all
from index.errors import IndexMismatchError, IndexMissingError, IndexOutdatedError, IndexWriteError
from index.lexical import LexicalIndex
from index.outside import OutsideQuestions
from index.profile import ProfileFitter, Profiles
from index.progress import Progress
from index.rows import Rows
from index.store import ChunkStore

logger = logging.getLogger(__name__)
FORMAT = 5
NO_VECTORS = "none"
# Chunks embedded and stored at a time: about 100 MB of vectors and texts.
_BLOCK = 40_000


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
    rows: Rows
    lexical: LexicalIndex
    store: ChunkStore | None
    profiles: Profiles | None = None
    outside: OutsideQuestions | None = None


def fingerprint(library: Library) -> str:
    """Return the hash of everything that a search depends on: text, parts, headings, questions, status."""
    digest = hashlib.sha256()
    if library.store:
        digest.update(f"{library.store.revision} {library.store.note(READ_BY)}".encode())
    for chunk in split_all(Searchable(provision=provision) for document in library.core for provision in document):
        digest.update(repr((chunk.provision_id, chunk.segment, chunk.start, chunk.end, chunk.searched)).encode())
    for topic in library.outside:
        digest.update(repr((topic.slug, topic.questions)).encode())
    return digest.hexdigest()


def build_index(
    library: Library,
    folder: Path,
    embedder: Embedder | None,
    cache: VectorCache,
    progress: Progress,
    bulk: Callable[..., bool] | None = None,
    *,
    keep_old: bool = True,
) -> Manifest:
    """Build the index in a new folder and put it in use.

    Memory is bounded by the postings of the lexical legs and one block of chunks: documents are read one at a time.

    Args:
        library: What to index.
        folder: Where indexes lie.
        embedder: Makes the vectors; None builds the lexical legs alone.
        cache: Vectors already known.
        progress: Told of the stages "embed" and "store".
        bulk: Engine for many texts, see `embed_all`.
        keep_old: Keep the index before it, which another process may still be reading.

    Raises:
        IndexWriteError: The disk is full or the folder cannot be written; the index in use is untouched.
    """
    predecessor = _read_current(folder)
    name = f"build-{uuid.uuid4().hex[:12]}"
    target = folder / name
    try:
        target.mkdir(parents=True)
        manifest = _fill(target, library, embedder, cache, progress, bulk)
        _write_json(target / "manifest.json", asdict(manifest))
        _switch(folder, name)
    except BaseException as error:
        shutil.rmtree(target, ignore_errors=True)
        with suppress(OSError):
            _pointer(folder, name).unlink()
        if isinstance(error, OSError) or "disk" in str(error).lower():
            raise IndexWriteError(f"Could not write the index in {folder}: {error}") from error
        raise
    _remove_old(folder, {name, predecessor} if keep_old else {name})
    return manifest


def _fill(
    target: Path,
    library: Library,
    embedder: Embedder | None,
    cache: VectorCache,
    progress: Progress,
    bulk: Callable[..., bool] | None,
) -> Manifest:
    """Write every part of the index but the manifest, and return that."""
    passing = target / "chunks.jsonl"  # read a few times while building, and by nobody afterwards
    count = _write_chunks(passing, split_all(library.searchables()))
    rows = Rows.of(_read_chunks(passing))
    rows.save(target)
    lexical = LexicalIndex.build(lambda: (c.searched for c in _read_chunks(passing)), lambda: _provision_texts(passing))
    lexical.save(target)
    if embedder:
        store = ChunkStore.create(target / "chroma")
        fitter = ProfileFitter(rows)
        for begin, block in _blocks(_read_chunks(passing)):
            vectors = embed_all(
                [chunk.searched for chunk in block], embedder, cache, _from(progress, "embed", begin, count), bulk
            )
            fitter.add(vectors, begin)
            report = _from(progress, "store", begin, count)
            store.add(block, vectors, begin, lambda done, report=report: report(done, count))  # type: ignore[misc]
        asked = [(number, text) for number, topic in enumerate(library.outside) for text in topic.questions]
        vectors = embed_all([text for _, text in asked], embedder, cache, lambda done, total: None, bulk)
        outside = OutsideQuestions.of([number for number, _ in asked], vectors)
        outside.save(target)
        fitter.add_outside(outside.topic, vectors)
        fitter.fit(embedder.dimensions).save(target)
    passing.unlink()
    return Manifest(
        format=FORMAT, chunking=CHUNKING_VERSION, space=embedder.space if embedder else NO_VECTORS,
        dimensions=embedder.dimensions if embedder else 0, corpus_hash=fingerprint(library),
        provisions=len(rows.keys), chunks=count,
    )  # fmt: skip


def _blocks(chunks: Iterable[Chunk]) -> Iterator[tuple[int, list[Chunk]]]:
    """Yield the chunks in blocks, each with the number of its first chunk."""
    rest, begin = iter(chunks), 0
    while block := list(islice(rest, _BLOCK)):
        yield begin, block
        begin += len(block)


def _from(progress: Progress, stage: str, begin: int, total: int) -> Callable[[int, int], None]:
    """Return the callback that reports what is done within a block as part of the whole."""
    return lambda done, _: progress(stage, begin + done, total)


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


def open_index(folder: Path, corpus_hash: str | None, space: str | None) -> OpenIndex:
    """Load the index in use.

    Args:
        folder: Where indexes lie.
        corpus_hash: `fingerprint` of the library it must have been built from; None takes one of older sources too.
        space: Vector space of the embedder at hand; None searches without vectors.

    Raises:
        IndexMissingError: There is no index, or a part of it is missing or damaged.
        IndexMismatchError: It was built in another space or by another version.
        IndexOutdatedError: It was built from another corpus.
    """
    manifest = read_manifest(folder)
    if (manifest.format, manifest.chunking) != (FORMAT, CHUNKING_VERSION):
        raise IndexMismatchError("The index was built by another version.")
    if space not in (None, manifest.space):
        raise IndexMismatchError(f"The index holds vectors of {manifest.space}, the embedder makes {space}.")
    if corpus_hash not in (None, manifest.corpus_hash):
        raise IndexOutdatedError("The index was built from another corpus.")
    target = folder / (folder / "current").read_text(encoding="utf-8").strip()
    try:
        rows = Rows.load(target)
        lexical = LexicalIndex.load(target, len(rows))
        outside = OutsideQuestions.load(target, manifest.dimensions) if space else None
        topics = int(outside.topic.max(initial=-1)) + 1 if outside else 0
        profiles = Profiles.load(target, len(rows.keys) + topics, manifest.dimensions) if space else None
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise IndexMissingError(f"The index in {target} is damaged: {error}") from error
    store = ChunkStore.open(target / "chroma") if space else None
    if len(rows) != manifest.chunks or (store and store.count() != manifest.chunks):
        raise IndexMissingError(f"The index in {target} is not whole.")
    return OpenIndex(manifest=manifest, rows=rows, lexical=lexical, store=store, profiles=profiles, outside=outside)


def _write_chunks(path: Path, chunks: Iterable[Chunk]) -> int:
    """Write the chunks, a line each, and return their number."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for count, chunk in enumerate(chunks, 1):  # noqa: B007 - the last number is the count
            file.write(json.dumps(asdict(chunk), ensure_ascii=False) + "\n")
    return count


def _read_chunks(path: Path) -> Iterator[Chunk]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            fields = json.loads(line)
            yield Chunk(**{**fields, "role": Role(fields["role"]), "kind": Kind(fields["kind"])})


def _provision_texts(path: Path) -> Iterator[str]:
    """Yield all that is searched of each provision; its chunks stand together."""
    for _, chunks in groupby(_read_chunks(path), key=lambda chunk: (chunk.provision_id, chunk.kind)):
        yield " ".join(chunk.searched for chunk in chunks)


def _write_json(path: Path, value: dict[str, object]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False) + "\n", encoding="utf-8")


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
