"""What a provision's lay questions have in common, learnt from vectors made by hand."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.chunking import Chunk, Role
from index.profile import FILE, ProfileFitter, Profiles
from index.rows import Rows
from tests.index.test_store import CHUNK

DIMENSIONS = 16
BATHS, FAIR, KIOSK = 3, 5, 9
PROVISIONS = 10
TRAITS = {BATHS: 0, FAIR: 1, KIOSK: 2}


def questions_of(provision: int, count: int, seed: int, spread: float = 0.6) -> np.ndarray:
    """Return vectors of unit length about what the provision is about, each with a wording of its own."""
    wording = np.random.default_rng([seed, provision]).normal(size=(count, DIMENSIONS)) * spread / DIMENSIONS**0.5
    wording[:, TRAITS[provision]] += 1
    return (wording / np.linalg.norm(wording, axis=1, keepdims=True)).astype(np.float32)


def fit(counts: dict[int, int]) -> Profiles:
    provision = np.repeat(np.array(list(counts), dtype=np.int32), list(counts.values()))
    return Profiles.fit(provision, np.concatenate([questions_of(p, n, seed=1) for p, n in counts.items()]))


@pytest.fixture(scope="module")
def profiles() -> Profiles:
    return fit({BATHS: 12, FAIR: 12, KIOSK: 3})


def best(scores: dict[int, float]) -> int:
    return max(scores, key=scores.__getitem__)


@pytest.mark.parametrize("provision", TRAITS)
def test_a_question_in_new_words_is_likest_its_own_provision(provision: int, profiles: Profiles) -> None:
    """However many questions the provision has"""
    for vector in questions_of(provision, 20, seed=2):
        scores = profiles.scores(vector)
        assert set(scores) == set(TRAITS)
        assert best(scores) == provision


def test_the_score_is_the_discriminant_of_its_definition() -> None:
    """By hand: the mean of all is (.5, .5), the provisions' are (1, 0) and (0, 1) around which the wordings vary by .01 each way and
    nothing together, so that no shrinkage changes the covariance; weight = (±.5, ∓.5) / .01, bias = -weight · what lies midway
    """
    vectors = np.array([[1.2, 0], [0.8, 0], [1, 0], [1, 0], [0, 1], [0, 1], [0, 1.2], [0, 0.8]], dtype=np.float32)
    profiles = Profiles.fit(np.array([7] * 4 + [2] * 4, dtype=np.int32), vectors)
    assert profiles.provision.tolist() == [2, 7]
    np.testing.assert_allclose(profiles.weight, [[-50, 50], [50, -50]], rtol=1e-4)
    np.testing.assert_allclose(profiles.bias, [-25, -25], rtol=1e-4)
    assert profiles.scores(np.array([1, 0], dtype=np.float32)) == pytest.approx({7: 25, 2: -75}, rel=1e-4)


def test_what_varies_within_every_provision_tells_little() -> None:
    """How a thing is asked varies along the first axis, what is asked about along the second: the nearest single question is of the
    wrong provision, and the profile is right
    """
    vectors = np.array([[1, 0.1], [-1, 0.1], [0.9, 0.1], [-0.9, 0.1], [0.2, -0.1], [-0.2, -0.1]], dtype=np.float32)
    profiles = Profiles.fit(np.array([0, 0, 0, 0, 1, 1], dtype=np.int32), vectors)
    query = np.array([1, -0.04], dtype=np.float32)
    assert int((vectors @ query).argmax()) == 0
    assert best(profiles.scores(query)) == 1


def test_the_order_of_the_questions_changes_nothing() -> None:
    vectors, provision = questions_of(BATHS, 8, seed=1), np.array([4, 1] * 4, dtype=np.int32)
    one, other = Profiles.fit(provision, vectors), Profiles.fit(provision[::-1], vectors[::-1])
    assert one.provision.tolist() == other.provision.tolist() == [1, 4]
    np.testing.assert_allclose(one.weight, other.weight, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    "counts",
    [
        pytest.param({BATHS: 1}, id="one question"),
        pytest.param({BATHS: 5}, id="one provision"),
        pytest.param({BATHS: 1, FAIR: 1, KIOSK: 1}, id="one question each"),
    ],
)
def test_few_questions_give_finite_scores(counts: dict[int, int]) -> None:
    profiles = fit(counts)
    for provision in counts:
        (vector,) = questions_of(provision, 1, seed=1, spread=0)
        scores = profiles.scores(vector)
        assert np.isfinite(list(scores.values())).all()
        assert best(scores) == provision


def test_no_questions_give_no_scores(tmp_path: Path) -> None:
    empty = Profiles.fit(np.zeros(0, dtype=np.int32), np.zeros((0, DIMENSIONS), dtype=np.float32))
    empty.save(tmp_path)
    for profiles in (empty, Profiles.load(tmp_path, PROVISIONS, DIMENSIONS)):
        assert profiles.scores(np.ones(DIMENSIONS, dtype=np.float32)) == {}


# --- Gathered block by block -------------------------------------------------------------------------------------------------


def make_chunks() -> list[Chunk]:
    """Return the texts of three provisions, of which the first two have lay questions."""
    asked = {1: 3, 2: 2, 3: 0}
    return [
        replace(CHUNK, provision_id=f"lov/2000-01-01-1/§{n}", role=role, question=number)
        for n, count in asked.items()
        for role, number in [(Role.TEXT, None), *((Role.QUESTION, q) for q in range(count))]
    ]


@pytest.mark.parametrize("block", [1, 2, 3, 100])
def test_only_lay_questions_are_taken_whatever_the_blocks(block: int) -> None:
    rows = Rows.of(make_chunks())
    vectors = np.random.default_rng(3).normal(size=(len(rows), DIMENSIONS)).astype(np.float32)
    fitter = ProfileFitter(rows)
    for begin in range(0, len(rows), block):
        fitter.add(vectors[begin : begin + block], begin)
    found = fitter.fit(DIMENSIONS)
    asked = rows.question >= 0
    expected = Profiles.fit(rows.provision[asked], vectors[asked])
    assert found.provision.tolist() == expected.provision.tolist() == [0, 1]
    np.testing.assert_array_equal(found.weight, expected.weight)
    np.testing.assert_array_equal(found.bias, expected.bias)


def test_a_corpus_without_lay_questions_has_profiles_of_nothing() -> None:
    fitter = ProfileFitter(Rows.of([CHUNK]))
    fitter.add(np.ones((1, DIMENSIONS), dtype=np.float32), 0)
    assert fitter.fit(DIMENSIONS).weight.shape == (0, DIMENSIONS)


# --- On disk -----------------------------------------------------------------------------------------------------------------


def test_loaded_profiles_score_as_the_saved_ones(profiles: Profiles, tmp_path: Path) -> None:
    profiles.save(tmp_path)
    loaded = Profiles.load(tmp_path, PROVISIONS, DIMENSIONS)
    for vector in questions_of(FAIR, 5, seed=4):
        assert loaded.scores(vector) == profiles.scores(vector)
    assert [a.dtype for a in (loaded.provision, loaded.weight, loaded.bias)] == [np.int32, np.float32, np.float32]


def test_profiles_that_are_not_there_are_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=FILE):
        Profiles.load(tmp_path, PROVISIONS, DIMENSIONS)


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps({"provision": []}), encoding="utf-8")
    with pytest.raises(ValueError, match="allow_pickle"):
        Profiles.load(tmp_path, PROVISIONS, DIMENSIONS)


def test_half_a_file_is_refused(profiles: Profiles, tmp_path: Path) -> None:
    profiles.save(tmp_path)
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(zipfile.BadZipFile):
        Profiles.load(tmp_path, PROVISIONS, DIMENSIONS)


@pytest.mark.parametrize("column", ["provision", "weight", "bias"])
def test_columns_of_unequal_length_are_refused(column: str, profiles: Profiles, tmp_path: Path) -> None:
    replace(profiles, **{column: getattr(profiles, column)[:-1]}).save(tmp_path)
    with pytest.raises(ValueError, match="different lengths"):
        Profiles.load(tmp_path, PROVISIONS, DIMENSIONS)


@pytest.mark.parametrize(
    ("provisions", "dimensions", "told"),
    [
        pytest.param(KIOSK, DIMENSIONS, "no provision", id="of another corpus"),
        pytest.param(PROVISIONS, DIMENSIONS + 1, "another space", id="of another space"),
    ],
)
def test_profiles_of_another_index_are_refused(
    provisions: int, dimensions: int, told: str, profiles: Profiles, tmp_path: Path
) -> None:
    profiles.save(tmp_path)
    with pytest.raises(ValueError, match=told):
        Profiles.load(tmp_path, provisions, dimensions)
